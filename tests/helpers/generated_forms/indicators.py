"""Print the indicators of a project on a sheet in random columns, and return their right reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from random import Random

from generated_forms import vocabulary as v
from generated_forms.content import Target
from generated_forms.sheet import Box, Sheet, content, head, printed, unknown
from generated_forms.truth import Row

KEYS = {
    "value": "值",
    "sign": "符号",
    "unit": "单位",
    "direction": "方向",
    "nature": "性质",
    "weight": "权重",
    "points": "?权重",
}
KNOWN_EXTRAS = {
    "备注": "备注",
    "设定依据": "设定依据",
    "指标解释": "指标解释",
    "指标说明": "指标解释",
    "评分标准": "赋分规则",
    "评分细则": "赋分规则",
    "数据来源": "数据来源",
    "佐证资料": "佐证资料",
}
UNKNOWN_HEADS = frozenset({"历史参考值", "责任科室", "上年度实际水平", "实施周期目标值"})
"""Heads that no field of the file stands for, so that they must be kept with their columns."""


@dataclass
class Table:
    """Columns of the indicators and how they are printed.

    `columns` are pairs of a role and a head; the roles are those of KEYS, first, second, name and `extra`. The tiers
    are merged, repeated or blank below the first.
    """

    columns: list[tuple[str, str]]
    tiers: str = "plain"
    merge: str = "merged"
    label: str = ""  # head of a column left of the tiers, such as 绩效指标
    signs: str = "symbols"
    others: dict[str, Callable[[Target], str]] = field(default_factory=dict)
    name_width: int = 1
    has_templates: bool = False
    has_parts: bool = False
    has_wide_tier: bool = False  # 满意度指标 is one cell over both tiers
    has_two_lines: bool = False  # of heads
    oddity: str = ""  # of the rows: duplicate, blank or ordinal
    heads: Sequence[Sequence[Box]] = ()  # rows of heads, if they are not one row of those in `columns`

    @property
    def width(self) -> int:
        """The number of columns on the sheet."""
        return bool(self.label) + len(self.columns) + self.name_width - 1

    @property
    def is_wide(self) -> bool:
        """True if 满意度指标 is one cell over both tiers."""
        return self.has_wide_tier and self.roles[:2] == ["first", "second"]

    @property
    def roles(self) -> list[str]:
        """The roles of the columns."""
        return [role for role, _ in self.columns]


def tier_text(style: str, name: str) -> str:
    """Return a tier label as printed."""
    is_first = name in v.POINTS
    if style == "codes":
        return v.CODES[name]
    if style == "short":
        return name
    if style == "targets":
        return name if is_first else f"{name}目标"
    if style == "old" and name in {"产出", "效益"}:
        return {"产出": "项目完成指标", "效益": "项目效益指标"}[name]
    if style in {"points", "wide-points"} and is_first:
        points = v.POINTS[name]
        return f"{name}指标({points}分)" if style == "points" else f"{name}指标（{points}分）"
    return f"{name}指标"


def random_table(random: Random, columns: list[tuple[str, str]] | None = None, *, tiers: str = "") -> Table:
    """Return a random table of indicators."""
    columns = columns or random_columns(random)
    return Table(
        columns,
        tiers=tiers or random.choice(("plain", "plain", "codes", "points", "wide-points", "short", "old")),
        merge=random.choice(("merged", "merged", "repeated", "blank")),
        label=random.choice(("", "", "", "绩效指标", "绩\n效\n指\n标", "年度绩效指标", "绩效指标体系")),
        signs=random.choice(("symbols", "words")),
        name_width=random.choice((1, 1, 2)),
        has_templates=random.random() < 0.1,
        has_parts=random.random() < 0.1,
        has_wide_tier=random.random() < 0.1,
        has_two_lines=random.random() < 0.1,
        oddity=random.choice(("duplicate", "blank", "ordinal", *[""] * 12)),
    )


def random_columns(random: Random) -> list[tuple[str, str]]:
    """Return tiers, name and value, with a random choice of the columns that real forms have besides."""
    columns = [("serial", "序号")] if random.random() < 0.07 else []
    columns += [("first", "一级指标"), ("second", "二级指标"), ("name", random.choice(v.THIRD))]
    used = {text for _, text in columns}
    others: list[tuple[str, str]] = []

    def add(role: str, heads: Sequence[str]) -> None:
        text = random.choice([one for one in heads if one not in used])
        used.add(text)
        others.append((role, text))

    if random.random() < 0.4:
        add("sign", v.SIGN)
        if random.random() < 0.4:
            add("direction", v.DIRECTION)
    elif random.random() < 0.15:
        add("nature", v.NATURE)
    add("value", v.VALUE)
    if random.random() < 0.45 and "及单位" not in others[-1][1]:
        add("unit", v.UNIT)
    if len(others) > 1 and random.random() < 0.2:
        random.shuffle(others)
    if random.random() < 0.35:
        add("weight", v.WEIGHT)
    if random.random() < 0.4:
        for text, _ in random.sample(v.EXTRA_COLUMNS, random.choice((1, 1, 2))):
            others.append(("extra", text))
    return columns + others


def print_indicators(sheet: Sheet, random: Random, targets: Sequence[Target], table: Table) -> list[Row]:
    """Print the head row and a row for each indicator, and return the right reading."""
    items = _items(random, targets, table)
    heads = table.heads or _heads(sheet, table)
    left = [head(table.label, 1, len(items) + len(heads))] if table.label else []
    for line in heads:
        sheet.row(*left, *line)
        left = []
    rows: list[Row] = []
    for index, item in enumerate(items):
        texts = {text: _text(random, item, role, text, table) for role, text in table.columns}
        texts["序号"] = str(index + 1)
        boxes: list[Box] = []
        for role, text in table.columns:
            if role in {"first", "second"}:
                boxes += _tier_boxes(items, index, role, table)
            else:
                make = printed if role == "serial" else content
                boxes.append(make(texts[text], table.name_width if role == "name" else 1))
        if not item.is_empty:
            rows.append(_row(item, texts, table))
        else:
            boxes = [printed(box.text, box.columns, box.rows) for box in boxes]
        sheet.row(*boxes)
    return rows


def _items(random: Random, targets: Sequence[Target], table: Table) -> list[Target]:
    """Return the targets with template rows and parts (其中：…) added."""
    items = list(targets)
    if table.has_parts:
        first = items[0]
        parts = [
            Target(first.second, f"其中：{name}", first.sign, "2", first.unit, "1", is_part=True)
            for name in ("桃树", "杏树")[: random.choice((1, 2))]
        ]
        items[1:1] = parts
    if table.has_templates:
        last = max(index for index, item in enumerate(items) if item.second == items[0].second)
        items.insert(last + 1, Target(items[0].second, "……", "", "", "", ""))
    if table.oddity == "blank":
        items.append(Target(items[-1].second, "", "", "", "", ""))
    if table.oddity == "duplicate":
        items.insert(1, replace(items[0], number="37", sign=""))
    if table.oddity == "ordinal":
        seconds = [item.second for item in items]
        for index, item in enumerate(items):
            if not item.is_empty and not item.is_part:
                name = f"{seconds[:index].count(item.second) + 1}.{item.name}"
                items[index] = replace(item, name=name, is_part=True)
    return items


def _heads(sheet: Sheet, table: Table) -> list[list[Box]]:
    """Return the rows of heads: one, or two of which the upper groups the columns of the target or of the indicator."""
    lower = [_head_box(sheet, role, text, table) for role, text in table.columns]
    if not table.has_two_lines:
        return [lower]
    parts = [index for index, role in enumerate(table.roles) if role in {"sign", "value", "unit"}]
    group, text = (parts, "年度指标值") if len(parts) > 1 and parts[-1] - parts[0] + 1 == len(parts) else ([], "")
    if not group:
        group = [index for index, role in enumerate(table.roles) if role in {"first", "second", "name"}]
        text = "绩效指标"
    if group[-1] - group[0] + 1 != len(group):
        return [lower]
    upper = [replace(box, rows=2) for box in lower]
    upper[group[0] : group[-1] + 1] = [head(text, sum(lower[index].columns for index in group))]
    return [upper, [lower[index] for index in group]]


def _head_box(sheet: Sheet, role: str, text: str, table: Table) -> Box:
    width = table.name_width if role == "name" else 1
    return (unknown if text in UNKNOWN_HEADS else head)(sheet.style.head(text), width)


def _tier_boxes(items: Sequence[Target], index: int, role: str, table: Table) -> list[Box]:
    """Return the box of a tier label; below the first of a merged cell there is none."""

    def key(item: Target) -> tuple[str, ...]:
        return (item.first,) if role == "first" else (item.first, item.second)

    item = items[index]
    if table.is_wide and item.first == "满意度":
        is_top = role == "first" and (index == 0 or items[index - 1].first != item.first)
        size = len(list(takewhile(lambda other: other.first == item.first, items[index:])))
        return [printed(tier_text(table.tiers, item.first), 2, size)] if is_top else []
    is_new = index == 0 or key(item) != key(items[index - 1])
    text = tier_text(table.tiers, item.first if role == "first" else item.second)
    if table.merge == "repeated":
        return [printed(text)]
    if table.merge == "blank":
        return [printed(text if is_new else "")]
    size = len(list(takewhile(lambda other: key(other) == key(item), items[index:])))
    return [printed(text, 1, size)] if is_new else []


def _text(random: Random, item: Target, role: str, column: str, table: Table) -> str:
    """Return the text of a cell of an indicator."""
    if item.is_empty:
        return item.name if role in {"name", "value"} else ""
    if column in table.others:
        return table.others[column](item)
    match role:
        case "name":
            return item.name
        case "value":
            sign = "" if "sign" in table.roles and item.sign else item.sign
            return f"{sign}{item.number}{'' if 'unit' in table.roles else item.unit}"
        case "sign":
            sign = v.SIGN_WORDS[item.sign] if table.signs == "words" else item.sign
            return sign or ("定性" if not item.unit else "")
        case "unit":
            return item.unit
        case "direction":
            return {"≥": "正向", "=": "正向", "≤": "反向"}.get(item.sign, "")
        case "nature":
            return "定量" if item.unit else "定性"
        case "weight" | "points":
            return item.weight
        case "extra":
            return random.choice(next(texts for text, texts in v.EXTRA_COLUMNS if text == column))
    return ""


def _row(item: Target, texts: dict[str, str], table: Table) -> Row:
    entry: dict[str, str] = {}
    for role, column in table.columns:
        key = KEYS.get(role) or (KNOWN_EXTRAS.get(column) if role == "extra" else None)
        if key:
            entry[key] = texts[column]
    name = re.sub(r"^(?:其中：|[0-9]+\.)", "", item.name) if item.is_part else item.name
    second = item.first if table.is_wide and item.first == "满意度" else item.second
    return Row(item.first, second, name, entry, item.is_part)
