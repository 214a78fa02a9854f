"""Numbers and texts as Excel shows them, by the format of their cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise
from typing import Final

from perftarget.formats.xlsx.read_codes import Token, parse_format_code
from perftarget.formats.xlsx.read_dates import date

_DIGITS: Final = 15  # as many as Excel keeps; the rest is noise of the binary fraction
_PRECISION: Final = Context(prec=_DIGITS, rounding=ROUND_HALF_UP, traps=[])
_ROUNDING: Final = Context(prec=999, rounding=ROUND_HALF_UP, traps=[])
_LARGEST: Final = 30  # digits before the point, or noughts behind it; beyond, a number is left as it is written


def format_number(written: str, code: str, *, from_1904: bool = False) -> str:
    """The number as the format shows it; where the format is beyond us, the plain number. Never raises."""
    value = _PRECISION.create_decimal(written)
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST):
        return written
    value = value or Decimal(0)  # which has a sign and an exponent
    section, unsigned = parse_format_code(code).section(value)
    if section.has("date") and not section.has("scientific"):
        return date(value, section, from_1904=from_1904) or plain(value)
    if not section.has("digits", "general"):
        return section.literal().strip() or (plain(value) if value else "")
    return _number(abs(value) if unsigned else value, section.tokens)


def format_text(text: str, code: str) -> str:
    """The text with what its format writes around it."""
    section = parse_format_code(code).text if "@" in code else None
    if section is None or not section.has("text"):
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens)


def plain(value: Decimal) -> str:
    """718, 1367.67: without an exponent and idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: Decimal, tokens: Sequence[Token]) -> str:
    places = [index for index, token in enumerate(tokens) if token.kind == "digits"]
    if not places:
        texts = (plain(abs(value)) if token.kind == "general" else token.text for token in tokens)
        return f"{'-' if value < 0 else ''}{''.join(texts)}".strip()
    first, last = places[0], places[-1]
    if first and tokens[first - 1].kind == "point":
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].kind == "comma":
        last += 1
    if any(token.kind in {"scientific", "general"} for token in tokens) or _is_fraction(tokens):
        return plain(value)
    value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens))
    digits, is_zero = _digits(abs(value), tokens[first : last + 1])
    before = "".join(token.text for token in tokens[:first] if token.kind != "comma")
    after = "".join(token.text for token in tokens[last + 1 :])
    return f"{'-' if value < 0 and not is_zero else ''}{before}{digits}{after}".strip()


def _is_fraction(tokens: Sequence[Token]) -> bool:
    return any(token == Token("literal", "/") and before.kind == "digits" for before, token in pairwise(tokens))


def _digits(value: Decimal, tokens: Sequence[Token]) -> tuple[str, bool]:
    """The digits of a number in their placeholders, 0 always, # where there is one; whether they are all zero."""
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole, part = list(tokens[:point]), tokens[point + 1 :]
    thousands = 0
    for end in (whole, list(part)):
        while end and end[-1].kind == "comma":
            end.pop()
            thousands += 1
    decimals = sum(token.kind == "digits" for token in part)
    rounded = value.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)
    left, _, right = f"{rounded:f}".partition(".")
    behind = _fraction(right, part)
    return _whole(left.lstrip("0"), whole) + (f".{behind}" if behind else ""), not rounded


def _whole(digits: str, tokens: Sequence[Token]) -> str:
    """Filled from the right; what stands between the placeholders stands between the digits."""
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


def _fraction(digits: str, tokens: Sequence[Token]) -> str:
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
