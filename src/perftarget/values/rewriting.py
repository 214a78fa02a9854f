"""Notations of numbers that are rewritten to a plain one before they are parsed: 12万5千元, 三分之二, 半年, ￥1200."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Final

from perftarget.text.chinese_numerals import NUMERALS, chinese_number
from perftarget.values.measures import Operator
from perftarget.values.number_parser import OPERATORS_BEFORE, any_word

_EXACT: Final = Context(prec=60)
_SMALL: Final = {"": 1, "千": 1000, "百": 100}
_CAPITALS: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元")
"""Numerals of accounting, in which a digit cannot be changed into another."""
_CAPITAL_AMOUNT: Final = re.compile(
    r"([≥≤><=]?)(人民币)?[壹贰叁肆伍陆柒捌玖拾佰仟萬億零万亿]+(?:[元圆]整?|[份套项台个名次])"
)
_AMOUNT: Final = re.compile(r"([0-9][0-9,.]*(?:万|亿)?)(?:元人民币|元)?(.*)")


def _number(text: str) -> Decimal:
    """Return the value of digits, of a numeral, or of 半 as a number of months."""
    if text == "半":
        return Decimal(6)
    return chinese_number(text) or Decimal(0) if text[0] in NUMERALS else Decimal(text)


def _sum(match: re.Match[str], factor: int) -> str:
    """Return both parts as one number in the smaller unit."""
    total = _EXACT.add(_EXACT.multiply(_number(match[1]), Decimal(factor)), _number(match[2]))
    return f"{total:f}"


def _thousands(match: re.Match[str]) -> str:
    """12万5千 → 125000, 1万2000 → 12000."""
    rest = Decimal(match[2]) * _SMALL[match[3] or ""]
    # 1万5 is 15000 or 10005, so that it is not rewritten.
    if (not match[3] and len(match[2]) < 3) or rest >= 10000:
        return match[0]
    return f"{_EXACT.add(_EXACT.multiply(Decimal(match[1]), Decimal(10000)), rest):f}"


def _currency(match: re.Match[str]) -> str:
    """￥1,200 → 1,200元."""
    amount = _AMOUNT.fullmatch(match[2])
    return f"{match[1]}{amount[1]}元{amount[2]}" if amount else match[0]


def _fraction(match: re.Match[str]) -> str:
    """三分之二以上 → ≥2/3."""
    below, above = chinese_number(match[1]), chinese_number(match[2])
    return f"{'≥' if match[3] else ''}{above:f}/{below:f}" if below and above else match[0]


def _halves(match: re.Match[str]) -> str:
    """一年半 → 18个月, 1个半月 → 1.5个月, 半小时 → 0.5小时."""
    return f"{_EXACT.add(_number(match[1]) if match[1] else Decimal(0), Decimal('0.5')):f}{match[2]}"


def _every(match: re.Match[str]) -> str:
    """每两年1次 → 1次/2年."""
    return f"{match[3]}/{_number(match[1])}{match[2]}"


def _numeral(match: re.Match[str]) -> str:
    """十二月三十一日 → 12月31日."""
    number = chinese_number(match[1])
    return match[0] if number is None else f"{number:f}"


def _year(match: re.Match[str]) -> str:
    """二〇二五年 → 2025年."""
    return "".join(str(_YEAR_DIGITS.index(char) % 10) for char in match[1].replace("○", "〇").replace("零", "〇"))


def _around_x(match: re.Match[str]) -> str:
    """50%≤x≤80% → ≥50%且≤80%."""
    return f"{Operator(match[2]).mirrored}{match[1]}且{match[3]}"


def _interval(match: re.Match[str]) -> str:
    """[80%,90%] → 80%-90%, ≥80% ≤90% → ≥80%且≤90%; ≥80% ≥90% stays as it is."""
    low, high = (OPERATORS_BEFORE[match[group]] in _LOWER for group in ("low", "high"))
    return match[0] if low is high else f"{match['low']}{match['from']}且{match['high']}{match['to']}"


_YEAR_DIGITS: Final = "〇一二三四五六七八九"
_LOWER: Final = frozenset((Operator.AT_LEAST, Operator.ABOVE))
_OPERATOR: Final = any_word(OPERATORS_BEFORE)
_Rewrite = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_ONE = rf"[0-9]{{1,3}}|[{NUMERALS}]{{1,3}}"
_LOW: Final = "([0-9.]+%?)"
_HIGH: Final = "([0-9.]+[^0-9,，]{0,3})"
_NUMERAL: Final = "([0-9]{1,2}|[两三四五六])"
_TEXT: Final = "[^0-9]{0,8}"
_TIMES: Final = "[0-9一两三四五]{1,3}[次场期轮]"
_TWO_LIMITS: Final = re.compile(
    rf"(?P<low>{_OPERATOR})(?P<from>[0-9.]+[^0-9≥≤<>=且]{{0,4}}?) ?(?P<high>{_OPERATOR})(?P<to>[0-9.]+[^0-9]{{0,4}})"
)
_MAY_HAVE_TWO: Final = re.compile("[0-9][^0-9]{0,4}[≥≤<>于过少超低高][^0-9]{0,2}[0-9]")
_REWRITES: Final[tuple[_Rewrite, ...]] = (
    (re.compile("([≥≤><=]?)(?:[￥¥]|人民币)(.+)"), _currency),
    (re.compile("([0-9]{1,6})亿([0-9]{1,4}(?:[.][0-9]{1,6})?)(?=万)"), lambda match: _sum(match, 10000)),
    (re.compile("([0-9]{1,6})万([0-9]{1,4})(千|百)?(?![0-9.万亿])"), _thousands),
    (re.compile("([0-9]{1,9})元([0-9])角"), r"\1.\2元"),
    (re.compile("百分之?百"), "100%"),
    (re.compile("([万亿千百])([余多])"), r"\2\1"),
    (re.compile("([0-9])/([0-9]{1,2})[及或]?以上"), r"≥\1/\2"),
    (re.compile("([一二三四五六七八九])成(?=以上|以下|左右|$)"), lambda match: f"{_number(match[1])}0%"),
    (re.compile("翻一?番"), "增长1倍"),
    (re.compile("([一二][〇○零九][〇○零一二三四五六七八九]{2})(?=年)"), _year),
    (re.compile("(?<=[年月])([一二三四五六七八九十]{1,3})(?=[月日号])"), _numeral),
    (re.compile("(?<=/)10万"), "十万"),
    (re.compile("([0-9.]+[^0-9]{0,2})([≤<])[xX]([≤<])(?=[0-9])"), _around_x),
    (re.compile(rf"\[{_LOW}[,，]{_HIGH}[])）]|[(（]{_LOW}[,，]{_HIGH}\]"), r"\1\3-\2\4"),
    (re.compile(rf"(?:每|^)(?!1个?[年月天周]){_NUMERAL}(个月|年|天|周|小时)({_TEXT}{_TIMES})"), _every),
    (re.compile(rf"([{NUMERALS}]{{1,4}})分之([{NUMERALS}]{{1,4}})([及或]?以上)?"), _fraction),
    (re.compile(f"({_ONE})年(半)"), lambda match: f"{_sum(match, 12)}个月"),
    (re.compile(f"({_ONE})年(?:零|又)?({_ONE})个月"), lambda match: f"{_sum(match, 12)}个月"),
    (re.compile(f"({_ONE})小时({_ONE})分钟?"), lambda match: f"{_sum(match, 60)}分钟"),
    (re.compile(f"({_ONE})个半(月|小时|学期)"), lambda match: _halves(match).replace("月", "个月")),
    (re.compile("(?<![每下上两])半年(?!度|[0-9一两三]次)"), "6个月"),
    (re.compile("()半个?(月|小时|天)"), lambda match: _halves(match).replace("月", "个月")),
    (re.compile("(?:介于|在)?(.+)之间"), r"\1"),
    (re.compile("(?<=[%分])[（(]含[）)](?=[-~—至到])"), ""),
)  # fmt: skip
_MARKS: Final = frozenset("￥¥币角[]/周天xX十〇○亿万百千余以成番每半时年间之含壹贰叁肆伍陆柒捌玖拾佰仟")


def rewrite(text: str) -> str:
    """Return the text with each such notation replaced by a plain one; the text itself if there is none."""
    if _MAY_HAVE_TWO.search(text):
        text = _TWO_LIMITS.sub(_interval, text)
    if _MARKS.isdisjoint(text):
        return text
    if _CAPITAL_AMOUNT.fullmatch(text):
        text = text.translate(_CAPITALS)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text
