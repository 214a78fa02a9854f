"""The command `perftarget rules`."""

from __future__ import annotations

import shutil
from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language
from perftarget.console import write_stdout
from perftarget.i18n import tr

HELP: Final = tr("列出全部规则。", "List all rules.")


class ListFormat(StrEnum):
    """Output formats of the list."""

    text = "text"
    json = "json"


ListFormatName = Annotated[
    ListFormat, typer.Option("--format", metavar="|".join(ListFormat), help=tr("输出格式", "Output format"))
]


def rules(
    format_: ListFormatName = ListFormat.text,
    lang: Language = None,
) -> None:
    """Run `perftarget rules`."""
    from perftarget.linter.catalogue import rules_as_json, rules_as_text

    width = shutil.get_terminal_size((120, 24)).columns
    write_stdout(rules_as_json() if format_ is ListFormat.json else rules_as_text(width))
