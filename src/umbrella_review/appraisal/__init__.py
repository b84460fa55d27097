"""Appraisal of the methodological quality of reviews."""
