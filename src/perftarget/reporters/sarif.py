"""A run as SARIF 2.1.0, for GitHub code scanning and every other viewer of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from perftarget import __version__
from perftarget.i18n import current_language
from perftarget.linter.diagnostic import Diagnostic, FixPreview, RelatedLocation, Severity, UndeterminedResult
from perftarget.linter.rule import Rule, rules
from perftarget.linter.run import Run
from perftarget.reporters.fingerprint import fingerprints
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline
from perftarget.text.normalize import escape_invisible
from perftarget.text.source import Place

Json: TypeAlias = dict[str, Any]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(run: Run, view: ReportOptions) -> str:
    named = {one.rule for one in run.results}
    described = [rule for name, rule in rules().items() if name in named]
    places = {rule.name: index for index, rule in enumerate(described)}
    results = [
        _result(one, places[one.rule], fingerprint, view)
        for one, fingerprint in zip(run.diagnostics, fingerprints(run.diagnostics, view), strict=True)
    ]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "perftarget",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "language": _language(),
                        "rules": [_rule(rule) for rule in described],
                    }
                },
                "language": _language(),
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"ROOT": {"description": {"text": "the root of the repository"}}},
                "invocations": [{"executionSuccessful": True}],
                "results": results + [_open(one, places[one.rule], view) for one in run.undetermined],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _language() -> str:
    return {"zh": "zh-CN", "en": "en"}[current_language()]


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.name,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.norm},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.category], "basis": rule.basis},
    }


def _result(one: Diagnostic, index: int, fingerprint: str, view: ReportOptions) -> Json:
    result: Json = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[one.severity],
        "message": {"text": "\n".join([headline(one), *details(one)])},
        "locations": [_location(one.place, view, one.line)],
        "partialFingerprints": {"perftarget/v1": fingerprint},
        "suppressions": [] if one.suppressed is None else [_suppression(one.suppressed)],
        "properties": {"table": one.table, "indicator": one.indicator, "box": one.category},
    }
    if one.related:
        result["relatedLocations"] = list(_related(one.related, view))
    if one.fix and one.fix.changes:  # a change of the encoding alone has none
        result["fixes"] = [_fix(one.fix, one.place.path, view)]
    return result


def _open(one: UndeterminedResult, index: int, view: ReportOptions) -> Json:
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "kind": "open",
        "level": "none",
        "message": {"text": escape_invisible(one.reason)},
        "locations": [_location(one.place, view)],
        "properties": {"table": one.table},
    }


def _suppression(reason: str) -> Json:
    return {"kind": "inSource", "status": "accepted", "justification": escape_invisible(reason)}


def _related(marks: Iterable[RelatedLocation], view: ReportOptions) -> Iterator[Json]:
    for number, mark in enumerate(marks, start=1):
        yield {
            "id": number,
            "message": {"text": escape_invisible(mark.message)},
            **_location(mark.place, view, mark.line),
        }


def _location(place: Place, view: ReportOptions, line: str = "") -> Json:
    """A cell of Word or Excel has no line: its label stands as a logical location."""
    physical: Json = {"artifactLocation": _artifact(place.path, view)}
    if place.label:
        return {"physicalLocation": physical, "logicalLocations": [{"name": place.label, "kind": "element"}]}
    physical["region"] = _region(place)
    if line:
        physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": escape_invisible(line)}}
    return {"physicalLocation": physical}


def _artifact(path: str, view: ReportOptions) -> Json:
    uri = view.uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "ROOT"}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: FixPreview, path: str, view: ReportOptions) -> Json:
    replacements = [
        {"deletedRegion": _region(change.place), "insertedContent": {"text": change.text}} for change in fix.changes
    ]
    change = {"artifactLocation": _artifact(path, view), "replacements": replacements}
    return {"description": {"text": escape_invisible(fix.title)}, "artifactChanges": [change]}
