"""The form as data: lenient, and of the same shape as the file. Chinese keys and English names meet only here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from perftarget.tables.entries import Calculation, Suppression, Text
from perftarget.tables.indicators import Indicator, Tier, indicator_rows, tiers_under
from perftarget.tables.keys import AMOUNT, CALCULATION, GOALS, INDICATORS, SUPPRESSIONS
from perftarget.tables.shapes import (
    CalculationsField,
    FundingField,
    GoalsField,
    IndicatorsField,
    SuppressionsField,
)
from perftarget.text.source import Loc
from perftarget.values.parser import Period, parse


class Table(BaseModel):
    """One 项目支出预算绩效目标表. Every text is as the author wrote it; blank and absent are both ""."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    # A table is itself and no other: what is worked out for it once is kept by that.
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    name: Text = Field("", alias="项目名称")
    department: Text = Field("", alias="主管部门")
    unit: Text = Field("", alias="实施单位")
    attribute: Text = Field("", alias="项目属性", description="新增项目、延续项目等")
    period: Text = Field("", alias="项目期限", description="如 2025 年 1 月至 12 月")
    office: Text = Field("", alias="项目主管处室")
    amount: Text = Field("", alias=AMOUNT, description="带单位的金额，如 1320 万元")
    goals_written: GoalsField = Field("", alias=GOALS)
    indicators_written: IndicatorsField = Field("", alias=INDICATORS, description="二级指标 → 三级指标 → 绩效值")
    calculations_written: CalculationsField = Field("", alias=CALCULATION, description="年度金额如何组成")
    funding: FundingField = Field("", alias="资金来源", description="中央、自治区、县级、其他 → 金额")
    suppressions_written: SuppressionsField = Field("", alias=SUPPRESSIONS, description="经审核接受的问题及理由")
    _shape_errors: frozenset[Loc] = PrivateAttr(frozenset())

    @classmethod
    def of(cls, data: Any, shape_errors: frozenset[Loc] = frozenset()) -> Self:
        """Return the table of that data, from which the parts at `shape_errors` were left out.

        Raises pydantic.ValidationError for what does not fit the form.
        """
        return cls.model_validate(data, context=shape_errors)

    def model_post_init(self, context: Any, /) -> None:
        """Take the places of what was left out from the context of the validation."""
        self._shape_errors = context or frozenset()

    @cached_property
    def goals(self) -> list[str]:
        written = self.goals_written
        return written if isinstance(written, list) else [written] if written else []

    @cached_property
    def calculations(self) -> dict[int, Calculation]:
        """The lines by their index in the file; one that did not fit the form is absent."""
        lines = enumerate(self.calculations_written)
        return {index: line for index, line in lines if isinstance(line, Calculation) and line.model_fields_set}

    @cached_property
    def suppressions(self) -> dict[int, Suppression]:
        lines = enumerate(self.suppressions_written)
        return {index: line for index, line in lines if isinstance(line, Suppression) and line.model_fields_set}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The rows in the order of the file."""
        return tuple(row for tier in self.tiers for row in indicator_rows(tier))

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """Every second tier of the file, also one without a row."""
        written: Mapping[str, Any] = self.indicators_written or {}  # type: ignore[assignment]
        return tuple(tier for label, content in written.items() for tier in tiers_under(label, content))

    @cached_property
    def indicator_names(self) -> dict[Loc, str]:
        """The name of each row by the place of the row."""
        return {row.name_loc[:-1]: row.name for row in self.indicators}

    @cached_property
    def dates(self) -> Period | None:
        """The 项目期限, where it can be read as a period."""
        value = parse(self.period)
        return value if isinstance(value, Period) else None

    @property
    def year(self) -> int | None:
        """The year of the budget: the one in which the period ends."""
        return self.dates.end.year if self.dates else None

    def field(self, label: str) -> str:
        """The text of the head's field with that label (项目名称), "" when the file does not have it."""
        name = FIELD_NAMES.get(label)
        value = getattr(self, name) if name else (self.model_extra or {}).get(label, "")
        return value if isinstance(value, str) else ""

    @property
    def shape_errors(self) -> frozenset[Loc]:
        """Where the file has something that does not fit the form: reported as such, so never as missing."""
        return self._shape_errors

    def is_blank(self, label: str) -> bool:
        written = self.goals_written if label == GOALS else self.field(label).strip() or self._extra(label)
        return not written and (label,) not in self.shape_errors

    def _extra(self, label: str) -> bool:
        """Whether a field that only the profile knows has lines of its own: a list of documents."""
        written = (self.model_extra or {}).get(label)
        return bool(written) and not isinstance(written, str)

    def writes(self, label: str) -> bool:
        """Whether the file has that field at all, be it blank or a misfit."""
        return FIELD_NAMES.get(label, label) in self.model_fields_set or any(
            loc[0] == label for loc in self.shape_errors
        )


FIELD_NAMES: Final = {str(info.alias): name for name, info in Table.model_fields.items()}
