"""A run as SARIF 2.1.0, for GitHub code scanning and every other viewer of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from perftarget import __version__
from perftarget.i18n import spoken
from perftarget.linter.diagnostic import Correction, Diagnostic, Mark, Open, Severity
from perftarget.linter.rule import Rule, rules
from perftarget.linter.run import Run
from perftarget.reporters.fingerprint import fingerprints
from perftarget.reporters.options import View
from perftarget.reporters.phrases import details, headline
from perftarget.text.normalize import visible
from perftarget.text.source import Place

Json: TypeAlias = dict[str, Any]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(run: Run, view: View) -> str:
    named = {one.rule for one in run.said}
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
                "results": results + [_open(one, places[one.rule], view) for one in run.unjudged],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _language() -> str:
    return {"zh": "zh-CN", "en": "en"}[spoken()]


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.name,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.norm},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.box], "basis": rule.basis},
    }


def _result(one: Diagnostic, index: int, fingerprint: str, view: View) -> Json:
    result: Json = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[one.severity],
        "message": {"text": "\n".join([headline(one), *details(one)])},
        "locations": [_location(one.place, view, one.line)],
        "partialFingerprints": {"perftarget/v1": fingerprint},
        "suppressions": [] if one.waived is None else [_suppression(one.waived)],
        "properties": {"table": one.table, "indicator": one.indicator, "box": one.box},
    }
    if one.related:
        result["relatedLocations"] = list(_related(one.related, view))
    if one.fix and one.fix.changes:  # a change of the encoding alone has none
        result["fixes"] = [_fix(one.fix, one.place.path, view)]
    return result


def _open(one: Open, index: int, view: View) -> Json:
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "kind": "open",
        "level": "none",
        "message": {"text": visible(one.reason)},
        "locations": [_location(one.place, view)],
        "properties": {"table": one.table},
    }


def _suppression(reason: str) -> Json:
    return {"kind": "inSource", "status": "accepted", "justification": visible(reason)}


def _related(marks: Iterable[Mark], view: View) -> Iterator[Json]:
    for number, mark in enumerate(marks, start=1):
        yield {"id": number, "message": {"text": visible(mark.message)}, **_location(mark.place, view, mark.line)}


def _location(place: Place, view: View, line: str = "") -> Json:
    """A cell of Word or Excel has no line: its label stands as a logical location."""
    physical: Json = {"artifactLocation": _artifact(place.path, view)}
    if place.label:
        return {"physicalLocation": physical, "logicalLocations": [{"name": place.label, "kind": "element"}]}
    physical["region"] = _region(place)
    if line:
        physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": visible(line)}}
    return {"physicalLocation": physical}


def _artifact(path: str, view: View) -> Json:
    uri = view.uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "ROOT"}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Correction, path: str, view: View) -> Json:
    replacements = [
        {"deletedRegion": _region(change.place), "insertedContent": {"text": change.text}} for change in fix.changes
    ]
    change = {"artifactLocation": _artifact(path, view), "replacements": replacements}
    return {"description": {"text": visible(fix.title)}, "artifactChanges": [change]}
