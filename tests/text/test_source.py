"""Positions in a text."""

from __future__ import annotations

import pytest

from perftarget.text.source import Source


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("a\r\nb\rc\nd", 7, (4, 1)),
        ("😀字x\n", 2, (1, 3)),
        ("a\x0cb\x85c\u2028d", 6, (1, 7)),  # no line breaks in an editor
        ("", 0, (1, 1)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_positions_count_lines_and_columns_like_an_editor(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Source("x", text).position(offset) == position
