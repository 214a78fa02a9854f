"""Messages about a Word, Excel or text form speak of its cells, and never of YAML."""

from __future__ import annotations

import re

import pytest

from perftarget.api import check_bytes
from perftarget.i18n import set_language

FORM = """\
项目名称\t岗位补贴
主管部门\t县人社局\t实施单位\t县就业局
{}
项目年度金额\t{}\t项目期限\t2025年1月至12月
年度总体绩效目标\t目标1：发放岗位补贴，开展技能培训、宣传和检查。
一级指标\t二级指标\t三级指标\t绩效值
1-产出指标\t11-数量指标\t补贴人数\t10人
\t12-质量指标\t合格率\t≥95%
\t13-时效指标\t完成时间\t12月底前
\t14-成本指标\t补贴标准\t{}
2-效益指标\t22-社会效益\t就业率\t≥60%
3-满意度指标\t31-服务对象满意度\t满意度\t≥85%
"""
YAML_WORDS = re.compile(r"YAML|引号|缩进|键|这一行|“- ”|: |“资金测算”中|quotes|indent|add the line|in “资金测算”")
CASES = {
    "资金测算\t10人×1000元": (
        "wrong-type",
        "第3行 第2列",
        "Word、Excel 表格里的“资金测算”读不出来，没有用于核对；请在指标中写明人数和标准，测算另附",
    ),
    "豁免\tblank-field": (
        "wrong-type",
        "第3行 第2列",
        "Word、Excel 表格里不能写“豁免”，没有读取；请删去这一栏，另行说明理由",
    ),
    "资金来源\t中央100万元": (
        "wrong-type",
        "第3行 第2列",
        "这里应写各个来源的金额，来源和金额各占一格，写成了一段文字",
    ),
    "11-数量指标\t5人": ("unknown-key", "第3行 第1列", "表式中没有“11-数量指标”；它应写在指标表的“二级指标”一栏"),
    "主管部门\t县财政局": (
        "doubtful-reading",
        "第2行 第2列",
        "主管部门有几种读法，分不出哪一个：“主管部门”县人社局、“主管部门”县财政局；请在原表中写明确",
    ),
    "项目属性\t延续项目": ("blank-field", "第1行 第1列", "没有“项目主管处室”一栏；请补上这一栏"),
}


@pytest.mark.parametrize("row", CASES)
def test_a_message_about_a_form_speaks_of_its_cells(row: str) -> None:
    rule, label, message = CASES[row]
    found = check_bytes("a.txt", FORM.format(row, "12万元", "1000元/月").encode())
    assert next((one.place.label, one.label) for one in found if one.rule == rule) == (label, message)


MORE = "如为部分月份、人次口径或多级分担，请随表附上测算说明；如非，请核对人数、标准或金额"
LESS = "调整发放月数仍与申报金额不符；请在成本指标中补列其他支出，或核对人数、标准和金额"
UNCOSTED = "目标中列有学校取暖费，成本指标中没有；请在成本指标中补列"
EXPENSES = {
    "发放岗位补贴，开展技能培训、宣传和检查": "安排教师培训费、学校取暖费、差旅费支出 3 项",
    "补贴标准\t1000元/月": "教师培训支出\t12万元",
    "补贴人数\t10人": "学校\t5所",
}


@pytest.mark.parametrize(
    ("changes", "rule", "text"),
    [
        ({"12万元": "14万元"}, "amount-mismatch", LESS),
        ({"12万元": "10万元"}, "amount-mismatch", MORE),
        ({"1000元/月": "1000元/亩"}, "unpaired-cost", "“1000元/亩”没有对应的数量（亩）；请在数量指标中写上"),
        (
            {"补贴标准": "总成本", "1000元/月": "≤12万元"},
            "unpaired-cost",
            "“补贴人数”没有对应的标准；请在成本指标中写上",
        ),
        (EXPENSES, "uncosted-item", UNCOSTED),
    ],
)
def test_remedies_name_no_part_that_a_form_lacks(changes: dict[str, str], rule: str, text: str) -> None:
    form = FORM.format("项目属性\t延续项目", "12万元", "1000元/月")
    for old, new in changes.items():
        form = form.replace(old, new)
    found = check_bytes("a.txt", form.encode())
    assert any(text in (one.message, *one.notes) for one in found if one.rule == rule)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("amount", ["12万元", "14万元", "10万元", "", "若干"])
@pytest.mark.parametrize("standard", ["1000元/月", "1000元/户/月", "1000元", "1000元/人次", ""])
@pytest.mark.parametrize("row", ["项目属性\t", "备注\t无", "资金来源\t中央", "5\t10", "11-数量指标\t5人", "豁免\t无"])
def test_no_message_about_a_form_speaks_of_yaml(row: str, standard: str, amount: str, language: str) -> None:
    set_language("en" if language == "en" else "zh")
    try:
        found = check_bytes("a.txt", FORM.format(row, amount, standard).encode())
    finally:
        set_language("zh")
    texts = [text for one in found for text in (one.message, *one.notes)]
    assert texts
    spoken = [text for text in texts if YAML_WORDS.search(text.replace(": ", "") if language == "en" else text)]
    assert spoken == []
