"""Find where each form starts in a flow of grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from perftarget.formats.grid import Grid
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.furniture import is_heading
from perftarget.tables.form.head_rows import find_head
from perftarget.tables.form.heads import head_role
from perftarget.tables.form.outline import outline_forms
from perftarget.tables.form.rows import Row, cut_at
from perftarget.tables.form.words import NAME, Words, is_number, without_continued
from perftarget.tables.model import FIELD_NAMES

_MIN_FIELDS: Final = 2
"""Fields of the form in two rows that mark the start of a form without 项目名称."""
_MIN_FORMS: Final = 2
_MAX_ROWS_ABOVE: Final = 5
"""Rows between the title of a form and its project name in a grid with several forms."""


def separate(flow: Sequence[Grid], words: Words) -> list[Grid]:
    """Return the grids of a flow with the forms of an outline, or side by side, as grids of their own."""
    return [part for grid in flow for part in _parts(grid, words)]


def _parts(grid: Grid, words: Words) -> Iterable[Grid]:
    """Return the parts of a grid with a form each, or the grid itself if it has only one."""
    if projects := outline_forms(grid, words):
        return projects
    edges = _edges(grid, words)
    return cut_at(grid, edges) if edges else [grid]


def _edges(grid: Grid, words: Words) -> list[int]:
    """Return the columns at which a further form stands beside the first: both have a project name and heads."""
    names = [cell.column for cell in grid.cells if (words.field_of(cell.text) or ("",))[0] == NAME]
    heads = [cell.column for cell in grid.cells if (head_role(cell.text, words) or ("",))[0] == "name"]
    if len(names) < _MIN_FORMS or len(heads) < _MIN_FORMS:
        return []
    filled = {column for cell in grid.cells if cell.text for column in range(cell.column, cell.column + cell.columns)}
    after_blank = {column for column in filled if column and column - 1 not in filled}
    edges = []
    for before, name in pairwise(sorted(set(names))):
        after = sorted(column for column in after_blank if before < column <= name)
        valid = [column for column in (*after, name) if min(heads) < column <= max(heads) and _is_edge(grid, column)]
        edges += valid[:1]
    return sorted(set(edges))


def _is_edge(grid: Grid, column: int) -> bool:
    """Return True if only the titles above the forms reach across the left edge of the column."""
    across = [cell for cell in grid.cells if cell.text and cell.column < column < cell.column + cell.columns]
    return all(is_heading(cell.text) for cell in across)


def split_forms(rows: Sequence[Row], words: Words) -> tuple[list[list[Row]], list[Row]]:
    """Return the rows of each form, including its title lines, and the rows before the first form."""
    tops: list[int] = []
    headed = [find_head(rows, index, words) is not None for index in range(len(rows))]
    for start in _form_starts(rows, headed, words):
        tops.append(_top(rows, start, tops[-1] if tops else -1, words))
    ends = [*tops[1:], len(rows)]
    return [list(rows[top:end]) for top, end in zip(tops, ends, strict=False)], list(rows[: tops[0] if tops else None])


def _top(rows: Sequence[Row], start: int, previous: int, words: Words) -> int:
    """Return the index of the first row of a form: its title, and the fields above the first that was recognized.

    All rows above it in its grid are its own, unless another form starts there; then those from its title on are.
    """
    top = start
    if previous < 0 or rows[previous].grid != rows[start].grid:
        own = [index for index in range(previous + 1, start) if rows[index].grid == rows[start].grid]
        has_other = previous >= 0 and any(_is_indicator_row(rows[index], words) for index in own)
        top = own[0] if own and not has_other else start
    else:
        above = range(max(previous + 1, start - _MAX_ROWS_ABOVE), start)
        titled = [index for index in above if rows[index].filled and is_heading(rows[index].filled[0].text)]
        if titled and not any(_is_indicator_row(rows[index], words) for index in range(titled[0], start)):
            top = titled[0]
    while top > max(previous, -1) + 1 and _is_title_row(rows[top - 1], words):
        top -= 1
    return top


def _is_indicator_row(row: Row, words: Words) -> bool:
    """Return True if the row starts with a tier label."""
    return bool(row.filled) and words.is_tier(words.tier_label(row.filled[0].text))


def _is_title_row(row: Row, words: Words) -> bool:
    """Return True for a row that can be above the fields: a title, 单位：万元, 填报单位：甲, or 一、基本信息."""
    cells = row.filled
    return bool(cells) and all(
        is_heading(cell.text) or bool(words.inline_field(cell)[0]) or words.is_group(cell) for cell in cells
    )


def _form_starts(rows: Sequence[Row], headed: Sequence[bool], words: Words) -> Iterator[int]:
    """Yield the index of the first field of each form.

    A form starts at 项目名称; without it, at the first other field after indicators, or at the heads of its indicators.
    """
    names = [_project_name(row, words) for row in rows]
    follows = _heads_follow(headed, names)
    current_name, started, heads_seen = "", False, True
    for index, row in enumerate(rows):
        name = names[index]
        if headed[index]:
            if not started:
                yield index
                started = True
            heads_seen = True
        elif name is not None:
            if started and not heads_seen and not current_name:
                current_name = name[0]
            elif started and heads_seen and not current_name and not follows[index]:
                current_name = name[0]  # the fields stand below the indicators
            elif (
                started
                and without_continued(name[0]) == current_name
                and (not heads_seen or _is_continued(rows, index))
            ):
                heads_seen = False
            elif follows[index] or (name[1] > Evidence.PATTERN and len(row.cells) > 1):
                yield index
                current_name, started, heads_seen = name[0], True, False
        elif heads_seen and follows[index] and _is_first_row(rows, index, words):
            yield index
            current_name, started, heads_seen = "", True, False


def _project_name(row: Row, words: Words) -> tuple[str, Evidence] | None:
    """Return the name in a row with the field 项目名称 and the evidence for it, or None for another row."""
    filled = row.filled
    if not filled or row.cells[0].column > 0 or words.is_tier(words.tier_label(filled[0].text)):
        return None  # beside a tier label it is the name of an indicator
    caption, text = words.inline_field(filled[0])
    found = words.field_of(caption) if caption else None
    if found and found[0] == NAME:
        return (text, found[1])
    captions = [
        (found[1], -index, cell)
        for index, cell in enumerate(filled)
        if (found := words.field_of(cell.text)) and found[0] == NAME
    ]
    if not captions:
        return None
    evidence, position, caption_cell = max(captions, key=lambda entry: entry[:2])
    is_first = position == 0 or (position == -1 and words.is_group(filled[0]))
    if not is_first and (position % 2 or is_number(filled[0].text)):
        return None
    text = next((other.text for other in row.cells if other.column > caption_cell.column and other.text), "")
    return (text, evidence if is_first else min(evidence, Evidence.PATTERN))


def _is_continued(rows: Sequence[Row], index: int) -> bool:
    """Return True if the row, or the title above it, has （续）, after which the fields are repeated."""
    above = rows[index - 1].filled if index else []
    own = rows[index].filled[:2]
    return any("续" in cell.text and is_heading(cell.text) for cell in above) or any(
        without_continued(cell.text) != cell.text for cell in own
    )


def _heads_follow(headed: Sequence[bool], names: Sequence[tuple[str, Evidence] | None]) -> list[bool]:
    """Return, for each row, True if heads of indicators follow before the next 项目名称.

    Only then can a line of text 项目名称：甲 start a form.
    """
    follows, after = [], False
    for is_headed, name in zip(reversed(headed), reversed(names), strict=True):
        follows.append(after)
        after = is_headed or (after and name is None)
    return follows[::-1]


def _is_first_row(rows: Sequence[Row], index: int, words: Words) -> bool:
    """Return True if the row starts with a field of the form, and it and the next row have at least two of them."""
    cells = [cell for row in rows[index : index + 2] for cell in row.filled]
    first = rows[index].filled
    fields = [cell for cell in cells if words.field_label(cell) in FIELD_NAMES]
    return bool(first) and words.field_label(first[0]) in FIELD_NAMES and len(fields) >= _MIN_FIELDS
