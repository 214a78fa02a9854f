"""The words that are printed on a form, however they are set: captions, heads of columns, labels of tiers."""

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
_LEADING: Final = re.compile(r"^(?:[*★☆#●■◆]+|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[0-9]{1,2}[、.．)）])")
_INLINE: Final = re.compile(r"([^：:\n]{2,20})[：:]\s*(\S.*)", re.DOTALL)
_OF_WHICH: Final = re.compile(r"^其中[：:]?")
_LABELS: Final = {label: role for role, label in ENTRY_KEYS.items()} | {"一级指标": "first", "二级指标": "second"}
FUNDING: Final = "资金来源"


def bare(text: str) -> str:
    """The words of a caption or label: without white space, marks before it, a colon, a unit in brackets, or （续）."""
    text = _LEADING.sub("", "".join(fold(text).split())).strip("：:*")
    return _CONTINUED.sub("", _BRACKETED_UNIT.sub("", text)).rstrip("：:")


def unit_in_caption(text: str) -> str:
    """The 元 of 项目年度金额（元）."""
    found = _BRACKETED_UNIT.search("".join(text.split()).rstrip("：:"))
    return found[1] if found else ""


def unit_line(text: str) -> str:
    """The 元 of 单位：元, also at the end of a longer line."""
    found = _UNIT_LINE.search("".join(fold(text).split()))
    return found[1] if found else ""


def is_unit_line(text: str) -> bool:
    return bool(_UNIT_LINE.fullmatch("".join(fold(text).split()).strip("（()）")))


def is_heading(text: str) -> bool:
    """A title, the line 单位：万元, a year: what stands above the first field."""
    if len(text) > 80:
        return False
    words = bare(text)
    return bool(is_unit_line(text) or _TITLE.fullmatch(words) or _YEAR_LINE.fullmatch("".join(fold(text).split())))


class Words:
    """What the cells of a form say by themselves, to a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        own = {name: label for label, setting in profile.fields.items() for name in setting.aliases}
        labels = {label: label for row in profile.head for label in row} | {label: label for label in profile.fields}
        self._weak = profile.pairs("weak_captions")
        self._captions: Mapping[str, str] = (
            {name: name for name in self._weak} | profile.pairs("field_captions") | own | labels
        )
        self._groups = frozenset(profile.terms("group_captions"))
        self._funding = frozenset(profile.terms("funding_captions"))
        self._others = frozenset(profile.terms("other_amounts"))
        self._footers = profile.terms("after_the_form")
        pairs = profile.pairs("column_heads")
        self._order = {name: rank for rank, name in enumerate(pairs)}
        self._heads = {name: _LABELS[key] for name, key in pairs.items() if key in _LABELS}
        self._heads |= {name: role for role, names in profile.columns for name in names}

    def field(self, cell: Cell) -> str:
        """The label of the field that a cell is the caption of; "" for another cell."""
        return self._label(bare(cell.text)) if len(cell.text) <= _LONGEST else ""

    def _label(self, words: str) -> str:
        return self._captions.get(words) or self._captions.get(_BRACKET.sub("", words), "")

    def inline(self, cell: Cell) -> tuple[str, str]:
        """Label and text of a cell that holds both, 项目名称：甲; ("", "") for another cell."""
        found = _INLINE.fullmatch(_OF_WHICH.sub("", cell.text.strip()))
        label = self._label(bare(found[1])) if found else ""
        return (label, found[2]) if found and label else ("", "")

    def inline_funding(self, cell: Cell) -> tuple[str, str]:
        """Likewise source and amount: 其中：财政拨款：80."""
        found = _INLINE.fullmatch(_OF_WHICH.sub("", cell.text.strip()))
        source = bare(found[1]) if found else ""
        return (source, found[2]) if found and source in self._funding else ("", "")

    def weak(self, label: str) -> str:
        """The field that a caption means where no other does: 资金总额 may be the year's amount."""
        return self._weak.get(label, "")

    def is_group(self, cell: Cell) -> bool:
        """A caption of captions: 资金情况."""
        return bare(cell.text) in self._groups

    def funding(self, cell: Cell) -> str:
        """The source of funds that a cell is the caption of, as written; "" for another cell."""
        if len(cell.text) > _LONGEST:
            return ""
        words = _OF_WHICH.sub("", bare(cell.text))
        return words if words in self._funding else ""

    def is_other_amount(self, cell: Cell) -> bool:
        """The caption of an amount that is not that of the year: 中期资金总额."""
        return len(cell.text) <= _LONGEST and bare(cell.text) in self._others

    def is_caption(self, cell: Cell) -> bool:
        return bool(self.field(cell) or self.funding(cell) or self.is_group(cell) or self.is_other_amount(cell))

    def head(self, cell: Cell) -> str:
        """The role of the column that a cell is the head of: first, second, or a column of an indicator."""
        if len(cell.text) > _LONGEST:
            return ""
        words = bare(cell.text)
        return self._heads.get(words) or self._heads.get(_BRACKET.sub("", words), "")

    def rank(self, cell: Cell) -> int:
        """The lower the better, where two heads have the same role."""
        words = bare(cell.text)
        return self._order.get(words, self._order.get(_BRACKET.sub("", words), len(self._order)))

    def is_footer(self, cell: Cell) -> bool:
        """Whether a row that begins so stands after the indicators: 填报人：…"""
        return bare(cell.text[:_LONGEST]).startswith(self._footers)

    def tier(self, text: str) -> str:
        """A tier's label, without the white space that sets it and （续）; as written where it is none of the form."""
        words = _CONTINUED.sub("", "".join(fold(text).split()))
        dashed = re.sub("[–—]", "-", words)
        if dashed in self.profile.first_labels or dashed in self.profile.second_labels:
            return dashed
        return words if self.is_tier(words) else _CONTINUED.sub("", text)

    def is_tier(self, label: str) -> bool:
        """Whether the form has it, or its code at least: 25-其他效益."""
        if self.profile.first_named(label):
            return True
        return bool(TierLabel.parse(label).name and self.profile.first_of(label))


_LONGEST: Final = 60
"""Characters of a caption; what is longer is text."""
