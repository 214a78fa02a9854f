"""Parser for a number in a phrase: 全年完成2次宣传, 100%达标, 合同签订后30日内."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from perftarget.text.chinese_numerals import NUMERALS
from perftarget.values.dates import parse_date
from perftarget.values.measures import Delta, Frequency, Quantity, Range, Zero
from perftarget.values.number_parser import (
    HEAD_WORDS,
    OPERATORS_AFTER,
    OPERATORS_BEFORE,
    PER_WORDS,
    any_word,
    parse_delta,
    parse_measure,
    parse_range,
)
from perftarget.values.qualitative import GRADES, NOTE
from perftarget.values.units import Unit, is_known, scaled_unit

_Phrase = Quantity | Range | Delta | Frequency | Zero

_CJK: Final = "\u3400-\u9fff"
_MEANS: Final = frozenset("人户生亩村校")
_BARE: Final = ("±", "率", "率为", "数", "数量", "得分", "比例")
"""Ends of a lead after which a number needs no unit: 差错率0."""
_LENGTHS: Final = ("米", "公里", "m", "km", "厘米", "毫米")
_DATE: Final = r"(?:(?:19|20)[0-9]{2}年度?)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?[底末]?前)?"
_FORMER: Final = "[由从]?[0-9.]{1,9}[^0-9]{1,3}?(?=[提上增下降减])"  # 由80%提高到95%
_NUMBER: Final = r"[0-9][0-9,\uff0c.]*(?:[^0-9~—至到提升增降减-]{0,3}(?:[~—]{1,2}|至|到|--?)[0-9][0-9,\uff0c.]*)?"
_STARS: Final = "[1-5](?=A{1,5}级)"  # 3A级景区
_TEXT: Final = rf"(?:{_STARS}|[^0-9])"
_DIGITS: Final = re.compile(
    rf"(?P<before>{_DATE}|{_FORMER})(?P<head>{_TEXT}{{0,24}}?)(?P<number>[-+]?{_NUMBER})(?P<tail>{_TEXT}{{0,24}})"
)
_DATE_TAIL: Final = re.compile("[月日号](?![内历])|年[度底末初前内]")
_COUNTED: Final = "个次场批期家人名项处套台座户所条件份篇年天月"
_NUMERAL: Final = re.compile(
    rf"(?P<before>)(?P<head>[{_CJK}]{{1,8}}?)(?P<number>[{NUMERALS}]{{1,6}})(?P<tail>[{_COUNTED}](?:以上|以下|以内)?)"
)
_HEAD_START: Final = re.compile(any_word(word for word in OPERATORS_BEFORE if word != "超"))  # not in 超额完成
_HEAD_END: Final = re.compile(rf"(?:{HEAD_WORDS})+\Z")
_PER_END: Final = re.compile(rf"(?:{PER_WORDS.pattern})\Z")
_AFTER: Final = re.compile(rf"(?:[（(]含[）)])?(?:左右|上下)?(?:{any_word(OPERATORS_AFTER)})?(?:[（(]含[）)])?")
_DIMENSIONS: Final = "[长宽高厚深]"
_EVENT: Final = re.compile(rf"自?[{_CJK}]{{2,12}}(?:之日起|后|以后|之后|起)")
_LEAD: Final = re.compile(
    rf"(?:[A-Z]{{2,5}}(?=[{_CJK}]))?(?:{_STARS}|[{_CJK}A]){{2,12}}|[各共分计应需须占前]|{_DIMENSIONS}|"
)
_HARMLESS: Final = re.compile(
    "占比|比例|比重|比赛|[一二三四五](?=[等级类])|[节签预合公]约|[清拆消扫排]除|合同|协同|共同|未成年|不动产|不锈钢|非遗|非公|非税"
    "|无障碍|无人机|无害|零星|零售|附近|超市|超声|参与|按时|按期|以工代赈"
)
"""Words with a character that would otherwise change what a number means."""
_REST: Final = re.compile(rf"(?:[{_CJK}]|[A-Z]{{2,5}}|[0-9]?A{{1,5}}级){{0,12}}")
_NOT_IN_LEAD: Final = frozenset("第不未非除无零没比较同约近超每之以按" + NUMERALS) - frozenset("万点")
"""Characters of words that change what a number means: 第3期, 较上年3%, 占2%."""
_ARRIVALS: Final = frozenset("位账场岗现达户")  # 到位, 到达现场, but not 2次到3次
_NOT_FIRST_IN_REST: Final = frozenset("至和或及与、以之多余每前后内外上下起")


def parse_phrase(text: str, raw: str) -> _Phrase | None:
    """Parse a number with words before or after it, or None.

    The words that are not an operator or a unit are kept as `lead` and `rest`.
    """
    if text[0] in _MEANS and text[1] == "均" and (delta := parse_delta(text[2:], raw)):
        return replace(delta, lead=text[:2])
    match = _DIGITS.fullmatch(text) or _NUMERAL.fullmatch(text)
    head = match and _split_head(match["head"], match["before"])
    if match is None or head is None or _is_date(match["number"], match["tail"]):
        return None
    lead, words = head
    for unit, rest in _split_tail(match["tail"]):
        measure = _parse_core(f"{words}{match['number']}{unit}", raw)
        if re.fullmatch(_DIMENSIONS, lead) and not unit.endswith(_LENGTHS):
            continue
        if measure is not None and (unit or lead.endswith(_BARE)) and (lead or rest) and not _is_year(measure):
            return _with_words(measure, lead, rest)
    return None


def _parse_core(text: str, raw: str) -> _Phrase | None:
    return parse_measure(text, raw) or parse_range(text, raw)


def _with_words(measure: _Phrase, lead: str, rest: str) -> _Phrase | None:
    """Return the measure with the words around it."""
    if isinstance(measure, Frequency):
        quantity = measure.quantity and replace(measure.quantity, lead=lead, rest=rest)
        return replace(measure, quantity=quantity)
    return measure if isinstance(measure, (Zero, Delta)) else replace(measure, lead=lead, rest=rest)


def _is_year(measure: _Phrase) -> bool:
    """Return True for a year, which is no number of years: 2020年疫情期间."""
    if isinstance(measure, Range):
        measure = measure.high
    return (
        isinstance(measure, Quantity)
        and measure.unit is not None
        and measure.unit.symbol == "年"
        and 1900 <= measure.number <= 2099
    )


def _is_date(number: str, tail: str) -> bool:
    """Return True if the number is a month or a day: 2025年1月-202512."""
    return _DATE_TAIL.match(tail) is not None or ("月" in number and "个月" not in number)


def _split_head(head: str, before: str) -> tuple[str, str] | None:
    """Split the words before a number into the lead and the words that the number is parsed with.

    每季度至少开展 is 开展 and 每季度至少; `before` is a date or a former value that begins the lead.
    """
    if before.endswith("前") and parse_date(before, "") is None:
        return None
    sign = "±" if "±" in head else ""
    head = head.replace("±", "")
    each = PER_WORDS.match(head)
    start = each.end() if each else 0
    operator = _HEAD_START.match(head, start)
    start = operator.end() if operator else start
    found = _HEAD_END.search(head, start)
    end = found.start() if found else len(head)
    last = _PER_END.search(head, start, end)
    lead = head[start : last.start() if last else end]
    words = f"{last[0] if last else ''}{head[:start]}{head[end:]}"
    return (before + lead + sign, words) if _is_lead(lead, bool(sign or before or last or each)) else None


def _is_lead(lead: str, or_none: bool) -> bool:
    """Return True if the words before a number leave its meaning as it is."""
    if _EVENT.fullmatch(lead):
        return NOTE.search(lead) is None
    return (
        _LEAD.fullmatch(lead) is not None
        and _NOT_IN_LEAD.isdisjoint(_HARMLESS.sub("", lead))
        and NOTE.search(lead) is None
        and (lead not in GRADES or lead == "高")
        and (lead == "分" or not is_known(lead) or or_none)
    )


def _split_tail(tail: str) -> list[tuple[str, str]]:
    """Return the ways to split the text after a number into a unit with its operator and other words."""
    return [split for end in range(min(len(tail), 12), -1, -1) if (split := _split_at(tail, end))]


def _split_at(tail: str, end: int) -> tuple[str, str] | None:
    """Split the text after `end` characters of a known unit and the operator after them; None if that is no unit."""
    known = tail[1:end] if tail[:1] in {"余", "多"} else tail[:end]
    if end and not is_known(known) and not _is_composite(scaled_unit(known)):
        return None
    after = _AFTER.match(tail, end)
    end = after.end() if after else end
    rest = tail[end:]
    return (tail[:end], rest) if _is_rest(rest) and (end or not rest) else None


def _is_composite(scale_unit: tuple[str, Unit | None] | None) -> bool:
    """Return True for a unit of a known kind with a denominator, such as 元/人."""
    return scale_unit is not None and scale_unit[1] is not None and scale_unit[1].kind != "unknown"


def _is_rest(rest: str) -> bool:
    """Return True if the words after a number leave its meaning as it is."""
    return (
        _REST.fullmatch(rest) is not None
        and NOTE.search(rest) is None
        and (not rest or (rest[0] not in _NOT_FIRST_IN_REST and (rest[0] != "到" or rest[1:2] in _ARRIVALS)))
        and not is_known(rest)
    )
