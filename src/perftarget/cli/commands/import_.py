"""`perftarget import`"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from perftarget.cli.options import FILE, Force, Language, ProfileName
from perftarget.console import write_or_exit, write_stdout
from perftarget.i18n import count_noun, tr
from perftarget.text.normalize import escape_invisible

if TYPE_CHECKING:
    from perftarget.formats.grid import Cell
    from perftarget.tables.form import FormFile

HELP: Final = tr(
    "把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么没有归入。",
    "Turn existing tables into YAML, a file each; says what it concluded and what found no place.",
)

FormFiles = Annotated[
    list[str],
    typer.Argument(
        metavar=FILE,
        help=tr(
            "要导入的 Word（.docx）、Excel（.xlsx）或文本（.txt）文件，或放着它们的文件夹",
            "Word (.docx), Excel (.xlsx) or text (.txt) files to import, or folders of them",
        ),
        show_default=False,
    ),
]


def import_(
    files: FormFiles,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar=tr("文件夹", "FOLDER"),
            help=tr("YAML 文件写到哪里", "where the YAML files go"),
            show_default=False,
        ),
    ],
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli.inputs import read_form_files
    from perftarget.runner import actions
    from perftarget.tables.importer import yaml_files

    given = read_form_files(files, profile)
    written = yaml_files([form for reading in given for form in reading.forms], output)
    actions.refuse_existing(written, force=force)
    write_or_exit(written)
    write_stdout(import_summary(given, list(written)))


_SHOWN: Final = 60  # characters of a text that found no place


def import_summary(files: Iterable[FormFile], written: Iterable[Path]) -> str:
    """What was written, what was concluded rather than read, and every cell that found no place."""
    return "".join(line + "\n" for line in _import_lines(files, iter(written)))


def _import_lines(files: Iterable[FormFile], written: Iterator[Path]) -> Iterator[str]:
    for file in files:
        number = len(file.forms)
        yield tr(f"{file.path}：{number} 张表", f"{file.path}: {count_noun(number, 'table')}")
        yield from (tr("  注意：", "  note: ") + note for note in file.notes)
        yield from _unplaced(file.outside)
        for form in file.forms:
            yield tr("  已写入 ", "  wrote ") + str(next(written))
            yield from (tr("    推断：", "    inferred: ") + inferred for inferred in form.inferred)
            yield from (f"  {line}" for line in _unplaced(form.unplaced))


def _unplaced(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        text = " ".join(escape_invisible(cell.text).split())
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        yield tr("  没有归入表格：", "  not placed: ") + f"{cell.label} “{short}”"
