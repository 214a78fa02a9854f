"""Targets that are weaker than before, in a cell, in a goal or in a name."""

from __future__ import annotations

import pytest

from command_line import GOOD
from compared import Sides, kinds, only, with_goals, with_target


@pytest.mark.parametrize(
    ("sides", "kind"),
    {
        ("较2024年提高3个百分点", "提高3个百分点"): "unbased",
        ("较上年增长≥5%", "增长≥5%"): "unbased",
        ("较上年增长≥5%", "增长≥3%"): "lowered",
        ("较上年有所提高", "有所提高"): "unbased",
        ("由80%提高到95%", "提高到95%"): "unbased",
        ("提高3个百分点", "较2024年提高3个百分点"): "changed",
        ("全覆盖", "≥80%"): "lowered",
        ("实现全覆盖", "≥95%"): "lowered",
        ("全部", "≥90%"): "lowered",
        ("完成", "≥80%"): "lowered",
        ("≥80%", "全覆盖"): "raised",
        ("全覆盖", "基本覆盖"): "vague",
        ("=718人", "≥718人"): "lowered 由等于放宽",
        ("=30天", "≤30天"): "lowered 由等于放宽",
        ("=98%", "≥98%"): "lowered 由等于放宽",
        ("≥718人", "=718人"): "changed",
        ("95%", "约95%"): "lowered 只是大约的数",
        ("95%左右", "95%"): "raised",
        ("完成道路120公里", "完成道路100公里"): "lowered 120公里 → 100公里",
        ("完成道路硬化120公里、排水渠3公里", "完成道路硬化100公里、排水渠3公里"): "lowered 120公里 → 100公里",
        (
            "建成道路120公里，受益群众2万人，带动就业",
            "建成道路120公里，受益群众1.5万人，带动就业",
        ): "lowered 2万人 → 1.5万人",
        ("不发生", "≤1起"): "lowered",
        ("杜绝安全事故", "≤1起"): "lowered",
        ("≥95%", "9O%"): "unclear “9O%”读不出绩效值",
        ("≥95%", "85%≥"): "lowered “85%≥”读作“≥85%”",
        ("≥95%", "95%≥"): "changed “95%≥”读作“≥95%”",
        ("100%", "按规定公示"): "vague",
    }.items(),
    ids=str,
)
def test_a_weaker_target(sides: Sides, kind: str) -> None:
    assert only(*map(with_target, sides)) == kind


@pytest.mark.parametrize(
    ("sides", "kind"),
    {
        ("新建道路120公里，方便出行。", "新建道路100公里，方便出行。"): "lowered 120公里 → 100公里",
        ("新建道路100公里", "新建道路120公里"): "raised 100公里 → 120公里",
        ("新建道路120公里，惠及群众2万人", "新建农村公路100公里，受益群众2万人"): "lowered 120公里 → 100公里",
        ("建设1座水厂、2座泵站", "建设1座水厂、1座泵站"): "lowered 2座 → 1座",
        ("新建120公里，改建50公里", "新建100公里，改建80公里"): "lowered 120公里 → 100公里",
        ("建成三个中心", "建成两个中心"): "lowered 三个 → 两个",
        ("满意度达到95%以上", "满意度达到90%以上"): "lowered 达到95%以上 → 达到90%以上",
        ("满意度95%以上", "满意度95%"): "unbound 95%以上 → 95%",
        ("投诉率不超过3%", "投诉率不超过5%"): "lowered 不超过3% → 不超过5%",
        ("失业率控制在3%", "失业率控制在4%"): "lowered 控制在3% → 控制在4%",
        ("把能耗降低5%", "把能耗降低3%"): "lowered 5% → 3%",
        ("拖欠案件0起", "拖欠案件不超过3起"): "lowered 0起 → 不超过3起",
        ("确保不发生安全事故", "安全事故控制在2起以内"): "lowered 不发生 → 控制在2起以内",
        ("实现行政村全覆盖", "实现行政村覆盖80%"): "lowered 全覆盖 → 80%",
        ("2025年6月底前完成验收", "2025年9月底前完成验收"): "lowered 2025年6月底前 → 2025年9月底前，推迟",
        ("培训200人次，提高技能水平", "开展培训，提高技能水平"): "vague 少了200人次",
        ("收入较上年增长5%", "收入增长5%"): "unbased",
        ("户均增收2000元", "户均增收1500元"): "lowered 2000元 → 1500元",
        ("每人每月补助2050元", "每人每月补助2100元"): "amount 2050元 → 2100元，+50 元",
        ("服务12个月", "服务10个月"): "unclear 12个月 → 10个月",
        ("目标1.2万人就业", "目标1.0万人就业"): "lowered 1.2万人 → 1.0万人",
        ("1:1配套资金到位", "2:1配套资金到位"): "unclear 1 → 2",
        ("支持第2批企业10家", "支持第3批企业10家"): "changed",
        ("逐步提高", "稳步提高"): "changed",
    }.items(),
    ids=str,
)
def test_a_changed_goal(sides: Sides, kind: str) -> None:
    assert only(*map(with_goals, sides)) == kind


def test_goals_are_paired_before_their_numbers_are_compared() -> None:
    old = with_goals("新建道路120公里，方便群众出行。", "发放补贴，稳定就业。")
    new = with_goals("发放补贴，稳定就业。", "新建道路100公里，方便群众出行。", "培训200人。")
    assert [one[:4] for one in kinds(old, new)] == [
        ("lowered", "年度总体绩效目标", "新建道路120公里，方便群众出行。", "新建道路100公里，方便群众出行。"),
        ("added", "年度总体绩效目标", "", "培训200人。"),
    ]
    assert kinds(new, old)[1][:3] == ("raised", "年度总体绩效目标", "新建道路100公里，方便群众出行。")


def test_a_number_in_a_name_is_a_target() -> None:
    old, new = (GOOD.replace("发放准确率: ≥95%", f"慰问村组干部{number}人: 完成") for number in (230, 200))
    assert kinds(old, new) == [
        ("lowered", "慰问村组干部200人", "慰问村组干部230人", "慰问村组干部200人", "230人 → 200人")
    ]


def test_the_column_of_the_direction_decides() -> None:
    values = ("{值: 5%, 方向: 反向}", "{值: 8%, 方向: 反向}")
    assert only(*(with_target(value, "退件占比") for value in values)) == "lowered"
    assert only(*(with_target(value.replace("反向", "正向"), "退件占比") for value in values)) == "raised"
