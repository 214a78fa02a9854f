"""Detectors of names and values in YAML with missing or unpaired quotes."""

from __future__ import annotations

import re
from typing import Final

from perftarget.formats.yaml.scalar import scalar
from perftarget.i18n import tr
from perftarget.linter.rule import ReplaceText
from perftarget.rules.shared.yaml_typo import YamlTypo, span_of

SPECIAL: Final = re.compile(r"\s*(?:- )?(?:[^:#]+: +)?(?P<text>(?:[>|%@`*&!,\[\]{}]|(?<=: )[?-]).*?) *")
_SPECIAL_KEY: Final = re.compile(r"\s*(?:- )?(?P<text>[>|%@`\[\]{},][^:]*)(?=:(?: |$)).*")
_SPECIAL_INSIDE: Final = re.compile(r"(?<=[:,{\[] )(?P<text>[>|%@`*&!][^,{}\[\]\"']*?)(?= *[,}\]])")
_COLON_INSIDE: Final = re.compile(r"\s*(?:- )?[^:\"']+: +(?P<text>[^\"'{\[\s].*?:(?: .*\S|)) *")
_ITEM_COLON: Final = re.compile(r"\s*- (?P<text>[^\"'{\[\s].*?: .*\S) *")
_QUOTED_KEY: Final = re.compile(r"\s*(?:- )?(?P<text>(?:\"[^\"]*\"|'[^']*')[^:\s][^:]*)(?=:(?: |$)).*")
_QUOTED_VALUE: Final = re.compile(r"\s*(?:- )?(?:[^:#]+: +)?(?P<text>(?:\"[^\"]*\"|'[^']*') *[^\s#:,\]}].*?) *")
_UNCLOSED: Final = re.compile(r"\s*(?:- )?(?:[^:#\"']+: +)?(?P<quote>[\"'])[^\"']*?(?P<end>[”’＂]? *)")


def detect_special_value(line: str, start: int) -> YamlTypo | None:
    """Detect a value that begins with a special character of YAML."""
    match = SPECIAL.fullmatch(line)
    if not match or match["text"][0] + match["text"][-1] in {"{}", "[]"}:
        return None
    return _quote([match], start, _special_value_message(match["text"]))


def detect_special_value_in_braces(line: str, start: int) -> YamlTypo | None:
    """Detect a value inside brackets that begins with a special character of YAML."""
    matches = list(_SPECIAL_INSIDE.finditer(line))
    if not matches:
        return None
    return _quote(matches, start, _special_value_message(matches[0]["text"]))


def _special_value_message(value: str) -> str:
    meaning = tr(
        f"值以“{value[0]}”开头，在 YAML 里有别的含义；",
        f"the value begins with “{value[0]}”, which means something else in YAML; ",
    )
    return meaning + _advice(value)


def _advice(value: str) -> str:
    if value[0] in "[{":
        closing = {"[": "]", "{": "}"}[value[0]]
        return tr(
            f"请补上配对的“{closing}”，或给整个值加引号",
            f"add the closing “{closing}”, or put the whole value in quotes",
        )
    if value.startswith(">"):
        better = "≥" if value.startswith(">=") else "＞"
        return tr(f"请改用“{better}”，或给整个值加引号", f"write “{better}”, or put the whole value in quotes")
    return tr("请给整个值加引号", "put the whole value in quotes")


def detect_special_key(line: str, start: int) -> YamlTypo | None:
    """Detect a name that begins with a special character of YAML."""
    match = _SPECIAL_KEY.fullmatch(line)
    if not match:
        return None
    first = match["text"][0]
    message = tr(
        f"名称以“{first}”开头，在 YAML 里有别的含义；请给整个名称加引号",
        f"the name begins with “{first}”, which means something else in YAML; put the whole name in quotes",
    )
    return _quote([match], start, message, _quote_name_title())


def detect_partly_quoted_key(line: str, start: int) -> YamlTypo | None:
    """Detect a name of which only a part is quoted."""
    match = _QUOTED_KEY.fullmatch(line)
    message = tr(
        "引号只括住了名称的一部分；请给整个名称加引号", "only part of the name is in quotes; put all of it in quotes"
    )
    return _quote([match], start, message, _quote_name_title()) if match else None


def detect_partly_quoted_value(line: str, start: int) -> YamlTypo | None:
    """Detect a value of which only a part is quoted."""
    match = _QUOTED_VALUE.fullmatch(line)
    message = tr(
        "引号只括住了值的一部分；请给整个值加引号", "only part of the value is in quotes; put all of it in quotes"
    )
    return _quote([match], start, message) if match else None


def detect_unclosed_quote(line: str, start: int) -> YamlTypo | None:
    """Detect a quote without its other half, or with a full-width one."""
    match = _UNCLOSED.fullmatch(line)
    if not match:
        return None
    wide_half = tr("，右边写成了全角", ", for its right half is a full-width one") if match["end"].strip() else ""
    message = tr(
        f"从这里开始的引号没有配对{wide_half}；请补上另一半，或删去这一个",
        f"the quote that begins here does not end{wide_half}; add the other half, or delete this one",
    )
    change = ReplaceText(span_of(match.span("end"), start), match["quote"])
    return YamlTypo(span_of(match.span("quote"), start), message, tr("补上引号", "Add the quote"), (change,))


def detect_colon_in_value(line: str, start: int) -> YamlTypo | None:
    """Detect an unquoted value with a colon and a space."""
    match = _COLON_INSIDE.fullmatch(line) or _ITEM_COLON.fullmatch(line)
    message = tr(
        "值里有“: ”，YAML 会把它当作下一级；请给整个值加引号",
        "there is a “: ” in the value, which YAML takes for a key; put the whole value in quotes",
    )
    return _quote([match], start, message) if match else None


def _quote_name_title() -> str:
    return tr("给名称加引号", "Put the name in quotes")


def _quote(matches: list[re.Match[str]], start: int, message: str, title: str = "") -> YamlTypo:
    """Return the error of unquoted texts; the changes put them in quotes."""
    changes = tuple(
        ReplaceText(span_of(match.span("text"), start), scalar(match["text"], quote='"')) for match in matches
    )
    return YamlTypo(changes[0].at, message, title or tr("给值加引号", "Put the value in quotes"), changes)
