"""`perftarget explain`"""

from __future__ import annotations

import shutil
from typing import Annotated, Final

import typer

from perftarget.console import coloured, tell
from perftarget.language import say
from perftarget.options import Colour, ColourChoice, Language

HELP: Final = say("显示一条规则的说明。", "Show the page of a rule.")

RuleName = Annotated[str, typer.Argument(metavar=say("规则", "RULE"), show_default=False)]


def explain(
    rule: RuleName,
    colour: ColourChoice = Colour.auto,
    lang: Language = None,
) -> None:
    from perftarget.catalogue import page
    from perftarget.check import known
    from perftarget.rule import rules as all_rules

    known(rule, all_rules())
    width = shutil.get_terminal_size((100, 24)).columns
    tell(page(all_rules()[rule], width=width, colour=coloured(colour)))
