"""Check a project: every selected file by every rule, then the rules across tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from perftarget.console import print_message
from perftarget.i18n import current_language
from perftarget.linter.baseline import Baseline
from perftarget.linter.cross_table import CrossTableCheck
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.rule import Rule
from perftarget.linter.run import Run, Summary, TableView
from perftarget.runner.cache.location import cache_folder
from perftarget.runner.cache.store import Cache
from perftarget.runner.check_file import FileChecker, FileResult
from perftarget.runner.cpu_count import available_cpus
from perftarget.runner.output_writer import StreamingOutput
from perftarget.runner.progress import with_progress
from perftarget.runner.project import Project
from perftarget.runner.scheduler import Scheduler, Task
from perftarget.runner.workers import PARALLEL_MINIMUM, File, ProcessPool, WorkerPool


@dataclass
class ProjectCheck:
    """One check of a project by some rules.

    `jobs` is the number of processes, 0 for as many as there are processors where the number of files is worth it;
    `pool` are other workers, such as a cluster. With `use_cache`, the result of an unchanged file is taken from the
    result cache; `digests` are then the digests of the files read, by path, where the cache worked throughout.
    """

    project: Project
    rules: Mapping[str, Rule]
    jobs: int = 1
    pool: WorkerPool | None = None
    use_cache: bool = False
    digests: dict[str, str] = field(default_factory=dict)

    def run(
        self, baseline: Baseline | None = None, *, with_tables: bool = False, output: StreamingOutput | None = None
    ) -> Run:
        """Check every file and return the run.

        Findings in the baseline are left out and counted. `with_tables` keeps the tables to be drawn. `output` is
        written as findings are made; they are kept for the run only where the output asks for it.
        """
        keep = output is None or output.keep
        checker = FileChecker(
            tuple(self.rules),
            self.project.today,
            current_language(),
            with_tables,
            keep,
            output.part if output else None,
        )
        collected = _Collected(keep)
        with closing(CrossTableCheck(self.rules, baseline)) as across:
            for result in self._results(checker, baseline):
                for facts in result.facts:
                    across.add(facts, self.project.profile_of(result.path))
                for note in result.notes:
                    print_message(f"{result.path}: {note}")
                if output:
                    output.write(result.text)
                collected.add(result)
            for diagnostic in self._at_selected_files(across.check()):
                collected.add_cross_table(diagnostic)
                if output:
                    output.add(diagnostic)
        if baseline:
            collected.summary.baselined = sum(min(met, baseline.accepted[key]) for key, met in baseline.met.items())
        collected.summary.unchecked = self.project.unchecked
        if output:
            output.end(collected.summary)
        return collected.run(self.project.selected)

    def _results(self, checker: FileChecker, baseline: Baseline | None) -> Iterator[FileResult]:
        """Yield the result of every file in order; of files that are not selected, only their facts."""
        if baseline:  # counted down file by file, in this process
            yield from Scheduler(checker).run_here(self._tasks(), baseline)
            return
        folder = cache_folder() if self.use_cache else None
        cache = Cache(folder) if folder else None
        scheduler = Scheduler(checker, self._pool(), cache)
        try:
            yield from scheduler.run(self._tasks())
        finally:
            if cache:
                cache.close()
        if cache and cache.is_sound:
            self.digests = scheduler.digests

    def _pool(self) -> WorkerPool | None:
        """Return the workers, or None to check in this process."""
        width = self.jobs or (available_cpus() if len(self.project.files) >= PARALLEL_MINIMUM else 1)
        return self.pool or (ProcessPool(width) if width > 1 else None)

    def _tasks(self) -> Iterator[Task]:
        selected = set(self.project.selected)
        for path in with_progress(self.project.files):
            file = File(path, self.project.staged_content(path), path in selected)
            yield Task(file, self.project.profile_of(path))

    def _at_selected_files(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        selected = set(self.project.selected)
        for diagnostic in diagnostics:
            places = {diagnostic.place.path, *(related.place.path for related in diagnostic.related)}
            if not selected.isdisjoint(places):
                yield diagnostic


def check_project(project: Project, rules: Mapping[str, Rule], *, with_tables: bool = False) -> Run:
    """Check a project in this process, without the result cache."""
    return ProjectCheck(project, rules).run(with_tables=with_tables)


@dataclass
class _Collected:
    """The results collected in a run; the diagnostics themselves only where `keep` is set."""

    keep: bool
    summary: Summary = field(default_factory=Summary)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    table_views: list[TableView] = field(default_factory=list)
    projects: set[str] = field(default_factory=set)

    def add(self, result: FileResult) -> None:
        self.summary.merge(result.summary)
        self.diagnostics += result.diagnostics
        self.table_views += result.table_views
        self.projects.update(result.projects)

    def add_cross_table(self, diagnostic: Diagnostic) -> None:
        self.summary.add([diagnostic])
        if self.keep:
            self.diagnostics.append(diagnostic)

    def run(self, paths: Iterable[str]) -> Run:
        return Run(
            tuple(paths), self.summary, tuple(self.diagnostics), tuple(self.table_views), frozenset(self.projects)
        )
