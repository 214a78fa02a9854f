"""The command `perftarget import`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from perftarget.cli.options import FILE, Force, Language, ProfileName
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message, write_or_exit, write_stdout
from perftarget.errors import UnreadableFileError
from perftarget.i18n import count_noun, join_words, tr
from perftarget.text.control_characters import escape_invisible

if TYPE_CHECKING:
    from perftarget.files.discovery import Discovery
    from perftarget.formats.grid import Cell
    from perftarget.tables.form import FormFile

HELP: Final = tr(
    "把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么没有归入。",
    "Convert tables from Word, Excel or text to YAML; report what was inferred and not placed.",
)

FormFiles = Annotated[
    list[str],
    typer.Argument(
        metavar=FILE,
        help=tr(
            "要导入的 Word（.docx）、Excel（.xlsx）或文本（.txt）文件，或放着它们的文件夹",
            "Word (.docx), Excel (.xlsx) or text (.txt) files, or folders",
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
            help=tr("YAML 文件写到哪里", "Folder for the YAML files"),
            show_default=False,
        ),
    ],
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget import`."""
    from perftarget.cli.inputs import refuse_existing
    from perftarget.files.unchecked import unread_text
    from perftarget.tables.importer import yaml_files

    found = _form_files(files)
    forms = _read_forms(found.files, profile)
    written = yaml_files([form for file in forms for form in file.forms], output)
    refuse_existing(written, force=force)
    write_or_exit(written)
    write_stdout(import_summary(forms, list(written)))
    if found.unchecked:
        print_message(unread_text(found.unchecked) + tr("。", "."))
    _require_all(found, forms)


def _read_forms(paths: list[str], profile: str | None) -> list[FormFile]:
    """Read the forms of the files, after a message for each file that cannot be read."""
    from perftarget.config.loader import Profiles
    from perftarget.runner.project import Project
    from perftarget.tables.reader import read_forms

    project = Project(Profiles(profile), paths)
    forms = []
    for file in project.files:
        try:
            forms.append(read_forms(file, project.profile_of(file)))
        except UnreadableFileError as error:
            project.report_unreadable(file, error)
    return forms


def _require_all(found: Discovery, forms: list[FormFile]) -> None:
    """Exit the command where a path led to no file or a file could not be read; the other files are written."""
    unread = len(found.files) - len(forms)
    if unread:
        print_message(
            tr(f"{unread} 个文件没有读出表格，没有导入。", f"{count_noun(unread, 'file')} not read and not imported.")
        )
    if unread or found.problems:
        raise CommandExit(EXIT_USAGE if found.problems else EXIT_FINDINGS)


def _form_files(paths: list[str]) -> Discovery:
    """Find the files to import, after a message for each path that leads to none; exits the command without a file."""
    from perftarget.files.discovery import FORM_SUFFIXES, Discovery, discover
    from perftarget.tables.reader import is_form_file

    found = discover(paths, forms=True)
    importable = [file for file in found.files if is_form_file(file)]
    readable = join_words(FORM_SUFFIXES)
    problems = found.problems + [
        tr(f"{file}: 可导入的是 {readable} 文件", f"{file}: only these files can be imported: {readable}")
        for file in found.files
        if not is_form_file(file)
    ]
    if not importable and not problems:
        names = join_words(paths)
        problems = [tr(f"{names}: 没有可导入的文件（{readable}）", f"{names}: no files to import ({readable})")]
    for message in problems:
        print_message(message)
    if not importable:
        raise CommandExit(EXIT_USAGE)
    return Discovery(importable, problems, found.unchecked)


_MAX_SHOWN: Final = 60  # characters of a cell that was not placed


def import_summary(files: Iterable[FormFile], written: Iterable[Path]) -> str:
    """Return a report of the files written, of what was inferred, and of every cell that was not placed."""
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
        short = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
        yield tr("  没有归入表格：", "  not placed: ") + f"{cell.label} “{short}”"
