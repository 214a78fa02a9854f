"""`perftarget explain`"""

from __future__ import annotations

import shutil
from typing import Annotated, Final

import typer

from perftarget.cli.options import Colour, ColourChoice, Language
from perftarget.console import coloured, tell
from perftarget.i18n import say

HELP: Final = say("显示一条规则的说明。", "Show the page of a rule.")

RuleName = Annotated[str, typer.Argument(metavar=say("规则", "RULE"), show_default=False)]


def explain(
    rule: RuleName,
    colour: ColourChoice = Colour.auto,
    lang: Language = None,
) -> None:
    from perftarget.linter.catalogue import page
    from perftarget.linter.rule import rules as all_rules
    from perftarget.linter.selection import known

    known(rule, all_rules())
    width = shutil.get_terminal_size((100, 24)).columns
    tell(page(all_rules()[rule], width=width, colour=coloured(colour)))
