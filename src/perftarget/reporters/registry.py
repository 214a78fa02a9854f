"""A run to text: the format chooses its reporter; and what an import did."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.run import Run, Tally
from perftarget.reporters.options import View

if TYPE_CHECKING:
    pass


class Streamed(Protocol):
    """A format that is written as it is found: a beginning, the findings of each file, an end."""

    SEPARATOR: str

    def begin(self, view: View) -> str: ...
    def part(self, diagnostics: Iterable[Diagnostic], view: View) -> str: ...
    def end(self, tally: Tally, view: View) -> str: ...


def report(run: Run, format_: str, view: View) -> str:
    text: str = _reporter(format_).render(run, view)
    return text


def streamed(format_: str) -> Streamed | None:
    """The reporter of a format that can be written as it is found; None where it needs all there is."""
    reporter = _reporter(format_)
    return reporter if hasattr(reporter, "part") else None


def _reporter(format_: str) -> Any:
    return import_module(f"perftarget.reporters.{format_}")
