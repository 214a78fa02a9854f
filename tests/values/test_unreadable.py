"""Values that cannot be read: the cause, the characters at fault, the nearest readings."""

import calendar
import datetime as dt
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from perftarget.text.normalize import split_words
from perftarget.values.faults import Cause
from perftarget.values.parser import MAX_LENGTH, Text, parse
from perftarget.values.unreadable import Unreadable, diagnose

LINES = Path(__file__).with_name("targets.txt").read_text(encoding="utf-8").splitlines()
TARGETS = [line.split(" | ")[0] for line in LINES if line and not line.startswith("#")]

# raw → cause, characters at fault, readings
TABLE = """
≥36OO块 | mistyped-digit | OO | ≥3600块 ≥36块
≥9O% | mistyped-digit | O | ≥90% ≥9%
≥９Ｏ％ | mistyped-digit | Ｏ | ≥90% ≥9%
≥l2次 | mistyped-digit | l | ≥12次 ≥2次
≥I2次 | mistyped-digit | I | ≥12次 ≥2次
96O人次 | mistyped-digit | O | 960人次 96人次
≥2〇次 | mistyped-digit | 〇 | ≥20次 ≥2次
100l | mistyped-digit | l | 1001 100
O起 | mistyped-digit | O | 0起
1S天 | mistyped-digit | S | 15天 1天
2O25年11月 | mistyped-digit | O | 2025年11月
≥93。5% | mistyped-point | 。 | ≥93.5%
93·5% | mistyped-point | · | 93.5%
93..5% | mistyped-point | .. | 93.5%
93，5% | mistyped-point | ， | 93.5% 93%、5%
1，2 | mistyped-point | ， | 1.2 1、2
1.030.700元 | mistyped-point | 1.030.700 | 1030700元
1,2345元 | misplaced-comma | , | 12345元
≥1 200户 | space-in-number | ␣ | ≥1200户
≥ 9 5 % | space-in-number | ␣ | ≥95%
93 5% | space-in-number | ␣ | 93.5% 935%
08次 | leading-zero | 0 | 8次
95%≥ | misplaced-sign | ≥ | ≥95%
95≥% | misplaced-sign | ≥ | ≥95%
12座＞= | misplaced-sign | ＞= | >=12座
≥95%以上≥ | repeated-sign | ≥ | ≥95%以上
≥95%≥ | repeated-sign | ≥ | ≥95%
》95% | mistyped-sign | 》 | ≥95%
《=5% | mistyped-sign | 《= | ≤5%
≥：95% | mistyped-sign | ： | ≥95%
≥42公里（待核实） | note | （待核实） | ≥42公里
=620人（见附表） | note | （见附表） | =620人
≥12座（暂定） | note | （暂定） | ≥12座
≥12座【暂定】 | note | 【暂定】 | ≥12座
12万元（含税） | note | （含税） | 12万元
≥42公里，待核实 | note | 待核实 | ≥42公里
暂定12座 | note | 暂定 | 12座
12座暂定 | note | 暂定 | 12座
（暂定）12座 | note | （暂定） | 12座
≥36OO块（暂定） | mistyped-digit | OO | ≥3600块 ≥36块
2025年11月31日前 | impossible-date | 31 | 2025年11月30日前
2025年2月30日前 | impossible-date | 30 | 2025年2月28日前
2024年2月30日前 | impossible-date | 30 | 2024年2月29日前
2025年13月1日前 | impossible-date | 13 | 2025年12月1日前 2025年1月1日前 2025年3月1日前
2025/11/31 | impossible-date | 31 | 2025/11/30
2025-13-01 | impossible-date | 13 | 2025-12-01 2025-1-01 2025-3-01
2025.11.31前 | impossible-date | 31 | 2025.11.30前
11月31日前 | impossible-date | 31 | 11月30日前
20251130 | garbled-date | 20251130 | 2025年11月30日
20251130前 | garbled-date | 20251130 | 2025年11月30日前
2025年1130日前 | garbled-date | 2025年1130日 | 2025年11月30日前
2025年111日前 | garbled-date | 2025年111日 | 2025年11月1日前 2025年1月11日前
2025年11月30前 | garbled-date | 2025年11月30 | 2025年11月30日前
2025 11 30 | garbled-date | 2025 11 30 | 2025年11月30日
202511月底 | garbled-date | 202511 | 2025年11月底
20255年11月 | garbled-date | 20255 | 2025年11月 2055年11月
25年11月底前 | garbled-date | 25年 | 2025年11月底前
202年11月 | garbled-date | 202年11月 |
20246-202516 | garbled-date | 20246-202516 |
公里 | missing-number | 公里 |
万亩 | missing-number | 万亩 |
≥万人 | missing-number | ≥万人 |
元/人·月 | missing-number | 元/人·月 |
2025年 月 日前 | missing-number | 2025年 月 日前 |
≥36块72块 | several-values | 72块 | ≥36块、72块
≥95%≥90% | several-values | ≥90% | ≥95%、≥90%
20家15人 | several-values | 15人 | 20家、15人
95 90 | several-values | 90 | 95、90 9590
5000元元 | repeated-unit | 元 | 5000元
95%％ | repeated-unit | ％ | 95%
12座座 | repeated-unit | 座 | 12座
12万万元 | repeated-unit | 万 | 12万元
百分之95% | repeated-unit | % | 95%
5公里km | repeated-unit | km | 5公里
28.8万元% | two-units | % | 28.8万元 28.8%
≥5公里座 | two-units | 座 | ≥5公里 ≥5座
人200 | unit-before-number | 人 | 200人
≥%95 | unit-before-number | % | ≥95%
5万5 | ambiguous-scale | 5万5 | 5.5万 50005
95%/ | stray-character | / | 95%
？95% | stray-character | ？ | 95%
第3期 | unknown-form | 第3期 |
一0次 | unknown-form | 一0次 |
≥上年水平 | unknown-form | ≥上年水平 |
"""
ROWS = [(*(cell.strip() for cell in f"{line} ".split(" | ")), "")[:4] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("raw", "cause", "fault", "readings"), ROWS)
def test_an_unreadable_value_has_a_cause_and_readings(raw: str, cause: str, fault: str, readings: str) -> None:
    found = diagnose(raw)
    assert found is not None
    assert (found.cause, found.fault, " ".join(found.readings)) == (cause, fault.replace("␣", " "), readings)
    assert raw not in found.readings


def test_every_cause_occurs() -> None:
    assert {cause for _, cause, *_ in ROWS} == set(get_args(Cause))


def test_a_readable_target_is_not_unreadable() -> None:
    assert [raw for raw in TARGETS if diagnose(raw)] == []


@pytest.mark.parametrize(
    "raw",
    [
        "对国有企业实际减免租金超出3个月的部分予以适当补助",
        "第一年按总投资额返本20%,分红按8%分红",
        "2020年疫情期间产生的减免房租",
        "按照政策规定，对符合条件的人员应发尽发",
        "目标1:维护辖区各安置小区",
        "≥**%",
        "",
        "5" * (MAX_LENGTH + 1),
    ],
)
def test_prose_and_unfilled_cells_are_not_unreadable(raw: str) -> None:
    assert diagnose(raw) is None


@pytest.mark.parametrize(
    ("raw", "name", "reading"),
    [
        ("20251130", "完工时间", "2025年11月30日"),
        ("20251130", "", "2025年11月30日"),
        ("20251130", "项目总成本", None),
        ("202511", "完工时间", "2025年11月"),
        ("202511", "发放份数", None),
        ("20251130元", "完工时间", None),
    ],
)
def test_the_name_decides_if_a_bare_number_is_a_date(raw: str, name: str, reading: str | None) -> None:
    found = diagnose(raw, name)
    assert (found.readings[0] if found else None) == reading


def test_the_span_is_that_of_the_written_text() -> None:
    found = diagnose("\u200b ≥３６ＯO块")
    assert found is not None
    assert (found.span, found.fault, found.readings[0]) == ((5, 7), "ＯO", "≥3600块")


# --- Properties -------------------------------------------------------------------------------------------------


FRAGMENTS = [
    *"0123456789012OoIl〇,.。·，、:/-~ \n",
    *split_words(
        "≥ ≤ = > < % ％ 人 次 座 公里 万 元 万元 /月 人·月 以上 以内 不低于 约 年 月 日 前 底 2025 2025年 11月 31日 至"
    ),
    *split_words(
        "（ ） 待核实 暂定 详见附表 第 全年 培训 完成 优 良 合同签订后 同比 增长 每 每月 按月 百分之 三 十 分之 × ± 且 》"
    ),
]
CELLS = st.lists(st.sampled_from(FRAGMENTS), max_size=10).map("".join)


@given(CELLS | st.text(st.characters(exclude_categories=[]), max_size=80))
@example("\ud800")
@example("O" * 60)
@example("1 2" * 20)
@example("（1）" * 15)
def test_a_diagnosis_is_total_and_consistent(text: str) -> None:
    found = diagnose(text)
    assert diagnose(text) == found
    if found is None:
        return
    assert isinstance(found, Unreadable)
    assert found.cause in get_args(Cause)
    assert 0 <= found.span[0] < found.span[1] <= len(text)
    assert len(found.readings) == len(set(found.readings)) <= 3
    assert all(parse(reading).numeric for reading in found.readings)
    assert text not in found.readings


SIGNS = st.sampled_from(["", "≥", "≤", "=", ">"])
UNITS = st.sampled_from(["%", "人", "次", "公里", "万元", "元/人·月", "座", "户", "人次", "块", "小时", "平方米"])
WHOLE = st.integers(1, 99_999).map(str)
DECIMAL = st.tuples(st.integers(1, 999), st.integers(0, 99)).map(lambda parts: f"{parts[0]}.{parts[1]}")
NUMBERS = WHOLE | DECIMAL


@given(SIGNS, NUMBERS, UNITS, st.data())
def test_a_letter_typed_for_a_digit_is_never_read(sign: str, number: str, unit: str, data: st.DataObject) -> None:
    likes = {"0": "Oo〇", "1": "lI"}
    places = [index for index, digit in enumerate(number) if digit in likes]
    assume(places)
    place = data.draw(st.sampled_from(places))
    typed = number[:place] + data.draw(st.sampled_from(likes[number[place]])) + number[place + 1 :]
    found = diagnose(f"{sign}{typed}{unit}")
    assert found is not None
    assert f"{sign}{number}{unit}" in found.readings or number.startswith("0")
    assert isinstance(parse(f"{sign}{typed}{unit}"), Text)


@given(SIGNS, DECIMAL, UNITS, st.sampled_from("。·，,：；’"))
def test_a_mistyped_point_is_never_read(sign: str, number: str, unit: str, point: str) -> None:
    # 93，500 is a number with a separator of thousands, and 93：5 a ratio.
    typed = f"{sign}{number.replace('.', point)}{unit}"
    found = diagnose(typed)
    assert found is not None or point in "：；"
    assert found is None or f"{sign}{number}{unit}" in found.readings
    assert parse(typed) != parse(f"{sign}{number}{unit}")


@given(SIGNS, st.integers(10, 999_999).map(str), UNITS, st.data())
def test_a_space_in_a_number_is_never_read(sign: str, number: str, unit: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(number) - 1))
    typed = f"{sign}{number[:place]} {number[place:]}{unit}"
    found = diagnose(typed)
    assert isinstance(parse(typed), Text)
    assert found is not None
    assert f"{sign}{number}{unit}" in found.readings or number[place] == "0"


@given(st.sampled_from(["≥", "≤", ">", "<", "="]), NUMBERS, UNITS)
def test_a_sign_after_the_number_is_never_read(sign: str, number: str, unit: str) -> None:
    for typed in (f"{number}{unit}{sign}", f"{sign}{number}{unit}{sign}", f"{number}{sign}{unit}"):
        found = diagnose(typed)
        assert found is not None
        assert found.readings[0] == f"{sign}{number}{unit}"


@given(
    SIGNS, NUMBERS, UNITS, st.sampled_from(["（待核实）", "（见附表）", "(暂定)", "（估算数）", "，详见附件", "；以实际为准", "暂定"])
)  # fmt: skip
def test_a_note_after_a_value_is_never_read(sign: str, number: str, unit: str, note: str) -> None:
    found = diagnose(f"{sign}{number}{unit}{note}")
    assert found is not None
    assert (found.cause, found.readings) == ("note", (f"{sign}{number}{unit}",))


@given(st.integers(2000, 2099), st.integers(0, 99), st.integers(0, 99), st.sampled_from(["", "前", "之前", "前完成"]))
def test_a_date_that_does_not_exist_is_never_read(year: int, month: int, day: int, before: str) -> None:
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    for typed in (f"{year}年{month}月{day}日{before}", f"{year}-{month}-{day}", f"{year}/{month}/{day}"):
        found = diagnose(typed)
        assert (found is None) == exists
        assert found is None or (isinstance(parse(typed), Text) and found.cause == "impossible-date" and found.readings)


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)),
    st.sampled_from(["{:%Y%m%d}", "{:%Y年%m%d日}", "{:%Y年%m%d日前}", "{:%Y%m月%d日}", "{:%Y%m%d}前"]),
)
def test_a_date_without_its_separators_is_never_read(day: dt.date, form: str) -> None:
    found = diagnose(form.format(day))
    assert found is not None
    assert found.cause == "garbled-date"
    assert f"{day:%Y}年{day.month}月{day.day}日" in {r.removesuffix("前") for r in found.readings}
