"""Text to YAML to the grid of the form and back: nothing is lost and nothing changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docx_builder import grids, p, tbl, tr
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.formats import text as text_reader
from perftarget.formats.grid import Cell, Grid
from perftarget.formats.yaml.loader import Data, load
from perftarget.formats.yaml.writer import write as to_yaml
from perftarget.tables import form
from perftarget.tables.document import build_document
from perftarget.tables.form.goals import split_goals
from perftarget.tables.model import Table
from perftarget.tables.reader import parse_documents, read_documents, read_forms
from perftarget.text.normalize import fold
from perftarget.text.source import Source
from repository import PROJECTS, TESTS

PROFILE = load_profile(DEFAULT)


def table_of(data: Data) -> Table:
    text = to_yaml(data)
    tree = load(text)
    document = build_document(Source("x.yaml", text, tree.spans), tree.data, tree.problems)
    assert not document.problems, document.problems
    return document.table


def reread(grid: Grid) -> Data:
    (found,), outside = form.read_flow([grid], PROFILE)
    assert not outside
    assert not found.unplaced
    return found.data


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_yaml_to_grid_to_yaml_changes_nothing(path: Path) -> None:
    (document,) = read_documents(str(path), PROFILE)
    again = to_yaml(reread(form.table_grid(document.table, PROFILE)))
    written = path.read_text(encoding="utf-8").split("\n", 1)[1]  # without the line that names the schema
    assert again == written


def test_the_source_text_becomes_the_committed_yaml() -> None:
    found = read_forms(str(TESTS / "data" / "附件2.txt"), PROFILE)
    texts = {one.data["项目名称"]: to_yaml(one.data) for one in found.forms}
    assert texts == {path.stem: path.read_text(encoding="utf-8").split("\n", 1)[1] for path in PROJECTS}
    assert not found.outside
    assert not [cell for one in found.forms for cell in one.unplaced]
    assert [cell.text for one in found.forms for cell in one.furniture][:1] == [
        "附件 2：平罗县就业创业服务局项目支出预算绩效目标表"
    ]


MERGES = {  # rows, cells, rows of the first tiers, second tiers of more than one row, as on the official form
    "公益性岗位人员岗位补贴": (16, 48, [5, 2, 1], [("13-时效指标", 2)]),
    "就业困难人员社会保险补贴": (18, 52, [7, 2, 1], [("11-数量指标", 2), ("13-时效指标", 2), ("14-成本指标", 2)]),
    "“三支一扶”人员补助资金": (16, 48, [5, 2, 1], [("13-时效指标", 2)]),
    "实习见习人员就业补助资金": (16, 48, [5, 2, 1], [("13-时效指标", 2)]),
    "就业经办机构管理服务能力提升工作经费": (
        21,
        59,
        [9, 3, 1],
        [("11-数量指标", 4), ("13-时效指标", 2), ("14-成本指标", 2)],
    ),
}


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_merged_cells_equal_those_of_the_official_form(path: Path) -> None:
    (document,) = read_documents(str(path), PROFILE)
    grid = form.table_grid(document.table, PROFILE)
    rows, _, firsts, seconds = MERGES[path.stem]
    assert grid.rows == rows
    tiers = [cell for cell in grid.cells if cell.role == "tier"]
    assert [cell.rows for cell in tiers if cell.column == 0] == firsts
    assert [(cell.text, cell.rows) for cell in tiers if cell.column == 1 and cell.rows > 1] == seconds
    assert [cell.text for cell in tiers if cell.column == 0] == ["1-产出指标", "2-效益指标", "3-满意度指标"]
    area = sum(cell.rows * cell.columns for cell in grid.cells)
    assert area == grid.rows * grid.columns


def lines(*rows: str) -> str:
    return "\n".join(row.replace(" | ", "\t") for row in rows)


HEAD = ("项目名称 | 甲", "主管部门 | 乙 | 实施单位 | 丙", "一级指标 | 二级指标 | 三级指标 | 绩效值")


def one_form(*rows: str) -> form.Form:
    ((grid,),) = text_reader.read(lines(*rows).encode()).flows
    (found,), _ = form.read_flow([grid], PROFILE)
    return found


def test_blank_and_repeated_names_lose_no_row() -> None:
    found = one_form(*HEAD, "1-产出指标 | 11-数量指标 | 人数 | 5人", " |  | 人数 | 6人", " |  |  | 7人")
    assert found.data["绩效指标"] == {
        "11-数量指标": [
            {"指标": "人数", "值": "5人"},
            {"指标": "人数", "值": "6人"},
            {"指标": "", "值": "7人"},
        ]
    }


def test_columns_are_found_by_their_heads() -> None:
    heads = "三级指标 | 指标值 | 计量单位 | 一级指标 | 二级指标 | 备注"
    found = one_form(*HEAD[:2], heads, "人数 | 5 | 人 | 1-产出指标 | 11-数量指标 | 年末")
    assert found.data["绩效指标"] == {"11-数量指标": {"人数": {"值": "5", "单位": "人", "备注": "年末"}}}


def test_a_wrong_first_tier_is_kept_as_written() -> None:
    found = one_form(*HEAD, "1-产出指标 | 22-社会效益 | 事件 | =0起")
    assert found.data["绩效指标"] == {"1-产出指标": {"22-社会效益": {"事件": "=0起"}}}


def test_an_amount_is_written_with_the_unit_of_the_form() -> None:
    found = one_form("单位：元", "项目名称 | 甲", "项目属性 |  | 项目年度金额 | 132000", HEAD[2])
    assert found.data["项目年度金额"] == "132000 元"
    assert found.inferred == ["项目年度金额 132000 按表上“单位：元”记为 132000 元"]


def test_an_unknown_field_is_kept() -> None:
    found = one_form(HEAD[0], "项目负责人 | 丁", HEAD[2])
    assert found.data["项目负责人"] == "丁"


def test_notes_and_repeated_heads_are_not_tiers() -> None:
    found = one_form(
        "部门项目支出预算绩效目标表",
        *HEAD,
        "1-产出指标 | 11-数量指标 | 人数 | 5人",
        "部门项目支出预算绩效目标表（续）",
        HEAD[2],
        "1-产出指标（续） | 11-数量指标（续） | 户数 | 6户",
        "填表人：张三 | 联系电话：123",
        "注：本表一式三份",
    )
    assert found.data["绩效指标"] == {"11-数量指标": {"人数": "5人", "户数": "6户"}}
    assert not found.unplaced
    assert {"填表人：张三", "联系电话：123", "注：本表一式三份"} <= {cell.text for cell in found.furniture}


def test_a_cell_before_the_first_column_is_reported() -> None:
    found = one_form(
        HEAD[0], "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 绩效值", "绩效 | 1-产出指标 | 11-数量指标 | 人数 | 5人"
    )
    assert found.data["绩效指标"] == {"11-数量指标": {"人数": "5人"}}
    assert [cell.text for cell in found.unplaced] == ["绩效"]


def test_a_unit_in_the_caption_applies_to_the_amount() -> None:
    found = one_form(HEAD[0], "项目属性 |  | 项目年度金额（元） | 132000", HEAD[2])
    assert found.data["项目年度金额"] == "132000 元"


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=8).map(str.strip)


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=12))
def test_every_cell_is_placed_or_reported(rows: list[list[str]]) -> None:
    """Each text in the rows of a form is in the data or among the unplaced cells.

    The spacing and width of captions and labels are ignored: 项 目 名 称, １１－数量指标.
    """
    head = [["项目名称", "甲"], ["一级指标", "二级指标", "三级指标", "绩效值"]]
    every = [*head, *rows]
    cells = tuple(Cell(text, r, c) for r, row in enumerate(every) for c, text in enumerate(row))
    found, outside = form.read_flow([Grid(cells, len(every), 6)], PROFILE)
    unplaced = {cell.text for one in found for cell in (*one.unplaced, *one.furniture)} | {c.text for c in outside}
    kept = unplaced | {word for one in found for word in words(load(to_yaml(one.data)).data)}
    written = {text for row in rows for text in row if text}
    assert {text for text in written if "".join(fold(text).split()) not in kept} <= kept | {*head[1], PROFILE.title}


def words(data: Data) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, list):
        return [word for part in data for word in words(part)]
    return [word for key, value in data.items() for word in (key, *words(value))]


def test_a_decimal_is_not_the_number_of_a_goal() -> None:
    """A goal that begins with “2.5万亩” gets a number; one that begins with “3.” has a number already."""
    text = "年度总体绩效目标:\n  - 2.5万亩高标准农田建成。\n  - 3.验收合格。\n  - 5：全部移交。\n"
    (document,) = parse_documents("x.yaml", text.encode(), PROFILE)
    assert document.table
    assert form.goals_text(document.table) == "目标1：2.5万亩高标准农田建成。\n3.验收合格。\n5：全部移交。"


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("目标1：甲\n目标2：乙", ["甲", "乙"]),
        ("目标 1：甲；目标 2：乙", ["甲；", "乙"]),
        ("1：甲；目标 2：乙", ["1：甲；", "乙"]),
        ("要求如下。目标一：甲。目标二、乙。", ["要求如下。", "甲。", "乙。"]),
        ("完成新增就业目标1.2万人", None),
        ("目标1.2万人", None),
        ("目标１．２万人", None),
        ("目标1. 2万人", None),
        ("招商引资目标1、2季度各3亿元", None),
        ("实现目标1：甲", None),
        ("目标2：甲\n目标3：乙", None),
        ("目标1：甲\n目标3：乙", ["甲\n目标3：乙"]),
        ("目标1：", None),
        ("", None),
    ],
)
def test_goals_are_split_at_markers_in_sequence_only(text: str, goals: list[str] | None) -> None:
    assert split_goals(text) == goals


@given(st.lists(st.sampled_from(["目标", "1", "2", "3", "一", "：", ".", "．", "、", "。", "\n", " ", "万人", "甲"])))
def test_every_digit_of_a_goal_is_kept_or_is_its_number(parts: list[str]) -> None:
    text = "".join(parts)
    kept = "\n".join(split_goals(text) or [text])
    numbers = iter(re.findall("[0-9一]", text))
    assert all(digit in numbers for digit in re.findall("[0-9一]", kept)), "the remaining digits are in order"
    removed = len(re.findall("[0-9一]", text)) - len(re.findall("[0-9一]", kept))
    assert removed <= len(split_goals(text) or []), "each marker has one number"


def test_a_table_inside_the_cell_of_the_amount_has_its_sources() -> None:
    inner = tbl(tr("中央", "1000"), tr("县级", "320"))
    amount = f"<w:tc><w:tcPr/>{inner}{p('')}</w:tc>"
    rows = (tr("项目名称", "河道清淤"), tr("项目年度金额", amount))
    heads = tr("一级指标", "二级指标", "三级指标", "指标值") + tr("产出指标", "数量指标", "清淤长度", "≥12公里")
    forms, outside = form.read_flow(grids(tbl(*rows) + tbl(heads)), PROFILE)
    assert not outside
    assert [one.unplaced for one in forms] == [[]]
    assert forms[0].data["资金来源"] == {"中央": "1000", "县级": "320"}
