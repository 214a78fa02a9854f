"""Give each column of the indicators its role, by its head and its contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.columns import Column, Columns
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.head_rows import Head
from perftarget.tables.form.heads import (
    BAND,
    LEVELS,
    RESULT,
    SIGN_ROLES,
    TIER_ROLES,
    head_rank,
    head_role,
    horizon_rank,
    role_of_contents,
)
from perftarget.tables.form.rows import Row
from perftarget.tables.form.value_parts import texts_below, value_parts
from perftarget.tables.form.words import Words, has_digit, normalize_caption

_UNNAMED: Final = frozenset({RESULT, "former", ""})
_OTHER_TIER: Final = {"first": "second", "second": "first"}
_MIN_SHARE: Final = 0.8
"""The share of the cells of a column that must be of one kind to decide its role."""
_MIN_SHARE_BESIDE: Final = 0.5
"""The same for a column of first tiers left of the second tiers, of which some can be unknown to the profile."""


def columns_of(head: Head, body: Sequence[Row], words: Words) -> list[list[Column]]:
    """Return the columns of the heads, in one list for each block of indicators that stand side by side."""
    leaves = [_column(cell, head, words) for cell in head.cells]
    parts = [part for column in leaves for part in value_parts(column, leaves, body)]
    columns = [_with_contents(column, body, words) for column in parts]
    return [_resolved(block, body, words) for block in _blocks(_with_tiers(columns, body, words))]


def _column(cell: Cell, head: Head, words: Words) -> Column:
    """Return the column of a head by its words."""
    role, evidence = head_role(cell.text, words) or ("", Evidence.POSITION)
    parent = head.parents.get(cell.column, "")
    if not role and parent:
        role, evidence = head_role(parent, words) or (role, evidence)
        role = role if role in _UNNAMED else ""
    return Column(normalize_caption(cell.text), cell, role, evidence)


def _with_contents(column: Column, body: Sequence[Row], words: Words) -> Column:
    """Return the column with the role of a sign, a nature or a direction if its cells are of that kind."""
    texts = texts_below(column, body)
    role = role_of_contents(texts, words)
    if role in SIGN_ROLES and column.role not in {role, BAND, "remark", "value", "name", *TIER_ROLES}:
        return replace(column, role=role, evidence=Evidence.CONTENTS)
    return column


def _with_tiers(columns: Sequence[Column], body: Sequence[Row], words: Words) -> list[Column]:
    """Return the columns with those as tiers whose cells are tier labels, whatever their heads say."""
    labels = [[words.tier_label(text) for text in texts_below(column, body)] for column in columns]

    def fits(index: int, role: str, label: str) -> bool:
        if role == "first":
            return words.is_first_tier(label)
        is_name = columns[index].role == "name"  # where “1.人数” is a numbered name
        return words.is_named_second_tier(label) if is_name else words.is_second_tier(label)

    def has_only(index: int, role: str) -> bool:
        texts = labels[index]
        share = _MIN_SHARE_BESIDE if role == "first" and index + 1 in seconds else _MIN_SHARE
        return bool(texts) and sum(fits(index, role, text) for text in texts) >= share * len(texts)

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
            and column.role in {"first", "second", "name", "value", "explanation", ""}
            and not (column.role in TIER_ROLES and has_only(index, column.role))
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
        if column.role in LEVELS and column.role in roles and "value" in roles:
            yield block
            shared = shared or [other for other in block if other.role == "first"]
            block = [] if column.role == "first" else list(shared)
        block.append(column)
    yield block


def _resolved(columns: Sequence[Column], body: Sequence[Row], words: Words) -> list[Column]:
    """Return the columns of a block with each role once; the others of that role have none."""
    found = _with_name_before_value(_with_value(list(columns), body), body)
    names = [column for column in found if column.role == "name"]
    best = min(names, key=lambda column: head_rank(column.head, words), default=None)
    has_explanation = any(column.role == "explanation" for column in found)
    explained = None if has_explanation else next((column for column in names if column is not best), None)
    resolved = []
    for column in found:
        role = column.role
        if role == "name" and column is not best:
            role = "explanation" if column is explained else ""
        elif role not in {"name", "value", RESULT, BAND, "former", ""} and column is not _first_of(role, found, words):
            role = ""
        resolved.append(column if role == column.role else replace(column, role=role))
    return resolved


def _first_of(role: str, columns: Sequence[Column], words: Words) -> Column:
    """Return the column of a role with the strongest evidence and the usual head."""
    own = [column for column in columns if column.role == role]
    return min(own, key=lambda column: (-column.evidence, head_rank(column.head, words)))


def _with_name_before_value(columns: list[Column], body: Sequence[Row]) -> list[Column]:
    """Return the columns with the only unknown one between the tiers and the target value as the name, if none is.

    A column of mostly numbers is no name.
    """
    roles = [column.role for column in columns]
    if "name" in roles or "value" not in roles or not TIER_ROLES & set(roles):
        return columns
    last = max(index for index, role in enumerate(roles) if role in TIER_ROLES)
    unknown = [index for index in range(last + 1, roles.index("value")) if not roles[index]]
    texts = texts_below(columns[unknown[0]], body) if len(unknown) == 1 else []
    if not texts or sum(map(has_digit, texts)) * 2 >= len(texts):
        return columns
    named = replace(columns[unknown[0]], role="name", evidence=Evidence.CONTENTS)
    return [*columns[: unknown[0]], named, *columns[unknown[0] + 1 :]]


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
