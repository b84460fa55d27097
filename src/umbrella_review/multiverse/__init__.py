"""The same evidence under every combination of choices, and where a conclusion depends on one.

A specification is one choice on each axis: which results enter, which estimator of heterogeneity,
which test, which prediction interval. `evaluate` works on arrays, `table` on data frames; `flips`
compares with a reference, `curve` prepares the figure.

Steegen, Tuerlinckx, Gelman and Vanpaemel 2016, doi 10.1177/1745691616658637; Simonsohn, Simmons
and Nelson 2020, doi 10.1038/s41562-020-0912-z; for meta-analyses Voracek, Kossmeier and Tran 2019,
doi 10.1027/2151-2604/a000357. Shares of specifications are no probabilities: they weigh every
combination alike, and combinations that select the same results count each.
"""
