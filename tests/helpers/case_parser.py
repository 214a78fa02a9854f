"""Parser of the examples in rule pages and in tests/cases/; tests/cases/README.md explains their marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

INFOS = frozenset({"config", "fixed", "unsafe", "gb18030", "utf-16", "crlf", "binary"})
_FENCE = re.compile(r"^```yaml([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"\s*# ([✗↳?](?:错误|警告|建议)?)(键|⟦.*?⟧)? ((?:(?! ?# [✗↳?]).)*)")
_NOTE = re.compile(r"^# = (.*)\n", re.MULTILINE)
_UNKNOWN_MARK = re.compile(r"(?:^|\s)#\s*[^\w\s]")
"""A comment that begins with a sign. Marks that are parsed have been removed before; other comments begin with a word."""


class CaseError(ValueError):
    """A mistake in an example, with the line of the page."""


class Mark(NamedTuple):
    """An expected finding (✗), related place (↳) or undetermined result (?); the sign includes a severity."""

    sign: str
    line: int
    text: str
    message: str


@dataclass
class Block:
    """An example: a table without its marks, and what is expected of it."""

    infos: list[str]
    text: str
    marks: list[Mark]
    notes: list[str]
    fixed: Block | None = None
    config: str = ""
    line: int = 0
    """The line of the page at which the block begins."""

    def data(self) -> bytes:
        """Return the bytes of the file, in the encoding of the block."""
        if "binary" in self.infos:
            return self.text.encode() + b"\0"
        if "crlf" in self.infos:
            return self.text.replace("\n", "\r\n", 1).encode()
        encoding = next((info for info in self.infos if info in {"gb18030", "utf-16"}), "utf-8")
        return self.text.encode(encoding)


def blocks(page: str) -> list[Block]:
    """Parse the examples of a page. Raises CaseError if a mark or a word after ```yaml is wrong."""
    examples: list[Block] = []
    config = ""
    for fence in _FENCE.finditer(page):
        infos, body = fence[1].split(), fence[2]
        line = page[: fence.start()].count("\n") + 1
        if unknown := set(infos) - INFOS:
            raise CaseError(f"line {line}: unknown word after ```yaml: {', '.join(sorted(unknown))}")
        block = _block(infos, body, line)
        block.config = config
        if "config" in infos:
            config = body
        elif "fixed" not in infos:
            examples.append(block)
        elif not examples or examples[-1].fixed:
            raise CaseError(f"line {line}: yaml fixed does not follow an example")
        else:
            examples[-1].fixed = block
    return examples


def _block(infos: list[str], body: str, first_line: int) -> Block:
    notes = _NOTE.findall(body)
    if not all(notes):
        raise CaseError(f"line {first_line}: a note is empty")
    body = _NOTE.sub("", body)
    text = _MARK.sub("", body)
    marks = []
    for number, (line, marked) in enumerate(zip(text.splitlines(), body.splitlines(), strict=True), start=1):
        where = f"line {first_line + number}: {marked.strip()}"
        if _UNKNOWN_MARK.search(line):
            raise CaseError(f"{where}: unknown mark, or mark without a message")
        for sign, target, message in _MARK.findall(marked):
            if not message.strip():
                raise CaseError(f"{where}: mark without a message")
            marked_text = _marked_text(line, target)
            if marked_text not in line:
                raise CaseError(f"{where}: the line does not contain ⟦{marked_text}⟧")
            marks.append(Mark(sign, number, marked_text, message.strip()))
    return Block(infos, text, sorted(marks), notes, line=first_line)


def _marked_text(line: str, target: str) -> str:
    """Return the text in ⟦⟧, the key of the line (键), or its value, item or key, whichever exists first."""
    if target.startswith("⟦"):
        return target[1:-1]
    entry = re.fullmatch(r"\s*(?:- )?(?:(.+?):(?: (.*))?|(.*))", line)
    key, value, item = entry.groups()
    return key if target == "键" else value or item or key
