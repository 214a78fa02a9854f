"""Fingerprints that identify a diagnostic from one run to the next even if its line moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from perftarget.linter.diagnostic import Diagnostic
from perftarget.reporters.options import ReportOptions


def fingerprints(diagnostics: Iterable[Diagnostic], options: ReportOptions) -> Iterator[str]:
    """Yield a fingerprint for each diagnostic, unique in the run.

    It is the SHA-256 of file, table, rule and indicator, and of a running number among the diagnostics that have the
    same four.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for diagnostic in diagnostics:
        key = (options.path(diagnostic.place.path), diagnostic.table or "", diagnostic.rule, diagnostic.indicator or "")
        counts[key] += 1
        yield sha256("\0".join((*key, str(counts[key]))).encode()).hexdigest()
