"""Reports on the five real tables as golden files, reviewed by a person, and figures that they must contain."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from perftarget.cli.import_summary import import_summary
from perftarget.config.loader import Profiles
from perftarget.linter.diagnostic import Severity
from perftarget.linter.engine import check_document
from perftarget.linter.selection import select_rules
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import render_report
from perftarget.tables.importer import yaml_files
from perftarget.tables.reader import read_documents, read_forms
from report_run import SOURCE, run_on
from repository import DATA, ROOT

Golden = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("path", ["data", SOURCE])
@pytest.mark.parametrize(("format_", "options"), [("text", {}), ("text", {"quiet": True}), ("json", {})])
def test_reports_equal_the_golden_files(golden: Golden, path: str, format_: str, options: dict[str, bool]) -> None:
    name = f"{'data' if path == 'data' else 'source'}{'-quiet' if options else ''}.{format_}"
    text = render_report(run_on(path), format_, ReportOptions(**options))
    golden(name, text)
    if format_ == "json":
        schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(json.loads(text))


def test_a_narrow_report_equals_the_golden_file(golden: Golden) -> None:
    golden(
        "data-narrow.text",
        render_report(run_on("data/projects/就业困难人员社会保险补贴.yaml"), "text", ReportOptions(width=60)),
    )


def test_a_coloured_report_equals_the_golden_file(golden: Golden) -> None:
    golden(
        "data-colour.text",
        render_report(run_on("data/projects/公益性岗位人员岗位补贴.yaml"), "text", ReportOptions(colour=True)),
    )


def test_the_import_summary_equals_the_golden_file(golden: Golden) -> None:
    files = [read_forms(SOURCE, Profiles().of(SOURCE))]
    forms = [form for file in files for form in file.forms]
    texts = yaml_files(forms, Path("data/projects"))
    golden("import.text", import_summary(files, {id(form): path for form, path in zip(forms, texts, strict=True)}))
    for number, (path, text) in enumerate(texts.items(), start=1):
        schema, rest = path.read_text(encoding="utf-8").split("\n", 1)
        assert text == f"{schema}\n序号: {number}\n{rest}"


GOLDEN = {
    "公益性岗位人员岗位补贴": "amount-mismatch counts-differ boilerplate",
    "就业困难人员社会保险补贴": "amount-mismatch standard-without-period",
    "“三支一扶”人员补助资金": "amount-mismatch stale-term typo",
    "实习见习人员就业补助资金": "amount-mismatch goal-numbering foreign-subject",
    "就业经办机构管理服务能力提升工作经费": "wrong-tier foreign-subject term-drift",
}
ALL_FIVE = "blank-field goal-without-number not-measurable management-indicator open-deadline"


@pytest.mark.parametrize("path", ["data", SOURCE])
def test_the_tables_have_exactly_the_expected_findings(path: str) -> None:
    run = run_on(path)
    assert run.count(Severity.ERROR) == 0
    assert run.undetermined == ()
    every = ALL_FIVE if path == "data" else f"{ALL_FIVE} missing-tier-label"
    expected = {(table, rule) for table, rules in GOLDEN.items() for rule in f"{rules} {every}".split()}
    assert Counter((one.table, one.rule) for one in run.diagnostics) == Counter(expected)


def test_the_report_on_good_tables_equals_the_golden_file(golden: Golden) -> None:
    """The tables are good ones of other fields: each new finding is probably a false positive."""
    golden("tables.text", render_report(run_on("tests/tables/good"), "text", ReportOptions(quiet=True)))


def test_rows_with_the_same_message_are_one_finding() -> None:
    rows = {
        one.table: 1 + sum(mark.row for mark in one.related)
        for one in run_on("data").diagnostics
        if one.rule == "not-measurable"
    }
    assert sorted(rows.values()) == [2, 2, 2, 2, 3]
    assert rows["就业经办机构管理服务能力提升工作经费"] == 3


def test_the_source_lacks_a_label_in_each_table() -> None:
    found = [one for one in run_on(SOURCE).diagnostics if one.rule == "missing-tier-label"]
    assert len(found) == 5
    assert {one.message for one in found} == {
        "一级指标栏空白；按编码 22、24 应为“2-效益指标”",
        "一级指标栏空白；按编码 21、22、24 应为“2-效益指标”",
    }


@pytest.mark.parametrize(
    ("project", "amount", "gap"),
    [
        ("公益性岗位人员岗位补贴", "17,662,800 元", "低 25.27%"),
        ("就业困难人员社会保险补贴", "15,658,034.04 元", "高 14.70%"),
        ("“三支一扶”人员补助资金", "31,680,000 元", "低 47.93%"),
        ("实习见习人员就业补助资金", "9,298,800 元", "低 37.51%"),
    ],
)
def test_calculated_amounts_are_exact(project: str, amount: str, gap: str) -> None:
    (found,) = [one for one in run_on(f"data/projects/{project}.yaml").diagnostics if one.rule == "amount-mismatch"]
    assert gap in found.message
    assert any(note.endswith(amount) for note in found.notes)


def test_lump_costs_are_summed() -> None:
    """12 万元 + 8 万元 = 20 万元 is correct; a higher cost is reported."""
    profile = Profiles().of("data")
    path = DATA / "就业经办机构管理服务能力提升工作经费.yaml"
    (document,) = read_documents(str(path), profile)
    assert not check_document(document, profile, select_rules(["cost-sum"]), date(2025, 6, 30)).diagnostics
    text = path.read_text(encoding="utf-8").replace("12 万元", "130000 元")
    from perftarget.tables.reader import parse_documents

    (changed,) = parse_documents("x.yaml", text.encode(), profile)
    (found,) = check_document(changed, profile, select_rules(["cost-sum"]), date(2025, 6, 30)).diagnostics
    assert found.notes[0] == "130,000 元 + 80,000 元 = 210,000 元"
