"""Defects of goals, of money and of the table as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from perftarget.tables.keys import AMOUNT, CALCULATION, GOALS, INDICATORS
from seeded_sheet import EFFECTS, Change, Path, Row, Sheet, at, kind, put, rekey, remove

_AMOUNT = re.compile(r"[\d.]+")
_YEAR = re.compile(r"\b20\d\d年")


def _scaled(number: str, factor: str) -> str:
    """Return the number times the factor, with as many decimals as it had."""
    places = len(number.partition(".")[2])
    return str((Decimal(number) * Decimal(factor)).quantize(Decimal(1).scaleb(-places)))


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
    return _scaled(row.number, "0.9") if row.number != "100" else "95"


_goal_number("count-in-goal", lambda row: _scaled(row.number, "1.3") if len(row.number) > 1 else "7", "people", "count")
_goal_number("count-ten-times-in-goal", lambda row: _scaled(row.number, "10"), "people", "count")
_goal_number("rate-in-goal", _other_rate, "rate", "satisfaction")
_goal_number("standard-in-goal", lambda row: _scaled(row.number, "1.5"), "standard")
_goal_number("duration-in-goal", lambda row: _scaled(row.number, "2"), "duration")


@kind("G1-indicator-differs-from-goal")
def _indicator(sheet: Sheet) -> Iterator[Change]:
    for row, path, _, _ in _linked(sheet, "people", "count", "rate", "satisfaction"):
        number = _scaled(row.number, "0.9")
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
    amount = _AMOUNT.search(str(sheet.data[AMOUNT]).replace(",", ""))
    assert amount
    for form in ("投入资金{}万元。", "项目总投入{}万元，", "年度预算{}万元，"):
        path, goal = sheet.goals[0]
        text = form.format(_scaled(amount[0], "1.1"))
        yield sheet.goal(path, goal + text if text.endswith("。") else text + goal, (AMOUNT,))


@kind("G2-parts-in-goal")
def _parts(sheet: Sheet) -> Iterator[Change]:
    for path, goal in sheet.goals:
        if found := re.search(r"其中\D+(\d[\d.]*)", goal):
            text = goal[: found.start(1)] + _scaled(found[1], "1.4") + goal[found.end(1) :]
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
        yield sheet.value(row, f"{row.sign}{_scaled(row.number, '1.5')}{row.unit}", row.tier, (GOALS,))


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


def _foreign(sheet: Sheet) -> Sheet:
    """Return a table of another field: the one whose name has the fewest characters in common."""
    return min(sheet.strangers, key=lambda other: (len(set(other.name) & set(sheet.name)), other.name))


@kind("G4-goal-of-another-table")
def _foreign_goal(sheet: Sheet) -> Iterator[Change]:
    for path, _ in sheet.goals:
        yield sheet.goal(path, _foreign(sheet).goals[0][1])


@kind("G4-goals-identical")
def _same_goals(sheet: Sheet) -> Iterator[Change]:
    if len(sheet.goals) == 2:
        yield sheet.goal((GOALS, 1), sheet.goals[0][1])


@kind("G4-goal-names-another-county")
def _foreign_county(sheet: Sheet) -> Iterator[Change]:
    if sheet.place_name and sheet.place_name not in {"一二"}:
        path, goal = sheet.goals[0]
        yield sheet.goal(path, f"为保障长乐县各项任务落实，{goal}", ("主管部门",), ("实施单位",))


@kind("G5-unit-of-another-county")
def _other_county(sheet: Sheet) -> Iterator[Change]:
    unit = str(sheet.data["实施单位"])
    if sheet.place_name and unit.startswith(sheet.place_name):
        yield sheet.field("实施单位", unit.replace(sheet.place_name, "长乐县", 1), ("主管部门",))


@kind("G5-unit-of-another-bureau")
def _other_bureau(sheet: Sheet) -> Iterator[Change]:
    other = _foreign(sheet).data["主管部门"]
    own = re.sub(r"^.*?[县市区]", "", str(other))
    if own.endswith("局"):
        yield sheet.field("实施单位", f"{sheet.place_name or '县'}{own}", ("主管部门",))


@kind("G6-one-foreign-row")
def _foreign_row(sheet: Sheet) -> Iterator[Change]:
    for section in ("数量", "社会效益"):
        other = next((row for row in _foreign(sheet).in_section(section)), None)
        if other and section in sheet.tiers and isinstance(sheet.rows[0].path[-1], str):
            data = other.columns if other.has_columns and sheet.rows[0].has_columns else other.text
            own = [row for row in sheet.in_section(section) if not row.name.startswith("其中")]
            for row in own:
                edit = lambda root, row=row, data=data, name=other.name: rekey(root, row.path, name, data)  # noqa: E731
                yield Change(sheet, edit, ((*row.tier, other.name),), f"{row.name} → {other.name}", (row.name, other.name))


def _tiers_of(sheet: Sheet) -> list[Path]:
    return [(INDICATORS,), *sheet.tiers.values()]


@kind("G6-all-rows-foreign")
def _all_foreign(sheet: Sheet) -> Iterator[Change]:
    other = _foreign(sheet)
    edit = lambda root: put(root, (INDICATORS,), other.data[INDICATORS])  # noqa: E731
    yield Change(sheet, edit, (*_tiers_of(other), ("项目名称",), (GOALS,)), other.name)


@kind("G6-project-name-replaced")
def _foreign_name(sheet: Sheet) -> Iterator[Change]:
    yield sheet.field("项目名称", _foreign(sheet).name, (GOALS,), *_tiers_of(sheet))


@kind("G7-counts-differ")
def _counts_differ(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("people"):
        if row.section == "数量" and row.number.isdigit() and isinstance(row.path[-1], str):
            other = sheet.value(row, f"{row.sign}{int(row.number) + 17}{row.unit}").edit

            def beside(root: Any, other: Any = other) -> None:
                other(root)
                root["项目名称"] = _foreign(sheet).name
                root[GOALS] = _foreign(sheet).goals[0][1]

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


# M: money
def _factor(name: str, factor: str) -> None:
    @kind(f"M7-amount-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        written = str(sheet.data[AMOUNT]).replace(",", "")
        number = _AMOUNT.search(written)
        assert number
        if sheet.calculations or sheet.in_section("成本"):
            text = written.replace(number[0], _scaled(number[0], factor))
            yield sheet.field(AMOUNT, text, *sheet.money_places)


_factor("times-ten", "10")
_factor("a-tenth", "0.1")
_factor("a-quarter-more", "1.25")
_factor("a-fifth-less", "0.8")
_factor("digits-exchanged", "1.09")


def _amount(name: str, form: str) -> None:
    @kind(f"M15-amount-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        number = _AMOUNT.search(str(sheet.data[AMOUNT]).replace(",", ""))
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


def _used(sheet: Sheet, key: str) -> list[Row]:
    """Return the rows that the calculation names."""
    names = {line.get(key) for line in sheet.calculations}
    return [row for row in sheet.rows if row.name in names]


def _standard_of(sheet: Sheet, headcount: Row) -> Row | None:
    names = [line.get("标准") for line in sheet.calculations if line.get("人数") == headcount.name]
    return next((row for row in sheet.rows if row.name in names), None)


def _headcount(name: str, change: Callable[[Row], str | None], *, without_calculation: bool = False) -> None:
    @kind(f"M-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in _used(sheet, "人数"):
            if text := change(row):
                one = sheet.value(row, text, *sheet.money_places, undetermined=True)
                if without_calculation:
                    edit = lambda root, one=one: (one.edit(root), remove(root, (CALCULATION,)))  # noqa: E731
                    one = one._replace(edit=edit)
                yield one


_headcount("headcount-with-letter", lambda row: f"{row.number[:-1]}O{row.unit}")
_headcount("headcount-with-letter-uncalculated", lambda row: f"{row.number[:-1]}O{row.unit}", without_calculation=True)
_headcount("headcount-as-rate", lambda row: "≥95%")
_headcount("headcount-as-rate-uncalculated", lambda row: "≥95%", without_calculation=True)
_headcount("headcount-zero", lambda row: f"0{row.unit}")
_headcount("headcount-ten-times", lambda row: f"{_scaled(row.number, '10')}{row.unit}")
_headcount("headcount-ten-times-uncalculated", lambda row: f"{_scaled(row.number, '10')}{row.unit}", without_calculation=True)
_headcount("headcount-a-fifth-more-uncalculated", lambda row: f"{_scaled(row.number, '1.2')}{row.unit}", without_calculation=True)


def _standard(name: str, change: Callable[[Row], str | None]) -> None:
    @kind(f"M-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.of("standard"):
            if row.section == "成本" and (text := change(row)):
                yield sheet.value(row, text, *sheet.money_places, (GOALS,))


_standard("standard-ten-times", lambda row: f"{row.sign}{_scaled(row.number, '10')}{row.unit}")
_standard("standard-a-half-more", lambda row: f"{row.sign}{_scaled(row.number, '1.5')}{row.unit}")
_standard("standard-in-wan", lambda row: row.text.replace("元", "万元") if "万" not in row.unit and row.unit else None)
_standard("standard-without-wan", lambda row: row.text.replace("万元", "元") if "万" in row.unit else None)


@kind("M2-headcount-and-standard-exchanged")
def _exchanged(sheet: Sheet) -> Iterator[Change]:
    for row in _used(sheet, "人数"):
        if standard := _standard_of(sheet, row):
            first, second = sheet.value(row, standard.text), sheet.value(standard, row.text)
            edit = lambda root, one=first, two=second: (one.edit(root), two.edit(root))  # noqa: E731
            yield Change(sheet, edit, (row.path, standard.path), f"{row.text} ⇄ {standard.text}")


@kind("M5-cost-within-budget")
def _within(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("money"):
        if row.section == "成本":
            yield sheet.value(row, "控制在预算内", *sheet.money_places)


@kind("M-cost-above-amount")
def _above(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("money"):
        if row.section == "成本":
            yield sheet.value(row, f"{row.sign}{_scaled(row.number, '100')}{row.unit}", *sheet.money_places)


@kind("M-cost-a-fifth-more")
def _cost_more(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("money"):
        if row.section == "成本":
            yield sheet.value(row, f"{row.sign}{_scaled(row.number, '1.3')}{row.unit}", *sheet.money_places)


@kind("M10-total-of-sources-wrong")
def _total(sheet: Sheet) -> Iterator[Change]:
    if "资金来源" in sheet.data:
        number = _AMOUNT.search(str(sheet.data[AMOUNT]))
        assert number
        edit = lambda root: put(root, ("资金来源", "合计"), f"{Decimal(number[0]) + 10} 万元")  # noqa: E731
        yield Change(sheet, edit, (("资金来源",), (AMOUNT,)), "合计 + 10")


def _source(name: str, more: str) -> None:
    @kind(f"M11-sources-off-by-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for source, amount in sheet.data.get("资金来源", {}).items():
            number = _AMOUNT.search(amount)
            assert number
            text = f"{Decimal(number[0]) + Decimal(more)} 万元"
            edit = lambda root, source=source, text=text: put(root, ("资金来源", source), text)  # noqa: E731
            yield Change(sheet, edit, (("资金来源",), (AMOUNT,)), f"{source}: {amount} → {text}")


_source("10", "10")
_source("half", "0.5")


def _total_cost(name: str, row_name: str, factor: str) -> None:
    @kind(f"M12-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        number = _AMOUNT.search(str(sheet.data[AMOUNT]).replace(",", ""))
        assert number
        row = sheet.in_section("成本")[0]
        if not row.has_columns:
            yield sheet.add(row.tier, [(row_name, f"≤{_scaled(number[0], factor)}万元")], *sheet.money_places)


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


_calculation("amount-changed", "金额", lambda text: _AMOUNT.sub(lambda m: str(Decimal(m[0]) + 7), text))
_calculation("months-changed", "月数", lambda text: "10")
_calculation("names-no-row", "人数", lambda text: f"{text}合计")


@kind("M-calculation-line-lost")
def _line_lost(sheet: Sheet) -> Iterator[Change]:
    if len(sheet.calculations) > 1:
        for index, line in enumerate(sheet.calculations):
            edit = lambda root, index=index: remove(root, (CALCULATION, index))  # noqa: E731
            yield Change(sheet, edit, sheet.money_places, f"- {line['项目']}")


# R: new rules of reviewers, and S: seen late
@kind("R-restated-under-quality")
def _restated(sheet: Sheet) -> Iterator[Change]:
    counts = [row for row in sheet.in_section("数量") if row.kind in {"people", "count"} and "其中" not in row.name]
    tier = sheet.tiers.get("质量")
    if tier and len(counts) > 1 and not counts[0].has_columns:
        names = [re.sub(r"(数量|人数|户数|个数)$", "", row.bare) + "完成率" for row in counts]
        empty = lambda root: at(root, tier).clear()  # noqa: E731
        added = sheet.add(tier, [(name, "=100%") for name in names])
        yield added._replace(edit=lambda root: (empty(root), added.edit(root)))  # type: ignore[func-returns-value]


def _explained(name: str, explanation: str) -> None:
    @kind(f"R-explanation-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        rows = [row for row in sheet.rows if row.has_columns and isinstance(row.path[-1], str)]
        if rows:

            def edit(root: Any) -> None:
                for row in rows:
                    put(root, (*row.path, "指标解释"), explanation.format(row.name))

            yield Change(sheet, edit, tuple(row.path for row in rows), explanation)


_explained("repeats-name", "{}")
_explained("is-zero", "0")
_explained("says-nothing", "反映{}情况")


def _personal(name: str, text: str) -> None:
    @kind(f"R-personal-data-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        path, goal = sheet.goals[0]
        yield sheet.goal(path, goal + text)
        row = sheet.in_section("满意度")[0]
        if row.has_columns:
            yield sheet.column(row, 备注=text)


_personal("identity-number", "联系人证件号 11010119000101123X。")
_personal("mobile-number", "联系电话 13900001111。")
_personal("bank-account", "收款账户 6222020000000000000。")


def _added(name: str, section: str, row: tuple[str, str]) -> None:
    @kind(f"R-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        if section in sheet.tiers and not sheet.rows[0].has_columns:
            yield sheet.add(sheet.tiers[section], [row])


_added("management-funds-in-place", "时效", ("资金拨付到位率", "=100%"))
_added("management-compliance", "质量", ("资金使用合规率", "=100%"))
_added("management-budget-execution", "数量", ("预算执行率", "≥95%"))
_added("task-with-score", "质量", ("加强组织领导", "≥95%"))
_added("stale-term", "社会效益", ("受益建档立卡贫困户数", "≥320户"))
_added("stale-plan", "社会效益", ("“十二五”规划目标完成率", "≥95%"))
_added("foreign-place", "社会效益", ("长乐县受益群众人数", "≥3200人"))
_added("growth-without-base", "经济效益", ("主营业务", "增长5%"))
_added("row-of-zero", "经济效益", ("新增产值", "0"))
_added("row-of-zero-percent", "生态效益", ("绿化覆盖增长率", "0.00%"))
_added("phone-as-row", "满意度", ("监督电话", "0951-6011000"))


@kind("R-row-twice")
def _twice(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.in_section("数量", "质量"):
        tier = sheet.tiers.get("社会效益")
        if tier and isinstance(row.path[-1], str):
            yield sheet.add(tier, [(row.name, row.columns if row.has_columns else row.text)], row.path)


@kind("R-row-alike")
def _alike(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate"):
        if row.bare.endswith("率") and isinstance(row.path[-1], str) and not row.has_columns:
            yield sheet.add(row.tier, [(row.bare.removesuffix("率") + "情况", row.text)], row.path)


@kind("R-all-rates-full")
def _uniform(sheet: Sheet) -> Iterator[Change]:
    rates = [row for row in sheet.of("rate", "satisfaction") if row.sign == "≥"]
    if len(rates) > 3:

        def edit(root: Any) -> None:
            for row in rates:
                put(root, row.path, row.valued(f"=100{row.unit}"))

        yield Change(sheet, edit, tuple(row.path for row in rates), "=100%")


@kind("R-tier-lost")
def _tier_lost(sheet: Sheet) -> Iterator[Change]:
    for section, tier in sheet.tiers.items():
        if section not in {"经济效益", "生态效益"} and not (sheet.rows[0].has_columns and len(tier) > 2):
            yield Change(sheet, lambda root, tier=tier: remove(root, tier), (tier, (INDICATORS,)), f"- {tier[-1]}")


@kind("R-tier-blank")
def _tier_blank(sheet: Sheet) -> Iterator[Change]:
    for tier in sheet.tiers.values():
        yield Change(sheet, lambda root, tier=tier: put(root, tier, ""), (tier, (INDICATORS,)), f"{tier[-1]}: ")


def _valued(name: str, change: Callable[[Row], str | None], *kinds: str) -> None:
    @kind(f"R-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.of(*kinds):
            if text := change(row):
                yield sheet.value(row, text)


def _below(row: Row) -> str:
    return f"{_scaled(row.number, '0.9')}{row.unit}"


_valued("two-values", lambda row: f"{row.text}、{row.sign}{_below(row)}", "rate", "people", "count")
_valued("two-values-slash", lambda row: f"{row.number}{row.unit}/{_below(row)}", "rate", "satisfaction")
_valued("two-values-in-sentence", lambda row: f"暂定{row.text}，力争{row.number}{row.unit}以上，{_below(row)}保底", "people", "count")
_valued("range-reversed", lambda row: f"{row.number}-{_below(row)}" if Decimal(row.number) > 10 else None, "people", "count")
_valued("change-without-base", lambda row: "增长5%", "rate", "money")
_valued("about", lambda row: f"约{row.number}{row.unit}", "people", "count")
_valued("more-than-full", lambda row: f">100{row.unit}" if row.unit == "%" else None, "rate")
_valued("grade-without-bands", lambda row: "优" if row.section == "质量" else None, "rate")
_valued("whole-scale", lambda row: "优良中差" if row.section == "质量" else None, "rate")
_valued("year-as-value", lambda row: "2025" if row.section == "数量" else None, "people", "count")


@kind("R-weight-lost")
def _weight_lost(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if "权重" in row.columns:
            yield sheet.column(row, 权重=None)


def _weight(name: str, weight: str) -> None:
    @kind(f"R-weight-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.rows:
            if "权重" in row.columns and row.columns["权重"] != weight:
                changed = sheet.column(row, 权重=weight)
                yield changed._replace(places=(row.path, (INDICATORS,)))


_weight("zero", "0")
_weight("wrong-sum", "17")
_weight("in-words", "较高")


@kind("V15-one-indicator-decides")
def _decides(sheet: Sheet) -> Iterator[Change]:
    rows = [row for row in sheet.rows if "权重" in row.columns]
    if rows:
        total = sum(int(row.columns["权重"]) for row in rows)
        for chosen in rows:

            def edit(root: Any, chosen: Row = chosen) -> None:
                for row in rows:
                    put(root, (*row.path, "权重"), str(total - len(rows) + 1) if row is chosen else "1")

            yield Change(sheet, edit, (chosen.path, (INDICATORS,)), chosen.name)


@kind("V15-rate-unexplained")
def _unexplained(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate"):
        if "指标解释" in row.columns:
            yield sheet.column(row, 指标解释=None)


@kind("V15-satisfaction-without-survey")
def _unsurveyed(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("satisfaction"):
        if "数据来源" in row.columns:
            yield sheet.column(row, 数据来源="")


@kind("V15-source-is-no-survey")
def _no_survey(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("satisfaction"):
        if "数据来源" in row.columns:
            yield sheet.column(row, 数据来源="支付凭证")


@kind("R-basis-lost")
def _basis(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if "设定依据" in row.columns:
            yield sheet.column(row, 设定依据="")


@kind("R-basis-says-nothing")
def _no_basis(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if "设定依据" in row.columns:
            yield sheet.column(row, 设定依据="相关文件")


@kind("R-direction-contradicts")
def _direction(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if "方向" in row.columns:
            yield sheet.column(row, 方向="反向" if row.columns["方向"] == "正向" else "正向")


@kind("R-nature-contradicts")
def _nature(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.rows:
        if row.columns.get("性质") == "定量":
            yield sheet.column(row, 性质="定性")


@kind("V15-peers-differ")
def _peers(sheet: Sheet) -> Iterator[Change]:
    for row in sheet.of("rate", "satisfaction"):
        if row.sign == "≥" and Decimal(row.number) > 84 and row.unit:
            other = sheet.value(row, f"≥{Decimal(row.number) - 20}{row.unit}").edit

            def beside(root: Any, other: Any = other) -> None:
                other(root)
                root["项目名称"] = _foreign(sheet).name
                root[GOALS] = _foreign(sheet).goals[0][1]

            yield Change(sheet, lambda root: None, (row.path,), f"{row.name}: {row.text} − 20", None, beside)


@kind("S-whole-section-of-words")
def _all_words(sheet: Sheet) -> Iterator[Change]:
    rows = sheet.in_section(*EFFECTS)

    def edit(root: Any) -> None:
        for row in rows:
            put(root, row.path, row.valued("作用明显"))

    yield Change(sheet, edit, tuple(row.path for row in rows), "作用明显")


@kind("S-horizon-copied")
def _horizon(sheet: Sheet) -> Iterator[Change]:
    def edit(root: Any) -> None:
        root["中期目标"] = sheet.goals[0][1]
        root[GOALS] = sheet.goals[0][1]

    yield Change(sheet, edit, (("中期目标",), (GOALS,)), "中期目标 = 年度目标")


@kind("S-mid-term-amount-below")
def _mid_term(sheet: Sheet) -> Iterator[Change]:
    edit = lambda root: put(root, ("中期资金总额",), "1 万元")  # noqa: E731
    yield Change(sheet, edit, (("中期资金总额",), (AMOUNT,)), "中期资金总额: 1 万元")


