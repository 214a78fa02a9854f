"""Find the heads of the indicator columns, in one row or two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.heads import BAND, LEVELS, TIER_ROLES, head_role
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words, is_number
from perftarget.values.tier_label import TierLabel

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
    filled = rows[index].filled
    if len(filled) < len(TIER_ROLES) or words.is_tier(words.tier_label(filled[0].text)):
        return None
    head = _head_at(rows, index, words)
    if len(head.cells) < _MIN_COLUMNS or words.is_tier(words.tier_label(head.cells[0].text)):
        return None
    return head if _is_complete({role for cell in head.cells if (role := _role(cell, words))}) else None


def _role(cell: Cell, words: Words) -> str:
    """Return the role of a head, or ""; the caption of a field is no head of a target value."""
    found, field = head_role(cell.text, words), words.field_of(cell.text)
    if found is None or (found[1] == Evidence.PATTERN and field and field[1] >= Evidence.ALIAS):
        return ""
    return found[0]


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
    if len(cells) < _MIN_COLUMNS or head_role(cells[0].text, words) == ("first", Evidence.EXACT):
        return list(cells)
    others = max(cell.rows for cell in cells[1:])
    return list(cells[1:] if words.is_group(cells[0]) or cells[0].rows > others else cells)


def _has_second_row(tops: Sequence[Cell], children: Sequence[Cell], words: Words) -> bool:
    """Return True if the cells of the next row are heads below those of the first.

    They then name the levels below 绩效指标, the parts of a target value, or the columns of blocks side by side.
    """
    children = [child for child in children if not words.is_group(child) or head_role(child.text, words)]
    found = [head_role(cell.text, words) for cell in children]
    if not children or any(words.is_tier(words.tier_label(cell.text)) or is_number(cell.text) for cell in children):
        return False
    roles = {role[0] for role in found if role}
    if not tops or words.field_of(tops[0].text) or (_is_complete(roles) and _is_single(tops[0], words)):
        return False  # a field above complete heads, such as 项目编码
    top_roles = [role[0] for cell in tops if (role := head_role(cell.text, words))]
    if not all(found):
        tall = [cell for cell in tops if cell.rows > 1 and not words.is_group(cell) and head_role(cell.text, words)]
        return bool(tall) and all(cell.rows == 2 for cell in tall) and any(cell.rows == 1 for cell in tops)
    is_alone = len(children) < len(TIER_ROLES) and all(cell.columns == 1 for cell in tops)
    return _are_levels_of_heads(roles, top_roles, has_one_child=is_alone)


def _are_levels_of_heads(roles: set[str], top_roles: Sequence[str], *, has_one_child: bool) -> bool:
    """Return True if heads with these roles complete those of the row above.

    A single cell below heads that lack nothing is no head.
    """
    if "value" not in roles and {"value", BAND} & set(top_roles) and len(roles & LEVELS) >= len(TIER_ROLES):
        return True
    if _is_complete(roles):
        return len(top_roles) > 0 and top_roles[0] in LEVELS
    if has_one_child and _is_complete(top_roles):
        return False
    return bool(top_roles) and _is_complete(roles | set(top_roles))


def _is_single(cell: Cell, words: Words) -> bool:
    """Return True for a cell in one row and one column that is no head of a column."""
    return cell.rows == 1 and cell.columns == 1 and not head_role(cell.text, words) and not words.is_group(cell)


def _is_complete(roles: Collection[str]) -> bool:
    """Return True if heads with these roles are those of indicators: a name and a target value, or two levels."""
    return {"name", "value"} <= set(roles) or len(LEVELS & set(roles)) >= len(TIER_ROLES)
