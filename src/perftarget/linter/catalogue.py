"""The rules as a list, and the page of one."""

from __future__ import annotations

import json
from io import StringIO
from typing import Final

from perftarget.i18n import current_language, tr
from perftarget.linter.rule import CATEGORY_NAMES, Rule, rules
from perftarget.text.columns import columns

_NAME_WIDTH: Final = 26  # of the longest name


def rules_as_text(width: int) -> str:
    """The rules by their boxes, a line each."""
    lines: list[str] = []
    category = ""
    for rule in rules().values():
        if rule.category != category:
            category = rule.category
            lines += ["", category_name(category)] if lines else [category_name(category)]
        fix = [tr("可修复", "fixable")] if rule.fixable else []
        facts = " · ".join([rule.severity.word, *fix, rule.basis])
        lines += columns([(rule.name, rule.title), ("", facts)], width, left=_NAME_WIDTH)
    return "\n".join(lines) + "\n"


def rules_as_json() -> str:
    """The rules for other programs."""
    entries = [
        {
            "name": name,
            "title": rule.title,
            "box": rule.category,
            "severity": rule.severity.word,
            "fixable": rule.fixable,
            "basis": rule.basis,
        }
        for name, rule in rules().items()
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def category_name(category: str) -> str:
    return tr(category, f"{category} ({CATEGORY_NAMES[category]})")


def rule_page(rule: Rule, *, width: int, colour: bool) -> str:
    """The page of a rule: as it is in a pipe, set as text on a terminal."""
    fix = tr("可修复", "fixable") if rule.fixable else tr("不能自动修复", "no fix")
    facts = f"{rule.name} · {rule.severity.word} · {category_name(rule.category)} · {fix}"
    text = f"# {rule.title}\n\n{facts}\n\n{_in_order(rule.page)}\n"
    return _set(text, width) if colour else text


def _in_order(text: str) -> str:
    """The English norm comes first for who reads English; the rest of a page is Chinese."""
    norm, english, rest = text.split("\n\n", 2)
    return "\n\n".join([english, norm, rest] if current_language() == "en" else [norm, english, rest])


def _set(text: str, width: int) -> str:
    from rich.console import Console
    from rich.markdown import Markdown

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=min(width, 100), legacy_windows=False
    )
    console.print(Markdown(text, code_theme="ansi_dark"))
    return out.getvalue()
