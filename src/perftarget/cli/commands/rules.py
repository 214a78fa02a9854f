"""`perftarget rules`"""

from __future__ import annotations

import shutil
from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language
from perftarget.console import tell
from perftarget.i18n import say

HELP: Final = say("列出全部规则。", "List all rules.")


class ListFormat(StrEnum):
    """For whom the rules are listed: a person or a program."""

    text = "text"
    json = "json"


ListFormatName = Annotated[
    ListFormat, typer.Option("--format", metavar="|".join(ListFormat), help=say("输出格式", "output format"))
]


def rules(
    format_: ListFormatName = ListFormat.text,
    lang: Language = None,
) -> None:
    from perftarget.linter.catalogue import as_json, as_text

    width = shutil.get_terminal_size((120, 24)).columns
    tell(as_json() if format_ is ListFormat.json else as_text(width))
