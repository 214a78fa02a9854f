"""SARIF: the log matches its schema, and its places, fixes and fingerprints are those of the findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import jsonschema
from pydantic import BaseModel
from sarif_pydantic import Sarif

from command_line import GOOD, Run
from hostile import ATTACKS
from perftarget.linter.run import Run as Checked
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import render_report
from perftarget.text.control_characters import escape_invisible
from report_run import run_on
from repository import ROOT, TESTS

SARIF_SCHEMA = ROOT.parent / "shared" / "tools" / "sarif-schema-2.1.0.json"


def sarif(run: Checked, view: ReportOptions | None = None) -> dict:
    log = json.loads(render_report(run, "sarif", view or ReportOptions()))
    if SARIF_SCHEMA.exists():
        schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
        jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    assert set(unknown(Sarif.model_validate(log))) <= {"Run.columnKind", "Result.suppressions"}  # missing in the model
    return log["runs"][0]


def unknown(part: object) -> Iterator[str]:
    """Yield the properties that the independent model of SARIF does not have."""
    if isinstance(part, BaseModel):
        yield from (f"{type(part).__name__}.{name}" for name in part.model_extra or ())
        part = [getattr(part, name) for name in type(part).model_fields]
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from unknown(one)


def test_regions_equal_the_spans_of_the_findings(mixed: Checked) -> None:
    """Columns count code points, and the end is exclusive."""
    found = [one for one in sarif(mixed)["results"] if one["kind"] == "fail"]
    assert len(found) == len(mixed.diagnostics)
    for result, one in zip(found, mixed.diagnostics, strict=True):
        physical = result["locations"][0]["physicalLocation"]
        path = Path(unquote(physical["artifactLocation"]["uri"]))
        region = physical["region"]
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
        end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
        assert text[start:end] == text[one.span.start : one.span.end]
        assert result["level"] == {"error": "error", "warning": "warning", "info": "note"}[one.severity.word]


def test_rules_places_and_suppressions_are_included(mixed: Checked) -> None:
    run = sarif(mixed)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for place in (*result["locations"], *result.get("relatedLocations", [])):
            artifact = place["physicalLocation"]["artifactLocation"]
            assert re.fullmatch(r"[A-Za-z0-9%/._~()+-]+", artifact["uri"])
            assert artifact["uriBaseId"] == "ROOT"
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"].endswith("。")
        assert "## 怎样改" in rule["help"]["markdown"]
    assert [one["ruleId"] for one in run["results"] if one["kind"] == "open"] == ["amount-mismatch"]
    suppressed = [one for one in run["results"] if one.get("suppressions")]
    assert {one["suppressions"][0]["justification"] for one in suppressed} == {"待编码", escape_invisible(ATTACKS[1])}
    related = next(one for one in run["results"] if one["ruleId"] == "amount-mismatch" and one["kind"] == "fail")
    assert [one["message"]["text"] for one in related["relatedLocations"]] == [
        "人数 10 人",
        "标准 2000 元/月，按 12 个月计",
    ]
    assert [one["id"] for one in related["relatedLocations"]] == [1, 2]


def test_paths_are_relative_to_the_root_and_encoded(mixed: Checked, tmp_path: Path) -> None:
    def uri(path: str, root: Path) -> str:
        return ReportOptions(root=str(root)).uri(path)

    assert uri("a,b: 100%.yaml", tmp_path) == "a%2Cb%3A%20100%25.yaml"
    assert uri("目录/表.yaml", tmp_path.parent) == f"{tmp_path.name}/%E7%9B%AE%E5%BD%95/%E8%A1%A8.yaml"
    outside = ReportOptions(root=str(tmp_path / "elsewhere"))
    assert outside.uri(str(tmp_path / "x.yaml")) == (tmp_path / "x.yaml").as_uri()
    assert ReportOptions(root="/").path("/a/b.yaml") == "a/b.yaml"


def test_fixes_equal_those_of_the_fixer(run: Run) -> None:
    path = Path("tables") / "good.yaml"
    path.write_text(
        GOOD.replace("≥95%", "大于等于95％").replace("县人社局", "县 人社局 "), encoding="utf-8", newline="\n"
    )
    checked = run_on(str(path))
    edits = [
        (change["deletedRegion"], change["insertedContent"]["text"])
        for result in sarif(checked)["results"]
        for fix in result.get("fixes", [])
        for artifact in fix["artifactChanges"]
        for change in artifact["replacements"]
    ]
    assert edits
    lines = path.read_text(encoding="utf-8").splitlines()
    for region, new in sorted(edits, key=lambda edit: (edit[0]["startLine"], edit[0]["startColumn"]), reverse=True):
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    run("validate", "tables", "--fix", "--unsafe")
    assert path.read_text(encoding="utf-8").splitlines() == lines


def fingerprints(run: Checked) -> list[str]:
    return [one["partialFingerprints"]["perftarget/v1"] for one in sarif(run)["results"] if one["kind"] == "fail"]


def test_fingerprints_are_unique_and_stay_when_lines_move(mixed: Checked) -> None:
    before = fingerprints(mixed)
    assert len(set(before)) == len(before)
    path = Path("hostile.yaml")
    path.write_text("# one\n# two\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = run_on(*mixed.paths)
    assert [one.place.line for one in after.diagnostics] != [one.place.line for one in mixed.diagnostics]
    assert fingerprints(after) == before
    assert [one["fingerprint"] for one in json.loads(render_report(after, "gitlab", ReportOptions()))] == before


def test_a_cell_of_word_has_a_label_instead_of_a_line(tmp_path: Path) -> None:
    run = run_on(str(TESTS / "data" / "附件2.txt"))
    first = sarif(run)["results"][0]["locations"][0]
    assert "region" not in first["physicalLocation"]
    assert first["logicalLocations"][0]["name"].startswith("第9行 ")
    entry = json.loads(render_report(run, "gitlab", ReportOptions()))[0]
    assert entry["location"]["lines"] == {"begin": 1}
    assert entry["description"].startswith("第9行 ")
    assert ",line=" not in render_report(run, "github", ReportOptions()).splitlines()[0]
