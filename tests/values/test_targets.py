"""Targets as they stand in tables: each is read as a person reads it."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perftarget.text.normalize import compact, fold, split_words
from perftarget.values.parser import Date, Frequency, Period, parse
from perftarget.values.rewriting import rewrite

LINES = Path(__file__).with_name("targets.txt").read_text(encoding="utf-8").splitlines()
TARGETS = [(*line.split(" | "), "")[:4] for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("raw", "kind", "normal"), [target[:3] for target in TARGETS])
def test_a_target_is_read_as_a_person_reads_it(raw: str, kind: str, normal: str) -> None:
    value = parse(raw)
    assert (type(value).__name__, str(value)) == (kind, raw if normal == "-" else normal)
    assert parse(str(value)) == value


def test_the_targets_are_many_and_differ() -> None:
    assert len({raw for raw, *_ in TARGETS}) == len(TARGETS) > 1000


# --- Every digit that goes in is in the value, or the text is not read -------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        split_words(
            """
            0 1 2 5 9 10 36 95 100 718 2025 1,200 1，200 3.5 0.95 ≥ ≤ = > < % ‰ 人 次 座 公里 万 亿 元 /月 /人·月 以上 以内
            不低于 不超过 约 左右 O l I 。 · ， 、 : / - 至 ~ （ ） 全年 培训 完成 宣传 每 每月 每户 平均 共 各 优 良 暂定
            合同签订后 日 天 内 同比 增长 较上年 提高 个百分点 × ± 且 倍 级 分 块 里程 第 每亩 人均
            """
        )
    ),
    max_size=7,
).map("".join)


@given(PIECES)
@example("96O人次")
@example("3A级景区5个")
@example("培训3-5次，宣传2场")
@example("2亿3000万元")
def test_every_digit_is_read_or_the_text_is_not(text: str) -> None:
    value = parse(text)
    if value.numeric and not isinstance(value, (Date, Period, Frequency)):
        assert digits(str(value)) == digits(rewrite(compact(fold(text).strip())))


def digits(text: str) -> list[str]:
    """Return the digits of a text in order; 0起 and a bare scale keep theirs."""
    return [char for char in text if char in "0123456789"]
