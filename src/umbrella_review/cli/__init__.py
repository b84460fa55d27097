"""The command ``umbrella``."""

from umbrella_review.cli.group import main

__all__ = ["main"]
