"""A run as one web page that needs nothing else: amounts, the reviewer's opinion by box, every table as its form."""

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
from perftarget.linter.rule import CATEGORIES, CATEGORY_NAMES
from perftarget.linter.run import Run
from perftarget.reporters._amounts import Amounts
from perftarget.reporters._pages import LEVELS, ORDER, PageFinding, level_name, pages_of
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import other_counts, scope_text, totals
from perftarget.values.money import format_amount

_FOLDER: Final = files("perftarget.reporters") / "page"


def render(run: Run, view: ReportOptions) -> str:
    pages = pages_of(run, view)
    style, script = _read("style.css"), _read("script.js")
    items = [item for page in pages for item in page.items]
    text = (
        _environment()
        .get_template("report.html")
        .render(
            language={"zh": "zh-CN", "en": "en"}[current_language()],
            version=__version__,
            today=view.today,
            looked_at=scope_text(run.summary),
            totals=[(LEVELS[severity], number, words) for severity, number, words in totals(run.summary)],
            besides=other_counts(run.summary),
            pages=pages,
            categories=list(_by_category(items)),
            levels=ORDER,
            amounts=Amounts.of(run.table_views),
            style=style,
            script=script,
            policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
        )
    )
    return f"{text}\n"


def _by_category(items: list[PageFinding]) -> Iterator[tuple[str, list[PageFinding]]]:
    """The boxes of the review form, each with its findings; before them our own, where a file has faults as one."""
    for category in CATEGORIES:
        of_box = [item for item in items if item.category == category]
        if of_box or category != CATEGORIES[0]:
            yield category, of_box


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(tr=tr, level_name=level_name, money=_money, category_name=_category_name)
    return environment


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """By which a browser knows that this script or style is ours, and takes no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _category_name(category: str) -> str:
    return tr(category, CATEGORY_NAMES[category].capitalize())


def _money(yuan: Decimal) -> str:
    return format_amount(yuan, "万元" if abs(yuan) >= 10_000 else "元")
