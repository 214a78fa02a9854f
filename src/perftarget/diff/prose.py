"""Comparison of two sentences, such as goals, by the numbers and dates in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Final, NamedTuple

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.magnitude import increase
from perftarget.diff.strength import compare_strength
from perftarget.diff.years import relative_years
from perftarget.i18n import tr
from perftarget.tables.indicators import Indicator
from perftarget.text.normalize import compact, fold
from perftarget.text.similarity import similarity
from perftarget.values.parser import Date, Frequency, Operator, Quantity, Range, Unit, Value, Zero, parse
from perftarget.values.units import is_known

_MONTH: Final = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|[0-9]{1,2}[日号]|[上中下]旬)?[底末初]?"
_DATE: Final = rf"(?:(?:19|20)[0-9]{{2}}年度?)?{_MONTH}(?:之?前|以前)?|(?:19|20)[0-9]{{2}}年?[底末](?:之?前|以前)?"
_SIGN: Final = (
    "[≥≤><=≯≮]{1,2}|(?:不得?|不能|不应)(?:低于|少于|小于|超过|高于|多于|大于)|至少|至多|最多|最高|最低|不超|超过|大于|高于|多于|低于|小于"
    "|少于|等于|控制在|达到|达|大约|约|近"
)
_DIGITS: Final = r"[0-9]+(?:[,\uff0c][0-9]{3})*(?:\.[0-9]+)?"
_NUMERAL: Final = "[一二两三四五六七八九十百千]{1,6}"
_TOKEN: Final = re.compile(
    rf"(?P<date>{_DATE})|(?P<whole>全覆盖|百分之百)|(?P<none>(?:不|零|未)发生|杜绝)"
    rf"|(?P<sign>(?:{_SIGN})*)(?P<number>{_DIGITS}(?:[-—~至到]{{1,2}}{_DIGITS})?|{_NUMERAL})(?P<after>[^0-9，。；：、,;:（）()\s]{{0,10}})"
)
_SUFFIX: Final = re.compile("(?:左右|上下)?(?:及?以上|及?以下|以内|之内|内)?")
_NO_NUMBER: Final = frozenset("第〔[")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_CONTEXT: Final = 8
_MIN_CONTEXT: Final = Decimal("0.2")
_REACHING: Final = re.compile(
    "(?:控制|保持|稳定|维持|达|提高|提升|增加|增长|上升|下降|降低|减少|压减|降|升)?[到至在为]*$"
)
_CEILING: Final = re.compile("(?:控制|压减|压降|下降|降低|减少|缩短|降)[到至在]$")
_MAX_PAIRED: Final = 100
"""Maximum number of numbers of a sentence that are paired by the words around them."""
_MORE: Final = re.compile("(?:增收|增加|增长|提高|提升|节约|节支|减少|降低|压减)$")
_LESS: Final = re.compile("(?:节约|节支|减少|降低|下降|压减|压降|缩短)$")
_HOLE: Final = "\x00"
_WHOLE: Final = Quantity(Decimal(100), Unit("%"), Operator.EQUAL)


_BASE: Final = re.compile(
    r"[较比与](?:上一?年|去年|(?:19|20)[0-9]{2}年|基期|年初|同期|改造前|实施前)(?:度|底|末)?(?:同期)?(?:相比)?"
    r"|[由从][0-9.]+[^0-9]{0,3}?(?=[提上增下降减])"
)
"""A base in words: 较上年, 由80%."""


class Token(NamedTuple):
    """A number or date in a sentence: as written, its value, and the words around it."""

    written: str
    value: Value
    before: str
    after: str
    is_whole: bool = False


def compare_prose(old: str, new: str, context: TargetContext) -> Change:
    """Compare two sentences: the worst change of their numbers, `SAME` if nothing but notation differs.

    A number without a sign is a promise: 120公里 may not become 100公里. Amounts of money have no direction.
    """
    if prose_key(old, context.years[0]) == prose_key(new, context.years[1]):
        return Kind.SAME, ""
    skeletons, tokens = zip(*(_split(compact(fold(text.strip()))) for text in (old, new)), strict=True)
    shapes = [_bare(relative_years(text, year)) for text, year in zip(skeletons, context.years, strict=True)]
    same_words = shapes[0] == shapes[1] and len(tokens[0]) == len(tokens[1])
    pairs = list(zip(*tokens, strict=True)) if same_words else _pair(*tokens)
    changes = [_compare(before, after, context) for before, after in pairs]
    if not same_words:
        changes += [(Kind.CHANGED, ""), *_lost(tokens, pairs)]
    worst = min(changes, key=lambda change: change[0].rank, default=(Kind.CHANGED, ""))
    return (Kind.UNBASED, "") if lost_base(old, new) and not worst[0].weaker else worst


def lost_base(old: str, new: str) -> bool:
    """Return True if the former text names the base of a change, and the new one none."""
    return bool(_BASE.search(compact(fold(old)))) and not _BASE.search(compact(fold(new)))


def prose_key(text: str, year: int | None) -> str:
    """Return a text without differences of width, space, end marks and years relative to the budget year."""
    return _bare(compact(relative_years(text.strip(), year)))


def _bare(text: str) -> str:
    """Return a text without punctuation at its end and with one form of the marks inside."""
    return text.translate(_MARKS).strip(",;.").replace(" ", "")


_MARKS: Final = str.maketrans("，；。：（）“”‘’", ",;.:()\"\"''")


def _split(text: str) -> tuple[str, Sequence[Token]]:
    """Return a text with a hole for each number and date, and these."""
    tokens: list[Token] = []
    parts, end = [], 0
    for match in _TOKEN.finditer(text):
        found = _token(match)
        if found is not None:
            stop, token = found
            tokens.append(token)
            parts += [text[end : match.start()], _HOLE]
            end = stop
    return "".join([*parts, text[end:]]), tokens


def _token(match: re.Match[str]) -> tuple[int, Token] | None:
    """Return the end of a number or date with its unit, and the number or date; None for a year or an ordinal."""
    text, start = match.string, match.start()
    before = re.split("[，。；、,;]", text[max(0, start - _CONTEXT) : start])[-1]
    if match["number"] is None:
        value: Value = _WHOLE if match["whole"] else Zero(Unit("起")) if match["none"] else parse(match[0])
        is_read = not match["date"] or isinstance(value, Date)
        token = Token(match[0], value, before, text[match.end() : match.end() + _CONTEXT], bool(match["whole"]))
        return (match.end(), token) if is_read else None
    after = match["after"]
    if before[-1:] in _NO_NUMBER or (_YEAR.fullmatch(match["number"]) and after.startswith("年")):
        return None
    length = next((end for end in range(len(after), 0, -1) if is_known(after[:end]) or _is_per(after[:end])), 0)
    if not length and not match["number"][0].isascii():
        return None  # 一 in 一般 is no number
    suffix = _SUFFIX.match(after, length)
    length = suffix.end() if suffix else length
    written = match["sign"] + match["number"] + after[:length]
    value = parse(written)
    if not isinstance(value, (Quantity, Range, Frequency, Zero)):
        return None
    stop = match.end() - len(after) + length
    return stop, Token(written, value, before, text[stop : stop + _CONTEXT])


def _is_per(text: str) -> bool:
    """Return True for a unit with known denominators: 元/人·月."""
    first, *rest = re.split("[/·每]", text)
    return bool(rest) and is_known(first) and all(part and is_known(part) for part in rest)


def _pair(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Pair the numbers of comparable units, those with the most similar words around them first."""
    ranked = sorted(
        (
            (-_likeness(before, after), i, k)
            for (i, before), (k, after) in product(enumerate(old[:_MAX_PAIRED]), enumerate(new[:_MAX_PAIRED]))
            if _are_comparable(before.value, after.value)
        ),
    )
    pairs: list[tuple[Token, Token]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, k in ranked:
        if i in used[0] or k in used[1] or -score < _MIN_CONTEXT:
            continue
        used[0].add(i)
        used[1].add(k)
        pairs.append((old[i], new[k]))
    return pairs


def _likeness(before: Token, after: Token) -> Decimal:
    """Return the similarity of the words around two numbers, with a bonus for the same number."""
    around = similarity(before.before + _HOLE + before.after, after.before + _HOLE + after.after)
    return around + (Decimal("0.3") if before.value == after.value else 0)


def _are_comparable(before: Value, after: Value) -> bool:
    if isinstance(before, Quantity) and isinstance(after, Quantity):
        return increase(before, after) is not None
    if isinstance(before, Zero) or isinstance(after, Zero):
        return all(isinstance(value, (Zero, Quantity)) and not _is_rate(value) for value in (before, after))
    return type(before) is type(after)


def _is_rate(value: Value) -> bool:
    return isinstance(value, Quantity) and value.is_rate


def _compare(before: Token, after: Token, context: TargetContext) -> Change:
    """Compare two numbers of a sentence; the note quotes them."""
    subject = _REACHING.sub("", before.before)
    row = Indicator(None, context.row.second, subject or context.row.name, before.written, None, (), (), ())
    own = context._replace(row=row)
    values = [before.value, after.value]
    is_more = bool(_MORE.search(before.before))
    if all(isinstance(value, Quantity) and _is_promise(value, is_more=is_more) for value in values):
        is_reduction = bool(_LESS.search(before.before))
        is_ceiling = bool(_CEILING.search(before.before)) or (own.lower_is_better and not is_reduction)
        bound = Operator.AT_MOST if is_ceiling else Operator.AT_LEAST
        values = [replace(value, operator=bound) for value in values if isinstance(value, Quantity)]
    kind, note = compare_strength(values[0], values[1], own)
    if before.is_whole != after.is_whole and kind is Kind.UNBOUND:
        kind = Kind.CHANGED
    if kind in {Kind.SAME, Kind.CHANGED}:
        return kind, ""
    quoted = tr(f"{before.written} → {after.written}", f"{before.written} → {after.written}")
    return kind, tr("，", ", ").join(filter(None, (quoted, note)))


def _is_promise(value: Quantity, *, is_more: bool) -> bool:
    """Return True for a number without a sign that is to be reached.

    A time, an amount or a part of a ratio may be either bound, but for an amount by which something grows: 增收2000元.
    """
    if value.operator is not None or value.unit is None:
        return False
    return is_more or value.unit.kind not in {"time", "money", "currency"}


def _lost(tokens: Sequence[Sequence[Token]], pairs: Sequence[tuple[Token, Token]]) -> list[Change]:
    """Return the change for the numbers of the former sentence that have no counterpart."""
    paired = [{id(pair[side]) for pair in pairs} for side in (0, 1)]
    lost, added = ([token for token in tokens[side] if id(token) not in paired[side]] for side in (0, 1))
    if not lost:
        return []
    words = tr("、", ", ").join(token.written for token in lost)
    return [(Kind.UNCLEAR if added else Kind.VAGUE, tr(f"少了{words}", f"{words} is missing"))]
