"""Reporter for GitLab Code Quality reports."""

from __future__ import annotations

import json
from typing import Final

from perftarget.linter.diagnostic import Diagnostic, Severity
from perftarget.linter.run import Run
from perftarget.reporters.fingerprint import fingerprints
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline, suppressed_text

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, options: ReportOptions) -> str:
    """Render the diagnostics of a run; the format has no place for undetermined results."""
    entries = [
        {
            "description": _description(diagnostic),
            "check_name": diagnostic.rule,
            "fingerprint": fingerprint,
            "severity": "info" if diagnostic.suppressed is not None else _SEVERITIES[diagnostic.severity],
            "location": {"path": options.path(diagnostic.place.path), "lines": _lines(diagnostic)},
            "categories": ["Style" if diagnostic.severity is Severity.INFO else "Bug Risk"],
            "content": {"body": "\n".join(details(diagnostic))},
        }
        for diagnostic, fingerprint in zip(run.diagnostics, fingerprints(run.diagnostics, options), strict=True)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _description(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.place.label} " if diagnostic.place.label else ""
    suppressed = f" [{suppressed_text(diagnostic)}]" if diagnostic.suppressed is not None else ""
    return place + headline(diagnostic) + suppressed


def _lines(diagnostic: Diagnostic) -> dict[str, int]:
    """Return the lines of a diagnostic; line 1 for a cell of a Word or Excel file, which has no line."""
    place = diagnostic.place
    return {"begin": 1} if place.label else {"begin": place.line, "end": place.end_line}
