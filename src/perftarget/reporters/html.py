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
from perftarget.i18n import say, spoken
from perftarget.linter.rule import BOX_NAMES, BOXES
from perftarget.linter.run import Run
from perftarget.reporters._amounts import Amounts
from perftarget.reporters._pages import LEVELS, ORDER, Item, level_name, pages_of
from perftarget.reporters.options import View
from perftarget.reporters.phrases import besides, looked_at, totals
from perftarget.values.money import in_unit

_FOLDER: Final = files("perftarget.reporters") / "page"


def render(run: Run, view: View) -> str:
    pages = pages_of(run, view)
    style, script = _read("style.css"), _read("script.js")
    items = [item for page in pages for item in page.items]
    text = (
        _environment()
        .get_template("report.html")
        .render(
            language={"zh": "zh-CN", "en": "en"}[spoken()],
            version=__version__,
            today=view.today,
            looked_at=looked_at(run.tally),
            totals=[(LEVELS[severity], number, words) for severity, number, words in totals(run.tally)],
            besides=besides(run.tally),
            pages=pages,
            boxes=list(_by_box(items)),
            levels=ORDER,
            amounts=Amounts.of(run.sheets),
            style=style,
            script=script,
            policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
        )
    )
    return f"{text}\n"


def _by_box(items: list[Item]) -> Iterator[tuple[str, list[Item]]]:
    """The boxes of the review form, each with its findings; before them our own, where a file has faults as one."""
    for box in BOXES:
        of_box = [item for item in items if item.box == box]
        if of_box or box != BOXES[0]:
            yield box, of_box


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(say=say, level_name=level_name, money=_money, box_name=_box_name)
    return environment


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """By which a browser knows that this script or style is ours, and takes no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _box_name(box: str) -> str:
    return say(box, BOX_NAMES[box].capitalize())


def _money(yuan: Decimal) -> str:
    return in_unit(yuan, "万元" if abs(yuan) >= 10_000 else "元")
