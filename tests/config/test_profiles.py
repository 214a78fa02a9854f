"""Whole tables under the built-in profiles, and settings with errors."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

from command_line import GOOD, Run
from perftarget import i18n as language
from perftarget.config.loader import ConfigError, load_profile
from perftarget.config.profile import Profile
from perftarget.linter.engine import check_document, run_rules
from perftarget.linter.fixer import Fixer
from perftarget.linter.rule import rules
from perftarget.linter.selection import select_rules
from perftarget.tables.costing.inferred import infer_costing
from perftarget.tables.importer import yaml_files
from perftarget.tables.reader import parse_documents as parse_table
from perftarget.tables.reader import read_documents, read_forms
from rule_examples import TODAY

NX = """\
项目名称: 农村公路危桥改造
主管部门: 县交通运输局
实施单位: 县公路养护中心
项目属性: 新增项目
项目期限: 2025 年 3 月至 11 月
项目主管处室: 计划建设科
项目年度金额: 300 万元
年度总体绩效目标:
  - 改造危桥 2 座，新建候车亭 6 个。
  - 改造后桥梁荷载达到公路Ⅱ级，惠及沿线群众 5000 人。
绩效指标:
  11-数量指标:
    改造危桥座数: ≥2座
    新建候车亭数量: ≥6个
  12-质量指标:
    工程验收合格率: =100%
  13-时效指标:
    危桥改造完工时间: 2025年10月31日前
  14-成本指标:
    危桥改造成本: ≤285万元
    候车亭建设成本: ≤15万元
  22-社会效益:
    受益群众人数: ≥5000人
  24-可持续影响:
    桥梁设计使用年限: ≥30年
  31-服务对象满意度:
    沿线群众满意度: ≥90%
"""

MOF = """\
项目名称: 农村公路危桥改造
主管部门: 县交通运输局
实施单位: 县公路养护中心
项目期限: 2025 年 3 月至 11 月
项目年度金额: 300 万元
年度总体绩效目标:
  - 改造危桥 2 座，新建候车亭 6 个。
  - 改造后桥梁荷载达到公路Ⅱ级，惠及沿线群众 5000 人。
绩效指标:
  成本指标:
    经济成本指标:
      危桥改造成本: {值: ≤285万元, 权重: "15", 设定依据: 初步设计批复, 数据来源: 竣工结算}
      候车亭建设成本: {值: ≤15万元, 权重: "5", 设定依据: 询价, 数据来源: 竣工结算}
    生态环境成本指标:
      施工弃渣处置率: {值: =100%, 权重: "5", 设定依据: 环评批复, 数据来源: 监理记录}
  产出指标:
    数量指标:
      改造危桥座数: {值: ≥2座, 权重: "15", 设定依据: 年度计划, 数据来源: 验收报告}
      新建候车亭数量: {值: ≥6个, 权重: "5", 设定依据: 年度计划, 数据来源: 验收报告}
    质量指标:
      工程验收合格率: {值: =100%, 权重: "10", 设定依据: 技术规范, 数据来源: 验收报告}
    时效指标:
      危桥改造完工时间: {值: 2025年10月31日前, 权重: "10", 设定依据: 施工合同, 数据来源: 验收报告}
  效益指标:
    社会效益指标:
      受益群众人数: {值: ≥5000人, 权重: "20", 设定依据: 乡镇统计, 数据来源: 乡镇统计}
    可持续影响指标:
      桥梁设计使用年限: {值: ≥30年, 权重: "5", 设定依据: 设计规范, 数据来源: 设计文件}
  满意度指标:
    服务对象满意度指标:
      沿线群众满意度: {值: ≥90%, 权重: "10", 设定依据: 上年水平, 数据来源: 问卷调查}
"""

FORM = """\
项目支出绩效目标表
单位：万元
项目名称	农村公路危桥改造
主管部门及代码	县交通运输局	实施单位	县公路养护中心
项目属性	新增项目	实施期	2025 年 3 月至 11 月
年度资金总额	300
总体目标	目标1：改造危桥 2 座。目标2：改造后桥梁荷载达到公路Ⅱ级，惠及沿线群众 5000 人。
一级指标	二级指标	三级指标	指标解释	指标值	设定依据	取值方式	数据来源	佐证资料	权重	赋分规则
成本指标	经济成本指标	危桥改造成本	两座桥的建安费用	≤300万元	初步设计批复	直接证明	竣工结算	结算书	20	超支不得分
产出指标	数量指标	改造危桥座数		≥2座	年度计划	直接证明	验收报告	验收报告	20	按比例
	质量指标	工程验收合格率		=100%	技术规范	直接证明	验收报告	验收报告	10	按比例
	时效指标	危桥改造完工时间		2025年10月31日前	施工合同	直接证明	验收报告	验收报告	10	逾期不得分
效益指标	社会效益指标	受益群众人数		≥5000人	乡镇统计	情况统计	乡镇统计	统计表	20	按比例
满意度指标	服务对象满意度指标	沿线群众满意度		≥90%	上年水平	问卷调查	问卷调查	问卷	10	按比例
"""

Findings = list[tuple[int, str, str]]


def findings_of(text: str, profile: Profile) -> Findings:
    """Return line, rule and message of every finding, in the order of the lines."""
    (document,) = parse_table("例.yaml", text.encode(), profile)
    hits = run_rules(document, profile, select_rules(), TODAY).hits
    place = document.source.place
    return sorted((place(hit.finding.at).line, hit.rule.name, hit.finding.message) for hit in hits)


@pytest.fixture
def nx() -> Profile:
    return load_profile("nx-county-2025")


@pytest.fixture
def mof() -> Profile:
    return load_profile("mof-2021")


def test_good_tables_have_no_findings(nx: Profile, mof: Profile) -> None:
    assert findings_of(NX, nx) == []
    assert findings_of(MOF, mof) == []


def test_each_profile_reports_its_own_requirements(nx: Profile, mof: Profile) -> None:
    faulty = (
        MOF.replace('权重: "20", ', "")
        .replace("数据来源: 问卷调查", "数据来源: —")
        .replace("≤15万元", "≤25万元")
        .replace("危桥改造完工时间: {值: 2025年10月31日前", "危桥改造完工时间: {值: 及时")
        .replace("施工弃渣处置率: {值: =100%", "施工弃渣处置率: {值: 提高")
        .replace("300 万元", "300.1234 万元")
    )
    assert findings_of(faulty, mof) == [
        (5, "amount-form", "“300.1234 万元”有 4 位小数，以万元为单位最多 2 位；请写成“300.12 万元”"),
        (5, "cost-sum", "2 项成本合计 310 万元，超过年度金额 300.12 万元，多 9.88 万元"),
        (15, "vague-value", "“提高”没有幅度、基期或分档，无法考核"),
        (23, "must-be-numeric", "“及时”没有数；时效指标应写日期、期限或比率，如“2025年12月31日前”“≥95%”"),
        (26, "weights", "没有权重；请填写"),
        (31, "missing-basis", "“数据来源”填写为“—”；请写明"),
    ]
    assert findings_of(NX.replace("≤285万元", "有效降低").replace("    工程验收合格率: =100%\n", ""), nx) == [
        (15, "missing-tier", "“12-质量指标”下没有指标；请填写"),
        (19, "must-be-numeric", "“有效降低”没有数；成本指标应写金额，如“2050元/人·月”“≤12万元”"),
    ]


def test_a_county_table_under_the_ministry_profile(mof: Profile) -> None:
    """A safe fix replaces the tier labels; weights, bases and sources are missing."""
    labels = {
        12: ("11-数量指标", "数量指标"),
        15: ("12-质量指标", "质量指标"),
        17: ("13-时效指标", "时效指标"),
        19: ("14-成本指标", "经济成本指标"),
        22: ("22-社会效益", "社会效益指标"),
        24: ("24-可持续影响", "可持续影响指标"),
        26: ("31-服务对象满意度", "服务对象满意度指标"),
    }
    expected = [(line, "tier-label", f"“{written}”在表式中是“{label}”") for line, (written, label) in labels.items()]
    for line in (13, 14, 16, 18, 20, 21, 23, 25, 27):
        expected += [(line, "missing-basis", f"“{column}”是空白；请写明") for column in ("数据来源", "设定依据")]
        expected.append((line, "weights", "没有权重；请填写"))
    expected.append((19, "tier-order", "“14-成本指标”应在“11-数量指标”之前；请按表式的顺序排列"))
    assert findings_of(NX, mof) == sorted(expected)

    fixed = Fixer("例.yaml", mof, select_rules(), TODAY).fix(NX.encode()).data.decode()
    assert {rule for _, rule, _ in findings_of(fixed, mof)} == {"missing-basis", "weights"}
    assert fixed.index("经济成本指标") < fixed.index("数量指标:")


def test_a_code_of_another_profile_is_ignored(mof: Profile) -> None:
    """14 is not a code of the ministry's profile; the name shows that the tier is in the wrong place."""
    nested = "绩效指标:\n  产出指标:\n    14-成本指标:\n      危桥改造成本: ≤285万元\n"
    found = [message for _, rule, message in findings_of(nested, mof) if rule == "tier-mismatch"]
    assert found == ["“14-成本指标”属于“成本指标”，却写在“产出指标”下；请移到“成本指标”下，或更正名称"]


def test_a_ministry_table_under_the_county_profile(nx: Profile) -> None:
    first = [
        (1, "blank-field", "没有“项目主管处室”一栏；请补上这一行"),
        (1, "blank-field", "没有“项目属性”一栏；请补上这一行"),
        (9, "missing-tier", "缺少“14-成本指标”；请补充，至少填写一个指标"),
        (10, "tier-label", "表式中没有“成本指标”；可用的有：1-产出指标、2-效益指标、3-满意度指标"),
        (11, "tier-label", "表式中没有“经济成本指标”；是否为“14-成本指标”？"),
        (14, "tier-label", f"表式中没有“生态环境成本指标”；可用的有：{'、'.join(nx.second_tiers)}"),
    ]
    labels = {
        16: ("产出指标", "1-产出指标"),
        17: ("数量指标", "11-数量指标"),
        20: ("质量指标", "12-质量指标"),
        22: ("时效指标", "13-时效指标"),
        24: ("效益指标", "2-效益指标"),
        25: ("社会效益指标", "22-社会效益"),
        27: ("可持续影响指标", "24-可持续影响"),
        29: ("满意度指标", "3-满意度指标"),
        30: ("服务对象满意度指标", "31-服务对象满意度"),
    }
    known = [(line, "tier-label", f"“{written}”在表式中是“{label}”") for line, (written, label) in labels.items()]
    assert findings_of(MOF, nx) == sorted(first + known)


def test_every_column_of_the_ministry_form_is_read(mof: Profile, tmp_path: Path) -> None:
    """Columns that no rule uses are kept in the file as well."""
    path = tmp_path / "表.txt"
    path.write_text(FORM, encoding="utf-8")
    (document,) = read_documents(str(path), mof)
    assert run_rules(document, mof, select_rules(), TODAY).hits == []
    file = read_forms(str(path), mof)
    assert (file.outside, file.forms[0].unplaced, file.forms[0].inferred) == ([], [], [])
    (text,) = yaml_files(file.forms, tmp_path).values()
    assert findings_of(text, mof) == []
    cost = (
        "  经济成本指标:\n    危桥改造成本: {值: ≤300万元, 指标解释: 两座桥的建安费用, 权重: 20, 赋分规则: 超支不得分, "
        "设定依据: 初步设计批复, 取值方式: 直接证明, 数据来源: 竣工结算, 佐证资料: 结算书}\n"
    )
    assert cost in text


def test_tiers_are_identified_by_name(nx: Profile, mof: Profile) -> None:
    """Costs are identified in both profiles; social and ecological costs are not amounts."""
    assert [nx.first_tier_of(label) for label in ("14-成本指标", "成本", "99-质量", "过程指标")] == [
        "1-产出指标", "1-产出指标", "1-产出指标", None,
    ]  # fmt: skip
    assert [mof.first_tier_of(label) for label in ("14-成本指标", "经济成本", "11-数量指标", "24-可持续影响", "过程指标")] == [
        "成本指标", "成本指标", "产出指标", "效益指标", None,
    ]  # fmt: skip
    assert [mof.tier_name(label) for label in ("经济成本指标", "14-成本指标", "社会成本", "31-服务对象满意度", "过程")] == [
        "成本指标", "成本指标", "社会成本指标", "服务对象满意度指标", "过程",
    ]  # fmt: skip
    harm = MOF.replace("施工弃渣处置率: {值: =100%", "施工弃渣处置支出: {值: ≤8万元")
    for text, profile in ((NX, nx), (MOF, mof), (harm, mof), (MOF, nx)):
        (document,) = parse_table("例.yaml", text.encode(), profile)
        assert document.table
        assert [lump.amount.yuan for lump in infer_costing(document.table, profile).lump_sums] == [2_850_000, 150_000]


SETTINGS = [
    ("weights: {total: }", ()),
    ("weights: {total: 100}", (Decimal(100),)),
    ("weights: {total: [90, '80.5']}", (Decimal(90), Decimal("80.5"))),
]


@pytest.mark.parametrize(("config", "total"), SETTINGS)
def test_the_total_of_weights_is_read_as_decimals(tmp_path: Path, config: str, total: tuple[Decimal, ...]) -> None:
    (tmp_path / "perftarget.yaml").write_text(config, encoding="utf-8")
    assert load_profile("perftarget.yaml", tmp_path).weights.total == total


def test_blank_settings_keep_the_defaults(tmp_path: Path) -> None:
    config = "caps: {value: }\nfields: {项目名称: {max_length: }}\ntiers: {1-产出指标: {weight: }}\n"
    (tmp_path / "perftarget.yaml").write_text(config, encoding="utf-8")
    profile = load_profile("perftarget.yaml", tmp_path)
    assert (profile.caps.name, profile.caps.value, profile.fields["项目名称"].max_length) == (100, None, None)
    assert profile.tiers["1-产出指标"].weight is None


POINTS = ("应为分值，如 100", "write points, like 100")
NUMBER = ("应为正整数，如 100", "write a whole number, like 100")
WRONG = [
    ("weights: {total: 满分}", 18, "weights.total", "满分", POINTS),
    ("tiers: {1-产出指标: {weight: -5}}", 26, "tiers.1-产出指标.weight", "-5", POINTS),
    ("rows: {least: }", 15, "rows.least", "", NUMBER),
    ("caps: {name: 0}", 14, "caps.name", "0", NUMBER),
    ("fields: {项目名称: {max_length: 两百}}", 29, "fields.项目名称.max_length", "两百", NUMBER),
    (
        "amount_decimals: 9", 18, "amount_decimals", "9",
        ("应为 0 到 8 的整数，如 2", "write a whole number from 0 to 8, like 2"),
    ),
    (
        "required_columns: [remark]", 20, "required_columns.0", "remark",
        ("可写的有：basis、source", "it may be “basis”, “source”"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("config", "column", "setting", "written", "expected"), WRONG)
def test_invalid_settings_are_reported_in_both_languages(
    tmp_path: Path, config: str, column: int, setting: str, written: str, expected: tuple[str, str]
) -> None:
    path = tmp_path / "perftarget.yaml"
    path.write_text(config, encoding="utf-8")
    messages = [
        f"配置项 {setting} 不能是“{written}”；{expected[0]}",
        f"the setting “{setting}” cannot be “{written}”; {expected[1]}",
    ]
    for spoken, message in zip(language.LANGUAGES, messages, strict=True):
        language.set_language(spoken)
        load_profile.cache_clear()
        with pytest.raises(ConfigError) as refused:
            load_profile("perftarget.yaml", tmp_path)
        assert str(refused.value) == f"{path}:1:{column}: {message}"


def test_profiles_and_results_can_be_pickled() -> None:
    profile = load_profile("nx-county-2025")
    before = pickle.dumps(profile)
    found = check_document(parse_table("a.yaml", NX.encode(), profile)[0], profile, select_rules(), TODAY)
    assert pickle.dumps(profile) == before, "cached properties are not pickled"
    copy = pickle.loads(before)
    assert check_document(parse_table("a.yaml", NX.encode(), copy)[0], copy, select_rules(), TODAY) == found
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(pickle.loads(pickle.dumps(rule)) is rule for rule in select_rules().values())


@pytest.mark.parametrize(
    ("own", "extended", "place"),
    [
        ("extends: p.yaml\n", "# 全县\nseverity: [1]\n", "p.yaml:2:11"),
        ("extends: p.yaml\n", "# 全县\nnonsense: 1\n", "p.yaml:2:1"),
        ("extends: p.yaml\n", "severity:\n  blank-field: banana\n", "p.yaml:2:16"),
        ("extends: p.yaml\nseverity: {vague-value: info}\n", "severity:\n  blank-field: banana\n", "p.yaml:2:16"),
        (
            "extends: p.yaml\nseverity: {blank-field: banana}\n",
            "severity:\n  blank-field: off\n",
            "perftarget.yaml:2:25",
        ),
    ],
)
def test_an_invalid_setting_is_reported_in_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, extended: str, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("perftarget.yaml").write_text(own, encoding="utf-8")
    Path("p.yaml").write_text(extended, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_profile("perftarget.yaml")
    assert str(refused.value.place) == place


@pytest.mark.parametrize(("setting", "column"), [("severity: {vague-valu: off}", 12), ("basis: {vague-valu: 县文}", 9)])
def test_an_unknown_rule_is_reported_in_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, setting: str, column: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("perftarget.yaml").write_text("extends: p.yaml\n", encoding="utf-8")
    Path("p.yaml").write_text(f"# 全县\n{setting}\n", encoding="utf-8")
    Path("a.yaml").write_text(GOOD, encoding="utf-8")
    assert (
        run("validate", "a.yaml").stderr
        == f"{tmp_path / 'p.yaml'}:2:{column}: 没有名为 vague-valu 的规则。是否为 vague-value？\n"
    )


@pytest.mark.parametrize("written", ["''", "'  '", "[]", "长" * 201])
def test_a_basis_is_the_name_of_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("perftarget.yaml").write_text(f"basis: {{vague-value: {written}}}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="应为文件名称，如 县财发〔2025〕12号"):
        load_profile("perftarget.yaml")


LOCAL = "basis: {blank-field: 县财发〔2025〕12号 第六条, counts-differ: 县财发〔2025〕13号}\n"


def test_findings_cite_the_local_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = GOOD.replace("延续项目", "").replace("≥60%", "显著提高").replace("补贴人数", "公益性岗位人数")
    Path("perftarget.yaml").write_text(LOCAL, encoding="utf-8")
    Path("a.yaml").write_text(wrong, encoding="utf-8")
    Path("b.yaml").write_text(wrong.replace("公益性岗位补贴", "岗位补助").replace("10 人", "12 人"), encoding="utf-8")
    report = json.loads(run("validate", "a.yaml", "b.yaml", "--format", "json").stdout)
    cited = {entry["rule"]: entry["basis"] for entry in report["diagnostics"]}
    assert cited["blank-field"] == "县财发〔2025〕12号 第六条"
    assert cited["counts-differ"] == "县财发〔2025〕13号"
    assert cited["vague-value"] == rules()["vague-value"].basis
    log = json.loads(run("validate", "a.yaml", "--format", "sarif").stdout)
    assert {
        result["properties"]["basis"] for result in log["runs"][0]["results"] if result["ruleId"] == "blank-field"
    } == {"县财发〔2025〕12号 第六条"}
    page = run("validate", "a.yaml", "--format", "html", "-o", "page.html")
    assert page.returncode in {0, 1}
    assert "依据：县财发〔2025〕12号 第六条" in Path("page.html").read_text(encoding="utf-8")
