"""Models of the mappings inside a table: the columns of an indicator, a calculation and a suppression."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

# The YAML server of an editor reads 718 as a number and a blank as null; in this file they are all text.
Text: TypeAlias = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]


class _Part(BaseModel):
    """Base of the immutable models that allow no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Entry(_Part):
    """The columns of an indicator, for forms that have more columns than the target value."""

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
"""The columns of an indicator: attribute name → key in the file."""

NO_OPERATORS: Final = frozenset({"定性", "定量"})
"""Texts that some forms have in the operator column of an indicator without an operator."""

ENTRY_LABELS: Final = frozenset(ENTRY_KEYS.values())
"""The keys of the columns in the file."""


class Calculation(_Part):
    """A line of 资金测算: headcount × standard × months × share, or a fixed amount."""

    item: Text = Field("", alias="项目", description="支出内容")
    people: Text = Field("", alias="人数", description="指标名称，或带单位的数量（378 人）")
    standard: Text = Field("", alias="标准", description="指标名称，或带期间的金额（2050 元/月）")
    months: Text = Field("", alias="月数", description="按月发放时的月数")
    person_months: Text = Field("", alias="人月", description="实际人月数，代替 人数 × 月数")
    share: Text = Field("", alias="比例", description="本年度金额负担的比例（100%、2/3）；不写即 100%")
    amount: Text = Field("", alias="金额", description="固定金额（12 万元），代替以上各项")


class Suppression(_Part):
    """A reviewed and accepted finding, with the reason."""

    rule: Text = Field("", alias="规则", description="规则名称，如 amount-mismatch")
    reason: Text = Field("", alias="理由", description="必填：为什么可以这样")
    indicator: Text = Field("", alias="指标", description="只对这一指标有效；不写即对全表有效")
    until: Text = Field("", alias="至", description="有效期，如 2025-12-31；不写即长期有效")
