"""What an earlier run found is used where nothing has changed, and never where anything has."""

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
from perftarget.runner import scheduler as sweep
from perftarget.runner import session
from perftarget.runner.cache import codec as packed
from perftarget.runner.cache import replay
from perftarget.runner.cache import store as caches
from perftarget.runner.cache import version_key as edition
from perftarget.runner.cache.store import Cache
from perftarget.runner.check_file import FileResult

WRONG = GOOD.replace("12 万元", "13 万元")
Check = Callable[..., CommandResult]


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were examined, not looked up."""
    met: list[str] = []
    original = examine.FileChecker.examine

    def noting(self: examine.FileChecker, path: str, *rest: object, **more: object) -> FileResult:
        met.append(path)
        return original(self, path, *rest, **more)

    monkeypatch.setattr(examine.FileChecker, "examine", noting)
    return met


@pytest.fixture
def tables(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    (folder / "good.yaml").write_text(WRONG, encoding="utf-8")
    (folder / "other.yaml").write_text(GOOD.replace("公益性岗位补贴", "道路养护"), encoding="utf-8")
    return folder


Told = Callable[..., int | None]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """The exit code that the entry point tells again; None where it has to look anew."""

    def tell(*arguments: str) -> int | None:
        language.set_language("zh")
        code = replay.replay_run(caches_folder(), ["validate", *arguments], dict(os.environ))
        capsys.readouterr()
        return code

    return tell


def caches_folder() -> Path:
    return Path(os.environ["PERFTARGET_CACHE_DIR"])


def test_only_what_has_changed_is_examined(run: Run, tables: Path, examined: list[str]) -> None:
    first = run("validate", "tables")
    assert examined == ["tables/good.yaml", "tables/other.yaml"]
    examined.clear()
    assert run("validate", "tables") == first
    assert examined == []
    (tables / "other.yaml").write_text(WRONG.replace("公益性岗位补贴", "道路养护"), encoding="utf-8")
    assert "2 个警告" in run("validate", "tables").stdout
    assert examined == ["tables/other.yaml"]
    examined.clear()
    run("validate", "tables", "--no-cache")
    assert examined == ["tables/good.yaml", "tables/other.yaml"]


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], list[str]]] = {
    "a setting": lambda folder, patch: (
        (folder / "perftarget.yaml").write_text("severity: {amount-mismatch: error}\n") and []
    ),
    "a setting above": lambda folder, patch: (
        (folder.parent / "perftarget.yaml").write_text("tolerance: {share: 20%}\n") and []
    ),
    "an edition": lambda folder, patch: (
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
def test_a_change_is_never_missed(
    run: Run, tables: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch, change: str, told: Told
) -> None:
    run("validate", "tables")
    assert told("tables") == 0
    examined.clear()
    arguments = CHANGES[change](tables, monkeypatch)
    assert told("tables", *arguments) is None
    changed = run("validate", "tables", *arguments)
    assert examined == ["tables/good.yaml", "tables/other.yaml"]
    assert changed == run("validate", "tables", "--no-cache", *arguments)


def test_an_extended_setting_is_one_too(run: Run, tables: Path, told: Told) -> None:
    (tables / "perftarget.yaml").write_text("extends: own.yaml\n", encoding="utf-8")
    (tables / "own.yaml").write_text("severity: {amount-mismatch: error}\n", encoding="utf-8")
    (tables / "own.yaml").rename(tables.parent / "own.yaml")
    (tables / "perftarget.yaml").write_text("extends: ../own.yaml\n", encoding="utf-8")
    assert run("validate", "tables").returncode == 1
    assert told("tables") == 1
    (tables.parent / "own.yaml").write_text("severity: {amount-mismatch: info}\n", encoding="utf-8")
    assert told("tables") is None


def test_a_new_and_a_lost_file(run: Run, tables: Path, told: Told) -> None:
    run("validate", "tables")
    assert told("tables") == 0
    (tables / "new.yaml").write_text(GOOD, encoding="utf-8")
    assert told("tables") is None
    (tables / "new.yaml").unlink()
    assert told("tables") == 0
    (tables / "other.yaml").unlink()
    assert told("tables") is None


def test_what_is_told_again_is_what_was_said(
    run: Run, tables: Path, capsys: pytest.CaptureFixture[str], told: Told
) -> None:
    first = run("validate", "tables", "--strict")
    code = replay.replay_run(caches_folder(), ["validate", "tables", "--strict"], dict(os.environ))
    assert (code, *capsys.readouterr()) == (1, first.stdout, first.stderr)
    # Not where more is done than said.
    for arguments in (
        ["--fix"],
        ["-o", "x"],
        ["--format", "sarif=x.sarif"],
        ["--write-baseline", "b.json"],
        ["--no-cache"],
    ):
        run("validate", "tables", *arguments)
        assert told("tables", *arguments) is None
    run("validate", "-", standard_input=GOOD)
    assert told("-") is None


def test_a_waiver_counts_its_days(
    run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch, examined: list[str], told: Told
) -> None:
    until = date.today() + timedelta(days=1)
    suppression = f"豁免:\n  - {{规则: amount-mismatch, 理由: 待核, 至: {until}}}\n"
    (tables / "good.yaml").write_text(WRONG + suppression, encoding="utf-8")
    assert "waived[amount-mismatch]" in run("validate", "tables", "-q").stdout
    examined.clear()

    class Later(date):
        @classmethod
        def today(cls) -> date:
            return until + timedelta(days=1)

    monkeypatch.setattr(session.Project, "of", _on(session.Project.of, Later.today()))
    monkeypatch.setattr(replay, "date", Later)
    assert told("tables", "-q") is None
    done = run("validate", "tables", "-q")
    assert "warning[amount-mismatch]" in done.stdout
    assert f"已于 {until} 到期" in done.stdout
    assert examined == ["tables/good.yaml"]  # the other has no waiver: no day bears on it


def _on(of: Callable[..., session.Project], day: date) -> Callable[..., session.Project]:
    def session_of(*arguments: object) -> session.Project:
        made = of(*arguments)
        made.today = day
        return made

    return session_of


# What goes wrong with it


def test_a_garbled_cache_is_made_anew(run: Run, tables: Path, told: Told) -> None:
    first = run("validate", "tables")
    database = caches_folder() / "results-2.sqlite"
    database.write_bytes(b"garbled" * 1000)
    for record in caches_folder().glob("runs-*"):
        record.write_bytes(record.read_bytes()[:50])
    assert told("tables") is None
    assert run("validate", "tables") == first
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM results").fetchone() == (2,)
        connection.execute("UPDATE results SET value = ?", (b"garbled",))
    connection.close()
    assert run("validate", "tables") == first


def test_a_cache_that_cannot_be_used_changes_nothing(
    run: Run, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    first = run("validate", "tables", "--no-cache")
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", str(tmp_path / "file"))
    done = run("validate", "tables")
    assert (done.returncode, done.stdout) == (first.returncode, first.stdout)
    assert done.stderr.startswith(f"{tmp_path}/file/results-2.sqlite: 缓存用不了，结果不受影响：")
    assert told("tables") is None


def test_a_full_disk_changes_nothing(run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        (tables / f"{number}.yaml").write_text(WRONG.replace("公益性岗位补贴", f"项目{number}"), encoding="utf-8")
    first = run("validate", "tables", "--no-cache")
    connected = caches._connected

    def full(path: Path) -> sqlite3.Connection:
        connection = connected(path)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(caches, "_connected", full)
    done = run("validate", "tables")
    assert done.stdout == first.stdout
    assert "缓存用不了，结果不受影响：database or disk is full\n" in done.stderr


def test_several_runs_at_once(tables: Path) -> None:
    for number in range(60):
        (tables / f"{number}.yaml").write_text(WRONG.replace("公益性岗位补贴", f"项目{number}"), encoding="utf-8")
    command = [sys.executable, "-m", "perftarget", "validate", "tables", "-j", "2"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    said = {process.communicate() for process in runs}
    assert len(said) == 1
    ((out, error),) = said
    assert (error, out.decode().splitlines()[-1].split("：")[0]) == (b"", "62 个文件、62 张表")


def test_it_never_holds_too_much(tmp_path: Path) -> None:
    """Of its values, and of the file with what it wastes."""
    cache = Cache(tmp_path, most=1_000_000)
    for number in range(200):
        cache.put(bytes([number]), "", bytes(2_000 + 20 * number))
    cache.close()
    again = Cache(tmp_path)
    assert len(again.get(bytes([number]) for number in range(200))) == 200
    again.close()
    cache = Cache(tmp_path, most=500_000)
    cache.put(bytes([200]), "", bytes(2_000))
    cache.close()
    again = Cache(tmp_path)
    assert 100 < len(again.get(bytes([number]) for number in range(201))) < 180
    again.close()
    assert (tmp_path / "results-2.sqlite").stat().st_size < 500_000


def test_records_make_room(run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch, told: Told) -> None:
    monkeypatch.setattr(replay, "_MOST_KEPT", 1000)
    for width in range(60, 70):
        monkeypatch.setenv("COLUMNS", str(width))
        run("validate", "tables")
    assert 0 < sum(path.stat().st_size for path in caches_folder().glob("runs-*")) < 2500
    monkeypatch.setattr(replay, "_MOST_SAID", 1)
    monkeypatch.setenv("COLUMNS", "99")
    run("validate", "tables")
    assert told("tables") is None


def test_clean(run: Run, tables: Path, told: Told) -> None:
    run("validate", "tables")
    assert told("tables") == 0
    assert run("cache", "path").stdout == f"{caches_folder()}\n"
    kept = sum(path.stat().st_size for path in caches_folder().iterdir())
    assert run("cache", "clean").stdout == f"已清空 {caches_folder()}：{kept:,} 字节。\n"
    assert list(caches_folder().iterdir()) == []
    assert told("tables") is None
    assert run("cache", "clean").stdout == f"已清空 {caches_folder()}：0 字节。\n"


def test_a_user_without_a_home_has_no_cache(
    run: Run, tables: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    first = run("validate", "tables", "--no-cache")

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("PERFTARGET_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert run("validate", "tables") == first
    done = run("cache", "path")
    assert (done.returncode, done.stderr) == (2, "没有缓存：找不到用户的主目录，可以设置 PERFTARGET_CACHE_DIR\n")


# What bytes of others can do: nothing


@pytest.mark.parametrize("text", ["", "null", "[1, 2]", '{"path": 1}', "[" * 100_000])
def test_nothing_but_a_result_is_read_from_the_cache(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        packed.unpack(zlib.compress(text.encode()))


def test_an_edition_is_that_of_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
