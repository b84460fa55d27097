"""The contract of ``data/reporting_checklist.csv``."""

from umbrella_review.schemas.model import BIBLIOGRAPHY, Column, TableSchema

REPORTING_CHECKLIST = TableSchema(
    name="reporting_checklist",
    title="Reporting checklist",
    description="One row an item of a reporting guideline, with what the report does about it.",
    key="checklist_item_id",
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
            "Heading of the manuscript under which it stands.",
            required=True,
        ),
        Column(
            "source",
            "Source",
            "Guideline that the item belongs to.",
            required=True,
            references=BIBLIOGRAPHY,
        ),
        Column("note", "Note", "Remark on the answer.", empty="no remark"),
    ),
    unique=(("checklist", "item"),),
)
