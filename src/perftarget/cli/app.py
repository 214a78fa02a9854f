"""The command line application."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from perftarget import __version__
from perftarget.cli.help import Command, Group, usage_message
from perftarget.cli.options import Language
from perftarget.console import EXIT_OK, EXIT_USAGE, print_message, run_command, write_stdout
from perftarget.i18n import tr

_COMMANDS: Final = (
    "validate",
    "render",
    "import_",
    "annotate",
    "diff",
    "cache",
    "rules",
    "explain",
    "schema",
    "init",
    "new",
    "lsp",
    "completion",
)
"""The modules in commands/, in the order of the help page."""
app = typer.Typer(
    cls=Group,
    help=tr(
        "检查、导入和输出项目支出预算绩效目标表。",
        "Check, import and render budget performance target tables (项目支出预算绩效目标表).",
    ),
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_UsageError: Final[Any] = typer.BadParameter.__base__


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", "-V", help=tr("显示版本", "Show the version"))] = False,
    lang: Language = None,  # noqa: ARG001 - read before the command line is
) -> None:
    if version:
        write_stdout(f"perftarget {__version__}\n")
        raise typer.Exit(EXIT_OK)


for _name in _COMMANDS:
    _module = import_module(f"perftarget.cli.commands.{_name}")
    app.command(_name.rstrip("_"), cls=Command, help=_module.HELP)(getattr(_module, _name))


def complete(words: Sequence[str]) -> None:
    """Print the completions of the last word."""
    from perftarget.cli.shell_completion import completion_lines

    write_stdout(completion_lines(typer.main.get_command(app), words))


def run() -> None:
    """Run the command line and exit."""
    sys.exit(run_command(_run))


def _run() -> int:
    try:
        return app(prog_name="perftarget", standalone_mode=False) or EXIT_OK
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            write_stdout(error.ctx.get_help() + "\n")
        else:
            print_message(usage_message(error))
        return EXIT_USAGE
