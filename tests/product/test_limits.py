"""Files above a limit are refused with a message that names the limit, and every limit is configurable."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from command_line import GOOD, Run
from perftarget.limits import DEFAULT_LIMITS, MAX_LIMITS, Limits

FINDINGS, WRONG_USE = 1, 2


def workbook(rows: int, columns: int) -> bytes:
    book = openpyxl.Workbook()
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            book.active.cell(row, column, "甲")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def padded(size: int) -> bytes:
    """Build a Word file with a part padded by this number of spaces."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document xmlns:w='x'/>" + " " * size)
    return out.getvalue()


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "file_size: 100": ("a.yaml", GOOD.encode, "超过 100 字节，没有读取；一张表通常只有几千字节，请确认没有放错文件"),
    "package_size: 100": (
        "a.xlsx",
        lambda: workbook(2, 2),
        "超过 100 字节，没有读取；请删去文件里的图片后另存，或确认没有放错文件",
    ),
    "unpacked_size: 900_000": (
        "a.docx",
        lambda: padded(1_000_000),
        "没有读取：其中的 word/document.xml 展开后有 1000025 字节，不像是一份表格；请确认文件来源",
    ),
    "ratio: 2": (
        "a.docx",
        lambda: padded(5_000_000),
        "没有读取：其中的 word/document.xml 展开后有 5000025 字节，不像是一份表格；请确认文件来源",
    ),
    "depth: 2": ("a.yaml", GOOD.encode, "层次超过 2 层，没有读取；一张表只有四五层，请检查括号和缩进"),
    "cells: 8": (
        "a.xlsx",
        lambda: workbook(3, 3),
        "单元格太多（超过 8 个），没有读取；请只留下绩效目标表的工作表，或确认没有放错文件",
    ),
    "cells: 9": (
        "a.txt",
        lambda: "\n".join(["甲\t乙\t丙\t丁"] * 3).encode(),
        "单元格太多（超过 9 个），没有读取；请只留下绩效目标表的工作表，或确认没有放错文件",
    ),
    "columns: 3": (
        "a.txt",
        "甲\t乙\t丙\t丁".encode,
        "有一张表格的列太多（超过 3 列），没有读取；请删去多余的列，或确认没有放错文件",
    ),
}


@pytest.mark.parametrize("setting", CASES)
def test_a_file_above_a_limit_is_refused(setting: str, run: Run, tmp_path: Path) -> None:
    name, data, message = CASES[setting]
    Path("perftarget.yaml").write_text(f"limits:\n  {setting}\n", encoding="utf-8")
    Path(name).write_bytes(data())
    done = run("validate", name, "-q")
    assert message in done.stdout.splitlines()[0]
    assert done.stdout.count("error[") == 1
    assert done.returncode == FINDINGS


def test_every_limit_has_a_case() -> None:
    tried = {setting.partition(":")[0] for setting in CASES}
    assert tried == {*Limits._fields} - {"shown"}


@pytest.mark.parametrize("name", Limits._fields)
def test_a_profile_cannot_exceed_the_maximum(name: str, run: Run) -> None:
    most = getattr(MAX_LIMITS, name)
    Path("perftarget.yaml").write_text(f"limits:\n  {name}: {most + 1}\n", encoding="utf-8")
    done = run("validate", "tables", "-q")
    assert done.stderr.endswith(f"配置项 limits.{name} 不能是“{most + 1}”；应为 1 到 {most} 的整数\n")
    assert done.returncode == WRONG_USE
    Path("perftarget.yaml").write_text(f"limits:\n  {name}: {most}\n", encoding="utf-8")
    assert run("validate", "tables", "-q").returncode == 0


def test_the_default_profile_has_the_default_limits(run: Run) -> None:
    from perftarget.config.loader import load_profile
    from perftarget.config.profile import DEFAULT

    assert load_profile(DEFAULT).read_limits == DEFAULT_LIMITS


def test_the_most_severe_findings_are_shown(run: Run) -> None:
    text = GOOD.replace("项目属性: 延续项目", "项目属性:").replace("主管部门:", "主管部門:")
    Path("tables/bad.yaml").write_text(text, encoding="utf-8")
    whole = run("validate", "tables/bad.yaml", "-q").stdout.splitlines()
    assert len(whole) == 3
    Path("perftarget.yaml").write_text("limits:\n  shown: 1\n", encoding="utf-8")
    done = run("validate", "tables/bad.yaml", "-q").stdout.splitlines()
    left = "tables/bad.yaml：另有 2 处没有显示（每个文件最多显示 1 处，可在 limits.shown 中改）"
    assert done == [next(line for line in whole if "error[" in line), left]
    assert run("validate", "tables/bad.yaml", "--format", "json").stdout.count('"rule"') == 3
