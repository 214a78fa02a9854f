"""Reporter for SARIF 2.1.0, for GitHub code scanning and other viewers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from perftarget import __version__
from perftarget.i18n import current_language
from perftarget.linter.diagnostic import Diagnostic, FixPreview, RelatedLocation, Severity, UndeterminedResult
from perftarget.linter.rule import Rule, rules
from perftarget.linter.run import Run, Summary
from perftarget.reporters.figures import figures_entry
from perftarget.reporters.fingerprint import fingerprints
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline, unchecked_sentence
from perftarget.text.control_characters import escape_invisible
from perftarget.text.source import Place

Json: TypeAlias = dict[str, Any]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(run: Run, options: ReportOptions) -> str:
    """Render a run as a SARIF log with the descriptions of the rules that have results."""
    rule_names = {result.rule for result in run.results}
    used_rules = [rule for name, rule in rules().items() if name in rule_names]
    indexes = {rule.name: index for index, rule in enumerate(used_rules)}
    results = [
        _result(diagnostic, indexes[diagnostic.rule], fingerprint, options)
        for diagnostic, fingerprint in zip(run.diagnostics, fingerprints(run.diagnostics, options), strict=True)
    ]
    results += [_open_result(result, indexes[result.rule], options) for result in run.undetermined]
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
                        "rules": [_rule(rule) for rule in used_rules],
                    }
                },
                "language": _language(),
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"ROOT": {"description": {"text": "the root of the repository"}}},
                "invocations": [_invocation(run.summary)],
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _invocation(summary: Summary) -> Json:
    """Return the invocation, with a notification about the files that were left out."""
    invocation: Json = {"executionSuccessful": True}
    if text := unchecked_sentence(summary):
        notification = {"level": "warning", "message": {"text": text}, "properties": {"unchecked": summary.unchecked}}
        invocation["toolExecutionNotifications"] = [notification]
    return invocation


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


def _result(diagnostic: Diagnostic, index: int, fingerprint: str, options: ReportOptions) -> Json:
    """Return the result of a diagnostic; `index` is that of its rule in the log."""
    result: Json = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": "\n".join([headline(diagnostic), *details(diagnostic)])},
        "locations": [_location(diagnostic.place, options, diagnostic.line)],
        "partialFingerprints": {"perftarget/v1": fingerprint},
        "suppressions": [] if diagnostic.suppressed is None else [_suppression(diagnostic.suppressed)],
        "properties": {
            "table": diagnostic.table,
            "indicator": diagnostic.indicator,
            "box": diagnostic.category,
            "basis": diagnostic.basis,
            **figures_entry(diagnostic.figures),
        },
    }
    if diagnostic.related:
        result["relatedLocations"] = list(_related_locations(diagnostic.related, options))
    if diagnostic.fix and diagnostic.fix.changes:  # a fix of the encoding changes no text
        result["fixes"] = [_fix(diagnostic.fix, diagnostic.place.path, options)]
    return result


def _open_result(undetermined: UndeterminedResult, index: int, options: ReportOptions) -> Json:
    return {
        "ruleId": undetermined.rule,
        "ruleIndex": index,
        "kind": "open",
        "level": "none",
        "message": {"text": escape_invisible(undetermined.reason)},
        "locations": [_location(undetermined.place, options)],
        "properties": {"table": undetermined.table},
    }


def _suppression(reason: str) -> Json:
    return {"kind": "inSource", "status": "accepted", "justification": escape_invisible(reason)}


def _related_locations(locations: Iterable[RelatedLocation], options: ReportOptions) -> Iterator[Json]:
    for number, location in enumerate(locations, start=1):
        yield {
            "id": number,
            "message": {"text": escape_invisible(location.message)},
            **_location(location.place, options, location.line),
        }


def _location(place: Place, options: ReportOptions, line: str = "") -> Json:
    """Return a place as a region of a file, or as a logical location if it is a cell of a Word or Excel file."""
    physical: Json = {"artifactLocation": _artifact(place.path, options)}
    if place.label:
        return {"physicalLocation": physical, "logicalLocations": [{"name": place.label, "kind": "element"}]}
    physical["region"] = _region(place)
    if line:
        physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": escape_invisible(line)}}
    return {"physicalLocation": physical}


def _artifact(path: str, options: ReportOptions) -> Json:
    uri = options.uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "ROOT"}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: FixPreview, path: str, options: ReportOptions) -> Json:
    replacements = [
        {"deletedRegion": _region(change.place), "insertedContent": {"text": change.text}} for change in fix.changes
    ]
    change = {"artifactLocation": _artifact(path, options), "replacements": replacements}
    return {"description": {"text": escape_invisible(fix.title)}, "artifactChanges": [change]}
