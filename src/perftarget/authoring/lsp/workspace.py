"""Checks of the documents that are open in an editor, independent of the protocol."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from perftarget.authoring.lsp.project_index import ProjectIndex, configured_paths, filter_facts, scope_of
from perftarget.config.loader import Profiles, load_profile
from perftarget.config.profile import Profile
from perftarget.files.discovery import CONFIG_NAME, TABLE_SUFFIXES
from perftarget.linter.cross_table import CrossTableCheck, TableFacts, gather_facts
from perftarget.linter.diagnostic import ConcreteFix, Diagnostic, RelatedLocation, Severity, missing_data
from perftarget.linter.diagnostics_builder import related_location
from perftarget.linter.engine import run_rules
from perftarget.linter.fixer import Fixer
from perftarget.linter.match import RuleMatch
from perftarget.linter.rule import Finding, Rule
from perftarget.linter.selection import select_rules
from perftarget.tables.document import Document
from perftarget.tables.keys import ORDER
from perftarget.tables.model import FIELD_NAMES
from perftarget.tables.reader import parse_documents
from perftarget.text.source import KEY, Loc, Span

_LABELS: Final = "|".join(label for label in FIELD_NAMES if label != ORDER)  # other files have numbers too
_FIELD: Final = re.compile(rf"(?m)^(?:{_LABELS})[ \t]*[:：]")


class EditorFinding(NamedTuple):
    """A finding at one place of a document; `severity` is None for an undetermined result."""

    span: Span
    severity: Severity | None
    rule: str
    message: str
    notes: tuple[str, ...] = ()
    related: tuple[RelatedLocation, ...] = ()
    fix: ConcreteFix | None = None


@dataclass(frozen=True)
class OpenDocument:
    """A checked text; `findings` are those of the rules that need no other table."""

    path: str
    text: str
    profile: Profile
    document: Document
    findings: tuple[EditorFinding, ...]

    @cached_property
    def table_facts(self) -> tuple[TableFacts, ...]:
        """The facts for the rules across tables."""
        document = self.document
        if document.table is None:
            return ()
        return (gather_facts(document, document.table, self.profile, select_rules(), date.today()),)

    def loc_at(self, offset: int) -> Loc | None:
        """Return the path to the innermost value or key around an offset; None if there is none."""
        spans = self.document.source.spans.items()
        around = [(span.end - span.start, loc) for loc, span in spans if span.start <= offset <= span.end and loc]
        return min(around, key=lambda item: (item[0], -len(item[1])), default=(0, None))[1]


@dataclass
class Workspace:
    """The profiles and the project indexes for the open documents; `root` is the folder that the editor has open."""

    profile: str | None = None
    root: str = ""
    profiles: Profiles = field(init=False)
    _indexes: dict[object, ProjectIndex] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.profiles = Profiles(self.profile)

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules that are checked."""
        return select_rules()

    def is_table(self, path: str, text: str) -> bool:
        """Return True if a file is a YAML file that has a field of a table or is below the configured paths.

        Raises ConfigError if the configuration is invalid.
        """
        if Path(path).name == CONFIG_NAME or not path.lower().endswith(TABLE_SUFFIXES):
            return False
        if _FIELD.search(text):
            return True
        return any(_discovers(folder, path) for folder in configured_paths(path, self.profiles, self.root))

    def check(self, path: str, text: str) -> OpenDocument:
        """Check a text without the other tables.

        Raises ConfigError if the configuration is invalid.
        """
        profile = self.profiles.of(path)
        (document,) = parse_documents(path, text.encode("utf-8", "replace"), profile)
        results = run_rules(document, profile, self.rules, date.today())
        findings = [_editor_finding(document, match) for match in results.hits if match.suppressed is None]
        findings += [
            EditorFinding(document.source.span(undetermined.at), None, rule.name, missing_data(undetermined.reason))
            for rule, undetermined in results.undetermined
        ]
        return OpenDocument(path, text, profile, document, tuple(findings))

    def project_index(self, path: str) -> ProjectIndex:
        """Return the index of the tables beside a file.

        Raises ConfigError if the configuration is invalid.
        """
        scope = scope_of(path, self.profiles, self.root)
        return self._indexes.setdefault(scope, ProjectIndex(scope))

    def project_indexes(self) -> list[ProjectIndex]:
        """Return all indexes."""
        return list(self._indexes.values())

    def check_across_tables(
        self, document: OpenDocument, open_documents: Iterable[OpenDocument]
    ) -> Iterator[EditorFinding]:
        """Yield the findings of the rules across tables in a document.

        The text of an open document takes precedence over its file. Yields nothing until the index is complete.
        """
        index = self.project_index(document.path)
        if not index.complete:
            return
        keys = frozenset((fact.rule, fact.key) for facts in document.table_facts for fact in facts.facts)
        others = {other.path: other for other in open_documents if other.path != document.path}
        with closing(CrossTableCheck(self.rules)) as check:
            # The facts of the document come first, so that its findings are reported at the document.
            for facts in document.table_facts:
                check.add(facts, document.profile)
            for path, file in sorted(index.files.copy().items()):
                if path not in others and path != document.path:
                    for facts in filter_facts(file.table_facts, keys):
                        check.add(facts, file.profile)
            for other in others.values():
                for facts in filter_facts(other.table_facts, keys):
                    check.add(facts, other.profile)
            for diagnostic in check.check():
                if diagnostic.suppressed is None:
                    yield from _findings_in_file(diagnostic, document.path)

    def fix(self, document: OpenDocument) -> str:
        """Return the text of a document with all safe fixes applied."""
        fixer = Fixer(document.path, document.profile, self.rules, date.today())
        return fixer.fix(document.text.encode("utf-8", "replace")).data.decode()

    def reset_profiles(self) -> None:
        """Drop the loaded profiles, so that changed configurations are read again."""
        load_profile.cache_clear()
        self.profiles = Profiles(self.profile)


def _discovers(folder: str, path: str) -> bool:
    """Return True if a run on the folder checks the file: it is below the folder and not in a hidden one."""
    real_path, real_folder = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    if not real_path.is_relative_to(real_folder):
        return False
    return not any(part.startswith(".") for part in real_path.relative_to(real_folder).parts)


def _editor_finding(document: Document, match: RuleMatch) -> EditorFinding:
    finding = match.finding
    return EditorFinding(
        _visible_span(document, finding),
        match.severity,
        match.rule.name,
        finding.message,
        tuple(finding.notes),
        tuple(related_location(document, related.at, related.label) for related in finding.related),
        match.fix if match.fix and match.fix.edits else None,
    )


def _visible_span(document: Document, finding: Finding) -> Span:
    """Return the span of a finding; for a blank value the span of its key, since an editor cannot underline nothing."""
    source = document.source
    span = source.span(finding.at)
    if span.start == span.end and isinstance(finding.at, tuple) and not isinstance(finding.at, Span):
        return source.span((*finding.at, KEY))
    return span


def _findings_in_file(diagnostic: Diagnostic, path: str) -> Iterator[EditorFinding]:
    """Yield a finding for each row of a diagnostic across tables that has a location in the file."""
    primary = RelatedLocation(diagnostic.label, diagnostic.span, diagnostic.place, diagnostic.line)
    groups: list[list[RelatedLocation]] = [[primary]]
    for location in diagnostic.related:
        if location.row:
            groups.append([location])
        else:
            groups[-1].append(location)
    for locations in groups:
        here = next((location for location in locations if location.place.path == path), None)
        if here:
            rest = tuple(location for location in locations if location is not here)
            message = locations[0].message
            yield EditorFinding(here.span, diagnostic.severity, diagnostic.rule, message, diagnostic.notes, rest)
