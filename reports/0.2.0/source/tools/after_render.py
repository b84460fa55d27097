"""Quarto runs this after it has rendered: ledger, notebooks and data get pages of their own."""

import sys

from before_render import start

sys.exit(start(__file__, "after_render"))
