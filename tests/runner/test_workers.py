"""Several processes have the output of one, in the same order, even if one of them dies."""

from __future__ import annotations

import os
import pickle
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import perftarget
from command_line import GOOD, Run
from perftarget.linter import fact_store as facts
from perftarget.runner import check_file as examine
from perftarget.runner import cpu_count, workers
from perftarget.runner.cpu_count import available_cpus
from perftarget.tables.document import Document
from repository import DATA

DEFECTS = ("13 万元", "12 万元", "≥95", "每月15日前", "=0起")
MESSAGE = "检查它的进程异常退出（可能内存不足）；其余文件不受影响，请单独检查这个文件"


@pytest.fixture
def many(run: Run, tmp_path: Path) -> int:
    """Write tables with findings of their own and across tables, and return their number."""
    (tmp_path / "tables" / "good.yaml").unlink()
    for number in range(70):
        text = GOOD.replace("公益性岗位补贴", f"项目{number // 2}").replace("12 万元", DEFECTS[number % len(DEFECTS)])
        (tmp_path / "tables" / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "tables" / "perftarget.yaml").write_text("severity: {typo: off}\n", encoding="utf-8")
    return 70


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_the_output_is_the_same_for_any_number_of_processes(run: Run, many: int, format_: str) -> None:
    alone = run("validate", "tables", "--no-cache", "--format", format_, "-j", "1")
    assert f"{many} 张表" in alone.stdout or format_ != "text"
    for arguments in (["-j", "2"], ["-j", "3"], ["-j", "2", "--cache"], ["-j", "2", "--cache"], ["-j", "1", "--cache"]):
        assert (
            run("validate", "tables", *["--no-cache"][: "--cache" not in arguments], "--format", format_, *arguments)
            == alone
        )


def test_the_output_is_the_same_without_fork(run: Run, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """New interpreters are started, as on systems without fork."""
    alone = run("validate", "tables", "--no-cache", "-j", "1", "--lang", "en")
    monkeypatch.setattr(workers, "_CAN_FORK", False)
    assert run("validate", "tables", "--no-cache", "-j", "2", "--lang", "en") == alone


def kill_processes_that_check(monkeypatch: pytest.MonkeyPatch, names: set[str], once: Path | None = None) -> None:
    """Kill processes that check these files: each time, or only the first time."""
    check, parent = examine.check_document, os.getpid()

    def fatal(document: Document, *rest: object) -> object:
        if os.getpid() != parent and Path(document.source.path).name in names and not (once and once.exists()):
            if once:
                once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return check(document, *rest)

    monkeypatch.setattr(examine, "check_document", fatal)


def test_a_file_that_kills_its_process_is_reported(run: Run, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("validate", "tables", "-q", "--no-cache", "-j", "1").stdout.splitlines()
    check = examine.check_document
    kill_processes_that_check(monkeypatch, {"007.yaml", "066.yaml"})
    done = run("validate", "tables", "-q", "-j", "2")
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    for name in ("007", "066"):
        assert f"tables/{name}.yaml:1:1 error[unreadable-file] {MESSAGE}" in lines
    own = [
        line for line in whole if not line.startswith(("tables/007", "tables/066")) and "duplicate-project" not in line
    ]
    assert [line for line in own if "boilerplate" not in line and line not in lines] == []
    # The failure is not cached: the next run checks the files again.
    monkeypatch.setattr(examine, "check_document", check)
    assert run("validate", "tables", "-q", "-j", "2").stdout.splitlines() == whole


def test_a_process_killed_once_does_not_change_the_result(
    run: Run, many: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = run("validate", "tables", "--no-cache", "-j", "1")
    kill_processes_that_check(monkeypatch, {"033.yaml"}, once=tmp_path / "once")
    assert run("validate", "tables", "--no-cache", "-j", "2") == whole
    assert (tmp_path / "once").exists()


def test_an_exception_of_a_rule_is_an_internal_error(run: Run, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine, "check_document", lambda *_: 1 / 0)
    done = run("validate", "tables", "-j", "2", "--no-cache")
    assert done.returncode == 3
    assert "ZeroDivisionError" in done.stderr


def test_many_facts_are_stored_on_disk(run: Run, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("validate", "tables", "--no-cache")
    assert "duplicate-project" in whole.stdout
    monkeypatch.setattr(facts, "_MAX_IN_MEMORY", 1000)
    assert run("validate", "tables", "--no-cache") == whole


def test_available_processors_depend_on_affinity_and_quota(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu_count.os, "sched_getaffinity", lambda _: set(range(8)))
    assert available_cpus(tmp_path) == 8
    for limit, count in {
        "max 100000": 8,
        "150000 100000": 2,
        "50000 100000": 1,
        "garbled": 8,
        "99999999 1000": 8,
    }.items():
        (tmp_path / "cpu.max").write_text(limit, encoding="ascii")
        assert available_cpus(tmp_path) == count
    (tmp_path / "cpu.max").unlink()
    (tmp_path / "cpu").mkdir()
    for quota, count in {"-1": 8, "300000": 3}.items():
        (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text(quota, encoding="ascii")
        (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000", encoding="ascii")
        assert available_cpus(tmp_path) == count


def test_check_bytes_runs_in_any_executor() -> None:
    """The function can be pickled."""
    path = DATA / "公益性岗位人员岗位补贴.yaml"
    data = path.read_bytes()
    here = perftarget.check_bytes(path.name, data)
    assert {one.rule for one in here} >= {"amount-mismatch", "not-measurable"}
    assert pickle.loads(pickle.dumps(perftarget.check_bytes)) is perftarget.check_bytes
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert pool.submit(perftarget.check_bytes, path.name, data, "nx-county-2025").result() == here
    assert [one.rule for one in perftarget.check_bytes("x.yaml", b"\xff\x00")] == ["unreadable-file"]
    with pytest.raises(AttributeError):
        perftarget.nothing  # noqa: B018
