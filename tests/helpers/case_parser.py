"""Runs every example of every rule's page and of cases/<rule>.md: findings, places, related places, notes and fixes.

In an example `# ✗ message` marks a finding on the value of its line, `# ✗键 message` one on its key, and
`# ✗⟦text⟧ message` one on just that text (`✗错误`, `✗警告`, `✗建议` where the severity is not the rule's own); `# ↳ label` marks a related place and
`# ? reason` what cannot be judged, in the same three ways. In examples of a rule across tables `---` begins another file. Lines
`# = note` at the end are the notes. What is not marked must not be found. A block ```yaml fixed is the block before
it after its safe fixes, ```yaml fixed unsafe after the others; ```yaml config is a perftarget.yaml for the blocks after it; gb18030, utf-16, crlf (in the first
line only) and binary say how the block is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^```yaml([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"\s*# ([✗↳?](?:错误|警告|建议)?)(键|⟦.*?⟧)? ((?:(?! # [✗↳?]).)*)")
_NOTE = re.compile(r"^# = (.*)\n", re.MULTILINE)


@dataclass
class Block:
    infos: list[str]
    text: str
    marks: list[tuple[str, int, str, str]]  # ✗ or ↳, line, marked text, message
    notes: list[str]
    fixed: Block | None = None
    config: str = ""
    line: int = 0

    def data(self) -> bytes:
        if "binary" in self.infos:
            return self.text.encode() + b"\0"
        if "crlf" in self.infos:
            return self.text.replace("\n", "\r\n", 1).encode()
        encoding = next((info for info in self.infos if info in {"gb18030", "utf-16"}), "utf-8")
        return self.text.encode(encoding)


def blocks(page: str) -> list[Block]:
    found: list[Block] = []
    config = ""
    for fence in _FENCE.finditer(page):
        infos, body = fence[1].split(), fence[2]
        block = _block(infos, body)
        block.line = page[: fence.start()].count("\n") + 1
        block.config = config
        if "config" in infos:
            config = body
        elif "fixed" in infos:
            found[-1].fixed = block
        else:
            found.append(block)
    return found


def _block(infos: list[str], body: str) -> Block:
    notes = _NOTE.findall(body)
    body = _NOTE.sub("", body)
    text = _MARK.sub("", body)
    marks = []
    for number, (line, marked) in enumerate(zip(text.splitlines(), body.splitlines(), strict=True), start=1):
        for sign, what, message in _MARK.findall(marked):
            marks.append((sign, number, _marked_text(line, what), message.strip()))
    return Block(infos, text, sorted(marks), notes)


def _marked_text(line: str, what: str) -> str:
    if what.startswith("⟦"):
        return what[1:-1]
    entry = re.fullmatch(r"\s*(?:- )?(?:(.+?):(?: (.*))?|(.*))", line)
    key, value, item = entry.groups()
    return key if what == "键" else value or item or key
