"""The letter that returns a table to its author."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from command_line import GOOD, Run
from docx_parts import tables
from perftarget.linter.selection import select_rules
from perftarget.runner.project import Project
from perftarget.runner.run import check_project
from perftarget.tables.renderer import render_tables
from repository import DATA, ROOT


def test_the_letter_lists_findings_by_category(run: Run, tmp_path: Path) -> None:
    (tmp_path / "perftarget.yaml").write_text(
        "annex: {reviewer: 县财政局绩效股}\nbasis: {blank-field: 县财发〔2025〕12号 第六条}\n", encoding="utf-8"
    )
    wrong = GOOD.replace("12 万元", "13 万元").replace("延续项目", "").replace("≥60%", "显著提高")
    (tmp_path / "tables" / "good.yaml").write_text(wrong, encoding="utf-8")
    (tmp_path / "tables" / "other.yaml").write_text(GOOD.replace("公益性岗位补贴", "道路养护"), encoding="utf-8")
    done = run("render", "tables", "--letter")
    assert (done.returncode, done.stdout) == (0, "已输出到 退回修改意见：1 份；1 张表没有需要退回的内容。\n")
    (path,) = (tmp_path / "退回修改意见").iterdir()
    assert path.name == "公益性岗位补贴-退回修改意见.docx"
    lines = [paragraph.text for paragraph in docx.Document(path).paragraphs]
    today = date.today()
    assert lines == [
        "绩效目标表退回修改意见",
        "县就业局：",
        "你单位报送的“公益性岗位补贴”项目支出预算绩效目标表，经审核有以下 3 处需要修改或说明，现予退回，请修改后重新报送。",
        "一、规范完整性",
        "1. 【请核实】表上的栏目空白（项目属性）",
        "“项目属性”是空白；请填写。",
        "依据：县财发〔2025〕12号 第六条。",
        "二、指标科学性",
        "2. 【请核实】绩效值不明确，无法考核（就业率）",
        "“显著提高”没有幅度、基期或分档，无法考核。",
        "三种写法：量化，如“≥90%”；与基期比，如“较上年提高≥5个百分点”；分档，如“优（≥90分）”。",
        "依据：财预〔2015〕88号：细化量化（地方参照）。",
        "三、资金匹配性",
        "3. 【请核实】项目年度金额与测算不符（项目年度金额）",
        "申报 13 万元，比测算 12 万元高 8.33%，高于全年足额所需资金。",
        "测算：10 人 × 1000 元/月 × 12 个月 = 12 万元（120,000 元）。",
        "调整发放月数仍与申报金额不符；请在“资金测算”中补列其他支出，或核对人数、标准和金额。",
        "依据：算术。",
        "",
        "县财政局绩效股",
        f"{today.year}年{today.month}月{today.day}日",
    ]


def test_each_real_table_has_findings_and_is_rendered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    project = Project.find(["data"], None)
    assert {one.table for one in check_project(project, select_rules()).diagnostics} == {
        path.stem for path in DATA.iterdir()
    }
    documents = list(project.documents())
    profile = project.profile_of(documents[0].source.path)
    data = render_tables("docx", [document.table for document in documents if document.table], profile)
    assert len(tables(data)) == 5
