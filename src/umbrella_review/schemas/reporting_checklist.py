"""The contract of ``data/reporting_checklist.csv``."""

from umbrella_review.schemas.model import BIBLIOGRAPHY, Column, TableSchema

REPORTING_CHECKLIST = TableSchema(
    name="reporting_checklist",
    title="Reporting checklist",
    description="One row an item of a reporting guideline, with what the report does about it.",
    key="checklist_item_id",
    named_by=("checklist", "item", "requirement"),
    columns=(
        Column(
            "checklist_item_id",
            "Id",
            "Identifies the row.",
            required=True,
        ),
        Column("checklist", "Checklist", "Name of the reporting guideline.", required=True),
        Column("item", "Item", "Number of the item in the guideline.", required=True),
        Column("section", "Section", "Part of the guideline that holds the item.", required=True),
        Column(
            "requirement",
            "Requirement",
            "What the item asks for, in words of this project; continues 'The report …'.",
            required=True,
        ),
        Column(
            "answer",
            "Answer",
            "Whether the report does what the item asks for.",
            vocabulary="checklist_answer",
            required=True,
        ),
        Column(
            "location",
            "Location",
            "Labels of the sections, figures and tables of the manuscript where it stands, or "
            "where it is said to be missing; `title` for the title page. The report fills in "
            "their numbers, headings and pages.",
            "list",
            pattern=r"[a-z][a-z0-9-]*",
            empty="the item does not apply",
        ),
        Column(
            "source",
            "Source",
            "Guideline that the item belongs to.",
            required=True,
            references=BIBLIOGRAPHY,
        ),
        Column(
            "checked",
            "Item checked",
            "Against what the number and the meaning of the item were checked.",
            vocabulary="checklist_item_check",
            required=True,
        ),
        Column("note", "Note", "Remark on the answer.", empty="no remark"),
    ),
    unique=(("checklist", "item"),),
)
