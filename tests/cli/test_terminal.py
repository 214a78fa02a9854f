"""Output on terminals and pipes: progress, colour, Ctrl-C and a closed reader."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from command_line import GOOD
from perftarget.runner import progress
from repository import ROOT

COMMAND = [sys.executable, "-m", "perftarget"]
INTERRUPTED = "已中断，结果不完整。\n"


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    return {**kept, "TERM": "xterm", **changes}


def test_ctrl_c_ends_with_one_line() -> None:
    """The signal is sent while the command reads its standard input."""
    with subprocess.Popen(
        [*COMMAND, "validate", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin
        process.stdin.write(b"x" * 200_000)  # more than a pipe holds, so the command is reading when this returns
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, error = process.communicate()
    assert (process.returncode, out, error.decode()) == (130, b"", INTERRUPTED)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ctrl_c_inside_a_command_ends_with_one_line(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from perftarget import __main__

    before = signal.getsignal(signal.SIGINT)

    def interrupt(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("sys.argv", ["perftarget", "rules", "--lang", language])
    monkeypatch.setattr("perftarget.linter.catalogue.rules_as_text", interrupt)
    try:
        with pytest.raises(SystemExit) as ended:
            __main__.main()
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.value.code == 130
    messages = {"zh": INTERRUPTED, "en": "interrupted; the result is not whole.\n"}
    assert capsys.readouterr() == ("", messages[language])


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_a_closed_pipe_is_not_an_error(format_: str) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*COMMAND, "validate", "data", "--format", format_],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Replace stderr by a terminal and show progress at once.

    A function, not a fixture, because pytest replaces stderr after the fixtures.
    """
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_DELAY", -1)
    return terminal


def test_progress_is_shown_after_a_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "_DELAY", 1000)
    assert list(progress.with_progress(["a", "b"])) == ["a", "b"]
    assert terminal.getvalue() == ""
    monkeypatch.setattr(progress, "_DELAY", -1)
    assert list(progress.with_progress(["a", "b"])) == ["a", "b"]
    shown = terminal.getvalue()
    assert "检查" in shown
    assert "0/2" in re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", shown)
    assert shown.endswith("\x1b[2K")  # the line is cleared


def test_progress_is_cleared_when_the_iteration_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    steps = progress.with_progress(["a", "b"])
    assert next(steps) == "a"
    steps.close()
    assert terminal.getvalue().endswith("\x1b[2K")


def test_no_progress_in_pipes_and_on_dumb_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    assert list(progress.with_progress(["a"])) == ["a"]
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", StringIO())
    assert list(progress.with_progress(["a"])) == ["a"]
    assert terminal.getvalue() == ""


def on_a_terminal(*arguments: str, **changes: str) -> str:
    """Return the output of a command on a pseudo-terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment(**changes)
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    process.wait()
    return shown.decode()


@pytest.mark.parametrize(
    ("arguments", "changes", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_on_a_terminal_depends_on_options_and_environment(
    arguments: list[str], changes: dict[str, str], coloured: bool
) -> None:
    shown = on_a_terminal("validate", "data", *arguments, **changes)
    assert ("\x1b[" in shown) == coloured
    assert "5 个文件、5 张表：" in shown


def test_html_is_refused_on_a_terminal() -> None:
    shown = on_a_terminal("validate", "data", "--format", "html")
    assert shown.strip() == "网页要写到文件里，如 --format html=审核意见.html。用法见 perftarget validate -h"


def test_files_are_written_without_colour(tmp_path: Path) -> None:
    on_a_terminal("validate", "data", "-o", str(tmp_path / "x"), FORCE_COLOR="1")
    assert "\x1b" not in (tmp_path / "x").read_text(encoding="utf-8")
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert on_a_terminal("validate", str(tmp_path / "good.yaml"), "-q") == ""
