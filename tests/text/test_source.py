"""Positions in a text."""

from __future__ import annotations

import pytest

from perftarget.text.source import Source


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("a\r\nb\rc\nd", 7, (4, 1)),
        ("😀字x\n", 2, (1, 3)),
        ("a\x0cb\x85c\u2028d", 6, (1, 7)),  # an editor does not break a line at these
        ("", 0, (1, 1)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_positions_are_those_of_an_editor(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Source("x", text).position(offset) == position
