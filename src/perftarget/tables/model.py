"""The form as data: lenient, and of the same shape as the file. Chinese keys and English names meet only here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final, NamedTuple, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from perftarget.text.source import KEY, Loc
from perftarget.values.parser import Period, Unit, Value, comparable, parse, unit_in_name
from perftarget.values.tier_label import TierLabel

# An editor's YAML server reads 718 as a number and a blank as null; the file means text by all of them.
Text: TypeAlias = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]

INDICATORS: Final = "绩效指标"
GOALS: Final = "年度总体绩效目标"
AMOUNT: Final = "项目年度金额"
CALCULATION: Final = "资金测算"
WAIVERS: Final = "豁免"

_SHAPES: Final[dict[type, str]] = {str: "«text»", dict: "«mapping»", list: "«list»"}
SHAPE_NAMES: Final = frozenset({*_SHAPES.values(), "«entry»", "«tiers»"})
"""The tags that pydantic puts into the place of an error, which are no keys of the file."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Entry(_Part):
    """An indicator's value where the form has more columns than one for it."""

    name: Text = Field("", alias="指标", description="指标名称；只在同名指标用列表书写时需要")
    explanation: Text = Field("", alias="指标解释", description="指标的含义和计算口径")
    operator: Text = Field("", alias="符号", description="≥ ≤ = > <")
    value: Text = Field("", alias="值", description="绩效值")
    unit: Text = Field("", alias="单位", description="计量单位")
    nature: Text = Field("", alias="性质", description="定量、定性")
    direction: Text = Field("", alias="方向", description="正向、反向")
    weight: Text = Field("", alias="权重", description="权重，分")
    scoring: Text = Field("", alias="赋分规则", description="完成值如何得分")
    basis: Text = Field("", alias="设定依据")
    method: Text = Field("", alias="取值方式", description="直接证明、情况统计、趋势判断等")
    source: Text = Field("", alias="数据来源")
    evidence: Text = Field("", alias="佐证资料")
    remark: Text = Field("", alias="备注")


ENTRY_KEYS: Final = {name: str(info.alias) for name, info in Entry.model_fields.items()}
"""The columns of an indicator: their names here, and in the file."""
_NO_OPERATORS: Final = frozenset({"定性", "定量"})
"""What some forms write in the column of the sign where there is none."""
_ENTRY_LABELS: Final = frozenset(ENTRY_KEYS.values())


class Calculation(_Part):
    """One line of 资金测算: headcount × standard × months × share, or a fixed amount."""

    item: Text = Field("", alias="项目", description="支出内容")
    people: Text = Field("", alias="人数", description="指标名称，或带单位的数量（378 人）")
    standard: Text = Field("", alias="标准", description="指标名称，或带期间的金额（2050 元/月）")
    months: Text = Field("", alias="月数", description="按月发放时的月数")
    person_months: Text = Field("", alias="人月", description="实际人月数，代替 人数 × 月数")
    share: Text = Field("", alias="比例", description="本年度金额负担的比例（100%、2/3）；不写即 100%")
    amount: Text = Field("", alias="金额", description="固定金额（12 万元），代替以上各项")


class Waiver(_Part):
    """A finding that somebody has looked at and accepts, with the reason."""

    rule: Text = Field("", alias="规则", description="规则名称，如 amount-mismatch")
    reason: Text = Field("", alias="理由", description="必填：为什么可以这样")
    indicator: Text = Field("", alias="指标", description="只对这一指标有效；不写即对全表有效")
    until: Text = Field("", alias="至", description="有效期，如 2025-12-31；不写即长期有效")


def _shape(value: object) -> str | None:
    return _SHAPES.get(type(value))


class FirstTier(dict[str, Any]):
    """A mapping of second tiers, marked as one by the label that it stands under."""


def _mark_first_tiers(indicators: Any) -> Any:
    if not isinstance(indicators, dict):
        return indicators
    return {label: FirstTier(part) if is_first_tier(label, part) else part for label, part in indicators.items()}


def is_first_tier(label: str, content: Any) -> bool:
    """Whether second tiers, not indicators, stand under a label: its code says so, or the shape of what is there."""
    code = TierLabel.parse(label).code
    if not isinstance(content, dict) or len(code) > 1:
        return False
    filled = [part for part in content.values() if part not in ("", {})]
    if code or not label.strip():
        return bool(content) and all(isinstance(part, list) or _is_mapping_of_rows(part) for part in filled)
    return bool(filled) and all(map(_is_second_tier, filled))


def _is_second_tier(value: Any) -> bool:
    """Told by shape alone: {95} or [x] in the place of a value is a slip, and no tier."""
    if isinstance(value, list):
        return all(isinstance(item, (dict, Entry)) for item in value)
    return _is_mapping_of_rows(value) and any(part != "" for part in value.values())


def _is_mapping_of_rows(value: Any) -> bool:
    return isinstance(value, dict) and _ENTRY_LABELS.isdisjoint(value)


def _shape_of_tier(value: object) -> str | None:
    return "«tiers»" if isinstance(value, FirstTier) else _shape(value)


Blank: TypeAlias = Annotated[str, Field(max_length=0), WithJsonSchema({"type": "null"})]
_Text: TypeAlias = Annotated[Text, Tag("«text»")]
_Goals: TypeAlias = Annotated[_Text | Annotated[list[Text], Tag("«list»")], Discriminator(_shape)]
_Value: TypeAlias = Annotated[_Text | Annotated[Entry, Tag("«mapping»")], Discriminator(_shape)]
_Empty: TypeAlias = Annotated[Blank, Tag("«text»")]
_ByName: TypeAlias = Annotated[dict[str, _Value], Tag("«mapping»")]
_Listed: TypeAlias = Annotated[list[Entry], Tag("«list»")]
_Rows: TypeAlias = Annotated[_Empty | _ByName | _Listed, Discriminator(_shape)]
_Tiers: TypeAlias = Annotated[dict[str, _Rows], Tag("«tiers»")]
_Tier: TypeAlias = Annotated[_Empty | _ByName | _Listed | _Tiers, Discriminator(_shape_of_tier)]
_Indicators: TypeAlias = Annotated[
    _Empty | Annotated[dict[str, _Tier], BeforeValidator(_mark_first_tiers), Tag("«mapping»")], Discriminator(_shape)
]
_Calculations: TypeAlias = Annotated[_Empty | Annotated[list[Calculation], Tag("«list»")], Discriminator(_shape)]
_Funding: TypeAlias = Annotated[_Empty | Annotated[dict[str, Text], Tag("«mapping»")], Discriminator(_shape)]
_Waivers: TypeAlias = Annotated[_Empty | Annotated[list[Waiver], Tag("«list»")], Discriminator(_shape)]


@dataclass(eq=False)  # dozens a table, and a frozen one takes three times as long to make
class Indicator:
    """One row of the form: a third-tier indicator and its target value, and where they stand in the file."""

    first: str | None  # None where the file leaves the first tier to the code of the second
    second: str
    name: str
    written: str
    columns: Entry | None  # None where the file has nothing but the value
    loc: Loc
    name_loc: Loc
    tier_loc: Loc

    @cached_property
    def entry(self) -> Entry:
        return self.columns or Entry(值=self.written)

    @cached_property
    def text(self) -> str:
        """The target value as written, its columns joined."""
        entry = self.columns
        if entry is None:
            return self.written
        operator = entry.operator if entry.operator not in _NO_OPERATORS else ""
        unit = entry.unit if entry.unit not in entry.value else ""
        return f"{operator}{entry.value}{unit}"

    @cached_property
    def value(self) -> Value:
        return parse(self.text, name=self.name)

    @cached_property
    def cell(self) -> Value:
        """The value of its own cell, without what the columns of sign and unit add."""
        return self.value if self.written == self.text else parse(self.written, name=self.name)

    @cached_property
    def bare_name(self) -> str:
        """The name without spaces, prefix and unit: what tells whether two are the same."""
        return comparable(self.name)

    @cached_property
    def named_unit(self) -> Unit | None:
        """The unit in the name."""
        return unit_in_name(self.name)


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
    goals_written: _Goals = Field("", alias=GOALS)
    tiers: _Indicators = Field("", alias=INDICATORS, description="二级指标 → 三级指标 → 绩效值")
    calculations_written: _Calculations = Field("", alias=CALCULATION, description="年度金额如何组成")
    funding: _Funding = Field("", alias="资金来源", description="中央、自治区、县级、其他 → 金额")
    waivers_written: _Waivers = Field("", alias=WAIVERS, description="经审核接受的问题及理由")

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
    def waivers(self) -> dict[int, Waiver]:
        lines = enumerate(self.waivers_written)
        return {index: line for index, line in lines if isinstance(line, Waiver) and line.model_fields_set}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The rows in the order of the file."""
        return tuple(row for tier in self.tier_places for row in _rows(tier))

    @cached_property
    def tier_places(self) -> tuple[TierPlace, ...]:
        """Every second tier of the file, also one without a row."""
        tiers: Mapping[str, Any] = self.tiers or {}  # type: ignore[assignment]
        return tuple(place for label, content in tiers.items() for place in _tier_places(label, content))

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

    @cached_property
    def misfits(self) -> frozenset[Loc]:
        """Where the file has something that does not fit the form; it was said, and nobody may call it missing."""
        return frozenset()

    def is_blank(self, label: str) -> bool:
        written = self.goals_written if label == GOALS else self.field(label).strip() or self._extra(label)
        return not written and (label,) not in self.misfits

    def _extra(self, label: str) -> bool:
        """Whether a field that only the profile knows has lines of its own: a list of documents."""
        written = (self.model_extra or {}).get(label)
        return bool(written) and not isinstance(written, str)

    def writes(self, label: str) -> bool:
        """Whether the file has that field at all, be it blank or a misfit."""
        return FIELD_NAMES.get(label, label) in self.model_fields_set or any(loc[0] == label for loc in self.misfits)


class TierPlace(NamedTuple):
    """A second tier: the first-tier label as written (None where there is none), its own label, its rows, its place."""

    first: str | None
    second: str
    content: Any
    loc: Loc


FIELD_NAMES: Final = {str(info.alias): name for name, info in Table.model_fields.items()}


def _tier_places(label: str, content: Any) -> Iterator[TierPlace]:
    if is_first_tier(label, content):
        for second, rows in content.items():
            yield TierPlace(label, second, rows, (INDICATORS, label, second))
    else:
        yield TierPlace(None, label, content, (INDICATORS, label))


def _rows(tier: TierPlace) -> Iterator[Indicator]:
    pairs = tier.content.items() if isinstance(tier.content, dict) else enumerate(tier.content or ())
    tier_loc = (*tier.loc, KEY)
    for key, value in pairs:
        loc = (*tier.loc, key)
        if isinstance(value, str):
            yield Indicator(tier.first, tier.second, str(key), value, None, loc, (*loc, KEY), tier_loc)
        elif isinstance(key, str) or value.model_fields_set:  # else an item of a list that did not fit the form
            name, name_loc = (key, (*loc, KEY)) if isinstance(key, str) else (value.name, (*loc, "指标"))
            yield Indicator(tier.first, tier.second, name, value.value, value, (*loc, "值"), name_loc, tier_loc)
