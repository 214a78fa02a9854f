"""Why a text is no YAML: the usual slips, each believed only where mending it lets the parser read on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from math import inf
from typing import Final

from perftarget.formats.yaml.loader import load
from perftarget.linter.rule import ReplaceText
from perftarget.rules.shared.yaml_typo import Look, Slip
from perftarget.rules.shared.yaml_typos import LOOKS, indent, tier_indent
from perftarget.text.edits import Edit, apply_edits
from perftarget.text.source import Source, Span

_MOST_ROUNDS: Final = 8
"""Of the different slips of a file so many are looked for; each round parses the text some ten times."""

_MOST_LINES: Final = 200
"""So many lines with one slip are told at once; a table has some thirty lines."""

_LONG: Final = 100_000
"""Characters of a text, or of a line, over which no second slip is looked for: no person wrote it."""


def slips(source: Source) -> Iterator[Slip]:
    """The slips that keep the parser from reading `source`, as far as they can be told; may be none."""
    done: list[ReplaceText] = []
    for _ in range(_MOST_ROUNDS):
        changed = Source(source.path, _mended(source, done))
        stopped = _stopped(changed.text)
        found = _believed(source, changed, stopped, done) if stopped[0] < inf else []
        yield from found
        done += [raw for slip in found for raw in slip.changes]
        if not found or len(source.text) > _LONG:
            break


def _stopped(text: str) -> tuple[float, int]:
    """The line on which the parser stops, and minus the characters left of it.

    Line 0 where the parser takes the text for no table at all, an infinite one where it reads to the end.
    """
    tree = load(text)
    if tree.data is not None:
        return (inf if isinstance(tree.data, dict) else 0, 0)
    at = tree.problems[0].at
    if not isinstance(at, Span):
        return (0, 0)
    source = Source("", text)
    line, column = source.position(at.start)
    return (line, column - 1 - len(source.line(line)))


def _believed(source: Source, changed: Source, stopped: tuple[float, int], done: list[ReplaceText]) -> list[Slip]:
    """The first kind of slip whose mending lets the parser read on: in all lines, else in the one where it stopped."""
    mended = {source.position(raw.at.start)[0] for raw in done}
    near = [number for number in _near(changed, int(stopped[0])) if number not in mended]
    everywhere = list(_all(source, mended))
    looked = [(look, near) for look in LOOKS]
    for look, lines in (*looked, (tier_indent(source), everywhere), (indent(source, near), near)):
        suspects = _suspects(look, source, lines)
        if not suspects:
            continue
        others = [slip for slip in _suspects(look, source, everywhere) if slip not in suspects]
        for slips in ([*suspects, *others], *([one] for one in suspects)):
            changes = [raw for slip in slips for raw in slip.changes]
            if _stopped(_mended(source, [*done, *changes])) > stopped:
                return slips
    return []


def _mended(source: Source, changes: list[ReplaceText]) -> str:
    return apply_edits((Edit(raw.at, raw.text) for raw in changes), source.text)


def _suspects(look: Look, source: Source, numbers: Iterable[int]) -> list[Slip]:
    lines = ((source.line(number), source.offset(number)) for number in numbers)
    found = (look(line, start) for line, start in lines if line.strip() and len(line) < _LONG)
    return list(islice((slip for slip in found if slip), _MOST_LINES))


def _near(source: Source, stopped: int) -> list[int]:
    """The line where the parser stopped, and the nearest one above that says something."""
    last = source.position(len(source.text))[0]
    number = min(stopped or 1, last)
    above = (line for line in range(number - 1, 0, -1) if source.line(line).strip(" \t#\r\n"))
    first = next((line for line in range(number, last + 1) if source.line(line).strip()), number)
    return list(dict.fromkeys([number, *([first] if not stopped else []), *([next(above, number)])]))


def _all(source: Source, mended: set[int]) -> Iterable[int]:
    """Every line but those of a text after | or >, in which anything may stand."""
    deep: int | None = None
    for number in range(1, source.position(len(source.text))[0] + 1):
        line = source.line(number)
        indent = len(line) - len(line.lstrip())
        if deep is not None and (indent > deep or not line.strip()):
            continue
        deep = indent if re.search(r"[:-] +[|>][-+]?\s*$", line) else None
        if number not in mended:
            yield number
