"""Rules across tables: waivers in either file, severities, related files, and baselines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import GOOD, Run
from perftarget.console import EXIT_FINDINGS, EXIT_OK

FIRST = GOOD.replace("公益性岗位补贴", "甲项目").replace("补贴人数（人）: 10 人", "公益性岗位人数（人）: 10 人")
SECOND = FIRST.replace("甲项目", "乙项目").replace("10 人\n  12", "12 人\n  12")
WAIVER = "豁免:\n  - {规则: counts-differ, 理由: 乙项目含期满离岗人员}\n"
ONLY = ("--select", "counts-differ", "--select", "unused-waiver")


@pytest.fixture(autouse=True)
def two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tables" / "good.yaml").unlink()
    put(tmp_path, FIRST, SECOND)


def put(tmp_path: Path, first: str, second: str) -> None:
    (tmp_path / "tables" / "a.yaml").write_text(first, encoding="utf-8")
    (tmp_path / "tables" / "b.yaml").write_text(second, encoding="utf-8")


def test_the_related_file_is_shown(run: Run) -> None:
    done = run("validate", "tables", *ONLY)
    assert done.returncode == EXIT_OK
    assert done.stdout == (
        "tables/a.yaml:12:17 warning[counts-differ] 同类人员数量各表不一致\n"
        "   │\n"
        "12 │     公益性岗位人数（人）: 10 人\n"
        "   │                           ━━━━━\n"
        "   │   “公益性岗位”的人数各表不一致：10 人、12 人；请核对，口径确有不同的请在指标名称中注明\n"
        "   ┼ tables/b.yaml:12:17\n"
        "12 │     公益性岗位人数（人）: 12 人\n"
        "   │                           ───── 12 人\n"
        "\n"
        "2 个文件、2 张表：0 个错误，1 个警告，0 条建议。\n"
    )


@pytest.mark.parametrize("where", ["first", "second"])
def test_a_waiver_in_either_file_is_accepted(run: Run, tmp_path: Path, where: str) -> None:
    put(tmp_path, FIRST + WAIVER * (where == "first"), SECOND + WAIVER * (where == "second"))
    done = run("validate", "tables", "-q", *ONLY)
    assert done.stdout == "tables/a.yaml:12:17 waived[counts-differ] 已豁免：乙项目含期满离岗人员\n"


def test_an_unused_waiver_is_reported(run: Run, tmp_path: Path) -> None:
    put(tmp_path, FIRST + WAIVER, SECOND.replace("12 人", "10 人"))
    done = run("validate", "tables", "-q", *ONLY)
    message = "没有发现此类问题，豁免未起作用；请删去"
    assert done.stdout == f"tables/a.yaml:26:10 warning[unused-waiver] {message}\n"
    # A run over one table cannot find it.
    put(tmp_path, FIRST + WAIVER, SECOND)
    assert run("validate", "tables/b.yaml", "-q", *ONLY).stdout == ""


def test_severities_are_configurable(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "perftarget.yaml"
    config.write_text("severity: {counts-differ: error}\n", encoding="utf-8")
    done = run("validate", "tables", "-q", *ONLY)
    assert (done.returncode, done.stdout.split()[1]) == (EXIT_FINDINGS, "error[counts-differ]")
    (tmp_path / "tables" / "perftarget.yaml").write_text("severity: {counts-differ: 'off'}\n", encoding="utf-8")
    assert run("validate", "tables", "-q", *ONLY).stdout == ""


def test_findings_are_written_to_a_baseline(run: Run, tmp_path: Path) -> None:
    run("validate", "tables", "--write-baseline", "known.json", *ONLY)
    known = json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))
    assert known["findings"] == {"甲项目": {"counts-differ": {"公益性岗位人数（人）": 1}}}
    assert run("validate", "tables", "-q", "--baseline", "known.json", *ONLY).stdout == ""


def test_a_run_over_one_table_keeps_the_baseline(run: Run, tmp_path: Path) -> None:
    """The finding stays in the baseline, because the other table was not read."""
    run("validate", "tables", "--write-baseline", "known.json", *ONLY)
    before = (tmp_path / "known.json").read_bytes()
    run("validate", "tables/a.yaml", "--baseline", "known.json", *ONLY)
    assert (tmp_path / "known.json").read_bytes() == before
