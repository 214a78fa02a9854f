"""One run of a command: what it was given to look at, and what the rules find in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perftarget import i18n as language
from perftarget.config.loader import Profiles
from perftarget.config.profile import Profile
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message
from perftarget.errors import UnreadableFileError
from perftarget.files.discovery import FOLDER_SUFFIXES, STANDARD_INPUT, TABLE_SUFFIXES, Discovery, discover
from perftarget.i18n import tr
from perftarget.linter import baseline as baselines
from perftarget.linter.baseline import Baseline
from perftarget.linter.cross_table import CrossTableCheck
from perftarget.linter.diagnostic import Diagnostic, Severity
from perftarget.linter.engine import check_document
from perftarget.linter.rule import CATEGORIES, Rule
from perftarget.linter.run import Run, Summary, TableView
from perftarget.linter.selection import select_rules
from perftarget.runner.cache.location import cache_folder
from perftarget.runner.cache.store import Cache
from perftarget.runner.check_file import FileChecker, FileResult
from perftarget.runner.processors import available_cpus
from perftarget.runner.progress import with_progress
from perftarget.runner.scheduler import Scheduler, Task
from perftarget.runner.stream import StreamingOutput
from perftarget.runner.workers import PARALLEL_MINIMUM, File, ProcessPool, WorkerPool
from perftarget.tables.document import Document
from perftarget.tables.reader import read_bytes, read_documents, unreadable_document

if TYPE_CHECKING:
    from perftarget.files.git import Changes


@dataclass
class Project:
    """The files that the paths of a command lead to, and the settings of each."""

    profiles: Profiles
    files: list[str]
    complaints: list[str]
    whole: bool = False  # all that is configured, not some files of it
    changes: Changes | None = None  # where only what has changed is to be looked at
    wanted: list[str] = field(default_factory=list)  # the paths that led to the files
    seen: dict[str, str] = field(default_factory=dict)  # the digests of the files, where all could be read
    cached: bool = False  # whether what is known of a file by its content is used
    carrier: WorkerPool | None = None  # who does the work, where it is not processes of this machine
    jobs: int = 0  # how many processes check; 0 is as many as there are processors, where that is worth it
    today: date = field(default_factory=date.today)

    @classmethod
    def of(cls, paths: list[str] | None, profile: str | None) -> Project:
        """Find the files. No file at all is wrong use, never a clean result."""
        profiles = Profiles(profile)
        if not language.requested_language(sys.argv[1:]) and (lang := profiles.of("").lang):
            language.set_language(lang)
        wanted = paths or profiles.paths()
        found = discover(wanted)
        complain_of(found)
        if not found.files:
            if not found.complaints:
                where = language.join_words(wanted) or tr("perftarget.yaml 的 paths", "the paths of perftarget.yaml")
                known = language.join_words(FOLDER_SUFFIXES)
                print_message(
                    tr(
                        f"{where}: 没有找到表格（{known} 文件），什么也没有检查",
                        f"{where}: no table found ({known} files), nothing was checked",
                    )
                )
            raise CommandExit(EXIT_USAGE)
        return cls(profiles, found.files, found.complaints, whole=not paths, wanted=wanted)

    def only(self, changes: Changes) -> None:
        """Look at the files that have changed; at all of them where a setting has, since it bears on every table."""
        used = {file for path in self.files for file in self.profiles.of(path).files}
        if any(map(changes.has, used)):
            print_message(tr("配置有改动：检查全部表格", "the configuration has changed: all tables are checked"))
            changes = replace(changes, files=changes.files | {os.path.realpath(file) for file in self.files})
        self.changes = changes
        print_message(
            tr(
                f"有改动的 {len(self.looked)} 个文件（共 {len(self.files)} 个）",
                f"{len(self.looked)} of {len(self.files)} files have changed",
            )
        )

    @property
    def looked(self) -> list[str]:
        """The files that are looked at for themselves, not only beside the others."""
        return [file for file in self.files if self.changes is None or self.changes.has(file)]

    def documents(self) -> Iterator[Document]:
        """The tables, read as they are asked for."""
        return (document for file in self.files for document in read_documents(file, self.profiles.of(file)))

    def readable(self) -> Project:
        """This session, where all its files can be read; else the command ends here."""
        unread = [one for one in self.unfit(self.documents()) if one.rule == "unreadable-file"]
        for one in unread:
            print_message(fault_line(one))
        if unread:
            raise CommandExit(EXIT_FINDINGS)
        return self

    def refuse(self, file: str, error: UnreadableFileError) -> None:
        """Say why a file cannot be read."""
        for one in self.unfit([unreadable_document(file, error)]):
            print_message(fault_line(one))

    @property
    def shown(self) -> int:
        """How many findings of a file are wanted as text; the first file's profile says it for all."""
        return self.profiles.of(next(iter(self.looked), "")).bounds.shown

    def settings_of(self, file: str) -> Mapping[str, str]:
        """The files that the profile of a file was read from, each with its digest."""
        return self.profiles.of(file).files

    def settings(self, document: Document) -> Profile:
        return self.profiles.of(document.source.path)

    def check(
        self,
        chosen: Mapping[str, Rule],
        baseline: Baseline | None = None,
        *,
        draw: bool = False,
        stream: StreamingOutput | None = None,
    ) -> Run:
        """What the rules find; `draw` keeps the tables, too. What goes to a stream is written as it is found."""
        shown = stream.shown if stream else None
        examiner = FileChecker(
            tuple(chosen), self.today, language.current_language(), draw, stream is None or stream.keep, shown
        )
        kept = _Kept(stream is None or stream.keep)
        with closing(CrossTableCheck(chosen, baseline)) as portfolio:
            for examined in self._examined(examiner, baseline):
                for memory in examined.facts:
                    portfolio.add(memory, self.profiles.of(examined.path))
                for note in examined.notes:
                    print_message(f"{examined.path}: {note}")
                if stream:
                    stream.write(examined.text)
                kept.add(examined)
            among = set(self.looked)
            for one in portfolio.check():
                if not among.isdisjoint(_places(one)):
                    kept.add_across(one)
                    if stream:
                        stream.add(one)
        if baseline:
            kept.summary.baselined = sum(min(met, baseline.accepted[known]) for known, met in baseline.met.items())
        if stream:
            stream.end(kept.summary)
        return kept.run(self.looked)

    def _examined(self, examiner: FileChecker, baseline: Baseline | None) -> Iterator[FileResult]:
        """Every file in order; those that have not changed are only remembered, beside the others."""
        if baseline:  # it is counted down file by file
            yield from Scheduler(examiner).here(self._tasks(), baseline)
            return
        where = cache_folder() if self.cached else None
        cache = Cache(where) if where else None
        sweep = Scheduler(examiner, self._carrier(), cache)
        try:
            yield from sweep.over(self._tasks())
        finally:
            if cache:
                cache.close()
        if cache and cache.sound:
            self.seen = sweep.seen

    def _carrier(self) -> WorkerPool | None:
        """Who does the work; None is this process, where there is not enough of it for others."""
        width = self.jobs or (available_cpus() if len(self.files) >= PARALLEL_MINIMUM else 1)
        return self.carrier or (ProcessPool(width) if width > 1 else None)

    def _tasks(self) -> Iterator[Task]:
        staged = self.changes.staged if self.changes else {}
        looked = set(self.looked)
        for file in with_progress(self.files):
            data = staged.get(os.path.realpath(file)) if staged else None
            yield Task(File(file, data, file in looked), self.profiles.of(file))

    def shrunk(self, baseline: Baseline, projects: set[str], chosen: Mapping[str, Rule]) -> str | None:
        """The baseline without the findings that are gone; None where none is.

        What shows only across tables is known to be gone only where all of them were looked at.
        """
        looked = {name for name, rule in chosen.items() if rule.subject != "facts" or self.whole}
        left = baseline.shrunk(projects, looked)
        return None if left is None else baselines.baseline_text(left)

    def fix(self, chosen: Mapping[str, Rule], *, unsafe: bool) -> Iterator[tuple[str, bytes, bytes, int]]:
        """Each YAML file that can be mended: its path, its bytes, those after the fixes, how many findings are gone."""
        from perftarget.linter.fixer import Fixer

        staged = self.changes.staged if self.changes else {}
        for file in self.looked:
            if file == STANDARD_INPUT:
                continue  # there is no file to write
            if os.path.realpath(file) in staged:
                print_message(
                    tr(
                        f"{file}: 暂存之后又有改动，没有修复；请先 git add 或撤销其中一份",
                        f"{file}: has changes beside the staged ones, and was not fixed; stage or undo them first",
                    )
                )
                continue
            if Path(file).suffix.lower() not in TABLE_SUFFIXES:
                print_message(
                    tr(
                        f"{file}: 只能修复 YAML 文件；Word、Excel 文件请先用 perftarget import 转成 YAML",
                        f"{file}: only YAML files can be fixed; turn Word and Excel into YAML with perftarget import",
                    )
                )
                continue
            try:
                data = read_bytes(file, self.profiles.of(file).bounds)
            except UnreadableFileError:
                continue  # the check says what is wrong with it
            mended = Fixer(file, self.profiles.of(file), chosen, self.today, unsafe).fix(data)
            if mended.data != data:
                yield file, data, mended.data, mended.findings

    def unfit(self, documents: Iterable[Document]) -> list[Diagnostic]:
        """What keeps a document from being rendered whole: its faults as a file."""
        chosen = {name: rule for name, rule in select_rules([CATEGORIES[0]]).items() if rule.subject != "facts"}
        found = [
            one
            for document in documents
            for one in check_document(document, self.settings(document), chosen, self.today).diagnostics
        ]
        return [one for one in found if one.severity is Severity.ERROR]


@dataclass
class _Kept:
    """What is kept of each file until the end of a run; the findings only where they are `wanted` then."""

    wanted: bool
    summary: Summary = field(default_factory=Summary)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    table_views: list[TableView] = field(default_factory=list)
    projects: set[str] = field(default_factory=set)

    def add(self, examined: FileResult) -> None:
        self.summary.merge(examined.summary)
        self.diagnostics += examined.diagnostics
        self.table_views += examined.table_views
        self.projects.update(examined.projects)

    def add_across(self, one: Diagnostic) -> None:
        self.summary.add([one])
        if self.wanted:
            self.diagnostics.append(one)

    def run(self, paths: Iterable[str]) -> Run:
        return Run(
            tuple(paths), self.summary, tuple(self.diagnostics), tuple(self.table_views), frozenset(self.projects)
        )


def _places(one: Diagnostic) -> set[str]:
    return {one.place.path, *(mark.place.path for mark in one.related)}


def fault_line(one: Diagnostic) -> str:
    return f"{one.place} {one.title}{tr('：', ': ')}{one.message}"


def complain_of(found: Discovery) -> None:
    for complaint in found.complaints:
        print_message(complaint)
