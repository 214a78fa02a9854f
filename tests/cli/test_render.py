"""The command `render`: its options, refusals and `--check`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from command_line import GOOD, Run, put
from docx_parts import tables
from perftarget.api import check_bytes
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE
from perftarget.errors import WriteError
from perftarget.tables.model import Table
from perftarget.tables.reader import parse_documents
from perftarget.tables.renderer import render_tables

PROFILE = load_profile(DEFAULT)


def test_check_compares_the_parts_of_the_file(run: Run, tmp_path: Path) -> None:
    stale = (
        1,
        "附件2.docx 与表格不一致，或者还没有：请运行 perftarget render --docx -o 附件2.docx，并一起提交。\n",
        "",
    )
    check = ("render", "tables", "--docx", "--check")

    def checked() -> tuple[int, str, str]:
        done = run(*check)
        return done.returncode, done.stdout, done.stderr

    assert checked() == stale
    assert not Path("附件2.docx").exists()
    run("render", "tables", "--docx")
    assert checked() == (0, "附件2.docx 与表格一致。\n", "")
    packed = Path("附件2.docx").read_bytes()
    with ZipFile(BytesIO(packed)) as package, ZipFile("附件2.docx", "w") as loose:  # the same parts, packed differently
        for name in package.namelist():
            loose.writestr(name, package.read(name))
    assert Path("附件2.docx").read_bytes() != packed
    assert checked()[0] == 0
    (tmp_path / "tables" / "good.yaml").write_text(GOOD.replace("县人社局", "市人社局"), encoding="utf-8")
    assert checked() == stale
    Path("附件2.docx").write_bytes(packed[:1000])
    assert checked() == stale


def test_a_format_is_required(run: Run) -> None:
    assert run("render", "tables").returncode == EXIT_USAGE


def test_a_table_that_would_lose_text_is_refused(run: Run) -> None:
    put("tables/bad.yaml", "项目名称：甲\n主管部门: 乙\n")
    done = run("render", "tables", "--docx")
    assert done.returncode == EXIT_FINDINGS
    assert "tables/bad.yaml:1:5" in done.stderr
    assert "没有输出" in done.stderr
    assert not Path("附件2.docx").exists()


def test_a_control_character_is_refused_with_its_place(run: Run) -> None:
    put("tables/good.yaml", GOOD.replace("县人社局", '"县\\u0007局"'))
    found = "tables/good.yaml:2:7 含有不可见的控制字符：“县\\u0007局”含有不可见的控制字符 U+0007；请删去这个字符\n"
    for kind in ("docx", "xlsx"):
        done = run("render", "tables", f"--{kind}")
        assert (done.returncode, done.stdout, sorted(Path().iterdir())) == (EXIT_FINDINGS, "", [Path("tables")])
        assert done.stderr == f"{found}没有输出：字符 U+0007 不能写入 Word 文档，请从文字中删去：“县\\u0007局”\n"
    for kind in ("html", "markdown"):
        done = run("render", "tables", f"--{kind}", "-o", "-")
        assert (done.returncode, done.stderr) == (0, found)
        assert "县\\u0007局" in done.stdout.replace("\\\\", "\\")


FORM_TEXT = "项目名称\t甲\n主管部门\t乙{}丙\n一级指标\t二级指标\t三级指标\t绩效值\n1-产出指标\t11-数量指标\t人数\t5人\n"


@pytest.mark.parametrize("code", [*range(0x100), 0x2028, 0xD7FF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600, 0x10FFFF])
def test_the_linter_reports_what_the_writers_refuse(code: int) -> None:
    files = {"a.yaml": f'项目名称: 甲\n主管部门: "乙\\U{code:08x}丙"\n'.encode()}
    if code:  # a file with a null byte is no text
        files["a.txt"] = FORM_TEXT.format(chr(code)).encode()
    for name, data in files.items():
        places = [str(one.place) for one in check_bytes(name, data) if one.rule == "control-character"]
        (document,) = parse_documents(name, data, PROFILE)
        table = document.table
        assert table
        assert is_refused("docx", table) == is_refused("xlsx", table) == bool(places)
        assert places in ([], ["a.yaml:2:7"], ["a.txt 第2行 第2列"])


def is_refused(kind: str, table: Table) -> bool:
    try:
        render_tables(kind, [table], PROFILE)
    except WriteError:
        return True
    return False


def test_the_output_is_the_same_each_time(run: Run) -> None:
    assert run("render", "tables", "--docx", "-o", "a/x.docx").stdout == "已输出 a/x.docx：1 张表。\n"
    first = Path("a/x.docx").read_bytes()
    assert run("render", "tables", "--docx").stdout == "已输出 附件2.docx：1 张表。\n"
    assert Path("附件2.docx").read_bytes() == first


def test_columns_missing_from_the_form_are_reported(run: Run) -> None:
    put("tables/good.yaml", GOOD.replace("≥95%", "{值: ≥95%, 权重: '10'}"))
    done = run("render", "tables", "--docx")
    assert (done.returncode, done.stderr) == (0, "tables/good.yaml: 附件中未列出下列栏目：权重\n")


def test_split_writes_one_safe_file_per_project(run: Run, tmp_path: Path) -> None:
    names = {"a": "../../甲: 乙?", "b": "../../甲: 乙?", "c": "CON", "d": "甲" * 300}
    (tmp_path / "tables" / "good.yaml").unlink()
    for stem, name in names.items():
        (tmp_path / "tables" / f"{stem}.yaml").write_text(GOOD.replace("公益性岗位补贴", f'"{name}"'), encoding="utf-8")
    done = run("render", "tables", "--docx", "--split", "-o", "out")
    assert (done.returncode, done.stdout) == (0, "已输出到 out：4 个文件。\n")
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == sorted(["_.._甲_ 乙_.docx", "_.._甲_ 乙_-2.docx", "_CON.docx", f"{'甲' * 66}.docx"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "tables"]
    assert len(tables((tmp_path / "out" / "_CON.docx").read_bytes())) == 1
    assert run("render", "tables", "--docx", "--split", "-o", "out", "--check").returncode == 0
    (tmp_path / "out" / "_CON.docx").unlink()
    done = run("render", "tables", "--docx", "--split", "-o", "out", "--check")
    assert (done.returncode, done.stdout) == (
        1,
        "out/_CON.docx 与表格不一致，或者还没有：请运行 perftarget render --docx --split -o out，并一起提交。\n",
    )


@pytest.mark.parametrize("kind", ["xlsx", "html", "markdown"])
def test_check_works_for_the_other_formats(run: Run, tmp_path: Path, kind: str) -> None:
    assert run("render", "tables", f"--{kind}", "--check").returncode == 1
    run("render", "tables", f"--{kind}")
    assert run("render", "tables", f"--{kind}", "--check").returncode == 0
    (tmp_path / "tables" / "good.yaml").write_text(GOOD.replace("县人社局", "市人社局"), encoding="utf-8")
    assert run("render", "tables", f"--{kind}", "--check").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "请写明一种输出格式，如 perftarget render --docx"),
        (["--docx", "--html"], "请写明一种输出格式，如 perftarget render --docx"),
        (["--html", "--contents"], "--contents 只用于一份 Word 文档"),
        (["--docx", "--split", "--contents"], "--contents 只用于一份 Word 文档"),
    ],
)
def test_missing_and_conflicting_options_are_usage_errors(run: Run, arguments: list[str], message: str) -> None:
    done = run("render", "tables", *arguments)
    assert (done.returncode, done.stderr) == (2, f"{message}。用法见 perftarget render -h\n")


def test_fields_that_the_form_lacks_are_printed_or_reported(run: Run) -> None:
    put("tables/good.yaml", f'项目编码: "001"\n{GOOD}附件: [甲]\n资金来源: {{中央: 5 万元}}\n主管部门代码: "302"\n')
    done = run("render", "tables", "--markdown", "-o", "-")
    assert (done.returncode, done.stderr) == (
        0,
        "tables/good.yaml: 附件中未列出下列栏目：附件、资金来源（不是一段文字，页面上没有位置）\n",
    )
    assert "| 项目编码 | 001 |" in done.stdout
    assert "| 主管部门代码 | 302 |" in done.stdout


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("项目属牲: 延续项目\n", "表式中没有“项目属牲”；是否为“项目属性”？"),
        ("11-数量指标:\n  人次: 5人次\n", "表式中没有“11-数量指标”；它应写在“绩效指标:”之下"),
        ("　　人数: 5人\n", "表式中没有“　　人数”；它前面的全角空格或不间断空格不算缩进"),
    ],
)
def test_mistaken_keys_are_refused(run: Run, extra: str, message: str) -> None:
    put("tables/good.yaml", GOOD.replace("项目属性: 延续项目\n", "") + extra)
    done = run("render", "tables", "--docx")
    assert done.returncode == EXIT_FINDINGS
    assert message in done.stderr
    assert not Path("附件2.docx").exists()


def put_numbered(path: str, number: str | None = None, name: str = "") -> None:
    """Write a good table, named after its file, with this number (序号)."""
    text = GOOD.replace("公益性岗位补贴", name or Path(path).stem)
    put(path, text if number is None else f"序号: {number}\n{text}")


def rendered_names(run: Run, *arguments: str) -> list[str]:
    """Return the names of the projects in the order of the page."""
    done = run("render", *arguments, "--markdown", "-o", "-")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    return [line.split("|")[2].strip() for line in lines if line.startswith("| 项目名称 |")]


@pytest.fixture
def numbered(run: Run) -> None:
    """Write tables of which some are numbered, in place of the good table in the folder of `run`."""
    Path("tables/good.yaml").unlink()
    for name, number in {"a": None, "b": "10", "c": "9", "d": "第一批", "e": "０２"}.items():
        put_numbered(f"tables/{name}.yaml", number)


@pytest.mark.usefixtures("numbered")
def test_tables_are_ordered_by_number_and_then_by_path(run: Run) -> None:
    put_numbered("tables/sub/f.yaml", "9")
    put_numbered("tables/sub/g.yaml")
    assert rendered_names(run, "tables") == ["e", "c", "f", "b", "a", "d", "g"]


@pytest.mark.usefixtures("numbered")
@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["b.yaml", "a.yaml"], ["b", "a"]),
        (["a.yaml", "c.yaml", "e.yaml"], ["a", "c", "e"]),
        (["b.yaml", "."], ["b", "e", "c", "a", "d"]),
        ([".", "b.yaml"], ["e", "c", "b", "a", "d"]),
        (["../more", "a.yaml", "b.yaml"], ["z", "y", "a", "b"]),
    ],
)
def test_the_order_of_the_arguments_comes_before_the_numbers(run: Run, paths: list[str], names: list[str]) -> None:
    put_numbered("more/y.yaml", "2")
    put_numbered("more/z.yaml", "1")
    assert rendered_names(run, *(f"tables/{path}" for path in paths)) == names


@pytest.mark.usefixtures("numbered")
def test_every_kind_of_file_has_the_order(run: Run) -> None:
    run("render", "tables", "--docx", "--contents")
    contents = document_text(Path("附件2.docx")).partition("<w:tbl>")[0]
    assert [name for _, name in sorted((contents.index(f">{name}<"), name) for name in "abcde")] == list("ecbad")
    run("render", "tables", "--xlsx")
    with ZipFile("附件2.xlsx") as package:
        workbook = package.read("xl/workbook.xml").decode()
    assert [name for _, name in sorted((workbook.index(f'name="{name}"'), name) for name in "abcde")] == list("ecbad")


def test_separate_files_and_letters_number_equal_names_in_the_order(run: Run) -> None:
    Path("tables/good.yaml").unlink()
    for name, number in {"a": "2", "b": "1"}.items():
        put(f"tables/{name}.yaml", f"序号: {number}\n{GOOD.replace('2025 年 1 月至 12 月', f'第{name}批')}")
    run("render", "tables", "--docx", "--split", "-o", "out")
    run("render", "tables", "--letter", "-o", "letters")
    first, second = Path("公益性岗位补贴.docx"), Path("公益性岗位补贴-2.docx")
    assert "第b批" in document_text(Path("out") / first)
    assert "第a批" in document_text(Path("out") / second)
    assert "第b批" in document_text(Path("letters/公益性岗位补贴-退回修改意见.docx"))
    assert "第a批" in document_text(Path("letters/公益性岗位补贴-2-退回修改意见.docx"))


def document_text(path: Path) -> str:
    """Return the XML of the body of a Word file."""
    with ZipFile(path) as package:
        return package.read("word/document.xml").decode()


@pytest.mark.usefixtures("numbered")
def test_validate_keeps_the_order_of_the_paths(run: Run) -> None:
    for path in Path("tables").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("项目属性: 延续项目", "项目属性:"), encoding="utf-8")
    out = run("validate", "tables", "--select", "blank-field").stdout
    assert [line[7] for line in out.splitlines() if line.startswith("tables/")] == list("abcde")
