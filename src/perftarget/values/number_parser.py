"""Reads numbers with what stands around them into measurable values."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from perftarget.text.chinese_numerals import NUMERALS, chinese_number
from perftarget.values.measures import DELTA_VERBS, Delta, Frequency, Operator, Quantity, Range, Zero
from perftarget.values.units import MOST_DENOMINATORS, PERIODS, Unit, scaled_unit

_WORDS = {
    "≥": """
    ≥ ≥= >= => 不低于 不少于 不小于 不得低于 不得少于 不能低于 应不低于 至少 最少 最低
    大于等于 大于或等于 高于等于 高于或等于 不短于
    """,
    "≤": """
    ≤ ≤= <= =< 不超过 不高于 不多于 不大于 不得超过 不得高于 不能超过 不超 至多 最多 最高
    小于等于 小于或等于 低于等于 低于或等于 不长于 控制在
    """,
    ">": "> 超过 大于 高于 多于 超",
    "<": "< 低于 小于 少于 不足 不满 不到",
    "=": "= 等于 ==",
}
BEFORE = {word: Operator(sign) for sign, words in _WORDS.items() for word in words.split()}
AFTER = {
    **dict.fromkeys(("以上", "及以上", "或以上", "之上"), Operator.AT_LEAST),
    **dict.fromkeys(("以下", "及以下", "或以下", "之下", "以内", "之内", "内"), Operator.AT_MOST),
}
_ABOUT = ("大约为", "约为", "大约", "大概", "大致", "接近", "将近", "约", "近")
_MET = ("达到", "达", *(verb + to for verb in DELTA_VERBS for to in "到至"))


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"[-+]?(?!0[0-9])(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,5}|[0-9]{1,18})(?![0-9])(?:\.[0-9]{1,12}(?![0-9]))?"
_SIMPLE = re.compile(rf"([≥≤><=]?)({_NUMBER})([^0-9]*)")
_HEAD_WORD = re.compile(_any((*BEFORE, *_ABOUT, *_MET)))
_FULL = re.compile(
    rf"(?P<head>(?:{_HEAD_WORD.pattern}){{0,4}})(?P<share>百分之)?"
    rf"(?:(?P<number>{_NUMBER})|(?P<numeral>[{NUMERALS}]{{1,20}}))(?P<tail>.*)"
)
# 95%（含）以上, 95%（含95%）以上, but not 12万元（含税）.
_WITH = r"[（(]含(?:[0-9][^（）()]{0,8}|本数)?[）)]"
_TAIL = re.compile(
    rf"(?P<more>[余多])?(?P<unit>.*?)(?P<about>左右|上下)?"
    rf"(?P<with>{_WITH}|含)?(?P<after>{_any(AFTER)})?(?P<within>{_WITH})?"
)
_RANGE = re.compile(rf"({_NUMBER}[^0-9~—–―‒至到-]{{0,8}}?)(?:[~—–―‒]{{1,2}}|至|到|--?)({_NUMBER}.*)")
_EACH_WORD = rf"每个?(?:[人户次家村亩]|{_any(PERIODS)})|[人户]均"
_EACH_NAME = re.compile(rf"{_any(PERIODS)}|[人户次家村亩]")
_EACH = re.compile(rf"((?:{_EACH_WORD}){{1,3}})(.+)")
_OFTEN = re.compile(
    rf"(?:按|每个?)(?P<period>{_any(PERIODS)})"
    r"(?P<at>(?:[0-9]{1,2}月)?(?:末月|首月|[底末初])?(?:[0-9]{1,2}[日号])?(?:之?前)?)"
)
_BASE = (
    r"同比|环比|年均|每年|逐年|[较比与同](?:(?:(?:19|20)[0-9]{2}年|上一?年度?|去年|前年|往年|上一?季度|上个?月|上一?期"
    r"|基期|基年|基准年|基准|年初|期初|项目实施前|实施前|以前|之前|往期)(?:同期|末|底)?|同期)(?:相比|比)?"
)
_DELTA = re.compile(rf"(?P<base>{_BASE})?[,，]?(?P<verb>{_any(DELTA_VERBS)})?了?(?P<rest>.+)")
_DELTA_START = frozenset("同环年每逐较比与" + "".join(verb[0] for verb in DELTA_VERBS))
# After a Chinese numeral these make other words: 十分, 一月, 一级, 一期.
_NOT_COUNTED = frozenset(("分", "个月", "日", "级", "期", "星"))
_LOST_DOTS = re.compile(r"(?:19|20)[0-9]{3,4}")


def parse_number(text: str, raw: str = "") -> Quantity | None:
    """A number with its unit and its operator, however that is written."""
    simple = _SIMPLE.fullmatch(text)
    if simple is None:
        return _read_full(text, raw)
    sign, number, tail = simple.groups()
    found = scaled_unit(tail)
    if found is None:
        return _read_full(text, raw)
    operator = BEFORE[sign] if sign else None
    return Quantity(_decimal(number), found[1], operator, raw, found[0], words=(sign,) if sign else ())


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _read_full(text: str, raw: str) -> Quantity | None:
    found = _FULL.fullmatch(text)
    tail = found and _TAIL.fullmatch(found["tail"])
    if not found or not tail:
        return None
    number = _number(found["number"], found["numeral"], "%" if found["share"] else tail["unit"])
    if number is None or (found["share"] and tail["unit"]):
        return None
    return _with_words(replace(number, raw=raw), _HEAD_WORD.findall(found["head"]), tail)


def _number(digits: str | None, numeral: str, unit: str) -> Quantity | None:
    if digits:
        found = scaled_unit(unit)
        return found and Quantity(_decimal(digits), found[1], scale=found[0])
    # 十二万 keeps its 万, as 12万 would; the rest of a numeral is worked out.
    scale = numeral[-1] if numeral[-1] in "万亿" and not set("万亿") & set(numeral[:-1]) else ""
    number = chinese_number(numeral.removesuffix(scale))
    found = scaled_unit(unit)
    if number is None or found is None or (scale and found[0]) or not _countable(found[1]):
        return None
    return Quantity(number, found[1], scale=scale or found[0])


def _countable(unit: Unit | None) -> bool:
    """Whether a Chinese numeral before this is a number: 三家, but not 一次性, 十分, 一般."""
    return unit is None or (unit.kind != "unknown" and unit.symbol not in _NOT_COUNTED)


def _with_words(number: Quantity, head: list[str], tail: re.Match[str]) -> Quantity | None:
    words = [word for word in head if word in BEFORE]
    reach = "".join(word for word in head if word in _MET)
    if tail["after"]:
        # 控制在5%以内 is one word around the number, not two operators.
        words = [word for word in words if word != "控制在"] + [tail["after"]]
    operators = _joined(BEFORE.get(word) or AFTER[word] for word in words)
    # 近三年 is which years, not about how many; （含） is said of a limit only.
    if ("近" in head and number.unit and number.unit.kind == "time") or (
        not words and (tail["with"] or tail["within"])
    ):
        return None
    if reach and (reach not in _MET or operators not in {(), (Operator.AT_LEAST,), (Operator.AT_MOST,)}):
        return None
    return replace(
        number,
        operator=operators[0] if len(operators) == 1 else None,
        approximate=bool(tail["more"] or tail["about"]) or any(word in _ABOUT for word in head),
        reach=reach,
        conflict=operators if len(operators) > 1 else (),
        words=tuple(words),
    )


_JOINED = {
    (Operator.AT_LEAST, Operator.EQUAL): Operator.AT_LEAST,
    (Operator.AT_MOST, Operator.EQUAL): Operator.AT_MOST,
    (Operator.ABOVE, Operator.EQUAL): Operator.AT_LEAST,
    (Operator.BELOW, Operator.EQUAL): Operator.AT_MOST,
    (Operator.EQUAL, Operator.ABOVE): Operator.AT_LEAST,
    (Operator.EQUAL, Operator.BELOW): Operator.AT_MOST,
}
"""What two signs beside each other are, as in ≥=5, 低于=5, ==<5."""


def _joined(operators: Iterable[Operator]) -> tuple[Operator, ...]:
    """Each operator once."""
    found: list[Operator] = []
    for one in operators:
        if found and (both := _JOINED.get((found[-1], one))):
            found[-1] = both
        else:
            found.append(one)
    return tuple(dict.fromkeys(found))


def parse_measure(text: str, raw: str) -> Quantity | Frequency | Zero | None:
    """A quantity, or what a quantity is when it counts events: 1次/月, 0起."""
    each = _EACH.fullmatch(text) if text[0] in "每人户" else None
    quantity = parse_each(each[1], each[2], raw) if each else parse_number(text, raw)
    if quantity is None or quantity.unit is None:
        return Zero(raw=raw) if quantity is not None and _is_zero(quantity) else quantity
    if quantity.unit.kind == "frequency":
        return Frequency(quantity.unit.per[0], quantity, raw=raw)
    return Zero(quantity.unit, raw) if _is_zero(quantity) else quantity


def parse_each(each: str, rest: str, raw: str) -> Quantity | None:
    """每人每月2050元 → 2050元/人·月"""
    quantity = parse_number(rest, raw)
    if quantity is None or quantity.unit is None:
        return None
    per = tuple(PERIODS.get(word, word) for word in _EACH_NAME.findall(each))
    if len(set(per)) < len(per) or len(per) + len(quantity.unit.per) > MOST_DENOMINATORS:
        return None  # 人均人均15元, 人均2元/次/户/年
    return replace(quantity, unit=quantity.unit.over(per))


def _is_zero(quantity: Quantity) -> bool:
    """0起 and ≤0人, but not ≥0 or 0%, 0元: only events and people can fail to be."""
    if quantity.number or quantity.scale or quantity.approximate or quantity.reach or quantity.conflict:
        return False
    if quantity.operator not in {None, Operator.EQUAL, Operator.AT_MOST}:
        return False
    return quantity.unit is None or (quantity.unit.kind == "count" and not quantity.unit.per)


def parse_range(text: str, raw: str) -> Range | None:
    """3-5家, 80%-100%; two numbers like 20246-202516 are dates that lost their dots, and not guessed at."""
    found = _RANGE.fullmatch(text)
    ends = found and (parse_number(found[1]), parse_number(found[2]))
    if not ends or ends[0] is None or ends[1] is None or not (_is_bare(ends[0]) and _is_bare(ends[1])):
        return None
    if found and all(_LOST_DOTS.fullmatch(end) for end in found.groups()):
        return None
    low, high = _completed(ends[0], ends[1]), _completed(ends[1], ends[0])
    return Range(low, high, raw, one_sided=(low, high) != ends) if low.unit == high.unit else None


def _is_bare(quantity: Quantity) -> bool:
    return not (quantity.words or quantity.approximate or quantity.reach)


def _completed(end: Quantity, other: Quantity) -> Quantity:
    """The end of a range with what only the other end says; a scale goes with the unit."""
    if end.unit is not None:
        return end
    return replace(end, unit=other.unit, scale=end.scale or other.scale)


def parse_frequency(text: str, raw: str) -> Frequency | None:
    """按月, 每季度末月20日"""
    found = _OFTEN.fullmatch(text)
    return Frequency(PERIODS[found["period"]], at=found["at"], raw=raw) if found else None


def parse_delta(text: str, raw: str) -> Delta | None:
    """增长5%, 较上年提高3个百分点"""
    found = _DELTA.fullmatch(text) if text[0] in _DELTA_START else None
    if not found or not (found["base"] or found["verb"]):
        return None
    change = parse_number(found["rest"], found["rest"]) or parse_range(found["rest"], found["rest"])
    if change is None or (isinstance(change, Quantity) and change.reach):
        return None
    return Delta(change, found["verb"] or "", found["base"] or "", raw)
