"""Terminal output: results on standard output, messages on standard error, and the exit codes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from perftarget import __version__, i18n
from perftarget.errors import ConfigError, WriteError
from perftarget.i18n import tr
from perftarget.text.control_characters import escape_invisible

EXIT_OK: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERNAL_ERROR: Final = 3
EXIT_INTERRUPTED: Final = 130


class CommandExit(Exception):  # noqa: N818 - no error: all has been reported
    """End of a command with an exit code; all messages have been printed before it is raised."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


_listeners: Final[list[Callable[[str, str], object]]] = []


def add_listener(listener: Callable[[str, str], object]) -> None:
    """Call `listener` with the stream ("out" or "error") and the text of all later output."""
    _listeners.append(listener)


def remove_listener(listener: Callable[[str, str], object]) -> None:
    """Stop passing what is printed to a listener."""
    _listeners.remove(listener)


def write_stdout(text: str) -> None:
    """Write to standard output; a closed pipe (head, less) is not an error.

    Raises CommandExit if the text cannot be written for another reason.
    """
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


_LOG_COMMAND: Final = re.compile(r"^\s*::|##\[", re.MULTILINE)


def neutralize_log_commands(text: str) -> str:
    """Return the text with the workflow commands of GitHub Actions escaped, if it runs there.

    A file name could otherwise be executed as a command of the log.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return _LOG_COMMAND.sub(lambda match: f"{match[0][:-1]}\\u{ord(match[0][-1]):04x}", text)


def print_message(text: str) -> None:
    """Print a message that is not part of the result to standard error, with invisible characters escaped."""
    write_stderr(neutralize_log_commands("\n".join(map(escape_invisible, text.split("\n"))) + "\n"))


def write_stderr(text: str) -> None:
    """Write to standard error without any escaping."""
    for listener in _listeners:
        listener("error", text)
    if sys.stderr:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def report_interrupt() -> int:
    """Print that the run was interrupted by Ctrl-C, and return the exit code."""
    print_message(tr("已中断，结果不完整。", "interrupted; the result is not whole."))
    return EXIT_INTERRUPTED


def write_or_exit(files: Mapping[Path, str | bytes]) -> None:
    """Write all files, or none of them and raise CommandExit after a message."""
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
        import traceback

        traceback.print_exc()
        print_message(
            tr(
                f"perftarget {__version__} 自身出错，不是您的文件有问题。请把以上内容报告给开发者。",
                f"perftarget {__version__} failed; this is no fault of your files. Please report the above.",
            )
        )
        return EXIT_INTERNAL_ERROR


def use_color(mode: str) -> bool:
    """Return True if output is coloured in this mode: `always`, `never` or `auto`.

    `auto` colours a terminal; NO_COLOR, FORCE_COLOR and TERM=dumb override this, in that order.
    """
    if mode != "auto":
        return mode == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(sys.stdout and sys.stdout.isatty()) and os.environ.get("TERM") != "dumb"
