"""A document to what a report draws of it: its form, and its amount beside what its own numbers come to."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.linter.run import Sheet
from perftarget.tables.costing.total import computed
from perftarget.tables.document import Document
from perftarget.tables.form import write
from perftarget.tables.model import Table
from perftarget.values.money import read_amount


def sheet_of(document: Document, table: Table, profile: Profile) -> Sheet:
    """The table of a document, to be drawn."""
    amount = read_amount(table.amount, profile.amount_unit)
    found = computed(table, profile)
    return Sheet(
        path=document.source.path,
        number=document.source.number,
        name=table.name,
        unit=table.unit,
        grid=write(table, profile),
        declared=amount.yuan if amount else None,
        computed=found.yuan if found else None,
        arithmetic=found.lines if found else (),
    )
