"""Positions in a text."""

from __future__ import annotations

import pytest

from perftarget.formats.yaml.loader import load
from perftarget.formats.yaml.writer import write
from perftarget.text.source import KEY, Source


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


def test_a_form_shows_the_name_and_the_text_of_a_cell() -> None:
    data = {
        "项目名称": "甲: 乙",
        "主管部门": "",
        "年度总体绩效目标": ["- 发放补贴"],
        "绩效指标": {
            "": {"11-数量指标": {"人数: 人": "[5]", "户数": "", "次数": {"值": "≥5", "权重": "10"}}},
            "12-质量指标": [{"指标": "合格率", "值": "≥95%"}],
        },
    }
    text = write(data)
    source = Source("a.docx", text, load(text).spans, {(): "表1 第1行 第1列"})
    amounts, listed = ("绩效指标", "", "11-数量指标"), ("绩效指标", "12-质量指标", 0)
    shown = {
        (): "项目名称",
        ("项目名称",): "项目名称 ｜ 甲: 乙",
        ("项目名称", KEY): "项目名称 ｜ 甲: 乙",
        ("主管部门",): "主管部门",
        ("实施单位", KEY): "项目名称",
        ("年度总体绩效目标",): "年度总体绩效目标",
        ("年度总体绩效目标", 0): "- 发放补贴",
        ("绩效指标", ""): "",
        amounts: "11-数量指标",
        (*amounts, "人数: 人"): "人数: 人 ｜ [5]",
        (*amounts, "户数"): "户数",
        (*amounts, "次数"): "次数 ｜ ≥5",
        (*amounts, "次数", "值"): "次数 ｜ ≥5",
        (*amounts, "次数", "权重"): "权重 ｜ 10",
        listed: "合格率 ｜ ≥95%",
        (*listed, "指标"): "合格率 ｜ ≥95%",
        (*listed, "值"): "合格率 ｜ ≥95%",
    }
    assert {at: source.shown_line(at) for at in shown} == shown
    assert Source("a.yaml", text, load(text).spans).shown_line(("项目名称",)) == '项目名称: "甲: 乙"'
