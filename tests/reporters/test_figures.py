"""The figures of diagnostics in JSON and SARIF, computed again from the report."""

from __future__ import annotations

import json
from decimal import Decimal
from math import prod
from pathlib import Path
from typing import Any

import pytest

from case_parser import Block
from command_line import GOOD, Run
from perftarget.linter.engine import check_document
from perftarget.linter.rule import rules
from perftarget.reporters import json as json_reporter
from perftarget.reporters.options import ReportOptions
from repository import DATA
from rule_examples import EXAMPLES, TODAY, hits, profile_of

COMPUTED = (
    "above-standard",
    "amount-mismatch",
    "calculation-mismatch",
    "cost-above-budget",
    "cost-sum",
    "funding-sum",
    "magnitude-slip",
    "weights",
)
COMPARED = ("indicator-count", "too-long")
EXAMPLES_WITH_FIGURES = [one for one in EXAMPLES if one.values[0] in {*COMPUTED, *COMPARED}]


def entries_of(name: str, block: Block, tmp_path: Path) -> list[dict[str, Any]]:
    """Return the entries of the report on an example, and those of the further rows."""
    document, _ = hits(name, block, tmp_path)
    found = check_document(document, profile_of(block, tmp_path), {name: rules()[name]}, TODAY)
    lines = json.loads(f"[{json_reporter.part(found.diagnostics, ReportOptions())}]")
    return [row for entry in lines for row in (entry, *(one for one in entry["related"] if one["row"]))]


def assert_recomputed(entry: dict[str, Any]) -> None:
    """Compute the result from the operands, and find it among the observed and the expected value."""
    computation = entry["computation"]
    total = sum(prod(Decimal(operand["value"]) for operand in term) for term in computation["terms"])
    result = Decimal(computation["result"]["value"])
    assert abs(total - result) < Decimal("0.005"), "a share of 1/3 has no finite decimals; amounts have two"
    observed, expected = (Decimal(entry[key]["value"]) for key in ("observed", "expected"))
    assert result in {observed, expected, observed - expected}
    assert {entry["observed"]["unit"], entry["expected"]["unit"]} == {computation["result"]["unit"]}


def holds(entry: dict[str, Any]) -> bool:
    observed, expected = (Decimal(entry[key]["value"]) for key in ("observed", "expected"))
    relation = entry["expected"]["relation"]
    return {"=": observed == expected, "≤": observed <= expected, "≥": observed >= expected}[relation]


@pytest.mark.parametrize(("name", "block"), EXAMPLES_WITH_FIGURES)
def test_each_result_can_be_computed_again(name: str, block: Block, tmp_path: Path) -> None:
    for entry in entries_of(name, block, tmp_path):
        if "computation" in entry:
            assert_recomputed(entry)
        if "observed" in entry:
            assert not holds(entry), "the finding says that the expected relation does not hold"


@pytest.mark.parametrize("name", [*COMPUTED, *COMPARED])
def test_each_arithmetic_rule_has_figures(name: str, tmp_path: Path) -> None:
    blocks = [one.values[1] for one in EXAMPLES if one.values[0] == name]
    key = "computation" if name in COMPUTED else "observed"
    assert any(key in entry for block in blocks for entry in entries_of(name, block, tmp_path))


def test_the_operands_of_the_real_table_have_their_places(run: Run) -> None:
    table = next(path for path in DATA.iterdir() if path.stem == "公益性岗位人员岗位补贴")
    report = json.loads(run("validate", str(table), "--format", "json").stdout)
    (entry,) = [one for one in report["diagnostics"] if one["rule"] == "amount-mismatch"]
    assert entry["observed"] == {"text": "1320 万元", "value": "13200000", "unit": "元"}
    assert entry["expected"] == {"relation": "=", "value": "17662800", "unit": "元"}
    (term,) = entry["computation"]["terms"]
    assert [
        (one["name"], one["text"], one["value"], one["unit"], one["place"] and one["place"]["line"]) for one in term
    ] == [
        ("购买公益性岗位人数（人）", "718 人", "718", "", 15),
        ("公益性岗位人员岗位补贴人均标准", "2050 元/月", "2050", "元", 22),
        ("次数", "12 个月", "12", "月", None),
    ]
    assert_recomputed(entry)
    log = json.loads(run("validate", str(table), "--format", "sarif").stdout)
    (result,) = [one for one in log["runs"][0]["results"] if one["ruleId"] == "amount-mismatch"]
    keys = ("observed", "expected", "computation")
    assert {key: result["properties"][key] for key in keys} == {key: entry[key] for key in keys}


def test_counts_of_two_tables_are_operands_in_both_files(run: Run, tmp_path: Path) -> None:
    first = GOOD.replace("补贴人数", "公益性岗位人数")
    (tmp_path / "tables" / "good.yaml").write_text(first, encoding="utf-8")
    second = first.replace("公益性岗位补贴", "岗位补助").replace("10 人\n", "12 人\n")
    (tmp_path / "tables" / "other.yaml").write_text(second, encoding="utf-8")
    report = json.loads(run("validate", "tables", "--select", "counts-differ", "--format", "json").stdout)
    (entry,) = report["diagnostics"]
    assert_recomputed(entry)
    operands = [operand for term in entry["computation"]["terms"] for operand in term if operand["place"]]
    assert [(one["text"], one["place"]["path"]) for one in operands] == [
        ("10 人", "tables/good.yaml"),
        ("12 人", "tables/other.yaml"),
    ]
