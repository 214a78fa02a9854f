"""Application of fixes to a YAML file; each change is checked before it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from typing import Final

from perftarget.config.profile import Profile
from perftarget.linter.diagnostic import ConcreteFix
from perftarget.linter.engine import run_rules
from perftarget.linter.match import RuleMatch
from perftarget.linter.rule import CATEGORIES, Rule
from perftarget.tables.reader import parse_documents
from perftarget.text.edits import apply_edits
from perftarget.text.encoding import decode
from perftarget.text.source import Span

_MAX_ROUNDS: Final = 20
"""The maximum number of rounds. A fix may make a further fix possible; each round checks the whole file."""
_BOM: Final = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@dataclass(frozen=True, slots=True)
class FixResult:
    """The bytes of a fixed file and the number of findings that were fixed."""

    data: bytes
    findings: int


@dataclass(frozen=True, slots=True)
class Fixer:
    """A fixer of one YAML file, with the rules and the profile that it is checked with.

    Unsafe fixes are applied only if `unsafe` is True.
    """

    path: str
    profile: Profile
    chosen: Mapping[str, Rule]
    today: date
    unsafe: bool = False

    def fix(self, data: bytes) -> FixResult:
        """Fix the bytes of the file. The encoding is kept, unless a fix changes it; all other text is unchanged."""
        decoded = decode(data)
        if decoded is None:
            return FixResult(data, 0)
        fixable = self._fixable_matches(data)
        recoded = [match for match in fixable if match.fix and not match.fix.edits]
        text, count = self._fix_text(decoded.text, [match for match in fixable if match not in recoded])
        if recoded:
            return FixResult(text.encode(), count + len(recoded))
        bom = _BOM.get(decoded.encoding, b"")
        return FixResult((bom if data.startswith(bom) else b"") + text.encode(decoded.encoding), count)

    def _matches(self, data: bytes) -> list[RuleMatch]:
        return [
            match
            for document in parse_documents(self.path, data, self.profile)
            for match in run_rules(document, self.profile, self.chosen, self.today).hits
        ]

    def _fixable_matches(self, data: bytes) -> list[RuleMatch]:
        """Return the matches with an applicable fix; suppressed findings are not fixed."""
        return [
            match
            for match in self._matches(data)
            if match.fix and match.suppressed is None and (self.unsafe or match.fix.safe)
        ]

    def _fix_text(self, text: str, matches: Sequence[RuleMatch]) -> tuple[str, int]:
        """Apply fixes round after round until no sound fix is left; return the text and the number of fixes."""
        count = 0
        for _ in range(_MAX_ROUNDS):
            fixed_text, applied = self._apply_round(text, [match.fix for match in matches if match.fix])
            if fixed_text == text:
                break
            text, count = fixed_text, count + applied
            matches = self._fixable_matches(text.encode())
        return text, count

    def _apply_round(self, text: str, fixes: Sequence[ConcreteFix]) -> tuple[str, int]:
        """Apply all fixes that do not overlap if the result is sound, else the first fix that is sound by itself."""
        for candidates in (_without_overlaps(fixes), *([fix] for fix in fixes)):
            fixed_text = apply_edits((edit for fix in candidates for edit in fix.edits), text)
            if fixed_text != text and self._is_sound(text, fixed_text):
                return fixed_text, len(candidates)
        return text, 0

    def _is_sound(self, old: str, new: str) -> bool:
        """Return True if the change adds no finding.

        Unsafe fixes may add findings about text that could not be read before, so only findings about the file format
        are compared for them.
        """
        before, after = self._count_by_rule(old), self._count_by_rule(new)
        return all(after[rule] <= before[rule] for rule in after)

    def _count_by_rule(self, text: str) -> Counter[str]:
        matches = self._matches(text.encode())
        return Counter(match.rule.name for match in matches if not self.unsafe or match.rule.category == CATEGORIES[0])


def unified_diff_text(path: str, old: bytes, new: bytes) -> str:
    """Return the change of a file as a unified diff."""
    before, after = ((decode(data) or ("",))[0].splitlines(keepends=True) for data in (old, new))
    lines = unified_diff(before, after, path, path, n=2)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _without_overlaps(fixes: Sequence[ConcreteFix]) -> list[ConcreteFix]:
    """Return the fixes without those that overlap an earlier fix; those are found again in the next round."""
    kept: list[ConcreteFix] = []
    taken: list[Span] = []
    for fix in fixes:
        spans = [edit.span for edit in fix.edits]
        if all(span.start >= other.end or span.end <= other.start for span in spans for other in taken):
            kept.append(fix)
            taken += spans
    return kept
