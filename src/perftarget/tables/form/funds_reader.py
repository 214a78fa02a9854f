"""Read a grid of funds: its planned amounts as the year's amount and the sources of it, the rest as it is."""

from __future__ import annotations

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.funds import FundsGrid
from perftarget.tables.form.head_collector import HeadCollector
from perftarget.tables.form.pairs import Pair
from perftarget.tables.form.words import has_digit, is_number, is_total, normalize_caption, unit_in_caption
from perftarget.tables.keys import AMOUNT, DETAILS


def read_funds_grid(funds: FundsGrid, side: Cell | None, grid: int, collector: HeadCollector) -> None:
    """Read a grid of funds; `side` is the caption beside it, `grid` the index of the grid of cells it stands in."""
    sources = [head for head in funds.heads if collector.words.source_name(head)]
    if len(funds.rows) == 1 and len(sources) >= len(funds.heads) - 1:
        _read_row_of_sources(funds, grid, collector)
        return
    name = "资金" if collector.results_key or side is None else normalize_caption(side.text)
    key = (collector.results_key or DETAILS, name)
    collector.taken.take(*funds.heads)
    for number, (row_head, amounts) in enumerate(funds.rows):
        _read_planned(funds, number, side, grid, collector)
        collector.taken.take(*amounts.values(), *([row_head] if row_head else []))
        row_key = (*key, normalize_caption(row_head.text)) if row_head else key
        collector.form.labels |= {
            (*row_key, normalize_caption(head.text)): amounts[head.column].label
            for head in funds.heads
            if head.column in amounts
        }
    section = collector.store.results if collector.results_key else collector.store.details
    section[name] = _as_written(funds)


def _read_row_of_sources(funds: FundsGrid, grid: int, collector: HeadCollector) -> None:
    """Read a single row of amounts below the names of the sources."""
    row_head, amounts = funds.rows[0]
    for head in funds.heads:
        if head.column in amounts:
            collector.add_pair(Pair(head, amounts[head.column]), grid)
    if row_head is not None:
        collector.taken.take(row_head)


def _as_written(funds: FundsGrid) -> dict[str, Data]:
    """Return the amounts of a grid by the heads of its rows, if it has any, and by those of its columns."""
    rows = [
        (
            row_head,
            {
                normalize_caption(head.text): amounts[head.column].text
                for head in funds.heads
                if head.column in amounts and amounts[head.column].text
            },
        )
        for row_head, amounts in funds.rows
    ]
    written: dict[str, Data] = {}
    for row_head, texts in rows:
        if row_head is None:
            written |= texts
        else:
            written[normalize_caption(row_head.text)] = dict(texts)
    return written


def _read_planned(funds: FundsGrid, number: int, side: Cell | None, grid: int, collector: HeadCollector) -> None:
    """Read the planned amount of one row of a grid as the year's amount or as a source of it."""
    row_head, amounts = funds.rows[number]
    planned = funds.planned
    value = amounts.get(planned if planned is not None else funds.heads[0].column)
    if value is None or not has_digit(value.text):
        return
    unit = (unit_in_caption(row_head.text) if row_head else "") or collector.unit
    source = collector.words.part_name(row_head) if row_head else ""
    found = collector.words.field_of(row_head.text) if row_head else None
    if row_head and source and not (found and found[1] > Evidence.PATTERN):
        if is_number(value.text):
            collector.funding.add_source(source, value.text, row_head, value, unit)
        return
    is_amount = bool(found and found[0] == AMOUNT) or is_total(row_head.text if row_head else "")
    if number and not is_amount:
        return
    evidence = Evidence.POSITION if planned is None else Evidence.ALIAS if found and is_amount else Evidence.IMPLIED
    reading = collector.add(AMOUNT, evidence, Pair(row_head or side or funds.heads[0], value), grid)
    reading.unit = unit
