"""The arithmetic of amounts: each bound from both sides, against figures calculated by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftarget.values.money import (
    Amount,
    Line,
    deviation,
    explain_shortfall,
    find_round_factor,
    format_amount,
    format_exact_amount,
    parse_amount,
    percent,
    product,
    round_to_places,
    total,
)

D = Decimal


@pytest.mark.parametrize(
    ("text", "yuan", "digit", "shown"),
    [
        ("1320 万元", "13200000", "10000", "1320 万元"),
        ("1649.45万元", "16494500", "100", "1649.45 万元"),
        ("1796.02 万元", "17960200", "100", "1796.02 万元"),
        ("200000 元", "200000", "1", "200,000 元"),
        ("0.5 亿元", "50000000", "10000000", "0.5 亿元"),
        ("12万", "120000", "10000", "12 万元"),
        ("1320", "13200000", "10000", "1320 万元"),
        ("5,811,000.50元", "5811000.5", "0.01", "5,811,000.5 元"),
        ("≤380万", "3800000", "10000", "380 万元"),
    ],
)
def test_an_amount_is_parsed(text: str, yuan: str, digit: str, shown: str) -> None:
    amount = parse_amount(text, "万元")
    assert amount == Amount(D(yuan), D(digit), amount.unit)
    assert str(amount) == shown


@pytest.mark.parametrize(
    "text",
    ["", "约20万元", "其中设备12万元", "12万元购置设备", "2050 元/月", "20 人", "≥20≤30万元", "按实际", "20-30万元"],
)
def test_other_texts_are_not_amounts(text: str) -> None:
    assert parse_amount(text, "万元") is None


def test_a_bare_number_has_the_unit_of_the_form() -> None:
    assert parse_amount("1320", "元") == Amount(D(1320), D(1), "元")
    assert parse_amount("13.2", "亿元") == Amount(D("1320000000"), D("10000000"), "亿元")


@pytest.mark.parametrize(
    ("yuan", "holds"),
    [
        ("16494500", True),
        ("16494549", True),
        ("16494550", True),
        ("16494450", True),  # rounded to it
        ("16494449", False),
        ("16494599.99", True),  # truncated to it
        ("16494600", False),
    ],
)
def test_an_amount_matches_what_is_rounded_or_truncated_to_it(yuan: str, holds: bool) -> None:
    """Sums from 1649.445 to below 1649.46 万元 are rounded or truncated to 1649.45 万元."""
    assert Amount(D(16494500), D(100), "万元").rounds_to(D(yuan)) is holds


def test_a_coarse_amount_differs_by_one_percent_at_most() -> None:
    assert Amount(D(1000000), D(10000), "万元").rounds_to(D(1009999))
    assert not Amount(D(500000), D(10000), "万元").rounds_to(D(505001))
    assert Amount(D(500000), D(10000), "万元").rounds_to(D(505000))


def line(people: int, standard: str, times: int = 12, period: str = "月", share: str = "1") -> Line:
    return Line(D(people), f"{people} 人", D(standard), f"{standard} 元/{period}", D(times), period, D(share))


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (line(718, "2050"), "718 人 × 2050 元/月 × 12 个月 = 17,662,800 元"),
        (line(551, "1367.67"), "551 人 × 1367.67 元/月 × 12 个月 = 9,043,034.04 元"),
        (line(945, "7000", 1, "年"), "945 人 × 7000 元/年 = 6,615,000 元"),
        (line(100, "1500", 2, "学期"), "100 人 × 1500 元/学期 × 2 个学期 = 300,000 元"),
        (line(10, "1000", 1), "10 人 × 1000 元/月 × 1 个月 = 10,000 元"),
        (line(10, "1000", 12, "月", "0.44"), "10 人 × 1000 元/月 × 12 个月 × 44% = 52,800 元"),
    ],
)
def test_a_line_of_a_calculation_is_formatted(one: Line, text: str) -> None:
    assert str(one) == text


@pytest.mark.parametrize(
    ("declared", "computed", "text"),
    [
        (13200000, "17662800", "25.27%"),
        (17960200, "15658034.04", "14.70%"),
        (16494500, "31680000", "47.93%"),
        (5811000, "9298800", "37.51%"),
    ],
)
def test_the_deviation_is_relative_to_the_calculated_amount(declared: int, computed: str, text: str) -> None:
    assert percent(deviation(D(declared), D(computed))) == text
    assert (deviation(D(declared), D(computed)) > 0) is (D(declared) > D(computed))


@pytest.mark.parametrize(
    ("ratio", "factor"),
    [
        ("10", 10), ("9.95", 10), ("10.05", 10), ("9.94", None), ("10.06", None),
        ("12", 12), ("11.94", 12), ("12.06", 12), ("11.93", None), ("12.07", None),
        ("100", 100), ("99.5", 100), ("99.4", None), ("1000", 1000), ("10000", 10000), ("9950", 10000),
        ("9949", None), ("100000", None), ("1", None), ("2", None),
    ],
)  # fmt: skip
def test_a_slip_is_a_factor_within_half_a_percent(ratio: str, factor: int | None) -> None:
    """The order of the amounts does not matter."""
    for pair in ((D(ratio) * 37, D(37)), (D(37), D(ratio) * 37)):
        found = find_round_factor(*pair)
        assert (found and found[0]) == factor


@pytest.mark.parametrize("pair", [(0, 10), (10, 0), (-10, 100), (100, -10)])
def test_zero_and_negative_amounts_have_no_slip(pair: tuple[int, int]) -> None:
    assert find_round_factor(D(pair[0]), D(pair[1])) is None


def amount(text: str) -> Amount:
    found = parse_amount(text, "万元")
    assert found
    return found


@pytest.mark.parametrize(
    ("declared", "lines", "expected"),
    [
        ("1320 万元", [line(718, "2050")], ["相当于平均 8.97 个月，或年均 536.6 人在岗"]),
        (
            "1649.45 万元",
            [line(480, "5500")],
            ["相当于平均 6.25 个月，或年均 249.9 人在岗", "恰好等于 2999 人月 × 5500 元"],
        ),
        (
            "581.1 万元",
            [line(378, "2050")],
            ["相当于平均 7.5 个月，或年均 236.2 人在岗", "恰好等于 7.5 个月（相差 750 元，在取整范围内）"],
        ),
        ("20 万元", [line(10, "1000", 1, "年")], []),
        ("20 万元", [], []),
        ("9 万元", [line(5, "1000"), line(5, "2000")], ["相当于平均 6 个月"]),
    ],
)
def test_a_deviation_has_explanations(declared: str, lines: list[Line], expected: list[str]) -> None:
    assert explain_shortfall(amount(declared), lines) == expected


def test_a_coincidence_is_not_an_explanation() -> None:
    """Person-months are suggested only if the last digit is less than a twentieth of the standard."""
    near = [line(480, "2000")]
    assert not [one for one in explain_shortfall(Amount(D(600000), D(100), "万元"), near) if "人月" in one]
    near = [line(480, "2001")]
    assert [one for one in explain_shortfall(Amount(D(2001 * 300), D(100), "万元"), near) if "人月" in one]
    # Half months are suggested only if twice the last digit is less than a twentieth of a month's amount.
    month = line(100, "2000")
    assert not [one for one in explain_shortfall(Amount(D(1500000), D(5000), "元"), [month]) if "恰好等于 7.5" in one]
    assert [one for one in explain_shortfall(Amount(D(1500000), D(4999), "元"), [month]) if "恰好等于 7.5" in one]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("17662800", "万元", "1766.28 万元"), ("15658034.04", "万元", "1565.8 万元"), ("31680000", "万元", "3168 万元"),
     ("123456789", "亿元", "1.23 亿元"), ("1234.5", "元", "1,234.5 元"), ("1000", "元", "1,000 元")],
)  # fmt: skip
def test_an_amount_is_formatted_in_a_unit(value: str, unit: str, text: str) -> None:
    assert format_amount(D(value), unit) == text


def test_an_exact_amount_is_formatted() -> None:
    assert format_exact_amount(D("15658034.04")) == "15,658,034.04 元"
    assert format_exact_amount(D("100.005")) == "100 元"  # half to even
    assert f"{round_to_places(D('1200'), 2):f}" == "1200"


@given(st.lists(st.decimals(min_value=0, max_value=10**15, places=4), max_size=6))
def test_sums_and_products_are_exact(numbers: list[Decimal]) -> None:
    """Sums and products do not depend on the decimal context."""
    assert Fraction(total(numbers)) == sum(map(Fraction, numbers))
    assert Fraction(product(*numbers)) == prod(map(Fraction, numbers))
