"""Seeded defects of amounts, costs and their calculation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from perftarget.tables.keys import AMOUNT, CALCULATION, GOALS
from seeded_row import Row
from seeded_sheet import AMOUNT_NUMBER, Change, Sheet, kind, put, remove, scaled


def _amount_times(sheet: Sheet, factor: str) -> Change:
    written = str(sheet.data[AMOUNT]).replace(",", "")
    number = AMOUNT_NUMBER.search(written)
    assert number
    text = written.replace(number[0], scaled(number[0], factor))
    return sheet.field(AMOUNT, text, *sheet.money_places)


def _factor(name: str, factor: str) -> None:
    @kind(f"M7-amount-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        yield _amount_times(sheet, factor)

    @kind(f"M7-amount-{name}-uncalculated")
    def uncalculated(sheet: Sheet) -> Iterator[Change]:
        if sheet.calculations:
            yield _amount_times(sheet.uncalculated, factor)


_factor("times-ten", "10")
_factor("a-tenth", "0.1")
_factor("a-quarter-more", "1.25")
_factor("a-fifth-less", "0.8")
_factor("digits-exchanged", "1.09")


def _amount(name: str, form: str) -> None:
    @kind(f"M15-amount-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        number = AMOUNT_NUMBER.search(str(sheet.data[AMOUNT]).replace(",", ""))
        assert number
        yield sheet.field(AMOUNT, form.format(number[0]), *sheet.money_places)


_amount("in-yuan", "{}元")
_amount("with-sign", "≤{}万元")
_amount("negative", "-{}万元")
_amount("zero", "0万元")
_amount("with-note", "{}万元（暂定）")
_amount("in-words", "据实安排")
_amount("blank", "")
_amount("unit-twice", "{}万元万元")
_amount("point-as-stop", "{}。5万元")
_amount("letter", "{}O万元")


def _paid(sheet: Sheet) -> list[tuple[Row, Row]]:
    """Return the headcounts with the standards that are paid per head; their names have two characters in common."""
    people = [row for row in sheet.of("people") if row.section == "数量" and row.number.isdigit()]
    standards = [row for row in sheet.of("standard") if re.search(r"/[人户]", row.measure) and row.section == "成本"]
    return [(one, other) for one in people for other in standards if _pairs(one.bare) & _pairs(other.bare)]


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)} - {"补贴", "补助", "标准", "人数", "享受"}


def _headcount(name: str, change: Callable[[Row], str | None]) -> None:
    @kind(f"M-headcount-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in dict(_paid(sheet)):
            if text := change(row):
                yield sheet.value(row, text, *sheet.money_places, undetermined=True)

    @kind(f"M-headcount-{name}-uncalculated")
    def uncalculated(sheet: Sheet) -> Iterator[Change]:
        for row in dict(_paid(sheet)):
            if sheet.calculations and (text := change(row)):
                yield sheet.uncalculated.value(row, text, *sheet.money_places, undetermined=True)


_headcount("with-letter", lambda row: f"{row.number[:-1]}O{row.unit}")
_headcount("as-rate", lambda row: "≥95%")
_headcount("zero", lambda row: f"0{row.unit}")
_headcount("ten-times", lambda row: f"{scaled(row.number, '10')}{row.unit}")
_headcount("a-fifth-more", lambda row: f"{scaled(row.number, '1.2')}{row.unit}")


def _standard(name: str, change: Callable[[Row], str | None]) -> None:
    @kind(f"M-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.of("standard"):
            if row.section == "成本" and (text := change(row)):
                yield sheet.value(row, text, *sheet.money_places, (GOALS,))

    @kind(f"M-{name}-uncalculated")
    def uncalculated(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.of("standard"):
            if row.section == "成本" and sheet.calculations and (text := change(row)):
                yield sheet.uncalculated.value(row, text, *sheet.money_places, (GOALS,))


_standard("standard-ten-times", lambda row: f"{row.sign}{scaled(row.number, '10')}{row.unit}")
_standard("standard-a-half-more", lambda row: f"{row.sign}{scaled(row.number, '1.5')}{row.unit}")
_standard("standard-in-wan", lambda row: row.text.replace("元", "万元") if "万" not in row.unit and row.unit else None)
_standard("standard-without-wan", lambda row: row.text.replace("万元", "元") if "万" in row.unit else None)


@kind("M2-headcount-and-standard-exchanged")
def _exchanged(sheet: Sheet) -> Iterator[Change]:
    for row, standard in _paid(sheet):
        yield sheet.both(sheet.value(row, standard.text), sheet.value(standard, row.text))


@kind("M5-cost-within-budget")
def _within(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("money"):
        if row.section == "成本":
            yield sheet.value(row, "控制在预算内", *sheet.money_places)


@kind("M-cost-above-amount")
def _above(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("money"):
        if row.section == "成本":
            yield sheet.value(row, f"{row.sign}{scaled(row.number, '100')}{row.unit}", *sheet.money_places)


@kind("M-cost-a-third-more")
def _cost_more(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("money"):
        if row.section == "成本":
            yield sheet.value(row, f"{row.sign}{scaled(row.number, '1.33')}{row.unit}", *sheet.money_places)


@kind("M10-total-of-sources-wrong")
def _total(sheet: Sheet) -> Iterator[Change]:
    if "资金来源" in sheet.data:
        number = AMOUNT_NUMBER.search(str(sheet.data[AMOUNT]))
        assert number
        edit = lambda root: put(root, ("资金来源", "合计"), f"{Decimal(number[0]) + 10} 万元")  # noqa: E731
        yield Change(sheet, edit, (("资金来源",), (AMOUNT,)), "合计 + 10")


def _source(name: str, more: str) -> None:
    @kind(f"M11-sources-off-by-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for source, amount in sheet.data.get("资金来源", {}).items():
            number = AMOUNT_NUMBER.search(amount)
            assert number
            text = f"{Decimal(number[0]) + Decimal(more)} 万元"
            edit = lambda root, source=source, text=text: put(root, ("资金来源", source), text)  # noqa: E731
            yield Change(sheet, edit, (("资金来源",), (AMOUNT,)), f"{source}: {amount} → {text}")


_source("10", "10")
_source("half", "0.5")


def _total_cost(name: str, row_name: str, factor: str) -> None:
    @kind(f"M12-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        number = AMOUNT_NUMBER.search(str(sheet.data[AMOUNT]).replace(",", ""))
        assert number
        row = sheet.in_section("成本")[0]
        if not row.has_columns:
            yield sheet.add(row.tier, [(row_name, f"≤{scaled(number[0], factor)}万元")], *sheet.money_places)


_total_cost("total-cost-above-amount", "项目总成本", "1.4")
_total_cost("total-cost-below-amount", "项目总成本", "0.6")
_total_cost("estimate-above-amount", "项目成本概算", "1.4")


def _calculation(name: str, key: str, change: Callable[[str], str]) -> None:
    @kind(f"M-calculation-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for index, line in enumerate(sheet.calculations):
            if key in line:
                path = (CALCULATION, index, key)
                edit = lambda root, path=path, line=line: put(root, path, change(line[key]))  # noqa: E731
                yield Change(sheet, edit, sheet.money_places, f"{line[key]} → {change(line[key])}")


_calculation("amount-changed", "金额", lambda text: AMOUNT_NUMBER.sub(lambda m: str(Decimal(m[0]) + 7), text))
_calculation("months-changed", "月数", lambda text: "10")
_calculation("names-no-row", "人数", lambda text: f"{text}合计")


@kind("M-calculation-line-lost")
def _line_lost(sheet: Sheet) -> Iterator[Change]:
    if len(sheet.calculations) > 1:
        for index, line in enumerate(sheet.calculations):
            edit = lambda root, index=index: remove(root, (CALCULATION, index))  # noqa: E731
            yield Change(sheet, edit, sheet.money_places, f"- {line['项目']}")
