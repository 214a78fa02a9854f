"""Check one file: a function of its bytes and its profile, in whichever process it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.i18n import Language
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
    """The result of checking one file.

    `text` is its part of a streamed output, "" where there is none; `diagnostics` are empty where only that text is
    needed. `depends_on_day` is True where another day may bring another result.
    """

    path: str
    summary: Summary
    projects: tuple[str, ...]
    facts: tuple[TableFacts, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    table_views: tuple[TableView, ...] = ()
    text: str = ""
    depends_on_day: bool = False


@dataclass(frozen=True)
class FileChecker:
    """The settings that are the same for every file of a run.

    With `with_tables`, results hold the tables to be drawn; with `keep`, the diagnostics; `part` is the format and the
    options of the streamed output, if any.
    """

    rule_names: tuple[str, ...]
    today: date
    language: Language
    with_tables: bool = False
    keep: bool = True
    part: tuple[str, ReportOptions] | None = None

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by name."""
        return _rules_named(self.rule_names)

    def check(
        self,
        path: str,
        data: bytes | None,
        profile: Profile,
        baseline: Baseline | None = None,
        *,
        selected: bool = True,
    ) -> FileResult:
        """Check the bytes of a file, or read it where `data` is None; gather only facts of a file not `selected`."""
        documents = read_documents(path, profile) if data is None else parse_documents(path, data, profile)
        return self._check_documents(path, documents, profile, baseline, selected=selected)

    def unreadable(self, path: str, error: UnreadableFileError, profile: Profile) -> FileResult:
        """Return the result of a file that could not be read."""
        return self._check_documents(path, [unreadable_document(path, error)], profile, None, selected=True)

    def _check_documents(
        self, path: str, documents: list[Document], profile: Profile, baseline: Baseline | None, *, selected: bool
    ) -> FileResult:
        facts = tuple(
            gather_facts(document, document.table, profile, self.rules, self.today)
            for document in documents
            if document.table
        )
        if not selected:
            return FileResult(path, Summary(), (), facts, depends_on_day=any(one.suppressions for one in facts))
        diagnostics: list[Diagnostic] = []
        undetermined: list[UndeterminedResult] = []
        for document in documents:
            result = check_document(document, profile, self.rules, self.today, baseline)
            diagnostics += result.diagnostics
            undetermined += result.undetermined
        tables = [(document, document.table) for document in documents if document.table]
        summary = Summary(1, len(tables), unread=int(not tables), undetermined=undetermined)
        summary.add(diagnostics)
        return FileResult(
            path,
            summary,
            tuple(table.name for _, table in tables),
            facts,
            tuple(diagnostics) if self.keep else (),
            tuple(note for document in documents for note in document.notes),
            _table_views(tables, profile) if self.with_tables else (),
            self._text(diagnostics),
            depends_on_day=any(table.suppressions for _, table in tables),
        )

    def _text(self, diagnostics: list[Diagnostic]) -> str:
        if self.part is None or not diagnostics:
            return ""
        format_, options = self.part
        reporter = streaming_reporter(format_)
        return reporter.part(diagnostics, options) if reporter else ""


@lru_cache(maxsize=4)
def _rules_named(names: tuple[str, ...]) -> Mapping[str, Rule]:
    """Return the rules by name; apart from the checker, which travels to other processes."""
    return {name: rules()[name] for name in names}


def _table_views(tables: list[tuple[Document, Table]], profile: Profile) -> tuple[TableView, ...]:
    from perftarget.reporters.table_views import table_view

    return tuple(table_view(document, table, profile) for document, table in tables)
