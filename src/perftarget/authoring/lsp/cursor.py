"""Location of the cursor in a table by indentation, since a text that is being typed is seldom valid YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"(?P<lead> *(?:-(?: +|\Z))*)(?P<rest>.*)")
_KEY: Final = re.compile(r"""(?P<key>"[^"]*"|'[^']*'|[^\s#:{\["'][^:#]*?)\s*:(?:\s+(?P<value>.*)|)\Z""")


class Cursor(NamedTuple):
    """The location of a cursor in a table.

    Attributes:
        parents: The keys that contain the cursor, the outermost first.
        key: The key whose value is being typed; "" if a key is being typed.
        typed: The part of the value or key before the cursor.
        siblings: The other keys of the same mapping.
    """

    parents: tuple[str, ...]
    key: str
    typed: str
    siblings: frozenset[str]


class _Level(NamedTuple):
    """A key, or the dash of a list item (`key` is ""), that contains the more indented lines below it."""

    indent: int
    key: str
    line: int


class _Path(NamedTuple):
    """The keys that contain a line, and the line of the dash of its list item, counted from 1; 0 for none."""

    keys: tuple[str, ...]
    item: int


def locate_cursor(lines: Sequence[str], number: int, column: int) -> Cursor:
    """Locate the cursor at a column (in characters) of a line; `number` and `column` count from 0."""
    head = lines[number][:column] if number < len(lines) else ""
    scanner = _Scanner()
    entries = [scanner.read_line(line, index) for index, line in enumerate(lines)]
    other_entries = [entry for index, entry in enumerate(entries) if entry and index != number]
    scanner = _Scanner()
    for index, line in enumerate(lines[:number]):
        scanner.read_line(line, index)
    path = scanner.enter(head, number)
    rest = _content(head)
    brace = rest.rfind("{")
    if brace > rest.rfind("}"):
        *pairs, typed = rest[brace + 1 :].split(",")
        match = _KEY.fullmatch(rest[:brace].strip() + " ")
        parents = (*path.keys, *([_unquote(match["key"])] if match else []))
        return _cursor(parents, typed.lstrip(), frozenset(pair.partition(":")[0].strip() for pair in pairs))
    return _cursor(path.keys, rest, frozenset(key for key_path, key in other_entries if key_path == path))


class _Scanner:
    """A scanner of lines that keeps track of the keys and list items that contain the current line."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def read_line(self, line: str, number: int) -> tuple[_Path, str] | None:
        """Read a line and return its path and key; None if it has no key."""
        content = _content(line).rstrip()
        if not line.strip() or content.startswith("#"):
            return None
        path = self.enter(line, number)
        match = _KEY.fullmatch(content)
        if match is None:
            return None
        key = _unquote(match["key"])
        self._levels.append(_Level(len(line) - len(_content(line)), key, number))
        return path, key

    def enter(self, line: str, number: int) -> _Path:
        """Close the levels that do not contain a line, open its list item if it has one, and return its path.

        A dash may be in the same column as the key that contains it.
        """
        indent = len(line) - len(line.lstrip(" "))
        has_dash = line[indent : indent + 1] == "-" and _content(line) != line[indent:]
        while self._levels and (last := self._levels[-1]).indent >= indent:
            if has_dash and last.indent == indent and last.key:
                break
            self._levels.pop()
        if has_dash:
            self._levels.append(_Level(indent, "", number + 1))
        keys = tuple(level.key for level in self._levels if level.key)
        return _Path(keys, next((level.line for level in reversed(self._levels) if not level.key), 0))


def _content(line: str) -> str:
    """Return a line without its indentation and dashes."""
    match = _LINE.match(line)
    return match["rest"] if match else ""


def _unquote(key: str) -> str:
    return key[1:-1] if key[:1] in {'"', "'"} else key


def _cursor(parents: tuple[str, ...], typed: str, siblings: frozenset[str]) -> Cursor:
    match = _KEY.fullmatch(typed)
    if match and match["value"] is not None:
        return Cursor(parents, _unquote(match["key"]), match["value"], siblings)
    return Cursor(parents, "", typed.strip(), siblings)
