"""Tables of the report: one table a module, DataFrame in, `TableView` out."""

from umbrella_review.tables.view import TableView

__all__ = ["TableView"]
