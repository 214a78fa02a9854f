"""Seeded defects of values that cannot be read, or that measure nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from seeded_row import Row
from seeded_sheet import Change, Sheet, kind

_TESTED = re.compile(r"验收|检测|评审|审计|考核|评估|评价|评比|质量$|等级|等次|类别")


def each(name: str, rows: Callable[[Sheet], list[Row]], change: Callable[[Row], str | None]) -> None:
    """Register a kind that writes another value into each of the rows; None where it does not apply."""

    @kind(name)
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in rows(sheet):
            if (text := change(row)) is not None and text != row.text:
                yield sheet.value(row, text)


def numbers(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.rows if row.number]


def _digit(wrong: str, digit: str) -> Callable[[Row], str | None]:
    """Write another character for the last occurrence of a digit."""

    def change(row: Row) -> str | None:
        head, found, tail = row.number.rpartition(digit)
        return f"{row.sign}{head}{wrong}{tail}{row.unit}" if found and len(row.number) > 1 else None

    return change


def number(change: Callable[[str], str | None]) -> Callable[[Row], str | None]:
    """Write another number."""

    def apply(row: Row) -> str | None:
        number = change(row.number)
        return None if number is None else f"{row.sign}{number}{row.unit}"

    return apply


def of(*kinds: str) -> Callable[[Sheet], list[Row]]:
    return lambda sheet: sheet.of(*kinds)


def signed(*kinds: str, sign: str, section: str = "") -> Callable[[Sheet], list[Row]]:
    return lambda sheet: [row for row in sheet.of(*kinds) if row.sign == sign and section in row.section]


def _decimals(sheet: Sheet) -> list[Row]:
    return [row for row in numbers(sheet) if "." in row.number]


def dates(sheet: Sheet) -> list[Row]:
    return sheet.of("date")


# V1: misread or mistyped digits
for _name, _wrong, _right in (
    ("letter-O", "O", "0"),
    ("small-o", "o", "0"),
    ("circle-zero", "〇", "0"),
    ("letter-l", "l", "1"),
    ("letter-I", "I", "1"),
    ("bar", "|", "1"),
    ("letter-S", "S", "5"),
    ("letter-B", "B", "8"),
):
    each(f"V1-{_name}", numbers, _digit(_wrong, _right))
each("V1-full-stop-for-point", _decimals, _digit("。", "."))
each("V1-middle-dot-for-point", _decimals, _digit("·", "."))
each("V1-comma-for-point", _decimals, _digit("，", "."))
each("V1-two-points", _decimals, _digit("..", "."))
each("V1-space-in-number", numbers, number(lambda n: f"{n[0]} {n[1:]}" if n.isdigit() and len(n) > 2 else None))
each("V1-lost-point-of-rate", of("rate"), number(lambda n: n.replace(".", "") if n[:1] > "7" and "." in n else None))
each("V1-sign-read-as-2", signed("rate", "satisfaction", sign="≥"), lambda row: f"2{row.number}{row.unit}")

# V2: sign after the number, sign and words
_SIGNED = ("rate", "satisfaction", "people", "count", "duration", "money", "standard")
each("V2-sign-after", of(*_SIGNED), lambda r: f"{r.number}{r.unit}{r.sign}" if r.sign in {"≥", "≤"} else None)
each("V2-sign-and-words-and-sign", signed(*_SIGNED, sign="≥"), lambda row: f"{row.text}以上≥")
each("V2-sign-and-words", signed(*_SIGNED, sign="≥"), lambda row: f"{row.text}以上")
each("V2-words-against-sign", signed(*_SIGNED, sign="≥"), lambda row: f"≤{row.number}{row.unit}以上")
each("V2-two-signs", of(*_SIGNED), lambda row: f"{row.sign}{row.text}" if row.sign in {"≥", "≤"} else None)
each("V2-opposite-signs", of(*_SIGNED), lambda row: f"≥≤{row.number}{row.unit}" if row.sign else None)

# V3: a note in the cell
for _name, _note in (
    ("pending", "{}（待核实）"),
    ("attached", "{}（见附表）"),
    ("tentative", "{}（暂定）"),
    ("tentative-before", "暂定{}"),
    ("planned", "{}左右"),
    ("estimate", "预计{}"),
):
    each(f"V3-note-{_name}", of("people", "count", "rate", "money"), lambda row, note=_note: note.format(row.text))

# V4: impossible or garbled dates
_PARTS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日前")


def _date(name: str, form: str) -> None:
    def change(row: Row) -> str | None:
        year, month, day = _PARTS.fullmatch(row.text).groups()  # type: ignore[union-attr]
        short = month if int(month) in {4, 6, 9, 11} else "11"
        return form.format(year=year, month=month, day=day, short=short, two=year[:1] + "O" + year[2:])

    each(f"V4-{name}", dates, change)


_date("day-31-of-30", "{year}年{short}月31日前")
_date("february-30", "{year}年2月30日前")
_date("month-13", "{year}年13月{day}日前")
_date("day-0", "{year}年{month}月0日前")
_date("day-45", "{year}年{month}月45日前")
_date("compact", "{year}{month:0>2}{day:0>2}")
_date("letter-in-year", "{two}年{month}月")
_date("letter-in-year-and-day", "{two}年{month}月{day}日前")
_date("lost-month-sign", "{year}年{month}{day}日前")
_date("year-of-three-digits", "202年{month}月{day}日前")
_date("year-exchanged", "2052年{month}月{day}日前")
_date("year-before", "2023年{month}月{day}日前")
_date("slash-impossible", "{year}/{short}/31")
_date("dash-impossible", "{year}-13-{day:0>2}前")
_date("unfilled", "{year}年 月 日前")
_date("no-day-written", "{year}年{month}月日前")
_date("serial-number", "45930")

# V5: no measure at all
_WORDS = {
    "数量": ("若干", "按计划完成", "详见清单", "是", "大量", "据实", "按需"),
    "质量": ("符合要求", "达标", "专款专用", "合格", "较好", "符合标准", "高质量完成"),
    "时效": ("按合同约定", "按进度推进", "年内", "及时", "按时完成", "当年", "尽快"),
    "成本": ("严格控制", "合理", "符合相关规定", "控制在预算内", "厉行节约", "据实结算"),
    "效益": ("作用明显", "影响程度明显", "正常运转", "广泛知晓", "有效提升", "显著改善", "是", "推广面广"),
    "可持续": ("长期", "健全", "长远", "持续影响", "不断完善", "有所提高", "可持续"),
    "满意度": ("满意", "较高", "不断提高", "群众认可"),
}


def _word(section: str, word: str) -> None:
    @kind(f"V5-{section}-{word}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.rows:
            named = row.section.endswith(section)
            if named and not (word in {"达标", "合格", "是"} and _TESTED.search(row.name)) and not row.is_event:
                yield sheet.value(row, word)


for _section, _list in _WORDS.items():
    for _one in _list:
        _word(_section, _one)

# V6: the number was never filled in
_PLAIN = ("people", "count", "rate", "money", "duration", "standard")
each("V6-unit-only", of(*_PLAIN), lambda row: row.measure)
each("V6-sign-and-unit", of(*_PLAIN), lambda row: f"{row.sign or '≥'}{row.measure}")
each("V6-sign-and-blanks", of(*_PLAIN), lambda row: f"{row.sign or '≥'}  {row.measure}")
each("V6-sign-only", of(*_PLAIN), lambda row: row.sign or None)
each("V6-asterisks", of(*_PLAIN), lambda row: f"{row.sign or '≥'}**{row.unit}")
each("V6-underlines", of(*_PLAIN), lambda row: f"{row.sign or '≥'}____{row.unit}")
each("V6-crosses", of(*_PLAIN), lambda row: f"{row.sign or '≥'}XX{row.unit}")
each("V6-blank", numbers, lambda row: "")
each("V6-dash", numbers, lambda row: "—")
each("V6-slash", numbers, lambda row: "/")
each("V6-pending", numbers, lambda row: "待定")
