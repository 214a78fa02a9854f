"""The examples of all rules: findings, places, related places, notes and fixes.

tests/cases/README.md explains the marks of an example.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from case_parser import Block, blocks
from perftarget.linter.rule import CATEGORIES, rules
from rule_examples import CASE_FILES, CASES, EXAMPLES, across, fixed, hits, observed, profile_of

HEADINGS = ["为什么", "例", "怎样改", "依据"]


ABOUT_FORMS = {"doubtful-reading"}
"""Rules about Word, Excel and text forms, whose examples are in test_form_messages."""


@pytest.mark.parametrize(("name", "block"), EXAMPLES)
def test_an_example_has_exactly_the_marked_results(name: str, block: Block, tmp_path: Path) -> None:
    if rules()[name].subject == "facts":
        assert across(block, name, profile_of(block, tmp_path)) == block.marks
        return
    document, found = hits(name, block, tmp_path)
    assert observed(document, found) == block.marks
    if block.notes:
        assert list(dict.fromkeys(note for hit in found.hits for note in hit.finding.notes)) == block.notes
    fixes = [hit.fix for hit in found.hits if hit.fix]
    assert (block.fixed is not None) == bool(fixes), "an example whose findings can be fixed has a block yaml fixed"
    if block.fixed:
        assert {fix.safe for fix in fixes} == {"unsafe" not in block.fixed.infos}, "yaml fixed, or yaml fixed unsafe"
        assert fixed(document, fixes) == block.fixed.text
        again, left = hits(name, block.fixed, tmp_path)
        assert observed(again, left) == block.fixed.marks
        assert not [hit for hit in left.hits if hit.fix], "the fixed text has a fix again"


@pytest.mark.parametrize("name", rules())
def test_rule_is_complete(name: str, tmp_path: Path) -> None:
    """A module and a rule of the same name, a page with the fixed headings, failing and clean examples."""
    rule = rules()[name]
    assert rule.check.__module__ == f"perftarget.rules.{name.replace('-', '_')}"
    assert rule.category in CATEGORIES
    assert re.findall(r"^## (.*)$", rule.page, re.MULTILINE) == HEADINGS
    assert rule.page.splitlines()[0].endswith("。")
    assert not rule.title.endswith("。")
    cases = CASES / f"{name}.md"
    examples = blocks(rule.page + "\n\n" + (cases.read_text(encoding="utf-8") if cases.exists() else ""))
    if name not in ABOUT_FORMS:
        assert any(block.marks for block in blocks(rule.page)), "the page shows no failing example"
    assert any(not block.marks for block in examples), "no example is clean"
    speaking = [block for block in examples if any(hit.finding.notes for hit in hits(name, block, tmp_path)[1].hits)]
    assert not speaking or any(block.notes for block in speaking), "no example pins the notes"


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASE_FILES} <= rules().keys()
