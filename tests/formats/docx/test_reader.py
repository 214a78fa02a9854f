"""Word files to grids: the places of the cells, and the files that are refused."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docx_builder import DOWN, ON, RELS, grids, p, package, tbl, tc, texts, tr, word
from perftarget import i18n as language
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.errors import UnreadableFileError
from perftarget.formats.docx.reader import read as read_docx
from perftarget.formats.grid import Cell, Grid, full_text
from perftarget.tables.form import table_grid as grid_of
from perftarget.tables.reader import parse_documents, read_documents
from perftarget.tables.renderer import render_tables
from repository import PROJECTS

Place = tuple[str, int, int, int, int]


def places(*rows: str, columns: str = "") -> list[Place]:
    """Return text, row, column, rows and columns of each cell of a table."""
    (grid,) = grids(tbl(*rows, columns=columns))
    assert_covers_once(grid)
    return [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells]


def assert_covers_once(grid: Grid) -> None:
    taken = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert len(taken) == len(set(taken))
    assert all(row < grid.rows and column < grid.columns for row, column in taken)
    assert list(grid.cells) == sorted(grid.cells, key=lambda cell: (cell.row, cell.column))


def test_paragraphs_and_tables_are_read_in_order_with_labels_and_anchors() -> None:
    body = p("") + p("附件2") + tbl(tr("项目名称", "甲"), tr("主管部门", "乙")) + p("<!-- x -->说明") + tbl(tr("丙"))
    first, table, line, last = grids(body)
    assert first == Grid((Cell("附件2", 0, 0, label="第1段", anchor="0.1"),), 1, 1)
    assert line.cells == (Cell("说明", 0, 0, label="第2段", anchor="0.3"),)
    assert table == Grid(
        (
            Cell("项目名称", 0, 0, label="表1 第1行 第1列", anchor="0.2.2.1"),
            Cell("甲", 0, 1, label="表1 第1行 第2列", anchor="0.2.2.2"),
            Cell("主管部门", 1, 0, label="表1 第2行 第1列", anchor="0.2.3.1"),
            Cell("乙", 1, 1, label="表1 第2行 第2列", anchor="0.2.3.2"),
        ),
        2,
        2,
    )
    assert last.cells == (Cell("丙", 0, 0, label="表2 第1行 第1列", anchor="0.4.2.1"),)


def test_an_anchor_does_not_count_comments_and_instructions() -> None:
    body = f"<!-- a --><?b c?><w:sdt><!-- d --><w:sdtContent>{tbl(tr('甲'))}</w:sdtContent></w:sdt>"
    (grid,) = grids(body)
    assert grid.cells[0].anchor == "0.0.0.0.2.1"
    element = etree.fromstring(
        ZipFile(BytesIO(word(body))).read("word/document.xml"), etree.XMLParser(remove_comments=True, remove_pis=True)
    )
    for index in grid.cells[0].anchor.split("."):
        element = element[int(index)]
    assert etree.QName(element).localname == "tc"
    assert "".join(element.itertext()) == "甲"


def test_labels_are_available_in_english() -> None:
    language.set_language("en")
    line, table = grids(p("甲") + tbl(tr("乙")))
    assert line.cells[0].label == "paragraph 1"
    assert table.cells[0].label == "table 1 row 1 column 1"


def test_merged_cells_are_one_cell_and_unused_columns_are_dropped() -> None:
    rows = (
        tr(tc("项目名称", span=2), tc("甲", span=7)),
        tr(tc("一级", DOWN, 2), tc("二级", span=3), tc("三级", span=4)),
        tr(tc("", ON, 2), tc("乙", DOWN, 3), tc("丙", span=4)),
        tr(tc("", ON, 2), tc("", ON, 3), tc("丁", span=4)),
    )
    assert places(*rows, columns="100 " * 9) == [
        ("项目名称", 0, 0, 1, 1),
        ("甲", 0, 1, 1, 2),
        ("一级", 1, 0, 3, 1),
        ("二级", 1, 1, 1, 1),
        ("三级", 1, 2, 1, 1),
        ("乙", 2, 1, 2, 1),
        ("丙", 2, 2, 1, 1),
        ("丁", 3, 2, 1, 1),
    ]
    (grid,) = grids(tbl(*rows))
    assert [cell.label for cell in grid.cells[-2:]] == ["表1 第3行 第3列", "表1 第4行 第3列"]
    assert (grid.rows, grid.columns) == (4, 3)


COVERED = "被合并单元格盖住，Word 里看不见，没有读取；需要的请取消合并后移到别处"


def test_text_that_a_merged_cell_covers_is_dropped_with_a_note() -> None:
    rows = (
        tr(tc("产出", DOWN), "甲"),
        tr(tc("指标", ON), "乙"),
        tr(tc(" ", ON), "丙"),
        tr(tc("产 出", ON), "丁"),  # repeats what is shown
        tr(f"<w:tc><w:tcPr>{ON}</w:tcPr>{p('90')}{tbl(tr('个', '月'))}<w:p/></w:tc>", "戊"),
    )
    found = read_docx(word(tbl(*rows)))
    assert places(*rows)[0] == ("产出", 0, 0, 5, 1)
    assert found.flows[0][0].cells[0].nested == ()
    assert found.notes == (f"表1 第2行 第1列 的“指标”{COVERED}", f"表1 第5行 第1列 的“90 个 月”{COVERED}")


def test_a_cell_that_covers_a_label_stays_blank() -> None:
    found = read_docx(word(tbl(tr(tc("", DOWN), "甲"), tr(tc("产出指标", ON), "乙"))))
    assert texts(found) == [["", "甲", "乙"]]
    assert found.notes == (f"表1 第2行 第1列 的“产出指标”{COVERED}",)


def test_struck_out_text_and_boxes_in_covered_cells_are_not_noted_twice() -> None:
    covered = "<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:t>指标</w:t></w:r>"
    stamp = f"<w:r><w:drawing><wp:anchor><w:txbxContent>{p('已审核')}</w:txbxContent></wp:anchor></w:drawing></w:r>"
    cell = f"<w:tc><w:tcPr>{ON}</w:tcPr><w:p>{covered}{stamp}</w:p></w:tc>"
    found = read_docx(word(tbl(tr(tc("产出", DOWN), "甲"), tr(cell, "乙"))))
    assert found.notes == (f"表1 第2行 第1列 的“指标 已审核”{COVERED}",)


def test_paragraphs_of_covered_cells_are_not_counted_in_a_list() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    rows = [
        tr(f"<w:tc><w:tcPr>{merge}</w:tcPr>{numbered}</w:tc>", text)
        for merge, text in ((DOWN, "甲"), (ON, "乙"), ("", "丙"))
    ]
    found = read_docx(word(tbl(*rows), numbering=numbering))
    assert (texts(found), found.notes) == ([["1", "甲", "乙", "2", "丙"]], ())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((tr(tc("甲", ON), "乙"), tr(tc("", ON), "丙")), ("甲", 0, 0, 2, 1)),  # no cell is above
        ((tr(tc("甲", ON), "乙"), tr(tc("丁", ON), "丙")), ("甲", 0, 0, 1, 1)),  # the cell below has text of its own
        ((tr(tc("甲", ON), "乙"), tr(tc("丁", ON), "丙"), tr(tc("", ON), "戊")), ("丁", 1, 0, 2, 1)),
        ((tr(tc("", ON), "乙"), tr(tc("", ON), "丙"), tr(tc("丁", ON), "戊")), ("丁", 2, 0, 1, 1)),
        ((tr("甲", "乙"), tr(tc("丁", ON), "丙")), ("丁", 1, 0, 1, 1)),  # the cell above is not merged
        ((tr(tc("甲", DOWN), "乙", "丙"), tr(tc("丁", ON, 2), "戊")), ("丁", 1, 0, 1, 2)),  # the cell above is narrower
        ((tr(tc("甲", DOWN), "乙"), tr("丙", tc("丁", ON))), ("丁", 1, 1, 1, 1)),  # it is in another column
        ((tr(tc("甲", DOWN)), tr("乙"), tr(tc("丁", ON))), ("丁", 2, 0, 1, 1)),  # another cell is between them
        ((tr(tc("甲", DOWN)), tr(tc("丁", DOWN))), ("丁", 1, 0, 1, 1)),  # it begins another merge
    ],
)
def test_a_continued_cell_without_a_start_is_a_cell(rows: tuple[str, ...], expected: Place) -> None:
    assert expected in places(*rows)
    assert read_docx(word(tbl(*rows))).notes == ()


def test_omitted_cells_keep_their_columns() -> None:
    rows = (
        tr("甲", "乙", "丙"),
        tr("丁", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        tr("戊", "己", properties='<w:gridAfter w:val="1"/>'),
    )
    assert places(*rows)[3:] == [("丁", 1, 1, 1, 1), ("戊", 2, 0, 1, 1), ("己", 2, 1, 1, 1)]
    (grid,) = grids(tbl(*rows))
    assert grid.cells[3].label == "表1 第2行 第1列"


def test_cells_merged_by_hmerge_are_one_cell() -> None:
    start, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = (tr(tc("项目", start), tc("名称", on), "甲"), tr("乙", tc("丙", on), tc("丁", start)))
    assert places(*rows) == [
        ("项目\n名称", 0, 0, 1, 2),  # Word shows the text of both
        ("甲", 0, 2, 1, 1),
        ("乙", 1, 0, 1, 1),
        ("丙", 1, 1, 1, 1),  # the cell before is not merged
        ("丁", 1, 2, 1, 1),
    ]
    found = read_docx(word(tbl(*rows)))
    assert found.flows[0][0].cells[1].label == "表1 第1行 第2列"
    assert found.notes == ()
    assert places(tr(tc("甲", on), tc("乙", on), "丙")) == [
        *[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 0, 2, 1, 1)],
    ]


def test_cells_merged_in_both_directions_are_one_cell() -> None:
    start, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = (
        tr(tc("甲", start + DOWN), tc("乙", on + DOWN), "丙"),
        tr(tc("丁", start + ON), tc("己", on + ON), "戊"),
    )
    assert places(*rows) == [("甲\n乙", 0, 0, 2, 1), ("丙", 0, 1, 1, 1), ("戊", 1, 1, 1, 1)]
    assert read_docx(word(tbl(*rows))).notes == (
        f"表1 第2行 第1列 的“丁”{COVERED}",
        f"表1 第2行 第1列 的“己”{COVERED}",
    )


def test_tables_inside_cells_merged_by_hmerge_are_numbered_together() -> None:
    cells = (
        f"<w:tc><w:tcPr><w:hMerge{value}/></w:tcPr>{tbl(tr(text))}<w:p/></w:tc>"
        for value, text in ((' w:val="restart"', "甲"), ("", "乙"))
    )
    (grid,) = grids(tbl(tr(*cells, "丙")))
    assert [nested.cells[0].label for nested in grid.cells[0].nested] == [
        "表1 第1行 第1列 内的表 第1行 第1列",
        "表1 第1行 第1列 内的表2 第1行 第1列",
    ]


def width(text: str, twips: int, properties: str = "", span: int = 1) -> str:
    return tc(text, f'<w:tcW w:w="{twips}.0" w:type="dxa"/>{properties}', span)


def test_without_a_column_grid_the_widths_of_cells_give_the_columns() -> None:
    rows = "".join((tr(width("项目名称", 2000), width("甲", 6000)), tr(*(width(text, 2000) for text in "乙丙丁戊"))))
    (grid,) = grids(f"<w:tbl>{rows}</w:tbl>")
    assert [(cell.text, cell.column, cell.columns) for cell in grid.cells] == [
        *[("项目名称", 0, 1), ("甲", 1, 3)],
        *[("乙", 0, 1), ("丙", 1, 1), ("丁", 2, 1), ("戊", 3, 1)],
    ]


def test_without_widths_the_cells_of_uneven_rows_are_counted() -> None:
    expected = [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 0, 2, 1, 1), ("丁", 1, 0, 1, 2)]
    assert places(tr("甲", "乙", "丙"), tr(tc("丁", span=2))) == expected
    share = '<w:tcW w:w="5000" w:type="pct"/>'
    assert places(tr(*(tc(text, share) for text in "甲乙丙")), tr(tc("丁", share, 2))) == expected


def test_widths_are_ignored_if_the_counts_agree() -> None:
    rows = (
        tr(width("甲", 900), width("乙", 100), width("丙", 100)),
        tr(width("丁", 100), width("戊", 700), properties='<w:gridAfter w:val="1"/>'),
    )
    assert [place[2:] for place in places(*rows)] == [(0, 1, 1), (1, 1, 1), (2, 1, 1), (0, 1, 1), (1, 1, 1)]


def test_the_width_of_omitted_cells_counts() -> None:
    before = '<w:gridBefore w:val="1"/><w:wBefore w:w="6000" w:type="dxa"/>'
    rows = (tr(*(width(text, 2000) for text in "甲乙丙丁")), tr(width("戊", 2000), properties=before))
    assert places(*rows)[-1] == ("戊", 1, 3, 1, 1)


def test_slightly_shifted_edges_are_one_edge() -> None:
    rows = (
        tr(tc("一级", DOWN), tc("甲", span=2), "乙"),
        tr(tc("", ON, 2), "丙", "丁"),
    )
    assert places(*rows, columns="2000 30 2000 4000") == [
        ("一级", 0, 0, 2, 1),
        *[("甲", 0, 1, 1, 1), ("乙", 0, 2, 1, 1), ("丙", 1, 1, 1, 1), ("丁", 1, 2, 1, 1)],
    ]
    measured = (tr(width("甲", 2000), width("乙", 6000)), tr(width("丙", 2030), width("丁", 2000), width("戊", 3980)))
    assert [place[2:] for place in places(*measured)] == [(0, 1, 1), (1, 1, 2), (0, 1, 1), (1, 1, 1), (2, 1, 1)]


def test_a_narrow_column_with_a_cell_is_kept() -> None:
    assert [place[2] for place in places(tr("甲", "乙", "丙"), columns="4000 30 4000")] == [0, 1, 2]


def test_tracked_changes_of_a_table_are_read_as_accepted() -> None:
    change = 'w:id="1" w:author="a"'
    rows = (
        tr("甲", tc("删", f"<w:cellDel {change}/>"), "乙"),
        tr("删行", "删", properties=f"<w:del {change}/>"),
        tr("增行", "丙", properties=f"<w:ins {change}/>"),
        tr("丁", tc("戊", f"<w:cellIns {change}/>")),
        tr("隐", "藏", properties="<w:hidden/>"),
        tr(tc("己", f'<w:cellMerge {change} w:vMerge="rest"/>'), "庚"),
        tr(tc("", f'<w:cellMerge {change} w:vMerge="cont"/>'), "辛"),
    )
    assert places(*rows) == [
        *[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)],
        *[("增行", 1, 0, 1, 1), ("丙", 1, 1, 1, 1), ("丁", 2, 0, 1, 1), ("戊", 2, 1, 1, 1)],
        *[("己", 3, 0, 2, 1), ("庚", 3, 1, 1, 1), ("辛", 4, 1, 1, 1)],
    ]
    (grid,) = grids(tbl(*rows))
    assert grid.cells[2].label == "表1 第2行 第1列"
    assert grids(tbl(rows[1]) + p("甲") + tbl(tr("乙")))[-1].cells[0].label == "表1 第1行 第1列"


def test_a_tracked_merge_is_read_as_accepted() -> None:
    def cell(text: str, states: str, merge: str = "") -> str:
        return tc(text, f'{merge}<w:cellMerge w:id="1" w:author="a" {states}/>')

    joined = (tr("甲", "乙"), tr(cell("丙", 'w:vMerge="cont"'), "丁"))  # the cell above is not marked
    assert places(*joined) == [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丁", 1, 1, 1, 1)]
    assert read_docx(word(tbl(*joined))).notes == (f"表1 第2行 第1列 的“丙”{COVERED}",)
    restored = (tr(tc("甲", DOWN), "乙"), tr(cell("丙", 'w:vMergeOrig="cont"', ON), "丁"))
    assert places(*restored)[2] == ("丙", 1, 0, 1, 1)
    restarted = (tr(tc("甲", DOWN), "乙"), tr(cell("丙", 'w:vMerge="rest" w:vMergeOrig="cont"', ON), "丁"))
    assert places(*restarted)[2] == ("丙", 1, 0, 1, 1)
    silent = (tr(tc("甲", DOWN), "乙"), tr(cell("", "", ON), "丁"))
    assert places(*silent)[0] == ("甲", 0, 0, 2, 1)


def test_a_merge_whose_first_row_is_deleted_or_hidden_begins_below() -> None:
    for properties in ('<w:del w:id="1" w:author="a"/>', "<w:hidden/>"):
        rows = (tr(tc("甲", DOWN), "乙", properties=properties), tr(tc("丙", ON), "丁"), tr(tc("", ON), "戊"))
        assert places(*rows) == [("丙", 0, 0, 2, 1), ("丁", 0, 1, 1, 1), ("戊", 1, 1, 1, 1)]


def test_hidden_rows_are_noted() -> None:
    secret = "<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>戊</w:t></w:r></w:p></w:tc>"
    hidden = (tr("甲", "100万元", properties="<w:hidden/>"), tr(secret, "", properties="<w:hidden/>"))
    shown, deleted = tr("乙", "丙", properties='<w:hidden w:val="0"/>'), '<w:hidden/><w:del w:id="1" w:author="a"/>'
    found = read_docx(word(tbl(*hidden, shown, tr("丁", properties=deleted))))
    assert texts(found) == [["乙", "丙"]]
    assert found.notes == ("表1 有一行“甲 100万元”是隐藏的，没有读取；需要的请取消隐藏",)


def test_content_controls_and_custom_xml_are_transparent() -> None:
    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    prompt = "<w:showingPlcHdr/>"
    row = tr(control(tc("甲")), tc("乙"), f'<w:customXml w:element="x">{tc("丙")}</w:customXml>')
    blank = tr(control(tc("单击此处"), prompt), tc("丁"), tc("戊"))
    body = control(tbl(control(row), blank)) + control(p("请输入"), prompt)
    body += f'<w:customXml w:element="x">{control(p("己"))}</w:customXml>'
    assert texts(read_docx(word(body))) == [["甲", "乙", "丙", "", "丁", "戊"], ["己"]]


def test_a_filled_control_inside_a_prompt_is_read() -> None:
    inner = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>填好</w:t></w:r></w:sdtContent></w:sdt>"
    body = f"<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}<w:r><w:t>提示</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    assert texts(read_docx(word(body))) == [["填好"]]


def test_a_layout_table_is_replaced_by_its_content() -> None:
    form = tbl(tr("项目名称", "甲"))
    inner = tbl(
        tr(f"<w:tc>{p('标题')}{form}{p('')}</w:tc>", f"<w:tc>{p(' ')}</w:tc>"), tr(f"<w:tc>{p('单位：万元')}</w:tc>")
    )
    body = p("附件2") + tbl(tr(f"<w:tc>{inner}<w:p/></w:tc>")) + form
    found = grids(body)
    assert [[cell.text for cell in grid.cells] for grid in found] == [
        *[["附件2"], ["标题"], ["项目名称", "甲"], ["单位：万元"]],
        ["项目名称", "甲"],
    ]
    assert [grid.cells[0].label for grid in found] == [
        *["第1段", "第2段", "表1 第1行 第1列", "第3段"],
        "表2 第1行 第1列",
    ]
    assert found[2].cells[0].anchor == "0.1.2.1.0.2.1.1.2.1"


def test_two_tables_beside_each_other_in_a_layout_table_are_two_tables() -> None:
    left, right = (f"<w:tc>{tbl(tr('项目名称', name))}<w:p/></w:tc>" for name in "甲乙")
    assert texts(read_docx(word(tbl(tr(left, right), tr("", ""))))) == [
        ["项目名称", "甲"],
        ["项目名称", "乙"],
    ]
    found = grids(tbl(tr(left, right), tr("说明", "丙")))  # no row of a layout table has two texts
    assert [[cell.text for cell in grid.cells] for grid in found] == [["", "", "说明", "丙"]]
    captioned = right.replace("<w:tc>", f"<w:tc>{p('附')}")
    (grid,) = grids(tbl(tr(left, captioned)))
    assert [cell.text for cell in grid.cells] == ["", "附"]


def test_a_floating_text_box_does_not_make_or_unmake_a_layout_table() -> None:
    def stamp(content: str) -> str:
        box = f"<w:drawing><wp:anchor><w:txbxContent>{content}</w:txbxContent></wp:anchor></w:drawing>"
        return f"<w:tc><w:p><w:r>{box}</w:r></w:p></w:tc>"

    form = f"<w:tc>{tbl(tr('项目名称', '甲'))}<w:p/></w:tc>"
    assert texts(read_docx(word(tbl(tr(form, stamp(p("已审核"))))))) == [["项目名称", "甲"], ["已审核"]]
    assert texts(read_docx(word(tbl(tr("项目名称：甲"), tr(stamp(tbl(tr("乙")))))))) == [["项目名称：甲", ""], ["乙"]]


def test_a_table_inside_a_cell_is_kept_apart_from_its_text() -> None:
    inner = tbl(tr("中央", "1000"), tr(tc("县级", DOWN), "320"), tr(tc("", ON), ""))
    (grid,) = grids(tbl(tr("资金总额", f"<w:tc>{p('1320')}{inner}{p('万元')}</w:tc>")))
    assert_covers_once(grid)
    label = "表1 第1行 第2列 内的表"
    anchor = "0.0.2.2.1"
    nested = Grid(
        (
            Cell("中央", 0, 0, label=f"{label} 第1行 第1列", anchor=f"{anchor}.2.1"),
            Cell("1000", 0, 1, label=f"{label} 第1行 第2列", anchor=f"{anchor}.2.2"),
            Cell("县级", 1, 0, 2, 1, label=f"{label} 第2行 第1列", anchor=f"{anchor}.3.1"),
            Cell("320", 1, 1, label=f"{label} 第2行 第2列", anchor=f"{anchor}.3.2"),
            Cell("", 2, 1, label=f"{label} 第3行 第2列", anchor=f"{anchor}.4.2"),
        ),
        3,
        2,
    )
    assert grid.cells[1] == Cell("1320\n万元", 0, 1, label="表1 第1行 第2列", anchor="0.0.2.2", nested=(nested,))
    assert full_text(grid.cells[1]) == "1320\n万元\n中央 1000\n县级 320"
    assert full_text(grid.cells[0]) == "资金总额"


def test_tables_inside_a_cell_are_numbered_and_blank_ones_dropped() -> None:
    deepest = f"<w:tc>{p('乙')}{tbl(tr('丙'))}<w:p/></w:tc>"
    inner = tbl(tr("", "")) + tbl(tr("甲", deepest)) + tbl(tr(f"<w:tc>{p('一')}{p('二')}</w:tc>", "丁"))
    (grid,) = grids(tbl(tr("目标", f"<w:tc>{inner}<w:p/></w:tc>")))
    first, second = grid.cells[1].nested
    assert [cell.label for cell in (*first.cells, *second.cells)] == [
        *["表1 第1行 第2列 内的表 第1行 第1列", "表1 第1行 第2列 内的表 第1行 第2列"],
        *["表1 第1行 第2列 内的表2 第1行 第1列", "表1 第1行 第2列 内的表2 第1行 第2列"],
    ]
    (third,) = first.cells[1].nested
    assert third.cells[0].label == "表1 第1行 第2列 内的表 第1行 第2列 内的表 第1行 第1列"
    assert grid.cells[1].text == ""
    assert full_text(grid.cells[1]) == "甲 乙\n丙\n一\n二 丁"
    many = (tr("年度目标", f"<w:tc>{tbl(tr('甲')) * 60}<w:p/></w:tc>"),)
    (grid,) = grids(tbl(*many))
    assert full_text(grid.cells[1]) == "\n".join("甲" * 60)


def test_labels_of_nested_cells_are_available_in_english() -> None:
    language.set_language("en")
    (grid,) = grids(tbl(tr("甲", f"<w:tc>{tbl(tr('乙')) * 2}<w:p/></w:tc>")))
    assert [nested.cells[0].label for nested in grid.cells[1].nested] == [
        "table 1 row 1 column 2, inner table row 1 column 1",
        "table 1 row 1 column 2, inner table 2 row 1 column 1",
    ]


def test_notes_name_the_nested_cell() -> None:
    struck = "<w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r></w:p></w:tc>"
    inner = tbl(tr(tc("甲", DOWN), struck), tr(tc("乙", ON), ""))
    found = read_docx(word(tbl(tr("目标", f"<w:tc>{inner}<w:p/></w:tc>"))))
    assert [note.split("“")[0] for note in found.notes] == [
        "表1 第1行 第2列 内的表 第1行 第2列 的",
        "表1 第1行 第2列 内的表 第2行 第1列 的",
    ]


def test_a_document_without_text_has_no_cells() -> None:
    assert read_docx(word("<w:p/><w:sectPr/>")).flows == ((),)
    assert read_docx(word("")).flows == ((),)


def test_an_embedded_file_is_noted() -> None:
    chunk = '<w:altChunk r:id="rId9"/>'
    found = read_docx(word(p("甲") + chunk + tbl(tr("乙", f"<w:tc>{chunk}<w:p/></w:tc>"))))
    assert texts(found) == [["甲"], ["乙", ""]]
    assert found.notes == (
        "第1段之后嵌有另一份文件，没有读取；请用 Word 打开后另存为 .docx",
        "表1 第1行 第2列之后嵌有另一份文件，没有读取；请用 Word 打开后另存为 .docx",
    )
    with pytest.raises(UnreadableFileError, match="alt-chunk"):
        read_docx(word(f"<w:p/>{chunk}"))
    nested = f"<w:tc>{tbl(tr('甲', '乙'))}{chunk}<w:p/></w:tc>"
    assert texts(read_docx(word(tbl(tr(nested, nested), tr("", ""))))) == [["甲", "乙"], ["甲", "乙"]]


def test_strict_documents_are_read() -> None:
    purl = "http://purl.oclc.org/ooxml"
    document = (
        f'<w:document xmlns:w="{purl}/wordprocessingml/main"><w:body>'
        f"{tbl(tr(tc('甲', DOWN), '乙'), tr(tc('', ON), '丙'))}</w:body></w:document>"
    )
    rels = RELS.format(
        f'<Relationship Id="a" Type="{purl}/officeDocument/relationships/officeDocument" Target="d.xml"/>'
    )
    assert texts(read_docx(package({"_rels/.rels": rels, "d.xml": document}))) == [["甲", "乙", "丙"]]


def test_extensions_of_wps_are_ignored() -> None:
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="没有"/></w:tblPr><w:tblGrid><w:gridCol w:w="1111"/><w:gridCol w:w="7"/></w:tblGrid>'
        f"{tr(tc('甲'), tc('乙'))}</w:tbl>"
        '<w:p><w:r/><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:r><wpsCustomData:x><w:r><w:t>丙</w:t></w:r>'
        "</wpsCustomData:x></w:p>"
    )
    assert texts(read_docx(word(body))) == [["甲", "乙"], ["丙"]]


def test_missing_styles_and_parts_are_no_error() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="9"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    )
    assert texts(read_docx(word(body))) == [["甲"]]


@pytest.mark.skipif(not PROJECTS, reason="the real tables are not available")
def test_the_annex_is_read_back_as_written() -> None:
    profile = load_profile(DEFAULT)
    tables = [table for path in PROJECTS for one in read_documents(str(path), profile) if (table := one.table)]
    read_back = [grid for grid in read_docx(render_tables("docx", tables, profile)).flows[0] if len(grid.cells) > 1]
    for grid, table in zip(read_back, tables, strict=True):
        written = grid_of(table, profile)
        assert [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == [
            (cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in written.cells
        ]


def from_python_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("附件2")
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


MERGED = [("00", 0, 0, 1, 1), ("横", 0, 1, 1, 2), ("竖", 1, 0, 2, 1)]
MERGED += [(f"{row}{column}", row, column, 1, 1) for row in (1, 2) for column in (1, 2)]


def test_files_of_python_docx_are_read() -> None:
    line, grid = read_docx(from_python_docx()).flows[0]
    assert line.cells[0].text == "附件2"
    assert [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == MERGED


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_files_of_libreoffice_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(from_python_docx())
    command = (
        f"soffice -env:UserInstallation=file://{tmp_path}/profile --headless --convert-to docx --outdir out x.docx"
    )
    done = subprocess.run(command.split(), capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    grid = read_docx((tmp_path / "out" / "x.docx").read_bytes()).flows[0][1]
    assert [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == MERGED


GOOD = word(tbl(tr("甲", "乙")))


def lying(data: bytes) -> bytes:
    """Return the archive with every declared size set to ten bytes."""
    changed = bytearray(data)
    for found in re.finditer(b"PK\x01\x02", data):
        struct.pack_into("<I", changed, found.start() + 24, 10)
    for found in re.finditer(b"PK\x03\x04", data):
        struct.pack_into("<I", changed, found.start() + 22, 10)
    return bytes(changed)


def deep(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + f"</{tag}>" * depth


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("甲") + "<w:p/></w:tc></w:tr></w:tbl>" * depth


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "doc": ("doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")),
    "encrypted": ("encrypted", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
    "rtf": ("rtf", lambda: rb"{\rtf1\ansi }"),
    "html": ("html", lambda: b"\xef\xbb\xbf<html><body><table></table></body></html>"),
    "xlsx": ("is-xlsx", lambda: package({"xl/workbook.xml": "<workbook/>"})),
    "archive": ("archive", lambda: package({"a.txt": "a"})),
    "truncated": ("truncated", lambda: GOOD[:-40]),
    "empty": ("empty", lambda: b""),
    "no XML": ("damaged", lambda: package({"word/document.xml": "<w:document"})),
    "another document": ("damaged", lambda: package({"word/document.xml": "<a/>"})),
    "embedded file only": ("alt-chunk", lambda: word('<w:altChunk r:id="a"/>')),
    "bomb": ("bomb", lambda: word(" " * 20_000_000)),
    "bomb that lies": ("damaged", lambda: lying(word(" " * 20_000_000))),
    "bomb in styles": ("bomb", lambda: word(p("甲"), styles=" " * 20_000_000)),
    "DTD": ("entities", lambda: word(p("&b;"), prolog=ENTITY)),
    "DTD in UTF-16": (
        "entities",
        lambda: package({"word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}<a/>'.encode("utf-16")}),
    ),
    "deep wrappers": ("damaged", lambda: word(deep("w:sdtContent", 1_500))),
    "deeper wrappers": ("damaged", lambda: word(deep("w:sdtContent", 50_000))),
    "deep runs": ("damaged", lambda: word(f"<w:p>{deep('w:r', 1_500)}</w:p>")),
    "deep tables": ("damaged", lambda: word(nested(200))),
    "deep cells": ("damaged", lambda: word(tbl(tr("甲", f"<w:tc>{nested(200)}</w:tc>")))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_and_damaged_files_are_refused_with_a_cause(name: str) -> None:
    cause, make = REFUSED[name]
    data = make()
    (document,) = parse_documents("x.docx", data, load_profile(DEFAULT))
    (problem,) = document.problems
    assert (document.table, problem.rule, problem.detail["cause"]) == (None, "unreadable-file", cause)


def test_a_document_without_a_form_is_refused() -> None:
    (document,) = parse_documents("x.docx", GOOD, load_profile(DEFAULT))
    assert document.problems[0].detail["cause"] == "no-form-here"


@pytest.mark.parametrize("span", [-3, 0, 1_000_000_000, 10**308, 10**400])
def test_huge_spans_are_bounded(span: int) -> None:
    absurd = f'<w:gridSpan w:val="{span}"/>'
    before = f'<w:gridBefore w:val="{span}"/>'
    found = places(tr(tc("甲", absurd), "乙"), tr("丙", "丁", properties=before))
    assert [place[0] for place in found] == ["甲", "乙", "丙", "丁"]
    assert max(place[2] for place in found) <= 3
    found = places(tr(width("甲", span), width("乙", span)), tr(width("丙", span)), columns=f"{span} {span}")
    assert [place[0] for place in found] == ["甲", "乙", "丙"]


CELLS = st.tuples(st.integers(1, 4), st.sampled_from(["", DOWN, ON]), st.booleans())


@settings(max_examples=60)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6),
    st.lists(st.integers(0, 3000), max_size=9),
)
def test_every_text_is_in_one_cell_or_note_whatever_the_spans(
    rows: list[list[tuple[int, str, bool]]], widths: list[int]
) -> None:
    numbers = (f"<{number}>" for number in range(100))
    named = [[(span, down, next(numbers) if filled else "") for span, down, filled in row] for row in rows]
    body = [tr(*(tc(escape(text), down, span) for span, down, text in row)) for row in named]
    found = [place[0] for place in places(*body, columns=" ".join(map(str, widths)))]
    found += read_docx(word(tbl(*body, columns=" ".join(map(str, widths))))).notes
    written = [text for row in named for _, _, text in row if text]
    assert all(sum(text in shown for shown in found) == 1 for text in written)
