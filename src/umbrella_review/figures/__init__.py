"""Figures of the report: one figure a module, DataFrame in, matplotlib Figure out."""
