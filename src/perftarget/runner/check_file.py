"""One file to all that a run wants of it: a function of its bytes and its profile, wherever it is carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from perftarget import i18n as language
from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.linter.baseline import Baseline
from perftarget.linter.cross_table import TableFacts, gather_facts
from perftarget.linter.diagnostic import Diagnostic, UndeterminedResult
from perftarget.linter.engine import check_document
from perftarget.linter.rule import Rule, rules
from perftarget.linter.run import Summary, TableView
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import streaming_reporter
from perftarget.tables.document import Document
from perftarget.tables.model import Table
from perftarget.tables.reader import parse_documents, read_documents, unreadable_document


class FileResult(NamedTuple):
    """What one file gives to a run. `text` is its part of the result where `shown` asks for it, else "".

    `diagnostics` are absent where nobody asks for more than that text.
    """

    path: str
    summary: Summary
    projects: tuple[str, ...]
    facts: tuple[TableFacts, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    table_views: tuple[TableView, ...] = ()
    text: str = ""
    dated: bool = False  # whether another day may bring another result


@dataclass(frozen=True)
class FileChecker:
    """What is asked of every file: by which rules, on which day, in which language, and how it is to be shown."""

    names: tuple[str, ...]
    today: date
    lang: language.Language
    draw: bool = False  # whether the tables are wanted, too
    keep: bool = True  # whether the findings are wanted, or their text alone
    shown: tuple[str, ReportOptions] | None = None

    @property
    def chosen(self) -> Mapping[str, Rule]:
        return _chosen(self.names)

    def examine(
        self, path: str, data: bytes | None, profile: Profile, baseline: Baseline | None = None, *, looked: bool = True
    ) -> FileResult:
        """Read the file where its bytes are not given. One that is not `looked` at is only remembered."""
        documents = read_documents(path, profile) if data is None else parse_documents(path, data, profile)
        return self._examined(path, documents, profile, baseline, looked=looked)

    def unreadable(self, path: str, error: UnreadableFileError, profile: Profile) -> FileResult:
        """What is said of a file that nobody could read."""
        return self._examined(path, [unreadable_document(path, error)], profile, None, looked=True)

    def _examined(
        self, path: str, documents: list[Document], profile: Profile, baseline: Baseline | None, *, looked: bool
    ) -> FileResult:
        facts = tuple(
            gather_facts(document, document.table, profile, self.chosen, self.today)
            for document in documents
            if document.table
        )
        if not looked:
            return FileResult(path, Summary(), (), facts, dated=any(memory.suppressions for memory in facts))
        return self._looked(path, documents, profile, facts, baseline)

    def _looked(
        self,
        path: str,
        documents: list[Document],
        profile: Profile,
        facts: tuple[TableFacts, ...],
        baseline: Baseline | None,
    ) -> FileResult:
        found: list[Diagnostic] = []
        undetermined: list[UndeterminedResult] = []
        for document in documents:
            checked = check_document(document, profile, self.chosen, self.today, baseline)
            found += checked.diagnostics
            undetermined += checked.undetermined
        tables = [(document, document.table) for document in documents if document.table]
        summary = Summary(1, len(tables), undetermined=undetermined)
        summary.add(found)
        examined = FileResult(
            path,
            summary,
            tuple(table.name for _, table in tables),
            facts,
            tuple(found) if self.keep else (),
            tuple(note for document in documents for note in document.notes),
            _sheets(tables, profile) if self.draw else (),
            dated=any(table.suppressions for _, table in tables),
        )
        return examined._replace(text=self._text(found)) if self.shown and found else examined

    def _text(self, found: list[Diagnostic]) -> str:
        format_, view = self.shown or ("", ReportOptions())
        reporter = streaming_reporter(format_)
        return reporter.part(found, view) if reporter else ""


@lru_cache(maxsize=4)
def _chosen(names: tuple[str, ...]) -> Mapping[str, Rule]:
    """Not kept in the examiner itself, which travels."""
    return {name: rules()[name] for name in names}


def _sheets(tables: list[tuple[Document, Table]], profile: Profile) -> tuple[TableView, ...]:
    from perftarget.reporters.table_views import table_view

    return tuple(table_view(document, table, profile) for document, table in tables)
