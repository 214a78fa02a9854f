"""A document to what a report draws of it: its form, and its amount beside what its own numbers come to."""

from __future__ import annotations

from perftarget.diagnostic import Sheet
from perftarget.document import Document
from perftarget.form import write
from perftarget.model import Table
from perftarget.money import read_amount
from perftarget.profile import Profile
from perftarget.rules._computed import computed


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
