"""The command `perftarget import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from perftarget.cli.options import FILE, Force, Language, ProfileName
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message, write_or_exit, write_stdout
from perftarget.errors import UnreadableFileError
from perftarget.i18n import count_noun, join_words, tr

if TYPE_CHECKING:
    from perftarget.files.discovery import Discovery
    from perftarget.tables.form import FormFile

HELP: Final = tr(
    "把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么未能识别。",
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
    accept_doubts: Annotated[
        bool,
        typer.Option(
            "--accept-doubts",
            help=tr(
                "识别存疑的表也写入，存疑之处注明在文件中",
                "Also write tables whose reading is in doubt, with the doubts as comments",
            ),
        ),
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help=tr("列出每一栏的依据", "Show why each field was read where it was")),
    ] = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget import`."""
    from perftarget.cli.import_summary import import_summary
    from perftarget.cli.inputs import refuse_existing
    from perftarget.files.unchecked import unread_text
    from perftarget.tables.importer import yaml_files

    found = _form_files(files)
    files_read = _read_forms(found.files, profile)
    forms = [form for file in files_read for form in file.forms]
    accepted = [form for form in forms if accept_doubts or not form.doubts]
    texts = yaml_files(accepted, output)
    refuse_existing(texts, force=force)
    write_or_exit(texts)
    written = {id(form): path for form, path in zip(accepted, texts, strict=True)}
    write_stdout(import_summary(files_read, written, verbose=verbose))
    if found.unchecked:
        print_message(unread_text(found.unchecked) + tr("。", "."))
    if left_out := len(forms) - len(accepted):
        print_message(
            tr(
                f"{left_out} 张表识别存疑，没有写入；请在原表中写明确，或加 --accept-doubts 写入并注明",
                f"{count_noun(left_out, 'table')} not written for doubts; make them clear on the form, or accept them "
                "with --accept-doubts",
            )
        )
        raise CommandExit(EXIT_FINDINGS)
    _require_all(found, files_read)


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
