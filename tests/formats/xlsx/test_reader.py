"""Excel files to grids: the texts that Excel shows, in their places; hidden content is noted."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.errors import UnreadableFileError
from perftarget.formats.grid import Cell, GridDocument
from perftarget.formats.xlsx import read_raster as _xlsx_raster
from perftarget.formats.xlsx import read_sheet as _xlsx_sheet
from perftarget.formats.xlsx import reader as xlsx
from perftarget.formats.xlsx.read_format import format_number, format_text
from perftarget.limits import Limits
from perftarget.tables.reader import parse_documents
from xlsx_builder import MAIN, RELATIONS, relationships, rows, workbook, zipped

PROFILE = load_profile(DEFAULT)


def texts(reading: GridDocument) -> list[list[tuple[str, str]]]:
    """Return label and text of the cells that are not blank, by sheet."""
    return [[(cell.label, cell.text) for grid in flow for cell in grid.cells if cell.text] for flow in reading.flows]


def saved(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "表1"
    fill(book)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


SHOWN = {
    ("0.95", "0%"): "95%",
    ("0.955", "0.00%"): "95.50%",
    ("0.95", '"≥"0%'): "≥95%",
    ("718", ""): "718",
    ("718.0", "General"): "718",
    ("1367.6700000000001", "General"): "1367.67",
    ("0.1", "General"): "0.1",
    ("1E-3", "General"): "0.001",
    ("1320", "#,##0.00"): "1,320.00",
    ("1234567.5", "[$¥-804]#,##0.00"): "¥1,234,567.50",
    ("718", '0"人"'): "718人",
    ("12.5", '0.00"万元"'): "12.50万元",
    ("100", '[Red]G/通用格式"元"'): "100元",
    ("13200000", '0!.0,"万"'): "1320.0万",
    ("13200000", '0\\.0,"万元"'): "1320.0万元",
    ("1500", "#,##0.0,"): "1.5",
    ("9512345678", '000"-"0000'): "951234-5678",
    ("-5", '"增长"0%;"下降"0%'): "下降500%",
    ("-5", "0;[Red]0"): "-5",
    ("-5", "0;@"): "-5",
    ("-15", '[>=1000]0.0,"千";0'): "-15",
    ("5", "0;-0;;@"): "5",
    ("0", "0;-0;;@"): "",
    ("7", ";;;"): "7",
    ("7", '"约"@'): "7",
    ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '): "-",
    ("0.5", "#.##"): ".5",
    ("5", "0.##"): "5",
    ("5.25", "0.0#"): "5.25",
    ("7", "000"): "007",
    ("-5", "0;[Red]-0"): "-5",
    ("-5", "0_);(0)"): "(5)",
    ("-5", "0"): "-5",
    ("-0.001", "0.00"): "0.00",
    ("0", '0;-0;"无"'): "无",
    ("1500", '[>=1000]0.0,"千";0'): "1.5千",
    ("15", '[>=1000]0.0,"千";0'): "15",
    ("2.5", "0"): "3",
    ("1.005", "0.00"): "1.01",
    ("0.5", "# ?/?"): "0.5",
    ("12345", "0.00E+00"): "12345",
    ("1E+400", "0"): "1E+400",
    ("1E-400", "0.00"): "1E-400",
    ("1E+9999999", "0"): "1E+9999999",
    ("1E-9999999", ""): "0",
    ("7", "%" * 300): "7",
    ("x", "0"): "x",
    ("45658", "yyyy/m/d"): "2025/1/1",
    ("45658", 'yyyy"年"m"月"d"日"'): "2025年1月1日",
    ("45658", "[$-804]yyyy年m月"): "2025年1月",
    ("45658", "mmm-yy"): "Jan-25",
    ("45658", "aaaa"): "星期三",
    ("45658.75", "yyyy/m/d h:mm"): "2025/1/1 18:00",
    ("45658.75", '上午/下午h"时"mm"分"'): "下午6时00分",
    ("0.5", "h:mm AM/PM"): "12:00 PM",
    ("1.5", "[h]:mm"): "36:00",
    ("61", "yyyy/m/d"): "1900/3/1",
    ("59", "yyyy/m/d"): "1900/2/28",
    ("-1", "yyyy/m/d"): "-1",
    ("0", "yyyy/m/d"): "0",
    ("-5", "yyyy/m/d;@"): "-5",
    ("2958465.999999", "yyyy/m/d"): "2958465.999999",
    ("45658", "[$-F800]dddd\\,\\ mmmm\\ dd"): "2025年1月1日",
}


@pytest.mark.parametrize(("written", "code"), SHOWN)
def test_a_number_is_read_as_it_is_shown(written: str, code: str) -> None:
    assert format_number(written, code) == SHOWN[written, code]


def test_dates_of_the_1904_calendar_are_read() -> None:
    assert format_number("44196", "yyyy/m/d", from_1904=True) == "2025/1/1"


@settings(deadline=None, max_examples=200)
@given(st.floats() | st.integers(), st.text('0#?.,%@ymdhs[]";-+E/\\_*年月人Gaenrl<>=5', max_size=12))
def test_any_format_is_accepted(number: float, code: str) -> None:
    assert isinstance(format_number(repr(number), code), str)


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=4))
def test_the_general_format_keeps_the_value(number: Decimal) -> None:
    assert float(format_number(str(number), "General")) == float(str(number))


@settings(deadline=None, max_examples=50)
@given(st.decimals(-(10**9), 10**9, places=2))
def test_thousands_are_grouped_as_in_python(number: Decimal) -> None:
    assert format_number(str(number), "#,##0.00") == f"{number or abs(number):,.2f}"


@pytest.mark.parametrize(
    ("code", "text"), [("@", "人"), ('@"（元）"', "人（元）"), ('0;-0;0;"共"@', "共人"), ("0", "人"), (";;;", "人")]
)
def test_a_text_is_read_with_the_literals_of_its_format(code: str, text: str) -> None:
    assert format_text("人", code) == text


def test_all_types_of_cells_are_read() -> None:
    data = workbook(
        rows(
            '<row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>',
            '<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="str"><f>A1</f><v> 值 </v></c></row>',
            '<row><c t="d"><v>2025-01-01T00:00:00</v></c><c s="1"><v>0.9</v></c><c t="s"><v>9</v></c></row>',
        ),
        strings="<si><r><t>目标1：甲_x000D_\n目标2：乙</t></r><rPh><t>mubiao</t></rPh></si>",
        formats='<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>',
    )
    reading = xlsx.read(data)
    assert texts(reading) == [
        [
            ("表1!B2", "目标1：甲\n目标2：乙"),
            ("表1!C2", "甲乙"),
            ("表1!A3", "TRUE"),
            ("表1!B3", "#REF!"),
            ("表1!C3", "值"),
            ("表1!A4", "2025-01-01"),
            ("表1!B4", "90%"),
        ]
    ]
    assert reading.notes == ("表1!B3 的公式出错，没有结果",)
    assert {cell.anchor for cell in reading.flows[0][0].cells if cell.text == "甲乙"} == {"xl/worksheets/sheet1.xml!C2"}


def test_merged_and_blank_cells_have_their_places() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (
            ["项目名称", "甲", None, None],
            ["属性", None, "期限", "丁"],
            [None] * 4,
            ["产出", "数量", "人数", 5],
        ):
            book.active.append(row)
        book.active.append([None, None, "户数", 6])
        for area in ("B1:D1", "A4:A5", "B4:B5"):
            book.active.merge_cells(area)

    (grid,) = xlsx.read(saved(fill)).flows[0]
    assert (grid.rows, grid.columns) == (4, 4)
    spans = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells if cell.text}
    assert spans == {
        "项目名称": (0, 0, 1, 1),
        "甲": (0, 1, 1, 3),
        "属性": (1, 0, 1, 1),
        "期限": (1, 2, 1, 1),
        "丁": (1, 3, 1, 1),
        "产出": (2, 0, 2, 1),
        "数量": (2, 1, 2, 1),
        "人数": (2, 2, 1, 1),
        "5": (2, 3, 1, 1),
        "户数": (3, 2, 1, 1),
        "6": (3, 3, 1, 1),
    }
    assert [cell for cell in grid.cells if not cell.text] == [
        Cell("", 1, 1, label="表1!B2", anchor="xl/worksheets/sheet1.xml!B2")
    ]


def test_hidden_content_is_skipped_and_noted() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for row in (["甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = book.create_sheet("旧表")
        other["A1"] = "x"
        other.sheet_state = "veryHidden"
        book.create_sheet("空").sheet_state = "hidden"

    reading = xlsx.read(saved(fill))
    assert texts(reading) == [[("表1!A1", "甲"), ("表1!C1", "丙"), ("表1!A3", "庚"), ("表1!C3", "壬")]]
    assert reading.notes == (
        "表1!B1、表1!A2、表1!B2、表1!C2、表1!B3 在隐藏的行或列里，没有读取；需要的请取消隐藏",
        "工作表“旧表”是隐藏的，没有读取；需要的请取消隐藏",
    )


def test_a_merged_text_is_read_although_its_first_row_is_hidden() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (["甲", 1], [None, 2], [None, 3]):
            book.active.append(row)
        book.active.merge_cells("A1:A3")
        book.active.row_dimensions[1].hidden = True

    assert texts(xlsx.read(saved(fill))) == [[("表1!A1", "甲"), ("表1!B2", "2"), ("表1!B3", "3")]]


def test_formats_are_found_by_number() -> None:
    """Formats of the file first, then those of a Chinese Excel; conditional formats do not apply to cells."""
    formats = '<numFmts><numFmt numFmtId="176" formatCode="0&quot;人&quot;"/></numFmts><cellXfs>'
    formats += "".join(f'<xf numFmtId="{number}"/>' for number in (176, 31, 57, 14, 43, 999))
    formats += '</cellXfs><dxfs><dxf><numFmt numFmtId="176" formatCode="0%"/></dxf></dxfs>'
    cells = "".join(f'<c s="{style}"><v>{45658 if style else 718}</v></c>' for style in range(6))
    (read,) = texts(xlsx.read(workbook(rows(f"<row>{cells}</row>"), formats=formats)))
    assert [text for _, text in read] == ["718人", "2025年1月1日", "2025年1月", "2025/1/1", "45,658.00", "45658"]


def test_hidden_zeros_are_blank() -> None:
    cells = '<row><c><v>0</v></c><c t="n"><f>B9</f><v>0.0</v></c><c><v>10</v></c><c t="str"><v>0</v></c></row>'
    sheet = f'<sheetViews><sheetView showZeros="0"/></sheetViews>{rows(cells)}'
    assert texts(xlsx.read(workbook(sheet))) == [[("表1!C1", "10"), ("表1!D1", "0")]]


def test_a_text_covered_by_a_merged_cell_is_noted() -> None:
    sheet = rows('<row><c t="str"><v>甲</v></c><c t="str"><v>乙</v></c></row>', '<row r="2"><c><v>1</v></c></row>')
    reading = xlsx.read(workbook(f'{sheet}<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert texts(reading) == [[("表1!A1", "甲"), ("表1!A2", "1")]]
    assert reading.notes == ("表1!B1 里的文字被合并单元格盖住，没有读取；需要的请取消合并后移到别处",)


def test_a_blank_value_has_its_place() -> None:
    """The value is below a merged head, in a column without any text."""

    def fill(book: openpyxl.Workbook) -> None:
        for row in (["主管部门", "局", "实施单位"], ["一级指标", "三级指标", "绩效值"]):
            book.active.append(row)
        book.active.merge_cells("C2:D2")
        book.active["F9"].number_format = "0"

    (grid,) = xlsx.read(saved(fill)).flows[0]
    assert [(cell.text, cell.column, cell.columns, cell.label) for cell in grid.cells if cell.column > 1] == [
        ("实施单位", 2, 1, "表1!C1"),
        ("", 3, 1, "表1!D1"),
        ("绩效值", 2, 2, "表1!C2"),
    ]


def test_a_missing_sheet_is_noted() -> None:
    with ZipFile(BytesIO(workbook(rows('<row><c t="str"><v>甲</v></c></row>'), rows()))) as package:
        files = {name: package.read(name) for name in package.namelist() if "sheet2" not in name}
    reading = xlsx.read(zipped(files))
    assert texts(reading) == [[("表1!A1", "甲")]]
    assert reading.notes == ("工作表“表2”的内容在文件里找不到，没有读取；请用 Excel 或 WPS 打开修复后另存",)


def test_a_formula_without_a_value_is_noted() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"], book.active["D12"] = "甲", "=A1&1"

    reading = xlsx.read(saved(fill))
    assert texts(reading) == [[("表1!A1", "甲")]]
    assert reading.notes == ("表1!D12 是公式，文件里没有它的计算结果，按空白读取；请用 Excel 或 WPS 打开后保存",)


def test_text_boxes_are_noted() -> None:
    files = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(("drawing", "../drawings/d.xml")),
        "xl/drawings/d.xml": '<a:x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>甲</a:t></a:x>',
    }
    data = workbook(rows('<row><c t="str"><v>x</v></c></row>'))
    with ZipFile(BytesIO(data)) as package:
        whole = zipped({name: package.read(name) for name in package.namelist()} | files)
    assert xlsx.read(whole).notes == ("工作表“表1”的文本框里有文字，没有读取；请把它们写进单元格",)


def test_strict_files_and_files_with_missing_parts_are_read() -> None:
    sheet = rows('<row><c t="str"><v>甲</v></c><c t="s"><v>0</v></c><c s="7"><v>1</v></c></row>')
    with ZipFile(BytesIO(workbook(sheet))) as package:
        files = {
            name: package.read(name) for name in package.namelist() if "s.xml" not in name and "styles" not in name
        }
    strict = {
        name: text.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, text in files.items()
    }
    for one in (files, strict):
        assert texts(xlsx.read(zipped(one))) == [[("表1!A1", "甲"), ("表1!C1", "1")]]


def test_several_tables_of_several_sheets_are_read() -> None:
    form = [
        ["项目名称", "甲"],
        ["一级指标", "二级指标", "三级指标", "绩效值"],
        ["1-产出指标", "11-数量指标", "人数", "5人"],
    ]

    def fill(book: openpyxl.Workbook) -> None:
        for row in [*form, [], ["项目名称", "乙"], *form[1:]]:
            book.active.append(row)
        other = book.create_sheet("说明")
        other["A1"] = "填表说明"
        last = book.create_sheet("表3")
        for row in [["项目名称", "丙"], *form[1:]]:
            last.append(row)

    documents = parse_documents("x.xlsx", saved(fill), PROFILE)
    assert [one.table.name for one in documents if one.table] == ["甲", "乙", "丙"]
    assert str(documents[1].source.place(("项目名称",))) == "x.xlsx 表1!B5"


def test_distant_cells_and_large_merges_take_no_memory() -> None:
    """Neither a declared dimension nor a merged range creates cells."""
    sheet = '<dimension ref="A1:XFD1048576"/>' + rows(
        '<row r="1"><c r="A1" t="str"><v>甲</v></c></row>',
        '<row r="1048576"><c r="XFD1048576" t="str"><v>乙</v></c></row>',
    )
    sheet += '<mergeCells><mergeCell ref="A2:XFD1048575"/><mergeCell ref="B2:A1"/><mergeCell ref="?"/></mergeCells>'
    reading = xlsx.read(workbook(sheet))
    assert texts(reading) == [[("表1!A1", "甲"), ("表1!XFD1048576", "乙")]]
    assert (reading.flows[0][0].rows, reading.flows[0][0].columns) == (2, 2)


@pytest.mark.parametrize("shape", ["cells", "diagonal"])
def test_too_many_cells_are_refused(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_xlsx_raster, "_MAX_PLACES", 900)
    if shape == "cells":
        sheet = rows(f"<row>{'<c><v>1</v></c>' * 51}</row>")
    else:
        sheet = rows(*(f'<row r="{n}"><c r="{_xlsx_sheet.CellAddress(n, n)}"><v>1</v></c></row>' for n in range(1, 32)))
    with pytest.raises(UnreadableFileError, match="many-cells"):
        xlsx.read(workbook(sheet), Limits(cells=50))


def test_cells_of_a_hidden_sheet_are_not_counted() -> None:
    many, few = rows(f"<row>{'<c><v>1</v></c>' * 6}</row>"), rows("<row><c><v>1</v></c></row>")
    reading = xlsx.read(workbook(many, few, state='state="hidden"'), Limits(cells=5))
    assert (texts(reading), len(reading.notes)) == ([[("表2!A1", "1")]], 1)


def test_one_long_string_in_many_cells_is_refused() -> None:
    long = f"<si><t>{'甲' * 10_000} </t></si>"
    sheet = rows(f"<row>{'<c t=_s_><v>0</v></c>' * 1001}</row>".replace("_", '"'))
    assert refused(workbook(sheet, strings=long)) == {
        "cause": "bomb",
        "part": "xl/worksheets/sheet1.xml",
        "size": 10_010_000,
    }


def test_damage_and_entities_in_a_sheet_are_refused() -> None:
    with ZipFile(BytesIO(workbook(rows()))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    for part in ("xl/worksheets/sheet1.xml", "xl/s.xml", "xl/styles.xml"):
        assert refused(zipped(files | {part: files[part][:-5]})) == {"cause": "damaged", "part": part}
        doctype = b'<!DOCTYPE x [<!ENTITY a "b">]>' + files[part]
        assert refused(zipped(files | {part: doctype})) == {"cause": "entities", "part": part}


def refused(data: bytes) -> dict[str, object]:
    (document,) = parse_documents("x.xlsx", data, PROFILE)
    (problem,) = document.problems
    return dict(problem.detail)


def test_overlapping_ranges_lose_no_text() -> None:
    sheet = rows(*(f"<row>{'<c><v>1</v></c>' * 3}</row>" for _ in range(3)))
    sheet += '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells>'
    (grid,) = xlsx.read(workbook(sheet)).flows[0]
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == [
        (0, 0, 2, 2),
        (0, 2, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_a_sheet_named_several_times_is_read_once() -> None:
    """Otherwise a few bytes would repeat the work for the whole sheet."""
    data = workbook(rows("<row><c><v>1</v></c></row>"))
    with ZipFile(BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    sheet = re.search(rb"<sheet [^>]*/>", files["xl/workbook.xml"])
    assert sheet
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(sheet[0], sheet[0] * 3)
    reading = xlsx.read(zipped(files))
    assert texts(reading) == [[("表1!A1", "1")]]
    assert reading.notes == ("工作表“表1”就是前面的一个，没有再读",) * 2


def test_the_size_of_all_parts_is_limited() -> None:
    sheets = [rows(f"<row><c t='str'><v>{'甲' * 300}</v></c></row>") for _ in range(5)]
    with pytest.raises(UnreadableFileError, match="bomb"):
        xlsx.read(workbook(*sheets), Limits(unpacked_size=1100))
    xlsx.read(workbook(*sheets[:2]), Limits(unpacked_size=1100))
