"""Findings in words: directions of effect, implementation findings, experiences."""
