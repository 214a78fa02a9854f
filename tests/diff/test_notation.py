"""What is no news: another notation, order or layout, and the year moved by one."""

from __future__ import annotations

import pytest

from command_line import GOOD
from compared import PROFILE, Sides, compared, kinds, next_year, only, with_goals, with_target
from perftarget.diff.compare import compare
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents
from perftarget.tables.renderer import render_tables


@pytest.mark.parametrize(
    "sides",
    [
        ("86.4", "86.40"),
        ("86.4亩", "86.40 亩"),
        ("718", "718人"),
        ("718人", "718名"),
        ("≦5%", "≤5%"),
        ("0.97", "97%"),
        ("≥0.97", "≥97%"),
        ("≥97", "≥97%"),
        ("95%以上", "≥95%"),
        ("不低于95%", "≥95％"),
        ("百分之九十五", "95%"),
        ("达到100%", "100%"),
        ("=100%", "≥100%"),
        ("=100%", "100%"),
        ("1,200人", "1200人"),
        ("1.2万人", "12000人"),
        ("三百人", "300人"),
        ("≥1.2公里", "≥1200米"),
        ("12km", "12公里"),
        ("1000㎡", "1000平方米"),
        ("3-5家", "3—5家"),
        ("0起", "不发生"),
        ("=0起", "0"),
        ("优", "优秀"),
        ("1次/月", "每月1次"),
        ("2025年12月31日前", "2025年12月底前"),
        ("6月30日前", "6月底前"),
        ("建成道路 120 公里，带动就业", "建成道路120公里，带动就业。"),
    ],
    ids=str,
)
def test_another_notation_of_a_target_is_left_out(sides: Sides) -> None:
    old, new = map(with_target, sides)
    assert (kinds(old, new), compared(old, new).left_out) == ([], 1)
    assert kinds(new, old) == []


@pytest.mark.parametrize(
    ("sides", "kind"),
    [
        (("718人", "718万人"), "unclear"),
        (("100个", "100户"), "unclear"),
        (("100元", "100元/人"), "unclear"),
        (("≥500元/月", "≥6000元/年"), "changed"),
        (("≥4次/年", "≥1次/季度"), "changed"),
        (("90%-95%", "≥90%"), "changed"),
        (("12", "12%"), "same"),
        (("1", "1%"), "unclear"),
    ],
    ids=str,
)
def test_another_unit_is_not_another_notation(sides: Sides, kind: str) -> None:
    assert only(*map(with_target, sides)) == kind


def test_a_unit_may_move_between_name_and_value() -> None:
    in_name = with_target("10", "补贴人数（人）", "11-数量指标")
    assert kinds(in_name, with_target("10人", "补贴人数", "11-数量指标")) == []
    yuan, ten_thousand = (with_target("10", f"成本（{unit}）", "14-成本指标") for unit in ("元", "万元"))
    assert only(yuan, ten_thousand) == "amount +99,990 元"


@pytest.mark.parametrize(
    "sides",
    [
        (["建成道路12公里", "培训200人"], ["培训200人", "建成道路12公里"]),
        (["建成道路12公里", "培训200人"], ["1、建成道路12公里", "2、培训200人"]),
        (["一、建成道路12公里", "二、培训200人"], ["培训200人。", "建成道路12公里。"]),
        (["新建道路１２０公里"], ["新建道路120公里"]),
        (["惠及1.2万人"], ["惠及12000人"]),
        (["满意度不低于90%"], ["满意度≥90%"]),
        (["建成3个中心"], ["建成三个中心"]),
    ],
)
def test_order_numbers_and_notation_of_goals_are_left_out(sides: tuple[list[str], list[str]]) -> None:
    old, new = (with_goals(*goals) for goals in sides)
    assert kinds(old, new) == []
    assert compared(old, new).left_out > 0


@pytest.mark.parametrize(
    "text",
    [
        "目标1：建成道路12公里。目标2：培训200人。",
        "目标一：建成道路12公里；目标二：培训200人",
        "1.建成道路12公里；2.培训200人。",
        "（1）建成道路12公里；（2）培训200人。",
        "①建成道路12公里；②培训200人。",
    ],
)
def test_a_list_and_a_numbered_text_of_goals_are_the_same(text: str) -> None:
    listed = with_goals("建成道路12公里", "培训200人")
    written = with_goals().replace("年度总体绩效目标:\n", f"年度总体绩效目标: {text}\n")
    assert kinds(listed, written) == kinds(written, listed) == []
    assert only(listed, written.replace("200人", "150人")) == "lowered 200人 → 150人"


YEARLY = (
    GOOD.replace("公益性岗位补贴", "2025年公益性岗位补贴")
    .replace("为 10 人", "2025年为 10 人")
    .replace("每月15日前", "2025年12月底前")
    .replace("发放准确率: ≥95%", "2025年发放准确率: 较2024年提高3个百分点")
)


def test_the_year_moved_by_one_is_left_out() -> None:
    assert kinds(YEARLY, next_year(YEARLY)) == []
    assert compared(YEARLY, next_year(YEARLY)).left_out == 6
    assert kinds(f"预算年度: 2025\n{YEARLY}", f"预算年度: 2026\n{next_year(YEARLY)}") == []


def test_a_year_that_moved_alone_or_by_more_is_news() -> None:
    assert kinds(GOOD, next_year(GOOD, 2027))[0][:2] == ("changed", "项目期限")
    assert kinds(GOOD, next_year(GOOD).replace("1 月至 12 月", "1 月至 6 月"))[0][:2] == ("changed", "项目期限")
    assert kinds(f"预算年度: 2025\n{GOOD}", f"预算年度: 2026\n{GOOD}")[0][:2] == ("changed", "预算年度")
    documents = [with_goals(f"按财社〔{year}〕12号文件发放") for year in (2025, 2026)]
    assert only(documents[0], next_year(documents[1])) == "changed"


def test_the_year_may_follow_from_the_folder() -> None:
    text = "项目名称: 甲\n年度总体绩效目标: {0}年底前建成\n绩效指标:\n  13-时效指标:\n    建成时间: {0}年12月底前\n"
    sides = [parse_documents(f"{year}/a.yaml", text.format(year).encode(), PROFILE) for year in (2025, 2026)]
    assert compare(sides[0], sides[1], PROFILE)[:2] == ((), 2)


def _documents() -> list[Document]:
    """Return tables with what is written in several ways."""
    texts = [
        GOOD,
        YEARLY.replace("补贴人数（人）: 10 人", "补贴人数（人）: {值: 10 人, 权重: 20}"),
        with_goals("建成道路12公里。", "培训 200 人次。").replace("≥95%", "≥95.0%"),
        GOOD.replace("=0起", "不发生").replace("1000 元/月", "≤1,000 元/人·月").replace("公益性岗位补贴", "护理补贴"),
    ]
    return [parse_documents(f"{number}.yaml", text.encode(), PROFILE)[0] for number, text in enumerate(texts)]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_table_printed_and_read_again_has_no_news(kind: str) -> None:
    old = _documents()
    tables = [document.table for document in old if document.table]
    new = parse_documents(f"a.{kind}", render_tables(kind, tables, PROFILE), PROFILE)
    assert len(new) == len(tables)
    assert compare(old, new, PROFILE).comparisons == compare(new, old, PROFILE).comparisons == ()


def test_another_form_of_the_file_has_no_news() -> None:
    flow = GOOD.replace("  11-数量指标:\n    补贴人数（人）: 10 人\n", "  11-数量指标: {补贴人数（人）: 10 人}\n")
    listed = GOOD.replace("    发放准确率: ≥95%\n", "    - {指标: 发放准确率, 符号: ≥, 值: 95, 单位: '%'}\n")
    for text in (flow, listed, GOOD.replace("\n", "\r\n"), GOOD.replace("12-质量指标", "质量指标")):
        assert text != GOOD
        assert compared(GOOD, text)[:2] == ((), 0)
