"""The examples of all rules, and the results of the rules on them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from case_parser import Block, blocks
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.linter.cross_table import CrossTableCheck, gather_facts
from perftarget.linter.diagnostic import ConcreteFix, RelatedLocation, Severity
from perftarget.linter.engine import RuleResults, run_rules
from perftarget.linter.match import RuleMatch
from perftarget.linter.rule import rules
from perftarget.linter.selection import select_rules
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents
from perftarget.text.edits import apply_edits
from repository import TESTS

CASES = TESTS / "cases"
CASE_FILES = sorted(path for path in CASES.glob("*.md") if path.name != "README.md")
TODAY = date(2025, 6, 30)
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "建议"}


def across(block: Block, name: str, config: Profile) -> list[tuple[str, int, str, str]]:
    """Return the marks of a rule across tables for the files of a block, which `---` separates.

    Lines are those of the block.
    """
    chosen = select_rules([name])
    portfolio = CrossTableCheck(chosen)
    starts = [0, *(end.end() for end in re.finditer("^---\n", block.text, re.MULTILINE))]
    bounds = zip(starts, [*(start - len("---\n") for start in starts[1:]), len(block.text)], strict=True)
    for start, end in bounds:
        line = block.text[:start].count("\n")
        (document,) = parse_documents(f"{line}.yaml", block.text[start:end].encode(), config)
        portfolio.add(gather_facts(document, document.table, config, chosen, TODAY), config)
    places = [
        mark
        for one in portfolio.check()
        for mark in (RelatedLocation(one.label, one.span, one.place, one.line, row=True), *one.related)
    ]
    return sorted(
        (
            "✗" if mark.row else "↳",
            int(Path(mark.place.path).stem) + mark.place.line,
            mark.line[mark.place.column - 1 : mark.place.end_column - 1],
            mark.message,
        )
        for mark in places
    )


def profile_of(block: Block, tmp_path: Path) -> Profile:
    if not block.config:
        return load_profile(DEFAULT)
    (tmp_path / "perftarget.yaml").write_text(block.config, encoding="utf-8")
    return load_profile("perftarget.yaml", tmp_path)


def hits(name: str, block: Block, tmp_path: Path) -> tuple[Document, RuleResults]:
    profile = profile_of(block, tmp_path)
    (document,) = parse_documents("例.yaml", block.data(), profile)
    # A suppression is unused only if its rules have been run.
    chosen = select_rules() if rules()[name].subject == "suppressions" else select_rules([name])
    results = run_rules(document, profile, chosen, TODAY)
    return document, RuleResults([hit for hit in results.hits if hit.rule.name == name], results.undetermined)


def observed(document: Document, found: RuleResults) -> list[tuple[str, int, str, str]]:
    source = document.source

    def mark(sign: str, at: object, message: str) -> tuple[str, int, str, str]:
        span = source.span(at)
        return (
            sign,
            source.position(span.start)[0],
            source.text[span.start : span.end].split("\n")[0],
            message,
        )

    marks = [mark(sign(hit), hit.finding.at, hit.finding.message) for hit in found.hits]
    marks += [mark("↳", related.at, related.label) for hit in found.hits for related in hit.finding.related]
    marks += [mark("?", one.at, one.reason) for _, one in found.undetermined]
    return sorted(set(marks))


def sign(hit: RuleMatch) -> str:
    return "✗" if hit.severity is hit.rule.severity else f"✗{WORDS[hit.severity]}"


def fixed(document: Document, fixes: list[ConcreteFix]) -> str:
    return apply_edits((edit for fix in fixes for edit in fix.edits), document.source.text)


def pages() -> list[tuple[str, str, str]]:
    found = [(name, "page", rule.page) for name, rule in rules().items()]
    return found + [(path.stem, path.name, path.read_text(encoding="utf-8")) for path in CASE_FILES]


EXAMPLES = [
    pytest.param(name, block, id=f"{name}:{where}:{block.line}")
    for name, where, page in pages()
    for block in blocks(page)
]
