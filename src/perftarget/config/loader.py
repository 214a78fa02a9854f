"""Profiles from their files, built-in ones and perftarget.yaml: found, extended, explained where they do not fit."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from perftarget.config.profile import DEFAULT, Profile, source_of_setting
from perftarget.errors import ConfigError
from perftarget.files.discovery import find_config
from perftarget.files.repository import escapes_repository
from perftarget.formats.yaml.loader import load
from perftarget.i18n import join_words, quote_words, tr
from perftarget.text.source import KEY, Loc, Place, Source

_BASE: Final = "base"
_MOST: Final = 1_000_000  # characters; a configuration has a few hundred


@cache
def builtin_names() -> list[str]:
    """The built-in forms; the word lists below them are no form of their own."""
    found = {Path(entry.name).stem for entry in _builtins().iterdir() if entry.name.endswith(".yaml")}
    return sorted(found - {_BASE})


@cache
def load_profile(name: str, base: Path = Path()) -> Profile:
    """The profile with that built-in name, or in that file (relative to `base`). Raises ConfigError."""
    return _loaded(name, _read(name, base))


def parse_profile(path: str, text: str) -> Profile:
    """The profile as it would be with that text in its file. Raises ConfigError."""
    return _loaded(path, _settings(path, text))


def _loaded(name: str, given: tuple[dict[str, Any], Source]) -> Profile:
    """The settings, with what they extend below them."""
    data, source = given
    _check_words(source, data)
    chain = {_identity(name, source): source}
    while (parent := data.pop("extends", None)) is not None:
        by = next(reversed(chain.values()))
        parent_data, parent_source = _read(str(parent), Path(by.path).parent, by)
        _check_words(parent_source, parent_data)
        if (identity := _identity(str(parent), parent_source)) in chain:
            circle = " → ".join(one.path for one in (*chain.values(), parent_source))
            message = tr(f"extends 互相引用：{circle}", f"extends goes in a circle: {circle}")
            raise ConfigError(message, by.place(("extends",)))
        chain[identity] = parent_source
        data = _merged(parent_data, data)
    names = {*builtin_names(), _BASE}
    own = [one for identity, one in chain.items() if identity not in names]
    built_in = [one for identity, one in chain.items() if identity in names]
    try:
        return Profile.of(data, own, built_in)
    except ValidationError as error:
        raise ConfigError(*_explain(error, own)) from error


def _identity(name: str, source: Source) -> str:
    """What is the same however it is written: the name of a built-in form, the path of a file without its links."""
    return name if name in {*builtin_names(), _BASE} else os.path.realpath(source.path)


def _check_words(source: Source, data: dict[str, Any]) -> None:
    """Raise ConfigError for a word list that no rule has, is of the other kind, or has more than words."""
    known = _base_words()
    written = data.get("words")
    words: dict[str, Any] = written if isinstance(written, dict) else {}
    for name, value in words.items():
        place = source.place(("words", name, KEY))
        if name not in known:
            message = tr(f"没有名为 {name} 的词表。", f"there is no word list “{name}”; ")
            raise ConfigError(message + _hint(str(name), known), place)
        if type(value) is not type(known[name]):
            pairs = tr("“词: 对应的写法”", "lines like “word: its form”")
            form = pairs if isinstance(known[name], dict) else tr("列表，如 [甲, 乙]", "a list, like [a, b]")
            message = tr(f"词表 {name} 应为{form}", f"the word list {name} should be {form}")
            raise ConfigError(message, place)
        for key, word in value.items() if isinstance(value, dict) else enumerate(value):
            if not isinstance(word, str):
                message = tr(f"词表 {name} 里只能写文字", f"the word list {name} has text only")
                raise ConfigError(message, source.place(("words", name, key)))


@cache
def _base_words() -> dict[str, Any]:
    data, _ = _read(_BASE, Path())
    return dict(data["words"])


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
            if config and escapes_repository(str(config), str(config.parent)):
                message = tr(
                    "这份配置是指向仓库之外的链接，没有读取",
                    "this configuration is a link that leads out of the repository, and was not read",
                )
                raise ConfigError(f"{config}: {message}")
            self._found[folder] = load_profile(str(config)) if config else load_profile(DEFAULT)
        return self._found[folder]

    def paths(self) -> list[str]:
        """What a run without paths looks at, as seen from the working folder."""
        config = find_config(Path())
        base = config.parent if config else Path()
        paths = self.of("").paths
        for index, path in enumerate(paths):
            if config and escapes_repository(str(base / path), str(config)):
                message = tr(
                    f"paths 只能写同一仓库中的路径；{path} 在仓库之外",
                    f"paths names what is in the same repository; {path} is outside of it",
                )
                raise ConfigError(message, self.of("").place(("paths", index)))
        return [os.path.relpath(base / path) for path in paths]


@cache  # the word lists are asked for twice, and are longer than twenty tables
def _builtin(name: str) -> tuple[dict[str, Any], Source]:
    path, text = f"{name}.yaml", (_builtins() / f"{name}.yaml").read_text(encoding="utf-8")
    tree = load(text, ours=True)
    return dict(tree.data), Source(path, text, tree.spans)  # type: ignore[arg-type]


def _builtins() -> Any:
    return files("perftarget.config") / "profiles"


def _read(name: str, base: Path, by: Source | None = None) -> tuple[dict[str, Any], Source]:
    """The settings of a built-in form or of a file; `by` is the configuration that extends it."""
    if name in {*builtin_names(), _BASE}:
        settings, source = _builtin(name)
        return dict(settings), source
    path = str(base / name)
    where = by.place(("extends",)) if by else None
    if not name.strip():
        names = join_words(builtin_names())
        message = tr(
            f"extends 是空白；可写的有：{names}，或另一个配置文件的路径",
            f"extends is blank; write {names}, or the path of another configuration file",
        )
        raise ConfigError(message, where)
    if by and escapes_repository(path, by.path):
        message = tr(
            f"extends 只能写内置表式，或同一仓库中的文件；{name} 在仓库之外",
            f"extends names a built-in form or a file of the same repository; {name} is outside of it",
        )
        raise ConfigError(message, where)
    try:
        text = _text(path)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(_unreadable(name, path, error), where) from error
    return _settings(path, text)


def _settings(path: str, text: str) -> tuple[dict[str, Any], Source]:
    tree = load(text)
    source = Source(path, text, tree.spans)
    if tree.problems and tree.problems[0].detail.get("cause") != "empty":
        fault = tr(*_YAML_FAULTS[tree.problems[0].rule])
        raise ConfigError(fault, source.place(tree.problems[0].at))
    if not isinstance(tree.data or {}, dict):
        message = tr("配置文件应为“名称: 值”的形式", "a configuration file has lines like “name: value”")
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
        message = tr(
            f"没有名为 {name} 的内置表式，也没有文件 {path}。",
            f"there is no built-in form “{name}”, and no file “{path}”; ",
        )
        return message + _hint(name, builtin_names(), tr("内置表式：", "the built-in forms are "))
    message = tr(
        "读不出配置文件；它应是 UTF-8 编码、有读取权限的普通文件",
        "this configuration file cannot be read; it should be a regular UTF-8 file that you may read",
    )
    return f"{path}: {message}"


def _hint(name: str, known: Iterable[str], every: str = "") -> str:
    """The nearest of the names that exist, else all of them."""
    names = list(known)
    if near := get_close_matches(name, names, 1, 0.5):
        return tr(f"是否为 {near[0]}？", f"did you mean “{near[0]}”?")
    return (every or tr("可用：", "there are ")) + join_words(names)


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


def _explain(error: ValidationError, sources: Sequence[Source]) -> tuple[str, Place]:
    """What is wrong with the first setting that does not fit, and where it stands."""
    first = error.errors(include_url=False)[0]
    loc: Loc = tuple(first["loc"])
    source = source_of_setting(sources, loc)
    if first["type"] == "extra_forbidden":
        message = tr(f"配置项 {loc[-1]} 不存在。", f"there is no setting “{loc[-1]}”; ")
        return message + _hint(str(loc[-1]), _known(loc[:-1])), source.place((*loc, KEY))
    unfit = getattr(first.get("ctx", {}).get("error"), "expected", None)
    form = tr(*(unfit or _EXPECTED.get(first["type"], (first["msg"], first["msg"]))))
    words = re.findall("'(.*?)'", str(first.get("ctx", {}).get("expected", "")))
    known = tr("、".join(words), join_words(quote_words(words)))
    expected = form.format_map({**first.get("ctx", {}), "expected": known})
    setting, written = ".".join(map(str, loc)), _written(first["input"])
    message = tr(
        f"配置项 {setting} 不能是{written}；{expected}", f"the setting “{setting}” cannot be {written}; {expected}"
    )
    return message, source.place(loc)


def _written(given: object) -> str:
    if isinstance(given, str):
        return f"“{given}”"
    return tr("“列表”", "a list") if isinstance(given, list) else tr("“带下级的项”", "lines like “name: value”")


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
