"""Where in a table a cursor stands, told by indentation: a text that is being typed is seldom whole YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"(?P<lead> *(?:-(?: +|\Z))*)(?P<rest>.*)")
_KEY: Final = re.compile(r"""(?P<key>"[^"]*"|'[^']*'|[^\s#:{\["'][^:#]*?)\s*:(?:\s+(?P<value>.*)|)\Z""")


class Cursor(NamedTuple):
    """What leads to a cursor, the key whose value is being written ("" where a key is), and what is typed of it.

    `siblings` are the other keys of the same mapping.
    """

    above: tuple[str, ...]
    key: str
    typed: str
    siblings: frozenset[str]


class _Level(NamedTuple):
    """A key that what stands further in is under; or the dash of an item, which is no key, in that line."""

    indent: int
    key: str
    line: int


class _Path(NamedTuple):
    """The keys that lead to a line, and the line of the item's dash that it belongs to, 0 for none."""

    keys: tuple[str, ...]
    item: int


def cursor(lines: Sequence[str], number: int, column: int) -> Cursor:
    """At that column (in characters) of the line of that number, both from 0."""
    head = lines[number][:column] if number < len(lines) else ""
    walk = _Walk()
    steps = [walk.step(line, index) for index, line in enumerate(lines)]
    known = [step for index, step in enumerate(steps) if step and index != number]
    walk = _Walk()
    for index, line in enumerate(lines[:number]):
        walk.step(line, index)
    path = walk.enter(head, number)
    rest = _rest(head)
    opened = rest.rfind("{")
    if opened > rest.rfind("}"):
        *done, typed = rest[opened + 1 :].split(",")
        within = _KEY.fullmatch(rest[:opened].strip() + " ")
        above = (*path.keys, *([_bare(within["key"])] if within else []))
        return _cursor(above, typed.lstrip(), frozenset(one.partition(":")[0].strip() for one in done))
    return _cursor(path.keys, rest, frozenset(key for at, key in known if at == path))


class _Walk:
    """From line to line, with the levels that each is under."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def step(self, line: str, number: int) -> tuple[_Path, str] | None:
        """Take a line in: where it is and its key; None where it has none."""
        rest = _rest(line).rstrip()
        if not line.strip() or rest.startswith("#"):
            return None
        path = self.enter(line, number)
        found = _KEY.fullmatch(rest)
        if found is None:
            return None
        key = _bare(found["key"])
        self._levels.append(_Level(len(line) - len(_rest(line)), key, number))
        return path, key

    def enter(self, line: str, number: int) -> _Path:
        """Leave what the line is not under any more. A dash may stand in the column of the key that it is under."""
        indent = len(line) - len(line.lstrip(" "))
        dashed = line[indent : indent + 1] == "-" and _rest(line) != line[indent:]
        while self._levels and (last := self._levels[-1]).indent >= indent:
            if dashed and last.indent == indent and last.key:
                break
            self._levels.pop()
        if dashed:
            self._levels.append(_Level(indent, "", number + 1))
        keys = tuple(level.key for level in self._levels if level.key)
        return _Path(keys, next((level.line for level in reversed(self._levels) if not level.key), 0))


def _rest(line: str) -> str:
    """What follows the indentation and the dashes."""
    found = _LINE.match(line)
    return found["rest"] if found else ""


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in {'"', "'"} else key


def _cursor(above: tuple[str, ...], typed: str, siblings: frozenset[str]) -> Cursor:
    key = _KEY.fullmatch(typed)
    if key and key["value"] is not None:
        return Cursor(above, _bare(key["key"]), key["value"], siblings)
    return Cursor(above, "", typed.strip(), siblings)
