"""What makes a target measurable: a closed list of reasons; a value with none of them cannot be assessed."""

from __future__ import annotations

import re
from typing import Final, Literal

from perftarget.text.normalize import compact, fold, split_words
from perftarget.values.bands import GradeBands
from perftarget.values.dates import Date, Period
from perftarget.values.measures import Delta, Frequency, Quantity, Range, Zero
from perftarget.values.parser import Boolean, BudgetReference, MultipleValues, Text, Value, parse
from perftarget.values.standards import names_standard
from perftarget.values.units import KINDS, parse_unit
from perftarget.values.unreadable import diagnose, is_time_of_day

Measured = Literal[
    "number", "amount", "duration", "date", "schedule", "frequency", "grade", "standard", "zero", "whole", "outcome"
]  # fmt: skip

TESTS: Final = split_words(
    """
    验收 检测 检验 检查 评审 评定 评估 评价 审计 审查 审核 考核 测评 测试 鉴定 认证 建设 建立 出台 制定 制订 修订 印发
    发布 编制 备案 竣工
    """
)
"""Words of a name that name the test of an outcome: 竣工验收: 通过."""
OUTCOMES: Final = split_words("合格 通过 达标 建立 建成 完成 出台 制定 印发 发布 编制 备案 是 优秀 良好")
"""Outcomes of such a test."""
WHOLE_WORDS: Final = ("全覆盖", "全部", "全额", "全员", "全量", "百分之百")
"""Words that mean 100 %."""
ZERO_WORDS: Final = ("不发生", "零发生", "未发生", "无发生", "杜绝", "零事故", "零投诉", "零容忍")
"""Words in a sentence that mean that something must not happen."""

NAMED_TIMES: Final = split_words(
    "汛期 主汛期 春节 元旦 国庆 国庆节 寒假 暑假 开学 春季 秋季 秋收 春耕 供暖季 采暖期 防火期"
)
"""Times of the year without a date: 汛期前, 2025年秋季学期."""

_NAMED: Final = "|".join(NAMED_TIMES)
_SEASON: Final = re.compile(
    f"(?:(?:19|20)[0-9]{{2}}年|每年|当年)?(?:{_NAMED})+(?:学期|期间|来临|开始|结束|到来)*(?:之?前|之?后|内)?[\u4e00-\u9fff]{{0,6}}"
    r"|(?:(?:19|20)[0-9]{2}年)?(?:每个?)?(?:第?[一二三四1-4](?:[、和][一二三四1-4])*)?季度(?:末|初|第[一二三1-3]个月)?(?:之?前)?"
    "|[0-9]{1,2}[:：][0-9]{2}(?:[-—~至到][0-9]{1,2}[:：][0-9]{2})?"
)
_SAME_DAY: Final = re.compile("(?:当[日天]|即日|当场)(?:工作日|日|内)?[\u4e00-\u9fff]{0,4}")
_OUTCOME: Final = re.compile(f"(?:已|已经|全部|按时|验收|审计|考核|评审|检测)*(?:{'|'.join(OUTCOMES)})")
_WHOLE: Final = re.compile(f"(?:实现|做到|达到|确保|已|完成)*(?:{'|'.join(WHOLE_WORDS)})[\u4e00-\u9fff]{{0,6}}")
_NUMBER: Final = re.compile(
    r"(?<![第0-9.])([0-9]+(?:[,\uff0c][0-9]{3})*(?:\.[0-9]+)?)([^0-9\uff0c\u3002\uff1b\uff1a、,;:\s]{1,6})"
)
_NUMERAL: Final = re.compile(
    "(?<![近约数上第])[一二两三四五六七八九十百千万](?:[个名人次户家项日天月年场座处条台套辆架艘所栋部本支只头株组轮%％]|期(?!间))"
    "|百分之"
)
"""A number in Chinese numerals with its unit: 每个乡镇配备一辆校车."""
_DAY: Final = re.compile("[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|前)")


def measured_by(text: str, name: str = "") -> Measured | None:
    """Return what makes a target measurable, or None.

    The name of the indicator decides if a word of outcome is one: 通过 measures 竣工验收, not 社会影响. A value that
    cannot be read is not measurable.
    """
    return _measure_of(parse(text, name=name), text, name)


def _measure_of(value: Value, text: str, name: str) -> Measured | None:
    """Return what makes a value measurable, by its type."""
    if isinstance(value, (Quantity, Range)):
        return _measure_of_unit(value)
    if isinstance(value, MultipleValues):
        return _measure_of(value.parts[0], text, name)
    if isinstance(value, Frequency):
        return "frequency" if value.quantity is not None else "schedule"
    if isinstance(value, BudgetReference):
        return "amount" if value.hint is not None else None
    if isinstance(value, (Text, Boolean)):
        words = compact(fold(text).strip())
        return _measure_of_words(words, name) or _measure_in_prose(words, text, name)
    return next((reason for kind, reason in _BY_TYPE if isinstance(value, kind)), None)


_BY_TYPE: Final[tuple[tuple[type, Measured], ...]] = (
    (Delta, "number"),
    (Date, "date"),
    (Period, "date"),
    (Zero, "zero"),
    (GradeBands, "grade"),
)


def _measure_of_unit(value: Quantity | Range) -> Measured:
    """Return amount, duration or number."""
    kind = value.unit.kind if value.unit is not None else ""
    return "amount" if kind in {"money", "currency"} else "duration" if kind == "time" else "number"


def _measure_of_words(words: str, name: str) -> Measured | None:
    """Return what makes words measurable: a standard, zero, the whole, or an outcome."""
    if names_standard(words):
        return "standard"
    if any(word in words for word in ZERO_WORDS):
        return "zero"
    if _WHOLE.fullmatch(words):
        return "whole"
    if _SEASON.fullmatch(words):
        return "schedule"
    return "outcome" if _OUTCOME.fullmatch(words) and any(test in name for test in TESTS) else None


def _measure_in_prose(words: str, text: str, name: str) -> Measured | None:
    """Return what makes a sentence measurable: a number with its unit, or a date."""
    if _SAME_DAY.fullmatch(words):
        return "duration"
    if is_time_of_day(words):
        return "schedule"
    if _NUMERAL.search(words):
        return "number"
    if not any(map(str.isdigit, words)) or diagnose(text, name) is not None:
        return None
    if _DAY.search(words):
        return "date"
    return "number" if any(_has_unit(*match.groups()) for match in _NUMBER.finditer(words)) else None


def _has_unit(number: str, after: str) -> bool:
    """Return True if a number in a text has a known unit; 2020年 is a year."""
    if after[0] == "年" and len(number) == 4:
        return False
    units = (parse_unit(after[:end]) for end in range(len(after), 0, -1))
    return any(unit is not None and (unit.symbol in KINDS or unit.scale != "") for unit in units)
