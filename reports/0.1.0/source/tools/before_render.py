"""Quarto runs this before it renders: notebooks that do not match their inputs stop it."""

import sys

try:
    from umbrella_review.cli.hooks import before_render
except ModuleNotFoundError as error:
    sys.exit(
        f"The Python that Quarto found ({sys.executable}) lacks {error.name}, so that nothing can "
        "tell whether the notebooks match their data.\nActivate the project's environment, or name "
        "its Python in QUARTO_PYTHON (e.g. .venv/bin/python), and call `quarto render` again."
    )

sys.exit(before_render())
