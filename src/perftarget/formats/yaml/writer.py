"""Writer of plain data as YAML in the layout of table files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from perftarget.formats.yaml.loader import Data
from perftarget.formats.yaml.scalar import scalar
from perftarget.text.control_characters import escape_invisible

_MAX_KEY_LENGTH: Final = 1000
"""Length of a key that is written after “?”; libyaml searches the colon of other keys in 1024 characters only."""


def header(schema: str) -> str:
    """Return the comment by which an editor finds the schema, or "" without a schema."""
    return f"# yaml-language-server: $schema={schema}\n" if schema else ""


def write(data: Mapping[str, Data], *, head: str = "", comments: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the YAML text of the data, after the comment `head`.

    `comments` are lines to write above a key of the data; those of a key that the data lacks are written at the top.
    """
    notes = comments or {}
    missing = [note for key, lines in notes.items() if key not in data for note in lines]
    lines = [*map(_comment, missing), *_mapping(data, "", notes)]
    return head + "".join(line + "\n" for line in lines)


def _comment(text: str) -> str:
    """Return a comment on one line."""
    return "# " + " ".join(escape_invisible(text).split())


def _mapping(data: Mapping[str, Data], indent: str, comments: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for key, value in data.items():
        yield from map(_comment, comments.get(key, ()))
        start = f"{indent}{scalar(key)}:"
        if len(start) > _MAX_KEY_LENGTH:
            yield f"{indent}? {scalar(key)}"
            start = f"{indent}:"
        if isinstance(value, str):
            yield f"{start} {scalar(value)}" if value else start
        elif isinstance(value, list):
            yield start
            yield from (f"{indent}  - {_inline(item)}" for item in value)
        elif _is_entry(value):
            yield f"{start} {_inline(value)}"
        else:
            yield start
            yield from _mapping(value, indent + "  ", {})


def _is_entry(value: Mapping[str, Data]) -> bool:
    """Return True for an indicator with a value and other texts, which is written on one line."""
    return "值" in value and all(isinstance(part, str) for part in value.values())


def _inline(value: Data) -> str:
    """Return a text, or a mapping of texts, on one line."""
    if isinstance(value, str):
        return scalar(value)
    pairs = value.items() if isinstance(value, dict) else ()
    return "{" + ", ".join(f"{scalar(k, flow=True)}: {scalar(str(v), flow=True)}" for k, v in pairs) + "}"
