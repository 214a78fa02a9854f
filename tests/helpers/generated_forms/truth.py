"""A generated form with its right reading, which is known without reading it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perftarget.formats.grid import Cell, Grid
from perftarget.text.normalize import fold

_LEADING = re.compile(r"^(?:[*★☆]+|[（(]?[一二三四五六七八九十]{1,2}[)）、.．]|[0-9]{1,2}[、.．](?![0-9]))")
_UNIT = re.compile(r"\((?:单位:)?(?:万元|元|亿元)\)$")
_TIER_SYNONYMS = {"项目完成": "产出", "项目效益": "效益", "生态环境效益": "生态效益"}


def plain(text: str) -> str:
    """Return the text without white space, with full-width characters folded."""
    return "".join(fold(text).split()).translate(str.maketrans("（）：；，", "():;,"))


def bare_caption(text: str) -> str:
    """Return a caption without typesetting: white space, numbering, asterisks, the colon and the unit in brackets."""
    caption = plain(text)
    while (shorter := _LEADING.sub("", caption).strip(":*")) != caption:
        caption = shorter
    return _UNIT.sub("", caption).rstrip(":")


def bare_tier(label: str) -> str:
    """Return a tier label without code, points, 指标 or 目标, in the words of the central forms."""
    name = re.sub(r"\([^)]*\)$", "", re.sub(r"^[0-9]+[-.、]?", "", plain(label)))
    name = re.sub(r"(?:指标|目标)$", "", name)
    return _TIER_SYNONYMS.get(name, name)


@dataclass(frozen=True)
class Row:
    """An indicator: its tiers as printed, and its columns by key in the file.

    A column whose key begins with ? may be read as that key or be kept elsewhere. The name of a part of the indicator above (其中：…) may be read with or without the name above it.
    """

    first: str
    second: str
    name: str
    entry: dict[str, str]
    is_part: bool = False


@dataclass
class Truth:
    """The right reading of one project.

    `fields` are other fields by caption as printed with the label of the form or "" if the caption is unknown.
    `amount` and `goal` are None if the form has none.
    """

    name: str = ""
    year: str = ""
    hidden_year: str = ""  # if the title has no year, another place may name this one
    amount: str | None = None
    goal: Sequence[str] | None = None  # the texts that a reader may return for the goal
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)  # caption → (label or "", value)
    funding: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    free_tiers: frozenset[str] = frozenset()  # first tiers whose rows are no targets, so that they may be anywhere


@dataclass
class GeneratedForm:
    """Grids with the right reading of each project, in order.

    `contents` are the cells whose text must be in the data or be reported; `captions` are texts that may become keys.
    A form of another kind than a target form is to be refused.
    """

    layout: str
    variation: str
    flow: list[Grid]
    contents: list[Cell]
    captions: set[str]
    truths: list[Truth]
    is_other_kind: bool = False
