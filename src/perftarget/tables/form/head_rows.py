"""Find the heads of the indicator columns, and give each column its role by its head and its contents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.columns import Column, Columns
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.heads import (
    BAND,
    RESULT,
    SIGN_ROLES,
    TIER_ROLES,
    head_rank,
    head_role,
    horizon_rank,
    role_of_contents,
)
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words, has_digit, is_number, normalize_caption
from perftarget.values.tier_label import TierLabel

_LEVELS: Final = frozenset({"first", "second", "name"})
_UNNAMED: Final = frozenset({RESULT, "former", ""})
_OTHER_TIER: Final = {"first": "second", "second": "first"}
_MIN_SHARE: Final = 0.8
"""The share of the cells of a column that must be of one kind to decide its role."""
_MIN_SHARE_BESIDE: Final = 0.5
"""The same for a column of first tiers left of the second tiers, of which some can be unknown to the profile."""
_MIN_COLUMNS: Final = 3
_MAX_HEAD: Final = 20
"""Characters of a head that is recognized by the contents below it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of the columns in one or two rows: the lowest head of each column, and the number of rows.

    `parents` are the texts of the heads above others, by the column in which the lower one starts.
    """

    cells: tuple[Cell, ...]
    parents: dict[int, str]
    tops: tuple[Cell, ...]
    height: int

    @property
    def bottom(self) -> int:
        """The index of the first row below the heads."""
        return max(cell.row + cell.rows for cell in self.cells)


def find_head(rows: Sequence[Row], index: int, words: Words) -> Head | None:
    """Return the heads that start in that row, or None if it has no heads of indicators."""
    head = _head_at(rows, index, words)
    found = {found[0] for cell in head.cells if (found := head_role(cell.text, words))}
    return head if _is_complete(found) else None


def find_head_by_contents(rows: Sequence[Row], index: int, words: Words) -> Head | None:
    """Return the heads in that row if the row below starts with the label of a tier, or None."""
    row, below = rows[index], rows[index + 1 : index + 2]
    cells = row.filled
    if len(cells) < _MIN_COLUMNS or not below or below[0].grid != row.grid or not below[0].filled:
        return None
    if any(is_number(cell.text) or len(cell.text) > _MAX_HEAD for cell in cells):
        return None
    if not any(_is_known_tier(cell.text, words) for cell in below[0].filled[:2]):
        return None
    if _is_known_tier(cells[0].text, words) or len(below[0].cells) < _MIN_COLUMNS:
        return None
    fields = [found for cell in cells if (found := words.field_of(cell.text))]
    if any(evidence >= Evidence.ALIAS for _, evidence in fields):
        return None
    return Head(tuple(cells), {}, tuple(cells), 1)


def _is_known_tier(text: str, words: Words) -> bool:
    """Return True if the form has a tier of that name, whatever its code."""
    label = words.tier_label(text)
    return bool(TierLabel.parse(label).name) and (words.is_first_tier(label) or words.is_named_second_tier(label))


def _head_at(rows: Sequence[Row], index: int, words: Words) -> Head:
    """Return the heads in a row together with those below them in the next row, if it has any."""
    row, below = rows[index], rows[index + 1 : index + 2]
    tops = row.filled
    children = below[0].filled if below and below[0].grid == row.grid else []
    if not _has_second_row(tops, children, words):
        return Head(tuple(_without_side(tops, words)), {}, tuple(tops), 1)
    parents = {
        child.column: cell.text
        for child in children
        for cell in tops
        if cell.row + cell.rows <= child.row and cell.column <= child.column < cell.column + cell.columns
    }
    kept = [
        cell
        for cell in tops
        if not any(cell.column <= start < cell.column + cell.columns for start in parents) or cell.rows > 1
    ]
    cells = sorted((*kept, *children), key=lambda cell: cell.column)
    return Head(tuple(_without_side(cells, words)), parents, tuple(tops), 2)


def _without_side(cells: Sequence[Cell], words: Words) -> list[Cell]:
    """Return the cells without a caption at the start that stands beside the rows, such as 绩效指标."""
    if len(cells) < _MIN_COLUMNS or head_role(cells[0].text, words) in {("first", Evidence.EXACT)}:
        return list(cells)
    others = max(cell.rows for cell in cells[1:])
    return list(cells[1:] if words.is_group(cells[0]) or cells[0].rows > others else cells)


def _has_second_row(tops: Sequence[Cell], children: Sequence[Cell], words: Words) -> bool:
    """Return True if the cells of the next row are heads below those of the first.

    They then name the columns of the levels below 绩效指标, the parts of a target value, or those of blocks side by side.
    """
    children = [child for child in children if not words.is_group(child) or head_role(child.text, words)]
    found = [head_role(cell.text, words) for cell in children]
    if not children or any(words.is_tier(words.tier_label(cell.text)) or is_number(cell.text) for cell in children):
        return False
    if not tops or words.field_of(tops[0].text):
        return False
    top_roles = [role[0] for cell in tops if (role := head_role(cell.text, words))]
    if not all(found):
        tall = [cell for cell in tops if cell.rows > 1 and not words.is_group(cell) and head_role(cell.text, words)]
        return bool(tall) and all(cell.rows == 2 for cell in tall) and any(cell.rows == 1 for cell in tops)
    roles = {role[0] for role in found if role}
    if "value" not in roles and "value" in top_roles:
        return True
    if _is_complete(roles):
        return len(tops) > 1 and bool(top_roles) and top_roles[0] in _LEVELS
    return bool(top_roles) and (_is_complete(roles | set(top_roles)))


def _is_complete(roles: Collection[str]) -> bool:
    """Return True if heads with these roles are those of indicators: a name and a target value, or two levels."""
    return {"name", "value"} <= set(roles) or len(_LEVELS & set(roles)) >= len(TIER_ROLES)


def columns_of(head: Head, body: Sequence[Row], words: Words) -> list[list[Column]]:
    """Return the columns of the heads, in one list for each block of indicators that stand side by side."""
    leaves = head.cells
    columns = [_with_contents(column, body, words) for column in (_column(cell, head, words) for cell in leaves)]
    return [_resolved(block, body, words) for block in _blocks(_with_tiers(columns, body, words))]


def _column(cell: Cell, head: Head, words: Words) -> Column:
    """Return the column of a head by its words."""
    role, evidence = head_role(cell.text, words) or ("", Evidence.POSITION)
    parent = head.parents.get(cell.column, "")
    if not role and parent:
        role, evidence = head_role(parent, words) or (role, evidence)
        role = role if role in _UNNAMED else ""
    return Column(normalize_caption(cell.text), cell, role, evidence)


def texts_below(column: Column, body: Sequence[Row]) -> list[str]:
    """Return the texts of the cells below a head that do not reach into other columns."""
    start, end = column.span
    return [
        cell.text for row in body for cell in row.filled if start <= cell.column and cell.column + cell.columns <= end
    ]


def _with_contents(column: Column, body: Sequence[Row], words: Words) -> Column:
    """Return the column with the role of a sign, a nature or a direction if its cells are of that kind."""
    texts = texts_below(column, body)
    role = role_of_contents(texts, words)
    if role in SIGN_ROLES and column.role not in {role, BAND, "remark", "value", "name", *TIER_ROLES}:
        return replace(column, role=role, evidence=Evidence.CONTENTS)
    return column


def _with_tiers(columns: Sequence[Column], body: Sequence[Row], words: Words) -> list[Column]:
    """Return the columns with those as tiers whose cells are tier labels, whatever their heads say."""
    fits = {"first": words.is_first_tier, "second": words.is_second_tier}
    labels = [[words.tier_label(text) for text in texts_below(column, body)] for column in columns]

    def has_only(index: int, role: str) -> bool:
        texts = labels[index]
        share = _MIN_SHARE_BESIDE if role == "first" and index + 1 in seconds else _MIN_SHARE
        return bool(texts) and sum(map(fits[role], texts)) >= share * len(texts)

    found = list(columns)
    seconds: set[int] = set()
    for role in ("second", "first"):
        holders = [index for index, column in enumerate(columns) if column.role == role]
        if any(
            has_only(index, role) or (_are_labels(labels[index]) and not has_only(index, _OTHER_TIER[role]))
            for index in holders
        ):
            seconds = set(holders)
            continue
        candidates = [
            index
            for index, column in enumerate(columns)
            if has_only(index, role)
            and column.role in {"first", "second", "name", "value", ""}
            and not (column.role in fits and has_only(index, column.role))
        ]
        if candidates:
            seconds = {candidates[0]}
            found[candidates[0]] = replace(columns[candidates[0]], role=role, evidence=Evidence.CONTENTS)
            for index in holders:
                if index != candidates[0] and found[index].role == role:
                    found[index] = replace(columns[index], role="", evidence=Evidence.POSITION)
    return _with_name(found)


def _are_labels(texts: Sequence[str]) -> bool:
    """Return True if the texts are written like labels of tiers, known or not, or if there are none."""
    return sum(text.endswith(("指标", "目标", "满意度")) for text in texts) * 2 >= len(texts)


def _with_name(columns: list[Column]) -> list[Column]:
    """Return the columns with the one after the tiers as the name if a column headed as a tier has no tier labels."""
    if any(column.role == "name" for column in columns):
        return columns
    last = max((index for index, column in enumerate(columns) if column.role in TIER_ROLES), default=-1)
    for index, column in enumerate(columns):
        if index > last and column.role == "" and column.head.endswith(("级", "指标", "内容")):
            return [*columns[:index], replace(column, role="name", evidence=Evidence.CONTENTS), *columns[index + 1 :]]
    value = max((index for index, column in enumerate(columns) if column.role == "value"), default=len(columns))
    for index in range(last + 1, value):
        if columns[index].role in {"", "explanation"} and "内容" in columns[index].head:
            named = replace(columns[index], role="name", evidence=Evidence.PATTERN)
            return [*columns[:index], named, *columns[index + 1 :]]
    return columns


def _blocks(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Yield the columns of each block; a block begins where a tier or a name is repeated after a target value."""
    shared: list[Column] = []
    block: list[Column] = []
    for column in columns:
        roles = {other.role for other in block}
        if column.role in _LEVELS and column.role in roles and "value" in roles:
            yield block
            shared = shared or [other for other in block if other.role == "first"]
            block = [] if column.role == "first" else list(shared)
        block.append(column)
    yield block


def _resolved(columns: Sequence[Column], body: Sequence[Row], words: Words) -> list[Column]:
    """Return the columns of a block with each role once; the others of that role have none."""
    found = _with_value(list(columns), body)
    names = [column for column in found if column.role == "name"]
    best = min(names, key=lambda column: head_rank(column.head, words), default=None)
    has_explanation = any(column.role == "explanation" for column in found)
    explained = None if has_explanation else next((column for column in names if column is not best), None)
    seen: set[str] = set()
    resolved = []
    for column in found:
        role = column.role
        if role == "name" and column is not best:
            role = "explanation" if column is explained else ""
        elif role in seen and role not in {RESULT, BAND, "former", ""}:
            role = ""
        seen.add(role)
        resolved.append(column if role == column.role else replace(column, role=role))
    return resolved


def _with_value(columns: list[Column], body: Sequence[Row]) -> list[Column]:
    """Return the columns with one as the target value: of several the year's, of none the one with numbers."""
    values = [column for column in columns if column.role == "value"]
    if len(values) == 1:
        return columns
    if values:
        best = min(values, key=lambda column: (horizon_rank(column.head), -column.evidence))
        tied = [
            column
            for column in values
            if (horizon_rank(column.head), column.evidence) == (horizon_rank(best.head), best.evidence)
        ]
        evidence = Evidence.POSITION if len(tied) > 1 else best.evidence
        return [
            replace(column, evidence=evidence)
            if column is best
            else replace(column, role="")
            if column in values
            else column
            for column in columns
        ]
    if any(column.role == BAND for column in columns):
        return columns
    unknown = [column for column in columns if column.role in {"", "explanation"} and "内容" not in column.head]
    unknown = [column for column in unknown if column.role == ""] or unknown
    counts = {id(column): sum(map(has_digit, texts_below(column, body))) for column in unknown}
    numeric = [column for column in unknown if counts[id(column)]]
    chosen = numeric[-1:] or unknown[-1:]
    evidence = Evidence.CONTENTS if len(numeric) == 1 or len(unknown) == 1 else Evidence.POSITION
    return [replace(column, role="value", evidence=evidence) if column in chosen else column for column in columns]


def layout_of(columns: Sequence[Column], head: Head) -> Columns:
    """Return the spans of the columns of a block."""
    named = {column.role: column.span for column in columns if column.role not in {*_UNNAMED, BAND}}
    others = {column.head: column.span for column in columns if column.role in _UNNAMED}
    bands = {column.head: column.span for column in columns if column.role == BAND}
    starts = tuple(sorted({cell.column for cell in (*head.cells, *head.tops)}))
    return Columns(named, others, bands, head.bottom, starts)
