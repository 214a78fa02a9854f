"""Report of an import: what was written, what was inferred or in doubt, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perftarget.i18n import count_noun, tr
from perftarget.text.control_characters import escape_invisible

if TYPE_CHECKING:
    from perftarget.formats.grid import Cell
    from perftarget.tables.form import Form, FormFile

_MAX_SHOWN: Final = 60
"""Characters of a cell that was not understood."""


def import_summary(files: Iterable[FormFile], written: Mapping[int, Path], *, verbose: bool = False) -> str:
    """Return the report of an import.

    `written` are the files written by the identity of their form; a form without one was left out for its doubts.
    `verbose` adds why each field and column was read where it was. What was not understood is listed last, in order.
    """
    lines = (line for file in files for line in _file_lines(file, written, verbose=verbose))
    return "".join(line + "\n" for line in lines)


def _file_lines(file: FormFile, written: Mapping[int, Path], *, verbose: bool) -> Iterator[str]:
    number = len(file.forms)
    yield tr(f"{file.path}：{number} 张表", f"{file.path}: {count_noun(number, 'table')}")
    yield from (tr("  注意：", "  note: ") + note for note in file.notes)
    for form in file.forms:
        yield from _form_lines(form, written.get(id(form)), verbose=verbose)
    yield from _not_understood([*file.outside, *(cell for form in file.forms for cell in form.unplaced)])


def _form_lines(form: Form, path: Path | None, *, verbose: bool) -> Iterator[str]:
    if path is None:
        name = str(form.data.get("项目名称", "")) or form.labels.get((), "")
        yield tr(f"  没有写入：“{name}”，识别存疑", f"  not written: “{name}”, its reading is in doubt")
    else:
        yield tr("  已写入 ", "  wrote ") + str(path)
    for doubt in form.doubts:
        place = tr(f"（{doubt.label}）", f" ({doubt.label})") if doubt.label else ""
        yield tr("    存疑：", "    in doubt: ") + escape_invisible(doubt.message) + place
    yield from (tr("    推断：", "    inferred: ") + inferred for inferred in form.inferred)
    if verbose:
        yield from (tr("    依据：", "    read from: ") + str(reason) for reason in form.reasons)
        yield from (tr("    表外文字：", "    around the table: ") + _quoted(cell) for cell in form.furniture)


def _not_understood(cells: Iterable[Cell]) -> Iterator[str]:
    yield from (tr("  未能识别的内容：", "  not understood: ") + _quoted(cell) for cell in cells)


def _quoted(cell: Cell) -> str:
    """Return the place of a cell and the start of its text, on one line."""
    text = " ".join(escape_invisible(cell.text).split())
    short = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
    return f"{cell.label} “{short}”"
