"""Releases: a draft frozen for good, and the proof that it can be made again."""
