"""The baseline: findings of existing tables that are accepted as they are and not reported again.

A finding is identified by its project, its rule and its indicator, never by its line. Fixed findings are removed from
the baseline; no finding is added without an explicit request. The name of a former rule is read as that of the rule
that replaces it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from perftarget.errors import ConfigError
from perftarget.i18n import tr
from perftarget.linter.rule import current_names

VERSION: Final = 1


class BaselineKey(NamedTuple):
    """The identity of a finding, independent of its line; `indicator` is "" for a finding about the whole table."""

    project: str
    rule: str
    indicator: str


@dataclass
class Baseline:
    """The number of times that each finding is accepted, and the number of times that this run met it."""

    accepted: Counter[BaselineKey]
    met: Counter[BaselineKey] = field(default_factory=Counter)

    def accepts(self, key: BaselineKey) -> bool:
        """Count a finding and return True if the baseline accepts it; further findings of the same key are reported."""
        self.met[key] += 1
        return self.met[key] <= self.accepted[key]

    def without_fixed(self, projects: set[str], rules: Iterable[str]) -> Counter[BaselineKey] | None:
        """Return the entries without the fixed findings, or None if every entry remains.

        Only entries of the given projects and rules are updated: other entries were not checked in this run.
        """
        checked = set(rules)
        remaining = Counter(
            {
                key: min(count, self.met[key]) if key.project in projects and key.rule in checked else count
                for key, count in self.accepted.items()
            }
        )
        return None if remaining == self.accepted else +remaining


def load_baseline(path: Path) -> Baseline:
    """Read a baseline file. Raises ConfigError if the file is missing, unreadable or not a baseline."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        accepted: Counter[BaselineKey] = Counter()
        for key, count in _entries(data):
            accepted[key] += count
        return Baseline(accepted)
    except FileNotFoundError as error:
        hint = tr("先用 --write-baseline 写一份", "write one with --write-baseline first")
        raise ConfigError(f"{path}: {tr('没有这个基线文件；', 'there is no such baseline; ')}{hint}") from error
    except (OSError, UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
        hint = tr(
            "这不是 --write-baseline 写的基线文件，或没有读取权限；请重新写一份",
            "this is no baseline written by --write-baseline, or may not be read; write it again",
        )
        raise ConfigError(f"{path}: {hint}") from error


def _entries(data: Any) -> Iterable[tuple[BaselineKey, int]]:
    if data["version"] != VERSION:
        raise ValueError(data["version"])
    for project, by_rule in data["findings"].items():
        for rule, by_indicator in by_rule.items():
            for indicator, count in by_indicator.items():
                if type(count) is not int or count < 1:
                    raise ValueError(count)
                for name in current_names(rule):
                    yield BaselineKey(project, name, indicator), count


def baseline_text(findings: Mapping[BaselineKey, int]) -> str:
    """Return the text of a baseline file, sorted so that a change of one finding is a change of one line."""
    tree: dict[str, dict[str, dict[str, int]]] = {}
    for (project, rule, indicator), count in sorted(findings.items()):
        tree.setdefault(project, {}).setdefault(rule, {})[indicator] = count
    return json.dumps({"version": VERSION, "findings": tree}, ensure_ascii=False, indent=2) + "\n"
