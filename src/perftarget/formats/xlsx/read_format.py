"""Formatting of numbers and texts by number format, as Excel shows them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise
from typing import Final

from perftarget.formats.xlsx.read_codes import Token, parse_format_code
from perftarget.formats.xlsx.read_dates import format_date

_DIGITS: Final = 15
"""Significant digits that Excel keeps; further digits are noise of the binary representation."""
_PRECISION: Final = Context(prec=_DIGITS, rounding=ROUND_HALF_UP, traps=[])
_ROUNDING: Final = Context(prec=999, rounding=ROUND_HALF_UP, traps=[])
_MAX_EXPONENT: Final = 30
"""Digits before the point, or zeros after it, above which a number is returned as written."""


def format_number(written: str, code: str, *, from_1904: bool = False) -> str:
    """Return the number as the format shows it, or the plain number for an unsupported format. Never raises."""
    value = _PRECISION.create_decimal(written)
    if not value.is_finite() or (value and abs(value.adjusted()) > _MAX_EXPONENT):
        return written
    value = value or Decimal(0)  # a zero may have a sign and an exponent
    section, unsigned = parse_format_code(code).section(value)
    if section.has("date") and not section.has("scientific"):
        return format_date(value, section, from_1904=from_1904) or format_plain(value)
    if not section.has("digits", "general"):
        return section.literal().strip() or (format_plain(value) if value else "")
    return _format_tokens(abs(value) if unsigned else value, section.tokens)


def format_text(text: str, code: str) -> str:
    """Return the text with the literals that its format adds."""
    section = parse_format_code(code).text if "@" in code else None
    if section is None or not section.has("text"):
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens)


def format_plain(value: Decimal) -> str:
    """Return the number without an exponent and trailing zeros: 718, 1367.67."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _format_tokens(value: Decimal, tokens: Sequence[Token]) -> str:
    """Return the number as the tokens of a section show it."""
    places = [index for index, token in enumerate(tokens) if token.kind == "digits"]
    sign = "-" if value < 0 else ""
    if not places:
        texts = (format_plain(abs(value)) if token.kind == "general" else token.text for token in tokens)
        return f"{sign}{''.join(texts)}".strip()
    first, last = places[0], places[-1]
    if first and tokens[first - 1].kind == "point":
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].kind == "comma":
        last += 1
    if any(token.kind in {"scientific", "general"} for token in tokens) or _is_fraction(tokens):
        return format_plain(value)
    value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens))
    digits, is_zero = _format_digits(abs(value), tokens[first : last + 1])
    before = "".join(token.text for token in tokens[:first] if token.kind != "comma")
    after = "".join(token.text for token in tokens[last + 1 :])
    return f"{'' if is_zero else sign}{before}{digits}{after}".strip()


def _is_fraction(tokens: Sequence[Token]) -> bool:
    """Return True if the number is shown as a fraction: # ?/?."""
    return any(token == Token("literal", "/") and before.kind == "digits" for before, token in pairwise(tokens))


def _format_digits(value: Decimal, tokens: Sequence[Token]) -> tuple[str, bool]:
    """Return the digits of a number in their placeholders, and True if all of them are zero.

    The placeholder 0 always shows a digit, # only a significant one. Each comma after the last placeholder divides the
    number by 1000.
    """
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole, fraction = list(tokens[:point]), tokens[point + 1 :]
    thousands = 0
    for side in (whole, list(fraction)):
        while side and side[-1].kind == "comma":
            side.pop()
            thousands += 1
    decimals = sum(token.kind == "digits" for token in fraction)
    rounded = value.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)
    left, _, right = f"{rounded:f}".partition(".")
    fraction_text = _format_fraction(right, fraction)
    whole_text = _format_whole(left.lstrip("0"), whole)
    return whole_text + (f".{fraction_text}" if fraction_text else ""), not rounded


def _format_whole(digits: str, tokens: Sequence[Token]) -> str:
    """Return the digits before the point in their placeholders, filled from the right, with the literals in between."""
    groups = any(token.kind == "comma" for token in tokens)
    places = sum(token.kind == "digits" for token in tokens)
    texts: list[str] = []
    written = 0
    for token in reversed(tokens):
        if token.kind == "digits":
            places -= 1
            count = 1 if places else max(1, len(digits))
            for _ in range(count):
                digit = digits[-1:] or ("0" if token.text == "0" else "")
                digits = digits[:-1]
                texts.append("," if groups and digit and written and written % 3 == 0 else "")
                texts.append(digit)
                written += bool(digit)
        elif token.kind != "comma":
            texts.append(token.text)
    return "".join(reversed(texts))


def _format_fraction(digits: str, tokens: Sequence[Token]) -> str:
    """Return the digits after the point in their placeholders."""
    places = "".join(token.text for token in tokens if token.kind == "digits")
    needed = max(len(digits.rstrip("0")), places.rfind("0") + 1)
    texts = []
    for token in tokens:
        if token.kind == "digits":
            texts.append(digits[:1] if needed > 0 else "")
            digits, needed = digits[1:], needed - 1
        elif token.kind != "comma":
            texts.append(token.text)
    return "".join(texts)
