"""Recognize the words printed on a form regardless of typesetting: captions, column heads and tier labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.text.normalize import fold
from perftarget.values.tier_label import TierLabel

_UNIT_LINE: Final = re.compile(r"(?:金额|计量)?单位[：:](?:人民币)?(元|万元|亿元)")
_TITLE: Final = re.compile(r".*绩效(?:目标|指标)(?:申报|批复|审核|批复下达)?表(?:[（(].*[）)])?")
_YEAR_LINE: Final = re.compile(r"[（(]?20[0-9]{2}年度?[）)]?")
_BRACKETED_UNIT: Final = re.compile(r"[（(](?:单位[：:])?(?:人民币)?(元|万元|亿元)[）)]$")
_CONTINUED: Final = re.compile(r"[（(](?:接上页|上接|续|续表|续上表|续前表)[0-9一二三四五]?[）)]$")
_BRACKET: Final = re.compile(r"[（(][^（()）]*[）)]$")
_LEADING: Final = re.compile(
    r"^(?:[*★☆#●■◆]+|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[0-9]{1,2}(?:[、)）]|[.．](?![0-9])))"
)
_INLINE: Final = re.compile(r"([^：:\n]{2,20})[：:]\s*(\S.*)", re.DOTALL)
_OF_WHICH: Final = re.compile(r"^其中[：:]?")
_ROLES: Final = {label: role for role, label in ENTRY_KEYS.items()} | {"一级指标": "first", "二级指标": "second"}
_NUMBER: Final = re.compile(r"[\W\d_]+(?:元|万元|亿元)?")
_MAX_CAPTION_LENGTH: Final = 60
"""Characters of a caption; longer text is content."""
FUNDING: Final = "资金来源"


def normalize_caption(text: str) -> str:
    """Return a caption or label without white space, leading marks, a colon, a unit in brackets, or （续）."""
    text = _LEADING.sub("", "".join(fold(text).split())).strip("：:*")
    return _CONTINUED.sub("", _BRACKETED_UNIT.sub("", text)).rstrip("：:")


def is_number(text: str) -> bool:
    """Return True for a number, an amount or a mark (43.2, 300万元, 99.8%, -), which is never a caption."""
    return bool(_NUMBER.fullmatch("".join(fold(text).split())))


def has_digit(text: str) -> bool:
    """Return True if the text has a digit, as every amount has."""
    return any(char.isdigit() for char in fold(text))


def unit_in_caption(text: str) -> str:
    """Return the unit in a caption (元 in 项目年度金额（元）), or ""."""
    match = _BRACKETED_UNIT.search("".join(text.split()).rstrip("：:"))
    return match[1] if match else ""


def unit_in_line(text: str) -> str:
    """Return the unit in a line such as 单位：元, which may have other text before it, or ""."""
    match = _UNIT_LINE.search("".join(fold(text).split()))
    return match[1] if match else ""


def is_unit_line(text: str) -> bool:
    """Return True for a line such as 单位：万元."""
    return bool(_UNIT_LINE.fullmatch("".join(fold(text).split()).strip("（()）")))


def is_heading(text: str) -> bool:
    """Return True for a line above the first field: a title, a line such as 单位：万元, or a year."""
    if len(text) > 80:
        return False
    heading = normalize_caption(text)
    return bool(is_unit_line(text) or _TITLE.fullmatch(heading) or _YEAR_LINE.fullmatch("".join(fold(text).split())))


class Words:
    """The words printed on the forms of a profile, which classify cells by their own text."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        aliases = {name: label for label, setting in profile.fields.items() for name in setting.aliases}
        labels = {label: label for row in profile.head for label in row} | {label: label for label in profile.fields}
        self._ambiguous = profile.pairs("weak_captions")
        self._captions: Mapping[str, str] = (
            {name: name for name in self._ambiguous} | profile.pairs("field_captions") | aliases | labels
        )
        self._groups = frozenset(profile.terms("group_captions"))
        self._sources = frozenset(profile.terms("funding_captions"))
        self._other_amounts = frozenset(profile.terms("other_amounts"))
        self._footers = profile.terms("after_the_form")
        pairs = profile.pairs("column_heads")
        self._head_ranks = {name: rank for rank, name in enumerate(pairs)}
        self._head_roles = {name: _ROLES[key] for name, key in pairs.items() if key in _ROLES}
        self._head_roles |= {name: role for role, names in profile.columns for name in names}

    def field_label(self, cell: Cell) -> str:
        """Return the label of the field that the cell is the caption of, or ""."""
        return self._field_label(normalize_caption(cell.text)) if len(cell.text) <= _MAX_CAPTION_LENGTH else ""

    def _field_label(self, caption: str) -> str:
        """Return the label of the field with that normalized caption, or ""."""
        return self._captions.get(caption) or self._captions.get(_BRACKET.sub("", caption), "")

    def inline_field(self, cell: Cell) -> tuple[str, str]:
        """Return the label and the value of a field in one cell (项目名称：甲), or ("", "")."""
        match = _INLINE.fullmatch(_OF_WHICH.sub("", cell.text.strip()))
        label = self._field_label(normalize_caption(match[1])) if match else ""
        return (label, match[2]) if match and label else ("", "")

    def inline_source(self, cell: Cell) -> tuple[str, str]:
        """Return the funding source and the amount in one cell (其中：财政拨款：80), or ("", "")."""
        match = _INLINE.fullmatch(_OF_WHICH.sub("", cell.text.strip()))
        source = normalize_caption(match[1]) if match else ""
        return (source, match[2]) if match and source in self._sources else ("", "")

    def implied_field(self, label: str) -> str:
        """Return the field that an ambiguous caption stands for if the form has no other caption for it, or "".

        For example, 资金总额 can be the year's amount.
        """
        return self._ambiguous.get(label, "")

    def is_group(self, cell: Cell) -> bool:
        """Return True for a caption of several captions, such as 资金情况."""
        return normalize_caption(cell.text) in self._groups

    def source_name(self, cell: Cell) -> str:
        """Return the funding source that the cell is the caption of, as written, or ""."""
        if len(cell.text) > _MAX_CAPTION_LENGTH:
            return ""
        source = _OF_WHICH.sub("", normalize_caption(cell.text))
        return source if source in self._sources else ""

    def is_other_amount(self, cell: Cell) -> bool:
        """Return True for the caption of an amount that is not the year's, such as 中期资金总额."""
        return len(cell.text) <= _MAX_CAPTION_LENGTH and normalize_caption(cell.text) in self._other_amounts

    def is_caption(self, cell: Cell) -> bool:
        """Return True for a caption of any kind."""
        return bool(
            self.field_label(cell) or self.source_name(cell) or self.is_group(cell) or self.is_other_amount(cell)
        )

    def head_role(self, cell: Cell) -> str:
        """Return the role of the column that the cell is the head of: first, second, a column of Entry, or ""."""
        if len(cell.text) > _MAX_CAPTION_LENGTH:
            return ""
        head = normalize_caption(cell.text)
        return self._head_roles.get(head) or self._head_roles.get(_BRACKET.sub("", head), "")

    def head_rank(self, cell: Cell) -> int:
        """Return the rank of a column head among those with the same role; the lowest rank is preferred."""
        head = normalize_caption(cell.text)
        return self._head_ranks.get(head, self._head_ranks.get(_BRACKET.sub("", head), len(self._head_ranks)))

    def is_footer(self, cell: Cell) -> bool:
        """Return True if a row that starts with the cell is located below the indicators (填报人：…)."""
        return normalize_caption(cell.text[:_MAX_CAPTION_LENGTH]).startswith(self._footers)

    def tier_label(self, text: str) -> str:
        """Return a tier label without white space and （续）; text that is not a tier label keeps its white space."""
        label = _CONTINUED.sub("", "".join(fold(text).split()))
        dashed = re.sub("[–—]", "-", label)
        if dashed in self.profile.first_labels or dashed in self.profile.second_labels:
            return dashed
        return label if self.is_tier(label) else _CONTINUED.sub("", text)

    def is_tier(self, label: str) -> bool:
        """Return True if the form has that tier or at least its code (25-其他效益)."""
        if self.profile.first_tier_label(label):
            return True
        return bool(TierLabel.parse(label).name and self.profile.first_tier_of(label))
