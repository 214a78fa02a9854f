"""Any file, however damaged, results in documents, findings and reports; fixes are idempotent and safe."""

from __future__ import annotations

import json
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.formats.yaml.loader import load
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.engine import check_document
from perftarget.linter.fixer import Fixer
from perftarget.linter.run import Run, Summary
from perftarget.linter.selection import select_rules
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import render_report
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents
from repository import PROJECTS

PROFILE = load_profile(DEFAULT)
TEXTS = [path.read_text(encoding="utf-8") for path in PROJECTS]
TEXTS.append(
    "项目名称: 甲\n绩效指标:\n  1-产出指标:\n    11-数量指标:\n      - {指标: a, 值: '5', 单位: 人}\n"
    "      - {指标: a, 符号: '>=', 值: 6}\n  '':\n    22-社会效益:\n      c: 95%以上\n  经济效益指标:\n    d: 减少\n"
    "资金测算:\n  - {项目: x, 人数: a, 标准: 5 元/月, 月数: '1'}\n豁免:\n  - {规则: not-measurable, 理由: r}\n"
)
VALUES = [
    "≥95%",
    "95%以上",
    "",
    "-",
    "5",
    "5 人",
    "{值: 5}",
    "[x]",
    "100元/人",
    "减少",
    "1e999",
    "9" * 40 + "万元",
    "：",
    "'",
    ": ",
]
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def damaged_table(draw: st.DrawFn) -> str:
    """Draw a real table with random damage."""
    text = draw(st.sampled_from(TEXTS))
    chance = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(0, 6))):
        text = damage(text, chance)
    return text


def damage(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines[place], lines[other] = lines[other], lines[place]
    elif kind == 2:
        lines.insert(place, lines[other])
    elif kind == 3:
        lines[place] = lines[place].split(": ")[0] + ": " + chance.choice(VALUES)
    elif kind == 4:
        lines[place] = " " * chance.randrange(7) + lines[place].lstrip()
    else:
        spot = chance.randrange(len(lines[place]) + 1)
        lines[place] = lines[place][:spot] + chance.choice("：: -#>\"'{}[]&*!%@`\t\u202e😀1") + lines[place][spot:]
    return "\n".join(lines)


def look(text: str) -> tuple[Document, list[Diagnostic]]:
    (document,) = parse_documents("x.yaml", text.encode(), PROFILE)
    return document, check_document(document, PROFILE, select_rules(), date(2025, 6, 30)).diagnostics


def assert_reported(text: str) -> None:
    document, found = look(text)
    assert document.table is not None or found, "an unreadable table is not reported"
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(text)
    summary = Summary(1, 1)
    summary.add(found)
    run = Run(("x.yaml",), summary, tuple(found))
    assert len(json.loads(render_report(run, "json", ReportOptions()))["diagnostics"]) == len(found)
    shown = render_report(run, "text", ReportOptions())
    assert all(one.rule in shown for one in found)
    assert max(map(len, render_report(run, "text", ReportOptions(width=60)).splitlines())) < 2_000


@SETTINGS
@given(damaged_table())
def test_a_damaged_table_is_reported(text: str) -> None:
    assert_reported(text)


@SETTINGS
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_reported(text: str) -> None:
    assert_reported(text)


@SETTINGS
@given(st.binary(max_size=200), st.sampled_from(["x.yaml", "x.txt"]))
def test_any_bytes_are_reported(data: bytes, path: str) -> None:
    for document in parse_documents(path, data, PROFILE):
        assert (
            document.table is not None
            or check_document(document, PROFILE, select_rules(), date(2025, 6, 30)).diagnostics
        )


@SETTINGS
@given(damaged_table())
def test_fixes_are_readable_idempotent_and_safe(text: str) -> None:
    """The fixed text can be read, a second fix changes nothing, and a safe fix adds no finding."""
    document, found = look(text)
    for unsafe in (False, True):
        fixer = Fixer("x.yaml", PROFILE, select_rules(), date(2025, 6, 30), unsafe)
        fixed = fixer.fix(text.encode()).data
        assert fixer.fix(fixed).data == fixed
        again, left = look(fixed.decode())
        if document.table is not None:
            assert again.table is not None
        if not unsafe:
            before = {(one.rule, one.severity) for one in found}
            assert {(one.rule, one.severity) for one in left} <= before


@pytest.mark.parametrize("text", TEXTS)
def test_a_comment_changes_no_finding(text: str) -> None:
    """Only the line numbers change."""
    _, found = look(text)
    _, moved = look("# 说明\n" + text)
    assert [(one.rule, one.label, one.place.line + 1, one.place.column) for one in found] == [
        (one.rule, one.label, one.place.line, one.place.column) for one in moved
    ]
    assert load(text).data == load("# 说明\n" + text).data
