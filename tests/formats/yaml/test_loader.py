"""YAML to data, spans and problems; text to scalars and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftarget.formats.yaml.loader import load
from perftarget.formats.yaml.scalar import scalar
from perftarget.formats.yaml.writer import write
from perftarget.limits import DEFAULT_LIMITS
from perftarget.text.source import KEY, Span

TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    alphabet=" :#-?,[]{}&*!|>'\"%@`a\n\t1.\x85\u2028\\=~\xa0率：≥"
)


@given(TEXT, st.booleans(), st.sampled_from(["", "'", '"']))
def test_a_written_scalar_is_read_back(text: str, flow: bool, quote: str) -> None:
    written = scalar(text, flow=flow, quote=quote)
    documents = [f"k: {written}\n", f"- {written}\n"]
    if flow:
        documents = [f"{{k: {written}, l: [{written}, c]}}\n"]
    for document in documents:
        data = load(document).data
        values = [data["k"], data["l"][0]] if flow else list(data.values() if isinstance(data, dict) else data)
        assert set(values) == {text}


@given(TEXT.filter(lambda text: len(text) < 200))
def test_a_written_key_is_read_back(text: str) -> None:
    assert load(f"{scalar(text)}: v\n").data == {text: "v"}


@given(st.text())
def test_any_text_has_data_or_problems(text: str) -> None:
    tree = load(text)
    assert tree.data is not None or tree.problems
    for problem in tree.problems:
        assert isinstance(problem.at, Span)
        assert 0 <= problem.at.start <= problem.at.end <= len(text)


VALUES = st.recursive(
    TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXT.filter(lambda text: len(text) < 60), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_spans_locate_keys_and_values(value: object) -> None:
    text = flow(value)
    tree = load(text)
    assert tree.data == value
    for loc, span in tree.spans.items():
        written = text[span.start : span.end]
        if loc and loc[-1] == KEY:
            assert load(f"[{written}]").data == [loc[-2]]
        elif loc:
            assert load(written).data == at(value, loc)


def flow(value: object) -> str:
    if isinstance(value, str):
        return scalar(value, quote='"')
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "{" + ", ".join(f"? {scalar(key, quote=chr(34))} : {flow(part)}" for key, part in value.items()) + "}"


def at(value: object, loc: tuple[str | int, ...]) -> object:
    for part in loc:
        value = value[part]
    return value


def test_no_scalar_becomes_a_number_a_date_or_a_boolean() -> None:
    text = "a: 718\nb: 1796.02\nc: 2025-12-31\nd: no\ne: ~\nf: 1:30\ng:\nh: 0x1F\n"
    expected = ["718", "1796.02", "2025-12-31", "no", "~", "1:30", "", "0x1F"]
    assert list(load(text).data.values()) == expected


def test_the_first_of_two_equal_keys_is_kept() -> None:
    tree = load("a: 1\nb: 2\na: 3\n")
    assert tree.data == {"a": "1", "b": "2"}
    (problem,) = tree.problems
    assert (problem.rule, problem.at, problem.detail["first"]) == ("duplicate-key", Span(10, 11), ("a", KEY))


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "[{a: "])
@pytest.mark.parametrize("count", [DEFAULT_LIMITS.depth + 1, 10_000, 300_000])
def test_deep_nesting_is_a_problem_and_does_not_overflow_the_stack(opener: str, count: int) -> None:
    (problem,) = load(opener * count).problems
    assert problem.detail["cause"] == "depth"


def test_a_long_list_is_not_deep() -> None:
    assert len(load("- a\n" * 5_000).data) == 5_000


@pytest.mark.parametrize("length", [900, 990, 997, 1000, 1024, 1200, 5000])
def test_a_long_key_is_read_back(length: int) -> None:
    """The parser looks for the colon of a key in 1024 characters only, unless the key is marked as one."""
    for name in ("数" * length, "数: " * (length // 3)):
        for value in (
            "5 人",
            "",
            ["甲", {"指标": "乙", "值": "丙"}],
            {"值": "5 人", "权重": "10"},
            {"丙": {"丁": "戊"}},
        ):
            data = {"绩效指标": {"11-数量指标": {name: value, "后": "己"}}, name: value}
            assert load(write(data)).data == data
