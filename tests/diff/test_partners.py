"""Pairs of tables whose project or file has another name."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from command_line import GOOD
from compared import PROFILE
from perftarget.diff.compare import compare
from perftarget.diff.partners import pair_documents
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents

Files: TypeAlias = dict[str, str]
"""The text of each file by its name."""

OTHER = (
    GOOD.replace("补贴人数（人）", "路灯数（盏）")
    .replace("发放准确率", "亮灯率")
    .replace("人均标准", "单价")
    .replace("就业率", "完好率")
)


def named(name: str, text: str = GOOD) -> str:
    return text.replace("公益性岗位补贴", name, 1)


def documents(folder: str, files: Files) -> list[Document]:
    return [parse_documents(f"{folder}/{name}", text.encode(), PROFILE)[0] for name, text in files.items()]


def pairs(old: Files, new: Files, *, by_hand: bool = False) -> list[tuple[str, str]]:
    """Return the name of the old and of the new project of each pair, "" for none."""
    sides = documents("2024", old), documents("2025", new)
    found = pair_documents(*sides, by_hand=by_hand)
    return [tuple(one.table.name if one and one.table else "" for one in pair) for pair in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("公益性岗位人员岗位补贴", "公益性岗位补贴"),
        ("路灯维护项目", "城区路灯维修养护项目"),
        ("2024年公益性岗位补贴", "2025年度公益性岗位补贴"),
        ("公益性岗位补贴（2024）", "公益性岗位补贴（2025）"),
        ("农村公路日常养护", "农村公路养护工程"),
        ("“三支一扶”人员经费", "三支一扶人员工作生活补贴"),
        ("职业培训券", "技能提升行动"),  # with its own indicators
    ],
)
def test_a_renamed_project_in_a_renamed_file_is_paired(old: str, new: str) -> None:
    assert pairs({"x.yaml": named(old)}, {"y.yaml": named(new)}) == [(old, new)]


def test_indicators_that_all_tables_have_do_not_pair_projects() -> None:
    old = {f"{name}.yaml": named(name) for name in ("护理补贴", "交通补贴", "体检经费")}
    new = {f"{name}.yaml": named(name) for name in ("取暖补贴", "交通补贴", "体检经费")}
    assert pairs(old, new) == [("", "取暖补贴"), ("交通补贴", "交通补贴"), ("体检经费", "体检经费")]


def test_own_indicators_pair_projects_among_others() -> None:
    old = {"a.yaml": named("护理补贴"), "b.yaml": named("交通补贴"), "c.yaml": named("亮化工程", OTHER)}
    new = {"x.yaml": named("照明设施运行", OTHER), "y.yaml": named("护理补贴"), "z.yaml": named("交通补贴")}
    assert pairs(old, new)[0] == ("亮化工程", "照明设施运行")


def test_phases_are_different_projects() -> None:
    old = {"a.yaml": named("道路改造（一期）"), "b.yaml": named("道路改造（二期）")}
    new = {"c.yaml": named("道路改造（二期）"), "d.yaml": named("道路改造（三期）")}
    assert pairs(old, new) == [("道路改造（二期）", "道路改造（二期）"), ("", "道路改造（三期）")]


def test_the_unit_tells_projects_of_one_name_apart() -> None:
    county, town = (named("公用经费").replace("县就业局", unit) for unit in ("第一小学", "第二小学"))
    found = pair_documents(
        documents("2024", {"a.yaml": county, "b.yaml": town}), documents("2025", {"c.yaml": town, "d.yaml": county})
    )
    assert [old and old.source.path for old, _ in found] == ["2024/b.yaml", "2024/a.yaml"]
    renamed = {"c.yaml": town.replace("第二小学", "实验小学")}
    assert pairs({"b.yaml": town}, renamed) == [("公用经费", "公用经费")]


def test_a_file_that_kept_its_name_is_paired() -> None:
    new = {"a.yaml": named("技能提升行动"), "b.yaml": named("取暖补贴"), "c.yaml": named("体检经费")}
    old = {"a.yaml": named("职业培训券"), "b.yaml": named("护理补贴"), "c.yaml": named("体检经费")}
    assert pairs(old, new)[:2] == [("职业培训券", "技能提升行动"), ("护理补贴", "取暖补贴")]


def test_two_files_named_by_hand_are_a_pair() -> None:
    other = named("路灯工程", OTHER).replace("满意度:", "市民满意率:").replace("县就业局", "县城管局")
    other = other.replace("发放时间", "安装时间").replace("重大群体性事件", "触电事故")
    old, new = {"x.yaml": named("残疾人护理补贴")}, {"y.yaml": other}
    assert pairs(old, new) == [("", "路灯工程")]
    assert pairs(old, new, by_hand=True) == [("残疾人护理补贴", "路灯工程")]


def test_a_table_without_a_name_is_not_any_table() -> None:
    old = {"a.yaml": named("", GOOD), "b.yaml": named("", OTHER).replace("满意度:", "市民满意率:")}
    new = {"x.yaml": old["b.yaml"], "y.yaml": old["a.yaml"]}
    found = pair_documents(documents("2024", old), documents("2025", new))
    assert [one and one.source.path for one, _ in found] == ["2024/b.yaml", "2024/a.yaml"]


def test_a_lowered_target_of_a_renamed_project_is_seen() -> None:
    old = documents("2024", {"x.yaml": named("公益性岗位人员岗位补贴")})
    new = documents("2025", {"y.yaml": named("公益性岗位补贴", GOOD.replace("≥85%", "≥80%"))})
    (comparison,) = compare(old, new, PROFILE).comparisons
    assert [(one.kind.word, one.where) for one in comparison.differences] == [
        ("lowered", "满意度"),
        ("changed", "项目名称"),
    ]
