"""Completion of command lines, and the scripts that connect it to shells.

`perftarget --complete WORD… CURRENT` prints one candidate a line, with its description after a tab. It prints nothing
where a path is expected, which the shell itself completes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pkgutil import iter_modules
from typing import Any, Final

from perftarget.cli.help import choices_of
from perftarget.i18n import tr

_RULES: Final = frozenset({"select", "ignore", "rule"})
SCRIPTS: Final = {
    "bash": r"""_perftarget() {
  local IFS=$'\n'
  COMPREPLY=($(perftarget --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -o bashdefault -F _perftarget perftarget
""",
    "zsh": r"""#compdef perftarget
_perftarget() {
  local -a lines found
  lines=("${(@f)$(perftarget --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("${(@)${(@)lines:#}//$'\t'/:}")
  if (( ${#found} )); then _describe perftarget found; else _files; fi
}
compdef _perftarget perftarget
""",
    "fish": r"""function __perftarget
  set -l words (commandline -opc) (commandline -ct)
  perftarget --complete $words[2..-1] 2>/dev/null
end
complete -c perftarget -a '(__perftarget)'
""",
    "powershell": r"""Register-ArgumentCompleter -Native -CommandName perftarget -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if (-not $wordToComplete) { $words += '""' }
  perftarget --complete @words 2>$null | ForEach-Object {
    $value, $what = $_ -split "`t", 2
    if (-not $what) { $what = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $what)
  }
}
""",
}
"""The script of each shell, for the file that it reads at start-up."""


def candidates(root: Any, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the values that may replace the last word, with their descriptions; none where a path is expected."""
    *before, current = words or [""]
    commands: dict[str, Any] = getattr(root, "commands", {})
    name = next((word for word in before if word in commands), "")
    command = commands.get(name, root)
    option = _waiting(command, before[-1] if before else "")
    values: Iterable[tuple[str, str]]
    if option is not None:
        values = _values(option)
    elif current.startswith("-"):
        values = _options(command, before)
    elif not name:
        values = [(parameter, _first(command.help)) for parameter, command in commands.items()]
    else:
        values = [
            value
            for parameter in command.params
            if parameter.param_type_name == "argument"
            for value in _values(parameter)
        ]
    return [(value, description) for value, description in values if value.startswith(current)]


def _waiting(command: Any, word: str) -> Any:
    """Return the option that the previous word names, if it takes a value."""
    options = (
        parameter for parameter in command.params if word in parameter.opts and parameter.param_type_name == "option"
    )
    return next((parameter for parameter in options if not parameter.is_flag), None)


def _options(command: Any, before: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the options that may still be given, and --help."""
    for parameter in command.params:
        if parameter.param_type_name == "option" and (parameter.multiple or not {*parameter.opts} & {*before}):
            yield from ((name, _first(parameter.help)) for name in parameter.opts if name.startswith("--"))
    yield "--help", tr("显示帮助", "Show this help")


def _values(parameter: Any) -> list[tuple[str, str]]:
    """Return the values of a parameter; none for a path or free text."""
    if parameter.name in _RULES:
        return [(name, "") for name in _rule_names(categories=parameter.name != "rule")]
    if parameter.name == "profile":
        from perftarget.config.builtin import builtin_names

        return [(name, "") for name in builtin_names()]
    if parameter.name == "formats":
        from perftarget.reporters.outputs import FORMATS

        return [(name, "") for name in FORMATS]
    return [(value, "") for value in choices_of(parameter)]


def _rule_names(*, categories: bool) -> list[str]:
    """Return the names of all rules from their files, without importing them."""
    from perftarget import rules

    values = (module.name for module in iter_modules(rules.__path__) if not module.ispkg)
    names = sorted(name.replace("_", "-") for name in values)
    if not categories:
        return names
    from perftarget.linter.rule import CATEGORIES

    return [*names, *CATEGORIES]


def _first(text: str | None) -> str:
    """Return the first sentence of a help text."""
    return (text or "").partition("。")[0].partition(". ")[0].strip()


def completion_lines(root: Any, words: Sequence[str]) -> str:
    """Return the candidates, one a line, each with its description after a tab."""
    return "".join(
        f"{value}\t{description}\n" if description else f"{value}\n" for value, description in candidates(root, words)
    )


def completion_script(shell: str) -> str:
    """Return the script of a shell, after a comment that says where to put it."""
    where = {
        "bash": '~/.bashrc: eval "$(perftarget completion bash)"',
        "zsh": '~/.zshrc: eval "$(perftarget completion zsh)"',
        "fish": "perftarget completion fish > ~/.config/fish/completions/perftarget.fish",
        "powershell": "$PROFILE: perftarget completion powershell | Out-String | Invoke-Expression",
    }[shell]
    first, *rest = SCRIPTS[shell].split("\n", 1) if shell == "zsh" else ("", SCRIPTS[shell])
    return f"{first}\n# {where}\n{rest[0]}" if first else f"# {where}\n{rest[0]}"
