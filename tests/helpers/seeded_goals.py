"""Seeded defects of goals, and of tables that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from perftarget.tables.keys import AMOUNT, GOALS, INDICATORS
from seeded_row import Path, Row
from seeded_sheet import AMOUNT_NUMBER, Change, Sheet, kind, put, rekey, scaled

_YEAR = re.compile(r"\b20\d\d年")


def _linked(sheet: Sheet, *kinds: str) -> Iterator[tuple[Row, Path, str, re.Match[str]]]:
    """Yield the rows whose number and unit a goal writes too, with the goal and the place of the number in it.

    A number that stands more than once in the goals or the rows is left out, since it is not clear which is meant.
    """
    for row in sheet.of(*kinds):
        unit = row.measure.split("/")[0]
        number = re.compile(rf"(?<![\d.]){re.escape(row.number)} ?{re.escape(unit)}")
        found = [(path, goal, match) for path, goal in sheet.goals for match in number.finditer(goal)]
        same = [one for one in sheet.rows if (one.number, one.measure) == (row.number, row.measure)]
        if len(found) == 1 and len(same) == 1:
            yield row, *found[0]


def _goal_number(name: str, change: Callable[[Row], str], *kinds: str) -> None:
    @kind(f"G1-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row, path, goal, match in _linked(sheet, *kinds):
            new = match[0].replace(row.number, change(row))
            if new != match[0]:
                yield sheet.goal(path, goal[: match.start()] + new + goal[match.end() :], row.path)


def _other_rate(row: Row) -> str:
    return scaled(row.number, "0.9") if row.number != "100" else "95"


_goal_number("count-in-goal", lambda row: scaled(row.number, "1.3") if len(row.number) > 1 else "7", "people", "count")
_goal_number("count-ten-times-in-goal", lambda row: scaled(row.number, "10"), "people", "count")
_goal_number("rate-in-goal", _other_rate, "rate", "satisfaction")
_goal_number("standard-in-goal", lambda row: scaled(row.number, "1.5"), "standard")
_goal_number("duration-in-goal", lambda row: scaled(row.number, "2"), "duration")


@kind("G1-indicator-differs-from-goal")
def _indicator(sheet: Sheet) -> Iterator[Change]:
    for row, path, _, _ in _linked(sheet, "people", "count", "rate", "satisfaction"):
        number = scaled(row.number, "0.9")
        if Decimal(number) != Decimal(row.number):
            yield sheet.value(row, f"{row.sign}{number}{row.unit}", path, (GOALS,))


@kind("G1-date-in-goal")
def _goal_date(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("date"):
        date = row.text.removesuffix("前")
        for path, goal in sheet.goals:
            if date in goal:
                month = re.sub(r"(\d+)月\d+日", lambda m: f"{int(m[1]) - 1 or 2}月15日", date)
                yield sheet.goal(path, goal.replace(date, month), row.path)


@kind("G1-amount-in-goal")
def _goal_amount(sheet: Sheet) -> Iterator[Change]:
    amount = AMOUNT_NUMBER.search(str(sheet.data[AMOUNT]).replace(",", ""))
    assert amount
    for form in ("投入资金{}万元。", "项目总投入{}万元，", "年度预算{}万元，"):
        path, goal = sheet.goals[0]
        text = form.format(scaled(amount[0], "1.1"))
        yield sheet.goal(path, goal + text if text.endswith("。") else text + goal, (AMOUNT,))


@kind("G2-parts-in-goal")
def _parts(sheet: Sheet) -> Iterator[Change]:
    for path, goal in sheet.goals:
        if found := re.search(r"其中\D+(\d[\d.]*)", goal):
            text = goal[: found.start(1)] + scaled(found[1], "1.4") + goal[found.end(1) :]
            yield sheet.goal(path, text, *(row.path for row in sheet.rows if "其中" in row.name))


@kind("G2-parts-added-in-goal")
def _more_parts(sheet: Sheet) -> Iterator[Change]:
    for row, path, goal, match in _linked(sheet, "people", "count"):
        if row.number.isdigit() and int(row.number) > 30 and row.unit and "其中" not in goal:
            third = int(row.number) // 3
            text = f"，其中甲类 {third} {row.unit}、乙类 {third + 5} {row.unit}"
            yield sheet.goal(path, goal[: match.end()] + text + goal[match.end() :], row.path)


@kind("G2-part-row-differs")
def _part_rows(sheet: Sheet) -> Iterator[Change]:
    parts = [row for row in sheet.rows if row.name.startswith("其中") and row.number]
    for row in parts:
        yield sheet.value(row, f"{row.sign}{scaled(row.number, '1.5')}{row.unit}", row.tier, (GOALS,))


@kind("G3-year-in-goal")
def _goal_year(sheet: Sheet) -> Iterator[Change]:
    for path, goal in sheet.goals:
        if _YEAR.search(goal):
            yield sheet.goal(path, _YEAR.sub("2023年", goal, count=1))
        else:
            yield sheet.goal(path, f"2023年，{goal}")


@kind("G3-year-in-project-name")
def _name_year(sheet: Sheet) -> Iterator[Change]:
    name = re.sub(r"^20\d\d年", "", sheet.name)
    yield sheet.field("项目名称", f"2023年{name}", ("项目期限",))


def foreign(sheet: Sheet) -> Sheet:
    """Return a table of another field: the one whose name has the fewest characters in common."""
    return min(sheet.strangers, key=lambda other: (len(set(other.name) & set(sheet.name)), other.name))


@kind("G4-goal-of-another-table")
def _foreign_goal(sheet: Sheet) -> Iterator[Change]:
    for path, _ in sheet.goals:
        yield sheet.goal(path, foreign(sheet).goals[0][1])


@kind("G4-goals-identical")
def _same_goals(sheet: Sheet) -> Iterator[Change]:
    if len(sheet.goals) == 2:
        yield sheet.goal((GOALS, 1), sheet.goals[0][1])


@kind("G4-goal-names-another-county")
def _foreign_county(sheet: Sheet) -> Iterator[Change]:
    if sheet.place_name:
        path, goal = sheet.goals[0]
        yield sheet.goal(path, f"为保障长乐县各项任务落实，{goal}", ("主管部门",), ("实施单位",))


@kind("G5-unit-of-another-county")
def _other_county(sheet: Sheet) -> Iterator[Change]:
    unit = str(sheet.data["实施单位"])
    if sheet.place_name and unit.startswith(sheet.place_name):
        yield sheet.field("实施单位", unit.replace(sheet.place_name, "长乐县", 1), ("主管部门",))


@kind("G5-unit-of-another-bureau")
def _other_bureau(sheet: Sheet) -> Iterator[Change]:
    other = foreign(sheet).data["主管部门"]
    own = re.sub(r"^.*?[县市区]", "", str(other))
    if own.endswith("局"):
        yield sheet.field("实施单位", f"{sheet.place_name or '县'}{own}", ("主管部门",))


@kind("G6-one-foreign-row")
def _foreign_row(sheet: Sheet) -> Iterator[Change]:
    for section in ("数量", "社会效益"):
        other = next((row for row in foreign(sheet).in_section(section)), None)
        if other and section in sheet.tiers and isinstance(sheet.rows[0].path[-1], str):
            data = other.columns if other.has_columns and sheet.rows[0].has_columns else other.text
            own = [row for row in sheet.in_section(section) if not row.name.startswith("其中")]
            for row in own:
                edit = lambda root, row=row, data=data, name=other.name: rekey(root, row.path, name, data)  # noqa: E731
                yield Change(
                    sheet, edit, ((*row.tier, other.name),), f"{row.name} → {other.name}", (row.name, other.name)
                )


@kind("G6-all-rows-foreign")
def _all_foreign(sheet: Sheet) -> Iterator[Change]:
    other = foreign(sheet)
    edit = lambda root: put(root, (INDICATORS,), other.data[INDICATORS])  # noqa: E731
    yield Change(sheet, edit, ((INDICATORS,), ("项目名称",), (GOALS,)), other.name)


@kind("G6-project-name-replaced")
def _foreign_name(sheet: Sheet) -> Iterator[Change]:
    yield sheet.field("项目名称", foreign(sheet).name, (GOALS,), (INDICATORS,))


@kind("G7-counts-differ")
def _counts_differ(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("people"):
        if row.section == "数量" and row.number.isdigit() and isinstance(row.path[-1], str):
            other = sheet.value(row, f"{row.sign}{int(row.number) + 17}{row.unit}").edit

            def beside(root: Any, other: Any = other) -> None:
                other(root)
                root["项目名称"] = foreign(sheet).name
                root[GOALS] = foreign(sheet).goals[0][1]

            yield Change(sheet, lambda root: None, (row.path,), f"{row.name}: {row.number} + 17", None, beside)


def _twin(name: str, form: str) -> None:
    @kind(f"G8-same-project-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        beside = lambda root: put(root, ("项目名称",), form.format(sheet.name))  # noqa: E731
        yield Change(sheet, lambda root: None, (("项目名称",),), form.format(sheet.name), None, beside)


_twin("and-project", "{}项目")
_twin("and-year", "2025年度{}")
_twin("and-number", "{}（二）")
_twin("itself", "{}")


def _goal(name: str, text: str) -> None:
    @kind(f"G-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        yield sheet.goal((GOALS,), text.format(name=sheet.name))


_goal("goal-blank", "")
_goal("goal-placeholder", "待定")
_goal("goal-is-project-name", "{name}")
_goal("goal-without-number", "完成{name}各项任务，提高服务水平，保障群众利益，推动事业高质量发展。")
_goal("goal-about-money-only", "按规定使用{name}资金，做到专款专用，资金及时足额拨付到位，提高资金使用效益。")
_goal("goal-see-annex", "详见{name}实施方案。")
