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
    found = "tables/good.yaml:2:7 有看不见的控制字符：“县\\u0007局”里有看不见的控制字符 U+0007；请删去这个字符\n"
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
    assert (done.returncode, done.stderr) == (0, "tables/good.yaml: 表式没有权重栏，没有输出\n")


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
