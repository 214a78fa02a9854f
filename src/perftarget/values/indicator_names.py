"""Parsers for names of indicators: unit, period, and normalised forms for comparison."""

import re

from perftarget.text.normalize import cached_by_text, compact, fold
from perftarget.values.units import PERIODS, Unit, parse_unit

_BRACKETS = str.maketrans("（）【】［］〔〕“”‘’「」『』：，；", '()[][][]""\'\'"""":,;')
_BRACKET = re.compile(f"[{re.escape(''.join(map(chr, _BRACKETS)))}]")
# （人）, （单位：人）, （元/人·月）, and the template's （≥**人）.
_LAST_BRACKET = re.compile(r"[(（](?:单位[:：]?)?(?:[≥≤><=]{0,2}\*{1,4})?([^()（）*]{1,10})[)）]\Z")
_NOT_UNITS = frozenset("一二三四五六七八九十上中下甲乙丙丁新旧续男女老原大小含")
"""Characters in brackets that tell indicators apart: 改造项目（一）, 培训人数（新）."""
_COUNT = re.compile("(?:数量|个数|总数|件数|规模|总量)\\Z")
_TAIL = 20
"""Length of the end of a name in which a bracketed unit is searched."""
_PREFIX = re.compile(
    r"(?:[★☆※*●○◆◇■□▲△►·#-]+|(?:三级)?指标[0-9一二三四五六七八九十]{0,3}[:.、]|[0-9]{1,2}[.、)](?![0-9])|[(][0-9一二三四五六七八九十]{1,3}[)]|[①-⑳])+"
)
_PERIOD = re.compile(
    r"[(](?:按|每)?(?P<bracket>年|月|季度?|学期|学年|周)[)]|(?:每人)?[每按]个?(?P<each>年(?![龄级])|月|季度?|学期|学年|周|[天日](?![常程间]))"
    r"|(?P<mean>年|月|季|日)(?:人均|均(?![衡等]))|人均(?P<after>年(?![龄级])|月)|(?P<before>月|年)(?:补贴|补助|工资|生活补贴)?标准"
)


def unit_in_name(name: str) -> Unit | None:
    """Return the unit in brackets at the end of a name: 购买公益性岗位人数（人） → 人.

    A lone period, as in 人均标准（月）, is not a unit. A single character and, after 数量, a short word are units
    of an unknown kind.
    """
    if ")" not in name and "）" not in name:
        return None
    tail = _tail(name)
    bracket = _LAST_BRACKET.search(tail)
    if bracket is None:
        return None
    return _parse_name_unit(bracket[1]) or _parse_unknown_unit(bracket[1], tail[: bracket.start()])


def _parse_unknown_unit(text: str, name: str) -> Unit | None:
    """Parse the text of a bracket after a name as a unit that is not in the lists: 数量（滴）."""
    is_short = len(text) == 1 or (len(text) <= 3 and _COUNT.search(name))
    if not is_short or not _NOT_UNITS.isdisjoint(text) or text in PERIODS:
        return None
    return parse_unit(text)


@cached_by_text
def _parse_name_unit(text: str) -> Unit | None:
    """Parse the text of a bracket as a unit of a known kind."""
    if text in PERIODS and text not in {"天", "日", "周"}:
        return None
    unit = parse_unit(text.removesuffix("数") or text)
    return unit if unit is not None and (unit.kind != "unknown") else None


@cached_by_text
def period_in_name(name: str) -> str | None:
    """Return the period in a name: “三支一扶”人员经费人均标准（月） → 月; also 月人均, 每月, 按年, （元/月）."""
    match = _PERIOD.search(compact(fold(name)).translate(_BRACKETS))
    if match is not None:
        return next(PERIODS[period] for period in match.groups() if period)
    unit = unit_in_name(name)
    return next((period for period in unit.per if period in PERIODS), None) if unit is not None else None


@cached_by_text
def normalize_name(name: str) -> str:
    """Return the name without white space, prefix (指标1：, ★) and bracketed unit, for comparison."""
    text = _unify(name)
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix and prefix.end() < len(text) else 0
    end = len(text)
    while text.endswith(")", start, end) and (unit_start := _unit_start(text, start, end)) is not None:
        end = unit_start
    return text[start:end]


@cached_by_text
def name_key(name: str) -> str:
    """Return the name without white space and prefix but with its unit; equal keys are the same indicator."""
    text = _unify(name)
    prefix = _PREFIX.match(text)
    return text[prefix.end() :] if prefix and prefix.end() < len(text) else text


def _unit_start(text: str, start: int, end: int) -> int | None:
    """Return the offset of the bracketed unit at the end of `text[start:end]`."""
    bracket = _LAST_BRACKET.search(text, max(start, end - _TAIL), end)
    return bracket.start() if bracket and _is_unit_or_period(bracket[1]) and bracket.start() > start else None


def _unify(name: str) -> str:
    """Return the folded name without white space, with ASCII brackets and quotes."""
    text = "".join(fold(name).split())
    return text.translate(_BRACKETS) if _BRACKET.search(text) else text


def _tail(name: str) -> str:
    """Return the folded end of a name, which is long enough for a bracketed unit."""
    return compact(fold(name[-4 * _TAIL :]).strip())[-_TAIL:]


def _is_unit_or_period(text: str) -> bool:
    return text in PERIODS or _parse_name_unit(text) is not None
