"""Search for the typing errors that make a text invalid YAML.

A detected error is reported only if correcting it lets the parser read further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from math import inf
from typing import Final

from perftarget.formats.yaml.loader import load
from perftarget.linter.rule import ReplaceText
from perftarget.rules.shared.yaml_typo import Detector, YamlTypo
from perftarget.rules.shared.yaml_typo_detectors import DETECTORS, indent_detector, tier_indent_detector
from perftarget.text.edits import Edit, apply_edits
from perftarget.text.source import Source, Span

_MAX_ROUNDS: Final = 8
"""The maximum number of different errors that are searched for; each round parses the text about ten times."""

_MAX_LINES: Final = 200
"""The maximum number of lines that are reported with the same error; a table has about thirty lines."""

_MAX_LENGTH: Final = 100_000
"""The maximum number of characters of a line that is searched, and of a text that is searched for a second error."""


def find_typos(source: Source) -> Iterator[YamlTypo]:
    """Yield the errors that stop the parser, as far as they can be recognized."""
    applied: list[ReplaceText] = []
    for _ in range(_MAX_ROUNDS):
        changed = Source(source.path, _apply(source, applied))
        stop = _stop_position(changed.text)
        typos = _confirmed_typos(source, changed, stop, applied) if stop[0] < inf else []
        yield from typos
        applied += [change for typo in typos for change in typo.changes]
        if not typos or len(source.text) > _MAX_LENGTH:
            break


def _stop_position(text: str) -> tuple[float, int]:
    """Return the line on which the parser stops and minus the number of characters after the position.

    The line is 0 if the text is not a mapping, and infinite if the parser reads the whole text.
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


def _confirmed_typos(
    source: Source, changed: Source, stop: tuple[float, int], applied: list[ReplaceText]
) -> list[YamlTypo]:
    """Return the errors of the first detector whose correction lets the parser read further.

    All lines are corrected at once if that helps, else only one of the lines near the stop.
    """
    corrected = {source.position(change.at.start)[0] for change in applied}
    near = [number for number in _lines_near(changed, int(stop[0])) if number not in corrected]
    everywhere = list(_structural_lines(source, corrected))
    standard = [(detector, near) for detector in DETECTORS]
    special = ((tier_indent_detector(source), everywhere), (indent_detector(source, near), near))
    for detector, lines in (*standard, *special):
        suspects = _detect(detector, source, lines)
        if not suspects:
            continue
        others = [typo for typo in _detect(detector, source, everywhere) if typo not in suspects]
        for typos in ([*suspects, *others], *([typo] for typo in suspects)):
            changes = [change for typo in typos for change in typo.changes]
            if _stop_position(_apply(source, [*applied, *changes])) > stop:
                return typos
    return []


def _apply(source: Source, changes: list[ReplaceText]) -> str:
    return apply_edits((Edit(change.at, change.text) for change in changes), source.text)


def _detect(detector: Detector, source: Source, numbers: Iterable[int]) -> list[YamlTypo]:
    lines = ((source.line(number), source.offset(number)) for number in numbers)
    results = (detector(line, start) for line, start in lines if line.strip() and len(line) < _MAX_LENGTH)
    return list(islice((typo for typo in results if typo), _MAX_LINES))


def _lines_near(source: Source, stop: int) -> list[int]:
    """Return the line where the parser stopped and the nearest line above that is not blank or a comment."""
    last = source.position(len(source.text))[0]
    number = min(stop or 1, last)
    above = (line for line in range(number - 1, 0, -1) if source.line(line).strip(" \t#\r\n"))
    first = next((line for line in range(number, last + 1) if source.line(line).strip()), number)
    return list(dict.fromkeys([number, *([first] if not stop else []), *([next(above, number)])]))


def _structural_lines(source: Source, corrected: set[int]) -> Iterable[int]:
    """Yield the lines that are not corrected yet, without the lines of block scalars, which may have any text."""
    block_indent: int | None = None
    for number in range(1, source.position(len(source.text))[0] + 1):
        line = source.line(number)
        indent = len(line) - len(line.lstrip())
        if block_indent is not None and (indent > block_indent or not line.strip()):
            continue
        block_indent = indent if re.search(r"[:-] +[|>][-+]?\s*$", line) else None
        if number not in corrected:
            yield number
