"""Loading of profiles from built-in files and perftarget.yaml, with `extends` and explanations of invalid settings."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from perftarget.config.builtin import BASE, builtin_names, read_builtin
from perftarget.config.error_messages import explain_unreadable, explain_validation_error, name_hint
from perftarget.config.profile import DEFAULT, Profile
from perftarget.errors import ConfigError
from perftarget.files.discovery import find_config
from perftarget.files.repository import escapes_repository
from perftarget.formats.yaml.loader import load
from perftarget.i18n import join_words, tr
from perftarget.text.source import KEY, Source

_MAX_CHARACTERS: Final = 1_000_000  # of a configuration file, which usually has a few hundred


@cache
def load_profile(name: str, base: Path = Path()) -> Profile:
    """Load a built-in profile or a configuration file (relative to `base`). Raises ConfigError if it is invalid."""
    return _build_profile(name, _read(name, base))


def parse_profile(path: str, text: str) -> Profile:
    """Parse the text of a configuration file. Raises ConfigError if it is invalid."""
    return _build_profile(path, _parse_settings(path, text))


def _build_profile(name: str, settings: tuple[dict[str, Any], Source]) -> Profile:
    """Merge settings with those that they extend and build the profile."""
    data, source = settings
    _check_words(source, data)
    chain = {_identity(name, source): source}
    while (parent := data.pop("extends", None)) is not None:
        child = next(reversed(chain.values()))
        parent_data, parent_source = _read(str(parent), Path(child.path).parent, child)
        _check_words(parent_source, parent_data)
        if (identity := _identity(str(parent), parent_source)) in chain:
            circle = " → ".join(link.path for link in (*chain.values(), parent_source))
            message = tr(f"extends 互相引用：{circle}", f"extends goes in a circle: {circle}")
            raise ConfigError(message, child.place(("extends",)))
        chain[identity] = parent_source
        data = _merge(parent_data, data)
    names = {*builtin_names(), BASE}
    own = [source for identity, source in chain.items() if identity not in names]
    built_in = [source for identity, source in chain.items() if identity in names]
    try:
        return Profile.of(data, own, built_in)
    except ValidationError as error:
        raise ConfigError(*explain_validation_error(error, own)) from error


def _identity(name: str, source: Source) -> str:
    """Return an identifier that does not depend on spelling: a built-in name, or the real path of a file."""
    return name if name in {*builtin_names(), BASE} else os.path.realpath(source.path)


def _check_words(source: Source, data: dict[str, Any]) -> None:
    """Raise ConfigError if a word list is unknown, has the wrong type (list or mapping) or has non-text items."""
    base_words = _base_words()
    setting = data.get("words")
    words: dict[str, Any] = setting if isinstance(setting, dict) else {}
    for name, value in words.items():
        place = source.place(("words", name, KEY))
        if name not in base_words:
            message = tr(f"没有名为 {name} 的词表。", f"there is no word list “{name}”; ")
            raise ConfigError(message + name_hint(str(name), base_words), place)
        if type(value) is not type(base_words[name]):
            pairs = tr("“词: 对应的写法”", "lines like “word: its form”")
            form = pairs if isinstance(base_words[name], dict) else tr("列表，如 [甲, 乙]", "a list, like [a, b]")
            message = tr(f"词表 {name} 应为{form}", f"the word list {name} should be {form}")
            raise ConfigError(message, place)
        for key, word in value.items() if isinstance(value, dict) else enumerate(value):
            if not isinstance(word, str):
                message = tr(f"词表 {name} 里只能写文字", f"the word list {name} has text only")
                raise ConfigError(message, source.place(("words", name, key)))


@cache
def _base_words() -> dict[str, Any]:
    data, _ = _read(BASE, Path())
    return dict(data["words"])


class Profiles:
    """The profiles of the files of a run: the named profile, else the nearest perftarget.yaml, else the default."""

    def __init__(self, name: str | None = None) -> None:
        self._named = load_profile(name) if name else None
        self._by_folder: dict[Path, Profile] = {}

    def of(self, path: str) -> Profile:
        """Return the profile of a file. Raises ConfigError if its configuration is invalid."""
        if self._named:
            return self._named
        folder = Path(path).parent
        if folder not in self._by_folder:
            config = find_config(folder)
            if config and escapes_repository(str(config), str(config.parent)):
                message = tr(
                    "这份配置是指向仓库之外的链接，没有读取",
                    "this configuration is a link that leads out of the repository, and was not read",
                )
                raise ConfigError(f"{config}: {message}")
            self._by_folder[folder] = load_profile(str(config)) if config else load_profile(DEFAULT)
        return self._by_folder[folder]

    def paths(self) -> list[str]:
        """Return the default paths of a run, relative to the working folder.

        Raises ConfigError if a path is outside the repository.
        """
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


def _read(name: str, base: Path, child: Source | None = None) -> tuple[dict[str, Any], Source]:
    """Read the settings of a built-in profile or of a file; `child` is the configuration that extends it."""
    if name in {*builtin_names(), BASE}:
        settings, source = read_builtin(name)
        return dict(settings), source
    path = str(base / name)
    place = child.place(("extends",)) if child else None
    if not name.strip():
        names = join_words(builtin_names())
        message = tr(
            f"extends 是空白；可写的有：{names}，或另一个配置文件的路径",
            f"extends is blank; write {names}, or the path of another configuration file",
        )
        raise ConfigError(message, place)
    if child and escapes_repository(path, child.path):
        message = tr(
            f"extends 只能写内置表式，或同一仓库中的文件；{name} 在仓库之外",
            f"extends names a built-in form or a file of the same repository; {name} is outside of it",
        )
        raise ConfigError(message, place)
    try:
        text = _read_text(path)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(explain_unreadable(name, path, error), place) from error
    return _parse_settings(path, text)


def _parse_settings(path: str, text: str) -> tuple[dict[str, Any], Source]:
    """Parse the YAML of a configuration file. Raises ConfigError if it is not valid YAML."""
    tree = load(text)
    source = Source(path, text, tree.spans)
    if tree.problems and tree.problems[0].detail.get("cause") != "empty":
        message = tr(*_YAML_MESSAGES[tree.problems[0].rule])
        raise ConfigError(message, source.place(tree.problems[0].at))
    if not isinstance(tree.data or {}, dict):
        message = tr("配置文件应为“名称: 值”的形式", "a configuration file has lines like “name: value”")
        raise ConfigError(f"{path}: {message}")
    data: dict[str, Any] = {"extends": DEFAULT, **(tree.data or {})}  # type: ignore[dict-item]
    return data, source


_YAML_MESSAGES: Final = {
    "invalid-yaml": (
        "配置文件不是有效的 YAML；请检查这里或上一行的冒号、引号、括号和缩进",
        "this is no valid YAML; check colons, quotes, brackets and indentation here or in the line above",
    ),
    "duplicate-key": ("同一项写了两次；请删去一个", "this key is written twice; delete one"),
    "wrong-type": ("“:”之前应写一段文字", "what stands before “:” should be text"),
}


def _read_text(path: str) -> str:
    """Read a regular file. Raises ValueError if it is not a regular file or too large."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise ValueError("not a regular file")
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
        text = file.read(_MAX_CHARACTERS + 1)
    if len(text) > _MAX_CHARACTERS:
        raise ValueError("too large")
    return text


_MERGED: Final = frozenset({"words", "lexicon"})
"""The settings whose lists are merged and not replaced."""


def _merge(parent: Any, child: Any) -> Any:
    """Return the settings of `child` over those of `parent`; only mappings and word lists are merged."""
    if not (isinstance(parent, dict) and isinstance(child, dict)):
        return child
    merged = {key: (_merge_words if key in _MERGED else _merge)(parent.get(key), child[key]) for key in child}
    return {**parent, **merged}


def _merge_words(parent: Any, child: Any) -> Any:
    """Return the word lists of `parent` with the additions of `child`.

    A list item with a leading "-" is removed, and so is an entry of a mapping whose value is "".
    """
    if isinstance(parent, list) and isinstance(child, list):
        removed = {word[1:] for word in child if isinstance(word, str) and word.startswith("-")}
        added = [word for word in child if not (isinstance(word, str) and word.startswith("-"))]
        return [word for word in dict.fromkeys((*parent, *added)) if word not in removed]
    if isinstance(parent, dict) and isinstance(child, dict):
        merged = {**parent, **{key: _merge_words(parent.get(key), value) for key, value in child.items()}}
        return {key: value for key, value in merged.items() if value != ""}
    return child
