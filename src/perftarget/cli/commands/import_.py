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
    accept_doubts: Annotated[
        bool,
        typer.Option(
            "--accept-doubts",
            help=tr(
                "读法存疑的表也写入，存疑之处注明在文件中",
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
    from perftarget.tables.importer import yaml_files

    files_read = _read_forms(files, profile)
    forms = [form for file in files_read for form in file.forms]
    accepted = [form for form in forms if accept_doubts or not form.doubts]
    texts = yaml_files(accepted, output)
    refuse_existing(texts, force=force)
    write_or_exit(texts)
    written = {id(form): path for form, path in zip(accepted, texts, strict=True)}
    write_stdout(import_summary(files_read, written, verbose=verbose))
    if left_out := len(forms) - len(accepted):
        print_message(
            tr(
                f"{left_out} 张表读法存疑，没有写入；请在原表中改明确，或加 --accept-doubts 写入并注明",
                f"{count_noun(left_out, 'table')} not written for doubts; make them clear on the form, or accept them "
                "with --accept-doubts",
            )
        )
        raise CommandExit(EXIT_FINDINGS)


def _read_forms(paths: list[str], profile: str | None) -> list[FormFile]:
    """Read the forms of the files below the paths; exits the command where one of them cannot be read."""
    from perftarget.config.loader import Profiles
    from perftarget.runner.project import Project
    from perftarget.tables.reader import read_forms

    project = Project(Profiles(profile), _form_files(paths))
    forms = []
    is_complete = True
    for file in project.files:
        try:
            forms.append(read_forms(file, project.profile_of(file)))
        except UnreadableFileError as error:
            is_complete = False
            project.report_unreadable(file, error)
    if not is_complete:
        raise CommandExit(EXIT_FINDINGS)
    return forms


def _form_files(paths: list[str]) -> list[str]:
    """Find the files to import; exits the command where a path leads to none."""
    from perftarget.files.discovery import FORM_SUFFIXES, discover
    from perftarget.tables.reader import is_form_file

    found = discover(paths, forms=True)
    readable = join_words(FORM_SUFFIXES)
    problems = found.problems + [
        tr(f"{file}: 可导入的是 {readable} 文件", f"{file}: only these files can be imported: {readable}")
        for file in found.files
        if not is_form_file(file)
    ]
    if not found.files and not problems:
        names = join_words(paths)
        problems = [tr(f"{names}: 没有可导入的文件（{readable}）", f"{names}: no files to import ({readable})")]
    for message in problems:
        print_message(message)
    if problems:
        raise CommandExit(EXIT_USAGE)
    return found.files
