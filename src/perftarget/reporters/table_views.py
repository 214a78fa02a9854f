"""Table views: the form of a table with its declared and computed amounts."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.linter.run import TableView
from perftarget.tables.costing.total import compute_total
from perftarget.tables.document import Document
from perftarget.tables.form import table_grid
from perftarget.tables.model import Table
from perftarget.values.money import parse_amount


def table_view(document: Document, table: Table, profile: Profile) -> TableView:
    """Return the view of the table of a document."""
    declared = parse_amount(table.amount, profile.amount_unit)
    computed = compute_total(table, profile)
    return TableView(
        path=document.source.path,
        number=document.source.number,
        name=table.name,
        unit=table.unit,
        grid=table_grid(table, profile),
        declared=declared.yuan if declared else None,
        computed=computed.yuan if computed else None,
        arithmetic=computed.lines if computed else (),
        order=table.order_number,
    )
