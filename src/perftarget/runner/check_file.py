"""One file to all that a run wants of it: a function of its bytes and its profile, wherever it is carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from perftarget import i18n as language
from perftarget.config.profile import Profile
from perftarget.errors import Unreadable
from perftarget.linter.baseline import Baseline
from perftarget.linter.cross_table import Memory, remember
from perftarget.linter.diagnostic import Diagnostic, Open
from perftarget.linter.engine import check
from perftarget.linter.rule import Rule, rules
from perftarget.linter.run import Sheet, Tally
from perftarget.reporters.options import View
from perftarget.reporters.registry import streamed
from perftarget.tables.document import Document
from perftarget.tables.model import Table
from perftarget.tables.reader import parse, read, unreadable


class Examined(NamedTuple):
    """What one file gives to a run. `text` is its part of the result where `shown` asks for it, else "".

    `diagnostics` are absent where nobody asks for more than that text.
    """

    path: str
    tally: Tally
    projects: tuple[str, ...]
    memories: tuple[Memory, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    text: str = ""
    dated: bool = False  # whether another day may bring another result


@dataclass(frozen=True)
class Examiner:
    """What is asked of every file: by which rules, on which day, in which language, and how it is to be shown."""

    names: tuple[str, ...]
    today: date
    lang: language.Language
    draw: bool = False  # whether the tables are wanted, too
    keep: bool = True  # whether the findings are wanted, or their text alone
    shown: tuple[str, View] | None = None

    @property
    def chosen(self) -> Mapping[str, Rule]:
        return _chosen(self.names)

    def examine(
        self, path: str, data: bytes | None, profile: Profile, baseline: Baseline | None = None, *, looked: bool = True
    ) -> Examined:
        """Read the file where its bytes are not given. One that is not `looked` at is only remembered."""
        documents = read(path, profile) if data is None else parse(path, data, profile)
        return self._examined(path, documents, profile, baseline, looked=looked)

    def unreadable(self, path: str, error: Unreadable, profile: Profile) -> Examined:
        """What is said of a file that nobody could read."""
        return self._examined(path, [unreadable(path, error)], profile, None, looked=True)

    def _examined(
        self, path: str, documents: list[Document], profile: Profile, baseline: Baseline | None, *, looked: bool
    ) -> Examined:
        memories = tuple(
            remember(document, document.table, profile, self.chosen, self.today)
            for document in documents
            if document.table
        )
        if not looked:
            return Examined(path, Tally(), (), memories, dated=any(memory.waivings for memory in memories))
        return self._looked(path, documents, profile, memories, baseline)

    def _looked(
        self,
        path: str,
        documents: list[Document],
        profile: Profile,
        memories: tuple[Memory, ...],
        baseline: Baseline | None,
    ) -> Examined:
        found: list[Diagnostic] = []
        unjudged: list[Open] = []
        for document in documents:
            checked = check(document, profile, self.chosen, self.today, baseline)
            found += checked.diagnostics
            unjudged += checked.unjudged
        tables = [(document, document.table) for document in documents if document.table]
        tally = Tally(1, len(tables), unjudged=unjudged)
        tally.add(found)
        examined = Examined(
            path,
            tally,
            tuple(table.name for _, table in tables),
            memories,
            tuple(found) if self.keep else (),
            tuple(note for document in documents for note in document.notes),
            _sheets(tables, profile) if self.draw else (),
            dated=any(table.waivers for _, table in tables),
        )
        return examined._replace(text=self._text(found)) if self.shown and found else examined

    def _text(self, found: list[Diagnostic]) -> str:
        format_, view = self.shown or ("", View())
        reporter = streamed(format_)
        return reporter.part(found, view) if reporter else ""


@lru_cache(maxsize=4)
def _chosen(names: tuple[str, ...]) -> Mapping[str, Rule]:
    """Not kept in the examiner itself, which travels."""
    return {name: rules()[name] for name in names}


def _sheets(tables: list[tuple[Document, Table]], profile: Profile) -> tuple[Sheet, ...]:
    from perftarget.reporters.sheets import sheet_of

    return tuple(sheet_of(document, table, profile) for document, table in tables)
