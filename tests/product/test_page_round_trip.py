"""The page of any table, read again from Word and from Excel, is the same table, for every built-in form."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftarget.config.builtin import builtin_names
from perftarget.config.loader import load_profile
from perftarget.config.profile import Profile
from perftarget.formats.yaml.loader import Data, load
from perftarget.formats.yaml.writer import write as to_yaml
from perftarget.tables.document import build_document
from perftarget.tables.form import goals_text
from perftarget.tables.keys import BUDGET_YEAR, GOALS, INDICATORS
from perftarget.tables.model import Table
from perftarget.tables.reader import parse_documents
from perftarget.tables.renderer import render_tables
from perftarget.text.source import Source

PROFILES = {name: load_profile(name) for name in sorted(builtin_names()) if name != "base"}
NAMES = list(PROFILES)
KINDS = ["docx", "xlsx"]

CHARACTERS = "甲乙丙人次元年月日率数０1234５.,，%％≥≤<>=（）()“”、。；： -—/*#&@𠮷⽬abA"
ODD_TEXTS = [
    "1.2万人",
    "目标1.2万人",
    "完成新增就业目标1.2万人",
    "1,200.50",
    "12，000",
    "001",
    "1.0",
    "-",
    "/",
    "80%-90%",
    "2025年1月至12月",
    "=SUM(A1)",
    "10:30",
    "三级指标",
    "合计",
    "填报人：甲",
    "是",
    "null",
]
OTHER_LABELS = ["项目编码", "项目类别", "项目负责人", "联系电话", "立项依据", "备注", "项目概况", "实施期绩效目标"]


def content(table: Table, profile: Profile) -> dict[str, Any]:
    """Return what the page shows of a table, in its order: fields with text, goals, and indicators with their tiers.

    The budget year is in the title, so that its place among the fields is lost.
    """

    def first(written: str | None, second: str) -> str:
        return written or profile.first_tier_of(second) or ""

    labels = sorted(table.labels, key=lambda label: label != BUDGET_YEAR)
    return {
        "fields": [(label, table.field(label)) for label in labels if label != GOALS and table.field(label)],
        "goals": goals_text(table),
        "tiers": [(first(tier.first, tier.second), tier.second) for tier in table.tiers],
        "rows": [(first(row.first, row.second), row.second, row.name, row.text) for row in table.indicators],
    }


def table_of(data: dict[str, Data]) -> Table:
    text = to_yaml(data)
    tree = load(text)
    document = build_document(Source("x.yaml", text, tree.spans), tree.data, tree.problems)
    assert document.table
    assert not document.problems
    return document.table


def read_again(tables: list[Table], profile: Profile, kind: str) -> list[Table]:
    """Return the tables after they were rendered and read."""
    documents = parse_documents(f"附件2.{kind}", render_tables(kind, tables, profile), profile)
    assert all(document.table and not document.problems for document in documents)
    return [document.table for document in documents if document.table]


LINE = (st.text(CHARACTERS, max_size=12) | st.sampled_from(ODD_TEXTS)).map(lambda text: " ".join(text.split()))
TEXT = LINE | st.lists(LINE.filter(bool), min_size=2, max_size=3).map("\n".join)
NAME = LINE.filter(bool)
GOAL = st.text("甲乙丙人次元率数0123.,%≥（）“”、； ab", max_size=12).map(
    lambda text: f"甲{text.strip()}"
) | st.sampled_from(ODD_TEXTS[1:3])
ROWS = st.dictionaries(NAME.filter(lambda name: name not in {"备注", "值"}), TEXT, min_size=1, max_size=3) | st.tuples(
    NAME, st.lists(TEXT, min_size=2, max_size=2)
).map(lambda pair: [{"指标": pair[0], "值": value} for value in pair[1]])


@st.composite
def table_data(draw: st.DrawFn, profile: Profile) -> dict[str, Data]:
    """Draw a table with a text for each place of the page; other fields follow a row of the form."""
    data: dict[str, Data] = {}
    others = iter(draw(st.lists(st.sampled_from(OTHER_LABELS), max_size=4, unique=True)))
    for labels in profile.head:
        data |= {label: draw(TEXT) for label in labels if label != GOALS}
        if GOALS in labels:
            data[GOALS] = draw(st.lists(GOAL, min_size=1, max_size=3) | TEXT)
        if draw(st.booleans()) and (label := next(others, "")):
            data[label] = draw(TEXT.filter(bool))
    data["项目名称"] = draw(NAME)
    seconds = sorted(
        draw(st.lists(st.sampled_from(list(profile.second_tiers)), min_size=1, max_size=4, unique=True)),
        key=list(profile.second_tiers).index,
    )
    data[INDICATORS] = {second: draw(ROWS | st.just("")) for second in seconds}
    return data


@pytest.mark.parametrize("name", NAMES)
def test_any_tables_are_read_from_their_page(name: str) -> None:
    profile = PROFILES[name]

    @settings(deadline=None, max_examples=80, derandomize=True)
    @given(st.lists(table_data(profile), min_size=1, max_size=2), st.sampled_from(KINDS))
    def check(drawn: list[dict[str, Data]], kind: str) -> None:
        tables = [table_of(data) for data in drawn]
        again = read_again(tables, profile, kind)
        assert [content(one, profile) for one in again] == [content(one, profile) for one in tables]
        for table, read in zip(tables, again, strict=True):
            if isinstance(table.raw_goals, list):
                assert read.goals == table.goals

    check()


BASE: dict[str, Data] = {
    "项目名称": "造林补助",
    "主管部门": "县林草局",
    "项目期限": "2025年",
    "项目年度金额": "12 万元",
    GOALS: ["完成造林。", "改善生态。"],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "changes",
    [
        {"主管部门": "主管部门：甲"},
        {"主管部门": "年度目标：完成造林3万亩"},
        {GOALS: "年度目标：完成造林3万亩"},
        {GOALS: "招商引资目标3.5亿元，固定资产投资目标2.8亿元"},
        {"项目年度金额": "12 万元\n（其中本级 5 万元）"},
        {"项目名称": "项目名称"},
        {"主管部门": "项目名称"},
        {"主管部门": "一、基本信息"},
        {"项目期限": "资金总额"},
        {GOALS: "项目名称"},
        {GOALS: "基本情况"},
        {"项目年度金额": "主管部门：甲"},
        {"项目编码": "项目名称"},
        {"项目编码": "主管部门：甲"},
        {"项目编码": "一、基本信息"},
        {BUDGET_YEAR: "2019"},
    ],
    ids=lambda changes: "".join(f"{label}={text}" for label, text in changes.items()),
)
def test_a_field_is_read_from_its_page(name: str, kind: str, changes: dict[str, Data]) -> None:
    data = {**BASE, **changes}
    data[GOALS] = data.pop(GOALS)
    assert_read_again(data, name, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_field_above_the_name_is_read_from_its_page(name: str, kind: str) -> None:
    assert_read_again({"项目编码": "001", **BASE}, name, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "row",
    [
        {"项目名称": "3个"},
        {"3个": "项目名称"},
        {"实施单位数": "主管部门：甲"},
        {"三级指标": "绩效值"},
        {"合计": "12"},
        [{"指标": "单位：万元", "值": value} for value in ("", "")],
    ],
    ids=str,
)
def test_an_indicator_is_read_from_its_page(name: str, kind: str, row: Data) -> None:
    second = next(iter(PROFILES[name].second_tiers))
    assert_read_again({**BASE, INDICATORS: {second: row}}, name, kind)


def assert_read_again(data: dict[str, Data], name: str, kind: str) -> None:
    table = table_of(data)
    (again,) = read_again([table], PROFILES[name], kind)
    assert content(again, PROFILES[name]) == content(table, PROFILES[name])
