"""The cache: earlier results are used if nothing has changed, and only then."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from command_line import GOOD, CommandResult, Run
from perftarget import i18n as language
from perftarget.runner import check_file as examine
from perftarget.runner import project
from perftarget.runner import scheduler as sweep
from perftarget.runner.cache import codec as packed
from perftarget.runner.cache import replay
from perftarget.runner.cache import store as caches
from perftarget.runner.cache import version_key as edition
from perftarget.runner.cache.store import Cache
from perftarget.runner.check_file import FileResult

WRONG = GOOD.replace("12 万元", "13 万元")
Check = Callable[..., CommandResult]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the files that are checked and not taken from the cache."""
    met: list[str] = []
    original = examine.FileChecker.check

    def noting(self: examine.FileChecker, path: str, *rest: object, **more: object) -> FileResult:
        met.append(path)
        return original(self, path, *rest, **more)

    monkeypatch.setattr(examine.FileChecker, "check", noting)
    return met


@pytest.fixture
def tables(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    (folder / "good.yaml").write_text(WRONG, encoding="utf-8")
    (folder / "other.yaml").write_text(GOOD.replace("公益性岗位补贴", "道路养护"), encoding="utf-8")
    return folder


Replay = Callable[..., int | None]


@pytest.fixture
def replayed(capsys: pytest.CaptureFixture[str]) -> Replay:
    """Return a function that returns the exit code of a replayed run, or None if a new run is necessary."""

    def replay_run(*arguments: str) -> int | None:
        language.set_language("zh")
        code = replay.replay_run(caches_folder(), ["validate", *arguments], dict(os.environ))
        capsys.readouterr()
        return code

    return replay_run


def caches_folder() -> Path:
    return Path(os.environ["PERFTARGET_CACHE_DIR"])


def test_only_changed_files_are_checked(run: Run, tables: Path, checked: list[str]) -> None:
    first = run("validate", "tables")
    assert checked == ["tables/good.yaml", "tables/other.yaml"]
    checked.clear()
    assert run("validate", "tables") == first
    assert checked == []
    (tables / "other.yaml").write_text(WRONG.replace("公益性岗位补贴", "道路养护"), encoding="utf-8")
    assert "2 个警告" in run("validate", "tables").stdout
    assert checked == ["tables/other.yaml"]
    checked.clear()
    run("validate", "tables", "--no-cache")
    assert checked == ["tables/good.yaml", "tables/other.yaml"]


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], list[str]]] = {
    "a setting": lambda folder, patch: (
        (folder / "perftarget.yaml").write_text("severity: {amount-mismatch: error}\n") and []
    ),
    "a setting above": lambda folder, patch: (
        (folder.parent / "perftarget.yaml").write_text("tolerance: {share: 20%}\n") and []
    ),
    "the version": lambda folder, patch: (
        patch.setattr(sweep, "version_key", lambda: b"other")
        or patch.setattr(replay, "version_key", lambda: b"other")
        or []
    ),
    "the language": lambda folder, patch: ["--lang", "en"],
    "the rules": lambda folder, patch: ["--ignore", "typo"],
    "the form": lambda folder, patch: ["--profile", "mof-2021"],
    "the width": lambda folder, patch: patch.setenv("COLUMNS", "70") or [],
    "quiet": lambda folder, patch: ["-q"],
    "the format": lambda folder, patch: ["--format", "json"],
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_is_noticed(
    run: Run, tables: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch, change: str, replayed: Replay
) -> None:
    run("validate", "tables")
    assert replayed("tables") == 0
    checked.clear()
    arguments = CHANGES[change](tables, monkeypatch)
    assert replayed("tables", *arguments) is None
    changed = run("validate", "tables", *arguments)
    assert checked == ["tables/good.yaml", "tables/other.yaml"]
    assert changed == run("validate", "tables", "--no-cache", *arguments)


def test_a_change_of_an_extended_configuration_is_noticed(run: Run, tables: Path, replayed: Replay) -> None:
    (tables / "perftarget.yaml").write_text("extends: own.yaml\n", encoding="utf-8")
    (tables / "own.yaml").write_text("severity: {amount-mismatch: error}\n", encoding="utf-8")
    (tables / "own.yaml").rename(tables.parent / "own.yaml")
    (tables / "perftarget.yaml").write_text("extends: ../own.yaml\n", encoding="utf-8")
    assert run("validate", "tables").returncode == 1
    assert replayed("tables") == 1
    (tables.parent / "own.yaml").write_text("severity: {amount-mismatch: info}\n", encoding="utf-8")
    assert replayed("tables") is None


def test_new_and_deleted_files_are_noticed(run: Run, tables: Path, replayed: Replay) -> None:
    run("validate", "tables")
    assert replayed("tables") == 0
    (tables / "new.yaml").write_text(GOOD, encoding="utf-8")
    assert replayed("tables") is None
    (tables / "new.yaml").unlink()
    assert replayed("tables") == 0
    (tables / "other.yaml").unlink()
    assert replayed("tables") is None


def test_a_replay_repeats_the_output_and_the_exit_code(
    run: Run, tables: Path, capsys: pytest.CaptureFixture[str], replayed: Replay
) -> None:
    first = run("validate", "tables", "--strict")
    code = replay.replay_run(caches_folder(), ["validate", "tables", "--strict"], dict(os.environ))
    assert (code, *capsys.readouterr()) == (1, first.stdout, first.stderr)
    # A run that writes more than its output is not replayed.
    for arguments in (
        ["--fix"],
        ["-o", "x"],
        ["--format", "sarif=x.sarif"],
        ["--write-baseline", "b.json"],
        ["--no-cache"],
    ):
        run("validate", "tables", *arguments)
        assert replayed("tables", *arguments) is None
    run("validate", "-", standard_input=GOOD)
    assert replayed("-") is None


def test_an_expired_waiver_is_noticed(
    run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch, checked: list[str], replayed: Replay
) -> None:
    until = date.today() + timedelta(days=1)
    suppression = f"豁免:\n  - {{规则: amount-mismatch, 理由: 待核, 至: {until}}}\n"
    (tables / "good.yaml").write_text(WRONG + suppression, encoding="utf-8")
    assert "waived[amount-mismatch]" in run("validate", "tables", "-q").stdout
    checked.clear()

    class Later(date):
        @classmethod
        def today(cls) -> date:
            return until + timedelta(days=1)

    monkeypatch.setattr(project.Project, "find", _on(project.Project.find, Later.today()))
    monkeypatch.setattr(replay, "date", Later)
    assert replayed("tables", "-q") is None
    done = run("validate", "tables", "-q")
    assert "warning[amount-mismatch]" in done.stdout
    assert f"已于 {until} 到期" in done.stdout
    assert checked == ["tables/good.yaml"]  # the other file has no waiver and does not depend on the date


def _on(of: Callable[..., project.Project], day: date) -> Callable[..., project.Project]:
    def session_of(*arguments: object) -> project.Project:
        made = of(*arguments)
        made.today = day
        return made

    return session_of


# Faults of the cache


def test_a_damaged_cache_is_rebuilt(run: Run, tables: Path, replayed: Replay) -> None:
    first = run("validate", "tables")
    database = caches_folder() / "results-3.sqlite"
    database.write_bytes(b"garbled" * 1000)
    for record in caches_folder().glob("runs-*"):
        record.write_bytes(record.read_bytes()[:50])
    assert replayed("tables") is None
    assert run("validate", "tables") == first
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM results").fetchone() == (2,)
        connection.execute("UPDATE results SET value = ?", (b"garbled",))
    connection.close()
    assert run("validate", "tables") == first


def test_an_unusable_cache_does_not_change_the_result(
    run: Run, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replayed: Replay
) -> None:
    first = run("validate", "tables", "--no-cache")
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", str(tmp_path / "file"))
    done = run("validate", "tables")
    assert (done.returncode, done.stdout) == (first.returncode, first.stdout)
    assert done.stderr.startswith(f"{tmp_path}/file/results-3.sqlite: 缓存用不了，结果不受影响：")
    assert replayed("tables") is None


def test_a_full_disk_does_not_change_the_result(run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        (tables / f"{number}.yaml").write_text(WRONG.replace("公益性岗位补贴", f"项目{number}"), encoding="utf-8")
    first = run("validate", "tables", "--no-cache")
    connected = caches._connect

    def full(path: Path) -> sqlite3.Connection:
        connection = connected(path)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(caches, "_connect", full)
    done = run("validate", "tables")
    assert done.stdout == first.stdout
    assert "缓存用不了，结果不受影响：database or disk is full\n" in done.stderr


def test_concurrent_runs_have_the_same_output(tables: Path) -> None:
    for number in range(60):
        (tables / f"{number}.yaml").write_text(WRONG.replace("公益性岗位补贴", f"项目{number}"), encoding="utf-8")
    command = [sys.executable, "-m", "perftarget", "validate", "tables", "-j", "2"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    outputs = {process.communicate() for process in runs}
    assert len(outputs) == 1
    ((out, error),) = outputs
    assert (error, out.decode().splitlines()[-1].split("：")[0]) == (b"", "62 个文件、62 张表")


def test_the_cache_is_limited(tmp_path: Path) -> None:
    """Both its values and the size of its file are limited."""
    cache = Cache(tmp_path, max_size=1_000_000)
    for number in range(200):
        cache.put(bytes([number]), "", bytes(2_000 + 20 * number))
    cache.close()
    again = Cache(tmp_path)
    assert len(again.get(bytes([number]) for number in range(200))) == 200
    again.close()
    cache = Cache(tmp_path, max_size=500_000)
    cache.put(bytes([200]), "", bytes(2_000))
    cache.close()
    again = Cache(tmp_path)
    assert 100 < len(again.get(bytes([number]) for number in range(201))) < 180
    again.close()
    assert (tmp_path / "results-3.sqlite").stat().st_size < 500_000


def test_old_records_are_removed(run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch, replayed: Replay) -> None:
    monkeypatch.setattr(replay, "_MAX_RECORDS", 1000)
    for width in range(60, 70):
        monkeypatch.setenv("COLUMNS", str(width))
        run("validate", "tables")
    assert 0 < sum(path.stat().st_size for path in caches_folder().glob("runs-*")) < 2500
    monkeypatch.setattr(replay, "_MAX_RECORD", 1)
    monkeypatch.setenv("COLUMNS", "99")
    run("validate", "tables")
    assert replayed("tables") is None


def test_clean_removes_everything(run: Run, tables: Path, replayed: Replay) -> None:
    run("validate", "tables")
    assert replayed("tables") == 0
    assert run("cache", "path").stdout == f"{caches_folder()}\n"
    kept = sum(path.stat().st_size for path in caches_folder().iterdir())
    assert run("cache", "clean").stdout == f"已清空 {caches_folder()}：{kept:,} 字节。\n"
    assert list(caches_folder().iterdir()) == []
    assert replayed("tables") is None
    assert run("cache", "clean").stdout == f"已清空 {caches_folder()}：0 字节。\n"


def test_a_user_without_a_home_has_no_cache(
    run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch, replayed: Replay
) -> None:
    first = run("validate", "tables", "--no-cache")

    for name in ("PERFTARGET_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert run("validate", "tables") == first
    done = run("cache", "path")
    assert (done.returncode, done.stderr) == (2, "没有缓存：找不到用户的主目录，可以设置 PERFTARGET_CACHE_DIR\n")


# Content of others


@pytest.mark.parametrize("text", ["", "null", "[1, 2]", '{"path": 1}', "[" * 100_000])
def test_only_results_are_read_from_the_cache(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any message
        packed.unpack(zlib.compress(text.encode()))


def test_the_version_key_depends_on_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = edition.version_key()
    package = tmp_path / "perftarget"
    (package / "rules").mkdir(parents=True)
    rule = package / "rules" / "typo.py"
    rule.write_text("1", encoding="utf-8")
    monkeypatch.setattr(edition, "_PACKAGE", package)
    seen = {known}
    for text in ("1", "2", "22"):
        edition.version_key.cache_clear()
        rule.write_text(text, encoding="utf-8")
        os.utime(rule, ns=(0, len(seen)))
        seen.add(edition.version_key())
    edition.version_key.cache_clear()
    assert len(seen) == 4
