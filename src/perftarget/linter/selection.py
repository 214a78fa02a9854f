"""TODO."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from perftarget.errors import ConfigError
from perftarget.i18n import tr
from perftarget.linter.rule import CATEGORIES, Rule, rules
from perftarget.text.source import Place


def select_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, Rule]:
    """The rules of a run: those selected, else all, without those ignored. A name is a rule's or a box's."""
    selected = set(_named(select)) or rules().keys()
    return {name: rule for name, rule in rules().items() if name in selected - set(_named(ignore))}


def _named(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        require_known(name, [*rules(), *CATEGORIES])
        yield from (rule.name for rule in rules().values() if name in {rule.name, rule.category})


def require_known(name: str, names: Iterable[str], place: Place | None = None) -> None:
    """Raise ConfigError, with the nearest name and the place of the setting, where `name` is none of `names`."""
    names = list(names)
    if name not in names:
        near = get_close_matches(name, names, 1, 0.5)
        every = tr("全部规则见 docs/rules/", "all rules are in docs/rules/")
        hint = tr(f"是否为 {near[0]}？", f"did you mean “{near[0]}”?") if near else every
        message = tr(f"没有名为 {name} 的规则。{hint}", f"there is no rule “{name}”; {hint}")
        raise ConfigError(message, place)
