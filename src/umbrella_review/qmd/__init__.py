"""The source of the manuscript: its lines, its includes, and what can be referred to in it."""
