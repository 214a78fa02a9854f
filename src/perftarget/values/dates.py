"""Dates and periods as targets state them: 2025年12月底前, 第一季度, 2025年1月至12月."""

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
_BEFORE = "(?P<before>之?前|以前|以内|之内|内|止)?"
_ACTION = "(?P<action>(?:全部|全面)?(?:完成|完工|竣工|到位|发放|支付|拨付|交付|验收|建成|投入使用)(?:完毕|完成|到位)?)?"
_WRITTEN = re.compile(
    rf"{_PREFIX}(?:{_YEAR}年度?|[本当今]年度?(?![底末])|[本当今])?"
    r"(?:(?P<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月份?)?"
    rf"(?:(?P<day>[0-9]{{1,2}})[日号])?(?P<part>年?[底末]|上旬|中旬|下旬|初|中)?{_BEFORE}{_ACTION}"
)
_DOTTED = re.compile(
    rf"{_PREFIX}{_YEAR}(?:(?P<mark>[-./])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
    rf"|[-/](?P<only>[0-9]{{1,2}})){_BEFORE}{_ACTION}"
)
_QUARTER = re.compile(
    rf"{_PREFIX}(?:{_YEAR}年度?|[本当今]年度?)?"
    rf"(?:第?(?P<quarter>[1-4一二三四])季度?|(?P<half>[上下])半年)[底末]?{_BEFORE}{_ACTION}"
)
_END = re.compile(
    rf"(?:{_YEAR}(?:年度?|[./-](?=[0-9])|$))?(?:(?P<month>[0-9]{{1,2}})(?:月份?|[./-](?=[0-9])|$))?"
    r"(?:(?P<day>[0-9]{1,2})[日号]?)?(?P<part>年?[底末])?"
)
_SEPARATORS = tuple(map(re.compile, ("至|到", "~+", "[—–―‒]+", "--", "-")))


@dataclass(frozen=True, slots=True)
class Date:
    """`2025年12月31日前`; what is not said is None, to be taken from the table's period."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    before: bool = False
    # 上旬, 初, and 底 where the last day is not known: 2月底.
    part: str = ""
    action: str = ""
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        named = ((self.year, "年"), (self.month, "月"), (self.day, "日"))
        text = "".join(f"{number}{name}" for number, name in named if number is not None)
        return text + self.part + ("前" if self.before else "") + self.action

    @property
    def first(self) -> date | None:
        """The first day that this can mean."""
        return date(self.year, self.month or 1, self.day or 1) if self.year is not None else None

    @property
    def last(self) -> date | None:
        """The last day that this can mean: 2025年12月 → 2025-12-31."""
        return self.last_in(self.year)

    def last_in(self, year: int | None) -> date | None:
        """The same, with the year from elsewhere when this has none."""
        year = self.year or year
        if year is None:
            return None
        month = self.month or 12
        return date(year, month, min(self.day or 31, _length(year, month)))


@dataclass(frozen=True, slots=True)
class Period:
    """`2025年1月至12月`; a single year is the period of that year."""

    start: Date
    end: Date
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        if self.start == self.end and self.start.month is None:
            return str(self.start)
        same = self.start.year == self.end.year and self.end.month is not None
        return f"{self.start}至{replace(self.end, year=None) if same else self.end}"

    @property
    def first(self) -> date | None:
        return self.start.first

    @property
    def last(self) -> date | None:
        return self.end.last

    @property
    def reversed(self) -> bool:
        first, last = self._within(2000)
        return last < first

    @property
    def months(self) -> int | None:
        """Whole months from the first day to the last; None for a part of a month or a reversed period."""
        first, last = self._within(2000)
        after = last + timedelta(days=1)
        months = (after.year - first.year) * 12 + after.month - first.month
        return months if after.day == first.day and months > 0 else None

    def _within(self, year: int) -> tuple[date, date]:
        start = self.start if self.start.year is not None else replace(self.start, year=year)
        return start.first or date.min, self.end.last_in(year) or date.max


def date_from_serial(number: object) -> date | None:
    """The day that a spreadsheet's serial number stands for, when it may well be one: 44561 → 2021-12-31."""
    try:
        serial = int(str(number))
    except ValueError:
        return None
    return date(1899, 12, 30) + timedelta(days=serial) if 40000 <= serial <= 60000 else None


def parse_date(text: str, raw: str) -> Date | None:
    """A day, a month, a quarter, or a year with 前 or 底."""
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        month = _QUARTERS[quarter["quarter"]] * 3 if quarter["quarter"] else 6 if quarter["half"] == "上" else 12
        return Date(_number(quarter["year"]), month, _length(2001, month), True, "", quarter["action"] or "", raw)
    found = _DOTTED.fullmatch(text)
    if found:
        return _date(found, (_number(found["month"] or found["only"]), _number(found["day"]), ""), raw)
    found = _WRITTEN.fullmatch(text)
    return _date(found, (_month(found["month"]), _number(found["day"]), found["part"] or ""), raw) if found else None


def _date(found: re.Match[str], rest: tuple[int | None, int | None, str], raw: str) -> Date | None:
    year = _number(found["year"])
    month, day, part = _resolved(year, *rest, within=(found["before"] or "").endswith("内"))
    before = bool(found["by"] or found["before"])
    action = found["action"] or ""
    said = month is not None or (year is not None and bool(before or part or action))
    return Date(year, month, day, before, part, action, raw) if said and _exists(year, month, day) else None


def _resolved(
    year: int | None, month: int | None, day: int | None, part: str, *, within: bool
) -> tuple[int | None, int | None, str]:
    """底, 末 and 内 are the last day where that is certain; February without a year keeps its 底."""
    last = part.removeprefix("年") in {"底", "末"} or (within and day is None and not part)
    if not last or day is not None:
        return month, day, part
    if part.startswith("年") or (month is None and year is not None):
        return (12, 31, "") if month is None else (None, None, "")
    if month is None or not 1 <= month <= 12:
        return None, None, ""
    return (month, None, "底") if month == 2 and year is None else (month, _length(year or 2001, month), "")


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    if month is None:
        return day is None
    return 1 <= month <= 12 and (day is None or 1 <= day <= _length(year or 2000, month))


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str | None) -> int | None:
    return _MONTHS.get(text) or int(text) if text else None


def parse_period(text: str, raw: str) -> Period | None:
    """Two dates with 至 or a dash between, or one year."""
    if len(text) <= 7 and (year := re.fullmatch(f"{_YEAR}年(?:度|全年)?", text)):
        whole = Date(int(year["year"]))
        return Period(whole, whole, raw)
    for separator in _SEPARATORS:
        ends = separator.split(text)
        if len(ends) == 2:
            return _period(_END.fullmatch(ends[0]), _END.fullmatch(ends[1]), text, raw)
    return None


def _period(first: re.Match[str] | None, last: re.Match[str] | None, text: str, raw: str) -> Period | None:
    if not first or not last:
        return None
    start, end = _end(first, None), _end(last, first)
    if start is None or end is None:
        return None
    if start.year is None and end.year is not None:
        start = replace(start, year=end.year)
    # 3-5 and 2025-12.5 are numbers; the second year may be left out where the first is a month: 2025.1-12.
    dated = "年" in text or "月" in text or (first["year"] and (last["year"] or first["month"]))
    return Period(start, end, raw) if dated else None


def _end(found: re.Match[str], start: re.Match[str] | None) -> Date | None:
    """One end; the later one takes what it leaves out from the earlier."""
    year, month, day = _number(found["year"]), _number(found["month"]), _number(found["day"])
    if month is None and day is not None and start is not None and not year:
        month = _number(start["month"])
    if year is None and start is not None:
        year = _number(start["year"])
    month, day, part = _resolved(year, month, day, found["part"] or "", within=False)
    if (year is None and month is None) or not _exists(year, month, day):
        return None
    return Date(year, month, day, part=part)
