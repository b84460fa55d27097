"""Overlap of primary studies between reviews."""
