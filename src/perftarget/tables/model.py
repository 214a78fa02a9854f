"""Model of a table: lenient, with the same shape as the file.

The Chinese keys of the file are mapped to English field names here, in `entries` and in `keys`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from perftarget.tables.entries import Calculation, Suppression, Text
from perftarget.tables.indicators import Indicator, Tier, iter_indicators, iter_tiers
from perftarget.tables.keys import AMOUNT, BUDGET_YEAR, CALCULATION, GOALS, INDICATORS, ORDER, SUPPRESSIONS
from perftarget.tables.shapes import (
    CalculationsField,
    FundingField,
    GoalsField,
    IndicatorsField,
    SuppressionsField,
)
from perftarget.text.source import Loc
from perftarget.values.parser import Period, parse
from perftarget.values.years import parse_order, parse_year


class Table(BaseModel):
    """A performance target table (项目支出预算绩效目标表).

    Texts are kept as written; a blank or missing text is "".
    """

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    # Tables are compared by identity, so that they can be keys of the caches of derived data.
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    name: Text = Field("", alias="项目名称")
    department: Text = Field("", alias="主管部门")
    unit: Text = Field("", alias="实施单位")
    attribute: Text = Field("", alias="项目属性", description="新增项目、延续项目等")
    period: Text = Field("", alias="项目期限", description="如 2025 年 1 月至 12 月")
    office: Text = Field("", alias="项目主管处室")
    amount: Text = Field("", alias=AMOUNT, description="带单位的金额，如 1320 万元")
    budget_year: Text = Field("", alias=BUDGET_YEAR, description="如 2025；印在表名之后")
    raw_goals: GoalsField = Field("", alias=GOALS)
    raw_indicators: IndicatorsField = Field("", alias=INDICATORS, description="二级指标 → 三级指标 → 绩效值")
    raw_calculations: CalculationsField = Field("", alias=CALCULATION, description="年度金额如何组成")
    funding: FundingField = Field("", alias="资金来源", description="中央、自治区、县级、其他 → 金额")
    raw_suppressions: SuppressionsField = Field("", alias=SUPPRESSIONS, description="经审核接受的问题及理由")
    order: Text = Field("", alias=ORDER, description="输出时的次序，整数；不印在表上")
    _shape_errors: frozenset[Loc] = PrivateAttr(frozenset())
    _labels: tuple[str, ...] = PrivateAttr(())
    _is_form: bool = PrivateAttr(False)

    @classmethod
    def of(cls, data: Any, shape_errors: frozenset[Loc] = frozenset(), *, is_form: bool = False) -> Self:
        """Return the table of that data, from which the parts at `shape_errors` have been removed.

        `is_form` is True if the data comes from a Word, Excel or text file. Raises pydantic.ValidationError if the data
        does not fit the form.
        """
        keys = tuple(data) if isinstance(data, dict) else ()
        table = cls.model_validate(data, context=(shape_errors, keys))
        table._is_form = is_form  # noqa: SLF001 - of this class
        return table

    def model_post_init(self, context: Any, /) -> None:
        """Store the locations of the removed parts and the order of the fields, passed as the validation context."""
        self._shape_errors, self._labels = context or (frozenset(), ())

    @cached_property
    def derived(self) -> dict[Any, Any]:
        """The results that `once_per_table` keeps, by function and arguments."""
        return {}

    @cached_property
    def goals(self) -> list[str]:
        """The goals, whether written as one text or as a list."""
        written = self.raw_goals
        return written if isinstance(written, list) else [written] if written else []

    @cached_property
    def calculations(self) -> dict[int, Calculation]:
        """The lines of 资金测算 by their index in the file, without those that do not fit the form."""
        lines = enumerate(self.raw_calculations)
        return {index: line for index, line in lines if isinstance(line, Calculation) and line.model_fields_set}

    @cached_property
    def suppressions(self) -> dict[int, Suppression]:
        """The suppressions by their index in the file, without those that do not fit the form."""
        lines = enumerate(self.raw_suppressions)
        return {index: line for index, line in lines if isinstance(line, Suppression) and line.model_fields_set}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in the order of the file."""
        return tuple(row for tier in self.tiers for row in iter_indicators(tier))

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """The second tiers in the order of the file, including those without indicators."""
        written: Mapping[str, Any] = self.raw_indicators or {}  # type: ignore[assignment]
        return tuple(tier for label, content in written.items() for tier in iter_tiers(label, content))

    @cached_property
    def indicator_names(self) -> dict[Loc, str]:
        """The names of the indicators by the location of their rows."""
        return {row.name_loc[:-1]: row.name for row in self.indicators}

    @cached_property
    def dates(self) -> Period | None:
        """The project period (项目期限), or None if it cannot be parsed as a period."""
        value = parse(self.period)
        return value if isinstance(value, Period) else None

    @property
    def year(self) -> int | None:
        """The budget year: as written, else the year in which the project period ends; None if both are unknown."""
        return parse_year(self.budget_year) or (self.dates.end.year if self.dates else None)

    @property
    def order_number(self) -> int | None:
        """The number of the table in the order of the annex (序号), or None if it is missing or not a number."""
        return parse_order(self.order)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the fields and sections in the order of the file."""
        return self._labels

    def content(self, label: str) -> Any:
        """Return the content of the field or section with that label, "" if the file does not have it."""
        name = FIELD_NAMES.get(label)
        return getattr(self, name) if name else (self.model_extra or {}).get(label, "")

    def field(self, label: str) -> str:
        """Return the text of the head field with that label (项目名称), or "" if the file does not have it."""
        content = self.content(label)
        return content if isinstance(content, str) else ""

    @cached_property  # pydantic looks private attributes up in several steps, and rules ask again and again
    def shape_errors(self) -> frozenset[Loc]:
        """The locations of the parts that do not fit the form; these are reported as such, and not as missing."""
        return self._shape_errors

    @property
    def is_form(self) -> bool:
        """True if the table comes from a Word, Excel or text file, so that its author knows cells and no YAML."""
        return self._is_form

    def is_blank(self, label: str) -> bool:
        """Return True if the field is blank or missing, and not because its value does not fit the form."""
        content = self.raw_goals if label == GOALS else self.field(label).strip() or self._has_extra(label)
        return not content and (label,) not in self.shape_errors

    def _has_extra(self, label: str) -> bool:
        """Return True if a field that only the profile defines has a list or a mapping as its value."""
        content = (self.model_extra or {}).get(label)
        return bool(content) and not isinstance(content, str)

    def writes(self, label: str) -> bool:
        """Return True if the file has the field, even if its value is blank or does not fit the form."""
        return FIELD_NAMES.get(label, label) in self.model_fields_set or any(
            loc[0] == label for loc in self.shape_errors
        )


FIELD_NAMES: Final = {str(info.alias): name for name, info in Table.model_fields.items()}
"""The fields of Table: label in the file → attribute name."""
