"""Small-study effects, excess significance, robustness of pooled estimates, unmeasured confounding.

Functions take effects `yi` and sampling variances `vi` on the scale of the analysis (ratios as
logarithms). A batch is two arrays of the same shape (A, K), one row an analysis, missing numbers
where an analysis has no k-th study; a single analysis may be given as arrays of shape (K,) and
counts as a batch of one. Results that a batch does not allow are missing numbers.
"""
