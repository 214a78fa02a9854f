"""What a year's or a province's form demands, and how strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import Field, PrivateAttr

from perftarget.config.settings import (
    Annex,
    Caps,
    Columns,
    Decimals,
    FieldSetting,
    FirstTierSetting,
    Level,
    LimitSettings,
    Rows,
    Setting,
    Standard,
    TierSetting,
    Tolerance,
    Weights,
    WordList,
    Year,
)
from perftarget.limits import Limits
from perftarget.text.digest import digest
from perftarget.text.source import Loc, Place, Source
from perftarget.values.tier_label import TierLabel

DEFAULT: Final = "nx-county-2025"

_MOST_NAMES: Final = 1000  # of tiers, that are kept: rules ask for the same few again and again


_Answer = TypeVar("_Answer")


class _Known(dict[str, _Answer]):
    """What was found out about the tiers and the word lists of the form, each once."""

    def __init__(self, find: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, written: str) -> _Answer:
        answer = self._find(written)
        if len(self) < _MOST_NAMES:
            self[written] = answer
        return answer


class Profile(Setting):
    """The settings of a run; a file that `extends` another says only what differs, lists being replaced whole."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__

    _sources: tuple[Source, ...] = PrivateAttr(())
    _files: dict[str, str] = PrivateAttr(default_factory=dict)
    _digest: str = PrivateAttr("")

    extends: str = Field(DEFAULT, description="所依据的内置表式名称，或另一个配置文件的路径")
    lang: Literal["zh", "en"] | None = Field(None, description="提示用的语言；--lang 优先，都不写则按系统语言")
    paths: list[str] = Field(["data/"], description="不带路径运行时检查的文件和文件夹")
    title: str = Field("", description="表名，印在每张表上")
    amount_unit: Literal["元", "万元", "亿元"] = Field("万元", description="金额单位")
    amount_decimals: Decimals = Field(2, description="金额按此单位最多保留几位小数")
    head: list[Annotated[list[str], Field(min_length=1, max_length=2)]] = Field(
        [], description="表头各行的栏目，每行一个或两个"
    )
    fields: dict[str, FieldSetting] = Field({}, description="表头栏目的要求")
    columns: Columns = Columns()
    tiers: dict[str, FirstTierSetting] = Field({}, description="一级指标，依表式顺序")
    required_columns: list[Literal["basis", "source"]] = Field(
        [], description="每个指标都应填写的栏：basis 设定依据，source 数据来源"
    )
    caps: Caps = Caps()
    rows: Rows = Rows()
    weights: Weights = Weights()
    tolerance: Tolerance = Tolerance()
    year: Year = Field(None, description="预算年度，如 2025；写明后检查项目期限是否在这一年之内")
    standards: dict[str, Standard] = Field(
        {},
        description="政策规定的标准：指标名称中的词（几个词用空格隔开，都要有）→ 标准，如 公益性岗位 补贴: 2050 元/月",
    )
    words: dict[str, WordList] = Field(
        {}, description="各规则用的词表；写在这里的是追加，以 - 开头的词、值为空的对应项是去掉"
    )
    operator: Literal["required", "optional"] = Field("optional", description="绩效值是否都要写比较符号")
    severity: dict[str, Level] = Field({}, description="规则名称 → 级别")
    annex: Annex = Annex()
    limits: LimitSettings = LimitSettings()

    @classmethod
    def of(cls, data: Any, sources: Sequence[Source], inherited: Sequence[Source] = ()) -> Self:
        """Return the profile of merged settings.

        `sources` are the configuration files that they were read from, the nearest first; `inherited` the built-in
        profiles below them. Raises pydantic.ValidationError.
        """
        return cls.model_validate(data, context=(tuple(sources), tuple(inherited)))

    def model_post_init(self, context: Any, /) -> None:
        """Take the files that the settings were read from out of the context of the validation."""
        sources, inherited = context or ((), ())
        self._sources = sources
        self._files = {one.path: digest(one.text.encode()) for one in sources}
        self._digest = digest("\0".join(one.text for one in (*sources, *inherited)).encode())

    @cached_property
    def bounds(self) -> Limits:
        """The limits, for those who know no profile."""
        return Limits(**self.limits.model_dump())

    @cached_property
    def second_tiers(self) -> dict[str, tuple[str, TierSetting]]:
        """Every second-tier label of the form with the label of its first tier and its setting."""
        return {label: (first, setting) for first, tier in self.tiers.items() for label, setting in tier.second.items()}

    def first_of(self, second: str) -> str | None:
        """The first tier that a second-tier label belongs to: by its code, else by its name."""
        return self.first_tiers[second]

    def _first_of(self, second: str) -> str | None:
        written = TierLabel.parse(second)
        label = self.second_of(second)
        if label and len(written.code) == 1:
            return self.second_tiers[label][0]  # 2.质量指标: a number in a list, no code
        for first in self.tiers:
            if written.code and written.code[0] == TierLabel.parse(first).code:
                return first
        return self.second_tiers[label][0] if label else None

    def terms(self, name: str) -> tuple[str, ...]:
        """The words of that list, the longest first."""
        return self.sorted_words[name]

    def pairs(self, name: str) -> dict[str, str]:
        """The words of that list with what each stands for."""
        pairs = self.words[name]
        return pairs if isinstance(pairs, dict) else dict.fromkeys(pairs, "")

    def pattern(self, name: str) -> re.Pattern[str]:
        """Any one word of that list."""
        return self.patterns[name]

    # What rules ask for again and again has names without an underscore: pydantic makes private attributes of the
    # others, and looks those up by a dozen steps each time.
    @cached_property
    def sorted_words(self) -> dict[str, tuple[str, ...]]:
        return _Known(self._sorted)

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        return _Known(self._pattern)

    def _sorted(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.words[name], key=lambda word: (-len(word), word)))

    def _pattern(self, name: str) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.sorted_words[name])) or "(?!)")

    @property
    def digest(self) -> str:
        """Of the texts of those files: the same where the profile is."""
        return self._digest

    @property
    def files(self) -> Mapping[str, str]:
        """The files that it was read from, with the digest of the text of each; built-in ones are not among them."""
        return self._files

    def __getstate__(self) -> dict[Any, Any]:
        """Without what was found out on the way: the same profile is the same bytes, whatever it was asked before."""
        state = super().__getstate__()
        fields = type(self).model_fields
        return {**state, "__dict__": {name: value for name, value in state["__dict__"].items() if name in fields}}

    def place(self, at: Loc) -> Place:
        """Where a setting is written: in its own file, or in one that it extends."""
        return source_of_setting(self._sources, at).place(at)

    def second_of(self, written: str) -> str | None:
        """The form's label for a second tier written with it, an alias of it, or its name with or without 指标."""
        return _find(self.second_names, written)

    def tier_name(self, written: str) -> str:
        """The name that rules know a tier by: without its code, that of the form's label, or what that means."""
        return self.tier_names[written]

    def _tier_name(self, written: str) -> str:
        label = self.second_of(written)
        return (self.second_tiers[label][1].means if label else "") or TierLabel.parse(label or written).name

    def first_named(self, written: str) -> str | None:
        """The form's label for a first tier, likewise."""
        return _find(self.first_names, written)

    def is_tier(self, written: str) -> bool:
        """Whether it is a label of the form, of either level."""
        return bool(self.second_of(written) or self.first_named(written))

    def second_with_code(self, code: str) -> str | None:
        return self.second_codes.get(code)

    @cached_property
    def second_codes(self) -> dict[str, str]:
        """The labels by their codes, of two that have the same one the first."""
        pairs = ((TierLabel.parse(label).code, label) for label in reversed(self.second_tiers))
        return {code: label for code, label in pairs if code}

    @cached_property
    def first_labels(self) -> set[str]:
        """The labels that a first tier may have: the form's and the accepted aliases."""
        return {name for label, setting in self.tiers.items() for name in (label, *setting.aliases)}

    @cached_property
    def second_labels(self) -> set[str]:
        """The labels that a second tier may have, likewise."""
        pairs = ((label, setting) for label, (_, setting) in self.second_tiers.items())
        return {name for label, setting in pairs for name in (label, *setting.aliases)}

    @cached_property
    def tier_names(self) -> dict[str, str]:
        return _Known(self._tier_name)

    @cached_property
    def first_tiers(self) -> dict[str, str | None]:
        return _Known(self._first_of)

    @cached_property
    def second_names(self) -> dict[str, str]:
        return dict(_names({label: setting for label, (_, setting) in self.second_tiers.items()}))

    @cached_property
    def first_names(self) -> dict[str, str]:
        return dict(_names(self.tiers))


def source_of_setting(sources: Sequence[Source], at: Loc) -> Source:
    """The one that writes a setting, or most of the way to it; the first of several is the one that counts."""
    depths = (len(at) - missing for missing in range(len(at)))
    deepest = next((one for depth in depths for one in sources if at[:depth] in one.spans), None)
    return deepest or next(iter(sources), Source("", ""))


def _names(tiers: Mapping[str, TierSetting]) -> Iterator[tuple[str, str]]:
    for label, setting in tiers.items():
        for name in filter(None, (TierLabel.parse(label).name, setting.means, *setting.aliases)):
            yield name.removesuffix("指标"), label
        yield label, label


def _find(names: Mapping[str, str], written: str) -> str | None:
    return names.get(written) or names.get(TierLabel.parse(written).name.removesuffix("指标"))
