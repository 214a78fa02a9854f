"""A document to what a report draws of it: its form, and its amount beside what its own numbers come to."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.linter.run import TableView
from perftarget.tables.costing.total import compute_total
from perftarget.tables.document import Document
from perftarget.tables.form import table_grid
from perftarget.tables.model import Table
from perftarget.values.money import parse_amount


def table_view(document: Document, table: Table, profile: Profile) -> TableView:
    """The table of a document, to be drawn."""
    amount = parse_amount(table.amount, profile.amount_unit)
    found = compute_total(table, profile)
    return TableView(
        path=document.source.path,
        number=document.source.number,
        name=table.name,
        unit=table.unit,
        grid=table_grid(table, profile),
        declared=amount.yuan if amount else None,
        computed=found.yuan if found else None,
        arithmetic=found.lines if found else (),
    )
