"""Every number that gradings decide by, with its source.

Classes of Ioannidis: Fusar-Poli and Radua 2018, Evid Based Ment Health 21:95-100
(doi 10.1136/ebmental-2018-300014), table 1. The algorithm after GRADE: documentation of the R
package metaumbrella 1.1.0 (Gosling et al. 2023, BMJ Ment Health 26:e300534,
doi 10.1136/bmjment-2022-300534); the ideas behind its domains are those of Guyatt et al. 2011,
J Clin Epidemiol 64:383-394 (doi 10.1016/j.jclinepi.2010.04.026).
"""

from __future__ import annotations

import math

# Classes of Ioannidis.
SIGNIFICANT_P = 0.05  # above: no class but ns
MANY_CASES = 1000  # classes I to III need more
# Instead of cases, where the outcome is continuous: Janiaud et al. 2021, BMC Med 19:157 (doi
# 10.1186/s12916-021-02020-6). Not used in the classes; reports may name it.
MANY_PARTICIPANTS = 20_000
HIGHLY_SIGNIFICANT_P = 1e-6  # classes I and II
STRONGLY_SIGNIFICANT_P = 1e-3  # class III
LARGE_I2 = 50.0  # class I needs less, percent
NO_BIAS_P = 0.05  # class I: tests of bias above

# The algorithm after GRADE.
FEW_STUDIES = 5  # fewer: one step down
LOW_RISK_ENOUGH = 75.0  # percent of the weight at low risk of bias: no step down
LOW_RISK_HALF = 50.0  # one step down; below: two
LOW_REPORTING_RISK = 50.0  # percent of the weight at low risk of reporting bias: no step down
EQUIVALENCE_G = (-0.10, 0.10)  # standardised differences too small to matter
EQUIVALENCE_RATIO = (math.log(0.80), math.log(1.25))  # the same for ratios
I2_TWO_STEPS = 50.0  # without a prediction interval, together with CONTRARY_SHARE
I2_ONE_STEP = 30.0
CONTRARY_SHARE = 0.10  # of studies, significant against the pooled direction
VERY_SMALL_ARM = 64  # finds g = 0.5 with power 0.80, two-sided level 0.05: two steps
SMALL_ARM = 394  # finds g = 0.2 with power 0.80: one step
LARGE_G = 0.8  # a large standardised difference
LARGE_RATIO = math.log(5.0)  # a large ratio, either way
SUSPECT_BIAS_P = 0.10  # tests of bias at or below: one step down

# Criteria of one's own.
WANTED_POWER = 0.80  # to find the effect that `imprecision` names
MEDIUM_G = 0.5  # effect of the power in the summary (Cohen 1988, Statistical Power Analysis)
