"""Random contents of a form: a project with its fields, goals and indicators, before it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from generated_forms import vocabulary as v


@dataclass(frozen=True)
class Target:
    """An indicator with its target in parts; a qualitative target has only a text in `number`."""

    second: str
    name: str
    sign: str
    number: str
    unit: str
    weight: str
    is_part: bool = False

    @property
    def first(self) -> str:
        """The first tier without its suffix."""
        return v.FIRST_OF[self.second]

    @property
    def is_empty(self) -> bool:
        """True for a row left from the template, which is no indicator."""
        return not self.name or self.name.startswith("…")

    @property
    def joined(self) -> str:
        """The target in one cell."""
        return f"{self.sign}{self.number}{self.unit}"


@dataclass
class Project:
    """Contents of a form."""

    name: str
    year: str
    amount: str
    amount_unit: str
    pieces: list[str]
    targets: list[Target]
    fields: dict[str, str] = field(default_factory=dict)


def random_project(random: Random, *, count: int | None = None) -> Project:
    """Return a random project."""
    unit = random.choice(("万元", "万元", "元"))
    amount = random.choice(("30", "43.2", "1796.02", "1320", "75.00", "200"))
    if unit == "元":
        amount = random.choice(("1,030,700.00", "200000", "3239300", "432,000"))
    fields = {
        "主管部门": random.choice(v.BUREAUS),
        "实施单位": random.choice(v.UNITS),
        "项目属性": random.choice(v.ATTRIBUTES),
        "项目期限": random.choice(v.PERIODS),
        "项目主管处室": random.choice(v.OFFICES),
    }
    pieces = random.sample(v.GOAL_PIECES, random.choice((1, 1, 2, 3)))
    year = random.choice(("2019", "2024", "2025", "2026"))
    return Project(random.choice(v.PROJECTS), year, amount, unit, pieces, random_targets(random, count), fields)


def random_targets(random: Random, count: int | None = None) -> list[Target]:
    """Return random indicators in the order of the tiers, with one at least of the first and of the last."""
    seconds = [second for second in v.BANK if second in {"数量", "服务对象满意度"} or random.random() < 0.6]
    targets = []
    for second in seconds:
        size = random.choice((1, 1, 2, 3)) if count is None else count
        for name, sign, number, unit in random.sample(v.BANK[second], min(size, len(v.BANK[second]))):
            targets.append(Target(second, name, sign, number, unit, random.choice(("5", "7.5", "10", "15"))))
    return targets


def goal_text(random: Random, pieces: list[str]) -> tuple[str, list[str]]:
    """Return the goal as printed, and the texts that a reader may return for it (joined without white space)."""
    if len(pieces) == 1:
        text = pieces[0] + random.choice(("。", ""))
        return text, [text]
    style = random.choice(("目标{}：", "目标{}：", "{}.", "{}、", "（{}）", ""))
    ends = "；\n" if random.random() < 0.5 else "。\n"
    items = [f"{piece}{ends[0]}" for piece in pieces]
    text = "\n".join(style.format(number) + item for number, item in enumerate(items, 1))
    return text, [text, "".join(items)]
