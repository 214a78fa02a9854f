"""What a terminal and a pipe get: progress, colour, an end by Ctrl-C and by a reader that has gone."""

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
    """While it waits for what is to be checked; the pipe says when it has begun to."""
    with subprocess.Popen(
        [*COMMAND, "validate", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin
        process.stdin.write(b"x" * 200_000)  # more than a pipe holds: it is reading when this returns
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, error = process.communicate()
    assert (process.returncode, out, error.decode()) == (130, b"", INTERRUPTED)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ctrl_c_at_any_moment(
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
    said = {"zh": INTERRUPTED, "en": "interrupted; the result is not whole.\n"}
    assert capsys.readouterr() == ("", said[language])


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_a_reader_that_has_gone_is_no_fault(format_: str) -> None:
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
    """Somebody looks on, with no patience; called in the test, since pytest puts its own stream back before that."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE", -1)
    return terminal


def test_progress_is_shown_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 1000)
    assert list(progress.with_progress(["a", "b"])) == ["a", "b"]
    assert terminal.getvalue() == ""
    monkeypatch.setattr(progress, "_PATIENCE", -1)
    assert list(progress.with_progress(["a", "b"])) == ["a", "b"]
    shown = terminal.getvalue()
    assert "检查" in shown
    assert "0/2" in re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", shown)
    assert shown.endswith("\x1b[2K")  # nothing of it is left


def test_progress_ends_with_what_it_follows(monkeypatch: pytest.MonkeyPatch) -> None:
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
    """What a terminal of that kind gets from the command."""
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
def test_colour_on_a_terminal(arguments: list[str], changes: dict[str, str], coloured: bool) -> None:
    shown = on_a_terminal("validate", "data", *arguments, **changes)
    assert ("\x1b[" in shown) == coloured
    assert "5 个文件、5 张表：" in shown


def test_a_web_page_is_no_text_for_a_terminal() -> None:
    shown = on_a_terminal("validate", "data", "--format", "html")
    assert shown.strip() == "网页要写到文件里，如 --format html=审核意见.html。用法见 perftarget validate -h"


def test_no_colour_in_a_file(tmp_path: Path) -> None:
    on_a_terminal("validate", "data", "-o", str(tmp_path / "x"), FORCE_COLOR="1")
    assert "\x1b" not in (tmp_path / "x").read_text(encoding="utf-8")
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert on_a_terminal("validate", str(tmp_path / "good.yaml"), "-q") == ""
