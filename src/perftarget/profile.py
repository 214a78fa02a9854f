"""What a year's or a province's form demands, and how strictly; a profile is a YAML file, perftarget.yaml too."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError, WithJsonSchema

from perftarget.language import listing, say
from perftarget.model import TierLabel
from perftarget.quantity import Quantity, parse
from perftarget.source import KEY, Loc, Source
from perftarget.tree import load

CONFIG_NAME: Final = "perftarget.yaml"
DEFAULT: Final = "nx-county-2025"

_BASE: Final = "base"
_MOST_NAMES: Final = 1000  # of tiers, that are kept: rules ask for the same few again and again
_MOST: Final = 1_000_000  # characters; a configuration has a few hundred

Level: TypeAlias = Literal["error", "warning", "info", "off"]


class ConfigError(Exception):
    """A profile that cannot be used; the message names the file, the place and the remedy."""


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


class _Unfit(ValueError):
    """A value that a setting cannot take; says what is expected, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.expected = (zh, en)


def _year(written: object) -> int | None:
    """`2025` as text to a year; nothing, where nothing is written."""
    year = str(written or "").strip()
    if year and not re.fullmatch("(?:19|20)[0-9]{2}", year):
        raise _Unfit("应为年份，如 2025", "write a year, like 2025")
    return int(year) if year else None


_YEAR_SCHEMA: Final = {"type": ["integer", "string", "null"], "pattern": r"^(19|20)[0-9]{2}$"}
Year: TypeAlias = Annotated[int | None, BeforeValidator(_year), WithJsonSchema(_YEAR_SCHEMA)]


def _standard(written: object) -> object:
    """`2050 元/月` as text, which a rule reads again; anything but an amount is refused here."""
    value = parse(str(written))
    if not isinstance(value, Quantity) or value.money is None or value.money <= 0:
        raise _Unfit("应为标准，如 2050 元/月", "write a standard, like “2050 元/月”")
    return written


Standard: TypeAlias = Annotated[str, BeforeValidator(_standard)]


def _number(written: object) -> int:
    """`100` as text to a number above zero."""
    if not re.fullmatch("[1-9][0-9]{0,5}", str(written).strip()):
        raise _Unfit("应为正整数，如 100", "write a whole number, like 100")
    return int(str(written))


def _cap(written: object) -> int | None:
    """The same; nothing, where nothing is written."""
    return None if written in ("", None) else _number(written)


def _decimals(written: object) -> int:
    if not re.fullmatch("[0-8]", str(written).strip()):
        raise _Unfit("应为 0 到 8 的整数，如 2", "write a whole number from 0 to 8, like 2")
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
        raise _Unfit("应为分值，如 100", "write points, like 100")
    return Decimal(str(written).strip())


_POINTS_SCHEMA: Final = {"type": ["number", "string", "null"], "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"}
Points: TypeAlias = Annotated[Decimal | None, BeforeValidator(_points), WithJsonSchema(_POINTS_SCHEMA)]


def _totals(written: object) -> object:
    """One total, or a list of those that are all right; none, where nothing is written."""
    listed = written if isinstance(written, list | tuple) else [written]
    return [points for one in listed if (points := _points(one)) is not None]


_TOTALS_SCHEMA: Final = {"anyOf": [_POINTS_SCHEMA, {"type": "array", "items": _POINTS_SCHEMA}]}
Totals: TypeAlias = Annotated[tuple[Decimal, ...], BeforeValidator(_totals), WithJsonSchema(_TOTALS_SCHEMA)]


class _Setting(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FieldSetting(_Setting):
    """A field of the form's head."""

    required: Literal["error", "warning", "off"] = Field("off", description="空白时的级别")
    aliases: list[str] = Field([], description="其他表式中的名称，导入时识别")
    max_length: Cap = Field(None, description="最多多少字；不写即不限")


class TierSetting(_Setting):
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


class Columns(_Setting):
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


class Caps(_Setting):
    """How long the cells of an indicator may be; what a field of the head may be is said with the field."""

    name: Number = Field(100, description="指标名称最多多少字")
    value: Cap = Field(None, description="绩效值最多多少字；不写即不限")


class Rows(_Setting):
    """How many indicators a table has."""

    least: Number = Field(5, description="少于此数时建议补充")
    most: Number = Field(30, description="多于此数时建议精简")


class Weights(_Setting):
    """What the weights of the indicators come to."""

    total: Totals = Field((), description="各指标权重之和，如 100，或 [90, 100]；写明后每个指标都应有权重")


class Tolerance(_Setting):
    share: Share = Field(Decimal("0.05"), description="推算金额与申报金额相差不超过此比例时不提示")


class Annex(_Setting):
    """How the rendered annex is headed."""

    label: str = "附件2"
    bureau: str = Field("", description="编制单位；不写则取各表共同的实施单位")
    title: str = Field("", description="附件标题；不写则为“编制单位＋项目支出预算绩效目标表”")


class Profile(_Setting):
    """The settings of a run; a file that `extends` another says only what differs, lists being replaced whole."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__

    _source: Source = PrivateAttr(Source("", ""))
    _tier_names: dict[str, str] = PrivateAttr(default_factory=dict)

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

    @cached_property
    def second_tiers(self) -> dict[str, tuple[str, TierSetting]]:
        """Every second-tier label of the form with the label of its first tier and its setting."""
        return {label: (first, setting) for first, tier in self.tiers.items() for label, setting in tier.second.items()}

    def first_of(self, second: str) -> str | None:
        """The first tier that a second-tier label belongs to: by its code, else by its name."""
        written = TierLabel.parse(second)
        for first in self.tiers:
            if written.code and written.code[0] == TierLabel.parse(first).code:
                return first
        label = self.second_of(second)
        return self.second_tiers[label][0] if label else None

    def terms(self, name: str) -> tuple[str, ...]:
        """The words of that list, the longest first."""
        return self._terms[name]

    def pairs(self, name: str) -> dict[str, str]:
        """The words of that list with what each stands for."""
        pairs = self.words[name]
        assert isinstance(pairs, dict)
        return pairs

    def pattern(self, name: str) -> re.Pattern[str]:
        """Any one word of that list."""
        return self._patterns[name]

    @cached_property
    def _terms(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(sorted(words, key=lambda word: (-len(word), word))) for name, words in self.words.items()}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: re.compile("|".join(map(re.escape, words)) or "(?!)") for name, words in self._terms.items()}

    def place(self, at: Loc) -> str:
        """Where in its file a setting is written."""
        return str(self._source.place(at))

    def second_of(self, written: str) -> str | None:
        """The form's label for a second tier written with it, an alias of it, or its name with or without 指标."""
        return _find(self._second_names, written)

    def tier_name(self, written: str) -> str:
        """The name that rules know a tier by: without its code, that of the form's label, or what that means."""
        if (known := self._tier_names.get(written)) is None:
            label = self.second_of(written)
            known = (self.second_tiers[label][1].means if label else "") or TierLabel.parse(label or written).name
            if len(self._tier_names) < _MOST_NAMES:
                self._tier_names[written] = known
        return known

    def first_named(self, written: str) -> str | None:
        """The form's label for a first tier, likewise."""
        return _find(self._first_names, written)

    def is_tier(self, written: str) -> bool:
        """Whether it is a label of the form, of either level."""
        return bool(self.second_of(written) or self.first_named(written))

    def second_with_code(self, code: str) -> str | None:
        return next((label for label in self.second_tiers if code and TierLabel.parse(label).code == code), None)

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
    def _second_names(self) -> dict[str, str]:
        return dict(_names({label: setting for label, (_, setting) in self.second_tiers.items()}))

    @cached_property
    def _first_names(self) -> dict[str, str]:
        return dict(_names(self.tiers))


def _names(tiers: Mapping[str, TierSetting]) -> Iterator[tuple[str, str]]:
    for label, setting in tiers.items():
        for name in filter(None, (TierLabel.parse(label).name, setting.means, *setting.aliases)):
            yield name.removesuffix("指标"), label
        yield label, label


def _find(names: Mapping[str, str], written: str) -> str | None:
    return names.get(written) or names.get(TierLabel.parse(written).name.removesuffix("指标"))


@cache
def builtin_names() -> list[str]:
    """The built-in forms; the word lists below them are no form of their own."""
    found = {Path(entry.name).stem for entry in _builtins().iterdir() if entry.name.endswith(".yaml")}
    return sorted(found - {_BASE})


@cache
def load_profile(name: str, base: Path = Path()) -> Profile:
    """The profile with that built-in name, or in that file (relative to `base`). Raises ConfigError."""
    data, source = _read(name, base)
    chain = [source.path]
    while (parent := data.pop("extends", None)) is not None:
        parent_data, parent_source = _read(str(parent), Path(source.path).parent)
        if parent_source.path in chain:
            circle = " → ".join([*chain, parent_source.path])
            message = say(f"extends 互相引用：{circle}", f"extends goes in a circle: {circle}")
            raise ConfigError(f"{chain[-1]}: {message}")
        chain.append(parent_source.path)
        data = _merged(parent_data, data)
    _check_words(source, data)
    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_explain(error, source)) from error
    profile._source = source  # noqa: SLF001 - its only writer
    return profile


def _check_words(source: Source, data: dict[str, Any]) -> None:
    """Raise ConfigError for a word list that no rule has, or of the other kind."""
    known = _base_words()
    written = data.get("words")
    words: dict[str, Any] = written if isinstance(written, dict) else {}
    for name, value in words.items():
        place = source.place(("words", name, KEY))
        if name not in known:
            message = say(f"没有名为 {name} 的词表。", f"there is no word list “{name}”; ")
            raise ConfigError(f"{place}: {message}{_hint(str(name), known)}")
        if type(value) is not type(known[name]):
            pairs = say("“词: 对应的写法”", "lines like “word: its form”")
            form = pairs if isinstance(known[name], dict) else say("列表，如 [甲, 乙]", "a list, like [a, b]")
            message = say(f"词表 {name} 应为{form}", f"the word list {name} should be {form}")
            raise ConfigError(f"{place}: {message}")


@cache
def _base_words() -> dict[str, Any]:
    data, _ = _read(_BASE, Path())
    return dict(data["words"])


def find_config(start: Path) -> Path | None:
    """The nearest perftarget.yaml in `start` or a folder above it, as far as one may look into them."""
    folder = Path(os.path.realpath(start if os.path.isdir(start) else start.parent))  # noqa: PTH112
    ups = (folder, *folder.parents)
    # What is asked of os.path is False where asking is forbidden.
    return next((path for up in ups if os.path.isfile(path := up / CONFIG_NAME)), None)  # noqa: PTH113


class Profiles:
    """The profile of each file: the one named for the run, else the nearest perftarget.yaml, else the default."""

    def __init__(self, name: str | None = None) -> None:
        self._named = load_profile(name) if name else None
        self._found: dict[Path, Profile] = {}

    def of(self, path: str) -> Profile:
        if self._named:
            return self._named
        folder = Path(path).parent
        if folder not in self._found:
            config = find_config(folder)
            self._found[folder] = load_profile(str(config)) if config else load_profile(DEFAULT)
        return self._found[folder]

    def paths(self) -> list[str]:
        """What a run without paths looks at, as seen from the working folder."""
        config = find_config(Path())
        base = config.parent if config else Path()
        return [os.path.relpath(base / path) for path in self.of("").paths]


def _builtins() -> Any:
    return files("perftarget") / "profiles"


def _read(name: str, base: Path) -> tuple[dict[str, Any], Source]:
    if name in {*builtin_names(), _BASE}:
        path, text = f"{name}.yaml", (_builtins() / f"{name}.yaml").read_text(encoding="utf-8")
        tree = load(text)
        return dict(tree.data), Source(path, text, tree.spans)  # type: ignore[arg-type]
    path = str(base / name)
    if not name.strip():
        names = listing(builtin_names())
        message = say(
            f"extends 是空白；可写的有：{names}，或另一个配置文件的路径",
            f"extends is blank; write {names}, or the path of another configuration file",
        )
        raise ConfigError(message)
    try:
        text = _text(path)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(_unreadable(name, path, error)) from error
    tree = load(text)
    source = Source(path, text, tree.spans)
    if tree.problems and tree.problems[0].detail.get("cause") != "empty":
        fault = say(*_YAML_FAULTS[tree.problems[0].rule])
        raise ConfigError(f"{source.place(tree.problems[0].at)}: {fault}")
    if not isinstance(tree.data or {}, dict):
        message = say("配置文件应为“名称: 值”的形式", "a configuration file has lines like “name: value”")
        raise ConfigError(f"{path}: {message}")
    data: dict[str, Any] = {"extends": DEFAULT, **(tree.data or {})}  # type: ignore[dict-item]
    return data, source


_YAML_FAULTS: Final = {
    "invalid-yaml": (
        "配置文件不是有效的 YAML；请检查这里或上一行的冒号、引号、括号和缩进",
        "this is no valid YAML; check colons, quotes, brackets and indentation here or in the line above",
    ),
    "duplicate-key": ("同一项写了两次；请删去一个", "this key is written twice; delete one"),
    "wrong-type": ("“:”之前应写一段文字", "what stands before “:” should be text"),
}


def _text(path: str) -> str:
    """The text of a regular file of a sensible size."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise ValueError("not a regular file")
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
        text = file.read(_MOST + 1)
    if len(text) > _MOST:
        raise ValueError("too large")
    return text


def _unreadable(name: str, path: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        message = say(
            f"没有名为 {name} 的内置表式，也没有文件 {path}。",
            f"there is no built-in form “{name}”, and no file “{path}”; ",
        )
        return message + _hint(name, builtin_names(), say("内置表式：", "the built-in forms are "))
    message = say(
        "读不出配置文件；它应是 UTF-8 编码、有读取权限的普通文件",
        "this configuration file cannot be read; it should be a regular UTF-8 file that you may read",
    )
    return f"{path}: {message}"


def _hint(name: str, known: Iterable[str], every: str = "") -> str:
    """The nearest of the names that exist, else all of them."""
    names = list(known)
    if near := get_close_matches(name, names, 1, 0.5):
        return say(f"是否为 {near[0]}？", f"did you mean “{near[0]}”?")
    return (every or say("可用：", "there are ")) + listing(names)


def _merged(parent: Any, child: Any) -> Any:
    if not (isinstance(parent, dict) and isinstance(child, dict)):
        return child
    return {**parent, **{key: (_extended if key == "words" else _merged)(parent.get(key), child[key]) for key in child}}


def _extended(parent: Any, child: Any) -> Any:
    """Word lists are added to, not replaced: nobody wants to write them again for one word."""
    if isinstance(parent, list) and isinstance(child, list):
        gone = {word[1:] for word in child if isinstance(word, str) and word.startswith("-")}
        added = [word for word in child if not (isinstance(word, str) and word.startswith("-"))]
        return [word for word in dict.fromkeys((*parent, *added)) if word not in gone]
    if isinstance(parent, dict) and isinstance(child, dict):
        both = {**parent, **{key: _extended(parent.get(key), value) for key, value in child.items()}}
        return {key: value for key, value in both.items() if value != ""}
    return child


def _explain(error: ValidationError, source: Source) -> str:
    first = error.errors(include_url=False)[0]
    loc: Loc = tuple(first["loc"])
    if first["type"] == "extra_forbidden":
        message = say(f"配置项 {loc[-1]} 不存在。", f"there is no setting “{loc[-1]}”; ")
        return f"{source.place((*loc, KEY))}: {message}{_hint(str(loc[-1]), _known(loc[:-1]))}"
    unfit = getattr(first.get("ctx", {}).get("error"), "expected", None)
    form = say(*(unfit or _EXPECTED.get(first["type"], (first["msg"], first["msg"]))))
    expected = form.format_map({"expected": "", **first.get("ctx", {})})
    setting, written = ".".join(map(str, loc)), _written(first["input"])
    message = say(
        f"配置项 {setting} 不能是{written}；{expected}", f"the setting “{setting}” cannot be {written}; {expected}"
    )
    return f"{source.place(loc)}: {message}"


def _written(given: object) -> str:
    if isinstance(given, str):
        return f"“{given}”"
    return say("“列表”", "a list") if isinstance(given, list) else say("“带下级的项”", "lines like “name: value”")


_FORM: Final = ("应为“名称: 值”的形式", "write lines like “name: value”")
_EXPECTED: Final = {
    "list_type": ("应为列表，如 [a, b]", "write a list, like [a, b]"),
    "dict_type": _FORM,
    "model_type": _FORM,
    "string_type": ("应为一段文字", "write text"),
    "literal_error": ("可写的有：{expected}", "it may be {expected}"),
    "value_error": ("应为比例，如 5%", "write a share, like 5%"),
    "too_long": ("每行最多两个栏目", "a row has two fields at most"),
    "too_short": ("每行至少一个栏目", "a row has one field at least"),
    "less_than_equal": ("应不超过 100%", "it is 100% at most"),
}


def _known(loc: Loc) -> list[str]:
    """The settings that exist at `loc`."""
    model: Any = Profile
    for part in loc:
        info = model.model_fields.get(part) if model else None
        annotation = info.annotation if info else None
        arguments = [argument for argument in getattr(annotation, "__args__", ()) if hasattr(argument, "model_fields")]
        model = annotation if hasattr(annotation, "model_fields") else (arguments or [model])[0]
    return list(model.model_fields) if model else []
