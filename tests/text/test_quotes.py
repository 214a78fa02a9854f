"""Quotation marks in messages."""

from __future__ import annotations

import pytest

from perftarget.i18n import nest_quotes, tr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("““三支一扶”人员”没有绩效值", "“‘三支一扶’人员”没有绩效值"),
        ("“甲”与“乙”不配对", "“甲”与“乙”不配对"),
        ("“参加“百千万”的“三支一扶”人员”重名", "“参加‘百千万’的‘三支一扶’人员”重名"),
        ("“甲“乙“丙”乙”甲”", "“甲‘乙“丙”乙’甲”"),
        ("“““没有配对", "“““没有配对"),
        ("“““与“）”不配对", "“““与“）”不配对"),
        ("“””没有配对", "“””没有配对"),
        ("没有引号", "没有引号"),
    ],
)
def test_marks_inside_a_quotation_are_single(text: str, expected: str) -> None:
    assert nest_quotes(text) == expected
    assert tr(text, "") == expected
