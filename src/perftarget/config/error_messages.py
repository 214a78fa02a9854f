"""Explain invalid configurations to their authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import ValidationError

from perftarget.config.builtin import builtin_names
from perftarget.config.profile import Profile, source_of_setting
from perftarget.i18n import join_words, quote_words, tr
from perftarget.text.similarity import nearest_name
from perftarget.text.source import KEY, Loc, Place, Source


def explain_unreadable(name: str, path: str, error: Exception) -> str:
    """Return why a configuration cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        message = tr(
            f"没有名为 {name} 的内置表式，也没有文件 {path}。",
            f"there is no built-in form “{name}”, and no file “{path}”; ",
        )
        return message + name_hint(name, builtin_names(), tr("内置表式：", "the built-in forms are "))
    message = tr(
        "读不出配置文件；它应是 UTF-8 编码、有读取权限的普通文件",
        "this configuration file cannot be read; it should be a regular UTF-8 file that you may read",
    )
    return f"{path}: {message}"


def name_hint(name: str, existing: Iterable[str], introduction: str = "") -> str:
    """Suggest the nearest existing name, else list all of them after the introduction."""
    names = list(existing)
    if nearest := nearest_name(name, names):
        return tr(f"是否为 {nearest}？", f"did you mean “{nearest}”?")
    return (introduction or tr("可用：", "there are ")) + join_words(names)


def explain_validation_error(error: ValidationError, sources: Sequence[Source]) -> tuple[str, Place]:
    """Return the message and the place of the first invalid setting."""
    first = error.errors(include_url=False)[0]
    loc: Loc = tuple(first["loc"])
    source = source_of_setting(sources, loc)
    if first["type"] == "extra_forbidden":
        message = tr(f"配置项 {loc[-1]} 不存在。", f"there is no setting “{loc[-1]}”; ")
        return message + name_hint(str(loc[-1]), _setting_names(loc[:-1])), source.place((*loc, KEY))
    own_message = getattr(first.get("ctx", {}).get("error"), "expected", None)
    template = tr(*(own_message or _EXPECTED.get(first["type"], (first["msg"], first["msg"]))))
    words = re.findall("'(.*?)'", str(first.get("ctx", {}).get("expected", "")))
    choices = tr("、".join(words), join_words(quote_words(words)))
    expected = template.format_map({**first.get("ctx", {}), "expected": choices})
    setting, written = ".".join(map(str, loc)), _describe_input(first["input"])
    message = tr(
        f"配置项 {setting} 不能是{written}；{expected}", f"the setting “{setting}” cannot be {written}; {expected}"
    )
    return message, source.place(loc)


def _describe_input(value: object) -> str:
    if isinstance(value, str):
        return f"“{value}”"
    return tr("“列表”", "a list") if isinstance(value, list) else tr("“带下级的项”", "lines like “name: value”")


def _setting_names(loc: Loc) -> list[str]:
    """Return the names of the settings below `loc`."""
    model: Any = Profile
    for part in loc:
        info = model.model_fields.get(part) if model else None
        annotation = info.annotation if info else None
        arguments = [argument for argument in getattr(annotation, "__args__", ()) if hasattr(argument, "model_fields")]
        model = annotation if hasattr(annotation, "model_fields") else (arguments or [model])[0]
    return list(model.model_fields) if model else []


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
