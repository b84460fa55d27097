"""The contract of ``data/reviews.csv``."""

from __future__ import annotations

from umbrella_review.schemas.common import key, note, source
from umbrella_review.schemas.model import Column, RowCheck, TableSchema

_REFERENCE = (
    Column(
        "authors",
        "Authors",
        "Surnames and initials of the authors, joined by semicolon and space; the last entry is "
        "'et al.' where the source names no more.",
        required=True,
        empty="not allowed",
    ),
    Column(
        "year",
        "Year",
        "Year of publication.",
        "integer",
        unit="year",
        required=True,
        minimum=1950,
        maximum=2100,
        empty="not allowed",
    ),
    Column("title", "Title", "Title of the review.", required=True, empty="not allowed"),
    Column("journal", "Journal", "Journal, abbreviated.", required=True, empty="not allowed"),
    Column("volume", "Volume", "Volume of the journal."),
    Column("issue", "Issue", "Issue of the volume.", empty="not found, or the journal has none"),
    Column("pages", "Pages", "Pages or article number."),
    Column(
        "doi",
        "DOI",
        "Digital object identifier without resolver address.",
        pattern=r"10\.\d{4,9}/\S+",
    ),
    Column(
        "reference_numbers",
        "Reference numbers",
        "Numbers of the review's reports in the reference list of the published umbrella review.",
        "list",
        required=True,
        empty="not allowed",
    ),
    Column(
        "n_reports",
        "Reports",
        "Papers that report the review.",
        "integer",
        unit="papers",
        required=True,
        minimum=1,
        empty="not allowed",
    ),
)

_ROLE = (
    Column(
        "review_type",
        "Review type",
        "Type of review.",
        vocabulary="review_type",
        required=True,
        empty="not allowed",
    ),
    Column("review_aim", "Aim", "Aim that the source states.", vocabulary="review_aim"),
    Column(
        "questions",
        "Questions",
        "Research questions of the umbrella review that the review answers.",
        "list",
        vocabulary="question",
        required=True,
        empty="not allowed",
    ),
    Column(
        "effect_synthesis",
        "Synthesis of effects",
        "How the review's results on effects enter the umbrella review.",
        "list",
        vocabulary="synthesis",
        empty="the review gives no result on effects",
    ),
    Column(
        "cited_for_meta_analysis",
        "Cited for meta-analysis",
        "Whether the published umbrella review cites the review where it lists those with "
        "meta-analysis.",
        "boolean",
        required=True,
        empty="not allowed",
    ),
)

_CHARACTERISTICS = (
    Column(
        "n_primary_studies",
        "Primary studies",
        "Primary studies by the review's own count (studies, trials or articles; see note).",
        "integer",
        unit="studies",
        minimum=0,
    ),
    Column(
        "n_studies_meta_analysed",
        "Studies meta-analysed",
        "Primary studies that entered a meta-analysis of the review.",
        "integer",
        unit="studies",
        minimum=0,
    ),
    Column(
        "date_range",
        "Date range",
        "Years of the primary studies, or of the search where it says so.",
    ),
    Column("countries", "Countries", "Countries with numbers of primary studies."),
    Column("designs", "Designs", "Designs with numbers of primary studies.", "list"),
    Column("population", "Population", "Whom the review is about.", required=True),
    Column(
        "population_groups",
        "Population groups",
        "Groups of populations that the review belongs to.",
        "list",
        vocabulary="population_group",
        required=True,
        empty="not allowed",
    ),
    Column(
        "n_participants",
        "Participants",
        "Participants of all primary studies of the review.",
        "integer",
        unit="participants",
        minimum=0,
    ),
    Column(
        "intervention_format",
        "Format",
        "Format of the intervention as the review is classed.",
        vocabulary="intervention_format",
        required=True,
        empty="not allowed",
    ),
    Column("format_detail", "Format in detail", "Formats as the source describes them."),
    Column("delivery", "Delivery", "How the intervention was delivered."),
    Column("settings", "Settings", "Where it was delivered; NR where the source says so."),
    Column("appraisal_tool", "Appraisal tool", "Tool by which the review rated primary studies."),
    Column("appraisal_result", "Appraisal result", "What that rating found, in short."),
    Column(
        "lived_experience_involved",
        "Lived experience involved",
        "Whether people with lived experience took part in making the review.",
        "boolean",
        required=True,
        empty="not allowed",
    ),
    Column(
        "grade_used",
        "GRADE used",
        "Whether the review rated the certainty of evidence by GRADE.",
        "boolean",
        required=True,
        empty="not allowed",
    ),
)

REVIEWS = TableSchema(
    name="reviews",
    title="Included reviews",
    description="One included review: its reference, the questions it answers, its make-up.",
    key="review_id",
    named_by=("review_id", "title"),
    columns=(
        key("review_id", "Review", "the review; also its key in the bibliography"),
        *_REFERENCE,
        *_ROLE,
        *_CHARACTERISTICS,
        source(),
        note(),
    ),
    unique=(("title",), ("doi",)),
    checks=(
        RowCheck(
            "ascending",
            ("n_studies_meta_analysed", "n_primary_studies"),
            "n_studies_meta_analysed",
            "no more studies in the meta-analysis than in the review",
            "Compare both numbers with the source.",
        ),
    ),
)
