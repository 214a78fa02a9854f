"""The Word annex: the content of its XML parts and its measures."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

import word_template
from annex_grids import BUREAU, FORMS, GRIDS, TITLE, long_form
from docx_parts import W, body, find, get, part, tables, texts
from perftarget.formats.docx.write_layout import SMALL_FOUR, form_height
from perftarget.formats.docx.write_text import balanced_width, title_lines, wrap
from perftarget.formats.docx.writer import IllegalCharacterError, write
from perftarget.formats.grid import Grid
from perftarget.tables.renderer import is_current
from repository import DOCX_CHECKER

# Of each table: the number of rows and cells, and the vertical merges (row and column from 1, number of rows).
MERGES = [
    (16, 48, [(9, 1, 5), (11, 2, 2), (14, 1, 2)]),
    (18, 52, [(9, 1, 7), (9, 2, 2), (12, 2, 2), (14, 2, 2), (16, 1, 2)]),
    (16, 48, [(9, 1, 5), (11, 2, 2), (14, 1, 2)]),
    (16, 48, [(9, 1, 5), (11, 2, 2), (14, 1, 2)]),
    (21, 59, [(9, 1, 9), (9, 2, 4), (14, 2, 2), (16, 2, 2), (18, 1, 3)]),
]


def changed(grid: Grid, role: str, text: str) -> Grid:
    return replace(grid, cells=tuple(replace(cell, text=text) if cell.role == role else cell for cell in grid.cells))


def annex(grids: Sequence[Grid] = GRIDS, title: str = TITLE, bureau: str = BUREAU) -> bytes:
    return write(grids, title=title, bureau=bureau)


@pytest.fixture(scope="module")
def five() -> bytes:
    return annex()


@pytest.mark.parametrize("index", range(5))
def test_merges_equal_those_of_the_official_form(five: bytes, index: int) -> None:
    rows, count, merges = MERGES[index]
    table = tables(five)[index]
    trs = table.findall(W + "tr")
    restarts: dict[tuple[int, int], int] = {}
    cells = 0
    for number, tr in enumerate(trs, start=1):
        column = 1
        for tc in tr.findall(W + "tc"):
            merge = find(tc, "tcPr/vMerge")
            if merge is None or get(merge) == "restart":
                restarts[number, column] = 1
                cells += 1
            else:
                start = max(row for row, at in restarts if at == column)
                restarts[start, column] += 1
                assert texts(tc) == ""
            column += int(get(find(tc, "tcPr/gridSpan")) or 1)
        assert column == 5
    assert (len(trs), cells) == (rows, count)
    assert sorted((row, column, rows) for (row, column), rows in restarts.items() if rows > 1) == merges
    spans = [[int(get(find(tc, "tcPr/gridSpan")) or 1) for tc in tr.findall(W + "tc")] for tr in trs]
    assert spans == [[4], [4], [1, 3], *[[1] * 4] * 3, [1, 3], *[[1] * 4] * (rows - 7)]


@pytest.mark.parametrize("index", range(5))
def test_every_text_is_written_once_and_in_order(five: bytes, index: int) -> None:
    written = [p for p in map(texts, tables(five)[index].iter(W + "p")) if p]
    assert written == [line for cell in GRIDS[index].cells for line in cell.text.split("\n") if line]


def test_widths_of_table_columns_and_cells_agree(five: bytes) -> None:
    for table in tables(five):
        grid = [int(get(column, "w") or 0) for column in table.find(W + "tblGrid")]
        assert [round(width / 1440 * 25.4, 1) for width in grid] == [27.1, 37.7, 53.4, 37.8]
        assert get(find(table, "tblPr/tblW"), "w") == str(sum(grid)) == "8845"
        assert get(find(table, "tblPr/tblLayout"), "type") == "fixed"
        for tr in table.findall(W + "tr"):
            assert sum(int(get(find(tc, "tcPr/tcW"), "w") or 0) for tc in tr.findall(W + "tc")) == 8845


def test_page_size_and_margins_follow_the_standard(five: bytes) -> None:
    section = body(five)[-1]
    assert (get(find(section, "pgSz"), "w"), get(find(section, "pgSz"), "h")) == ("11906", "16838")
    margins = {
        side: get(find(section, "pgMar"), side) for side in ("top", "left", "right", "bottom", "header", "footer")
    }
    millimetres = {side: round(int(value or 0) / 1440 * 25.4, 1) for side, value in margins.items()}
    assert millimetres == {"top": 37, "left": 28, "right": 26, "bottom": 35, "header": 15, "footer": 25.2}
    grid = find(section, "docGrid")
    assert (get(grid, "linePitch"), get(grid, "type")) == ("579", None)


def test_styles_set_fonts_sizes_and_line_heights(five: bytes) -> None:
    styles = {get(style, "styleId"): style for style in part(five, "word/styles.xml").iter(W + "style")}
    found = {}
    for name, style in styles.items():
        fonts = find(style, "rPr/rFonts")
        slots = {get(fonts, slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(slots) == 1, name
        line = find(style, "pPr/spacing")
        assert get(line, "lineRule") in {None, "exact"}
        found[name] = (slots.pop(), get(find(style, "rPr/sz")), get(line, "line"), get(find(style, "pPr/jc")))
    assert found == {
        "Normal": ("仿宋_GB2312", "32", "580", None),
        "TableNormal": (None, None, None, None),
        "AnnexLabel": ("黑体", "32", "580", None),
        "AnnexTitle": ("方正小标宋简体", "44", "680", "center"),
        "TableTitle": ("方正小标宋简体", "36", "560", "center"),
        "TableText": ("仿宋_GB2312", "24", "320", None),
        "TableValue": (None, None, None, "center"),
        "TableUnit": (None, None, None, "right"),
        "TableCaption": ("黑体", None, None, "center"),
        "Contents": (None, None, None, None),
        "Body": (None, None, None, None),
        "Heading": ("黑体", None, None, None),
        "Separator": (None, "2", "20", None),
        "Footer": ("宋体", "28", "320", None),
    }
    assert (SMALL_FOUR.text * 2, SMALL_FOUR.line) == (24 * 20, 320)
    assert (SMALL_FOUR.title * 2, SMALL_FOUR.title_line) == (36 * 20, 560)
    for name, style in styles.items():
        if get(style, "type") == "paragraph":
            assert get(find(style, "pPr/snapToGrid")) == "0", name
        if name.startswith("Table") and name != "TableNormal":
            assert get(find(style, "pPr/autoSpaceDE")) == get(find(style, "pPr/autoSpaceDN")) == "0", name


@pytest.mark.parametrize("name", ["word/document.xml", "word/footer1.xml", "word/footer2.xml"])
def test_every_run_requests_the_east_asian_font(five: bytes, name: str) -> None:
    runs = [run for run in part(five, name).iter(W + "r") if find(run, "br") is None]
    assert runs
    assert all(get(find(run, "rPr/rFonts"), "hint") == "eastAsia" for run in runs)


def test_fallback_fonts_are_single_names(five: bytes) -> None:
    fonts = part(five, "word/fontTable.xml")
    assert {get(font, "name"): get(find(font, "altName")) for font in fonts.iter(W + "font")} == {
        "方正小标宋简体": "华文中宋",
        "仿宋_GB2312": "仿宋",
        "黑体": "SimHei",
        "宋体": "SimSun",
    }
    assert not [name for name in ZipFile(BytesIO(five)).namelist() if "theme" in name]


def test_only_titles_units_and_heads_are_kept_with_the_next_row(five: bytes) -> None:
    for table in tables(five):
        kept = [bool(list(tr.iter(W + "keepNext"))) for tr in table.findall(W + "tr")]
        assert [number for number, keep in enumerate(kept, start=1) if keep] == [1, 2, 8]
        heights = [get(find(tr, "trPr/trHeight")) for tr in table.findall(W + "tr")]
        assert heights == ["624", "397", *["454"] * (len(heights) - 2)]
        assert all(find(tr, "trPr/cantSplit") is not None for tr in table.findall(W + "tr"))


def test_the_frame_begins_below_the_unit(five: bytes) -> None:
    def borders(tc: etree._Element) -> dict[str, str | None]:
        found = find(tc, "tcPr/tcBorders")
        return {} if found is None else {side.tag.removeprefix(W): get(side, "sz") for side in found}

    first, second, third, *others = tables(five)[0].findall(W + "tr")
    assert borders(first[1]) == dict.fromkeys(["top", "left", "bottom", "right"])
    assert borders(second[1]) == {"top": None, "left": None, "bottom": "8", "right": None}
    assert [borders(tc) for tc in third.findall(W + "tc")] == [{"top": "8"}, {"top": "8"}]
    assert not any(borders(tc) for tr in others for tc in tr.findall(W + "tc"))


def test_each_role_has_its_style(five: bytes) -> None:
    styles = [
        [get(find(tc, "p/pPr/pStyle")) for tc in tr.findall(W + "tc")] for tr in tables(five)[0].findall(W + "tr")
    ]
    pair, row = ["TableCaption", "TableValue"], ["TableValue", "TableValue", "TableText", "TableValue"]
    assert styles[:3] == [["TableTitle"], ["TableUnit"], pair]
    assert styles[3:8] == [*[pair * 2] * 3, ["TableCaption", "TableText"], ["TableCaption"] * 4]
    assert styles[8:] == [row] * 8


def shape(element: etree._Element) -> str:
    """Return the style of a paragraph with its page break and visibility, or `tbl`."""
    if element.tag == W + "tbl":
        return "tbl"
    marks = [mark for mark in ("pageBreakBefore", "rPr/vanish") if find(element, f"pPr/{mark}") is not None]
    return " ".join([get(find(element, "pPr/pStyle")) or "", *marks, *(["text"] if texts(element) else [])])


def test_no_paragraph_causes_a_blank_page(five: bytes) -> None:
    between = ["Separator pageBreakBefore", "tbl"]
    shapes = [shape(element) for element in body(five)[:-1]]
    assert shapes == ["AnnexLabel text", "AnnexTitle text", "tbl", *between * 4, "Separator"]
    assert not [br for br in body(five).iter(W + "br") if get(br, "type")]
    assert not list(body(five)[:-1][-1].iter(W + "sectPr"))


def test_an_annex_without_tables_is_valid() -> None:
    assert [shape(element) for element in body(annex([]))[:-1]] == ["AnnexLabel text", "AnnexTitle text", "Separator"]


def test_page_numbers_are_on_the_outer_side(five: bytes) -> None:
    relations = {r.get("Id"): r.get("Target") for r in part(five, "word/_rels/document.xml.rels")}
    id_ = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    footers = {get(ref, "type"): relations[ref.get(id_)] for ref in body(five)[-1].iter(W + "footerReference")}
    places = {}
    for kind, name in footers.items():
        footer = part(five, f"word/{name}")
        assert texts(footer) in {"— 1 —", "— 2 —"}
        assert [code.text for code in footer.iter(W + "instrText")] == [" PAGE "]
        side = get(find(footer, "p/pPr/jc")) or ""
        places[kind] = (side, get(find(footer, "p/pPr/ind"), side))
    assert places == {"default": ("right", "280"), "even": ("left", "280")}
    assert find(part(five, "word/settings.xml"), "evenAndOddHeaders") is not None


def test_output_is_deterministic(five: bytes) -> None:
    assert annex() == five
    entries = ZipFile(BytesIO(five)).infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_document_properties_are_set(five: bytes) -> None:
    core = docx.Document(BytesIO(five)).core_properties
    assert (core.title, core.author, core.language) == (TITLE, BUREAU, "zh-CN")
    assert [str(date) for date in (core.created, core.modified)] == ["1980-01-01 00:00:00+00:00"] * 2
    assert b"python-docx" not in b"".join(map(ZipFile(BytesIO(five)).read, ZipFile(BytesIO(five)).namelist()))
    lang = next(part(five, "word/styles.xml").iter(W + "lang"))
    assert (get(lang), get(lang, "eastAsia")) == ("zh-CN", "zh-CN")


def test_the_template_is_current() -> None:
    assert is_current(word_template.TEMPLATE, word_template.template())


def test_tables_have_captions_and_descriptions(five: bytes) -> None:
    captions = [get(find(table, "tblPr/tblCaption")) for table in tables(five)]
    assert captions == [f"部门项目支出预算绩效目标表：{form[0]}" for form in FORMS]
    assert get(find(tables(five)[4], "tblPr/tblDescription")) == (
        "项目基本情况和年度总体绩效目标；一级、二级、三级指标及其绩效值，共13项"
    )
    for number, table in enumerate(tables(five), start=1):
        start, run, end = list(find(table, "tr/tc/p"))[1:]
        assert (get(start, "name"), get(start, "id"), get(end, "id")) == (f"表{number}", str(number), str(number))
        assert texts(run) == "部门项目支出预算绩效目标表"


def test_each_goal_is_a_paragraph(five: bytes) -> None:
    goals = [table.findall(f"{W}tr")[6][2] for table in tables(five)]
    assert [[texts(p) for p in tc.findall(W + "p")] for tc in goals] == [form[2].split("\n") for form in FORMS]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("平罗县人力资源和社会保障局", 17, ["平罗县人力资源", "和社会保障局"]),
        ("平罗县就业创业服务局", 17, ["平罗县就业", "创业服务局"]),
        ("年度总体绩效目标", 12, ["年度总体", "绩效目标"]),
        ("项目主管处室", 12, ["项目主管处室"]),
        ("31-服务对象满意度", 17, ["31-服务对象满意度"]),
        ("2025 年 1 月至 12 月", 17, ["2025年1月至12月"]),
        ("2025年1月1日至2025年12月31日", 17, ["2025年1月1日至", "2025年12月31日"]),
        ("每人补贴2000元每月发放", 17, ["每人补贴2000元", "每月发放"]),
    ],
)
def test_long_centred_text_breaks_evenly(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, balanced_width(text, room)) == lines


def test_even_lines_are_made_by_margins_not_by_breaks(five: bytes) -> None:
    bureau = tables(five)[0].findall(W + "tr")[3].findall(W + "tc")[1]
    margins = [int(get(find(bureau, f"tcPr/tcMar/{side}"), "w") or 0) for side in ("left", "right")]
    assert 7 * 240 <= 2138 - sum(margins) < 8 * 240
    assert not list(tables(five)[0].iter(W + "br"))


def test_spaces_between_digits_and_chinese_are_narrow(five: bytes) -> None:
    period = tables(five)[0].findall(W + "tr")[4].findall(W + "tc")[3]
    runs = [(texts(run), get(find(run, "rPr/w"))) for run in period.iter(W + "r")]
    assert [text for text, scale in runs if scale] == [" "] * 5
    assert {scale for _, scale in runs} == {None, "25"}
    assert texts(period) == "2025 年 1 月至 12 月"


@pytest.mark.parametrize(
    ("title", "bureau", "lines"),
    [
        (TITLE, BUREAU, [BUREAU, "项目支出预算绩效目标表"]),
        ("项目支出预算绩效目标表", BUREAU, ["项目支出预算绩效目标表"]),
        (
            "平罗县人力资源和社会保障局部门整体支出绩效目标表",
            "",
            ["平罗县人力资源和社会保障局", "部门整体支出绩效目标表"],
        ),
        ("一" * 45, "", ["一" * 11, "一" * 11, "一" * 11, "一" * 12]),
        ("甲县\n乙表", "", ["甲县", "乙表"]),
    ],
)
def test_the_title_breaks_after_the_organisation(title: str, bureau: str, lines: list[str]) -> None:
    assert title_lines(title, bureau) == lines
    heading = body(annex(GRIDS[:1], title, bureau))[1]
    assert len(list(heading.iter(W + "br"))) == len(lines) - 1


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_an_illegal_character_is_refused_by_name(character: str) -> None:
    with pytest.raises(IllegalCharacterError) as caught:
        annex([changed(GRIDS[0], "target", f"7{character}18")])
    code = f"{ord(character):04X}"
    assert str(caught.value) == f"字符 U+{code} 不能写入 Word 文档，请从文字中删去：“7\\u{code.lower()}18”"
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("place", ["title", "bureau", "label"])
def test_an_illegal_character_is_refused_in_every_text(place: str) -> None:
    with pytest.raises(IllegalCharacterError):
        write(GRIDS[:1], **{"title": "表", place: "\x01"})


HOSTILE = '</w:t><w:br/>&amp;<!-- "quoted" \'s \u202eRTL\u200f 𠮷😀 {} %s\t后 ]]>  \u2028'


def test_hostile_text_stays_text() -> None:
    grid = GRIDS[0]
    for role in ("title", "unit", "caption", "value", "goals", "head", "tier", "name", "target"):
        grid = changed(grid, role, HOSTILE)
    data = write([grid], label=HOSTILE, title=HOSTILE, bureau=HOSTILE)
    read = docx.Document(BytesIO(data))
    cells = [tc for tr in read.tables[0].rows for tc in tr.cells]
    assert {cell.text for cell in cells} == {HOSTILE}
    assert read.paragraphs[0].text == HOSTILE
    assert read.core_properties.author == HOSTILE


def test_a_form_longer_than_a_page_repeats_its_head() -> None:
    data = annex([GRIDS[0], long_form(60)])
    between = ["Separator pageBreakBefore", "tbl", "Separator rPr/vanish", "tbl"]
    assert [shape(element) for element in body(data)[2:-1]] == ["tbl", *between, "Separator"]
    _, upper, lower = tables(data)
    rows = lower.findall(W + "tr")
    assert [texts(tc) for tc in rows[0].findall(W + "tc")] == ["一级指标", "二级指标", "三级指标", "绩效值"]
    assert [find(tr, "trPr/tblHeader") is not None for tr in rows] == [True, *[False] * 60]
    assert len(upper.findall(W + "tr")) == 7


def test_a_form_that_fits_a_page_is_one_table() -> None:
    assert len(tables(annex([GRIDS[4]]))) == 2  # the form does not fit below the title of the annex
    assert len(tables(annex([GRIDS[0], GRIDS[4]]))) == 2  # it fits a page of its own
    # LibreOffice places the frame of the fifth form from 37 to 256.6 mm.
    assert form_height(GRIDS[4], SMALL_FOUR) / 1440 * 25.4 == pytest.approx(219.6, abs=1)


def test_a_row_higher_than_a_page_may_break() -> None:
    rows = tables(annex([changed(GRIDS[0], "goals", "目标1：" + "资金按规定使用。" * 400)]))[0].findall(W + "tr")
    assert [find(tr, "trPr/cantSplit") is not None for tr in rows] == [True] * 6 + [False]


@pytest.mark.parametrize("length", [0, 1, 300, 30_000])
@pytest.mark.parametrize("character", ["字", "a", " ", "（", "9"])
def test_text_of_any_length_is_written(length: int, character: str) -> None:
    grid = GRIDS[0]
    for role in ("title", "value", "goals", "tier", "name", "target"):
        grid = changed(grid, role, character * length)
    assert {texts(p) for p in tables(annex([grid], character * length))[0].iter(W + "p")} >= {character * length}


def test_lines_of_a_text_are_paragraphs() -> None:
    cell = tables(annex([changed(GRIDS[0], "unit", "甲\n\n乙\r\n丙")]))[0].findall(W + "tr")[1][1]
    assert [texts(p) for p in cell.findall(W + "p")] == ["甲", "", "乙", "丙"]


def test_a_gap_in_a_grid_is_a_blank_cell() -> None:
    grid = replace(GRIDS[0], cells=tuple(cell for cell in GRIDS[0].cells if cell.text != "项目期限"))
    row = tables(annex([grid]))[0].findall(W + "tr")[4]
    assert [texts(tc) for tc in row.findall(W + "tc")] == ["项目属性", "", "", "2025 年 1 月至 12 月"]


@pytest.mark.skipif(not DOCX_CHECKER.exists(), reason="the docx checker is not available")
def test_written_files_pass_the_docx_checker(five: bytes, tmp_path: Path) -> None:
    several = {
        "five": five,
        "long": annex([long_form(60), GRIDS[1]]),
        "none": annex([]),
        "hostile": annex([changed(GRIDS[0], "value", HOSTILE)], HOSTILE, HOSTILE),
    }
    for name, data in several.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        [sys.executable, str(DOCX_CHECKER), *files, "--warn"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
