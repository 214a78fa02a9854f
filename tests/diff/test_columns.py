"""The columns of an indicator, and the fields and sections of the head."""

from __future__ import annotations

import pytest

from command_line import GOOD, Run, put
from compared import compared, kinds, with_target
from perftarget.diff.indicators import COLUMNS


@pytest.mark.parametrize("column", sorted(COLUMNS.values()))
def test_each_column_is_compared(column: str) -> None:
    old, new = (with_target(f"{{值: ≥95%, {column}: {text}}}") for text in ("甲", "乙"))
    assert kinds(old, new) == [("changed", "发放准确率", "甲", "乙", "")]
    assert kinds(old, with_target("{值: ≥95%}")) == [("changed", "发放准确率", "甲", "", "")]
    ((found,),) = (comparison.differences for comparison in compared(old, new).comparisons)
    assert (found.column, found.tier, found.old_line, found.new_line) == (column, "12-质量指标", 4, 4)


@pytest.mark.parametrize("weight", ["20分", "20.0", " 20 ", "２０"])
def test_the_same_weight_is_not_a_difference(weight: str) -> None:
    assert kinds(with_target("{值: ≥95%, 权重: 20}"), with_target(f"{{值: ≥95%, 权重: '{weight}'}}")) == []


def test_columns_are_shown_with_their_indicator(run: Run) -> None:
    put("a.yaml", with_target("{值: ≥95%, 权重: 20, 数据来源: 花名册}"))
    put("b.yaml", with_target("{值: ≥95%, 权重: 5}"))
    assert run("diff", "a.yaml", "b.yaml").stdout == (
        "a.yaml → b.yaml 甲\n"
        "     4 改动：发放准确率·权重（12-质量指标）：“20” → “5”\n"
        "     4 改动：发放准确率·数据来源（12-质量指标）：“花名册” → 空白\n"
        "\n"
        "1 张表不同；没有目标比原来低。\n"
    )
    assert (
        "| 改动 | 发放准确率·权重（12-质量指标） | 20 | 5 |"
        in run("diff", "a.yaml", "b.yaml", "--format", "markdown").stdout
    )
    assert '"column": "权重"' in run("diff", "a.yaml", "b.yaml", "--format", "json").stdout


@pytest.mark.parametrize(
    ("sides", "difference"),
    [
        (
            ("资金来源:\n  中央: 10 万元\n  县级: 2 万元\n", "资金来源:\n  中央: 8 万元\n  县级: 2 万元\n"),
            ("amount", "资金来源·中央", "10 万元", "8 万元", "−2 万元，−20.00%"),
        ),
        (("立项依据: 文件甲\n", "立项依据: 文件乙\n"), ("changed", "立项依据", "文件甲", "文件乙", "")),
        (("长期目标: 建成路网\n", ""), ("changed", "长期目标", "建成路网", "", "")),
        (
            ("中期目标: 建成道路120公里\n", "中期目标: 建成道路100公里\n"),
            ("lowered", "中期目标", "建成道路120公里", "建成道路100公里", "120公里 → 100公里"),
        ),
        (
            ("中期绩效指标:\n  数量指标:\n    里程: ≥120公里\n", "中期绩效指标:\n  数量指标:\n    里程: ≥100公里\n"),
            ("lowered", "中期绩效指标·数量指标·里程", "≥120公里", "≥100公里", ""),
        ),
        (
            ("长期绩效指标:\n  - {指标: 里程, 值: ≥120公里}\n", "长期绩效指标:\n  - {指标: 里程, 值: ≥100公里}\n"),
            ("lowered", "长期绩效指标·里程", "≥120公里", "≥100公里", ""),
        ),
        (
            ("资金测算:\n  - {项目: 补贴, 人数: 10 人}\n", "资金测算:\n  - {项目: 补贴, 人数: 12 人}\n"),
            ("changed", "资金测算", "项目 补贴，人数 10 人", "项目 补贴，人数 12 人", ""),
        ),
    ],
)
def test_fields_and_sections_are_compared(sides: tuple[str, str], difference: tuple[str, ...]) -> None:
    assert kinds(*(GOOD + text for text in sides)) == [difference]


def test_notation_and_order_of_fields_are_left_out() -> None:
    for old, new in (
        (GOOD, GOOD.replace("12 万元", "120000元")),
        (GOOD, GOOD.replace("2025 年 1 月至 12 月", "2025年1月—2025年12月")),
        (GOOD, GOOD.replace("县就业局", "县 就业局")),
        (GOOD + "资金来源: {中央: 10 万元}\n", GOOD + "资金来源: {中央: 100000元}\n"),
    ):
        assert compared(old, new)[:2] == ((), 1)
    lines = ["  - {项目: 甲, 金额: 1 万元}\n", "  - {项目: 乙, 金额: 2 万元}\n"]
    assert kinds(*(GOOD + "资金测算:\n" + "".join(part) for part in (lines, lines[::-1]))) == []
    assert compared(f"序号: 1\n{GOOD}", f"序号: 9\n{GOOD}")[:2] == ((), 0)
