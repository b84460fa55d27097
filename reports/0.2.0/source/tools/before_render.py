"""Quarto runs this before it renders: notebooks that do not match their inputs stop it."""

import subprocess
import sys
from pathlib import Path

# Where `make` puts the project's environment, seen from the folder in which Quarto runs scripts.
_OWN = (Path(".venv/bin/python"), Path(".venv/Scripts/python.exe"))


def start(script: str, work: str) -> int:
    """Do a work of the package by this Python, or by that of the project's own environment.

    Parameters
    ----------
    script : str
        The script that Quarto called.
    work : str
        Name of the function that does it.

    Returns
    -------
    int
        Exit code.
    """
    try:
        from umbrella_review.cli import hooks
    except ModuleNotFoundError as error:
        found = (path.absolute() for path in _OWN if path.is_file())
        own = next((path for path in found if path != Path(sys.executable)), None)
        if own is not None:
            return subprocess.call([str(own), script])
        print(
            f"The Python that Quarto found ({sys.executable}) lacks {error.name}, so nothing can "
            "tell whether the notebooks match their data.\nActivate the project's environment, or "
            "name its Python in QUARTO_PYTHON, and call `quarto render` again.",
            file=sys.stderr,
        )
        return 1
    return int(getattr(hooks, work)())


if __name__ == "__main__":
    sys.exit(start(__file__, "before_render"))
