"""The help of a command as a page, and what was wrong with a command line: in both languages, aligned in cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from shutil import get_terminal_size
from typing import Any, Final

from typer import Exit
from typer.core import TyperCommand, TyperGroup

from perftarget.console import write_stdout
from perftarget.i18n import join_words, tr

_HELP: Final = frozenset({"-h", "--help"})
_MOST_WIDE: Final = 100


class Command(TyperCommand):
    """A command that explains itself in the language of the run."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx))


class Group(TyperGroup):
    """The command line as a whole, likewise."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Who asks for the help of a command gets it at once: Typer's adapters take longer than all the rest."""
        asked = args[: args.index("--")] if "--" in args else args
        named = next((self.commands[one] for one in asked if one in self.commands), None)
        if named is None or _HELP.isdisjoint(asked):
            return super().parse_args(ctx, args)
        inner = named.context_class(named, info_name=named.name, parent=ctx, **named.context_settings)
        write_stdout(named.get_help(inner) + "\n")
        raise Exit

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx))


def usage_message(error: Any) -> str:
    """What was wrong with a command line, and where to find help."""
    usage = f"{error.ctx.command_path} -h" if error.ctx else "perftarget -h"
    return f"{_fault(error)}{tr(f'。用法见 {usage}', f'; see {usage}')}"


def _fault(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        hint = _nearest(error.option_name, error.possibilities or ())
        return tr(f"没有 {error.option_name} 这个选项", f"there is no option {error.option_name}") + hint
    if kind == "BadOptionUsage":
        return tr(f"{error.option_name} 后面缺少内容", f"something is missing after {error.option_name}")
    return _of_parameter(error) if getattr(error, "param", None) is not None else _of_words(error)


def _of_parameter(error: Any) -> str:
    name = _name(error.param)
    if type(error).__name__ == "MissingParameter":
        return tr(f"缺少“{name}”", f"“{name}” is missing")
    if choices := re.search("is not one of (.*)", error.message or ""):
        listed = join_words(re.findall("'(.*?)'", choices[1]))
        return tr(f"{name} 可写的有：{listed}", f"{name} may be: {listed}")
    if "integer" in (error.message or "") or "greater than" in (error.message or ""):
        return tr(f"{name} 应为不小于 0 的整数", f"{name} should be a whole number, 0 or more")
    return tr(f"{name} 的值不对：{error.message}", f"{name} is wrong: {error.message}")


def _of_words(error: Any) -> str:
    """The library says these in words only."""
    if wrong := re.match(r"No such command '(.*?)'", error.message or ""):
        commands = list(error.ctx.command.commands) if error.ctx else []
        return tr(f"没有 {wrong[1]} 这个命令", f"there is no command {wrong[1]}") + _nearest(wrong[1], commands)
    if wrong := re.match(r"Got unexpected extra argument.*? \((.*)\)\Z", error.message or ""):
        return tr(f"多出来的内容：{wrong[1]}", f"too much: {wrong[1]}")
    return str(error.message)


def _nearest(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), 1, 0.5)
    return tr(f"，是否为 {near[0]}", f", did you mean {near[0]}") if near else ""


def _page(command: Any, ctx: Any) -> str:
    width = min(get_terminal_size((80, 24)).columns, _MOST_WIDE)
    return "\n".join(_lines(command, ctx, width)) + "\n"


def _lines(command: Any, ctx: Any, width: int) -> Iterator[str]:
    from perftarget.text.columns import columns, wrap

    parameters = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    shape = [tr("[选项]", "[options]"), *map(_shape, arguments)] if not commands else [tr("命令 …", "COMMAND …")]
    yield f"{tr('用法：', 'Usage: ')}{ctx.command_path} {' '.join(shape)}"
    yield ""
    yield from wrap(command.help or "", width)
    sections = [
        (tr("命令：", "Commands:"), [(name, one.help or "") for name, one in commands.items()]),
        (tr("参数：", "Arguments:"), [(_name(one), one.help or "") for one in arguments]),
        (tr("选项：", "Options:"), [(_option(one), _with_default(one)) for one in options]),
    ]
    for title, rows in sections:
        if rows:
            yield from ("", title, *columns(rows, width))


def _shape(argument: Any) -> str:
    name = _name(argument) + ("…" if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(max(parameter.opts, key=len))


def _option(option: Any) -> str:
    # What is on by itself is told of by the way to turn it off.
    names = option.secondary_opts if option.default is True and option.secondary_opts else option.opts
    return f"{', '.join(sorted(names, key=len))} {option.metavar or ''}".strip()


def _with_default(option: Any) -> str:
    text = tr("显示帮助", "Show this help") if "--help" in option.opts else option.help or ""
    default = getattr(option.default, "value", option.default)
    if not option.metavar or not option.show_default or default in (None, ""):
        return str(text)
    return text + tr(f"（默认 {default}）", f" (default: {default})")
