"""Values and names of YAML that lack their quotes, or have half of them."""

from __future__ import annotations

import re
from typing import Final

from perftarget.formats.yaml.scalar import scalar
from perftarget.i18n import tr
from perftarget.linter.rule import ReplaceText
from perftarget.rules.shared.yaml_typo import Slip, span_of

SPECIAL: Final = re.compile(r"\s*(?:- )?(?:[^:#]+: +)?(?P<text>(?:[>|%@`*&!,\[\]{}]|(?<=: )[?-]).*?) *")
_SPECIAL_KEY: Final = re.compile(r"\s*(?:- )?(?P<text>[>|%@`\[\]{},][^:]*)(?=:(?: |$)).*")
_SPECIAL_INSIDE: Final = re.compile(r"(?<=[:,{\[] )(?P<text>[>|%@`*&!][^,{}\[\]\"']*?)(?= *[,}\]])")
_COLON_INSIDE: Final = re.compile(r"\s*(?:- )?[^:\"']+: +(?P<text>[^\"'{\[\s].*?:(?: .*\S|)) *")
_ITEM_COLON: Final = re.compile(r"\s*- (?P<text>[^\"'{\[\s].*?: .*\S) *")
_QUOTED_KEY: Final = re.compile(r"\s*(?:- )?(?P<text>(?:\"[^\"]*\"|'[^']*')[^:\s][^:]*)(?=:(?: |$)).*")
_QUOTED_VALUE: Final = re.compile(r"\s*(?:- )?(?:[^:#]+: +)?(?P<text>(?:\"[^\"]*\"|'[^']*') *[^\s#:,\]}].*?) *")
_UNCLOSED: Final = re.compile(r"\s*(?:- )?(?:[^:#\"']+: +)?(?P<quote>[\"'])[^\"']*?(?P<end>[”’＂]? *)")


def special(line: str, start: int) -> Slip | None:
    matched = SPECIAL.fullmatch(line)
    if not matched or matched["text"][0] + matched["text"][-1] in {"{}", "[]"}:
        return None
    return _quoted([matched], start, _special_value(matched["text"]))


def special_inside(line: str, start: int) -> Slip | None:
    found = list(_SPECIAL_INSIDE.finditer(line))
    if not found:
        return None
    return _quoted(found, start, _special_value(found[0]["text"]))


def _special_value(value: str) -> str:
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


def special_key(line: str, start: int) -> Slip | None:
    matched = _SPECIAL_KEY.fullmatch(line)
    if not matched:
        return None
    first = matched["text"][0]
    message = tr(
        f"名称以“{first}”开头，在 YAML 里有别的含义；请给整个名称加引号",
        f"the name begins with “{first}”, which means something else in YAML; put the whole name in quotes",
    )
    return _quoted([matched], start, message, _quote_name())


def quoted_key(line: str, start: int) -> Slip | None:
    matched = _QUOTED_KEY.fullmatch(line)
    message = tr(
        "引号只括住了名称的一部分；请给整个名称加引号", "only part of the name is in quotes; put all of it in quotes"
    )
    return _quoted([matched], start, message, _quote_name()) if matched else None


def quoted_value(line: str, start: int) -> Slip | None:
    matched = _QUOTED_VALUE.fullmatch(line)
    message = tr(
        "引号只括住了值的一部分；请给整个值加引号", "only part of the value is in quotes; put all of it in quotes"
    )
    return _quoted([matched], start, message) if matched else None


def unclosed(line: str, start: int) -> Slip | None:
    matched = _UNCLOSED.fullmatch(line)
    if not matched:
        return None
    wide = tr("，右边写成了全角", ", for its right half is a full-width one") if matched["end"].strip() else ""
    message = tr(
        f"从这里开始的引号没有配对{wide}；请补上另一半，或删去这一个",
        f"the quote that begins here does not end{wide}; add the other half, or delete this one",
    )
    change = ReplaceText(span_of(matched.span("end"), start), matched["quote"])
    return Slip(span_of(matched.span("quote"), start), message, tr("补上引号", "Add the quote"), (change,))


def colon_inside(line: str, start: int) -> Slip | None:
    matched = _COLON_INSIDE.fullmatch(line) or _ITEM_COLON.fullmatch(line)
    message = tr(
        "值里有“: ”，YAML 会把它当作下一级；请给整个值加引号",
        "there is a “: ” in the value, which YAML takes for a key; put the whole value in quotes",
    )
    return _quoted([matched], start, message) if matched else None


def _quote_name() -> str:
    return tr("给名称加引号", "Put the name in quotes")


def _quoted(found: list[re.Match[str]], start: int, message: str, title: str = "") -> Slip:
    changes = tuple(ReplaceText(span_of(each.span("text"), start), scalar(each["text"], quote='"')) for each in found)
    return Slip(changes[0].at, message, title or tr("给值加引号", "Put the value in quotes"), changes)
