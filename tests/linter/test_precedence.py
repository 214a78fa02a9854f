"""A rule does not repeat the finding of another rule on the same cell; exceptions are listed here."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import yaml

from case_parser import Block
from perftarget.config.loader import load_profile
from perftarget.linter.engine import run_rules
from perftarget.linter.rule import rules
from perftarget.linter.selection import select_rules
from perftarget.tables.reader import parse_documents
from perftarget.text.source import Span
from rule_examples import EXAMPLES, TODAY, profile_of

WRITING = {"full-width", "stray-space", "number-form", "unit-form", "operator-form", "unit-twice", "typo"}
"""Rules about the form of a text; one of them and one rule about the content may report the same cell."""

BOTH: dict[frozenset[str], str] = {
    frozenset(pair.split()): why
    for pair, why in {
        "management-indicator open-deadline": "what is measured, and until when, are two faults",
    }.items()
}


CONFIG = """\
operator: required
severity: {unit-twice: info}
standards: {公益性岗位补贴: 2050 元/月}
"""
PAIRS: dict[str, str] = yaml.load(
    (Path(__file__).parent / "precedence.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
)


def test_every_superseding_rule_has_an_example() -> None:
    """The pairs in `superseded_by` are those of precedence.yaml."""
    assert {f"{rule.name} < {winner}" for rule in rules().values() for winner in rule.superseded_by} == PAIRS.keys()


@pytest.mark.parametrize("pair", PAIRS)
def test_a_superseded_rule_is_silent(pair: str, tmp_path: Path) -> None:
    """Alone the superseded rule reports a cell; together with the other rule, only that one does."""
    loser, winner = pair.split(" < ")
    (tmp_path / "perftarget.yaml").write_text(CONFIG, encoding="utf-8")
    profile = load_profile("perftarget.yaml", tmp_path)
    (document,) = parse_documents("例.yaml", PAIRS[pair].encode(), profile)
    alone = {hit.finding.at for hit in run_rules(document, profile, select_rules([loser]), TODAY).hits}
    both = run_rules(document, profile, select_rules([loser, winner]), TODAY).hits
    lost = {hit.finding.at for hit in both if hit.rule.name == winner} & alone
    assert lost
    assert not [hit for hit in both if hit.rule.name == loser and hit.finding.at in lost]


@pytest.mark.parametrize(
    ("name", "block"), [one for one in EXAMPLES if rules()[one.values[0]].subject not in {"facts", "document"}]
)
def test_a_cell_has_one_finding(name: str, block: Block, tmp_path: Path) -> None:
    """All rules check every example; two findings of a cell are allowed only for the pairs above."""
    profile = profile_of(block, tmp_path)
    (document,) = parse_documents("例.yaml", block.data(), profile)
    speaking: dict[object, set[str]] = {}
    for hit in run_rules(document, profile, select_rules(), TODAY).hits:
        if not isinstance(hit.finding.at, Span) and len(hit.finding.at) > 1:
            speaking.setdefault(hit.finding.at, set()).add(hit.rule.name)
    pairs = {(frozenset(pair), at) for at, names in speaking.items() for pair in combinations(sorted(names), 2)}
    assert not [(sorted(pair), at) for pair, at in pairs if pair not in BOTH and len(pair & WRITING) != 1]
