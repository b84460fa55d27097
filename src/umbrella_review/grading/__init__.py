"""Grading of evidence: Ioannidis classes, an algorithm after GRADE, criteria of one's own."""
