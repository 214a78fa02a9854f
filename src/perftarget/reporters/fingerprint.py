"""Findings by what stays when lines move, for programs that follow a finding from one run to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from perftarget.linter.diagnostic import Diagnostic
from perftarget.reporters.options import ReportOptions


def fingerprints(diagnostics: Iterable[Diagnostic], view: ReportOptions) -> Iterator[str]:
    """One for each, unique in the run: of its file, table, rule and indicator, numbered where those are the same."""
    met: Counter[tuple[str, ...]] = Counter()
    for one in diagnostics:
        known = (view.path(one.place.path), one.table or "", one.rule, one.indicator or "")
        met[known] += 1
        yield sha256("\0".join((*known, str(met[known]))).encode()).hexdigest()
