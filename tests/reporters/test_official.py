"""The wording of findings in letters and comments."""

from __future__ import annotations

import pytest

from perftarget.linter.diagnostic import Severity
from perftarget.reporters.official import request_name, sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合计 15,658,034.04 元", "合计 1565.8 万元（15,658,034.04 元）。"),
        ("10,000 元 + 9,999 元 = 19,999 元", "1 万元（10,000 元） + 9,999 元 = 2 万元（19,999 元）。"),
        ("标准 12,000 元/年，按 1 年计", "标准 12,000 元/年，按 1 年计。"),
        ("“12,000 元”没有写期间", "“12,000 元”没有写期间。"),
        ("请写成“≥90%”", "请写成“≥90%”。"),
        ("是否为“≥92%”，“≥”被误认作“2”？", "是否为“≥92%”，“≥”被误认作“2”？"),
        ("“完成工作。”是一句话", "“完成工作。”是一句话。"),
        ("请核对。", "请核对。"),
    ],
)
def test_a_line_of_a_letter_is_a_sentence_with_amounts_in_wan_yuan(text: str, expected: str) -> None:
    assert sentence(text) == expected


def test_the_author_is_told_what_to_do() -> None:
    assert [request_name(severity) for severity in Severity] == ["建议", "请核实", "须修改"]
