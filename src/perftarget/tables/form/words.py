"""Recognize the captions and tier labels printed on a form regardless of typesetting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.keys import AMOUNT, GOALS
from perftarget.text.normalize import fold
from perftarget.values.tier_label import TierLabel

NAME: Final = "项目名称"

AMOUNT_UNITS: Final = frozenset({"元", "万元", "亿元"})
_BRACKETED_UNIT: Final = re.compile(r"[（(](?:金额)?(?:单位[：:])?(?:人民币)?(元|万元|亿元)[）)]$")
_CONTINUED: Final = re.compile(r"[（(](?:接上页|上接|续|续表|续上表|续前表)[0-9一二三四五]?[）)]$")
_BRACKET: Final = re.compile(r"(?:[（(][^（()）]*[）)])+$")
_POINTS: Final = re.compile(r"[（(][^（()）]*[0-9][^（()）]*分?[）)]分?$|[0-9]{1,3}(?:\.[0-9]+)?分$")
_LEADING: Final = re.compile(
    r"^(?:[*★☆#●■◆▲]+|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[0-9]{1,2}(?:[、)）]|[.．](?![0-9])))+"
)
_INLINE: Final = re.compile(r"([^：:\n]{2,20})[：:]\s*(\S.*)", re.DOTALL)
_OF_WHICH: Final = re.compile(r"^其中[：:]?")
_NUMBER: Final = re.compile(r"[\W\d_]+(?:元|万元|亿元)?")
_TOTAL: Final = re.compile(r"合计|总计|共计")
_MARK: Final = re.compile(r"[-—–/／\\*无×\s]*")
_KEY_ROLES: Final = {key: role for role, key in ENTRY_KEYS.items()} | {"一级指标": "first", "二级指标": "second"}
_CODED: Final = re.compile(r"\s*[0-9]{1,2}\s*[-—－–.、．]?\s*[^\W\d].*", re.DOTALL)
_CACHE_SIZE: Final = 8192
"""Texts whose classification is kept: a form asks for the same few dozens again and again."""
_MAX_CAPTION_LENGTH: Final = 60
"""Characters of a caption; longer text is content."""

_NAME_PATTERN: Final = re.compile(r".{1,12}名称")
_OTHER_NAMES: Final = re.compile(
    r"单位|部门|处室|科室|机构|企业|公司|主管|科目|账户|账号|银行|指标|功能|经济分类|分类|类别|学校|医院|负责|一级项目|一级专项|报表"
)
"""Whose name is not that of the project, unless the word before 名称 says so."""
_PROJECT_NAMES: Final = re.compile(r"(?<!一级)(?:项目|专项|政策|课题|工程|任务|活动|事项)[)）]?(?:支出)?名称$")
_AMOUNT_PATTERN: Final = re.compile(
    r"(?:项目|专项)?(?:本年度?|当年度?|年度|20[0-9]{2}年度?){1,2}(?:本级|财政|项目|专项|支出)?(?:预算|资金|金额|安排|申请|需求|经费)"
    r"(?:资金|预算)?(?:申请|安排)?(?:总额|金额|数|额|资金)?"
)
_APPROVED_PATTERN: Final = re.compile(r"年初(?:批复)?预算(?:数|金额|总额)?")
_TOTAL_PATTERN: Final = re.compile(
    r"(?:项目|专项|申请|申报|预算|计划|资金|经费|投入|安排|批复|总){1,4}"
    r"(?:总额|金额|数额|数|额|资金|预算|经费|投资)(?:申请|安排|需求|情况)?|全年预算(?:数|金额|总额)?"
)
_GROUP_PATTERN: Final = re.compile(
    r"(?:项目|部门|专项)?(?:本?年度?|当年|全年|中期|长期|实施周?期|总目标|总体|20[0-9]{2}年度?)*绩效(?:目标)?指标(?:体系)?"
)
_GOAL_PATTERN: Final = re.compile(
    r"(?:项目|专项)?(?:本年度?|当年度?|年度|全年|20[0-9]{2}年度?)(?:总体|绩效|总|预期|工作)*目标(?:描述|内容|[0-9]{1,2})?"
)
_EXPECTED_GOAL: Final = re.compile(r"(?:总体|绩效|年度|预期|年初|设定|总|申报|批复)*目标(?:描述|内容|设定)?")


@lru_cache(maxsize=_CACHE_SIZE)
def normalize_caption(text: str) -> str:
    """Return a caption or label without white space, leading marks, a colon, a unit in brackets, or （续）."""
    text = _LEADING.sub("", "".join(fold(text).split())).strip("：:*")
    return _CONTINUED.sub("", _BRACKETED_UNIT.sub("", text)).rstrip("：:")


def without_continued(text: str) -> str:
    """Return a text without （续） at its end."""
    trimmed = text.rstrip("：: \n")
    return _CONTINUED.sub("", trimmed) if _CONTINUED.search(trimmed) else text


@lru_cache(maxsize=_CACHE_SIZE)
def is_number(text: str) -> bool:
    """Return True for a number, an amount or a mark (43.2, 300万元, 99.8%, -), which is never a caption."""
    return bool(_NUMBER.fullmatch("".join(fold(text).split())))


def is_total(text: str) -> bool:
    """Return True for the caption of a total (合计, 总 计)."""
    return bool(_TOTAL.fullmatch(normalize_caption(text)))


def is_mark(text: str) -> bool:
    """Return True for a mark in place of a number (-, /, 无), or for blank text."""
    return bool(_MARK.fullmatch(text))


def has_digit(text: str) -> bool:
    """Return True if the text has a digit, as every amount has."""
    return any(char.isdigit() for char in fold(text))


def unit_in_caption(text: str) -> str:
    """Return the unit in a caption (元 in 项目年度金额（元）), or ""."""
    match = _BRACKETED_UNIT.search("".join(text.split()).rstrip("：:"))
    return match[1] if match else ""


def split_points(label: str) -> tuple[str, str]:
    """Return a tier label without the points written after it, and the points (产出指标（50分） → 产出指标, 50分)."""
    match = _POINTS.search("".join(label.split()))
    if not match:
        return label, ""
    return "".join(label.split())[: match.start()], match[0].strip("（()）")


def _folded(caption: str) -> str:
    """Return a caption with brackets of one kind, by which it is looked up."""
    return caption.translate({ord("（"): "(", ord("）"): ")", ord("："): ":"})


@lru_cache(maxsize=8)
def words_of(profile: Profile) -> Words:
    """Return the words of a profile, which are the same for all its files."""
    return Words(profile)


class Words:
    """The words printed on the forms of a profile, which classify cells by their own text."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        aliases = {name: label for label, setting in profile.fields.items() for name in setting.aliases}
        labels = {label: label for row in profile.head for label in row} | {label: label for label in profile.fields}
        weak = profile.pairs("weak_captions")
        self._weak = {_folded(name): label for name, label in weak.items()}
        found = (
            {name: (label, Evidence.IMPLIED) for name, label in weak.items()}
            | {name: (label, Evidence.ALIAS) for name, label in profile.pairs("field_captions").items()}
            | {name: (label, Evidence.ALIAS) for name, label in aliases.items()}
            | {name: (label, Evidence.EXACT) for name, label in labels.items()}
        )
        self._captions: Mapping[str, tuple[str, Evidence]] = {_folded(name): entry for name, entry in found.items()}
        self._groups = frozenset(map(_folded, profile.terms("group_captions")))
        self._sources = frozenset(profile.terms("funding_captions"))
        self._other_amounts = frozenset(profile.terms("other_amounts"))
        self._footers = profile.terms("after_the_form")
        pairs = profile.pairs("column_heads")
        self.head_ranks: Mapping[str, int] = {name: rank for rank, name in enumerate(pairs)}
        self.head_roles: Mapping[str, str] = {
            name: _KEY_ROLES[key] for name, key in pairs.items() if key in _KEY_ROLES
        } | {name: role for role, names in profile.columns for name in names}

    @lru_cache(maxsize=_CACHE_SIZE)  # noqa: B019 - the words of a profile are kept anyway
    def field_of(self, text: str) -> tuple[str, Evidence] | None:
        """Return the field that a text is the caption of, with the evidence, or None."""
        if len(text) > _MAX_CAPTION_LENGTH or is_number(text):
            return None
        caption = _folded(normalize_caption(text))
        return self._listed(caption) or _by_pattern(caption)

    def _listed(self, caption: str) -> tuple[str, Evidence] | None:
        """Return the field with that caption in the word lists or the profile, also without a bracket at its end."""
        return self._captions.get(caption) or self._captions.get(_BRACKET.sub("", caption))

    def field_label(self, cell: Cell) -> str:
        """Return the label of the field that the cell is the caption of, or ""."""
        found = self.field_of(cell.text)
        return found[0] if found else ""

    def implied_field(self, text: str) -> str:
        """Return the field that an ambiguous caption stands for if the form has no other caption for it, or "".

        For example, 资金总额 can be the year's amount.
        """
        return self._weak.get(_folded(normalize_caption(text)), "")

    def inline_field(self, cell: Cell) -> tuple[str, str]:
        """Return the caption and the value of a field in one cell (项目名称：甲), or ("", "")."""
        match = _INLINE.fullmatch(_OF_WHICH.sub("", cell.text.strip()))
        if not match or not self.field_of(match[1]):
            return ("", "")
        return (match[1], match[2])

    def inline_source(self, cell: Cell) -> tuple[str, str]:
        """Return the funding source and the amount in one cell (其中：财政拨款：80), or ("", "")."""
        match = _INLINE.fullmatch(_OF_WHICH.sub("", cell.text.strip()))
        source = normalize_caption(match[1]) if match else ""
        return (source, match[2]) if match and source in self._sources else ("", "")

    def is_group(self, cell: Cell) -> bool:
        """Return True for a caption of several captions, such as 资金情况."""
        return self._is_group(cell.text[:_MAX_CAPTION_LENGTH])

    @lru_cache(maxsize=_CACHE_SIZE)  # noqa: B019
    def _is_group(self, text: str) -> bool:
        caption = normalize_caption(text)
        return _folded(caption) in self._groups or bool(_GROUP_PATTERN.fullmatch(caption))

    def source_name(self, cell: Cell) -> str:
        """Return the funding source that the cell is the caption of, as written, or ""."""
        if len(cell.text) > _MAX_CAPTION_LENGTH:
            return ""
        source = _OF_WHICH.sub("", normalize_caption(cell.text))
        return source if source in self._sources else ""

    def part_name(self, cell: Cell) -> str:
        """Return the funding source that the caption of an amount names, also one not in the word list, or "".

        A source that is not in the list is recognized by 其中 before it.
        """
        if source := self.source_name(cell):
            return source
        written = normalize_caption(cell.text) if len(cell.text) <= _MAX_CAPTION_LENGTH else ""
        source = _OF_WHICH.sub("", written)
        return source if source != written and not has_digit(source) else ""

    def is_other_amount(self, cell: Cell) -> bool:
        """Return True for the caption of an amount that is not the year's, such as 中期资金总额."""
        return len(cell.text) <= _MAX_CAPTION_LENGTH and normalize_caption(cell.text) in self._other_amounts

    def is_caption(self, cell: Cell) -> bool:
        """Return True for a caption of any kind."""
        return bool(
            self.field_label(cell) or self.source_name(cell) or self.is_group(cell) or self.is_other_amount(cell)
        )

    def inline_unknown(self, cell: Cell) -> tuple[str, str]:
        """Return the caption and the value in one cell whose caption is no field of the form, or ("", "")."""
        match = _INLINE.fullmatch(cell.text.strip())
        if not match or not normalize_caption(match[1]) or is_number(match[1]):
            return ("", "")
        return (match[1], match[2])

    def is_footer(self, cell: Cell) -> bool:
        """Return True if a row that starts with the cell is located below the indicators (填报人：…)."""
        return normalize_caption(cell.text[:_MAX_CAPTION_LENGTH]).startswith(self._footers)

    @lru_cache(maxsize=_CACHE_SIZE)  # noqa: B019
    def tier_label(self, text: str) -> str:
        """Return a tier label without white space, points and （续）; other text keeps its white space."""
        label = _CONTINUED.sub("", "".join(fold(text).split()))
        without_colon = label.rstrip("：:")
        label = without_colon if TierLabel.parse(without_colon).name else label
        dashed = re.sub("[–—]", "-", label)
        if dashed in self.profile.first_labels or dashed in self.profile.second_labels:
            return dashed
        bare = split_points(label)[0]
        if bare != label and self.is_tier(bare):
            return bare
        return label if self.is_tier(label) else _CONTINUED.sub("", text)

    def is_tier(self, label: str) -> bool:
        """Return True if the form has that tier or at least its code (25-其他效益)."""
        return self.is_first_tier(label) or self.is_second_tier(label)

    @lru_cache(maxsize=_CACHE_SIZE)  # noqa: B019
    def is_first_tier(self, label: str) -> bool:
        """Return True if the form has that first tier, also where it is called 目标 instead of 指标."""
        return bool(self.profile.first_tier_label(label) or self.profile.first_tier_label(_as_indicator(label)))

    @lru_cache(maxsize=_CACHE_SIZE)  # noqa: B019
    def is_second_tier(self, label: str) -> bool:
        """Return True if the form has that second tier or at least its code, also where it is called 目标."""
        return self.is_named_second_tier(label) or bool(
            _CODED.fullmatch(label) and TierLabel.parse(label).name and self.profile.first_tier_of(label)
        )

    def is_named_second_tier(self, label: str) -> bool:
        """Return True if the form has a second tier of that name, also where it is called 目标."""
        return bool(self.profile.second_tier_label(label) or self.profile.second_tier_label(_as_indicator(label)))


def _as_indicator(label: str) -> str:
    """Return the label of a tier that is called 目标 (数量目标) as it is usually called (数量指标)."""
    return f"{label.removesuffix('目标')}指标" if label.endswith("目标") else label


def _by_pattern(caption: str) -> tuple[str, Evidence] | None:
    """Return the field whose captions are written like that one, or None."""
    bare = _BRACKET.sub("", caption)
    if _NAME_PATTERN.fullmatch(bare) and (_PROJECT_NAMES.search(bare) or not _OTHER_NAMES.search(bare)):
        return (NAME, Evidence.PATTERN)
    if _AMOUNT_PATTERN.fullmatch(bare) or _APPROVED_PATTERN.fullmatch(bare):
        return (AMOUNT, Evidence.PATTERN)
    if _GOAL_PATTERN.fullmatch(bare):
        return (GOALS, Evidence.PATTERN)
    if _TOTAL_PATTERN.fullmatch(bare):
        return (AMOUNT, Evidence.IMPLIED)
    if _EXPECTED_GOAL.fullmatch(bare):
        return (GOALS, Evidence.IMPLIED)
    return None
