"""Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perftarget.text.chinese_numerals import chinese_number

NUMERALS = """
零 | 0
十 | 10
十二 | 12
二十 | 20
一百零五 | 105
一百二十 | 120
两千 | 2000
三千零五 | 3005
一百二十万 | 1200000
一亿二千万 | 120000000
三点五 | 3.5
"""


@pytest.mark.parametrize(("text", "number"), [line.split(" | ") for line in NUMERALS.strip().splitlines()])
def test_a_numeral_is_parsed(text: str, number: str) -> None:
    assert chinese_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "百", "一二", "二百五", "十十", "万", "三万五", "点五", "三点"])
def test_other_texts_are_not_numerals(text: str) -> None:
    assert chinese_number(text) is None
