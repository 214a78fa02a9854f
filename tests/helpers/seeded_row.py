"""A row of a good table and what its value consists of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
SECTIONS = ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续", "满意度")
EFFECTS = ("经济效益", "社会效益", "生态效益", "可持续")
SIGNS = "≥≤=<>"
_NUMBER = re.compile(r"([≥≤=<>]?)(\d+(?:\.\d+)?)((?:[^\d，、：:（）]|10万)*)")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日前")
_DURATIONS = {"小时", "分钟", "秒", "天", "日", "个工作日"}


@dataclass(frozen=True, eq=False)
class Row:
    """An indicator of a sheet: where it stands and what its value consists of."""

    path: Path
    name: str
    columns: dict[str, str]  # a row without columns has only 值

    @property
    def tier(self) -> Path:
        return self.path[:-1]

    @property
    def section(self) -> str:
        return next((one for one in SECTIONS if one in str(self.tier[-1])), "")

    @property
    def text(self) -> str:
        sign = self.columns.get("符号", "")
        return (sign if sign in SIGNS else "") + self.columns.get("值", "") + self.columns.get("单位", "")

    @cached_property
    def _parts(self) -> tuple[str, str, str] | None:
        match = _NUMBER.fullmatch(self.text)
        return match.groups() if match else None  # type: ignore[return-value]

    @property
    def sign(self) -> str:
        return self._parts[0] if self._parts else ""

    @property
    def number(self) -> str:
        return self._parts[1] if self._parts and self.kind != "date" else ""

    @property
    def unit(self) -> str:
        """What is written after the number."""
        return self._parts[2] if self._parts else ""

    @cached_property
    def name_unit(self) -> str:
        match = re.search(r"（([^（）]{1,8})）$", self.name)
        return match[1] if match else ""

    @property
    def measure(self) -> str:
        """The unit of the value, wherever it is written."""
        return self.unit or self.name_unit

    @cached_property
    def bare(self) -> str:
        """The name without a unit in brackets."""
        return re.sub(r"（[^（）]*）$", "", self.name)

    @cached_property
    def kind(self) -> str:
        """What a row measures; "" for levels, texts, schedules and other rare forms."""
        if not self._parts:
            return "date" if _DATE.fullmatch(self.text) else ""
        unit = self.measure
        if not unit:
            return ""
        if unit in {"%", "‰"}:
            return "satisfaction" if "满意" in self.name else "rate"
        if "/" in unit:
            return "standard" if "元/" in unit else "frequency"
        if unit.endswith("元"):
            return "standard" if self.name.startswith("每") else "money"
        if self.section == "时效":
            return "duration" if unit in _DURATIONS else ""
        return "people" if unit.removeprefix("万") in {"人", "人次", "户", "名"} else "count"

    @property
    def is_event(self) -> bool:
        return self.text in {"0起", "0个", "0次", "0人", "=0起", "=0次", "不发生", "零发生"}

    def valued(self, text: str) -> Any:
        """Return the data of the row with another value; parts that are still alike stay in their columns."""
        if not self.has_columns:
            return text
        columns = dict(self.columns)
        sign, unit = columns.get("符号", ""), columns.get("单位", "")
        if sign and text.startswith(sign):
            text = text[len(sign) :]
        elif sign in SIGNS:
            columns.pop("符号", None)
        if unit and text.endswith(unit) and text != unit:
            text = text[: -len(unit)]
        else:
            columns.pop("单位", None)
        return {**columns, "值": text}

    @property
    def has_columns(self) -> bool:
        return len(self.columns) > 1
