"""The command `perftarget explain`."""

from __future__ import annotations

import shutil
from typing import Annotated, Final

import typer

from perftarget.cli.options import Colour, ColourChoice, Language
from perftarget.console import use_color, write_stdout
from perftarget.i18n import tr

HELP: Final = tr("显示一条规则的说明。", "Explain a rule.")

RuleName = Annotated[str, typer.Argument(metavar=tr("规则", "RULE"), show_default=False)]


def explain(
    rule: RuleName,
    colour: ColourChoice = Colour.auto,
    lang: Language = None,
) -> None:
    """Run `perftarget explain`."""
    from perftarget.linter.catalogue import rule_page
    from perftarget.linter.rule import rules as all_rules
    from perftarget.linter.selection import require_known

    require_known(rule, all_rules())
    width = shutil.get_terminal_size((100, 24)).columns
    write_stdout(rule_page(all_rules()[rule], width=width, colour=use_color(colour)))
