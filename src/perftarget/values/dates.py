"""Parsers for dates and periods in targets: 2025年12月底前, 第一季度, 2025年1月至12月."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from perftarget.text.normalize import split_words

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = {name: number for number, name in enumerate(split_words("一 二 三 四 五 六 七 八 九 十 十一 十二"), 1)}
_QUARTERS = {
    **{str(number): number for number in range(1, 5)},
    **{name: _MONTHS[name] for name in "一二三四"},
}
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_PREFIX = "(?P<by>≤|<|不晚于|不迟于|最迟|最晚|截至|截止到?|截止至)?[=于在]?"
_BEFORE = "(?P<before>之?前|以前|以内|之内|年?内|止)?"
# 完成全部工程, 支付到位, but not 完成率达到: that is another value.
_ACTION = (
    "(?P<action>(?:全部|全面)?(?:完成|完工|竣工|到位|发放|支付|拨付|交付|验收|建成|投入使用)"
    "(?:(?!率)[\u4e00-\u9fff]{1,10}(?<![率度]))?)?"
)
_WRITTEN = re.compile(
    rf"{_PREFIX}(?:{_YEAR}年度?|[本当今]年度?(?![底末])|[本当今]|(?P<next>[次翌明]年))?"
    r"(?:(?P<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月份?)?"
    rf"(?:(?P<day>[0-9]{{1,2}})[日号])?(?P<part>年?[底末]|上旬|中旬|下旬|初|中)?{_BEFORE}{_ACTION}"
)
_DOTTED = re.compile(
    rf"{_PREFIX}{_YEAR}(?:(?P<mark>[-./])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
    rf"|[-/](?P<only>[0-9]{{1,2}})){_BEFORE}{_ACTION}"
)
_QUARTER = re.compile(
    rf"{_PREFIX}(?:{_YEAR}年度?|[本当今]年度?)?"
    rf"(?:(?:第|前(?=[23二三]))?(?P<quarter>[1-4一二三四])个?季度?|(?P<half>[上下])半年)[底末]?{_BEFORE}{_ACTION}"
)
_END = re.compile(
    rf"(?:{_YEAR}(?:年度?|[./-](?=[0-9])|$))?(?:(?P<month>[0-9]{{1,2}})(?:月份?|[./-](?=[0-9])|$))?"
    r"(?:(?P<day>[0-9]{1,2})[日号]?)?(?P<part>年?[底末])?"
)
_COMPACT = re.compile(
    r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?(?:至|到|[~—–―‒-]{1,2})"
    r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(?(3)(0[1-9]|[12][0-9]|3[01]))"
)
_FROM_TO = re.compile("[自从]?([0-9年月日]{2,16}?)起?[至到]([0-9年月日底末]{2,16}?)止?")
_SEPARATORS = tuple(map(re.compile, ("至|到", "~+", "[—–―‒]+", "--", "-")))


@dataclass(frozen=True, slots=True)
class Date:
    """Date in a target: `2025年12月31日前`; a part that is not written is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    before: bool = False
    part: str = ""
    """Part of a month or year that has no exact day: 上旬, 初, and the 底 of 2月底 without a year."""
    action: str = ""
    """Action to be completed by the date, such as 完成."""
    raw: str = field(default="", compare=False)
    next_year: bool = False
    """True for a date in the year after that of the table: 次年3月底前."""

    numeric = True

    def __str__(self) -> str:
        units = ((self.year, "年"), (self.month, "月"), (self.day, "日"))
        text = "".join(f"{number}{unit}" for number, unit in units if number is not None)
        return ("次年" if self.next_year else "") + text + self.part + ("前" if self.before else "") + self.action

    @property
    def first(self) -> date | None:
        """First day that the date can mean; None without a year."""
        return date(self.year, self.month or 1, self.day or 1) if self.year is not None else None

    @property
    def last(self) -> date | None:
        """Last day that the date can mean: 2025年12月 → 2025-12-31; None without a year."""
        return self.last_in(self.year)

    def last_in(self, year: int | None) -> date | None:
        """Return the last day that the date can mean, in `year` if it has no year."""
        year = self.year or year
        if year is None:
            return None
        year += self.next_year
        month = self.month or 12
        return date(year, month, min(self.day or 31, _days_in_month(year, month)))


@dataclass(frozen=True, slots=True)
class Period:
    """Period in a target: `2025年1月至12月`; a year alone is the period of that year."""

    start: Date
    end: Date
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        if self.start == self.end and self.start.month is None:
            return str(self.start)
        same_year = self.start.year == self.end.year and self.end.month is not None
        return f"{self.start}至{replace(self.end, year=None) if same_year else self.end}"

    @property
    def first(self) -> date | None:
        """First day; None without a year."""
        return self.start.first

    @property
    def last(self) -> date | None:
        """Last day; None without a year."""
        return self.end.last

    @property
    def reversed(self) -> bool:
        """True if the period ends before it begins."""
        first, last = self._bounds(2000)
        return last < first

    @property
    def months(self) -> int | None:
        """Number of months, or None if the period is not whole months or is reversed."""
        first, last = self._bounds(2000)
        after = last + timedelta(days=1)
        months = (after.year - first.year) * 12 + after.month - first.month
        return months if after.day == first.day and months > 0 else None

    def _bounds(self, year: int) -> tuple[date, date]:
        """Return the first and the last day, in `year` if no year is written."""
        start = self.start if self.start.year is not None else replace(self.start, year=year)
        return start.first or date.min, self.end.last_in(year) or date.max


def date_from_serial(number: object) -> date | None:
    """Return the date of a spreadsheet serial number: 44561 → 2021-12-31.

    None unless the text is a whole number from 40 000 to 60 000 (the years 2009 to 2064).
    """
    try:
        serial = int(str(number))
    except ValueError:
        return None
    return date(1899, 12, 30) + timedelta(days=serial) if 40000 <= serial <= 60000 else None


def parse_date(text: str, raw: str) -> Date | None:
    """Parse a day, a month, a quarter, or a year with 前 or 底."""
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        month = _QUARTERS[quarter["quarter"]] * 3 if quarter["quarter"] else 6 if quarter["half"] == "上" else 12
        day = _days_in_month(2001, month)
        return Date(_parse_number(quarter["year"]), month, day, True, "", quarter["action"] or "", raw)
    match = _DOTTED.fullmatch(text)
    if match:
        month_day = (_parse_number(match["month"] or match["only"]), _parse_number(match["day"]))
        return _build_date(match, (*month_day, ""), raw)
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    return _build_date(match, (_parse_month(match["month"]), _parse_number(match["day"]), match["part"] or ""), raw)


def _build_date(match: re.Match[str], parts: tuple[int | None, int | None, str], raw: str) -> Date | None:
    """Build a date from a match and its month, day and part; None if there is no such day."""
    year = _parse_number(match["year"])
    month, day, part = _resolve_end(year, *parts, within=(match["before"] or "").endswith("内"))
    before = bool(match["by"] or match["before"])
    action = match["action"] or ""
    is_date = month is not None or (year is not None and bool(before or part or action))
    if not is_date or not _exists(year, month, day):
        return None
    return Date(year, month, day, before, part, action, raw, next_year=bool(match.groupdict().get("next")))


def _resolve_end(
    year: int | None, month: int | None, day: int | None, part: str, *, within: bool
) -> tuple[int | None, int | None, str]:
    """Replace 底, 末 and 内 by the last day of the month or year; 底 is kept in February without a year."""
    is_end = part.removeprefix("年") in {"底", "末"} or (within and day is None and not part)
    if not is_end or day is not None:
        return month, day, part
    if part.startswith("年") or (month is None and year is not None):
        return (12, 31, "") if month is None else (None, None, "")
    if month is None or not 1 <= month <= 12:
        return None, None, ""
    return (month, None, "底") if month == 2 and year is None else (month, _days_in_month(year or 2001, month), "")


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Return True if there is such a day; without a year, February has 29 days."""
    if month is None:
        return day is None
    return 1 <= month <= 12 and (day is None or 1 <= day <= _days_in_month(year or 2000, month))


def _days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


def _parse_number(text: str | None) -> int | None:
    """Parse an optional number in digits."""
    return int(text) if text else None


def _parse_month(text: str | None) -> int | None:
    """Parse an optional month in digits or Chinese numerals."""
    return _MONTHS.get(text) or int(text) if text else None


def parse_period(text: str, raw: str) -> Period | None:
    """Parse two dates separated by 至 or a dash, or a year alone."""
    if len(text) <= 7 and (match := re.fullmatch(f"{_YEAR}年(?:度|全年)?", text)):
        year = Date(int(match["year"]))
        return Period(year, year, raw)
    if compact := _COMPACT.fullmatch(text):
        return _build_compact_period(compact, raw)
    if from_to := _FROM_TO.fullmatch(text):
        text = f"{from_to[1]}至{from_to[2]}"  # 自2025年1月起至2025年12月止
    for separator in _SEPARATORS:
        ends = separator.split(text)
        if len(ends) == 2:
            return _build_period(_END.fullmatch(ends[0]), _END.fullmatch(ends[1]), text, raw)
    return None


def _build_compact_period(match: re.Match[str], raw: str) -> Period | None:
    """Build a period from a match of 202001-202012; None if there is no such day."""
    year, month, day, *last = map(_parse_number, match.groups())
    start, end = Date(year, month, day), Date(last[0], last[1], last[2])
    return Period(start, end, raw) if all(_exists(d.year, d.month, d.day) for d in (start, end)) else None


def _build_period(
    start_match: re.Match[str] | None, end_match: re.Match[str] | None, text: str, raw: str
) -> Period | None:
    """Build a period from the matches of its ends; None if one of them is no date."""
    if not start_match or not end_match:
        return None
    start, end = _build_end(start_match, None), _build_end(end_match, start_match)
    if start is None or end is None:
        return None
    if start.year is None and end.year is not None:
        start = replace(start, year=end.year)
    # 3-5 and 2025-12.5 are numbers; the second year may be left out if the first end is a month: 2025.1-12.
    is_dated = "年" in text or "月" in text or (start_match["year"] and (end_match["year"] or start_match["month"]))
    return Period(start, end, raw) if is_dated else None


def _build_end(match: re.Match[str], start_match: re.Match[str] | None) -> Date | None:
    """Build one end of a period; the later end takes a missing year or month from the earlier one."""
    year, month, day = _parse_number(match["year"]), _parse_number(match["month"]), _parse_number(match["day"])
    if month is None and day is not None and start_match is not None and not year:
        month = _parse_number(start_match["month"])
    if year is None and start_match is not None:
        year = _parse_number(start_match["year"])
    month, day, part = _resolve_end(year, month, day, match["part"] or "", within=False)
    if (year is None and month is None) or not _exists(year, month, day):
        return None
    return Date(year, month, day, part=part)
