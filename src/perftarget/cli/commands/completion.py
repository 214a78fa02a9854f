"""The command `perftarget completion`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language
from perftarget.console import write_stdout
from perftarget.i18n import tr

HELP: Final = tr(
    "输出让命令行按 Tab 键补全命令、选项和规则名称的脚本。",
    "Print the completion script of a shell.",
)


class Shell(StrEnum):
    """The shells that can complete."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


ShellName = Annotated[Shell, typer.Argument(metavar="|".join(Shell), show_default=False)]


def completion(
    shell: ShellName,
    lang: Language = None,
) -> None:
    """Run `perftarget completion`."""
    from perftarget.cli.shell_completion import completion_script

    write_stdout(completion_script(shell.value))
