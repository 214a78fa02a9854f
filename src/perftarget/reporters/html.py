"""Reporter for a self-contained HTML page: amounts, results by review category, and each table as its form."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined

from perftarget import __version__
from perftarget.i18n import current_language, tr
from perftarget.linter.rule import CATEGORIES, CATEGORY_NAMES, unchecked_categories
from perftarget.linter.run import Run
from perftarget.reporters.amount_bars import AmountBars
from perftarget.reporters.html_page import LEVELS, SEVERITY_LEVELS, PageFinding, build_sections, level_name
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import other_counts, scope_text, totals, unchecked_sentence
from perftarget.values.money import format_amount

_TEMPLATE_FOLDER: Final = files("perftarget.reporters") / "page"


def render(run: Run, options: ReportOptions) -> str:
    """Render a run as one HTML page that loads no other file."""
    sections = build_sections(run, options)
    style, script = _read("style.css"), _read("script.js")
    findings = [finding for section in sections for finding in section.findings]
    text = (
        _environment()
        .get_template("report.html")
        .render(
            language={"zh": "zh-CN", "en": "en"}[current_language()],
            version=__version__,
            today=options.today,
            scope=scope_text(run.summary),
            totals=[(SEVERITY_LEVELS[severity], number, words) for severity, number, words in totals(run.summary)],
            other_counts=other_counts(run.summary),
            unchecked=unchecked_sentence(run.summary),
            sections=sections,
            categories=list(_by_category(findings)),
            unchecked_categories=unchecked_categories(),
            levels=LEVELS,
            amounts=AmountBars.from_table_views(run.table_views),
            style=style,
            script=script,
            policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
        )
    )
    return f"{text}\n"


def _by_category(findings: list[PageFinding]) -> Iterator[tuple[str, list[PageFinding]]]:
    """Yield each category with its findings; the first category, faults of the file itself, only if it has any."""
    for category in CATEGORIES:
        in_category = [finding for finding in findings if finding.category == category]
        if in_category or category != CATEGORIES[0]:
            yield category, in_category


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(tr=tr, level_name=level_name, money=_money, category_name=_category_name)
    return environment


def _read(name: str) -> str:
    return (_TEMPLATE_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the Content-Security-Policy source that allows exactly this style or script."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _category_name(category: str) -> str:
    return tr(category, CATEGORY_NAMES[category].capitalize())


def _money(yuan: Decimal) -> str:
    return format_amount(yuan, "万元" if abs(yuan) >= 10_000 else "元")
