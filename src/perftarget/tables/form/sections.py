"""Blocks of indicators of one form: the year's, and those of a longer term above or beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.i18n import tr
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.form.column_roles import columns_of, layout_of
from perftarget.tables.form.columns import Column
from perftarget.tables.form.evidence import Doubt, Evidence, Reason
from perftarget.tables.form.head_rows import Head
from perftarget.tables.form.heads import BAND, RESULT, horizon_rank
from perftarget.tables.form.indicators import IndicatorReader
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row
from perftarget.tables.form.value_parts import texts_below
from perftarget.tables.form.words import Words, normalize_caption
from perftarget.tables.keys import INDICATORS
from perftarget.text.source import KEY

_TERM: Final = re.compile(r"中期|长期|远期|实施周?期|规划期|总目标|总体|三年|五年")
_ROLE_NAMES: Final = {
    **ENTRY_KEYS,
    "first": "一级指标",
    "second": "二级指标",
    "name": "三级指标",
    "value": "指标值",
    RESULT: "完成情况",
    BAND: "分档",
}


class Sections:
    """The blocks of indicators of one form by their place in the data."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells, rows: Sequence[Row]) -> None:
        self.words = words
        self.form = form
        self.taken = taken
        self.rows = rows
        self.readers: dict[str, IndicatorReader] = {}
        self.active: list[IndicatorReader] = []
        self.keeps_results = False
        self.has_columns = False  # True after the heads of the indicators

    def read_heads(self, head: Head, grid: int, body: Sequence[Row], label: str, terms: Sequence[Cell]) -> None:
        """Read the heads of the columns; `label` is the title above or beside them, `terms` the captions of goals."""
        self.form.labels.setdefault((INDICATORS, KEY), head.tops[0].label)
        blocks = columns_of(head, [row for row in body if row.grid == grid], self.words)
        labels = [_block_label(block, head, label, terms if len(blocks) > 1 else ()) for block in blocks]
        ranks = [horizon_rank(text) for text in labels]
        annual = min(range(len(blocks)), key=lambda index: (ranks[index], -index))
        if len(blocks) > 1 and ranks.count(ranks[annual]) > 1:
            self._doubt_horizon(head.tops[0].label)
        self.has_columns = True
        self.active = []
        for index, (block, text) in enumerate(zip(blocks, labels, strict=True)):
            is_year = index == annual and ranks[index] < 2
            reader = self._reader(INDICATORS if is_year else _key(text))
            reader.set_columns(layout_of(block, head), grid)
            self.active.append(reader)
            if is_year:
                self._explain(block)
        self.taken.take(*self._named_heads(blocks, head, body))

    def head_of(self, cell: Cell) -> str:
        """Return the head of the column that a cell stands in, or ""."""
        return next((head for reader in self.active if (head := reader.head_of(cell))), "")

    def read_first_row(self, row: Row) -> bool:
        """Read the first indicator of a form without column heads; return True if the row is one."""
        reader = IndicatorReader(self.words, self.form, self.taken, self.rows)
        if not reader.read_first_row(row):
            return False
        self.readers[INDICATORS] = reader
        self.active = [reader]
        self.has_columns = True
        return True

    def read_row(self, row: Row) -> bool:
        """Read a row, and return True if it belongs to the indicators of a block."""
        read = [reader.read_row(row) for reader in self.active]  # each block has its own cells of the row
        return any(read)

    def _reader(self, key: str) -> IndicatorReader:
        """Return the reader of the block at that place, which is created when it is first used."""
        if key not in self.readers:
            self.readers[key] = IndicatorReader(self.words, self.form, self.taken, self.rows, key)
            self.readers[key].keeps_results = self.keeps_results and key == INDICATORS
        return self.readers[key]

    def _named_heads(self, blocks: Sequence[Sequence[Column]], head: Head, body: Sequence[Row]) -> list[Cell]:
        """Return the cells of the heads whose columns are read or blank."""
        unread = {"former", ""} if not self.keeps_results else set()
        unread |= set() if self.keeps_results else {RESULT}
        read = [
            column.cell
            for block in blocks
            for column in block
            if column.role not in unread or not texts_below(column, body)
        ]
        parents = {text for start, text in head.parents.items() if any(cell.column == start for cell in read)}
        tops = [cell for cell in head.tops if cell.text in parents or self.words.is_group(cell)]
        starts = {cell.column for cell in read}
        whole = [cell for cell in head.cells if starts & set(range(cell.column, cell.column + cell.columns))]
        return [*whole, *tops]

    def _explain(self, block: Sequence[Column]) -> None:
        """Record why each column was taken, and the doubt about a target value that only its position tells."""
        roles = {column.role for column in block}
        for column in block:
            if name := _ROLE_NAMES.get(column.role, ""):
                self.form.reasons.append(Reason(name, column.head, column.evidence, column.cell.label))
            if column.role == "value" and column.evidence == Evidence.POSITION:
                others = "、".join(f"“{other.head}”" for other in block if other.role in {"", "value"})
                message = tr(
                    f"分不出哪一栏是指标值：{others}，按“{column.head}”读取",
                    f"it cannot be told which column is the target value: {others}; “{column.head}” was read",
                )
                self.form.doubts.append(Doubt((INDICATORS,), message, column.cell.label))
        if not roles & {"value", BAND}:
            heads = "、".join(f"“{column.head}”" for column in block)
            message = tr(
                f"没有看懂指标各栏的名称，不知道哪一栏是指标值：{heads}",
                f"the heads of the columns were not understood; none is the target value: {heads}",
            )
            self.form.doubts.append(Doubt((INDICATORS,), message, block[0].cell.label))
        if "name" not in roles:
            self.form.inferred.append(
                tr("没有三级指标一栏，指标没有名称", "there is no column for the names of the indicators")
            )

    def _doubt_horizon(self, label: str) -> None:
        """Record that several blocks of indicators stand side by side and none says that it is the year's."""
        message = tr(
            "并列的几组指标没有写明哪一组是年度的，按最后一组读取",
            "several blocks of indicators stand side by side, and none says that it is the year's; the last was read",
        )
        self.form.doubts.append(Doubt((INDICATORS,), message, label))


def _block_label(block: Sequence[Column], head: Head, label: str, terms: Sequence[Cell]) -> str:
    """Return what says to which term a block belongs: a head above its columns, its title, its value, or the goals."""
    own = [column for column in block if column.role in {"second", "name", "value"}]
    starts = {column.cell.column for column in own}
    texts = [
        *(head.parents[start] for start in starts & head.parents.keys()),
        label,
        *(column.head for column in own if column.role == "value"),
        *(term.text for term in terms if any(term.column <= start < term.column + term.columns for start in starts)),
    ]
    return next((text for text in texts if horizon_rank(text) != 1), "")


def _key(label: str) -> str:
    """Return the key of the indicators of a longer term (长期绩效指标)."""
    caption = normalize_caption(label)
    if caption.endswith("绩效指标"):
        return caption
    match = _TERM.search(caption)
    return f"{match[0] if match else '其他'}绩效指标"
