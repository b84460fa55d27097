"""The contract of ``data/estimates.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import interval_checks, key, note, review_id, source
from umbrella_review.schemas.model import Column, RowCheck, TableSchema
from umbrella_review.schemas.outcomes import OUTCOME

_PLACE = (
    Column(
        "analysis_type",
        "Analysis",
        "Which analysis of the review it is.",
        vocabulary="analysis_type",
        required=True,
        empty="not allowed",
    ),
    Column(
        "in_published_table",
        "In the published table",
        "Whether the result is a row of a results table of the published umbrella review; "
        "'presumed' where its text implies a row that was not seen.",
        vocabulary="in_published_table",
        required=True,
        empty="not allowed",
    ),
    Column(
        "published_table",
        "Published table",
        "Number of that table.",
        "integer",
        minimum=1,
        empty="the result is in no table, or in one not known",
    ),
)

_SAMPLE = (
    Column("k", "Studies", "Primary studies pooled.", "integer", unit="studies", minimum=1),
    Column(
        "n_participants",
        "Participants",
        "Participants pooled.",
        "integer",
        unit="participants",
        minimum=1,
    ),
    Column("population", "Population", "Whom the result is about."),
    Column(
        "intervention_format",
        "Format",
        "Format of the intervention.",
        vocabulary="intervention_format",
        required=True,
        empty="not allowed",
    ),
)

_EFFECT = (
    Column(
        "measure",
        "Measure",
        "Effect measure; a standardised mean difference with small-sample correction is an SMD.",
        vocabulary="measure",
    ),
    Column(
        "estimate",
        "Estimate",
        "Pooled effect as reported, sign as in the source; ratios are not logarithms.",
        "number",
        unit="of the measure",
    ),
    Column("ci_lb", "Lower limit", "Lower 95% confidence limit.", "number", unit="of the measure"),
    Column("ci_ub", "Upper limit", "Upper 95% confidence limit.", "number", unit="of the measure"),
    Column("z", "Z", "Z statistic of the pooled effect, without sign.", "number", minimum=0),
    Column(
        "p_value",
        "p",
        "P value of the pooled effect where the source gives a number.",
        "number",
        minimum=0,
        maximum=1,
        empty="not found, or reported as a bound only",
    ),
    Column("p_reported", "p as reported", "P value as the source prints it.", pattern=r"<?0?\.\d+"),
)

_HETEROGENEITY = (
    Column("i2", "I²", "I² as reported.", "number", unit="%", minimum=0, maximum=100),
    Column(
        "i2_ci_lb",
        "Lower limit of I²",
        "Lower 95% limit of I².",
        "number",
        unit="%",
        minimum=0,
        maximum=100,
    ),
    Column(
        "i2_ci_ub",
        "Upper limit of I²",
        "Upper 95% limit of I².",
        "number",
        unit="%",
        minimum=0,
        maximum=100,
    ),
    Column("tau2", "τ²", "Between-study variance as reported.", "number", minimum=0),
    Column("q", "Q", "Cochran's Q as reported.", "number", minimum=0),
    Column(
        "q_df", "Degrees of freedom", "Degrees of freedom of Q as reported.", "integer", minimum=1
    ),
    Column(
        "q_p_value",
        "p of Q",
        "P value of Q where the source gives a number.",
        "number",
        minimum=0,
        maximum=1,
        empty="not found, or reported as a bound only",
    ),
    Column("q_p_reported", "p of Q as reported", "P value of Q as printed.", pattern=r"<?0?\.\d+"),
)

_READING = (
    Column(
        "higher_is_better",
        "Higher is better",
        "Whether a higher value of the outcome is better for the participant; judged by those who "
        "entered the data.",
        "boolean",
        empty="cannot be judged",
    ),
    Column(
        "sign_convention",
        "Sign convention",
        "What the sign of a difference means in the source.",
        vocabulary="sign_convention",
        empty="there is no estimate",
    ),
    Column(
        "direction",
        "Direction",
        "Direction of effect that the source states.",
        vocabulary="direction",
    ),
    Column(
        "numbers_from",
        "Numbers from",
        "Where the numbers were read.",
        vocabulary="numbers_from",
        required=True,
        empty="not allowed",
    ),
)

ESTIMATES = TableSchema(
    name="estimates",
    title="Pooled results of the reviews",
    description="One pooled result (or subgroup or single study) that an included review reports.",
    key="estimate_id",
    named_by=("review_id", "outcome", "timepoint"),
    columns=(
        key("estimate_id", "Estimate", "the pooled result"),
        review_id("The review that reports the result."),
        *_PLACE,
        *OUTCOME,
        *_SAMPLE,
        *_EFFECT,
        *_HETEROGENEITY,
        *_READING,
        source(),
        note(),
    ),
    unique=(
        (
            "review_id",
            "analysis_type",
            "outcome",
            "timepoint",
            "population",
            "intervention_format",
            "measure",
        ),
    ),
    checks=(
        *interval_checks(),
        RowCheck(
            "needs",
            ("estimate", "sign_convention"),
            "sign_convention",
            "a sign convention where there is an estimate",
            "Say what the sign means: raw, negative_favours_intervention or "
            "positive_favours_intervention.",
        ),
        RowCheck(
            "ascending",
            ("i2_ci_lb", "i2", "i2_ci_ub"),
            "i2",
            "an I² within its limits (i2_ci_lb <= i2 <= i2_ci_ub)",
            "Compare the three numbers with the source.",
        ),
        RowCheck(
            "together",
            ("i2_ci_lb", "i2_ci_ub"),
            "i2_ci_lb",
            "both limits of I² or neither",
            "Add the missing limit, or empty both cells.",
        ),
        RowCheck(
            "needs",
            ("q_df", "q"),
            "q",
            "a Q where there are degrees of freedom",
            "Add Q, or empty q_df.",
        ),
    ),
)
