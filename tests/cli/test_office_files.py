"""Word and Excel files on the command line: they are checked in place, imported or refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from command_line import Run
from perftarget.console import EXIT_FINDINGS, EXIT_OK, EXIT_USAGE

FORM = [
    ["部门项目支出预算绩效目标表"],
    ["项目名称", "技能培训"],
    ["主管部门", "县人社局", "实施单位", "县就业局"],
    ["项目属性", "延续项目", "项目期限", "2025 年 1 月至 12 月"],
    ["项目主管处室", "培训室", "项目年度金额", "12 万元"],
    ["年度总体绩效目标", "目标1：培训 100 人。"],
    ["一级指标", "二级指标", "三级指标", "绩效值"],
    ["1-产出指标", "11-数量指标", "培训人数", "100 人"],
    [None, "12-质量指标", "合格率", "提高"],
    ["填表人：张"],
]


def sheet(path: Path, rows: list[list[str | None]] = FORM) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def annex(run: Run, path: str) -> None:
    assert run("render", "tables", "--docx", "-o", path).returncode == EXIT_OK


def test_a_workbook_is_checked_in_place(run: Run, tmp_path: Path) -> None:
    sheet(tmp_path / "申报表.xlsx")
    done = run("validate", "申报表.xlsx", "-q", "--select", "not-measurable", "--select", "missing-tier-label")
    assert (done.returncode, done.stderr) == (EXIT_OK, "")
    assert done.stdout == "申报表.xlsx Sheet!D9 warning[not-measurable] “提高”没有幅度、基期或分档，无法考核\n"


def test_a_folder_of_office_files_is_checked_and_imported(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    sheet(folder / "b.xlsx")
    sheet(folder / "~$b.xlsx")  # the lock file of Excel
    annex(run, "收件/a.docx")
    (folder / "README.txt").write_text("x", encoding="utf-8")
    assert run("validate", "收件").stdout.splitlines()[-1].startswith("2 个文件、2 张表：")
    done = run("import", "收件", "-o", "out")
    assert (done.returncode, done.stderr) == (EXIT_OK, "")
    assert done.stdout == (
        "收件/a.docx：1 张表\n  已写入 out/公益性岗位补贴.yaml\n收件/b.xlsx：1 张表\n  已写入 out/技能培训.yaml\n"
    )
    written = (tmp_path / "out" / "公益性岗位补贴.yaml").read_text(encoding="utf-8")
    assert written == "序号: 1\n" + (tmp_path / "tables" / "good.yaml").read_text(encoding="utf-8")


def test_office_files_beside_yaml_files_are_counted(run: Run) -> None:
    annex(run, "tables/附件2.docx")
    assert run("validate", "tables").stdout == (
        "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。\n另有 1 个文件没有检查（.docx 1）。\n"
    )


def test_readable_files_are_imported_and_the_others_reported(run: Run, tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    sheet(tmp_path / "c.xlsx", [["会议通知"]])
    done = run("import", "a.xlsx", "b.docx", "c.xlsx", "-o", "out")
    assert (done.returncode, [path.name for path in (tmp_path / "out").iterdir()]) == (EXIT_FINDINGS, ["技能培训.yaml"])
    assert done.stdout.startswith("a.xlsx：1 张表\n")
    assert done.stderr == (
        "b.docx 文件读不出来：文件不完整（可能没有下载完或没有复制完）；请重新取得这个文件\n"
        "c.xlsx 文件读不出来：没有找到绩效目标表：没有“项目名称”一栏；请确认是不是这份文件\n"
        "2 个文件没有读出表格，没有导入。\n"
    )


def test_readable_files_are_imported_despite_a_wrong_path(run: Run, tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx")
    (tmp_path / "b.doc").write_bytes(b"")
    done = run("import", "a.xlsx", "b.doc", "tables/good.yaml", "-o", "out")
    assert (done.returncode, [path.name for path in (tmp_path / "out").iterdir()]) == (EXIT_USAGE, ["技能培训.yaml"])
    assert done.stderr == (
        "b.doc: 读不了 .doc 文件；请用 Word 或 WPS 打开，另存为 .docx\n"
        "tables/good.yaml: 可导入的是 .docx、.xlsx、.txt 文件\n"
    )


def test_an_import_of_a_folder_counts_the_files_that_it_does_not_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    sheet(folder / "a.XLSX")
    for name in ("b.doc", "c.PDF", "d.pdf", "data.yaml", "~$a.xlsx", "README.txt"):
        (folder / name).write_bytes(b"")
    done = run("import", "收件", "-o", "out")
    assert (done.returncode, done.stderr) == (EXIT_OK, "另有 3 个文件没有读（.pdf 2、.doc 1）。\n")
    (folder / "a.XLSX").unlink()
    done = run("import", "收件", "-o", "out")
    assert (done.returncode, done.stdout) == (EXIT_USAGE, "")
    assert done.stderr == (
        "收件: 没有能读的表格，3 个文件没有读（.pdf 2、.doc 1）；"
        ".pdf 请取得原来的 Word 或 Excel 文件；.doc 请用 Word 或 WPS 打开，另存为 .docx\n"
    )


def test_notes_of_the_reader_are_shown_with_an_unreadable_file(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["会议通知"])
    hidden = book.create_sheet("申报表")
    hidden.sheet_state = "hidden"
    for row in FORM:
        hidden.append(row)
    book.save(tmp_path / "a.xlsx")
    message = "没有找到绩效目标表：没有“项目名称”一栏；请确认是不是这份文件"
    note = "工作表“申报表”是隐藏的，没有读取；需要的请取消隐藏"
    sheet(tmp_path / "b.xlsx")
    done = run("validate", "a.xlsx", "b.xlsx", "--select", "unreadable-file")
    assert (done.returncode, done.stderr) == (EXIT_FINDINGS, "")
    assert done.stdout == (
        "a.xlsx 整个文件 error[unreadable-file] 文件读不出来\n"
        f"         {message}\n         = {note}\n\n"
        "2 个文件、1 张表：1 个错误，0 个警告，0 条建议。1 个文件没有读出表格。\n"
    )
    for command in (("import", "a.xlsx", "-o", "out"), ("annotate", "a.xlsx"), ("render", "a.xlsx", "--docx")):
        assert run(*command).stderr.startswith(f"a.xlsx 文件读不出来：{message}\n  注意：{note}\n")


def test_equal_names_of_two_files_are_numbered(run: Run, tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx")
    sheet(tmp_path / "b.xlsx")
    assert run("import", "a.xlsx", "b.xlsx", "-o", "out").returncode == EXIT_OK
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["技能培训-2.yaml", "技能培训.yaml"]


def test_import_without_importable_files_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    done = run("import", "tables", "-o", "out")
    assert (done.returncode, done.stderr) == (EXIT_USAGE, "tables: 没有可导入的文件（.docx、.xlsx、.txt）\n")
    done = run("import", "tables/good.yaml", "-o", "out")
    assert (done.returncode, done.stderr) == (EXIT_USAGE, "tables/good.yaml: 可导入的是 .docx、.xlsx、.txt 文件\n")


def test_old_formats_are_refused_with_the_format_to_save_as(run: Run, tmp_path: Path) -> None:
    for name in ("a.doc", "b.wps", "c.et"):
        (tmp_path / name).write_bytes(b"x")
    done = run("validate", "a.doc", "b.wps", "c.et")
    assert done.returncode == EXIT_USAGE
    assert done.stderr.splitlines()[:3] == [
        "a.doc: 读不了 .doc 文件；请用 Word 或 WPS 打开，另存为 .docx",
        "b.wps: 读不了 .wps 文件；请用 Word 或 WPS 打开，另存为 .docx",
        "c.et: 读不了 .et 文件；请用 Excel 或 WPS 打开，另存为 .xlsx",
    ]


def zipped(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return packed.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
MAIN = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED = {
    "empty": (b"", "是空文件"),
    "blank": (b"\0" * 4096, "是空文件"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "是旧版 Word 或 WPS 文字"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "是旧版 Excel 或 WPS 表格"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有密码"),
    "rtf": (b"{\\rtf1\\ansi", "是 RTF 文件"),
    "html": ("\ufeff<!-- x -->\n<HTML><table>".encode(), "是网页文件"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "是网页文件"),
    "pdf": (b"%PDF-1.7", "是 PDF 文件"),
    "picture": (b"\x89PNG\r\n", "是图片"),
    "flat xml": (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', "是 Office 的 XML 文件"),
    "text": ("项目名称\t甲".encode(), "不是 Word 或 Excel 文件"),
    "truncated": (zipped({"word/document.xml": MAIN})[:-30], "文件不完整"),
    "archive": (zipped({"a.txt": b"x"}), "是压缩包"),
    "no XML": (zipped({"word/document.xml": b"<w:document"}), "其中的 word/document.xml 读不出来"),
    "entities": (zipped({"word/document.xml": DTD + b"<x>&b;</x>"}), "定义了实体"),
    "entities in UTF-16": (zipped({"word/document.xml": (DTD + b"<x/>").decode().encode("utf-16")}), "定义了实体"),
    "a bomb": (zipped({"word/document.xml": b" " * 10_000_000 + MAIN}), "展开后有"),
    "ten thousand parts": (zipped({f"{n}": b"" for n in range(10_001)}), "展开后有"),
    "a presentation": (zipped({"word/document.xml": b'<p:presentation xmlns:p="x"/>'}), "是演示文稿"),
    "another root": (zipped({"word/document.xml": b"<a/>"}), "其中的 word/document.xml 读不出来"),
    "nothing in it": (zipped({"word/document.xml": MAIN}), "没有找到绩效目标表"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_word_is_refused_with_its_kind(case: str, run: Run, tmp_path: Path) -> None:
    data, words = REFUSED[case]
    (tmp_path / "x.docx").write_bytes(data)
    done = run("validate", "x.docx", "-q")
    assert done.returncode == EXIT_FINDINGS
    assert done.stdout.startswith("x.docx 整个文件 error[unreadable-file] ")
    assert done.stdout.count("\n") == 1
    assert words in done.stdout


@pytest.mark.parametrize(
    ("name", "words"), [("x.docx", "是 Excel 文件，却不叫 .xlsx"), ("x.xlsx", "是 Word 文件，却不叫 .docx")]
)
def test_a_file_with_the_suffix_of_the_other_kind_is_refused(name: str, words: str, run: Run, tmp_path: Path) -> None:
    if name == "x.docx":
        sheet(tmp_path / "a.xlsx")
        (tmp_path / "a.xlsx").rename(tmp_path / name)
    else:
        annex(run, "a.docx")
        (tmp_path / "a.docx").rename(tmp_path / name)
    done = run("validate", name, "-q")
    assert (done.returncode, words in done.stdout) == (EXIT_FINDINGS, True)


def test_a_false_size_in_the_archive_does_not_bypass_the_limit(tmp_path: Path) -> None:
    """The archive declares a small size for a large part: unpacking stops at the limit of a part."""
    from perftarget.errors import UnreadableFileError
    from perftarget.formats.ooxml.package import open_package

    data = bytearray(zipped({"word/document.xml": MAIN + b" " * 80_000_000}))
    size = (len(MAIN) + 80_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(UnreadableFileError):
        open_package(bytes(data), "docx")


def test_only_yaml_files_are_fixed(run: Run, tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx")
    done = run("validate", "a.xlsx", "--diff")
    assert (done.returncode, done.stdout) == (EXIT_OK, "")
    assert done.stderr == "a.xlsx: 只能修复 YAML 文件；Word、Excel 文件请先用 perftarget import 转成 YAML\n"


def test_a_form_with_a_long_indicator_name_is_checked_and_imported(run: Run, tmp_path: Path) -> None:
    name = "培训人数" * 400
    sheet(tmp_path / "a.xlsx", [*FORM[:7], ["1-产出指标", "11-数量指标", name, "100 人"], *FORM[8:]])
    select = ("-q", "--select", "too-long", "--select", "invalid-yaml", "--select", "not-measurable")
    found = "“培训人数培训人数培训人数…”有 1600 字，最多 100 字；请缩短，口径和说明写到备注中\n"
    vague = "warning[not-measurable] “提高”没有幅度、基期或分档，无法考核\n"
    done = run("validate", "a.xlsx", *select)
    assert done.stdout == f"a.xlsx Sheet!C8 error[too-long] {found}a.xlsx Sheet!D9 {vague}"
    assert run("import", "a.xlsx", "-o", "out").returncode == EXIT_OK
    done = run("validate", "out", *select)
    assert done.stdout == f"out/技能培训.yaml:12:7 error[too-long] {found}out/技能培训.yaml:15:10 {vague}"
