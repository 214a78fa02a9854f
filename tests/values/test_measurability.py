"""What makes a target measurable: a closed list of reasons, and nothing without one of them."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftarget.values.measurability import Measured, measured_by
from perftarget.values.parser import parse

LINES = Path(__file__).with_name("targets.txt").read_text(encoding="utf-8").splitlines()
TARGETS = [(*line.split(" | "), "")[:4] for line in LINES if line and not line.startswith("#")]


def test_words_are_measurable_only_for_a_reason() -> None:
    words = {raw: reason for raw, _, _, reason in TARGETS if reason}
    assert {raw: measured_by(raw) or "-" for raw in words} == words


def test_a_value_that_is_read_is_measurable() -> None:
    assert [raw for raw, _, _, reason in TARGETS if not reason and measured_by(raw) not in get_args(Measured)] == []


@pytest.mark.parametrize(
    ("raw", "name", "reason"),
    [
        ("≥95%", "", "number"),
        ("较上年提高3个百分点", "", "number"),
        ("≤65万元", "", "amount"),
        ("2050元/人·月", "", "amount"),
        ("1000-3000元", "", "amount"),
        ("≤3个工作日", "", "duration"),
        ("合同签订后30日内", "", "duration"),
        ("2025年12月底前", "", "date"),
        ("2025年1月至12月", "", "date"),
        ("按月", "", "schedule"),
        ("每季度末月25日前", "", "schedule"),
        ("≥4次/年", "", "frequency"),
        ("优≥90%、良≥80%", "", "grade"),
        ("符合GB3838-2002", "", "standard"),
        ("=0起", "", "zero"),
        ("确保不发生重大安全事故", "", "zero"),
        ("无", "安全事故", "zero"),
        ("无", "设备名称", None),
        ("全覆盖", "", "whole"),
        ("通过", "竣工验收情况", "outcome"),
        ("通过", "社会影响", None),
        ("是", "管理制度制定", "outcome"),
        ("是", "项目实施", None),
        ("达标", "水质检测结果", "outcome"),
        ("达标", "环境卫生", None),
        ("第一年按总投资额返本20%,分红按8%分红", "", "number"),
        ("2020年疫情期间产生的减免房租", "", None),
        ("完成第3期工程", "", None),
        ("96O人次", "", None),
        ("≥42公里（待核实）", "", None),
        ("2025年11月31日前", "", None),
        ("公里", "", None),
        ("", "", None),
    ],
)
def test_each_reason(raw: str, name: str, reason: str | None) -> None:
    assert measured_by(raw, name) == reason


@given(st.text(st.characters(exclude_categories=[]), max_size=40), st.text(max_size=10))
def test_classification_is_total(text: str, name: str) -> None:
    assert measured_by(text, name) in {*get_args(Measured), None}


@given(st.text("甲乙丙丁及时合理明显严格健全长远按照计划推进", max_size=12))
def test_words_without_a_reason_are_never_measurable(text: str) -> None:
    assert not parse(text).numeric
    assert measured_by(text, "数量") is None
