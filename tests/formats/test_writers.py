"""The annex in all formats: text sizes, fonts, contents, Word, Excel, HTML and Markdown."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml
from lxml import etree
from markdown_it import MarkdownIt

from annex_grids import GRIDS, long_form
from command_line import GOOD, Run, put
from docx_checks import faults
from docx_parts import W, find, get, tables, texts
from hostile import ATTACKS, table
from perftarget.formats import html as page
from perftarget.formats import markdown
from perftarget.formats.docx import writer as word
from perftarget.formats.docx.write_layout import FIVE, PAGE_HEIGHT, SMALL_FOUR, form_height
from perftarget.formats.docx.writer import DocumentOptions, FontFaces, IllegalCharacterError
from perftarget.formats.grid import Grid
from perftarget.formats.ooxml.zip_writer import part, zip_bytes
from perftarget.formats.xlsx import writer as xlsx
from perftarget.text.control_characters import escape_invisible
from repository import DOCX_CHECKER

SOFFICE = shutil.which("soffice")
WORDS = re.compile(r"\s+")


def styles(data: bytes) -> dict[str, str | None]:
    xml = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/styles.xml"))
    return {get(style, "styleId"): get(find(style, "rPr/sz")) for style in xml.iter(W + "style")}


def between() -> Grid:
    """Return a form that fits a page at 五号, but not at 小四."""
    space = PAGE_HEIGHT - 100
    grids = (long_form(count) for count in range(10, 40))
    return next(grid for grid in grids if form_height(grid, SMALL_FOUR) > space >= form_height(grid, FIVE))


def columns(data: bytes) -> set[tuple[str | None, ...]]:
    return {tuple(get(column, "w") for column in one.find(W + "tblGrid")) for one in tables(data)}


def test_the_text_size_depends_on_the_longest_form() -> None:
    """小四 if all forms fit a page; 五号 if that avoids a second page; a form that is still too long becomes two tables."""
    four, five = (tuple(map(str, sizes.columns)) for sizes in (SMALL_FOUR, FIVE))
    small = word.write([GRIDS[0], GRIDS[1]], title="题")
    assert (styles(small)["TableText"], columns(small)) == ("24", {four})
    smaller = word.write([GRIDS[0], between()], title="题")
    assert (styles(smaller)["TableText"], columns(smaller)) == ("21", {five})
    assert len(tables(smaller)) == 2
    giant = word.write([GRIDS[0], long_form(90)], title="题")
    assert (styles(giant)["TableText"], columns(giant), len(tables(giant))) == ("24", {four}, 3)
    both = word.write([GRIDS[0], between(), long_form(90)], title="题")
    assert (styles(both)["TableText"], len(tables(both))) == ("21", 4)
    for size, text in (("小四", "24"), ("五号", "21")):
        assert (
            styles(word.write([GRIDS[0], between()], title="题", look=DocumentOptions(size=size)))["TableText"] == text
        )
    assert sum(FIVE.columns) == sum(SMALL_FOUR.columns) == 8845


def test_fonts_are_configurable() -> None:
    data = word.write(GRIDS[:1], title="题", look=DocumentOptions(FontFaces("甲体", "乙<体>", "宋体", "宋体")))
    package = zipfile.ZipFile(BytesIO(data))
    names = [get(font, "name") for font in etree.fromstring(package.read("word/fontTable.xml"))]
    assert names == ["甲体", "乙<体>", "宋体"]
    used = {
        fonts.get(W + slot)
        for fonts in etree.fromstring(package.read("word/styles.xml")).iter(W + "rFonts")
        for slot in ("ascii", "hAnsi", "eastAsia", "cs")
    }
    assert used == {"甲体", "乙<体>", "宋体"}


def test_contents_link_to_the_forms() -> None:
    data = word.write(GRIDS, title="题", look=DocumentOptions(contents=True))
    read = docx.Document(BytesIO(data))
    lines = [paragraph for paragraph in read.paragraphs if paragraph.style.name == "附件目录"]
    assert [re.sub(r"\s+", " ", texts(line._p)) for line in lines] == [
        f"{next(cell.text for cell in grid.cells if cell.role == 'value')}{number}"
        for number, grid in enumerate(GRIDS, 2)
    ]
    anchors = [link.get(W + "anchor") for line in lines for link in line._p.iter(W + "hyperlink")]
    marks = [mark.get(W + "name") for one in tables(data) for mark in one.iter(W + "bookmarkStart")]
    assert anchors == marks == [f"表{number}" for number in range(1, 6)]


def test_output_is_deterministic_and_has_no_date(tmp_path: Path) -> None:
    for write in (lambda: word.write(GRIDS, title="题"), lambda: xlsx.write(GRIDS, title="附件2")):
        assert write() == write()
        with zipfile.ZipFile(BytesIO(write())) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert package.testzip() is None


def test_the_zip_writer_packs_any_parts() -> None:
    contents = {"a.xml": b"", "目录/b.xml": b"x" * 100_000, "c": "字".encode()}
    data = zip_bytes([part("a.xml", b""), part("目录/b.xml", ["x" * 50_000, "x" * 50_000]), part("c", "字".encode())])
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {name: package.read(name) for name in package.namelist()} == contents


# Hard tables


LONG = "资金按规定用于就业困难人员社会保险补贴，确保及时下达、到位。"
HARD = {
    "long text": GOOD.replace("为 10 人发放岗位补贴，稳定就业，保障基本生活。", LONG * 60),
    "60 indicators": GOOD.replace(
        "    补贴人数（人）: 10 人",
        "\n".join(f"    第{number}项享受社会保险补贴的人数（人）: {number} 人" for number in range(60)),
    ),
    "long name": GOOD.replace("公益性岗位补贴", "就业困难人员社会保险补贴" * 9),
    "blank field": GOOD.replace("项目属性: 延续项目", "项目属性:"),
    "three blank fields": GOOD.replace("延续项目", "").replace("县人社局", "").replace("社会保障室", ""),
    "beyond the BMP": GOOD.replace("公益性岗位补贴", "𠮷田𠀀镇𪚥项目😀"),
    "right to left": GOOD.replace("公益性岗位补贴", '"\\u202eمشروع\\u202c التوظيف"'),
}


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "markdown"])
@pytest.mark.parametrize("name", HARD)
def test_hard_tables_keep_every_text(run: Run, tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / "tables" / "good.yaml").write_text(HARD[name], encoding="utf-8")
    done = run("render", "tables", f"--{kind}", "-o", "x")
    assert done.returncode == 0, done.stderr
    shown = WORDS.sub("", READ[kind](Path("x").read_bytes()))
    document = yaml.load(HARD[name], yaml.BaseLoader)
    rows = [(key, value) for tier in document["绩效指标"].values() for key, value in tier.items()]
    given = [document["项目名称"], *document["年度总体绩效目标"], *(text for row in rows for text in row)]
    for text in given:
        assert WORDS.sub("", text if kind in {"docx", "xlsx"} else escape_invisible(text)) in shown


def of_docx(data: bytes) -> str:
    return texts(docx.Document(BytesIO(data)).element)


def of_xlsx(data: bytes) -> str:
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    return "".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


class Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def of_html(data: bytes) -> str:
    return "".join(Words(data.decode()).words)


def of_markdown(data: bytes) -> str:
    shown = MarkdownIt("gfm-like", {"html": True}).render(data.decode())
    return "".join(Words(shown).words).replace("\u2060", "")


READ: dict[str, Callable[[bytes], str]] = {"docx": of_docx, "xlsx": of_xlsx, "html": of_html, "markdown": of_markdown}


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("character", ["\u200b", "\u200d", "\ufeff"])
def test_a_character_of_zero_width_stays_as_written(run: Run, kind: str, character: str) -> None:
    put("tables/good.yaml", GOOD.replace("县人社局", f"'县{character}人社局'"))
    run("render", "tables", f"--{kind}", "-o", "x")
    assert f"县{character}人社局" in READ[kind](Path("x").read_bytes())


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_a_mark_of_direction_is_shown_as_its_code(run: Run, kind: str) -> None:
    put("tables/good.yaml", GOOD.replace("县人社局", '"县\\u202e人社局"'))
    run("render", "tables", f"--{kind}", "-o", "x")
    assert "县\\u202e人社局" in READ[kind](Path("x").read_bytes())


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_control_character_is_refused_with_its_text(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "tables" / "good.yaml").write_text(GOOD.replace("县人社局", '"县\\e局"'), encoding="utf-8")
    done = run("render", "tables", f"--{kind}")
    assert done.returncode == 1
    assert done.stderr == (
        "tables/good.yaml:2:7 含有不可见的控制字符：“县\\u001b局”含有不可见的控制字符 U+001B；请删去这个字符\n"
        "没有输出：字符 U+001B 不能写入 Word 文档，请从文字中删去：“县\\u001b局”\n"
    )
    assert not list(tmp_path.glob("附件2*"))
    with pytest.raises(IllegalCharacterError):
        xlsx.write(GRIDS, title="\x00")


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_hostile_text_stays_text(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "tables" / "good.yaml").write_text(table(), encoding="utf-8")
    run("render", "tables", f"--{kind}", "-o", "x")
    text = Path("x").read_text(encoding="utf-8")
    shown = text if kind == "html" else MarkdownIt("gfm-like", {"html": True, "linkify": True}).render(text)
    found = Words(shown)
    assert not found.tags & {"script", "img", "a", "b", "em", "strong" if kind == "html" else "", "code", "s", "h3"}
    for attack in ATTACKS[:9]:
        assert WORDS.sub("", attack) in WORDS.sub("", READ[kind](text.encode()))


# LibreOffice


@pytest.mark.skipif(not (SOFFICE and shutil.which("pdftotext")), reason="LibreOffice is not installed")
def test_libreoffice_shows_one_form_per_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tables" / "good.yaml").unlink()
    for number, (name, text) in enumerate(HARD.items()):
        if name not in {"long text", "60 indicators"}:
            (tmp_path / "tables" / f"{number}.yaml").write_text(text, encoding="utf-8")
    run("render", "tables", "--docx", "--contents", "-o", "x.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "x.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = subprocess.run(["pdftotext", "x.pdf", "-"], check=True, capture_output=True, encoding="utf-8").stdout
    pages = [WORDS.sub("", shown) for shown in text.rstrip("\f\n").split("\f")]
    assert len(pages) == 6
    grids = docx.Document("x.docx").tables
    for number, shown in enumerate(pages, start=1):
        assert f"—{number}—" in shown
        for character in texts(grids[number - 2]._tbl) if number > 1 else "":
            assert (
                WORDS.sub("", character) in shown
                or ord(character) > 0xFFFF
                or "\u0600" <= character <= "\u06ff"
                or character in "\u202e\u202c"
            )


def everything(run: Run, folder: Path) -> list[Path]:
    """Render all hard tables as each kind of Word file."""
    for name, text in HARD.items():
        (folder / "tables" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for arguments in (["--docx"], ["--docx", "--contents", "-o", "目录.docx"], ["--docx", "--split"], ["--letter"]):
        assert run("render", "tables", *arguments).returncode == 0
    files = list(folder.rglob("*.docx"))
    assert len(files) > 2 * len(HARD)
    return files


def test_every_word_file_is_consistent(run: Run, tmp_path: Path) -> None:
    for path in everything(run, tmp_path):
        assert faults(path.read_bytes()) == []
    for grids in ([], GRIDS, [long_form(90), between()]):
        assert faults(word.write(grids, title="题")) == []


BREAKS = {
    '<w:tcW w:w="1537"': '<w:tcW w:w="1536"',
    '<w:vMerge w:val="restart"/>': "",
    '<w:gridSpan w:val="3"/>': '<w:gridSpan w:val="2"/>',
    '<w:pStyle w:val="TableValue"/>': '<w:pStyle w:val="Other"/>',
    '<w:bookmarkEnd w:id="1"/>': "",
    "<w:trPr><w:cantSplit/>": "<w:trPr><w:tblHeader/><w:cantSplit/>",
    'r:id="rId4"': 'r:id="rId9"',
    ' xml:space="preserve"> ': "> ",
}


@pytest.mark.parametrize("whole", BREAKS)
def test_the_consistency_check_finds_faults(whole: str) -> None:
    data = word.write(
        [replace(GRIDS[0], cells=tuple(replace(cell, text=f" {cell.text}") for cell in GRIDS[0].cells))], title="题"
    )
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert whole in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(whole, BREAKS[whole], 1)
    assert faults(zip_bytes(part(name, text.encode()) for name, text in parts.items()))


@pytest.mark.skipif(not DOCX_CHECKER.exists(), reason="the docx checker is not available")
def test_word_files_pass_the_docx_checker(run: Run, tmp_path: Path) -> None:
    files = [str(path) for path in everything(run, tmp_path)]
    done = subprocess.run(
        [sys.executable, str(DOCX_CHECKER), *files, "--warn"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# Excel


def test_the_workbook_has_the_cells_and_merges_of_the_form() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx.write(GRIDS, title="附件2 & 附表")))
    assert len(book.sheetnames) == 5
    for sheet, grid in zip(book.worksheets, GRIDS, strict=True):
        merged = {str(one) for one in sheet.merged_cells.ranges}
        for cell in grid.cells:
            first = sheet.cell(cell.row + 1, cell.column + 1)
            assert (first.value or "") == cell.text
            assert first.data_type in {"s", "n"}
            assert (first.value is None) or first.data_type == "s"
            if cell.rows > 1 or cell.columns > 1:
                end = sheet.cell(cell.row + cell.rows, cell.column + cell.columns)
                assert f"{first.coordinate}:{end.coordinate}" in merged
        assert sheet.print_area.endswith(f"$A$1:$D${grid.rows}")
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.oddHeader.left.text == "附件2 && 附表"
        widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
        assert [round(width / sum(widths), 3) for width in widths] == [0.174, 0.242, 0.342, 0.242]


def test_a_cell_is_never_a_formula() -> None:
    grid = replace(GRIDS[0], cells=tuple(replace(cell, text="=HYPERLINK(1)") for cell in GRIDS[0].cells))
    sheet = openpyxl.load_workbook(BytesIO(xlsx.write([grid]))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert sheet["A1"].value == "=HYPERLINK(1)"


def test_names_of_sheets_are_unique_and_valid() -> None:
    given = ["甲[乙]:*?/\\丙", "甲 乙 丙", "'甲'", "字" * 40, "字" * 40, "", "History", "A", "a"]
    assert xlsx.sheet_names(iter(given)) == [
        "甲 乙 丙",
        "甲 乙 丙-2",
        "甲",
        "字" * 31,
        f"{'字' * 29}-2",
        "未命名项目",
        "History-2",
        "A",
        "a-2",
    ]


# Web page and Markdown


def test_markdown_equals_the_golden_file(golden: Callable[[str, str], None]) -> None:
    golden("annex.md", markdown.write(GRIDS[:1], title="附件"))


def test_html_has_the_merges_of_the_form() -> None:
    tree = etree.fromstring(page.write(GRIDS[:1], title="题").split("\n", 1)[1], etree.HTMLParser())
    cells = tree.xpath("//table//td | //table//th")
    spans = sorted((int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))) for cell in cells)
    assert spans == sorted((cell.rows, cell.columns) for cell in GRIDS[0].cells if cell.role != "title")
    assert [cell.get("scope") for cell in cells if cell.get("class") == "head"] == ["col"] * 4
    assert tree.xpath("//caption//text()") == [GRIDS[0].cells[0].text]
