"""Compute and typeset umbrella reviews: reviews of systematic reviews."""

from importlib.metadata import version

__version__ = version("umbrella-review")
