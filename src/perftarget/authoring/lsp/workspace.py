"""A table on the desk: its text as it is being typed, and all that is to be said of it. Knows nothing of protocols."""

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

from perftarget.authoring.lsp.project_index import ProjectIndex, configured_scope, narrowed, scope
from perftarget.config.loader import Profiles, load_profile
from perftarget.config.profile import Profile
from perftarget.files.discovery import CONFIG_NAME, TABLE_SUFFIXES
from perftarget.linter.cross_table import CrossTableCheck, TableFacts, gather_facts
from perftarget.linter.diagnostic import ConcreteFix, Diagnostic, RelatedLocation, Severity
from perftarget.linter.engine import related_location, run_rules
from perftarget.linter.fixer import Fixer
from perftarget.linter.rule import Finding, Rule
from perftarget.linter.selection import select_rules
from perftarget.tables.document import Document
from perftarget.tables.model import FIELD_NAMES
from perftarget.tables.reader import parse_documents
from perftarget.text.source import KEY, Loc, Span

_FIELD: Final = re.compile(rf"(?m)^(?:{'|'.join(FIELD_NAMES)})[ \t]*[:：]")


class EditorFinding(NamedTuple):
    """What is said at one place of a table; `severity` is None for what could not be judged."""

    span: Span
    severity: Severity | None
    rule: str
    message: str
    notes: tuple[str, ...] = ()
    related: tuple[RelatedLocation, ...] = ()
    fix: ConcreteFix | None = None


@dataclass(frozen=True)
class OpenDocument:
    """One text, read by one profile."""

    path: str
    text: str
    profile: Profile
    document: Document
    remarks: tuple[EditorFinding, ...]

    @cached_property
    def memories(self) -> tuple[TableFacts, ...]:
        """What the rules across tables want to know of it."""
        document = self.document
        if document.table is None:
            return ()
        return (gather_facts(document, document.table, self.profile, select_rules(), date.today()),)

    def at(self, offset: int) -> Loc | None:
        """The innermost value or key around a character."""
        spans = self.document.source.spans.items()
        around = [(span.end - span.start, loc) for loc, span in spans if span.start <= offset <= span.end and loc]
        return min(around, key=lambda one: (one[0], -len(one[1])), default=(0, None))[1]


@dataclass
class Workspace:
    """The settings and the other tables, for every text that is open. `root` is the folder that the editor has open."""

    profile: str | None = None
    root: str = ""
    profiles: Profiles = field(init=False)
    _neighbours: dict[object, ProjectIndex] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.profiles = Profiles(self.profile)

    @property
    def rules(self) -> Mapping[str, Rule]:
        return select_rules()

    def is_table(self, path: str, text: str) -> bool:
        """Whether a YAML file is a table: it is where tables are, or has a field of theirs. May raise ConfigError."""
        if Path(path).name == CONFIG_NAME or not path.lower().endswith(TABLE_SUFFIXES):
            return False
        if _FIELD.search(text):
            return True
        return any(_holds(place, path) for place in configured_scope(path, self.profiles, self.root))

    def page(self, path: str, text: str) -> OpenDocument:
        """Look at a text. Raises ConfigError where the settings for it cannot be used."""
        profile = self.profiles.of(path)
        (document,) = parse_documents(path, text.encode("utf-8", "replace"), profile)
        looked = run_rules(document, profile, self.rules, date.today())
        source = document.source
        remarks = [
            EditorFinding(
                _seen(document, hit.finding),
                hit.severity,
                hit.rule.name,
                hit.finding.message,
                tuple(hit.finding.notes),
                tuple(related_location(document, related.at, related.label) for related in hit.finding.related),
                hit.fix if hit.fix and hit.fix.edits else None,
            )
            for hit in looked.hits
            if hit.suppressed is None
        ]
        remarks += [
            EditorFinding(source.span(one.at), None, rule.name, one.reason) for rule, one in looked.undetermined
        ]
        return OpenDocument(path, text, profile, document, tuple(remarks))

    def neighbours(self, path: str) -> ProjectIndex:
        """The tables beside one. May raise ConfigError."""
        found = scope(path, self.profiles, self.root)
        return self._neighbours.setdefault(found, ProjectIndex(found))

    def all_neighbours(self) -> list[ProjectIndex]:
        return list(self._neighbours.values())

    def across(self, page: OpenDocument, opened: Iterable[OpenDocument]) -> Iterator[EditorFinding]:
        """What shows only beside the other tables, those that are open as they are now; nothing before all are read."""
        known = self.neighbours(page.path)
        if not known.whole:
            return
        keys = frozenset((fact.rule, fact.key) for memory in page.memories for fact in memory.facts)
        pages = {one.path: one for one in opened if one.path != page.path}
        with closing(CrossTableCheck(self.rules)) as portfolio:
            # Its own facts first: then what is said of them is said here.
            for memory in page.memories:
                portfolio.add(memory, page.profile)
            for path, other in sorted(known.known.copy().items()):
                if path not in pages and path != page.path:
                    for memory in narrowed(other.memories, keys):
                        portfolio.add(memory, other.profile)
            for one in pages.values():
                for memory in narrowed(one.memories, keys):
                    portfolio.add(memory, one.profile)
            for diagnostic in portfolio.check():
                if diagnostic.suppressed is None:
                    yield from _here(diagnostic, page.path)

    def mended(self, page: OpenDocument) -> str:
        """The text with its safe fixes made."""
        mender = Fixer(page.path, page.profile, self.rules, date.today())
        return mender.fix(page.text.encode("utf-8", "replace")).data.decode()

    def forget_settings(self) -> None:
        """Read the configurations again when they are next asked for."""
        load_profile.cache_clear()
        self.profiles = Profiles(self.profile)


def _holds(folder: str, path: str) -> bool:
    """Whether a check of that folder looks at the file: it is below, in no hidden folder."""
    real, top = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    return real.is_relative_to(top) and not any(part.startswith(".") for part in real.relative_to(top).parts)


def _seen(document: Document, finding: Finding) -> Span:
    """Where it stands; what is blank cannot be seen, so it is shown at its key."""
    source = document.source
    span = source.span(finding.at)
    if span.start == span.end and isinstance(finding.at, tuple) and not isinstance(finding.at, Span):
        return source.span((*finding.at, KEY))
    return span


def _here(one: Diagnostic, path: str) -> Iterator[EditorFinding]:
    """What a finding across tables says at each of its places in one of them."""
    groups: list[tuple[RelatedLocation, list[RelatedLocation]]] = [
        (RelatedLocation(one.label, one.span, one.place, one.line), [])
    ]
    for related in one.related:
        if related.row:
            groups.append((related, []))
        else:
            groups[-1][1].append(related)
    for first, others in groups:
        marks = (first, *others)
        here = next((related_location for related_location in marks if related_location.place.path == path), None)
        if here:
            rest = tuple(related_location for related_location in marks if related_location is not here)
            yield EditorFinding(here.span, one.severity, one.rule, first.message, one.notes, rest)
