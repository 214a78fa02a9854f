"""Builder of one form: title, fields, money, goals, indicators and footer on a sheet, with the right reading."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from generated_forms import vocabulary as v
from generated_forms.content import Project, goal_text
from generated_forms.indicators import Table, print_indicators
from generated_forms.money import AMOUNTS
from generated_forms.sheet import Box, Sheet, Style, caption, content, line_grid, printed, shares, unknown
from generated_forms.truth import Row, Truth
from perftarget.formats.grid import Cell, Grid

DEFAULT_UNIT = "万元"
YEAR_PLACES = ("none", "none", "front", "brackets", "line")
"""Where the year may be: nowhere, in front of the title, behind it in brackets, or on a line of its own."""


class Builder:
    """Builder of one form; the parts are printed in the order of the calls."""

    def __init__(self, random: Random, project: Project, width: int, style: Style | None = None) -> None:
        self.random = random
        self.project = project
        self.style = style or Style.choose(random)
        self.sheet = Sheet(max(width, 4), self.style)
        self.truth = Truth(project.name, hidden_year=project.year)
        self.before: list[Grid] = []
        self.after: list[Grid] = []
        self.unit_line = ""
        self.has_sections = random.random() < 0.08
        self.states_unit = False  # also if it is the unit of the profile

    @property
    def may_be_blank(self) -> bool:
        """True if a field may be left blank; without merged cells one could not tell which one it is."""
        return self.style.merged and self.style.has_blanks

    # ---- title

    def title(self, text: str = "项目支出绩效目标表", *, place: str = "") -> None:
        """Print the title with the year in it, on its own line or not at all, and the line of the unit."""
        year = self.project.year
        place = place or self.random.choice(YEAR_PLACES)
        printed_title = {"front": f"{year}年{text}", "brackets": f"{text}（{year}年度）"}.get(place, text)
        lines = ["附件2"] if self.random.random() < 0.2 else []
        lines += [printed_title, *([f"（{year}年度）"] if place == "line" else [])]
        if self.random.random() < 0.5:
            unit = self.project.amount_unit
            if self.random.random() < 0.07:
                unit = "元" if unit == "万元" else "万元"  # that of the amount is in its caption
            lines.append(self.random.choice((f"单位：{unit}", f"金额单位：{unit}", f"（单位：{unit}）")))
            self.unit_line = unit
        self.truth.year = year if place != "none" else ""
        if self.random.random() < 0.4:
            for line in lines:
                self.sheet.row(printed(line, self.sheet.width))
        else:
            self.before += [line_grid(line) for line in lines]

    def section(self, text: str) -> None:
        """Print the heading of a part of the form (一、基本情况), if this office prints them."""
        if self.has_sections:
            self.sheet.row(printed(text, self.sheet.width))

    # ---- fields

    def fields(self, *labels: str, captions: Sequence[str] = (), unknowns: int | None = None) -> None:
        """Print the name and other fields in random order with unknown captions between them."""
        name = self.random.choice(captions or (v.NAME if self.random.random() < 0.8 else v.INVENTED_NAME))
        pairs = [self.name_pair(name)]
        pairs += [self.field_pair(label) for label in labels]
        count = self.random.choice((0, 1, 2, 3)) if unknowns is None else unknowns
        pairs += [self.unknown_pair(*one) for one in self.random.sample(v.UNKNOWN, count)]
        rest = pairs[1:]
        self.random.shuffle(rest)
        position = self.random.choice((0, 0, 0, 0, 1)) if rest else 0
        rest.insert(position, pairs[0])
        self.print_pairs(rest)

    def name_pair(self, text: str) -> tuple[Box, Box]:
        """Return the caption and the value of the name."""
        return caption(self.style.caption(text)), content(self.project.name)

    def field_pair(self, label: str, text: str = "") -> tuple[Box, Box]:
        """Return the caption and the value of a field of the form, with one of the captions for it."""
        written = self.style.caption(text or self.random.choice(v.FIELDS[label]))
        value = "" if self.may_be_blank and self.random.random() < 0.06 else self.project.fields[label]
        self.truth.fields[written] = (label, value)
        return caption(written), content(value)

    def unknown_pair(self, text: str, values: Sequence[str]) -> tuple[Box, Box]:
        """Return a caption that no form has, with its value."""
        written, value = self.style.caption(text), self.random.choice(values)
        if self.may_be_blank and self.random.random() < 0.1:
            value = ""
        self.truth.fields[written] = ("", value)
        return (unknown if value else caption)(written), content(value)

    def print_pairs(self, pairs: Sequence[tuple[Box, Box]]) -> None:
        """Print pairs, one or two a row; a long value has a row of its own."""
        chunks: list[Sequence[tuple[Box, Box]]] = []
        remaining = list(pairs)
        while remaining:
            size = min(self.style.per_row, 2 if self.sheet.width == 4 else (self.sheet.width - 1) // 2)
            if any(len(value.text) >= 15 for _, value in remaining[:size]):
                size = 1
            chunks.append(remaining[:size])
            remaining = remaining[size:]
        group = self.random.choice(("项目基本情况", "基本信息", "基本情况"))
        left = caption(group, 1, len(chunks)) if self.sheet.width > 4 and self.random.random() < 0.1 else None
        for index, chunk in enumerate(chunks):
            boxes = (box for pair in chunk for box in pair)
            self.sheet.pair(*boxes, left=None if index else left, used=1 if left else 0)

    # ---- money

    def amount_text(self) -> tuple[str, str]:
        """Return the unit to be printed in the caption and the amount as printed, and set what is to be read."""
        project = self.project
        place = "line" if self.unit_line == project.amount_unit else "caption"
        if not self.unit_line:
            place = self.random.choice(("caption", "caption", "text", "caption" if self.states_unit else "none"))
        if project.amount_unit != DEFAULT_UNIT and place == "none":
            place = "caption"
        text = project.amount
        if place == "text":
            text += self.random.choice(("", " ")) + project.amount_unit
        needs_unit = place in {"line", "caption"} and project.amount_unit != DEFAULT_UNIT
        self.truth.amount = f"{text} {project.amount_unit}" if needs_unit else text
        unit = project.amount_unit
        suffix = self.random.choice((f"（{unit}）", f"({unit})", f"（单位：{unit}）")) if place == "caption" else ""
        return suffix, text

    def parts(self, count: int = 2) -> dict[str, str]:
        """Return that many sources of the amount with their amounts, as numbers."""
        total = Decimal(self.project.amount.replace(",", ""))
        names = self.random.sample(v.SOURCES, count)
        first = (total / 4).quantize(Decimal("0.01"))
        amounts = [total - first * (count - 1), *[first] * (count - 1)]
        parts = {name: f"{amount:f}" for name, amount in zip(names, amounts, strict=True)}
        self.truth.funding = dict(parts)
        return parts

    def amount(self, style: str = "", captions: Sequence[str] = ()) -> None:
        """Print the amount of the year in one of the ways that forms print it."""
        style = style or self.random.choice(
            ("pair", "pair", "rows", "rows", "nested", "columns", "line", "inline", "group", "two")
        )
        suffix, text = self.amount_text()
        name = self.random.choice(captions or v.AMOUNT).replace("2021", self.project.year)
        AMOUNTS[style](self, name, suffix, text)

    def keep(self, *texts: str) -> None:
        """Require texts that are parts of a cell."""
        self.sheet.contents += [Cell(text, self.sheet.height - 1, 0, label="一格之内") for text in texts]

    # ---- goals

    def goal(self, style: str = "", captions: Sequence[str] = ()) -> None:
        """Print the goal of the year in one of the ways that forms print it."""
        style = style or self.random.choice(("cell", "cell", "cell", "below", "rows", "horizons", "results"))
        text, readings = goal_text(self.random, self.project.pieces)
        self.truth.goal = readings
        name = self.style.caption(self.random.choice(captions or v.GOAL))
        getattr(self, f"_goal_{style}")(name, text)

    def _goal_cell(self, name: str, text: str) -> None:
        self.sheet.pair(caption(name), content(text))

    def _goal_below(self, name: str, text: str) -> None:
        self.sheet.row(caption(name, self.sheet.width))
        self.sheet.row(content(text, self.sheet.width))

    def _goal_rows(self, name: str, text: str) -> None:
        lines = text.split("\n")
        for index, line in enumerate(lines):
            left = [caption(name, 1, len(lines))] if index == 0 else []
            self.sheet.row(*left, content(line, self.sheet.width - 1))

    def _goal_horizons(self, name: str, text: str) -> None:
        longer = self.random.choice(("长期目标", "中期目标", "实施期绩效目标", "总目标"))
        long_text = "到2030年建成完整的服务体系，覆盖率99%。"
        yearly = self.random.choice(("年度目标", "本年度目标", "年度绩效目标"))
        boxes = (caption(longer), content(long_text), caption(yearly), content(text))
        group = self.random.choice(("总体目标", "项目绩效目标", ""))
        match self.random.choice(("rows", "columns")):
            case "rows" if group:
                self.sheet.row(caption(group, 1, 2), boxes[0], content(long_text, self.sheet.width - 2))
                self.sheet.row(boxes[2], content(text, self.sheet.width - 2))
            case "rows":
                self.sheet.pair(*boxes[:2])
                self.sheet.pair(*boxes[2:])
            case _:
                left = [caption(group, 1, 2)] if group else []
                first, second = shares(self.sheet.width - len(left), 2)
                self.sheet.row(*left, caption(longer, first), caption(yearly, second))
                self.sheet.row(content(long_text, first), content(text, second))

    def _goal_results(self, name: str, text: str) -> None:
        first, second = shares(self.sheet.width - 1, 2)
        result = self.random.choice(("实际完成情况", "完成情况", "目标实际完成情况"))
        self.sheet.row(caption("年度总体目标", 1, 2), caption("预期目标", first), caption(result, second))
        self.sheet.row(content(text, first), content("已于11月完成97%，结转2项。", second))

    # ---- indicators and end

    def indicators(self, table: Table) -> list[Row]:
        """Print the indicators of the project."""
        rows = print_indicators(self.sheet, self.random, self.project.targets, table)
        self.truth.rows += rows
        return rows

    def footer(self) -> None:
        """Print lines below the indicators: signatures, notes."""
        lines = self.random.sample(
            ["注：本表一式三份，6月30日前报送。", "填报人：张某    联系电话：0952-0000000", "填表说明：指标值应当量化"],
            self.random.choice((0, 0, 1, 2)),
        )
        for line in lines:
            if self.random.random() < 0.5:
                self.sheet.row(content(line, self.sheet.width))
            else:
                self.after.append(line_grid(line))
                self.sheet.contents += self.after[-1].cells
        if self.random.random() < 0.15:
            self.sheet.pair(unknown("审核意见"), content("同意"))

    def flow(self) -> list[Grid]:
        """Return the grids of the form in reading order."""
        return [*self.before, self.sheet.grid(), *self.after]
