"""Quarto runs this after it has rendered: ledger, notebooks and data get pages of their own."""

import sys

from umbrella_review.cli.hooks import after_render

sys.exit(after_render())
