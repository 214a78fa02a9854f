"""`--watch`: each change is followed by a check, and Ctrl-C ends the command."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import environment_with_modules
from perftarget.cli import watch as serving
from perftarget.runner.validate import ValidateOptions

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to another process on Windows")
WATCH = [sys.executable, "-m", "perftarget", "validate", "-q", "--select", "empty-indicator", "--watch"]
TABLE = "项目名称: 甲\n绩效指标:\n  11-数量指标:\n    人数: {}\n"
EMPTY = "data/{}.yaml:4:5 error[empty-indicator] “人数”没有绩效值；请填写"


class Watch:
    """A running `validate --watch`, and the lines of both its streams."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*WATCH, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def until_it_waits(self) -> list[str]:
        """Return the lines up to the next wait for changes."""
        lines = []
        while (line := self._lines.get(timeout=30)) != "等待改动；按 Ctrl-C 结束。":
            lines.append(line)
        return lines

    def end(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self._thread.join(30)
        self.process.stdout.close()
        return code, self._lines.get(timeout=30)

    def _listen(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(TABLE.format("5 人"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    running = Watch(folder)
    yield running
    running.process.kill()
    running.process.wait()
    running.process.stdout.close()


def test_changed_files_are_checked_again(folder: Path, watch: Watch) -> None:
    assert watch.until_it_waits() == []
    (folder / "data" / "a.yaml").write_text(TABLE.format(""), encoding="utf-8")
    again, found = watch.until_it_waits()
    assert again[8:] == " data/a.yaml 有改动，重新检查："
    assert found == EMPTY.format("a")
    # Most editors save a file by replacing it.
    (folder / "data" / ".new").write_text(TABLE.format("5 人"), encoding="utf-8")
    (folder / "data" / ".new").replace(folder / "data" / "a.yaml")
    assert len(watch.until_it_waits()) == 1
    (folder / "data" / "b.yaml").write_text(TABLE.format(""), encoding="utf-8")
    assert watch.until_it_waits()[1:] == [EMPTY.format("b")]
    (folder / "data" / "b.yaml").unlink()
    assert len(watch.until_it_waits()) == 1
    assert watch.end() == (130, "已结束。")


def test_changed_settings_take_effect(folder: Path, watch: Watch) -> None:
    watch.until_it_waits()
    config = folder / "perftarget.yaml"
    config.write_text("severty: {}\n", encoding="utf-8")
    again, fault = watch.until_it_waits()
    assert again[8:] == " perftarget.yaml 有改动，重新检查："
    assert fault.endswith("perftarget.yaml:1:1: 配置项 severty 不存在。是否为 severity？")
    (folder / "more").mkdir()
    (folder / "more" / "b.yaml").write_text(TABLE.format(""), encoding="utf-8")
    config.write_text("paths: [data, more]\n", encoding="utf-8")
    assert watch.until_it_waits()[1:] == [EMPTY.format("b").replace("data", "more")]
    (folder / "more" / "b.yaml").write_text(TABLE.format("5 人"), encoding="utf-8")
    assert watch.until_it_waits()[0][8:] == " more/b.yaml 有改动，重新检查："
    config.unlink()
    assert len(watch.until_it_waits()) == 1
    assert watch.end()[0] == 130


def test_a_single_file_is_watched_before_it_exists(folder: Path) -> None:
    running = Watch(folder, "data/c.yaml")
    assert running.until_it_waits() == ["data/c.yaml: 没有这个文件或文件夹，请检查路径"]
    (folder / "data" / "c.yaml").write_text(TABLE.format(""), encoding="utf-8")
    assert running.until_it_waits()[1:] == [EMPTY.format("c")]
    (folder / "data" / "a.yaml").write_text(TABLE.format(""), encoding="utf-8")  # not watched
    (folder / "data" / "c.yaml").write_text(TABLE.format("3 人"), encoding="utf-8")
    assert [line[8:] for line in running.until_it_waits()] == [" data/c.yaml 有改动，重新检查："]
    assert running.end()[0] == 130


def test_a_change_during_a_check_is_noticed_afterwards(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    asked = ValidateOptions(paths=["data"])
    began, tables = serving._watched(asked), serving._tables(["data"])
    (folder / "data" / "a.yaml").write_text(TABLE.format(""), encoding="utf-8")
    assert serving._wait(asked, began, tables) == str(Path("data", "a.yaml"))


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["--fix"], "--watch 与 --fix 不能一起用"),
        (["--staged"], "--watch 与 --staged 不能一起用"),
        (["--write-baseline", "b.json"], "--watch 与 --write-baseline 不能一起用"),
        (["-"], "--watch 与 - 不能一起用"),
    ],
)
def test_options_that_conflict_with_watch_are_refused(folder: Path, arguments: list[str], fault: str) -> None:
    done = subprocess.run([*WATCH, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert fault in done.stderr


def test_without_watchfiles_the_command_names_the_extra_to_install(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ModuleNotFoundError('x', name='watchfiles')\n", encoding="utf-8")
    environment = environment_with_modules(tmp_path)
    done = subprocess.run(WATCH, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (2, "没有安装 watchfiles；请运行 pip install 'perftarget[watch]'\n")
