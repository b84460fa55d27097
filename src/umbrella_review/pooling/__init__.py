"""Pooling of study results: heterogeneity, pooled effects and their intervals."""
