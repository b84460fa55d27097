"""From every number on the page to the rows it came from: claims, ledger, pages of the data."""
