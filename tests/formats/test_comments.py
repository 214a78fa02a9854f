"""Findings as comments in Word and Excel files; everything else in the files stays unchanged."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment as Note

from command_line import Run
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.console import EXIT_FINDINGS, EXIT_OK, EXIT_USAGE
from perftarget.errors import UnreadableFileError
from perftarget.formats.docx import comments as docx_comments
from perftarget.formats.grid import Comment
from perftarget.formats.ooxml.xml_patch import HEADER
from perftarget.formats.xlsx import comments as xlsx_comments
from perftarget.tables.reader import read_documents
from perftarget.tables.renderer import render_tables
from repository import DOCX_CHECKER, PROJECTS

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARK = re.compile(rb'<w:commentRange(?:Start|End) w:id="\d+"/>|<w:r><w:commentReference w:id="\d+"/></w:r>')
RELS = "word/_rels/document.xml.rels"
ADDED = {"word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/document.xml"}


@pytest.fixture(scope="module")
def five() -> bytes:
    profile = load_profile(DEFAULT)
    paths = PROJECTS
    tables = [table for path in paths for document in read_documents(str(path), profile) if (table := document.table)]
    return render_tables("docx", tables, profile)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def word(body: str, **others: str) -> bytes:
    """Build a Word file with this body and nothing else."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        **others,
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return packed.getvalue()


def test_every_finding_is_a_comment_at_its_cell(five: bytes, run: Run, tmp_path: Path) -> None:
    (tmp_path / "附件2.docx").write_bytes(five)
    done = run("annotate", "附件2.docx")
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_OK, "已写入 附件2-批注.docx：52 条批注。\n", "")
    made = (tmp_path / "附件2-批注.docx").read_bytes()
    before, after = parts(five), parts(made)
    assert {name for name in after if after[name] != before.get(name)} == ADDED
    assert list(after)[:-1] == list(before)
    assert MARK.sub(b"", after["word/document.xml"]) == before["word/document.xml"]
    comments = {comment.comment_id: comment for comment in docx.Document(BytesIO(made)).comments}
    assert {(one.author, one.initials) for one in comments.values()} == {("perftarget", "pt")}
    (number,) = (key for key, one in comments.items() if "1320 万元" in one.text)
    assert comments[number].text.splitlines() == [
        "【请核实】项目年度金额与测算不符",
        "申报 1320 万元，比测算 1766.28 万元低 25.27%。",
        "表2 第9行 第4列：人数 718 人。",
        "表2 第13行 第4列：标准 2050 元/月，按 12 个月计。",
        "测算：718 人 × 2050 元/月 × 12 个月 = 1766.28 万元（17,662,800 元）。",
        "相当于平均 8.97 个月，或年均 536.6 人在岗。",
        "如为部分月份、人次口径或多级分担，请随表附上测算说明；如非，请核对人数、标准或金额。",
    ]
    marked = after["word/document.xml"].decode()
    start, end = marked.index(f'RangeStart w:id="{number}"/>'), marked.index(f'<w:commentRangeEnd w:id="{number}"/>')
    assert re.sub("<[^>]*>", "", marked[start:end]).endswith("1320 万元")


@pytest.mark.skipif(not DOCX_CHECKER.exists(), reason="the docx checker is not available")
def test_commented_files_pass_the_docx_checker(five: bytes, tmp_path: Path) -> None:
    once = docx_comments.add_comments(five, [Comment("0.2.3.0", "一\n二"), Comment("0.2.3.0", "三")], when=WHEN)
    (tmp_path / "once.docx").write_bytes(once)
    (tmp_path / "twice.docx").write_bytes(docx_comments.add_comments(once, [Comment("0.0", "四")], when=WHEN))
    files = [str(tmp_path / name) for name in ("once.docx", "twice.docx")]
    done = subprocess.run([sys.executable, DOCX_CHECKER, "--warn", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert [one.text for one in docx.Document(tmp_path / "twice.docx").comments] == ["一\n二", "三", "四"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_comments(five: bytes, tmp_path: Path) -> None:
    made = docx_comments.add_comments(five, [Comment("0.2.3.0", "一\n二"), Comment("0.4.3.0", "三")], when=WHEN)
    (tmp_path / "x.docx").write_bytes(made)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx:Office Open XML Text",
    ]
    subprocess.run([*command, "--outdir", "out", "x.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    comments = docx.Document(tmp_path / "out" / "x.docx").comments
    assert [(one.author, one.text) for one in comments] == [("perftarget", "一\n二"), ("perftarget", "三")]


PARAGRAPHS: dict[str, tuple[str, str, str]] = {
    "a paragraph": ("0.0", "<w:p><w:r><w:t>甲</w:t></w:r></w:p>", "<w:p>«<w:r><w:t>甲</w:t></w:r>»</w:p>"),
    "an empty paragraph": ("0.0", "<w:p/>", "<w:p>«»</w:p>"),
    "an empty paragraph with attributes": ("0.0", '<w:p a=">" />', '<w:p a=">" >«»</w:p>'),
    "behind its properties": ("0.0", "<w:p><w:pPr><w:b/></w:pPr></w:p>", "<w:p><w:pPr><w:b/></w:pPr>«»</w:p>"),
    "empty properties": ("0.0", "<w:p><w:pPr/><w:r/></w:p>", "<w:p><w:pPr/>«<w:r/>»</w:p>"),
    "the first of a cell": (
        "0.0.0.0",
        "<w:tbl><w:tr><w:tc><w:tcPr/><w:p/><w:p/></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tcPr/><w:p>«»</w:p><w:p/></w:tc></w:tr></w:tbl>",
    ),
    "a cell that begins with a table": (
        "0.0.0.0",
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p>«»</w:p></w:tc></w:tr></w:tbl>",
    ),
    "a cell of a table inside a cell": (
        "0.0.0.0.1.0.0",
        "<w:tbl><w:tr><w:tc><w:p/><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:p/><w:tbl><w:tr><w:tc><w:p>«»</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    ),
    "in a content control": (
        "0.0.0.0.0.0.0",
        "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:sdt><w:p/></w:sdt></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:sdt><w:p>«»</w:p></w:sdt></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
    ),
    "after a comment and an instruction": ("0.0", "<!-- x --><?y z?><w:p/>", "<!-- x --><?y z?><w:p>«»</w:p>"),
    "in a text box, at the paragraph that contains it": (
        "0.1.0.0.0",
        "<w:p/><w:p><w:r><w:txbxContent><w:p/></w:txbxContent></w:r></w:p>",
        "<w:p/><w:p>«<w:r><w:txbxContent><w:p/></w:txbxContent></w:r>»</w:p>",
    ),
    "a missing paragraph, at the first": ("0.7.7", "<w:p/><w:p/>", "<w:p>«»</w:p><w:p/>"),
}


@pytest.mark.parametrize("case", PARAGRAPHS)
def test_a_comment_encloses_the_content_of_its_paragraph(case: str) -> None:
    anchor, body, expected = PARAGRAPHS[case]
    made = docx_comments.add_comments(word(body), [Comment(anchor, "甲")], when=WHEN)
    marked = parts(made)["word/document.xml"].decode()
    marked = marked.replace('<w:commentRangeStart w:id="0"/>', "«").replace('<w:commentRangeEnd w:id="0"/>', "»")
    marked = marked.replace('<w:r><w:commentReference w:id="0"/></w:r>', "")
    assert marked == f'<w:document xmlns:w="{W}"><w:body>{expected}</w:body></w:document>'


def test_existing_prefixes_and_comments_are_kept() -> None:
    """Numbers continue above the existing ones; the namespace is declared if the file uses another prefix."""
    body = f'<p xmlns="{W}"><w:commentRangeStart w:id="6"/></p>'
    data = word(body)
    made = docx_comments.add_comments(data, [Comment("0.0", "a\x07<b>")], when=WHEN)
    assert f'<w:commentRangeStart xmlns:w="{W}" w:id="7"/>' in parts(made)["word/document.xml"].decode()
    assert parts(made)["word/comments.xml"].decode() == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:comments xmlns:w="{W}">'
        f'<w:comment xmlns:w="{W}" w:id="7" w:author="perftarget" w:date="2026-01-02T03:04:05Z" w:initials="pt">'
        '<w:p><w:r><w:annotationRef/></w:r><w:r><w:t xml:space="preserve">a\\u0007&lt;b&gt;</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    again = parts(docx_comments.add_comments(made, [Comment("0.0", "乙")], when=WHEN))
    assert again["word/comments.xml"].count(b"<w:comment ") == 2
    assert b'w:id="8"' in again["word/comments.xml"]
    assert again["[Content_Types].xml"] == parts(made)["[Content_Types].xml"]


def test_the_output_is_deterministic(five: bytes) -> None:
    comments = [Comment("0.2.3.0", "一")]
    assert docx_comments.add_comments(five, comments, when=WHEN) == docx_comments.add_comments(
        five, comments, when=WHEN
    )
    assert docx_comments.add_comments(five, [], when=WHEN) == five


def test_other_parts_are_copied_without_unpacking() -> None:
    """A damaged picture, a huge part, a date and a data descriptor stay unchanged."""
    packed = BytesIO(word("<w:p/>"))
    with ZipFile(packed, "a") as package:
        package.writestr("word/media/a.png", b"PICTURE")
        package.writestr(ZipInfo("word/media/图.png", (2001, 2, 3, 4, 5, 6)), b"x")
        with package.open("word/media/b.bin", "w", force_zip64=True) as part:
            part.write(b"y" * 99)
        package.writestr("word/media/c.bin", bytes(20_000_000), ZIP_DEFLATED)
    data = packed.getvalue().replace(b"PICTURE", b"PICTORE", 1)
    made = docx_comments.add_comments(data, [Comment("0.0", "甲")], when=WHEN)
    before, after = (ZipFile(BytesIO(one)).infolist() for one in (data, made))
    assert [one.filename for one in after] == [*(one.filename for one in before), "word/comments.xml", RELS]
    media = [(one.filename, one.CRC, one.compress_size, one.date_time, one.flag_bits, one.extra) for one in before[3:]]
    assert media == [
        (one.filename, one.CRC, one.compress_size, one.date_time, one.flag_bits, one.extra) for one in after[3:7]
    ]
    with ZipFile(BytesIO(made)) as package:
        assert package.read("word/media/b.bin") == b"y" * 99
        assert package.testzip() == "word/media/a.png"


def test_entries_with_the_same_offset_are_refused() -> None:
    data = word("<w:p/>", a="x" * 9, b="x" * 9)
    entry = data.rindex(b"PK\x01\x02")
    other = data.rindex(b"PK\x01\x02", 0, entry)
    forged = data[: entry + 42] + data[other + 42 : other + 46] + data[entry + 46 :]
    with pytest.raises(UnreadableFileError):
        docx_comments.add_comments(forged, [Comment("0.0", "甲")], when=WHEN)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "us-ascii"])
def test_a_document_in_another_encoding_becomes_utf_8(encoding: str) -> None:
    body = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{"a" if encoding == "us-ascii" else "甲"}</w:t></w:r></w:p>'
    )
    document = f"<?xml version='1.0' encoding='{encoding.removesuffix('-le')}'?>{body}</w:body></w:document>"
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, content in parts(word("")).items():
            package.writestr(name, document.encode(encoding) if name == "word/document.xml" else content)
    made = parts(docx_comments.add_comments(packed.getvalue(), [Comment("0.0", "乙")], when=WHEN))["word/document.xml"]
    assert MARK.sub(b"", made) == f"{HEADER}{body}</w:body></w:document>".encode()


def test_the_time_of_a_comment_is_in_utc() -> None:
    there = WHEN.astimezone(timezone(timedelta(hours=8)))
    made = docx_comments.add_comments(word("<w:p/>"), [Comment("0.0", "甲")], when=there)
    assert b'w:date="2026-01-02T03:04:05Z"' in parts(made)["word/comments.xml"]


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def notes(data: bytes) -> dict[str, tuple[str, str]]:
    sheets = openpyxl.load_workbook(BytesIO(data)).worksheets
    cells = (cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.comment)
    return {f"{one.parent.title}!{one.coordinate}": (one.comment.author, one.comment.text) for one in cells}


def test_findings_become_notes_of_a_workbook() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.title = "甲"
        book.active["A1"] = "x"
        book.create_sheet("乙")["C3"] = "y"

    data = workbook(fill)
    comments = [
        Comment("xl/worksheets/sheet1.xml!A1", "一"),
        Comment("xl/worksheets/sheet2.xml!C3", "二\n行"),
        Comment("xl/worksheets/sheet1.xml!A1", "三"),
    ]
    made = xlsx_comments.add_comments(data, comments, when=WHEN)
    assert notes(made) == {"甲!A1": ("perftarget", "一\n\n三"), "乙!C3": ("perftarget", "二\n行")}
    before, after = parts(data), parts(made)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    sheet = re.sub(rb"<legacyDrawing [^>]*/>", b"", after["xl/worksheets/sheet1.xml"])
    assert sheet == before["xl/worksheets/sheet1.xml"]


def test_existing_notes_are_extended() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["B2"] = "x"
        book.active["B2"].comment = Note("请核对", "张")
        book.active.add_table(openpyxl.worksheet.table.Table(displayName="t", ref="B2:B3"))

    data = workbook(fill)
    made = xlsx_comments.add_comments(
        data, [Comment("xl/worksheets/sheet1.xml!B2", "一"), Comment("xl/worksheets/sheet1.xml!D4", "二")], when=WHEN
    )
    assert notes(made) == {"Sheet!B2": ("张", "请核对\n\n一"), "Sheet!D4": ("perftarget", "二")}
    assert parts(made)["xl/worksheets/sheet1.xml"] == parts(data)["xl/worksheets/sheet1.xml"]
    drawing = next(content for name, content in parts(made).items() if "vml" in name.lower())
    assert sorted(re.findall(rb"Row>(\d+)<", drawing)) == [b"1", b"3"]
    assert len(set(re.findall(rb'id="(_x0000_s\d+)"', drawing))) == 2


def test_the_drawing_precedes_the_tables_of_a_sheet() -> None:
    """Excel reports a sheet as damaged if its elements are in another order."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "x"
        book.active.add_table(openpyxl.worksheet.table.Table(displayName="t", ref="A1:A2"))

    made = xlsx_comments.add_comments(workbook(fill), [Comment("xl/worksheets/sheet1.xml!A1", "一")], when=WHEN)
    sheet = parts(made)["xl/worksheets/sheet1.xml"]
    assert sheet.index(b"<pageMargins") < sheet.index(b"<legacyDrawing") < sheet.index(b"<tableParts")


def with_parts(data: bytes, **others: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, content in (parts(data) | others).items():
            package.writestr(name, content)
    return packed.getvalue()


def drawn(kind: str, drawing: bytes) -> bytes:
    """Build a workbook whose sheet has a VML drawing for this use."""
    data = workbook(lambda book: book.active.append(["x"]))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    element = f'<{kind} xmlns:r="{relations}" r:id="r1"/></worksheet>'.encode()
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{relations}/vmlDrawing" Target="../drawings/vmlDrawing.vml"/></Relationships>'
    )
    return with_parts(
        data,
        **{
            "xl/worksheets/sheet1.xml": parts(data)["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", element),
            "xl/worksheets/_rels/sheet1.xml.rels": rels.encode(),
            "xl/drawings/vmlDrawing.vml": drawing,
        },
    )


def test_the_drawing_of_a_header_is_not_used_for_notes() -> None:
    data = drawn("legacyDrawingHF", b"<xml/>")
    made = parts(xlsx_comments.add_comments(data, [Comment("xl/worksheets/sheet1.xml!A1", "一")], when=WHEN))
    assert made["xl/drawings/vmlDrawing.vml"] == b"<xml/>"
    assert re.search(rb'<legacyDrawing [^>]*r:id="rIdPt2"/><legacyDrawingHF ', made["xl/worksheets/sheet1.xml"])
    assert b"vmlDrawing1.vml" in made["xl/worksheets/_rels/sheet1.xml.rels"]


def test_a_drawing_without_the_shape_of_notes_is_extended() -> None:
    data = drawn("legacyDrawing", b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1029"/></xml>')
    made = parts(xlsx_comments.add_comments(data, [Comment("xl/worksheets/sheet1.xml!A1", "一")], when=WHEN))
    assert made["xl/worksheets/sheet1.xml"] == parts(data)["xl/worksheets/sheet1.xml"]
    names = [one.get("id") for one in etree.fromstring(made["xl/drawings/vmlDrawing.vml"])]
    assert names == ["_x0000_s1029", "_x0000_t202", "_x0000_s1030"]


def test_a_note_is_placed_beside_a_threaded_comment() -> None:
    """Excel shows only the thread of a cell. B1 is merged into A1 and C1 has a thread, so the note goes to D1."""
    relations = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    thread = b'<ThreadedComments><threadedComment ref="A1" id="{0}"/><threadedComment ref="C1"/></ThreadedComments>'

    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["x"])
        book.active.merge_cells("A1:B1")

    data = with_parts(
        workbook(fill),
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": rels.encode(),
            "xl/threadedComments/threadedComment1.xml": thread,
        },
    )
    comments = [Comment("xl/worksheets/sheet1.xml!A1", "一"), Comment("xl/worksheets/sheet1.xml!D1", "二")]
    made = xlsx_comments.add_comments(data, comments, when=WHEN)
    assert notes(made) == {"Sheet!D1": ("perftarget", "A1\n一\n\n二")}
    assert parts(made)["xl/threadedComments/threadedComment1.xml"] == thread


def test_a_long_note_is_cut_with_an_ellipsis() -> None:
    """Excel reports a file with a longer note as damaged."""
    data = workbook(lambda book: book.active.append(["x"]))
    for _ in range(2):
        data = xlsx_comments.add_comments(data, [Comment("xl/worksheets/sheet1.xml!A1", "长" * 20_000)], when=WHEN)
    assert notes(data) == {"Sheet!A1": ("perftarget", "长" * 20_000 + "\n\n" + "长" * 11_997 + "…")}
    assert parts(data)["xl/comments.xml"].count(b"<author>") == 1


def test_entities_in_the_notes_are_refused() -> None:
    data = xlsx_comments.add_comments(
        workbook(lambda book: book.active.append(["x"])), [Comment("xl/worksheets/sheet1.xml!A1", "一")], when=WHEN
    )
    forged = with_parts(data, **{"xl/comments.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><comments a="&b;"/>'})
    with pytest.raises(UnreadableFileError):
        xlsx_comments.add_comments(forged, [Comment("xl/worksheets/sheet1.xml!A1", "二")], when=WHEN)


def test_annotate_overwrites_files_only_with_force(five: bytes, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(five)
    (tmp_path / "b.docx").write_text("x", encoding="utf-8")
    done = run("annotate", "a.docx", "-o", "b.docx")
    assert (done.returncode, (tmp_path / "b.docx").read_text(encoding="utf-8")) == (EXIT_USAGE, "x")
    assert done.stderr == "没有写入：以下文件已存在，要覆盖请加 --force\n  b.docx\n"
    assert run("annotate", "a.docx", "-o", "b.docx", "--force").returncode == EXIT_OK


def test_files_that_cannot_be_annotated_are_refused(run: Run, tmp_path: Path) -> None:
    done = run("annotate", "tables/good.yaml")
    assert (done.returncode, done.stderr) == (EXIT_USAGE, "tables/good.yaml: 可加批注的是 .docx、.xlsx 文件\n")
    (tmp_path / "a.doc").write_bytes(b"x")
    done = run("annotate", "a.doc")
    assert done.stderr == "a.doc: 读不了 .doc 文件；请用 Word 或 WPS 打开，另存为 .docx\n"
    (tmp_path / "a.docx").write_bytes(b"{\\rtf1")
    done = run("annotate", "a.docx")
    assert done.returncode == EXIT_FINDINGS
    assert done.stderr == "a.docx 文件读不出来：是 RTF 文件；请用 Word 或 WPS 打开，另存为 .docx\n"
    assert not (tmp_path / "a-批注.docx").exists()


def test_an_unreadable_part_of_notes_is_an_error_of_annotate(run: Run, tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (["项目名称", "甲"], ["一级指标", "二级指标", "三级指标", "绩效值"]):
            book.active.append(row)
        book.active["A1"].comment = Note("x", "张")

    files = parts(workbook(fill))
    (notes_part,) = (name for name in files if name.endswith("comment1.xml"))
    with ZipFile(tmp_path / "a.xlsx", "w") as package:
        for name, content in files.items():
            package.writestr(name, b"<!DOCTYPE x>" + content if name == notes_part else content)
    done = run("annotate", "a.xlsx")
    assert (done.returncode, done.stdout) == (EXIT_FINDINGS, "")
    assert "定义了实体" in done.stderr
