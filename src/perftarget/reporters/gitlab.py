"""A run as GitLab's code quality report."""

from __future__ import annotations

import json
from typing import Final

from perftarget.linter.diagnostic import Diagnostic, Severity
from perftarget.linter.run import Run
from perftarget.reporters.fingerprint import fingerprints
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline, suppressed_text

_LEVELS: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, view: ReportOptions) -> str:
    """What could not be judged is no finding, and GitLab knows nothing else: it is in the other formats."""
    entries = [
        {
            "description": _description(one),
            "check_name": one.rule,
            "fingerprint": fingerprint,
            "severity": "info" if one.suppressed is not None else _LEVELS[one.severity],
            "location": {"path": view.path(one.place.path), "lines": _lines(one)},
            "categories": ["Style" if one.severity is Severity.INFO else "Bug Risk"],
            "content": {"body": "\n".join(details(one))},
        }
        for one, fingerprint in zip(run.diagnostics, fingerprints(run.diagnostics, view), strict=True)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _description(one: Diagnostic) -> str:
    place = f"{one.place.label} " if one.place.label else ""
    return place + headline(one) + (f" [{suppressed_text(one)}]" if one.suppressed is not None else "")


def _lines(one: Diagnostic) -> dict[str, int]:
    """A cell of Word or Excel has no line."""
    return {"begin": 1} if one.place.label else {"begin": one.place.line, "end": one.place.end_line}
