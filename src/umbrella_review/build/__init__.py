"""Building the report: notebooks as tasks, run by papermill, and the report they end in."""
