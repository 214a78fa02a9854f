"""The head of the page: fields that the form does not have, in their places, and the budget year in the title."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data, load
from perftarget.formats.yaml.writer import write as to_yaml
from perftarget.tables.document import build_document
from perftarget.tables.form import table_grid, unprinted_fields
from perftarget.tables.model import Table
from perftarget.tables.renderer import render_tables
from perftarget.text.source import Source
from perftarget.values.years import parse_order, parse_year

PROFILE = load_profile(DEFAULT)
TITLE = "部门项目支出预算绩效目标表"


def table_of(data: dict[str, Data]) -> Table:
    text = to_yaml(data)
    tree = load(text)
    document = build_document(Source("x.yaml", text, tree.spans), tree.data, tree.problems)
    assert document.table
    return document.table


def head(data: dict[str, Data], profile: str = DEFAULT) -> list[list[str]]:
    """Return the texts of each row between the unit and the heads of the columns."""
    grid = table_grid(table_of(data), load_profile(profile))
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.role in {"caption", "value", "other", "goals"}:
            rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def cell_of(data: dict[str, Data], text: str) -> Cell:
    return next(cell for cell in table_grid(table_of(data), PROFILE).cells if cell.text == text)


def test_other_fields_are_printed_in_their_places() -> None:
    data: dict[str, Data] = {
        "批次": "第一批",
        "项目名称": "甲",
        "项目编码": "001",
        "项目类别": "特定目标类",
        "实施单位": "丙",
        "主管部门": "乙",
        "项目负责人": "张某",
        "绩效指标": {"11-数量指标": {"人数": "5人"}},
        "填表说明": "无",
    }
    assert head(data) == [
        ["批次", "第一批"],
        ["项目名称", "甲"],
        ["项目编码", "001"],
        ["项目类别", "特定目标类"],
        ["主管部门", "乙", "实施单位", "丙"],
        ["项目负责人", "张某"],
        ["填表说明", "无"],
        ["项目属性", "", "项目期限", ""],
        ["项目主管处室", "", "项目年度金额", ""],
        ["年度总体绩效目标", ""],
    ]


def test_a_field_that_only_another_form_has_is_printed() -> None:
    data: dict[str, Data] = {"项目名称": "甲", "项目主管处室": "农业科", "项目期限": "2025年"}
    assert head(data, "mof-2021")[:3] == [
        ["项目名称", "甲"],
        ["项目主管处室", "农业科"],
        ["主管部门", "", "实施单位", ""],
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"项目名称": "甲", "项目编码": ""},
        {"项目名称": "甲", "项目编码": "  "},
        {"项目名称": "甲", "序号": "3"},
        {"项目名称": "甲", "预算年度": "2019"},
        {"项目名称": "甲", "资金来源": {"中央": "5"}},
        {"项目名称": "甲", "豁免": [{"规则": "blank-field", "理由": "乙"}]},
        {"项目名称": "甲", "附件": ["乙"]},
    ],
)
def test_a_blank_field_the_order_the_year_and_sections_have_no_row(data: dict[str, Data]) -> None:
    assert head(data) == head({"项目名称": "甲"})


def test_other_fields_are_located_at_their_cells_and_long_ones_aligned_left() -> None:
    data: dict[str, Data] = {"项目名称": "甲", "项目编码": "001", "立项依据": "据" * 61, "备注": "一\n二"}
    assert cell_of(data, "项目编码") == Cell("项目编码", 3, 0, role="caption", at=("项目编码", -1))
    assert cell_of(data, "001") == Cell("001", 3, 1, columns=3, role="other", at=("项目编码",))
    assert (cell_of(data, "据" * 61).role, cell_of(data, "一\n二").role) == ("goals", "goals")


def test_goals_of_a_form_without_goals_are_printed() -> None:
    profile = PROFILE.model_copy(update={"head": [["项目名称"], ["主管部门", "实施单位"]]})
    table = table_of({"项目名称": "甲", "年度总体绩效目标": ["乙。", "丙。"], "主管部门": "丁"})
    texts = [cell.text for cell in table_grid(table, profile).cells]
    assert texts[2:6] == ["项目名称", "甲", "年度总体绩效目标", "目标1：乙。\n目标2：丙。"]


def test_unprinted_fields_are_those_that_are_no_text() -> None:
    table = table_of(
        {
            "项目名称": "甲",
            "资金来源": {"中央": "5"},
            "资金测算": [{"项目": "乙", "金额": "5 万元"}],
            "附件": ["丙"],
            "备注": {"一": "二"},
            "空": [],
            "年度总体绩效目标": ["丁"],
            "绩效指标": {"11-数量指标": {"人数": "5人"}},
            "豁免": [{"规则": "blank-field", "理由": "乙"}],
        }
    )
    assert unprinted_fields(table) == ["资金来源", "资金测算", "附件", "备注"]


@pytest.mark.parametrize(
    ("data", "title", "others"),
    [
        ({"项目名称": "甲"}, TITLE, []),
        ({"预算年度": ""}, TITLE, []),
        ({"预算年度": "2019"}, f"{TITLE}（2019年度）", []),
        ({"预算年度": "2019年"}, f"{TITLE}（2019年度）", []),
        ({"预算年度": "２０１９ 年度"}, f"{TITLE}（2019年度）", []),
        ({"预算年度": "二〇一九年"}, f"{TITLE}（2019年度）", []),
        ({"财政年度": "2019"}, f"{TITLE}（2019年度）", []),
        ({"预算年度": "2019", "申报年度": "2019年"}, f"{TITLE}（2019年度）", []),
        ({"申报年度": "2018", "预算年度": "2019"}, f"{TITLE}（2019年度）", ["2018"]),
        ({"预算年度": "2019-2021"}, TITLE, ["2019-2021"]),
        ({"预算年度": "本年"}, TITLE, ["本年"]),
    ],
)
def test_the_title_has_the_budget_year(data: dict[str, Data], title: str, others: list[str]) -> None:
    cells = table_grid(table_of(data), PROFILE).cells
    assert cells[0].text == title
    assert [cell.text for cell in cells if cell.role == "other"] == others


def test_a_year_in_the_head_of_the_form_is_not_in_its_title() -> None:
    profile = PROFILE.model_copy(update={"head": [["项目名称", "预算年度"]]})
    cells = table_grid(table_of({"项目名称": "甲", "预算年度": "2019"}), profile).cells
    assert [cell.text for cell in cells[:6]] == [TITLE, "单位：万元", "项目名称", "甲", "预算年度", "2019"]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "markdown"])
def test_every_format_has_the_year_and_the_other_fields(kind: str) -> None:
    table = table_of({"批次": "第一批", "项目名称": "甲", "预算年度": "2019"})
    data = render_tables(kind, [table], PROFILE)
    text = data.decode() if kind in {"html", "markdown"} else _parts(data)
    for part in (f"{TITLE}（2019年度）", "批次", "第一批"):
        assert part in text


def test_a_field_above_the_name_does_not_name_the_sheet_or_the_table() -> None:
    table = table_of({"批次": "第一批", "项目名称": "甲"})
    assert '<sheet name="甲"' in _parts(render_tables("xlsx", [table], PROFILE))
    document = _parts(render_tables("docx", [table], PROFILE, contents=True))
    assert f'<w:tblCaption w:val="{TITLE}：甲"/>' in document
    assert document.index(">甲<") < document.index("PAGEREF")


def _parts(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        return "".join(package.read(name).decode(errors="ignore") for name in package.namelist())


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019", 2019),
        (" 2019 年 ", 2019),
        ("２０１９年度", 2019),
        ("二〇一九年", 2019),
        ("二零一九年度", 2019),
        ("二○二五", 2025),
        ("（2019年度）", 2019),
        ("1899", None),
        ("20191", None),
        ("2019-2021", None),
        ("2019年1月", None),
        ("年度", None),
        ("", None),
    ],
)
def test_parse_year(text: str, year: int | None) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (" 03 ", 3), ("１２", 12), ("0", 0), ("1.5", None), ("-1", None), ("第3", None), ("1" * 10, None)],
)
def test_parse_order(text: str, number: int | None) -> None:
    assert parse_order(text) == number


@pytest.mark.parametrize(
    ("data", "year"),
    [
        ({"项目期限": "2024年7月至2025年6月"}, 2025),
        ({"项目期限": "2024年7月至2025年6月", "预算年度": "2024"}, 2024),
        ({"项目期限": "2024年7月至2025年6月", "预算年度": "本年"}, 2025),
        ({"预算年度": "二〇二四年"}, 2024),
        ({"项目名称": "甲"}, None),
    ],
)
def test_the_year_of_a_table(data: dict[str, Data], year: int | None) -> None:
    assert table_of(data).year == year
