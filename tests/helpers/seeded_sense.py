"""Seeded defects of values that can be read but are wrong: direction, kind, size and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from seeded_row import Row
from seeded_sheet import Change, Sheet, kind
from seeded_values import dates, each, number, numbers, of, signed

_RATE_HEADS = ("率", "比例", "占比")
_SERVED = re.compile(r"享受|资助|培训|救助|慰问|服务|受益|参会|筛查")


# V7: direction against the good
for _one, _old in (
    ("rate", "≥"),
    ("rate", "≤"),
    ("satisfaction", "≥"),
    ("people", "≥"),
    ("count", "≥"),
    ("duration", "≤"),
    ("money", "≤"),
    ("money", "≥"),
    ("standard", "≤"),
):
    _new = "≤" if _old == "≥" else "≥"
    each(f"V7-{_one}-{_old}-to-{_new}", signed(_one, sign=_old), lambda row, new=_new: f"{new}{row.number}{row.unit}")
each(
    "V7-headcount-≤", lambda s: [r for r in s.of("people") if _SERVED.search(r.name)], lambda r: f"≤{r.number}{r.unit}"
)


@kind("V7-event-≥")
def _event_reversed(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if row.is_event:
            yield sheet.value(row, f"≥{row.text[-2:]}" if "0" in row.text else "≥0起")


# V8: the value's kind against the name
def _rates(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.of("rate") if row.bare.endswith(_RATE_HEADS)]


each("V8-rate-as-people", _rates, lambda row: "≥24694人")
each("V8-rate-as-date", _rates, lambda row: "2025年10月31日前")
each("V8-rate-as-money", _rates, lambda row: "≤12万元")
each("V8-satisfaction-as-people", of("satisfaction"), lambda row: "≥90人")
each("V8-satisfaction-as-households", of("satisfaction"), lambda row: "≥180户")
each("V8-satisfaction-as-complaints", of("satisfaction"), lambda row: "投诉≤5件")
each("V8-count-as-rate", of("people", "count"), lambda row: "≥95%")
each("V8-count-as-date", of("people", "count"), lambda row: "2025年10月31日前")
each("V8-count-as-money", of("people", "count"), lambda row: "≤12万元")
each("V8-deadline-as-count", dates, lambda row: "≥12座")
each("V8-deadline-as-rate", dates, lambda row: "100%")
each("V8-deadline-as-money", dates, lambda row: "≤12万元")
each("V8-duration-as-rate", of("duration"), lambda row: "≥95%")
each("V8-duration-as-count", of("duration"), lambda row: "≤3台")
each("V8-cost-as-count", of("money"), lambda row: "8个" if row.section == "成本" else None)
each("V8-cost-as-rate", of("money"), lambda row: "≤95%" if row.section == "成本" else None)
each("V8-cost-as-date", of("money"), lambda row: "2025年10月31日前" if row.section == "成本" else None)
each("V8-standard-as-rate", of("standard"), lambda row: "100%")
each("V8-standard-as-people", of("standard"), lambda row: "120人")
each("V8-area-as-length", numbers, lambda row: "≥36公里" if row.bare.endswith("面积") else None)
each("V8-length-as-area", numbers, lambda row: "≥36亩" if row.bare.endswith(("长度", "里程")) else None)
each("V8-people-as-things", of("people"), lambda row: f"{row.sign}{row.number}台" if "人数" in row.bare else None)
each("V8-people-as-occasions", of("people"), lambda row: f"{row.sign}{row.number}人次" if row.unit == "人" else None)
each("V8-occasions-as-people", of("people"), lambda row: f"{row.sign}{row.number}人" if row.unit == "人次" else None)
each("V8-households-as-people", of("people"), lambda row: f"{row.sign}{row.number}人" if row.unit == "户" else None)


@kind("V8-unit-column-contradicts")
def _unit_column(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate", "satisfaction"):
        if "单位" in row.columns:
            yield sheet.column(row, 值=f"{row.number}%", 单位="人")


@kind("V8-wrong-unit-column")
def _wrong_unit_column(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate", "satisfaction", "people", "money"):
        if "单位" in row.columns:
            yield sheet.column(row, 单位="人" if row.unit in {"%", "‰"} else "%")


@kind("V8-value-and-unit-exchanged")
def _value_unit(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if "单位" in row.columns:
            yield sheet.column(row, 值=row.columns["单位"], 单位=row.columns["值"])


@kind("V8-name-and-value-exchanged")
def _name_value(sheet: Sheet) -> Iterator[Change]:
    for row in numbers(sheet):
        if row.section in {"数量", "质量", "满意度"} and not row.has_columns:
            yield sheet.rename(row, row.text, row.name)


@kind("V8-neighbours-exchanged")
def _neighbours(sheet: Sheet) -> Iterator[Change]:
    for row, other in zip(sheet.rows, sheet.rows[1:], strict=False):
        if row.kind != other.kind and row.unit != other.unit and all(one.kind and one.unit for one in (row, other)):
            first, second = sheet.value(row, other.text), sheet.value(other, row.text)
            yield sheet.both(first, second)


# V9: size
def _is_high(number: str) -> bool:
    return Decimal(number) >= 80


def _scaled(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.of("people", "count") if row.measure.startswith("万")]


def _lost_digit(row: Row) -> str | None:
    number = row.number.split(".")[0]
    return f"{row.sign}{number[0]}{row.unit}" if len(number) == 2 and number > "84" and row.sign == "≥" else None


each(
    "V9-permille-for-percent",
    _rates,
    lambda r: f"{r.sign}{r.number}‰" if r.unit == "%" and _is_high(r.number) else None,
)
each(
    "V9-rate-with-a-digit-more",
    _rates,
    number(lambda n: f"{n}0" if _is_high(n) and n.isdigit() and n != "100" else None),
)
each(
    "V9-rate-digit-repeated",
    _rates,
    number(lambda n: f"{n}{n[-1]}" if _is_high(n) and n.isdigit() and n != "100" else None),
)
each("V9-rate-hundred-more", _rates, number(lambda n: f"1{n}" if _is_high(n) and n != "100" else None))
each("V9-rate-lost-a-digit", lambda s: [*_rates(s), *s.of("satisfaction")], _lost_digit)
each("V9-rate-zero", signed("rate", sign="≥"), number(lambda n: "0"))
each("V9-rate-negative", _rates, number(lambda n: f"-{n}"))
each("V9-satisfaction-above-100", of("satisfaction"), number(lambda n: "120"))
each("V9-satisfaction-over-full", of("satisfaction"), lambda row: "≥100%")
each("V9-scale-twice", _scaled, number(lambda n: str(int(Decimal(n) * 10000))))
each("V9-scale-lost", _scaled, lambda row: f"{row.sign}{row.number}{row.unit.removeprefix('万')}" if row.unit else None)
each("V9-count-zero", of("people", "count"), lambda row: None if row.is_event else f"{row.sign}0{row.unit}")
each("V9-count-negative", of("people", "count"), lambda r: None if r.is_event else f"{r.sign}-{r.number}{r.unit}")
each(
    "V9-people-with-decimals",
    of("people"),
    lambda row: f"{row.sign}{row.number}.5{row.unit}" if row.unit in {"人", "户"} else None,
)
each(
    "V9-count-with-decimals",
    of("count"),
    lambda row: f"{row.sign}{row.number}.5{row.unit}" if row.unit in set("所座个台套辆场次件") else None,
)
each("V9-cost-zero", lambda s: [r for r in s.of("money", "standard") if r.section == "成本"], number(lambda n: "0"))
each(
    "V9-cost-negative",
    lambda s: [r for r in s.of("money", "standard") if r.section == "成本"],
    number(lambda n: f"-{n}"),
)
each("V9-duration-zero", of("duration"), number(lambda n: "0"))
each(
    "V9-percent-as-fraction",
    _rates,
    lambda row: f"{row.sign}{Decimal(row.number) / 100}" if _is_high(row.number) and row.unit else None,
)

# V10: unit lost
each("V10-money", of("money"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
each("V10-count", of("people", "count"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
each("V10-percent", of("rate"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
each("V10-percent-of-satisfaction", of("satisfaction"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
each("V10-duration", of("duration"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
each("V10-standard", of("standard"), lambda row: f"{row.sign}{row.number}" if row.unit else None)
each("V10-per-unit", of("standard"), lambda row: row.text.split("/")[0] if "/" in row.unit else None)
each("V10-period", of("standard"), lambda row: row.text.split("·")[0] if re.search("人·|·月", row.unit) else None)
each("V10-yuan", of("money"), lambda row: f"{row.sign}{row.number}万" if row.unit == "万元" else None)
each(
    "V10-scale-of-money",
    of("money"),
    lambda row: f"{row.sign}{row.number}元" if row.unit == "万元" and row.section == "成本" else None,
)
