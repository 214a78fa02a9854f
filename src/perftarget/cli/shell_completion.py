"""Completion of a command line: what may stand where the cursor is, and the lines that teach it to a shell.

`perftarget --complete WORD… CURRENT` prints a candidate a line, with what it is for behind a tab; nothing where a path
may stand, which the shell itself completes.
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
"""What a shell has to be told once, in the file that it reads when it starts."""


def candidates(known: Any, words: Sequence[str]) -> list[tuple[str, str]]:
    """What may stand in place of the last word, each with what it is for; none where it is for the shell to say.

    `known` is the command line as a whole.
    """
    *before, current = words or [""]
    commands: dict[str, Any] = getattr(known, "commands", {})
    name = next((word for word in before if word in commands), "")
    command = commands.get(name, known)
    option = _waiting(command, before[-1] if before else "")
    found: Iterable[tuple[str, str]]
    if option is not None:
        found = _values(option)
    elif current.startswith("-"):
        found = _options(command, before)
    elif not name:
        found = [(one, _first(command.help)) for one, command in commands.items()]
    else:
        found = [value for one in command.params if one.param_type_name == "argument" for value in _values(one)]
    return [(value, what) for value, what in found if value.startswith(current)]


def _waiting(command: Any, word: str) -> Any:
    """The option that the word before is, where it wants a value."""
    options = (one for one in command.params if word in one.opts and one.param_type_name == "option")
    return next((one for one in options if not one.is_flag), None)


def _options(command: Any, before: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The options that have not been given yet, or may be given again; the help, too."""
    for one in command.params:
        if one.param_type_name == "option" and (one.multiple or not {*one.opts} & {*before}):
            yield from ((name, _first(one.help)) for name in one.opts if name.startswith("--"))
    yield "--help", tr("显示帮助", "show the help")


def _values(one: Any) -> list[tuple[str, str]]:
    """The values that a parameter may have; none where it is a path or anything."""
    if one.name in _RULES:
        return [(name, "") for name in _rule_names(boxes=one.name != "rule")]
    if one.name == "profile":
        from perftarget.config.loader import builtin_names

        return [(name, "") for name in builtin_names()]
    if one.name == "formats":
        from perftarget.reporters.outputs import FORMATS

        return [(name, "") for name in FORMATS]
    return [(value, "") for value in choices_of(one)]


def _rule_names(*, boxes: bool) -> list[str]:
    """Of all rules, by their files: none of them is imported."""
    from perftarget import rules

    found = (module.name for module in iter_modules(rules.__path__) if not module.ispkg)
    names = sorted(name.replace("_", "-") for name in found)
    if not boxes:
        return names
    from perftarget.linter.rule import CATEGORIES

    return [*names, *CATEGORIES]


def _first(text: str | None) -> str:
    """The first sentence of a help text."""
    return (text or "").partition("。")[0].partition(". ")[0].strip()


def completion_lines(known: Any, words: Sequence[str]) -> str:
    return "".join(f"{value}\t{what}\n" if what else f"{value}\n" for value, what in candidates(known, words))


def completion_script(shell: str) -> str:
    """What teaches a shell to complete, below a line that says where it goes."""
    where = {
        "bash": '~/.bashrc: eval "$(perftarget completion bash)"',
        "zsh": '~/.zshrc: eval "$(perftarget completion zsh)"',
        "fish": "perftarget completion fish > ~/.config/fish/completions/perftarget.fish",
        "powershell": "$PROFILE: perftarget completion powershell | Out-String | Invoke-Expression",
    }[shell]
    first, *rest = SCRIPTS[shell].split("\n", 1) if shell == "zsh" else ("", SCRIPTS[shell])
    return f"{first}\n# {where}\n{rest[0]}" if first else f"# {where}\n{rest[0]}"
