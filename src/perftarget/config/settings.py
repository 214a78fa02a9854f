"""The settings of a profile: their types, defaults and descriptions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema, field_validator

from perftarget.limits import DEFAULT_LIMITS, MAX_LIMITS
from perftarget.values.parser import Quantity, parse

Level: TypeAlias = Literal["error", "warning", "info", "off"]


def _share(written: object) -> object:
    """Parse the text `5%` or `0.05` as a share of 1; other types are returned unchanged. Raises ValueError."""
    if not isinstance(written, str):
        return written
    match = re.fullmatch(r"\s*([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*([%％]?)\s*", written)
    if not match:
        raise ValueError("not a share")
    return Decimal(match[1]) / (100 if match[2] else 1)


_SHARE_SCHEMA: Final = {"type": ["string", "number"], "pattern": r"^[0-9]+(\.[0-9]+)?%?$"}
Share: TypeAlias = Annotated[Decimal, BeforeValidator(_share), Field(ge=0, le=1), WithJsonSchema(_SHARE_SCHEMA)]


class InvalidSettingError(ValueError):
    """An invalid value of a setting; `expected` describes the valid values in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.expected = (zh, en)


def _year(written: object) -> int | None:
    """Parse the text of a year such as `2025`; blank text is None."""
    year = str(written or "").strip()
    if year and not re.fullmatch("(?:19|20)[0-9]{2}", year):
        raise InvalidSettingError("应为年份，如 2025", "write a year, like 2025")
    return int(year) if year else None


_YEAR_SCHEMA: Final = {"type": ["integer", "string", "null"], "pattern": r"^(19|20)[0-9]{2}$"}
Year: TypeAlias = Annotated[int | None, BeforeValidator(_year), WithJsonSchema(_YEAR_SCHEMA)]


def _standard(written: object) -> object:
    """Return the text of a standard such as `2050 元/月` unchanged. Raises InvalidSettingError if it is no amount."""
    value = parse(str(written))
    if not isinstance(value, Quantity) or value.money is None or value.money <= 0:
        raise InvalidSettingError("应为标准，如 2050 元/月", "write a standard, like “2050 元/月”")
    return written


Standard: TypeAlias = Annotated[str, BeforeValidator(_standard)]


def _basis(written: object) -> str:
    """Return the name of a document on one line. Raises InvalidSettingError if it is blank, long or no text."""
    text = " ".join(written.split()) if isinstance(written, str) else ""
    if not 0 < len(text) <= _MAX_BASIS_LENGTH:
        raise InvalidSettingError("应为文件名称，如 县财发〔2025〕12号", "write the name of a document")
    return text


_MAX_BASIS_LENGTH: Final = 200
Basis: TypeAlias = Annotated[
    str, BeforeValidator(_basis), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _MAX_BASIS_LENGTH})
]


def _number(written: object) -> int:
    """Parse the text of a positive whole number such as `100`."""
    if not re.fullmatch("[1-9][0-9]{0,5}", str(written).strip()):
        raise InvalidSettingError("应为正整数，如 100", "write a whole number, like 100")
    return int(str(written))


def _cap(written: object) -> int | None:
    """Parse the text of a positive whole number; blank text is None."""
    return None if written in ("", None) else _number(written)


def _decimals(written: object) -> int:
    """Parse the text of a number of decimals, from 0 to 8."""
    if not re.fullmatch("[0-8]", str(written).strip()):
        raise InvalidSettingError("应为 0 到 8 的整数，如 2", "write a whole number from 0 to 8, like 2")
    return int(str(written))


def _whole_number_schema(pattern: str, *others: str) -> WithJsonSchema:
    """Return the JSON Schema of a whole number that may be written as text; `others` are further JSON types."""
    return WithJsonSchema({"type": ["integer", "string", *others], "pattern": pattern})


Number: TypeAlias = Annotated[int, BeforeValidator(_number), _whole_number_schema("^[1-9][0-9]{0,5}$")]
Cap: TypeAlias = Annotated[int | None, BeforeValidator(_cap), _whole_number_schema("^[1-9][0-9]{0,5}$", "null")]
Decimals: TypeAlias = Annotated[int, BeforeValidator(_decimals), _whole_number_schema("^[0-8]$")]


def _points(written: object) -> object:
    """Parse the text of a number of points such as `100` or `12.5`; blank text is None."""
    if written in ("", None):
        return None
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,2})?", str(written).strip()):
        raise InvalidSettingError("应为分值，如 100", "write points, like 100")
    return Decimal(str(written).strip())


_POINTS_SCHEMA: Final = {"type": ["number", "string", "null"], "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"}
Points: TypeAlias = Annotated[Decimal | None, BeforeValidator(_points), WithJsonSchema(_POINTS_SCHEMA)]


def _totals(written: object) -> object:
    """Parse one accepted total or a list of them; blank text is an empty list."""
    listed = written if isinstance(written, (list, tuple)) else [written]
    return [points for text in listed if (points := _points(text)) is not None]


_TOTALS_SCHEMA: Final = {"anyOf": [_POINTS_SCHEMA, {"type": "array", "items": _POINTS_SCHEMA}]}
Totals: TypeAlias = Annotated[tuple[Decimal, ...], BeforeValidator(_totals), WithJsonSchema(_TOTALS_SCHEMA)]


class Setting(BaseModel):
    """The base class of settings: immutable, without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FieldSetting(Setting):
    """The requirements of a field in the head of the form."""

    required: Literal["error", "warning", "off"] = Field("off", description="空白时的级别")
    aliases: list[str] = Field([], description="其他表式中的名称，导入时识别")
    max_length: Cap = Field(None, description="最多多少字；不写即不限")
    choices: list[str] = Field([], description="可选的内容，如 新增项目、延续项目；不写即不限")


class TierSetting(Setting):
    """The requirements of a second tier."""

    required: Literal["error", "warning", "off"] = Field("off", description="没有指标时的级别")
    aliases: list[str] = Field([], description="同样认可的名称")
    means: str = Field(
        "", description="通用的名称，各规则按它识别这一级；与名称相同时不写，如 经济成本指标 即 成本指标"
    )


WordList: TypeAlias = list[str] | dict[str, str]
"""A list of words, or a mapping of words to their replacements or meanings."""


class FirstTierSetting(TierSetting):
    """The requirements of a first tier and of its second tiers."""

    second: dict[str, TierSetting] = Field({}, description="所属二级指标，依表式顺序")
    weight: Points = Field(None, description="其下各指标权重之和，如 40；写明的一级指标都有指标时才检查")


class Columns(Setting):
    """The headings of the indicator columns; the first of each is printed, the others are recognized on import."""

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
    """The maximum length of the cells of an indicator; see `fields` for the fields of the head."""

    name: Number = Field(100, description="指标名称最多多少字")
    value: Cap = Field(None, description="绩效值最多多少字；不写即不限")
    name_bytes: Cap = Field(None, description="指标名称最多多少字节（UTF-8，一个汉字三个），如 300；不写即不限")
    value_bytes: Cap = Field(None, description="绩效值最多多少字节，如 1000；不写即不限")
    remark_bytes: Cap = Field(None, description="备注最多多少字节，如 2000；不写即不限")


class Rows(Setting):
    """The usual minimum and maximum number of indicators of a table."""

    least: Number = Field(5, description="少于此数时建议补充")
    most: Number = Field(30, description="多于此数时建议精简")


class Weights(Setting):
    """The required total of the weights of the indicators."""

    total: Totals = Field((), description="各指标权重之和，如 100，或 [90, 100]；写明后每个指标都应有权重")


class Tolerance(Setting):
    """The accepted deviation of calculated amounts."""

    share: Share = Field(Decimal("0.05"), description="推算金额与申报金额相差不超过此比例时不提示")


class LimitSettings(Setting):
    """Limits on the size of files that are read and on the number of findings shown, with fixed upper bounds."""

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
        """Parse the text of a whole number such as `200_000`. Raises InvalidSettingError if it is out of range."""
        text, maximum = str(written).strip().replace("_", ""), int(getattr(MAX_LIMITS, str(info.field_name)))
        if not re.fullmatch("[1-9][0-9]{0,8}", text) or int(text) > maximum:
            raise InvalidSettingError(f"应为 1 到 {maximum} 的整数", f"write a whole number from 1 to {maximum}")
        return int(text)


class AnnexFaces(Setting):
    """The typefaces of the rendered annex."""

    title: str = Field("方正小标宋简体", max_length=31, description="附件和表格的标题")
    heading: str = Field("黑体", max_length=31, description="附件标号、栏目")
    text: str = Field("仿宋_GB2312", max_length=31, description="表格文字")
    number: str = Field("宋体", max_length=31, description="页码")


class Annex(Setting):
    """The headings and the text size of the rendered annex."""

    label: str = "附件2"
    bureau: str = Field("", description="编制单位；不写则取各表共同的实施单位")
    title: str = Field("", description="附件标题；不写则为“编制单位＋项目支出预算绩效目标表”")
    faces: AnnexFaces = Field(default_factory=AnnexFaces, description="字体，每个名称最多 31 个字符")
    reviewer: str = Field("", description="退回修改意见由谁发出；不写则留空")
    size: Literal["auto", "小四", "五号"] = Field("auto", description="表格文字的字号；auto 为放得下的最大字号")
