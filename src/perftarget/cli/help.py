"""Help pages and usage errors of the command line, in both languages and aligned for wide characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from perftarget.console import write_stdout
from perftarget.i18n import join_words, tr
from perftarget.text.similarity import nearest_name

_HELP: Final = frozenset({"-h", "--help"})
_MAX_WIDTH: Final = 100


class UnknownCommandError(typer.BadParameter):
    """A command that does not exist."""

    def __init__(self, name: str, commands: Iterable[str], ctx: Any) -> None:
        super().__init__(name, ctx=ctx)
        self.name = name
        self.commands = list(commands)


class ExtraArgumentsError(typer.BadParameter):
    """Arguments beyond those of a command."""

    def __init__(self, arguments: Sequence[str], ctx: Any) -> None:
        super().__init__(" ".join(arguments), ctx=ctx)
        self.arguments = arguments


class Command(TyperCommand):
    """A command with a help page of ours."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raises ExtraArgumentsError."""
        ctx.allow_extra_args = True  # the exception of the library would say which in words only
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise ExtraArgumentsError(ctx.args, ctx)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(_page(self, ctx))


class Group(TyperGroup):
    """The command line as a whole, with a help page of ours."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; print the help of a command at once, since Typer's adapters take most of the time."""
        before = args[: args.index("--")] if "--" in args else args
        command = next((self.commands[argument] for argument in before if argument in self.commands), None)
        if command is None or _HELP.isdisjoint(before):
            return super().parse_args(ctx, args)
        inner = command.context_class(command, info_name=command.name, parent=ctx, **command.context_settings)
        write_stdout(command.get_help(inner) + "\n")
        raise typer.Exit

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; raises UnknownCommandError."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise UnknownCommandError(args[0], self.commands, ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(_page(self, ctx))


def whole_number(value: str | int) -> int:
    """Parse the value of an option that is a whole number, 0 or more; its default is passed through."""
    text = str(value)
    if not (text.isascii() and text.isdecimal()):
        raise typer.BadParameter(tr("应为不小于 0 的整数", "should be a whole number, 0 or more"))
    return int(text)


def usage_message(error: Any) -> str:
    """Return what is wrong with a command line, and where its help is."""
    usage = f"{error.ctx.command_path} -h" if error.ctx else "perftarget -h"
    message = _usage_error(error)
    if message.endswith(("？", "?")):
        return message + tr(f"用法见 {usage}", f" See {usage}")
    return message + tr(f"。用法见 {usage}", f"; see {usage}")


def _usage_error(error: Any) -> str:
    match type(error).__name__:  # the library exports only the base of these
        case "UnknownCommandError":
            name = error.name
            return tr(f"没有 {name} 这个命令", f"there is no command {name}") + _suggestion(name, error.commands)
        case "ExtraArgumentsError":
            extra = " ".join(error.arguments)
            return tr(f"多出来的内容：{extra}", f"unexpected argument: {extra}")
        case "NoSuchOption":
            hint = _suggestion(error.option_name, error.possibilities or ())
            return tr(f"没有 {error.option_name} 这个选项", f"there is no option {error.option_name}") + hint
        case "BadOptionUsage":
            return tr(f"{error.option_name} 后面缺少内容", f"a value is missing after {error.option_name}")
        case "MissingParameter":
            name = _name(error.param)
            return tr(f"缺少“{name}”", f"“{name}” is missing")
    return _invalid_value(error) if getattr(error, "param", None) is not None else str(error.message)


def _invalid_value(error: Any) -> str:
    name = _name(error.param)
    if choices := choices_of(error.param):
        return tr(f"{name} 可写的有：{join_words(choices)}", f"{name} may be: {join_words(choices)}")
    return f"{name} {error.message}"


def choices_of(parameter: Any) -> list[str]:
    """Return the values that a parameter may have, as its metavar lists them; none where it may be anything."""
    choices = str(parameter.metavar or "").split("|")
    return choices if len(choices) > 1 and all(choice.isascii() and choice.islower() for choice in choices) else []


def _suggestion(name: str, names: Iterable[str]) -> str:
    nearest = nearest_name(name, names)
    return tr(f"；是否为 {nearest}？", f"; did you mean {nearest}?") if nearest else ""


def _page(command: Any, ctx: Any) -> str:
    width = min(get_terminal_size((80, 24)).columns, _MAX_WIDTH)
    return "\n".join(_lines(command, ctx, width)) + "\n"


def _lines(command: Any, ctx: Any, width: int) -> Iterator[str]:
    from perftarget.text.columns import format_columns, wrap

    parameters = [parameter for parameter in command.get_params(ctx) if not getattr(parameter, "hidden", False)]
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    usage = (
        [tr("[选项]", "[OPTIONS]"), *map(_argument_usage, arguments)] if not commands else [tr("命令 …", "COMMAND …")]
    )
    yield f"{tr('用法：', 'Usage: ')}{ctx.command_path} {' '.join(usage)}"
    yield ""
    yield from wrap(command.help or "", width)
    sections = [
        (tr("命令：", "Commands:"), [(name, each.help or "") for name, each in commands.items()]),
        (tr("参数：", "Arguments:"), [(_name(argument), argument.help or "") for argument in arguments]),
        (tr("选项：", "Options:"), [(_option_usage(option), _with_default(option)) for option in options]),
    ]
    for title, rows in sections:
        if rows:
            yield from ("", title, *format_columns(rows, width))


def _argument_usage(argument: Any) -> str:
    name = _name(argument) + ("…" if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(max(parameter.opts, key=len))


def _option_usage(option: Any) -> str:
    # An option that is on by default is shown by the name that turns it off.
    names = option.secondary_opts if option.default is True and option.secondary_opts else option.opts
    return f"{', '.join(sorted(names, key=len))} {option.metavar or ''}".strip()


def _with_default(option: Any) -> str:
    text = tr("显示帮助", "Show this help") if "--help" in option.opts else option.help or ""
    default = getattr(option.default, "value", option.default)
    if not option.metavar or not option.show_default or default in (None, ""):
        return str(text)
    return text + tr(f"（默认 {default}）", f" [default: {default}]")
