"""Runs every example of every rule's page and of cases/<rule>.md: findings, places, related places, notes and fixes.

In an example `# ✗ message` marks a finding on the value of its line, `# ✗键 message` one on its key, and
`# ✗⟦text⟧ message` one on just that text (`✗错误`, `✗警告`, `✗建议` where the severity is not the rule's own); `# ↳ label` marks a related place and
`# ? reason` what cannot be judged, in the same three ways. In examples of a rule across tables `---` begins another file. Lines
`# = note` at the end are the notes. What is not marked must not be found. A block ```yaml fixed is the block before
it after its safe fixes, ```yaml fixed unsafe after the others; ```yaml config is a perftarget.yaml for the blocks after it; gb18030, utf-16, crlf (in the first
line only) and binary say how the block is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.linter.cross_table import CrossTableCheck, gather_facts
from perftarget.linter.diagnostic import ConcreteFix, RelatedLocation, Severity
from perftarget.linter.engine import RuleMatch, RuleResults, run_rules
from perftarget.linter.rule import CATEGORIES, rules
from perftarget.linter.selection import select_rules
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents
from perftarget.text.edits import apply_edits

CASES = Path(__file__).parent / "cases"
TODAY = date(2025, 6, 30)
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "建议"}
HEADINGS = ["为什么", "例", "怎样改", "依据"]
_FENCE = re.compile(r"^```yaml([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"\s*# ([✗↳?](?:错误|警告|建议)?)(键|⟦.*?⟧)? ((?:(?! # [✗↳?]).)*)")
_NOTE = re.compile(r"^# = (.*)\n", re.MULTILINE)


@dataclass
class Block:
    infos: list[str]
    text: str
    marks: list[tuple[str, int, str, str]]  # ✗ or ↳, line, marked text, message
    notes: list[str]
    fixed: Block | None = None
    config: str = ""
    line: int = 0

    def data(self) -> bytes:
        if "binary" in self.infos:
            return self.text.encode() + b"\0"
        if "crlf" in self.infos:
            return self.text.replace("\n", "\r\n", 1).encode()
        encoding = next((info for info in self.infos if info in {"gb18030", "utf-16"}), "utf-8")
        return self.text.encode(encoding)


def blocks(page: str) -> list[Block]:
    found: list[Block] = []
    config = ""
    for fence in _FENCE.finditer(page):
        infos, body = fence[1].split(), fence[2]
        block = _block(infos, body)
        block.line = page[: fence.start()].count("\n") + 1
        block.config = config
        if "config" in infos:
            config = body
        elif "fixed" in infos:
            found[-1].fixed = block
        else:
            found.append(block)
    return found


def _block(infos: list[str], body: str) -> Block:
    notes = _NOTE.findall(body)
    body = _NOTE.sub("", body)
    text = _MARK.sub("", body)
    marks = []
    for number, (line, marked) in enumerate(zip(text.splitlines(), body.splitlines(), strict=True), start=1):
        for sign, what, message in _MARK.findall(marked):
            marks.append((sign, number, _marked_text(line, what), message.strip()))
    return Block(infos, text, sorted(marks), notes)


def _marked_text(line: str, what: str) -> str:
    if what.startswith("⟦"):
        return what[1:-1]
    entry = re.fullmatch(r"\s*(?:- )?(?:(.+?):(?: (.*))?|(.*))", line)
    key, value, item = entry.groups()
    return key if what == "键" else value or item or key


def across(block: Block, name: str, config: Profile) -> list[tuple[str, int, str, str]]:
    """What a rule across tables says of the files of a block, which `---` parts; lines are those of the block."""
    chosen = select_rules([name])
    portfolio = CrossTableCheck(chosen)
    starts = [0, *(end.end() for end in re.finditer("^---\n", block.text, re.MULTILINE))]
    read_limits = zip(starts, [*(start - len("---\n") for start in starts[1:]), len(block.text)], strict=True)
    for start, end in read_limits:
        line = block.text[:start].count("\n")
        (document,) = parse_documents(f"{line}.yaml", block.text[start:end].encode(), config)
        portfolio.add(gather_facts(document, document.table, config, chosen, TODAY), config)
    said = [
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
        for mark in said
    )


def profile_of(block: Block, tmp_path: Path) -> Profile:
    if not block.config:
        return load_profile(DEFAULT)
    (tmp_path / "perftarget.yaml").write_text(block.config, encoding="utf-8")
    return load_profile("perftarget.yaml", tmp_path)


def hits(name: str, block: Block, tmp_path: Path) -> tuple[Document, RuleResults]:
    profile = profile_of(block, tmp_path)
    (document,) = parse_documents("例.yaml", block.data(), profile)
    # A waiver is unused only when the rules that it is for have looked.
    chosen = select_rules() if rules()[name].subject == "suppressions" else select_rules([name])
    looked = run_rules(document, profile, chosen, TODAY)
    return document, RuleResults([hit for hit in looked.hits if hit.rule.name == name], looked.undetermined)


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
    return found + [(path.stem, path.name, path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.md"))]


EXAMPLES = [
    pytest.param(name, block, id=f"{name}:{where}:{block.line}")
    for name, where, page in pages()
    for block in blocks(page)
]


@pytest.mark.parametrize(("name", "block"), EXAMPLES)
def test_example(name: str, block: Block, tmp_path: Path) -> None:
    if rules()[name].subject == "facts":
        assert across(block, name, profile_of(block, tmp_path)) == block.marks
        return
    document, found = hits(name, block, tmp_path)
    assert observed(document, found) == block.marks
    if block.notes:
        assert list(dict.fromkeys(note for hit in found.hits for note in hit.finding.notes)) == block.notes
    fixes = [hit.fix for hit in found.hits if hit.fix]
    assert (block.fixed is not None) == bool(fixes), "an example whose findings can be fixed shows the fixed text"
    if block.fixed:
        assert {fix.safe for fix in fixes} == {"unsafe" not in block.fixed.infos}, "yaml fixed, or yaml fixed unsafe"
        assert fixed(document, fixes) == block.fixed.text
        again, left = hits(name, block.fixed, tmp_path)
        assert observed(again, left) == block.fixed.marks
        assert not [hit for hit in left.hits if hit.fix], "a fix offers itself again"


@pytest.mark.parametrize("name", rules())
def test_rule_is_complete(name: str, tmp_path: Path) -> None:
    """A module, a rule of its name, a page with the fixed headings, examples that fail and that are clean."""
    rule = rules()[name]
    assert rule.check.__module__ == f"perftarget.rules.{name.replace('-', '_')}"
    assert rule.category in CATEGORIES
    assert re.findall(r"^## (.*)$", rule.page, re.MULTILINE) == HEADINGS
    assert rule.page.splitlines()[0].endswith("。")
    assert not rule.title.endswith("。")
    cases = CASES / f"{name}.md"
    examples = blocks(rule.page + "\n\n" + (cases.read_text(encoding="utf-8") if cases.exists() else ""))
    assert any(block.marks for block in blocks(rule.page)), "the page shows no failing example"
    assert any(not block.marks for block in examples), "no example is clean"
    speaking = [block for block in examples if any(hit.finding.notes for hit in hits(name, block, tmp_path)[1].hits)]
    assert not speaking or any(block.notes for block in speaking), "no example pins the notes"


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.md")} <= rules().keys()
