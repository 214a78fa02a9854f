"""What a person or a pipe gets to read: standard output for the result, standard error for all else."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from perftarget import __version__, i18n
from perftarget.errors import ConfigError, WriteError
from perftarget.i18n import tr
from perftarget.text.normalize import escape_invisible

EXIT_OK: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERNAL_ERROR: Final = 3
EXIT_INTERRUPTED: Final = 130


class CommandExit(Exception):
    """The command is over, with that exit code; all has been said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


_listeners: Final[list[Callable[[str, str], object]]] = []


def add_listener(listener: Callable[[str, str], object]) -> None:
    """Have what is said from now on told to another, too: on which stream, and the text."""
    _listeners.append(listener)


def remove_listener(listener: Callable[[str, str], object]) -> None:
    """Stop passing what is printed to a listener."""
    _listeners.remove(listener)


def write_stdout(text: str) -> None:
    """Write to standard output; a reader that went away early (head, less) is no fault of anybody."""
    for listener in _listeners:
        listener("out", text)
    try:
        if sys.stdout:
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print_message(tr(f"结果没有写出：{error.strerror}", f"the result was not written: {error.strerror}"))
            raise CommandExit(EXIT_USAGE) from error


_COMMAND: Final = re.compile(r"^\s*::|##\[", re.MULTILINE)


def neutralize_log_commands(text: str) -> str:
    """The text, where a log is read for commands without any: the name of a file could be one."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return _COMMAND.sub(lambda found: f"{found[0][:-1]}\\u{ord(found[0][-1]):04x}", text)


def print_message(text: str) -> None:
    """Say on standard error what is not the result."""
    write_stderr(neutralize_log_commands("\n".join(map(escape_invisible, text.split("\n"))) + "\n"))


def write_stderr(text: str) -> None:
    """Write to standard error as it is."""
    for listener in _listeners:
        listener("error", text)
    if sys.stderr:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def report_interrupt() -> int:
    """What Ctrl-C ends with."""
    print_message(tr("已中断，结果不完整。", "interrupted; the result is not whole."))
    return EXIT_INTERRUPTED


def write_or_exit(files: Mapping[Path, str | bytes]) -> None:
    """Write all files, or none and end."""
    from perftarget.files.atomic_write import write_files

    try:
        write_files(files)
    except WriteError as error:
        print_message(tr(f"没有写入：{error}", f"not written: {error}"))
        raise CommandExit(EXIT_USAGE) from error


def run_command(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; the one place where an internal error is caught and reported."""
    i18n.set_language(i18n.detect_language(sys.argv[1:], os.environ))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console of another code page shows what it can
    try:
        return command()
    except ConfigError as error:
        print_message(str(error))
        return EXIT_USAGE
    except CommandExit as exit_:
        return exit_.code
    except Exception:
        traceback.print_exc()
        print_message(
            tr(
                f"perftarget {__version__} 自身出错，不是您的文件有问题。请把以上内容报告给开发者。",
                f"perftarget {__version__} failed; this is no fault of your files. Please report the above.",
            )
        )
        return EXIT_INTERNAL_ERROR


def use_color(colour: str) -> bool:
    """Whether to colour: `auto` is on a terminal, unless NO_COLOR or TERM=dumb says no or FORCE_COLOR yes."""
    if colour != "auto":
        return colour == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(sys.stdout and sys.stdout.isatty()) and os.environ.get("TERM") != "dumb"
