"""Index of the tables of a project, for suggestions and for rules across tables."""

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
    """The samples and facts of the tables of a file, with its modification time and size when it was read."""

    stamp: tuple[int, int]
    profile: Profile
    samples: tuple[TableSample, ...]
    table_facts: tuple[TableFacts, ...]


class Scope(NamedTuple):
    """The files of an index: those below `paths`, or those in `folder` if there are no paths."""

    paths: tuple[str, ...]
    folder: str

    def files(self) -> list[str]:
        """Return the real paths of the YAML files in the scope."""
        if self.paths:
            files = discover(path for path in self.paths if os.path.lexists(path)).files
        else:
            files = [str(path) for path in _files_in(self.folder)]
        return [os.path.realpath(path) for path in files if path.lower().endswith(TABLE_SUFFIXES)]


def _files_in(folder: str) -> Iterable[Path]:
    try:
        return [path for path in Path(folder).iterdir() if path.is_file() and path.name != CONFIG_NAME]
    except OSError:
        return []


def configured_paths(path: str, profiles: Profiles, root: str) -> tuple[str, ...]:
    """Return the configured paths of the tables, relative to the configuration above `path`, else to `root`.

    Raises ConfigError if the configuration is invalid.
    """
    config = find_config(Path(path).parent)
    base = config.parent if config else Path(root)
    return tuple(str(base / configured) for configured in profiles.of(path).paths)


def scope_of(path: str, profiles: Profiles, root: str) -> Scope:
    """Return the scope of a file: the configured paths if it is below one of them, else its folder.

    Raises ConfigError if the configuration is invalid.
    """
    paths = configured_paths(path, profiles, root)
    is_configured = any(is_within(path, configured) for configured in paths)
    return Scope(paths if is_configured else (), str(Path(path).parent))


@dataclass
class ProjectIndex:
    """An index of the files in a scope.

    Reading thousands of files takes a while, so `refresh` belongs in another thread. `complete` is False until the
    first refresh is done, and `stale` is True if files may have changed since the last one.
    """

    scope: Scope
    files: dict[str, IndexedFile] = field(default_factory=dict)
    complete: bool = False
    stale: bool = True

    def refresh(self, profiles: Profiles) -> None:
        """Read the files that have changed, and drop those that are gone."""
        self.stale = False
        paths = self.scope.files()
        for path in paths:
            file = _read_file(path, profiles, self.files.get(path))
            if file is None:
                self.files.pop(path, None)
            else:
                self.files[path] = file
        for path in set(self.files) - set(paths):
            self.files.pop(path, None)
        self.complete = True

    def other_files(self, path: str) -> list[IndexedFile]:
        """Return all files except the one at `path`, in the order of their paths."""
        files = self.files.copy()
        return [files[other] for other in sorted(files) if other != path]

    def suggestions(self, path: str, profile: Profile) -> Suggestions:
        """Return suggestions for the file at `path` from the other files with the same profile."""
        files = (file for file in self.other_files(path) if file.profile.digest == profile.digest)
        return Suggestions(sample for file in files for sample in file.samples)


def _read_file(path: str, profiles: Profiles, previous: IndexedFile | None) -> IndexedFile | None:
    """Read a file, or return the `previous` result if the file and its profile have not changed.

    Returns None if the file is gone or its configuration is invalid; that is reported when the file is opened.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - faster than Path.stat for thousands of files
        stamp = (status.st_mtime_ns, status.st_size)
        profile = profiles.of(path)
    except (OSError, ConfigError):
        return None
    if previous and previous.stamp == stamp and previous.profile is profile:
        return previous
    samples: list[TableSample] = []
    table_facts: list[TableFacts] = []
    for document in read_documents(path, profile):
        if document.table:
            samples.append(sample_table(document.table, profile))
            table_facts.append(gather_facts(document, document.table, profile, select_rules(), date.today()))
    return IndexedFile(stamp, profile, tuple(samples), tuple(table_facts))


def filter_facts(table_facts: Sequence[TableFacts], keys: frozenset[tuple[str, int]]) -> Iterable[TableFacts]:
    """Yield the facts with the given keys; a table without such a fact is left out, with its suppressions."""
    for facts in table_facts:
        if matching := tuple(fact for fact in facts.facts if (fact.rule, fact.key) in keys):
            yield facts._replace(facts=matching)
