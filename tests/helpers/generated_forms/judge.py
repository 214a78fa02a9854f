"""Judge of a reading: right, refused, doubted, or silently wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generated_forms import vocabulary as v
from generated_forms.reading import PLAIN_FORM, Reading, read
from generated_forms.truth import GeneratedForm, Row, Truth, bare_caption, bare_tier, plain
from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell
from perftarget.tables.entries import ENTRY_LABELS

CORE = ("值", "符号", "单位", "权重", "性质", "方向")
OWN_KEYS = {
    "项目名称",
    "预算年度",
    "绩效指标",
    "资金来源",
    "自评结果",
    "监控结果",
    "项目年度金额",
    "年度总体绩效目标",
    *v.FIELDS,
}
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MARKER = re.compile(
    r"(?:^|(?<=[。；;\n]))(?:目标[0-9]+(?::|(?=[^0-9.:]))|[0-9]+[.、](?![0-9])|\([0-9]+\))", re.MULTILINE
)


@dataclass
class Verdict:
    """Judgement of a reading; `faults` are the differences, each beginning with its kind."""

    outcome: str  # right, refused, doubted, wrong
    faults: list[str]
    reading: Reading


def judge(form: GeneratedForm, profile: Profile) -> Verdict:
    """Return the judgement of the reading of a form by the program."""
    return assess(form, read(form.flow, profile), read(PLAIN_FORM, profile).kinds if form.is_other_kind else [])


def assess(form: GeneratedForm, reading: Reading, target_kinds: Sequence[str] = ()) -> Verdict:
    """Return the judgement of a reading of a form; a form of another kind must not have a kind of target forms."""
    if reading.refusal:
        return Verdict("right" if form.is_other_kind else "refused", [], reading)
    faults = [*losses(form, reading), *alterations(form, reading)]
    if form.is_other_kind:
        faults += (
            []
            if reading.doubts or set(reading.kinds).isdisjoint(target_kinds)
            else ["kind: another kind of form was read"]
        )
    else:
        faults += differences(form, reading)
    outcome = "right" if not faults else "doubted" if reading.doubts else "wrong"
    return Verdict(outcome, faults, reading)


def leaves(data: Any) -> Iterator[str]:
    """Yield the keys and texts of the data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from leaves(value)
    elif isinstance(data, list):
        for item in data:
            yield from leaves(item)
    elif data is not None:
        yield str(data)


def losses(form: GeneratedForm, reading: Reading) -> Iterator[str]:
    """Yield the contents that are neither in the data nor reported."""
    kept = "\n".join(plain(text) for text in (*leaves(reading.data), *reading.reported))
    kept += "\n" + "".join(plain("".join(leaves(data.get("年度总体绩效目标")))) for data in reading.data)
    for cell in form.contents:
        if not _contains(kept, plain(cell.text)) and not all(_is_kept(part, kept) for part in _pieces(cell.text)):
            yield f"lost: {cell.text!r} ({cell.label})"


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text that must be kept: lines and sentences, without the markers in front of them."""
    for line in re.split(r"\n|\s{2,}", text):
        bare = _MARKER.sub("", plain(line))
        parts = re.split(r"(?<=[;。])", bare) if len(bare) > 12 else [bare_caption(bare)]
        yield from filter(None, parts)


def _is_kept(part: str, kept: str) -> bool:
    """Return True if a part is kept, or its caption as a key and the text behind the colon as its value."""
    sides = [side for side in part.split(":", 1) if side != "其中"]
    return _contains(kept, part) or all(_contains(kept, side) for side in sides)


def _contains(text: str, part: str) -> bool:
    """Return True if the text contains the part, which is not cut out of a longer number."""
    before = r"(?<![0-9.])" if part[:1].isdigit() else ""
    after = r"(?![0-9]|\.[0-9])" if part[-1:].isdigit() else ""
    return re.search(f"{before}{re.escape(part)}{after}", text) is not None


def alterations(form: GeneratedForm, reading: Reading) -> Iterator[str]:
    """Yield the goals and values with numbers that do not stand in the form in that order."""
    cells = [cell for grid in form.flow for cell in grid.cells]
    source = [_NUMBER.findall(plain(cell.text)) for cell in cells]
    whole = [number for numbers in source for number in numbers]
    for data in reading.data:
        for text in leaves([data.get("绩效指标"), data.get("项目年度金额")]):
            numbers = _NUMBER.findall(plain(text))
            if numbers and not any(_is_part(numbers, one) for one in (whole, *source)):
                yield f"altered: {text!r}"
        for text in leaves(data.get("年度总体绩效目标")):  # may be joined from several cells
            rest = iter(whole)
            if not all(number in rest for number in _NUMBER.findall(plain(text))):
                yield f"altered: {text!r}"


def _is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(whole[start : start + len(part)] == list(part) for start in range(len(whole) - len(part) + 1))


def differences(form: GeneratedForm, reading: Reading) -> Iterator[str]:
    """Yield the differences of the data from the right reading."""
    if len(reading.data) != len(form.truths):
        yield f"forms: {len(form.truths)} expected, {len(reading.data)} found"
        return
    for truth, data in zip(form.truths, reading.data, strict=True):
        yield from _field_differences(truth, data, reading)
        yield from _funding_differences(truth, data)
        yield from _row_differences(
            [row for row in truth.rows if row.first not in truth.free_tiers],
            [
                row
                for row in found_rows(data.get("绩效指标"))
                if row.first not in truth.free_tiers and not _is_blank(row)
            ],
            reading,
        )
        allowed = OWN_KEYS | form.captions
        for key in data:
            if (
                plain(key) not in allowed
                and bare_caption(key) not in allowed
                and not re.search("指标|目标|来源$|^资金明细$", key)
            ):
                yield f"key: {key!r} is no caption"


def _field_differences(truth: Truth, data: dict[str, Any], reading: Reading) -> Iterator[str]:
    for kind, key, expected in (
        ("name", "项目名称", truth.name),
        ("year", "预算年度", truth.year),
        ("amount", "项目年度金额", truth.amount),
    ):
        found = "".join(leaves(data.get(key)))
        if kind == "year" and not expected and found == truth.hidden_year:
            continue
        if expected is not None and plain(found) != plain(expected):
            yield f"{kind}: {expected!r} expected, {found!r} found"
    if truth.goal is not None:
        found = _goal(data.get("年度总体绩效目标"))
        if found not in {_goal(one) for one in truth.goal}:
            yield f"goal: {truth.goal[0]!r} expected, {found!r} found"
    keys = {bare_caption(key): value for key, value in data.items()}
    for caption, (label, expected) in truth.fields.items():
        found = [plain(str(keys[key])) for key in (label, bare_caption(caption)) if key in keys]
        texts = {plain(expected), plain(f"{expected}元"), plain(f"{expected}万元")}
        is_kept = any(one in texts for one in found) if expected else not any(found)
        if not is_kept and not (label == "" and not found and _is_reported(expected, reading)):
            yield f"field: {caption!r} is {expected!r}, {found} found"


def _goal(text: Any) -> str:
    """Return a goal without white space, markers, and marks at the ends of its parts."""
    lines = "\n".join(leaves(text)).split("\n")
    return re.sub("[。;]", "", "".join(_MARKER.sub("", plain(line)) for line in lines))


def _is_reported(text: str, reading: Reading) -> bool:
    return any(_contains(plain(one), plain(text)) for one in reading.reported)


def _funding_differences(truth: Truth, data: dict[str, Any]) -> Iterator[str]:
    found = data.get("资金来源")
    for key, amount in found.items() if isinstance(found, dict) else ():
        expected = truth.funding.get(bare_caption(key).removeprefix("其中:"))
        if expected is None or not plain(str(amount)).startswith(plain(expected)):
            yield f"funding: {key!r} is {expected!r}, {amount!r} found"


def found_rows(indicators: Any) -> Iterator[Row]:
    """Yield the indicators in the data, with both tiers."""
    if not isinstance(indicators, dict):
        return
    for label, content in indicators.items():
        is_first = isinstance(content, dict) and any(map(_is_tier_content, content.values()))
        for second, rows in content.items() if is_first else [(label, content)]:
            first = label if is_first else v.FIRST_OF.get(bare_tier(second), "")
            for name, value in rows.items() if isinstance(rows, dict) else enumerate(rows or ()):
                entry = dict(value) if isinstance(value, dict) else {"值": value or ""}
                entry.setdefault("指标", name)
                texts = {key: str(text or "") for key, text in entry.items()}
                yield Row(bare_tier(first), bare_tier(second), texts.pop("指标"), texts)


def _is_blank(row: Row) -> bool:
    return not row.name and not any(row.entry.values())


def _is_tier_content(content: Any) -> bool:
    return isinstance(content, list) or (isinstance(content, dict) and not content.keys() <= ENTRY_LABELS)


def _row_differences(expected: Sequence[Row], found: Sequence[Row], reading: Reading) -> Iterator[str]:
    if not expected:
        return
    names = {plain(row.name) for row in found}
    # A heading above other indicators, which has no value, may be reported instead.
    expected = [
        row
        for row in expected
        if row.entry.get("值") != "" or plain(row.name) in names or not _is_reported(row.name, reading)
    ]
    groups = _grouped(expected)
    others = _grouped(found)
    for tier in [*groups, *(tier for tier in others if tier not in groups)]:
        rows, read_rows = groups.get(tier, []), others.get(tier, [])
        if [row.name for row in rows] != [row.name for row in read_rows] and not _same_names(rows, read_rows):
            yield f"rows: {'/'.join(tier)} {[row.name for row in rows]} expected, {[row.name for row in read_rows]} found"
            continue
        for row, other in zip(rows, read_rows, strict=True):
            yield from _entry_differences(row, other)


def _grouped(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        second = "服务对象满意度" if row.second == "满意度" else row.second
        groups.setdefault((row.first, second), []).append(row)
    return groups


def _same_names(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    return len(rows) == len(others) and all(
        plain(other.name) == plain(row.name) or (row.is_part and plain(other.name).endswith(plain(row.name)))
        for row, other in zip(rows, others, strict=True)
    )


def _entry_differences(row: Row, other: Row) -> Iterator[str]:
    expected, found = dict(row.entry), dict(other.entry)
    if "定" in expected.get("符号", ""):  # 定性 in the column of the sign may be read as the sign or the nature
        for entry in (expected, found):
            entry["符号"] = entry.pop("性质", "") + entry.get("符号", "")
    for key in [*CORE, *(key for key in expected if key not in CORE and key[0] != "?")]:
        may_be_blank = (key == "值" and "值" not in expected) or not found.get(key)
        if may_be_blank and (key == "值" or f"?{key}" in expected) and key not in expected:
            continue
        expected.setdefault(key, expected.get(f"?{key}", ""))
        if plain(found.get(key, "")) != plain(expected.get(key, "")):
            yield f"cell: {row.name} {key} is {expected.get(key, '')!r}, {found.get(key, '')!r} found"


def cells_of(form: GeneratedForm) -> list[Cell]:
    """Return the cells of a form."""
    return [cell for grid in form.flow for cell in grid.cells]
