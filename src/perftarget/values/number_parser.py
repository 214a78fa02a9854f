"""Parser for numbers with their operators, units and other surrounding words."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from perftarget.text.chinese_numerals import NUMERALS, chinese_number
from perftarget.text.normalize import split_words
from perftarget.values.measures import DELTA_VERBS, Delta, Frequency, Operator, Quantity, Range, Zero
from perftarget.values.units import FREQUENT, KINDS, MAX_DENOMINATORS, PERIODS, Unit, scaled_unit

_OPERATOR_WORDS = {
    "≥": """
    ≥ ≥= >= => ≮ 不低于 不少于 不小于 不得低于 不得少于 不得小于 不能低于 不能少于 不应低于 不应少于 应不低于 应不少于
    至少 最少 最低 起码 大于等于 大于或等于 高于等于 高于或等于 多于等于 多于或等于 不短于
    """,
    "≤": """
    ≤ ≤= <= =< ≯ 不超过 不高于 不多于 不大于 不得超过 不得高于 不得多于 不得大于 不能超过 不能高于 不应超过 不应高于
    应不超过 应不高于 不超 至多 最多 最高 小于等于 小于或等于 低于等于 低于或等于 少于等于 少于或等于 不长于 控制在
    """,
    ">": "> 超过 大于 高于 多于 超",
    "<": "< 低于 小于 少于 不足 不满 不到",
    "=": "= 等于 ==",
}
OPERATORS_BEFORE = {word: Operator(sign) for sign, words in _OPERATOR_WORDS.items() for word in words.split()}
OPERATORS_AFTER = {
    **dict.fromkeys(("以上", "及以上", "及其以上", "或以上", "之上"), Operator.AT_LEAST),
    **dict.fromkeys(("以下", "及以下", "及其以下", "或以下", "之下", "以内", "之内", "内"), Operator.AT_MOST),
}
_APPROXIMATE = ("大约为", "约为", "大约", "大概", "大致", "接近", "将近", "约", "近")
_REACH = ("达到", "达", "保持在", "稳定在", "维持在", *(verb + to for verb in DELTA_VERBS for to in "到至"))


def any_word(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"[-+]?(?!0[0-9])(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,5}|[0-9]{1,18})(?![0-9])(?:\.[0-9]{1,12}(?![0-9]))?"
_SIMPLE = re.compile(rf"([≥≤><=]?)({_NUMBER})([^0-9]*)")
HEAD_WORDS = any_word((*OPERATORS_BEFORE, *_APPROXIMATE, *_REACH))
_HEAD_WORD = re.compile(HEAD_WORDS)
_FULL = re.compile(
    rf"(?P<head>(?:{_HEAD_WORD.pattern}){{0,4}})(?P<share>百分之)?"
    rf"(?:(?P<number>{_NUMBER})|(?P<numeral>[{NUMERALS}]{{1,20}}))(?P<tail>.*)"
)
# 95%（含）以上, 95%（含95%）以上, but not 12万元（含税）.
_INCLUSIVE = r"[（(]含(?:[0-9][^（）()]{0,8}|本数)?[）)]"
_TAIL = re.compile(
    rf"(?P<more>[余多])?(?P<unit>.*?)(?P<about>左右|上下)?"
    rf"(?P<with>{_INCLUSIVE}|含)?(?P<after>{any_word(OPERATORS_AFTER)})?(?P<within>{_INCLUSIVE})?"
)
_PER_KINDS = frozenset(("count", "area", "length", "volume", "mass"))
_RANGE = re.compile(rf"({_NUMBER}[^0-9~—–―‒至到-]{{0,8}}?)(?:[~—–―‒]{{1,2}}|至|到|--?)({_NUMBER}.*)")
_PER_UNITS = (
    *split_words("生 学校 医院 企业 家庭 农户 班级 单位 项目 百人 千人 万人 百户 千户 万户"),
    *(unit for unit, kind in KINDS.items() if kind in _PER_KINDS and unit.isalpha()),
)
_MEAN = "人户生亩村校"
PER_WORDS = re.compile(rf"(?:每[个所家名位辆]?(?:{any_word((*PERIODS, *_PER_UNITS))})|[{_MEAN}]均){{1,3}}")
_PER_NAME = re.compile(rf"(?:每[个所家名位辆]?)?({any_word((*PERIODS, *_PER_UNITS))})均?")
_PER = re.compile(rf"({PER_WORDS.pattern})(.+)")
_EVERY = re.compile(rf"(?:[1一]个?|(?=半年))({any_word(PERIODS)})(.*(?:{any_word(FREQUENT)}))")
_FREQUENCY = re.compile(
    rf"(?:按|每个?)(?P<period>{any_word(PERIODS)})度?"
    r"(?P<at>(?:(?<=周)[一二三四五六日天]|次月)?(?:[0-9]{1,2}月)?(?:末月|首月)?月?[底末初]?(?:最后[一1](?:个工作日|[日天]))?(?:[0-9]{1,2}[日号])?(?:之?前)?)"
    r"(?P<action>(?:按时|及时|足额|定期)?(?:安排|发放|支付|拨付|缴纳|结算|上报|报送|完成|开展|兑付|兑现|付款|清算|考核|检查|巡查)"
    r"{0,2}(?:到位|完毕)?)"
)
_BASE = (
    r"同比|环比|年均|每年|逐年|[较比与同](?:(?:(?:19|20)[0-9]{2}年|上一?年度?|去年|前年|往年|上一?季度|上个?月|上一?期"
    r"|基期|基年|基准年|基准|年初|期初|项目实施前|实施前|以前|之前|往期)(?:同期|末|底)?|同期)(?:相比|比)?"
)
_DELTA = re.compile(rf"(?P<base>{_BASE})?[,，]?(?P<verb>{any_word(DELTA_VERBS)})?了?(?P<rest>.+)")
_DELTA_START = frozenset("同环年每逐较比与" + "".join(verb[0] for verb in DELTA_VERBS))
# Units that form another word after a Chinese numeral: 十分, 一月, 一级, 一期.
_NOT_COUNTED = frozenset(("分", "个月", "日", "级", "期", "星"))
_PER_START = frozenset("每" + _MEAN)
_EVENTS = frozenset(("发生", "事故", "投诉", "事件", "上访", "差错", "举报"))
_LOST_DOTS = re.compile(r"(?:19|20)[0-9]{3,4}")


def parse_number(text: str, raw: str = "") -> Quantity | None:
    """Parse a number with its unit and its operator, in any notation."""
    match = _SIMPLE.fullmatch(text)
    if match is None:
        return _parse_full(text, raw)
    sign, number, tail = match.groups()
    scale_unit = scaled_unit(tail)
    if scale_unit is None:
        return _parse_full(text, raw)
    scale, unit = scale_unit
    operator = OPERATORS_BEFORE[sign] if sign else None
    return Quantity(_to_decimal(number), unit, operator, raw, scale, words=(sign,) if sign else ())


def _to_decimal(text: str) -> Decimal:
    """Return the value of digits with thousands separators."""
    return Decimal(text.replace(",", "").replace("，", ""))


def _parse_full(text: str, raw: str) -> Quantity | None:
    """Parse a number with words before and after it: 不低于百分之九十五（含）以上."""
    match = _FULL.fullmatch(text)
    tail = match and _TAIL.fullmatch(match["tail"])
    if not match or not tail:
        return None
    quantity = _parse_digits_or_numeral(match["number"], match["numeral"], "%" if match["share"] else tail["unit"])
    if quantity is None or (match["share"] and tail["unit"]):
        return None
    return _apply_words(replace(quantity, raw=raw), _HEAD_WORD.findall(match["head"]), tail)


def _parse_digits_or_numeral(digits: str | None, numeral: str, unit_text: str) -> Quantity | None:
    """Parse digits, or a Chinese numeral if there are none, with a scale and a unit."""
    scale_unit = scaled_unit(unit_text)
    if digits:
        return scale_unit and Quantity(_to_decimal(digits), scale_unit[1], scale=scale_unit[0])
    # 十二万 keeps 万 as its scale, as 12万 does; the rest of the numeral is converted.
    scale = numeral[-1] if numeral[-1] in "万亿" and not set("万亿") & set(numeral[:-1]) else ""
    number = chinese_number(numeral.removesuffix(scale))
    if number is None or scale_unit is None or (scale and scale_unit[0]) or not _is_countable(scale_unit[1]):
        return None
    return Quantity(number, scale_unit[1], scale=scale or scale_unit[0])


def _is_countable(unit: Unit | None) -> bool:
    """Return True if a Chinese numeral before the unit is a number: 三家, but not 一次性, 十分 or 一般."""
    return unit is None or (unit.kind != "unknown" and unit.symbol not in _NOT_COUNTED)


def _apply_words(quantity: Quantity, head: list[str], tail: re.Match[str]) -> Quantity | None:
    """Return the quantity with the operator, reach and approximation that the words around it express."""
    words = [word for word in head if word in OPERATORS_BEFORE]
    reach = "".join(word for word in head if word in _REACH)
    if tail["after"]:
        # 控制在5%以内 is one phrase around the number and not two operators.
        words = [word for word in words if word != "控制在"] + [tail["after"]]
    operators = _merge_operators(OPERATORS_BEFORE.get(word) or OPERATORS_AFTER[word] for word in words)
    # 近三年 is a period and not an approximate number; （含） is written only after a limit.
    if ("近" in head and quantity.unit and quantity.unit.kind == "time") or (
        not words and (tail["with"] or tail["within"])
    ):
        return None
    if reach and (reach not in _REACH or operators not in {(), (Operator.AT_LEAST,), (Operator.AT_MOST,)}):
        return None
    return replace(
        quantity,
        operator=operators[0] if len(operators) == 1 else None,
        approximate=bool(tail["more"] or tail["about"]) or any(word in _APPROXIMATE for word in head),
        reach=reach,
        conflict=operators if len(operators) > 1 else (),
        words=tuple(words),
    )


_MERGED = {
    (Operator.AT_LEAST, Operator.EQUAL): Operator.AT_LEAST,
    (Operator.AT_MOST, Operator.EQUAL): Operator.AT_MOST,
    (Operator.ABOVE, Operator.EQUAL): Operator.AT_LEAST,
    (Operator.BELOW, Operator.EQUAL): Operator.AT_MOST,
    (Operator.EQUAL, Operator.ABOVE): Operator.AT_LEAST,
    (Operator.EQUAL, Operator.BELOW): Operator.AT_MOST,
}
"""Operator that two adjacent signs mean together, as in ≥=5, 低于=5 and ==<5."""


def _merge_operators(operators: Iterable[Operator]) -> tuple[Operator, ...]:
    """Return each operator once, with adjacent signs merged."""
    merged: list[Operator] = []
    for operator in operators:
        if merged and (both := _MERGED.get((merged[-1], operator))):
            merged[-1] = both
        else:
            merged.append(operator)
    return tuple(dict.fromkeys(merged))


def parse_measure(text: str, raw: str) -> Quantity | Frequency | Zero | None:
    """Parse a quantity, or the frequency or zero that it means: 1次/月, 0起."""
    pattern = _PER if text[0] in _PER_START else _EVERY if text[0] in "1一半" else None
    match = pattern.fullmatch(text) if pattern is not None else None
    quantity = parse_each(match[1], match[2], raw) if match else parse_number(text, raw)
    if quantity is None or quantity.unit is None:
        return Zero(raw=raw) if quantity is not None and _is_zero(quantity) else quantity
    if not quantity.number and quantity.unit.symbol in _EVENTS:
        return Zero(Unit("起"), raw)
    if quantity.unit.kind == "frequency":
        return Frequency(quantity.unit.per[0], quantity, raw=raw)
    return Zero(quantity.unit, raw) if _is_zero(quantity) else quantity


def parse_each(each: str, rest: str, raw: str) -> Quantity | None:
    """Parse a quantity whose denominators are written before it: 每人每月2050元 → 2050元/人·月."""
    quantity = parse_number(rest, raw)
    if quantity is None:
        return None
    unit = quantity.unit or Unit("")  # 每亩300
    per = tuple(PERIODS.get(word, word) for word in _PER_NAME.findall(each))
    if not unit.symbol and set(per) <= PERIODS.keys():
        return None  # 每周一
    if len(set(per)) < len(per) or len(per) + len(unit.per) > MAX_DENOMINATORS:
        return None  # 人均人均15元, 人均2元/次/户/年
    return replace(quantity, unit=unit.over(per))


def _is_zero(quantity: Quantity) -> bool:
    """Return True for 0起 and ≤0人, but not for ≥0, 0% or 0元: only events and people can be absent."""
    if quantity.number or quantity.scale or quantity.approximate or quantity.reach or quantity.conflict:
        return False
    if quantity.operator not in {None, Operator.EQUAL, Operator.AT_MOST}:
        return False
    return quantity.unit is None or (quantity.unit.kind == "count" and not quantity.unit.per)


def parse_range(text: str, raw: str) -> Range | None:
    """Parse a range, also with its denominators before it: 3-5家, 80%-100%, 每周1-2次."""
    match = _PER.fullmatch(text) if text[0] in _PER_START else None
    if match is None:
        return _parse_range(text, raw)
    found = _parse_range(match[2], raw)
    low = found and parse_each(match[1], str(found.low), "")
    high = found and parse_each(match[1], str(found.high), "")
    return Range(low, high, raw) if low and high else None


def _parse_range(text: str, raw: str) -> Range | None:
    """Parse a range without denominators before it.

    Two numbers like 20246-202516 are dates that lost their dots, and are rejected.
    """
    match = _RANGE.fullmatch(text)
    ends = match and (parse_number(match[1]), parse_number(match[2]))
    if not ends or ends[0] is None or ends[1] is None or not (_is_bare(ends[0]) and _is_bare(ends[1])):
        return None
    if match and all(_LOST_DOTS.fullmatch(end) for end in match.groups()):
        return None
    low, high = _complete(ends[0], ends[1]), _complete(ends[1], ends[0])
    return Range(low, high, raw, one_sided=(low, high) != ends) if low.unit == high.unit else None


def _is_bare(quantity: Quantity) -> bool:
    """Return True if there are no words around the number."""
    return not (quantity.words or quantity.approximate or quantity.reach)


def _complete(end: Quantity, other: Quantity) -> Quantity:
    """Return one end of a range with the unit and scale of the other end, if it has no unit."""
    if end.unit is not None:
        return end
    return replace(end, unit=other.unit, scale=end.scale or other.scale)


def parse_frequency(text: str, raw: str) -> Frequency | None:
    """Parse a period: 按月, 每季度末月20日."""
    if text.startswith("次月"):
        text = f"每月{text}"
    match = _FREQUENCY.fullmatch(text) if text[0] in "每按" else None
    if match is None:
        return None
    return Frequency(PERIODS[match["period"]], at=match["at"].replace("号", "日"), raw=raw, action=match["action"])


def parse_delta(text: str, raw: str) -> Delta | None:
    """Parse a change: 增长5%, 较上年提高3个百分点."""
    match = _DELTA.fullmatch(text) if text[0] in _DELTA_START else None
    if not match or not (match["base"] or match["verb"]):
        return None
    change = parse_number(match["rest"], match["rest"]) or parse_range(match["rest"], match["rest"])
    if change is None or (isinstance(change, Quantity) and change.reach):
        return None
    return Delta(change, match["verb"] or "", match["base"] or "", raw)
