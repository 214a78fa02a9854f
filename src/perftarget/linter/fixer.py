"""Fixes, made: a file's bytes with its findings mended, each change tried before it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from typing import Final

from perftarget.config.profile import Profile
from perftarget.linter.diagnostic import ConcreteFix
from perftarget.linter.engine import RuleMatch, run_rules
from perftarget.linter.rule import CATEGORIES, Rule
from perftarget.tables.reader import parse_documents
from perftarget.text.edits import apply_edits
from perftarget.text.encoding import decode
from perftarget.text.source import Span

_MOST_ROUNDS: Final = 20
"""A fix may make room for another; each round is a check of the whole file."""
_BOM: Final = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@dataclass(frozen=True, slots=True)
class FixResult:
    """What a file becomes, and how many findings were mended in it."""

    data: bytes
    findings: int


@dataclass(frozen=True, slots=True)
class Fixer:
    """How one YAML file is looked at, and which fixes may be made in it."""

    path: str
    profile: Profile
    chosen: Mapping[str, Rule]
    today: date
    unsafe: bool = False

    def fix(self, data: bytes) -> FixResult:
        """The bytes of the file with its fixes made; only what a fix names changes, the encoding too."""
        decoded = decode(data)
        if decoded is None:
            return FixResult(data, 0)
        offered = self._offered(data)
        recoded = [hit for hit in offered if hit.fix and not hit.fix.edits]
        text, count = self._text(decoded.text, [hit for hit in offered if hit not in recoded])
        if recoded:
            return FixResult(text.encode(), count + len(recoded))
        bom = _BOM.get(decoded.encoding, b"")
        return FixResult((bom if data.startswith(bom) else b"") + text.encode(decoded.encoding), count)

    def _hits(self, data: bytes) -> list[RuleMatch]:
        return [
            hit
            for document in parse_documents(self.path, data, self.profile)
            for hit in run_rules(document, self.profile, self.chosen, self.today).hits
        ]

    def _offered(self, data: bytes) -> list[RuleMatch]:
        """The findings with a fix that may be made; what is waived stays as it is."""
        return [hit for hit in self._hits(data) if hit.fix and hit.suppressed is None and (self.unsafe or hit.fix.safe)]

    def _text(self, text: str, offered: Sequence[RuleMatch]) -> tuple[str, int]:
        """The text with all fixes made that hold, round after round, until none is left."""
        count = 0
        for _ in range(_MOST_ROUNDS):
            mended, made = self._round(text, [hit.fix for hit in offered if hit.fix])
            if mended == text:
                break
            text, count = mended, count + made
            offered = self._offered(text.encode())
        return text, count

    def _round(self, text: str, fixes: Sequence[ConcreteFix]) -> tuple[str, int]:
        """All at once where that goes well, else the first that does."""
        for chosen in (_apart(fixes), *([fix] for fix in fixes)):
            mended = apply_edits((edit for fix in chosen for edit in fix.edits), text)
            if mended != text and self._is_sound(text, mended):
                return mended, len(chosen)
        return text, 0

    def _is_sound(self, old: str, new: str) -> bool:
        """No fix makes a finding; an unsafe one may bring to light what could not be read before."""
        before, after = self._counts(old), self._counts(new)
        return all(after[rule] <= before[rule] for rule in after)

    def _counts(self, text: str) -> Counter[str]:
        hits = self._hits(text.encode())
        return Counter(hit.rule.name for hit in hits if not self.unsafe or hit.rule.category == CATEGORIES[0])


def unified_diff_text(path: str, old: bytes, new: bytes) -> str:
    """The change as a unified diff."""
    before, after = ((decode(data) or ("",))[0].splitlines(keepends=True) for data in (old, new))
    lines = unified_diff(before, after, path, path, n=2)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _apart(fixes: Sequence[ConcreteFix]) -> list[ConcreteFix]:
    """Those that do not touch the same characters; the next round offers the others."""
    kept: list[ConcreteFix] = []
    taken: list[Span] = []
    for fix in fixes:
        spans = [edit.span for edit in fix.edits]
        if all(span.start >= other.end or span.end <= other.start for span in spans for other in taken):
            kept.append(fix)
            taken += spans
    return kept
