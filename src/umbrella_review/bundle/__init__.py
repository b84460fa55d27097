"""One archive for an editor: report, data, notebooks, software, and what describes them."""
