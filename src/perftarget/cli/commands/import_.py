"""`perftarget import`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.cli.options import FILE, Force, Language, ProfileName
from perftarget.console import tell, write
from perftarget.i18n import say

HELP: Final = say(
    "把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么没有归入。",
    "Turn existing tables into YAML, a file each; says what it concluded and what found no place.",
)

FormFiles = Annotated[
    list[str],
    typer.Argument(
        metavar=FILE,
        help=say(
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
            metavar=say("文件夹", "FOLDER"),
            help=say("YAML 文件写到哪里", "where the YAML files go"),
            show_default=False,
        ),
    ],
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli.inputs import forms
    from perftarget.files.atomic_write import yaml_files
    from perftarget.reporters.registry import import_summary as summary
    from perftarget.runner import actions

    given = forms(files, profile)
    written = yaml_files([form for reading in given for form in reading.forms], output)
    actions.refuse_existing(written, force=force)
    write(written)
    tell(summary(given, list(written)))
