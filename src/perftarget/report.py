"""A run to text: the format chooses its reporter; and what an import did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perftarget.characters import visible
from perftarget.diagnostic import Run
from perftarget.language import counted, say

if TYPE_CHECKING:
    from perftarget.form import FormFile
    from perftarget.grid import Cell

_SHOWN: Final = 60  # characters of a text that found no place
FORMATS: Final = ("text", "json")


def report(run: Run, format_: str, **options: object) -> str:
    """`options` are the reporter's own; see its `render`."""
    text: str = import_module(f"perftarget.reporters.{format_}").render(run, **options)
    return text


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
