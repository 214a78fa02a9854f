"""What was wrong when a folder of old tables was taken over: kept in a file, and not said again.

A finding is known by its project, its rule and its indicator, never by its line. What is mended leaves the baseline;
nothing enters it unasked.
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

VERSION: Final = 1


class BaselineKey(NamedTuple):
    """A finding by what stays when lines move; `indicator` is "" where it is the table's."""

    project: str
    rule: str
    indicator: str


@dataclass
class Baseline:
    """How often each finding is accepted, and how often it was met in this run."""

    accepted: Counter[BaselineKey]
    met: Counter[BaselineKey] = field(default_factory=Counter)

    def accepts(self, known: BaselineKey) -> bool:
        """Whether this finding is in the baseline; each entry takes as many as were there."""
        self.met[known] += 1
        return self.met[known] <= self.accepted[known]

    def shrunk(self, projects: set[str], rules: Iterable[str]) -> Counter[BaselineKey] | None:
        """The baseline without what is mended, judged only where this run looked; None where nothing is."""
        looked = set(rules)
        left = Counter(
            {
                known: min(count, self.met[known]) if known.project in projects and known.rule in looked else count
                for known, count in self.accepted.items()
            }
        )
        return None if left == self.accepted else +left


def load_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises ConfigError for a file that is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return Baseline(Counter(dict(_entries(data))))
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
                yield BaselineKey(project, rule, indicator), count


def baseline_text(findings: Mapping[BaselineKey, int]) -> str:
    """The file: sorted, so that a change of it reads as one."""
    tree: dict[str, dict[str, dict[str, int]]] = {}
    for (project, rule, indicator), count in sorted(findings.items()):
        tree.setdefault(project, {}).setdefault(rule, {})[indicator] = count
    return json.dumps({"version": VERSION, "findings": tree}, ensure_ascii=False, indent=2) + "\n"
