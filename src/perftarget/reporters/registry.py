"""A run to text: the format chooses its reporter; and what an import did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from perftarget.i18n import counted, say
from perftarget.linter.diagnostic import Diagnostic, Run, Tally
from perftarget.reporters.options import View
from perftarget.text.normalize import visible

if TYPE_CHECKING:
    from perftarget.formats.grid import Cell
    from perftarget.tables.form import FormFile

_SHOWN: Final = 60  # characters of a text that found no place


class Streamed(Protocol):
    """A format that is written as it is found: a beginning, the findings of each file, an end."""

    SEPARATOR: str

    def begin(self, view: View) -> str: ...
    def part(self, diagnostics: Iterable[Diagnostic], view: View) -> str: ...
    def end(self, tally: Tally, view: View) -> str: ...


def report(run: Run, format_: str, view: View) -> str:
    text: str = _reporter(format_).render(run, view)
    return text


def streamed(format_: str) -> Streamed | None:
    """The reporter of a format that can be written as it is found; None where it needs all there is."""
    reporter = _reporter(format_)
    return reporter if hasattr(reporter, "part") else None


def _reporter(format_: str) -> Any:
    return import_module(f"perftarget.reporters.{format_}")


def import_summary(files: Iterable[FormFile], written: Iterable[Path]) -> str:
    """What was written, what was concluded rather than read, and every cell that found no place."""
    return "".join(line + "\n" for line in _import_lines(files, iter(written)))


def _import_lines(files: Iterable[FormFile], written: Iterator[Path]) -> Iterator[str]:
    for file in files:
        number = len(file.forms)
        yield say(f"{file.path}：{number} 张表", f"{file.path}: {counted(number, 'table')}")
        yield from (say("  注意：", "  note: ") + note for note in file.notes)
        yield from _unplaced(file.outside)
        for form in file.forms:
            yield say("  已写入 ", "  wrote ") + str(next(written))
            yield from (say("    推断：", "    inferred: ") + inferred for inferred in form.inferred)
            yield from (f"  {line}" for line in _unplaced(form.unplaced))


def _unplaced(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        text = " ".join(visible(cell.text).split())
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        yield say("  没有归入表格：", "  not placed: ") + f"{cell.label} “{short}”"
