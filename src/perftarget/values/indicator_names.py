"""What an indicator's name says: its unit, its period, and whether it is the name of another."""

import re

from perftarget.text.normalize import cached_by_text, compact, fold
from perftarget.values.units import PERIODS, Unit, parse_unit

_BRACKETS = str.maketrans("（）【】［］〔〕“”‘’「」『』：，；", '()[][][]""\'\'"""":,;')
_BRACKET = re.compile(f"[{re.escape(''.join(map(chr, _BRACKETS)))}]")
_LAST = re.compile(r"[(（](?:单位[:：])?([^()（）]{1,10})[)）]\Z")
_TAIL = 16
_PREFIX = re.compile(
    r"(?:[★☆※*●○◆◇■□▲△►·#-]+|(?:三级)?指标[0-9一二三四五六七八九十]{0,3}[:.、]|[0-9]{1,2}[.、)](?![0-9])|[(][0-9一二三四五六七八九十]{1,3}[)]|[①-⑳])+"
)
_PERIOD = re.compile(
    r"[(](?:按|每)?(?P<bracket>年|月|季度?|学期|学年|周)[)]|(?:每人)?[每按]个?(?P<each>年(?![龄级])|月|季度?|学期|学年|周|[天日](?![常程间]))"
    r"|(?P<mean>年|月|季|日)(?:人均|均(?![衡等]))|人均(?P<after>年(?![龄级])|月)|(?P<before>月|年)(?:补贴|补助|工资|生活补贴)?标准"
)


def unit_in_name(name: str) -> Unit | None:
    """购买公益性岗位人数（人） → 人; a lone period, as in 人均标准（月）, is no unit."""
    if ")" not in name and "）" not in name:
        return None
    last = _LAST.search(_end(name))
    return _unit_of(last[1]) if last else None


@cached_by_text
def _unit_of(named: str) -> Unit | None:
    if named in PERIODS and named not in {"天", "日", "周"}:
        return None
    found = parse_unit(named.removesuffix("数") or named)
    return found if found is not None and (found.kind != "unknown") else None


@cached_by_text
def period_in_name(name: str) -> str | None:
    """“三支一扶”人员经费人均标准（月） → 月; also 月人均, 每月, 按年, （元/月）."""
    found = _PERIOD.search(compact(fold(name)).translate(_BRACKETS))
    if found is not None:
        return next(PERIODS[period] for period in found.groups() if period)
    named = unit_in_name(name)
    return next((period for period in named.per if period in PERIODS), None) if named is not None else None


@cached_by_text
def normalize_name(name: str) -> str:
    """The name without spaces, prefix (指标1：, ★) and trailing unit, to tell whether two are the same."""
    text = _plain(name)
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix and prefix.end() < len(text) else 0
    end = len(text)
    while text.endswith(")", start, end) and (unit_at := _unit_at(text, start, end)) is not None:
        end = unit_at
    return text[start:end]


def _unit_at(text: str, start: int, end: int) -> int | None:
    """Where the unit in brackets begins that the text ends with."""
    last = _LAST.search(text, max(start, end - _TAIL), end)
    return last.start() if last and _is_measure(last[1]) and last.start() > start else None


def _plain(name: str) -> str:
    """Without spaces, and with brackets and quotes of one kind."""
    text = "".join(fold(name).split())
    return text.translate(_BRACKETS) if _BRACKET.search(text) else text


def _end(name: str) -> str:
    """The last bracket is short; the rest of a long name need not be looked at."""
    return compact(fold(name[-4 * _TAIL :]).strip())[-_TAIL:]


def _is_measure(text: str) -> bool:
    return text in PERIODS or unit_in_name(f"({text})") is not None


@cached_by_text
def name_key(name: str) -> str:
    """The name without spaces and prefix: two that are equal so are the same, their units included."""
    text = _plain(name)
    prefix = _PREFIX.match(text)
    return text[prefix.end() :] if prefix and prefix.end() < len(text) else text
