"""Every message stands in Chinese and in English, and only data is Chinese in an English one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from perftarget import language
from perftarget.check import Looked
from perftarget.document import Document
from perftarget.rule import rules
from test_rules import EXAMPLES, Block, hits

_QUOTED = re.compile("“[^”]*”")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("zh")


@pytest.mark.parametrize(("name", "block"), EXAMPLES)
def test_messages_are_english(name: str, block: Block, tmp_path: Path) -> None:
    document, found = hits(name, block, tmp_path)
    for text in said(found):
        assert not foreign(text, document), text


@pytest.mark.parametrize("name", rules())
def test_titles_are_english(name: str) -> None:
    zh, en = rules()[name].titles
    assert _CHINESE.search(zh)
    assert not _CHINESE.search(re.sub("资金测算|资金来源", "", en))
    assert not en.endswith(".")


def said(found: Looked) -> Iterator[str]:
    for hit in found.hits:
        yield hit.finding.message
        yield from (related.label for related in hit.finding.related)
        yield from hit.finding.notes
        if hit.fix:
            yield hit.fix.title
    yield from (one.reason for _, one in found.unjudged)


def foreign(text: str, document: Document) -> list[str]:
    """The Chinese of an English message that stands neither in quotation marks nor in the table."""
    return [word for word in _CHINESE.findall(_QUOTED.sub("", text)) if word not in document.source.text]
