"""Parser for the number format codes of Excel, and the codes of its built-in formats."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

GENERAL: Final = "General"
_DATE: Final = 'yyyy"年"m"月"d"日"'
_BUILT_IN_BY_NUMBER: Final[dict[int, str]] = {
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
BUILT_IN_FORMATS: Final = {str(number): code for number, code in _BUILT_IN_BY_NUMBER.items()}
"""Codes of the built-in formats in Chinese Excel, by number; other numbers mean General."""

_SYSTEM_FORMATS: Final = (("[$-F800]", _DATE), ("[$-F400]", "h:mm:ss"))
"""Prefixes for the date and time formats of the system, which replace the rest of the code."""
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
_MAX_LENGTH: Final = 255  # characters of a code in Excel
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
    """Token of a code; `kind` is the name of its group in the pattern, or "literal"."""

    kind: str
    text: str


class Section(NamedTuple):
    """Section of a format, between semicolons."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Decimal] | None = None

    def has(self, *kinds: str) -> bool:
        """Return True if there is a token of one of the kinds."""
        return any(token.kind in kinds for token in self.tokens)

    def literal(self) -> str:
        """Return the literal text."""
        return "".join(token.text for token in self.tokens if token.kind == "literal")

    def applies_to(self, value: Decimal) -> bool:
        """Return True if the value meets the condition of the section."""
        return self.condition is None or _COMPARE[self.condition[0]](value, self.condition[1])


class NumberFormat(NamedTuple):
    """Parsed format: sections for positive numbers, negative numbers and zero, or by condition, and one for text."""

    numbers: tuple[Section, ...]
    text: Section | None

    def section(self, value: Decimal) -> tuple[Section, bool]:
        """Return the section for a number, and True if the section is for negative numbers and shows no sign."""
        if any(section.condition for section in self.numbers):
            return next((section for section in self.numbers if section.applies_to(value)), self.numbers[-1]), False
        if value < 0 and len(self.numbers) > 1:
            # Without the sign, a section that differs only in its colour would show a positive number.
            return self.numbers[1], self.numbers[1].literal() != self.numbers[0].literal()
        return self.numbers[2 if value == 0 and len(self.numbers) > 2 else 0], False


@lru_cache(maxsize=512)
def parse_format_code(code: str) -> NumberFormat:
    """Parse a format code; a code that is too long means General."""
    code = code if len(code) <= _MAX_LENGTH else ""
    code = next((replacement for prefix, replacement in _SYSTEM_FORMATS if code.startswith(prefix)), code)
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        if kind == "end":
            parts.append([])
        else:
            parts[-1].append(Token(kind, match[kind]))
    sections = [_parse_section(tokens) for tokens in parts]
    last = sections[-1]
    text = last if len(sections) > 3 or last.has("text") else None
    numbers = (sections if text is None else sections[:-1])[:3]
    return NumberFormat(tuple(numbers) if code.strip() and numbers else (Section((Token("general", ""),)),), text)


def _parse_section(tokens: list[Token]) -> Section:
    """Resolve brackets and quotes, and drop padding."""
    condition = None
    resolved = []
    for kind, text in tokens:
        if kind == "bracket":
            if match := _CONDITION.fullmatch(text):
                condition = (match[1], _EXACT.create_decimal(match[2]))
            elif text.startswith("$"):
                resolved.append(Token("literal", text[1:].partition("-")[0]))
            elif re.fullmatch("h+|m+|s+", text, re.IGNORECASE):
                resolved.append(Token("date", f"[{text.lower()}]"))
        elif kind in {"quoted", "escaped", "other"}:
            resolved.append(Token("literal", text))
        elif kind not in {"room", "fill"}:
            resolved.append(Token(kind, text.lower() if kind == "date" else text))
    return Section(tuple(token for token in resolved if token.text), condition)
