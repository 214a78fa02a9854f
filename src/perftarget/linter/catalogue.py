"""The list of rules and the page of a rule, as text or JSON."""

from __future__ import annotations

import json
from io import StringIO
from typing import Final

from perftarget.i18n import current_language, tr
from perftarget.linter.rule import CATEGORY_NAMES, Rule, rules, unchecked_categories
from perftarget.text.columns import format_columns

_NAME_WIDTH: Final = 26  # columns; the width of the longest rule name


def rules_as_text(width: int) -> str:
    """Return the rules grouped by category, one line each, for a terminal of `width` columns."""
    lines: list[str] = []
    category = ""
    for rule in rules().values():
        if rule.category != category:
            category = rule.category
            lines += ["", category_name(category)] if lines else [category_name(category)]
        fix = [tr("可修复", "fixable")] if rule.fixable else []
        facts = " · ".join([rule.severity.word, *fix, rule.basis])
        lines += format_columns([(rule.name, rule.title), ("", facts)], width, left=_NAME_WIDTH)
    for category in unchecked_categories():
        lines += ["", category_name(category) + tr("：本工具不检查", ": not checked by this tool")]
    return "\n".join(lines) + "\n"


def rules_as_json() -> str:
    """Return the rules as JSON, for other programs."""
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
    """Return the name of a category in the language of the user."""
    return tr(category, f"{category} ({CATEGORY_NAMES[category]})")


def rule_page(rule: Rule, *, width: int, colour: bool) -> str:
    """Return the page of a rule: formatted for a terminal if `colour` is true, else as Markdown."""
    fix = tr("可修复", "fixable") if rule.fixable else tr("不能自动修复", "no fix")
    facts = f"{rule.name} · {rule.severity.word} · {category_name(rule.category)} · {fix}"
    text = f"# {rule.title}\n\n{facts}\n\n{_norm_first(rule.page)}\n"
    return _format_markdown(text, width) if colour else text


def _norm_first(page: str) -> str:
    """Return a page with the norm in the language of the user first; the rest of a page is Chinese."""
    norm, english, rest = page.split("\n\n", 2)
    return "\n\n".join([english, norm, rest] if current_language() == "en" else [norm, english, rest])


def _format_markdown(text: str, width: int) -> str:
    """Return Markdown formatted with ANSI colours, at most 100 columns wide."""
    from rich.console import Console
    from rich.markdown import Markdown

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=min(width, 100), legacy_windows=False
    )
    console.print(Markdown(text, code_theme="ansi_dark"))
    return out.getvalue()
