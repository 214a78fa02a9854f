"""Selection of the rules of a run by rule or category name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftarget.errors import ConfigError
from perftarget.i18n import tr
from perftarget.linter.rule import CATEGORIES, Rule, current_names, former_names, rules, unchecked_categories
from perftarget.text.similarity import nearest_name
from perftarget.text.source import Place


def select_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, Rule]:
    """Return the selected rules (all if `select` is empty) without the ignored rules.

    A name is the name of a rule, of a former rule or of a category. Raises ConfigError if a name is
    unknown, or if a selected category has no rules.
    """
    select = list(select)
    if names := [name for name in unchecked_categories() if name in select]:
        message = tr(
            f"{names[0]}须依据表外材料判断，本工具不检查，没有规则。",
            f"“{names[0]}” cannot be judged from a table: it has no rules.",
        )
        raise ConfigError(message)
    selected = set(_rule_names(select)) or rules().keys()
    return {name: rule for name, rule in rules().items() if name in selected - set(_rule_names(ignore))}


def _rule_names(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name in former_names():
            yield from current_names(name)
            continue
        require_known(name, [*rules(), *CATEGORIES])
        yield from (rule.name for rule in rules().values() if name in {rule.name, rule.category})


def former_names_in(names: Iterable[str]) -> list[str]:
    """Return the names that are those of former rules, in order and once each."""
    return [name for name in dict.fromkeys(names) if name in former_names()]


def require_known(name: str, names: Iterable[str], place: Place | None = None) -> None:
    """Raise ConfigError if `name` is not in `names`; the message suggests the nearest name."""
    names = list(names)
    if name not in names:
        nearest = nearest_name(name, names)
        every = tr("全部规则见 docs/rules/", "all rules are in docs/rules/")
        hint = tr(f"是否为 {nearest}？", f"did you mean “{nearest}”?") if nearest else every
        message = tr(f"没有名为 {name} 的规则。{hint}", f"there is no rule “{name}”; {hint}")
        raise ConfigError(message, place)
