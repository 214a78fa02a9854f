"""Seeded defects that rules named by reviewers are to find: rows, columns, weights and tiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from perftarget.tables.keys import GOALS, INDICATORS
from seeded_goals import foreign
from seeded_row import EFFECTS, Row
from seeded_sheet import Change, Sheet, at, kind, put, remove, scaled


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
    for section, tier in sheet.tiers.items():
        if section in {"经济效益", "生态效益"} or (sheet.rows[0].has_columns and len(tier) > 2):
            continue  # no form requires it
        yield Change(sheet, lambda root, tier=tier: put(root, tier, ""), (tier, (INDICATORS,)), f"{tier[-1]}: ")


def _valued(name: str, change: Callable[[Row], str | None], *kinds: str) -> None:
    @kind(f"R-{name}")
    def changes(sheet: Sheet) -> Iterator[Change]:
        for row in sheet.of(*kinds):
            if text := change(row):
                yield sheet.value(row, text)


def _below(row: Row) -> str:
    return f"{scaled(row.number, '0.9')}{row.unit}"


_valued("two-values", lambda row: f"{row.text}、{row.sign}{_below(row)}", "rate", "people", "count")
_valued("two-values-slash", lambda row: f"{row.number}{row.unit}/{_below(row)}", "rate", "satisfaction")
_valued(
    "two-values-in-sentence",
    lambda row: f"暂定{row.text}，力争{row.number}{row.unit}以上，{_below(row)}保底",
    "people",
    "count",
)
_valued(
    "range-reversed", lambda row: f"{row.number}-{_below(row)}" if Decimal(row.number) > 10 else None, "people", "count"
)
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
        if "方向" in row.columns and row.sign in {"≥", "≤"}:
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
                root["项目名称"] = foreign(sheet).name
                root[GOALS] = foreign(sheet).goals[0][1]

            yield Change(sheet, lambda root: None, (row.path,), f"{row.name}: {row.text} − 20", None, beside)


@kind("S-whole-section-of-words")
def _all_words(sheet: Sheet) -> Iterator[Change]:
    rows = sheet.in_section(*EFFECTS)

    def edit(root: Any) -> None:
        for row in rows:
            put(root, row.path, row.valued("作用明显"))

    yield Change(sheet, edit, tuple(row.path for row in rows), "作用明显")
