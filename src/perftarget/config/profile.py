"""The profile: the form of a year or province and the settings of its rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import Field, PrivateAttr

from perftarget.config.lexicon import Lexicon
from perftarget.config.settings import (
    Annex,
    Basis,
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

_MAX_CACHED: Final = 1000
"""The maximum number of results that a cache keeps; rules look up the same few names repeatedly."""


_Result = TypeVar("_Result")


class _LookupCache(dict[str, _Result]):
    """A cache of a lookup by name, filled on access."""

    def __init__(self, find: Callable[[str], _Result]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> _Result:
        result = self._find(name)
        if len(self) < _MAX_CACHED:
            self[name] = result
        return result


class Profile(Setting):
    """The settings of a run.

    A file that `extends` another contains only the differences; its lists replace those of the extended file, except
    for word lists, which are merged.
    """

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
    lexicon: Lexicon = Field(
        Lexicon(), description="指标名称说明绩效值是什么、越高还是越低越好；写在这里的是追加，以 - 开头的词是去掉"
    )
    operator: Literal["required", "optional"] = Field("optional", description="绩效值是否都要写比较符号")
    severity: dict[str, Level] = Field({}, description="规则名称 → 级别")
    basis: dict[str, Basis] = Field(
        {}, description="规则名称 → 本地文件，如 县财发〔2025〕12号 第六条；结果和退回修改意见以此为依据"
    )
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
        """Store the sources of the settings, which are passed as the context of the validation."""
        sources, inherited = context or ((), ())
        self._sources = sources
        self._files = {source.path: digest(source.text.encode()) for source in sources}
        self._digest = digest("\0".join(source.text for source in (*sources, *inherited)).encode())

    @cached_property
    def read_limits(self) -> Limits:
        """The limits as a value that does not depend on the profile, for lower layers."""
        return Limits(**self.limits.model_dump())

    @cached_property
    def second_tiers(self) -> dict[str, tuple[str, TierSetting]]:
        """The labels of all second tiers, each with the label of its first tier and its setting."""
        return {label: (first, setting) for first, tier in self.tiers.items() for label, setting in tier.second.items()}

    def first_tier_of(self, second: str) -> str | None:
        """Return the label of the first tier of a second-tier label, found by its code, else by its name, or None."""
        return self.first_tiers[second]

    def _first_of(self, second: str) -> str | None:
        written = TierLabel.parse(second)
        label = self.second_tier_label(second)
        if label and len(written.code) == 1:
            return self.second_tiers[label][0]  # the 2 of 2.质量指标 numbers a list item and is no code
        for first in self.tiers:
            if written.code and written.code[0] == TierLabel.parse(first).code:
                return first
        return self.second_tiers[label][0] if label else None

    def terms(self, name: str) -> tuple[str, ...]:
        """Return the words of a word list, longest first."""
        return self.sorted_words[name]

    def pairs(self, name: str) -> dict[str, str]:
        """Return the words of a word list with their replacements or meanings, "" if they have none."""
        pairs = self.words[name]
        return pairs if isinstance(pairs, dict) else dict.fromkeys(pairs, "")

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return a pattern that matches any word of a word list."""
        return self.patterns[name]

    # The caches have public names, since pydantic turns names with an underscore into private attributes, which are
    # much slower to access.
    @cached_property
    def sorted_words(self) -> dict[str, tuple[str, ...]]:
        """The words of each word list, longest first."""
        return _LookupCache(self._sorted)

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """The pattern of each word list."""
        return _LookupCache(self._pattern)

    def _sorted(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.words[name], key=lambda word: (-len(word), word)))

    def _pattern(self, name: str) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.sorted_words[name])) or "(?!)")

    @property
    def digest(self) -> str:
        """The digest of the texts of all files of the profile; equal profiles have equal digests."""
        return self._digest

    @property
    def files(self) -> Mapping[str, str]:
        """The configuration files of the profile with the digest of their text, without the built-in files."""
        return self._files

    def __getstate__(self) -> dict[Any, Any]:
        """Return the state without caches, so that the pickle of a profile does not depend on its use."""
        state = super().__getstate__()
        fields = type(self).model_fields
        return {**state, "__dict__": {name: value for name, value in state["__dict__"].items() if name in fields}}

    def place(self, at: Loc) -> Place:
        """Return the place of a setting in the file of the profile or in a file that it extends."""
        return source_of_setting(self._sources, at).place(at)

    def second_tier_label(self, written: str) -> str | None:
        """Return the label of a second tier of the form, or None.

        The tier may be written as its label, an alias, or its name with or without 指标.
        """
        return _find(self.second_names, written)

    def tier_name(self, written: str) -> str:
        """Return the name by which rules identify a second tier: its `means`, else its label without the code."""
        return self.tier_names[written]

    def _tier_name(self, written: str) -> str:
        label = self.second_tier_label(written)
        return (self.second_tiers[label][1].means if label else "") or TierLabel.parse(label or written).name

    def first_tier_label(self, written: str) -> str | None:
        """Return the label of a first tier of the form, written like a second tier of `second_tier_label`, or None."""
        return _find(self.first_names, written)

    def is_tier(self, written: str) -> bool:
        """Return True if the text names a first or second tier of the form."""
        return bool(self.second_tier_label(written) or self.first_tier_label(written))

    def second_with_code(self, code: str) -> str | None:
        """Return the label of the second tier with a code, or None."""
        return self.second_codes.get(code)

    @cached_property
    def second_codes(self) -> dict[str, str]:
        """The labels of the second tiers by code; the first label wins if several have the same code."""
        pairs = ((TierLabel.parse(label).code, label) for label in reversed(self.second_tiers))
        return {code: label for code, label in pairs if code}

    @cached_property
    def first_labels(self) -> set[str]:
        """The accepted labels of first tiers: those of the form and their aliases."""
        return {name for label, setting in self.tiers.items() for name in (label, *setting.aliases)}

    @cached_property
    def second_labels(self) -> set[str]:
        """The accepted labels of second tiers: those of the form and their aliases."""
        pairs = ((label, setting) for label, (_, setting) in self.second_tiers.items())
        return {name for label, setting in pairs for name in (label, *setting.aliases)}

    @cached_property
    def tier_names(self) -> dict[str, str]:
        """The results of `tier_name`."""
        return _LookupCache(self._tier_name)

    @cached_property
    def first_tiers(self) -> dict[str, str | None]:
        """The results of `first_tier_of`."""
        return _LookupCache(self._first_of)

    @cached_property
    def second_names(self) -> dict[str, str]:
        """The labels of the second tiers by label and by name, without 指标."""
        return dict(_names({label: setting for label, (_, setting) in self.second_tiers.items()}))

    @cached_property
    def first_names(self) -> dict[str, str]:
        """The labels of the first tiers by label and by name, without 指标."""
        return dict(_names(self.tiers))


def source_of_setting(sources: Sequence[Source], at: Loc) -> Source:
    """Return the source that has a setting or the longest part of its path; the first source wins."""
    depths = (len(at) - missing for missing in range(len(at)))
    deepest = next((source for depth in depths for source in sources if at[:depth] in source.spans), None)
    return deepest or next(iter(sources), Source("", ""))


def _names(tiers: Mapping[str, TierSetting]) -> Iterator[tuple[str, str]]:
    for label, setting in tiers.items():
        for name in filter(None, (TierLabel.parse(label).name, setting.means, *setting.aliases)):
            yield name.removesuffix("指标"), label
        yield label, label


def _find(names: Mapping[str, str], written: str) -> str | None:
    return names.get(written) or names.get(TierLabel.parse(written).name.removesuffix("指标"))
