"""The number formats of Excel: those that it names by number only, and what a format's code is made of."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

GENERAL: Final = "General"
_DATE: Final = 'yyyy"年"m"月"d"日"'
_BUILT_IN: Final[dict[int, str]] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: _DATE,
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '"¥"#,##0;"¥"-#,##0;"¥""-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
BUILT_IN: Final = {str(number): code for number, code in _BUILT_IN.items()}
"""As a Chinese Excel shows them; the others are General."""

_SYSTEM: Final = (("[$-F800]", _DATE), ("[$-F400]", "h:mm:ss"))
"""What the system shows of a date or a time, whatever stands behind it."""
_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<room>.) | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+(?![+-])|a{3,4}(?!\w))
    | (?P<scientific>E[+-]?)
    | (?P<digits>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<end>;) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)")
_LONGEST: Final = 255  # characters of a format in Excel
_COMPARE: Final = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}
_EXACT: Final = Context(prec=30)


class Token(NamedTuple):
    kind: str
    text: str


class Section(NamedTuple):
    """One of the parts of a format that semicolons make."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Decimal] | None = None

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    def literal(self) -> str:
        return "".join(token.text for token in self.tokens if token.kind == "literal")

    def holds(self, value: Decimal) -> bool:
        return self.condition is None or _COMPARE[self.condition[0]](value, self.condition[1])


class Format(NamedTuple):
    """The sections for numbers — positive ones, negative ones, zero, or by their conditions — and that for text."""

    numbers: tuple[Section, ...]
    text: Section | None

    def section(self, value: Decimal) -> tuple[Section, bool]:
        """The one for that number, and whether it is for negative numbers only, so that no sign is written."""
        if any(section.condition for section in self.numbers):
            return next((section for section in self.numbers if section.holds(value)), self.numbers[-1]), False
        if value < 0 and len(self.numbers) > 1:
            # What differs from the first by its colour only would be read as a positive number.
            return self.numbers[1], self.numbers[1].literal() != self.numbers[0].literal()
        return self.numbers[2 if value == 0 and len(self.numbers) > 2 else 0], False


@lru_cache(maxsize=512)
def parse_format_code(code: str) -> Format:
    code = code if len(code) <= _LONGEST else ""
    code = next((meant for start, meant in _SYSTEM if code.startswith(start)), code)
    parts: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        if kind == "end":
            parts.append([])
        else:
            parts[-1].append(Token(kind, found[kind]))
    sections = [_section(tokens) for tokens in parts]
    last = sections[-1]
    text = last if len(sections) > 3 or last.has("text") else None
    numbers = (sections if text is None else sections[:-1])[:3]
    return Format(tuple(numbers) if code.strip() and numbers else (Section((Token("general", ""),)),), text)


def _section(tokens: list[Token]) -> Section:
    condition = None
    read = []
    for kind, text in tokens:
        if kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = (found[1], _EXACT.create_decimal(found[2]))
            elif text.startswith("$"):
                read.append(Token("literal", text[1:].partition("-")[0]))
            elif re.fullmatch("h+|m+|s+", text, re.IGNORECASE):
                read.append(Token("date", f"[{text.lower()}]"))
        elif kind in {"quoted", "escaped", "other"}:
            read.append(Token("literal", text))
        elif kind not in {"room", "fill"}:
            read.append(Token(kind, text.lower() if kind == "date" else text))
    return Section(tuple(token for token in read if token.text), condition)
