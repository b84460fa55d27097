"""Two independent groups, a quantitative outcome: means, standard deviations, sizes.

Columns ``m1i sd1i n1i m2i sd2i n2i``; for SMD also Cohen's d (``di``) or the statistic of the
two-sample t test (``ti``) with the sizes, used in the rows where the means are not known.

Sources: Hedges 1981 (doi 10.3102/10769986006002107), 1982 (doi 10.1037/0033-2909.92.2.490) and
1983 (doi 10.1037/0033-2909.93.2.388); Borenstein 2009 (chapter 12 of The Handbook of Research
Synthesis and Meta-Analysis, 2nd edition); Bonett 2009 (doi 10.1037/a0016619) for SMDH; Hedges,
Gurevitch and Curtis 1999 (doi 10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2) for ROM.
"""

from __future__ import annotations

import numpy as np

from umbrella_review.effects.correction import factor
from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import DEVIATION, NUMBER, SIZE, Measure, Options, Values

MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
RULES = {
    "m1i": NUMBER,
    "m2i": NUMBER,
    "sd1i": DEVIATION,
    "sd2i": DEVIATION,
    "n1i": SIZE,
    "n2i": SIZE,
}
SMD_RULES = RULES | {"di": NUMBER, "ti": NUMBER}


def pooled_variance(values: Values) -> Array:
    """Return the variances within groups, weighted by degrees of freedom.

    Parameters
    ----------
    values : mapping of str to ndarray
        ``sd1i n1i sd2i n2i``.

    Returns
    -------
    ndarray
        Missing without a degree of freedom.
    """
    df1, df2 = values["n1i"] - 1, values["n2i"] - 1
    return np.asarray((df1 * values["sd1i"] ** 2 + df2 * values["sd2i"] ** 2) / (df1 + df2))


def mean_difference(values: Values, options: Options) -> tuple[Array, Array]:
    """Return mean differences and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `vtype`: ``LS`` lets the variances of the groups differ (Borenstein 2009, equation 12.5),
        ``HO`` pools them (equation 12.3).

    Returns
    -------
    effect, variance : ndarray
        In the unit of the outcome, and its square.
    """
    effect = values["m1i"] - values["m2i"]
    if options.vtype == "HO":
        return effect, pooled_variance(values) * (1 / values["n1i"] + 1 / values["n2i"])
    return effect, values["sd1i"] ** 2 / values["n1i"] + values["sd2i"] ** 2 / values["n2i"]


def cohen_d(values: Values) -> Array:
    """Return uncorrected standardised mean differences.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.

    Returns
    -------
    ndarray
        From the means; where these are missing ``di``; where this is missing from ``ti``.
    """
    d = (values["m1i"] - values["m2i"]) / np.sqrt(pooled_variance(values))
    d = np.where(_known(values, MEANS), d, values["di"])
    from_t = values["ti"] * np.sqrt(1 / values["n1i"] + 1 / values["n2i"])
    return np.where(_known(values, MEANS) | ~np.isnan(values["di"]), d, from_t)


def _known(values: Values, names: tuple[str, ...]) -> Array:
    return np.asarray(~np.any([np.isnan(values[name]) for name in names], axis=0))


def standardised_difference(values: Values, options: Options) -> tuple[Array, Array]:
    """Return standardised mean differences (Hedges' g, or Cohen's d) and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `correction`, and `vtype`: ``LS`` is the large-sample variance (Hedges 1982, equation 8),
        ``LS2`` that of d times the squared factor (Borenstein 2009, equation 12.17), ``UB`` the
        unbiased one (Hedges 1983, equation 9, for the exact correction; times the squared ratio
        of the factors for another), ``AV`` the large-sample variance at the mean
        effect of the analysis weighted by sample size.

    Returns
    -------
    effect, variance : ndarray
        Without unit.
    """
    n1, n2 = values["n1i"], values["n2i"]
    n, df = n1 + n2, n1 + n2 - 2
    d = cohen_d(values)
    j = factor(df, options.correction)
    g = j * d
    base = 1 / n1 + 1 / n2
    if options.vtype == "LS2":
        return g, j**2 * (base + d**2 / (2 * n))
    if options.vtype == "UB":
        exact = factor(df, "exact")
        unbiased = base + (1 - (df - 2) / (df * exact**2)) * (exact * d) ** 2
        return g, (j / exact) ** 2 * unbiased
    centre = weighted_mean(g, n) if options.vtype == "AV" else g
    return g, base + centre**2 / (2 * n)


def weighted_mean(effect: Array, weight: Array) -> Array:
    """Return the mean effect of each analysis, once for each of its studies.

    Parameters
    ----------
    effect, weight : ndarray
        The last axis runs over the studies; a missing number leaves its study out.

    Returns
    -------
    ndarray
        Of the same shape.
    """
    used = np.where(np.isnan(effect), np.nan, weight)
    mean = np.nansum(used * effect, axis=-1, keepdims=True) / np.nansum(
        used, axis=-1, keepdims=True
    )
    return np.broadcast_to(mean, effect.shape)


def heteroscedastic_difference(values: Values, options: Options) -> tuple[Array, Array]:
    """Return mean differences over the root of the mean variance, and their variances.

    The effect carries the factor of n1 + n2 - 2 degrees of freedom. Bonett's (2009) variance of
    the uncorrected estimate, with n - 1 in each group, holds an estimate of the effect; times the
    squared factor it is that of the corrected estimate.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `correction`, and `vtype`: ``LS`` puts the corrected effect into the variance (as metafor
        3.8 does; its version 4 differs slightly), ``LS2`` the uncorrected one.

    Returns
    -------
    effect, variance : ndarray
        Without unit.
    """
    var1, var2 = values["sd1i"] ** 2, values["sd2i"] ** 2
    df1, df2 = values["n1i"] - 1, values["n2i"] - 1
    mean = (var1 + var2) / 2
    d = (values["m1i"] - values["m2i"]) / np.sqrt(mean)
    j = factor(df1 + df2, options.correction)
    effect = d if options.vtype == "LS2" else j * d
    # Shares of the variances, so that no fourth power can overflow.
    share1, share2 = var1 / mean, var2 / mean
    spread = effect**2 * (share1**2 / df1 + share2**2 / df2) / 8
    return j * d, j**2 * (spread + share1 / df1 + share2 / df2)


def log_ratio_of_means(values: Values, options: Options) -> tuple[Array, Array]:
    """Return log ratios of means and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `vtype`: ``LS`` as in Hedges, Gurevitch and Curtis 1999, equation 1; ``HO`` with the
        pooled variance.

    Returns
    -------
    effect, variance : ndarray
        Missing where the means differ in sign or one of them is 0.
    """
    m1, m2 = values["m1i"], values["m2i"]
    pooled = pooled_variance(values) if options.vtype == "HO" else None
    var1 = values["sd1i"] ** 2 if pooled is None else pooled
    var2 = values["sd2i"] ** 2 if pooled is None else pooled
    return np.log(m1 / m2), var1 / m1**2 / values["n1i"] + var2 / m2**2 / values["n2i"]


MEASURES = (
    Measure("MD", "mean difference", (MEANS,), RULES, mean_difference, vtypes=("LS", "HO")),
    Measure(
        "SMD",
        "standardised mean difference",
        (MEANS, ("di", "n1i", "n2i"), ("ti", "n1i", "n2i")),
        SMD_RULES,
        standardised_difference,
        vtypes=("LS", "LS2", "UB", "AV"),
    ),
    Measure(
        "SMDH",
        "standardised mean difference, variances of the groups differ",
        (MEANS,),
        RULES,
        heteroscedastic_difference,
        vtypes=("LS", "LS2"),
    ),
    Measure(
        "ROM",
        "log ratio of means",
        (MEANS,),
        RULES,
        log_ratio_of_means,
        vtypes=("LS", "HO"),
        logarithm=True,
    ),
)
