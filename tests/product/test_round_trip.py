"""Tables rendered as Word are read back unchanged, and rendering them again changes nothing."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.formats.yaml.loader import Data, load
from perftarget.formats.yaml.writer import write as to_yaml
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.engine import check_document
from perftarget.linter.selection import select_rules
from perftarget.tables.document import build_document
from perftarget.tables.keys import AMOUNT, GOALS, INDICATORS
from perftarget.tables.model import Table
from perftarget.tables.reader import parse_documents, read_documents
from perftarget.tables.renderer import render_tables
from perftarget.text.source import Source
from repository import PROJECTS, ROOT

PROFILE = load_profile(DEFAULT)
TODAY = date(2026, 1, 1)


def table_of(data: dict[str, Data]) -> Table:
    text = to_yaml(data)
    tree = load(text)
    document = build_document(Source("x.yaml", text, tree.spans), tree.data, tree.problems)
    assert document.table
    assert not document.problems
    return document.table


def through_word(tables: list[Table]) -> list[str]:
    documents = parse_documents("附件2.docx", render_tables("docx", tables, PROFILE), PROFILE)
    assert all(document.table and not document.problems for document in documents)
    return [document.source.text for document in documents]


def test_the_five_tables_survive_the_round_trip() -> None:
    tables = [
        table for path in PROJECTS for document in read_documents(str(path), PROFILE) if (table := document.table)
    ]
    written = [path.read_text(encoding="utf-8").split("\n", 1)[1] for path in PROJECTS]
    assert through_word(tables) == written


CHARACTERS = "甲乙丙人次元年月日率数０1234５.,%％≥≤<>=（）()“”、。；：: -—/*#&𠮷⽬ab\u00a0\u200b"
LINE = st.text(CHARACTERS, max_size=12).map(str.strip)
NAME = st.text("甲乙丙人数率（）“”-%&𠮷ab", min_size=1, max_size=10).filter(lambda text: not text.startswith("-"))
VALUE = st.text("0123456789.%≥≤=人元/月年底前提高 ", max_size=10).map(str.strip)
BY_NAME = st.dictionaries(NAME, VALUE, min_size=1, max_size=3)
LISTED = st.tuples(NAME, st.lists(VALUE, min_size=2, max_size=3)).map(
    lambda pair: [{"指标": pair[0], "值": value} for value in pair[1]]
)
SECONDS = st.lists(st.sampled_from(list(PROFILE.second_tiers)), min_size=1, max_size=5, unique=True)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Data]:
    """Draw a table in the shape of the file, with its second tiers in the order of the form."""
    seconds = sorted(draw(SECONDS), key=list(PROFILE.second_tiers).index)
    data: dict[str, Data] = {label: draw(LINE) for row in PROFILE.head for label in row}
    data[AMOUNT] = draw(st.sampled_from(["12 万元", "120000 元", "12.5", ""]))
    data[GOALS] = draw(st.lists(NAME, min_size=1, max_size=3) | st.just(""))
    data[INDICATORS] = {second: draw(BY_NAME | LISTED | st.just("")) for second in seconds}
    return data


@settings(deadline=None, max_examples=60)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_any_tables_survive_the_round_trip(given_tables: list[dict[str, Data]]) -> None:
    made = [table_of(data) for data in given_tables]
    written = through_word(made)
    assert written == [to_yaml(data) for data in given_tables]
    assert through_word([table_of(load(text).data) for text in written]) == written  # type: ignore[arg-type]


def test_findings_in_word_equal_those_in_yaml() -> None:
    """Each finding of a Word file is located at a cell of the page."""
    tables = [
        table for path in PROJECTS for document in read_documents(str(path), PROFILE) if (table := document.table)
    ]
    profile = load_profile("perftarget.yaml", ROOT)
    for number, document in enumerate(
        parse_documents("附件2.docx", render_tables("docx", tables, profile), profile), start=1
    ):
        (as_yaml,) = parse_documents("x.yaml", document.source.text.encode(), profile)
        in_word, in_yaml = (
            check_document(one, profile, select_rules(), TODAY).diagnostics for one in (document, as_yaml)
        )
        assert list(map(facts, in_word)) == list(map(facts, in_yaml))
        assert all(str(one.place).startswith(f"附件2.docx 表{number} 第") for one in in_word)


FOR_YAML = {
    "请随表附上测算说明": "请在“资金测算”中写明",
    "请在成本指标中补列其他支出": "请在“资金测算”中补列其他支出",
}
"""The remedies for the author of a form, and for the author of a YAML file."""


def facts(one: Diagnostic) -> tuple[object, ...]:
    notes = "\n".join(one.notes)
    for on_form, in_yaml in FOR_YAML.items():
        notes = notes.replace(on_form, in_yaml)
    return one.rule, one.severity, one.label, notes, [(mark.message, mark.indicator) for mark in one.related]
