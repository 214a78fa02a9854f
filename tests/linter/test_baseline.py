"""Baselines: known findings are not reported, new ones are, and the file only shrinks by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import GOOD, Run
from perftarget.console import EXIT_FINDINGS, EXIT_OK, EXIT_USAGE

OLD = GOOD.replace("公益性岗位补贴", "旧项目").replace("项目属性: 延续项目", "项目属性:").replace("≥60%", "提高")


@pytest.fixture
def old(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "tables" / "old.yaml"
    path.write_text(OLD, encoding="utf-8")
    done = run("validate", "tables", "--write-baseline", "known.json")
    assert (done.returncode, done.stdout) == (EXIT_OK, "已写入基线 known.json：2 处。\n")
    return path


def known(tmp_path: Path) -> dict[str, dict[str, dict[str, int]]]:
    return json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))["findings"]


def test_known_findings_are_not_reported(run: Run, old: Path, tmp_path: Path) -> None:
    assert known(tmp_path) == {"旧项目": {"blank-field": {"": 1}, "not-measurable": {"就业率": 1}}}
    done = run("validate", "tables", "--baseline", "known.json", "--strict")
    assert (done.returncode, done.stderr) == (EXIT_OK, "")
    assert done.stdout == "2 个文件、2 张表：0 个错误，0 个警告，0 条建议。另有 2 处在基线中。\n"


def test_findings_stay_known_when_lines_move(run: Run, old: Path) -> None:
    old.write_text("# 一\n# 二\n" + OLD, encoding="utf-8")
    assert run("validate", "tables", "--baseline", "known.json", "--strict").returncode == EXIT_OK


def test_new_findings_are_reported(run: Run, old: Path, tmp_path: Path) -> None:
    """The same finding in another row is new, and new findings are never added automatically."""
    before = (tmp_path / "known.json").read_bytes()
    old.write_text(OLD.replace("=0起", "减少"), encoding="utf-8")
    done = run("validate", "tables", "--baseline", "known.json", "-q", "--strict")
    assert done.returncode == EXIT_FINDINGS
    assert done.stdout == "tables/old.yaml:20:14 warning[not-measurable] “减少”没有幅度、基期或分档，无法考核\n"
    assert (tmp_path / "known.json").read_bytes() == before


def test_fixed_findings_are_removed_from_the_baseline(run: Run, old: Path, tmp_path: Path) -> None:
    old.write_text(OLD.replace("提高", "≥60%"), encoding="utf-8")
    done = run("validate", "tables", "--baseline", "known.json")
    assert done.stderr == "known.json: 已改好的问题已从基线中去掉\n"
    assert known(tmp_path) == {"旧项目": {"blank-field": {"": 1}}}
    old.write_text(OLD, encoding="utf-8")
    assert "not-measurable" in run("validate", "tables", "--baseline", "known.json", "-q").stdout


def test_findings_that_were_not_checked_stay_in_the_baseline(run: Run, old: Path, tmp_path: Path) -> None:
    """A run over other files or with other rules removes nothing."""
    old.write_text(OLD.replace("提高", "≥60%"), encoding="utf-8")
    before = (tmp_path / "known.json").read_bytes()
    run("validate", "tables/good.yaml", "--baseline", "known.json")
    run("validate", "tables", "--baseline", "known.json", "--select", "blank-field")
    assert (tmp_path / "known.json").read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [None, "", "{}", "[]", '{"version": 2, "findings": {}}', '{"version": 1, "findings": {"a": {"b": {"": 0}}}}'],
)
def test_a_missing_or_invalid_baseline_is_a_usage_error(run: Run, tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "other.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = run("validate", "tables", "--baseline", "other.json")
    assert (done.returncode, done.stdout) == (EXIT_USAGE, "")
    what = "没有这个基线文件；先用 --write-baseline 写一份"
    wrong = "这不是 --write-baseline 写的基线文件，或没有读取权限；请重新写一份"
    assert done.stderr == f"other.json: {what if text is None else wrong}\n"


def test_a_baseline_is_either_read_or_written(run: Run) -> None:
    done = run("validate", "tables", "--baseline", "a", "--write-baseline", "b")
    assert done.returncode == EXIT_USAGE
    assert done.stderr.startswith("--baseline 与 --write-baseline 不能一起用")
