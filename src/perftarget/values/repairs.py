"""Repairs of mistyped values: each yields a cause, the characters at fault, and a text that may have been meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from perftarget.values.faults import Repair
from perftarget.values.qualitative import NOTE
from perftarget.values.repairs_of_dates import repair_dates
from perftarget.values.units import is_known, parse_unit

_ZEROS: Final = "OoΟοОоＯ〇○Q"
_ONES: Final = "lI|ǀⅠіΙ!丨"
_DIGITS: Final = {
    **dict.fromkeys(_ZEROS, "0"),
    **dict.fromkeys(_ONES, "1"),
    **dict(zip("SsZzBbqg", "55228699", strict=True)),
}
_LIKE: Final = re.escape("".join(_DIGITS))
_RUN: Final = re.compile(rf"[0-9{_LIKE}][0-9,.{_LIKE}]*")
_LIKE_DIGIT: Final = re.compile(f"[{_LIKE}]+")
_CERTAIN: Final = re.compile(f"[{re.escape(_ZEROS + _ONES)}]")
_TRANSLATE: Final = str.maketrans(_DIGITS)
_SIGN: Final = re.compile("[≥≤><=]{1,2}")
_POINT: Final = re.compile(r"(?<=[0-9])\s*(?:[。·、'’`´:：;；_]|\.{2,}|\.\s+|\s+\.)\s*(?=[0-9])")
_COMMA: Final = re.compile("(?<=[0-9])[,，](?=([0-9]+))")
_THOUSANDS_POINT: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])")
_SPACE: Final = re.compile(r"(?<=[0-9])\s+(?=[0-9])|(?<=[0-9])\s*_\s*(?=[0-9])")
_TWO_NUMBERS: Final = re.compile(r"[^0-9]*[0-9]{2,}\s+(?:[0-9]{2}|[0-9]{4,})(?![0-9])[^0-9%]*")
_ZERO: Final = re.compile(r"(?<![0-9.,，])0+(?=[0-9])")
_ODD_SIGN: Final = re.compile(r"\s*(?:([》〉⟩＞]|[≥]?大于?≥)|([《〈⟨]|小于?≤))=?")
_AFTER_SIGN: Final = re.compile(r"(?<=[≥≤><=])\s*[-—_.,，。、:：;；/\\|~]+(?=\s*[0-9])")
_BRACKET: Final = re.compile(r"\s*[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]\s*")
_TRAILING: Final = re.compile(r"(?<=[^\s，,；;。、：:])[\s，,；;。、：:]+([^0-9]{2,})\Z")
_WORDS_AT_END: Final = re.compile(r"(?<=[^\u4e00-\u9fff])[\u4e00-\u9fff]+\Z")
_LEADING: Final = re.compile(r"[^0-9≥≤><=]{2,}?(?=[0-9≥≤><=])")
_UNIT_FIRST: Final = re.compile(r"([≥≤><=]{0,2})\s*([^0-9≥≤><=\s]{1,4})\s*([0-9][0-9.,]*)\s*")
_VALUE: Final = re.compile(r"[≥≤><=]{0,2}\s*[0-9]+(?:\.[0-9]+)?[^0-9≥≤><=.]*")
_TWO_UNITS: Final = re.compile(r"([≥≤><=]{0,2}\s*[0-9][0-9,.]*)\s*([^0-9≥≤><=\s]{2,8})")
_YEAR_MONTH: Final = re.compile("[0-9]年[0-9]{1,2}月")
_SCALED: Final = re.compile("(?<![0-9.])([0-9]{1,6})万([0-9])(?![0-9.千百万亿])")
_STRAY_START: Final = re.compile(r"[^\w≥≤><=±+(（￥¥-]+(?=[≥≤><=±\w])")
_STRAY_END: Final = re.compile(r"(?<=[\w%‰℃)）])[^\w%‰℃)）≥≤><=±]+\Z")


def _digits(text: str) -> Iterator[Repair]:
    """O for 0 and l for 1: 36OO块, l2次; also a letter that does not belong there at all."""
    for run in _RUN.finditer(text):
        like = list(_LIKE_DIGIT.finditer(text, run.start(), run.end()))
        written = run[0]
        if not like or not (any(map(str.isdigit, written)) or _precedes_unit(text, run.end())):
            continue
        span = (like[0].start(), like[-1].end())
        meant = written.translate(_TRANSLATE)
        if re.search(r"[0-9]", written) or _CERTAIN.search(written):
            yield Repair("mistyped-digit", *span, text[: run.start()] + meant + text[run.end() :])
        if dropped := _LIKE_DIGIT.sub("", written):
            yield Repair("mistyped-digit", *span, text[: run.start()] + dropped + text[run.end() :])


def _precedes_unit(text: str, end: int) -> bool:
    """Return True if a known unit follows."""
    return any(is_known(text[end : end + length]) for length in (1, 2, 3))


def _points(text: str) -> Iterator[Repair]:
    """93。5% and 1.030.700."""
    for match in _POINT.finditer(text):
        yield Repair("mistyped-point", *match.span(), text[: match.start()] + "." + text[match.end() :])
    for match in _THOUSANDS_POINT.finditer(text):
        yield Repair(
            "mistyped-point", *match.span(), text[: match.start()] + match[0].replace(".", "") + text[match.end() :]
        )


def _commas(text: str) -> Iterator[Repair]:
    """1,2345 and 93,5%."""
    joined = _COMMA.sub("", text)
    for match in _COMMA.finditer(text):
        if len(match[1]) < 3:
            yield Repair("mistyped-point", *match.span(), text[: match.start()] + "." + text[match.end() :])
        yield Repair("misplaced-comma", *match.span(), joined)


def _spaces(text: str) -> Iterator[Repair]:
    """1 200户; in a percentage above 100 the space is rather a lost point, and 95 90 are two numbers."""
    joined = _SPACE.sub("", text)
    for match in _SPACE.finditer(text):
        if _TWO_NUMBERS.fullmatch(text.strip()):
            yield Repair("several-values", match.end(), len(text), _SPACE.sub("、", text))
        point = text[: match.start()] + "." + text[match.end() :]
        over = re.search(r"([0-9]+)\s*%", joined)
        order = (point, joined) if over and int(over[1][:9]) > 100 else (joined,)
        for reading in order:
            yield Repair("space-in-number", *match.span(), reading)


def _leading_zeros(text: str) -> Iterator[Repair]:
    """08次."""
    for match in _ZERO.finditer(text):
        yield Repair("leading-zero", *match.span(), text[: match.start()] + text[match.end() :])


def _signs(text: str) -> Iterator[Repair]:
    """95%≥, 95≥%, ≥95%以上≥."""
    signs = list(_SIGN.finditer(text))
    for sign in signs[::-1]:
        before, after = text[: sign.start()], text[sign.end() :]
        if not before.strip() or after.lstrip()[:1].isdigit():
            continue
        if len(signs) > 1 or re.search("以上|以下|以内|不低于|不少于|不超过", text):
            yield Repair("repeated-sign", *sign.span(), before + after)
        else:
            yield Repair("misplaced-sign", *sign.span(), sign[0] + before.strip() + after)


def _odd_signs(text: str) -> Iterator[Repair]:
    """》95% and ≥：95%."""
    if match := _ODD_SIGN.match(text):
        yield Repair("mistyped-sign", *match.span(), ("≥" if match[1] else "≤") + text[match.end() :])
    for match in _AFTER_SIGN.finditer(text):
        yield Repair("mistyped-sign", *match.span(), text[: match.start()] + text[match.end() :])


def _notes(text: str) -> Iterator[Repair]:
    """≥42公里（待核实）, 12座，详见附表, 暂定12座, 12座暂定."""
    for match in _BRACKET.finditer(text):
        if rest := (text[: match.start()] + text[match.end() :]).strip():
            yield Repair("note", *match.span(), rest)
    if trailing := _TRAILING.search(text):
        yield Repair("note", *trailing.span(1), text[: trailing.start()])
        return
    if (leading := _LEADING.match(text)) and NOTE.search(leading[0]):
        yield Repair("note", *leading.span(), text[leading.end() :])
    words = _WORDS_AT_END.search(text)
    for note in NOTE.finditer(text, words.start() if words else len(text)):
        yield Repair("note", note.start(), len(text), text[: note.start()])


def _repeated_units(text: str) -> Iterator[Repair]:
    """5000元元, 95%%, 百分之95%, 5公里km."""
    text = text.rstrip()
    if text.endswith("%") and "百分之" in text:
        yield Repair("repeated-unit", len(text) - 1, len(text), text.replace("百分之", ""))
    if match := re.search("([万亿])\\1", text):
        yield Repair("repeated-unit", match.start() + 1, match.end(), text[: match.start()] + text[match.start() + 1 :])
    for length in range(1, min(7, len(text))):
        unit, rest = text[-length:], text[:-length].rstrip()
        if is_known(unit) and rest and _ends_with_unit(rest, unit):
            yield Repair("repeated-unit", len(text) - length, len(text), rest)


def _two_units(text: str) -> Iterator[Repair]:
    """28.8万元%, where a unit column contradicts the value."""
    if match := _TWO_UNITS.fullmatch(text.strip()):
        number, units = match.groups()
        for end in range(1, len(units)):
            if is_known(units[:end]) and is_known(units[end:]):
                yield Repair("two-units", text.index(units) + end, text.index(units) + len(units), number + units[:end])
                yield Repair("two-units", text.index(units), text.index(units) + end, number + units[end:])


def _ends_with_unit(text: str, unit: str) -> bool:
    """Return True if the text ends with the same unit, in any spelling."""
    meant = parse_unit(unit)
    ends = (parse_unit(text[-length:]) for length in range(1, min(7, len(text))) if is_known(text[-length:]))
    return any(end is not None and meant is not None and end.symbol == meant.symbol for end in ends)


def _units_first(text: str) -> Iterator[Repair]:
    """人200."""
    match = _UNIT_FIRST.fullmatch(text)
    if match and is_known(match[2]):
        yield Repair("unit-before-number", *match.span(2), match[1] + match[3] + match[2])


def _scales(text: str) -> Iterator[Repair]:
    """5万5, which is 5.5万 in speech and 50005 in arithmetic."""
    for match in _SCALED.finditer(text):
        for meant in (f"{match[1]}.{match[2]}万", f"{match[1]}000{match[2]}"):
            yield Repair("ambiguous-scale", *match.span(), text[: match.start()] + meant + text[match.end() :])


def _stray(text: str) -> Iterator[Repair]:
    """95%/ and ？95%."""
    for pattern in (_STRAY_START, _STRAY_END):
        if match := pattern.search(text) if pattern is _STRAY_END else pattern.match(text):
            yield Repair("stray-character", *match.span(), text[: match.start()] + text[match.end() :])


def _several(text: str) -> Iterator[Repair]:
    """≥36块72块."""
    values = list(_VALUE.finditer(text))
    if _YEAR_MONTH.search(text):
        return  # 202年11月 is no list
    if len(values) > 1 and "".join(value[0] for value in values) == text:
        yield Repair("several-values", *values[1].span(), "、".join(value[0].strip(" 和及或与") for value in values))


REPAIRS: Final[tuple[Callable[[str], Iterator[Repair]], ...]] = (
    repair_dates, _digits, _points, _commas, _spaces, _leading_zeros, _odd_signs, _signs, _repeated_units, _two_units,
    _units_first, _scales, _stray, _notes, _several,
)  # fmt: skip
"""The repairs, the surest first."""
