"""The tables beside the one that is open: what they have, and what the rules across tables remember of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from perftarget.authoring.suggestions import Suggestions, TableSample, sample_table
from perftarget.config.loader import Profiles
from perftarget.config.profile import Profile
from perftarget.errors import ConfigError
from perftarget.files.discovery import CONFIG_NAME, TABLE_SUFFIXES, discover, find_config
from perftarget.files.repository import is_within
from perftarget.linter.cross_table import TableFacts, gather_facts
from perftarget.linter.selection import select_rules
from perftarget.tables.reader import read_documents


class IndexedFile(NamedTuple):
    """One file: when and how large it was read, by which profile, and what is known of its tables."""

    stamp: tuple[int, int]
    profile: Profile
    tables: tuple[TableSample, ...]
    memories: tuple[TableFacts, ...]


class Scope(NamedTuple):
    """Where the tables beside one are looked for: below these paths; where there are none, in its own folder."""

    paths: tuple[str, ...]
    folder: str

    def files(self) -> list[str]:
        if self.paths:
            found = discover(path for path in self.paths if os.path.lexists(path)).files
        else:
            found = [str(path) for path in _in(self.folder)]
        return [os.path.realpath(path) for path in found if path.lower().endswith(TABLE_SUFFIXES)]


def _in(folder: str) -> Iterable[Path]:
    try:
        return [path for path in Path(folder).iterdir() if path.is_file() and path.name != CONFIG_NAME]
    except OSError:
        return []


def configured_scope(path: str, profiles: Profiles, root: str) -> tuple[str, ...]:
    """The paths of the tables, as the configuration above `path` has them; without one, from the folder `root`."""
    config = find_config(Path(path).parent)
    base = config.parent if config else Path(root)
    return tuple(str(base / one) for one in profiles.of(path).paths)


def scope(path: str, profiles: Profiles, root: str) -> Scope:
    paths = configured_scope(path, profiles, root)
    inside = any(is_within(path, one) for one in paths)
    return Scope(paths if inside else (), str(Path(path).parent))


@dataclass
class ProjectIndex:
    """What is known of the files of one scope, read again where they have changed.

    Reading thousands takes a while, and is for another thread; until it is through for the first time, what is known
    is not `whole`. It is `stale` while nobody has looked whether files have changed.
    """

    scope: Scope
    known: dict[str, IndexedFile] = field(default_factory=dict)
    whole: bool = False
    stale: bool = True

    def refresh(self, profiles: Profiles) -> None:
        self.stale = False
        files = self.scope.files()
        for path in files:
            found = _read(path, profiles, self.known.get(path))
            if found is None:
                self.known.pop(path, None)
            else:
                self.known[path] = found
        for path in set(self.known) - set(files):
            self.known.pop(path, None)
        self.whole = True

    def others(self, path: str) -> list[IndexedFile]:
        """All but the file itself, in order."""
        known = self.known.copy()
        return [known[other] for other in sorted(known) if other != path]

    def usual(self, path: str, profile: Profile) -> Suggestions:
        """What the other tables of that profile have."""
        same = (one for one in self.others(path) if one.profile.digest == profile.digest)
        return Suggestions(table for one in same for table in one.tables)


def _read(path: str, profiles: Profiles, known: IndexedFile | None) -> IndexedFile | None:
    """None where the file is gone, or its settings cannot be used: of those is spoken elsewhere."""
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands of files
        stamp = (status.st_mtime_ns, status.st_size)
        profile = profiles.of(path)
    except (OSError, ConfigError):
        return None
    if known and known.stamp == stamp and known.profile is profile:
        return known
    tables: list[TableSample] = []
    memories: list[TableFacts] = []
    for document in read_documents(path, profile):
        if document.table:
            tables.append(sample_table(document.table, profile))
            memories.append(gather_facts(document, document.table, profile, select_rules(), date.today()))
    return IndexedFile(stamp, profile, tuple(tables), tuple(memories))


def narrowed(memories: Sequence[TableFacts], keys: frozenset[tuple[str, int]]) -> Iterable[TableFacts]:
    """What is remembered of those keys; a waiver counts where a fact does."""
    for memory in memories:
        if facts := tuple(fact for fact in memory.facts if (fact.rule, fact.key) in keys):
            yield memory._replace(facts=facts)
