"""The settings that a profile is made of: each says what it takes, and what it is for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema, field_validator

from perftarget.limits import DEFAULT_LIMITS, MAX_LIMITS
from perftarget.values.parser import Quantity, parse

Level: TypeAlias = Literal["error", "warning", "info", "off"]


def _share(written: object) -> object:
    """`5%` or `0.05` as text to a Decimal of 1."""
    if not isinstance(written, str):
        return written
    matched = re.fullmatch(r"\s*([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*([%％]?)\s*", written)
    if not matched:
        raise ValueError("not a share")
    return Decimal(matched[1]) / (100 if matched[2] else 1)


_SHARE_SCHEMA: Final = {"type": ["string", "number"], "pattern": r"^[0-9]+(\.[0-9]+)?%?$"}
Share: TypeAlias = Annotated[Decimal, BeforeValidator(_share), Field(ge=0, le=1), WithJsonSchema(_SHARE_SCHEMA)]


class InvalidSettingError(ValueError):
    """A value that a setting cannot take; says what is expected, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.expected = (zh, en)


def _year(written: object) -> int | None:
    """`2025` as text to a year; nothing, where nothing is written."""
    year = str(written or "").strip()
    if year and not re.fullmatch("(?:19|20)[0-9]{2}", year):
        raise InvalidSettingError("应为年份，如 2025", "write a year, like 2025")
    return int(year) if year else None


_YEAR_SCHEMA: Final = {"type": ["integer", "string", "null"], "pattern": r"^(19|20)[0-9]{2}$"}
Year: TypeAlias = Annotated[int | None, BeforeValidator(_year), WithJsonSchema(_YEAR_SCHEMA)]


def _standard(written: object) -> object:
    """`2050 元/月` as text, which a rule reads again; anything but an amount is refused here."""
    value = parse(str(written))
    if not isinstance(value, Quantity) or value.money is None or value.money <= 0:
        raise InvalidSettingError("应为标准，如 2050 元/月", "write a standard, like “2050 元/月”")
    return written


Standard: TypeAlias = Annotated[str, BeforeValidator(_standard)]


def _number(written: object) -> int:
    """`100` as text to a number above zero."""
    if not re.fullmatch("[1-9][0-9]{0,5}", str(written).strip()):
        raise InvalidSettingError("应为正整数，如 100", "write a whole number, like 100")
    return int(str(written))


def _cap(written: object) -> int | None:
    """The same; nothing, where nothing is written."""
    return None if written in ("", None) else _number(written)


def _decimals(written: object) -> int:
    if not re.fullmatch("[0-8]", str(written).strip()):
        raise InvalidSettingError("应为 0 到 8 的整数，如 2", "write a whole number from 0 to 8, like 2")
    return int(str(written))


def _whole(pattern: str, *others: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["integer", "string", *others], "pattern": pattern})


Number: TypeAlias = Annotated[int, BeforeValidator(_number), _whole("^[1-9][0-9]{0,5}$")]
Cap: TypeAlias = Annotated[int | None, BeforeValidator(_cap), _whole("^[1-9][0-9]{0,5}$", "null")]
Decimals: TypeAlias = Annotated[int, BeforeValidator(_decimals), _whole("^[0-8]$")]


def _points(written: object) -> object:
    """`100` or `12.5` as text to a Decimal; nothing, where nothing is written."""
    if written in ("", None):
        return None
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,2})?", str(written).strip()):
        raise InvalidSettingError("应为分值，如 100", "write points, like 100")
    return Decimal(str(written).strip())


_POINTS_SCHEMA: Final = {"type": ["number", "string", "null"], "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"}
Points: TypeAlias = Annotated[Decimal | None, BeforeValidator(_points), WithJsonSchema(_POINTS_SCHEMA)]


def _totals(written: object) -> object:
    """One total, or a list of those that are all right; none, where nothing is written."""
    listed = written if isinstance(written, (list, tuple)) else [written]
    return [points for one in listed if (points := _points(one)) is not None]


_TOTALS_SCHEMA: Final = {"anyOf": [_POINTS_SCHEMA, {"type": "array", "items": _POINTS_SCHEMA}]}
Totals: TypeAlias = Annotated[tuple[Decimal, ...], BeforeValidator(_totals), WithJsonSchema(_TOTALS_SCHEMA)]


class Setting(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FieldSetting(Setting):
    """A field of the form's head."""

    required: Literal["error", "warning", "off"] = Field("off", description="空白时的级别")
    aliases: list[str] = Field([], description="其他表式中的名称，导入时识别")
    max_length: Cap = Field(None, description="最多多少字；不写即不限")


class TierSetting(Setting):
    """A second tier."""

    required: Literal["error", "warning", "off"] = Field("off", description="没有指标时的级别")
    aliases: list[str] = Field([], description="同样认可的名称")
    means: str = Field(
        "", description="通用的名称，各规则按它识别这一级；与名称相同时不写，如 经济成本指标 即 成本指标"
    )


WordList: TypeAlias = list[str] | dict[str, str]
"""Words, or words with what each stands for."""


class FirstTierSetting(TierSetting):
    second: dict[str, TierSetting] = Field({}, description="所属二级指标，依表式顺序")
    weight: Points = Field(None, description="其下各指标权重之和，如 40；写明的一级指标都有指标时才检查")


class Columns(Setting):
    """The heads of the indicator columns, the printed one first."""

    first: list[str] = ["一级指标"]
    second: list[str] = ["二级指标"]
    name: list[str] = ["三级指标"]
    explanation: list[str] = []
    value: list[str] = ["绩效值"]
    operator: list[str] = []
    unit: list[str] = []
    nature: list[str] = []
    direction: list[str] = []
    weight: list[str] = []
    scoring: list[str] = []
    basis: list[str] = []
    method: list[str] = []
    source: list[str] = []
    evidence: list[str] = []
    remark: list[str] = []


class Caps(Setting):
    """How long the cells of an indicator may be; what a field of the head may be is said with the field."""

    name: Number = Field(100, description="指标名称最多多少字")
    value: Cap = Field(None, description="绩效值最多多少字；不写即不限")


class Rows(Setting):
    """How many indicators a table has."""

    least: Number = Field(5, description="少于此数时建议补充")
    most: Number = Field(30, description="多于此数时建议精简")


class Weights(Setting):
    """What the weights of the indicators come to."""

    total: Totals = Field((), description="各指标权重之和，如 100，或 [90, 100]；写明后每个指标都应有权重")


class Tolerance(Setting):
    share: Share = Field(Decimal("0.05"), description="推算金额与申报金额相差不超过此比例时不提示")


class LimitSettings(Setting):
    """How much of a file is read, and shown; no profile sets more than the largest."""

    file_size: int = Field(
        DEFAULT_LIMITS.file_size, ge=1, le=MAX_LIMITS.file_size, description="YAML 和文本文件最多多少字节"
    )
    package_size: int = Field(
        DEFAULT_LIMITS.package_size, ge=1, le=MAX_LIMITS.package_size, description="Word 和 Excel 文件最多多少字节"
    )
    unpacked_size: int = Field(
        DEFAULT_LIMITS.unpacked_size,
        ge=1,
        le=MAX_LIMITS.unpacked_size,
        description="Word 和 Excel 文件中的一个部分展开后最多多少字节",
    )
    ratio: int = Field(DEFAULT_LIMITS.ratio, ge=1, le=MAX_LIMITS.ratio, description="这样的部分展开后最多大多少倍")
    depth: int = Field(DEFAULT_LIMITS.depth, ge=1, le=MAX_LIMITS.depth, description="YAML 最多多少层")
    cells: int = Field(
        DEFAULT_LIMITS.cells, ge=1, le=MAX_LIMITS.cells, description="一个工作表或文本最多多少个有内容的单元格"
    )
    columns: int = Field(DEFAULT_LIMITS.columns, ge=1, le=MAX_LIMITS.columns, description="最多多少列")
    shown: int = Field(
        DEFAULT_LIMITS.shown, ge=1, le=MAX_LIMITS.shown, description="文本结果中，每个文件最多显示多少处问题"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _whole(cls, written: object, info: ValidationInfo) -> int:
        """`200_000` as text to a number."""
        text, most = str(written).strip().replace("_", ""), int(getattr(MAX_LIMITS, str(info.field_name)))
        if not re.fullmatch("[1-9][0-9]{0,8}", text) or int(text) > most:
            raise InvalidSettingError(f"应为 1 到 {most} 的整数", f"write a whole number from 1 to {most}")
        return int(text)


class AnnexFaces(Setting):
    """Which face stands where in the rendered annex."""

    title: str = Field("方正小标宋简体", max_length=31, description="附件和表格的标题")
    heading: str = Field("黑体", max_length=31, description="附件标号、栏目")
    text: str = Field("仿宋_GB2312", max_length=31, description="表格文字")
    number: str = Field("宋体", max_length=31, description="页码")


class Annex(Setting):
    """How the rendered annex is headed."""

    label: str = "附件2"
    bureau: str = Field("", description="编制单位；不写则取各表共同的实施单位")
    title: str = Field("", description="附件标题；不写则为“编制单位＋项目支出预算绩效目标表”")
    faces: AnnexFaces = Field(default_factory=AnnexFaces, description="字体，每个名称最多 31 个字符")
    reviewer: str = Field("", description="退回修改意见由谁发出；不写则留空")
    size: Literal["auto", "小四", "五号"] = Field("auto", description="表格文字的字号；auto 为放得下的最大字号")
