"""Validate a project, as the command line asks for it."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perftarget.console import (
    EXIT_FINDINGS,
    EXIT_OK,
    EXIT_USAGE,
    CommandExit,
    print_message,
    use_color,
    write_or_exit,
    write_stdout,
)
from perftarget.i18n import tr
from perftarget.linter.baseline import Baseline, baseline_text, load_baseline
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Rule
from perftarget.linter.run import Run
from perftarget.linter.selection import select_rules
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.outputs import InvalidOutputError, OutputFile, output_files, root
from perftarget.runner.cache.replay import RunInputs, configurations, record_run
from perftarget.runner.output_writer import OutputWriter
from perftarget.runner.project import Project
from perftarget.runner.run import ProjectCheck
from perftarget.runner.workers import WorkerPool


class UsageError(Exception):
    """Options that do not go together; the message names them."""


@dataclass(frozen=True, kw_only=True)
class ValidateOptions:
    """The options of `perftarget validate`, under their names."""

    paths: Sequence[str] = ()
    formats: Sequence[str] = ()
    output: Path | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    since: str | None = None
    staged: bool = False
    watch: bool = False
    strict: bool = False
    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    profile: str | None = None
    jobs: int = 0
    cache: bool = True
    dask: bool = False
    scheduler: str | None = None
    quiet: bool = False
    colour: str = "auto"

    @property
    def is_repeatable(self) -> bool:
        """True if the run writes nothing but its result, and depends on nothing but files and settings."""
        return not (self.fix or self.baseline or self.since or self.staged or self.watch)

    def require_compatible(self) -> None:
        """Raise UsageError for options that do not go together."""
        if self.dask != (self.scheduler is not None):
            raise UsageError(
                tr("--executor dask 与 --scheduler 要一起用", "--executor dask and --scheduler go together")
            )
        if self.unsafe and not (self.fix or self.diff):
            raise UsageError(tr("--unsafe 要与 --fix 或 --diff 一起用", "--unsafe goes with --fix or --diff"))
        _require_one_of({"--since": self.since, "--staged": self.staged})
        _require_one_of({"--baseline": self.baseline, "--write-baseline": self.write_baseline})
        # A run that is repeated by itself writes to no table, and reads nothing that is used up.
        for name in ("--fix", "--write-baseline", "--staged", "-"):
            given = {"--fix": self.fix, "--write-baseline": self.write_baseline, "--staged": self.staged}
            _require_one_of({"--watch": self.watch, name: given.get(name, "-" in self.paths)})


def _require_one_of(options: dict[str, object]) -> None:
    if all(options.values()):
        names = tuple(options)
        raise UsageError(tr("{} 与 {} 不能一起用", "{} and {} exclude each other").format(*names))


def validate(options: ValidateOptions) -> int:
    """Check the tables, write the results and return the exit code. Raises UsageError."""
    outputs = _outputs(options)
    options.require_compatible()
    rules = select_rules(options.select, options.ignore)
    project = _project(options)
    if options.diff or options.write_baseline:
        project.report_unchecked()
    if options.diff:
        return _show_fixes(project, rules, unsafe=options.unsafe)
    all_fixed = not options.fix or _fix(project, rules, unsafe=options.unsafe)
    check = ProjectCheck(project, rules, options.jobs, _pool(options), options.cache)
    if options.write_baseline:
        return _write_baseline(check, options.write_baseline)
    report_options = _report_options(options, project)
    writer = OutputWriter(outputs, report_options)
    is_recorded = options.is_repeatable and options.cache and writer.is_stdout_only and not project.problems
    with record_run(sys.argv[1:], os.environ, is_recorded=is_recorded) as record:
        run = _checked(check, options.baseline, writer)
        project.report_former_names((*options.select, *options.ignore))
        if outputs[0].path is None and not writer.shows_counts:
            project.report_unchecked()
        if project.problems or not all_fixed:
            return EXIT_USAGE
        failing = [severity for severity in Severity if report_options.fails(severity)]
        code = EXIT_FINDINGS if any(map(run.count, failing)) else EXIT_OK
        if is_recorded and check.digests.keys() == set(project.files):
            record.keep(_inputs(project, check.digests), code)
    return code


def _inputs(project: Project, digests: dict[str, str]) -> RunInputs:
    """Return what a run of the project depends on besides its options."""
    settings = dict(project.configuration_digests())
    return RunInputs(project.paths, digests, project.unchecked, configurations(digests), settings)


def _outputs(options: ValidateOptions) -> list[OutputFile]:
    try:
        outputs = output_files(options.formats, options.output, os.environ)
    except InvalidOutputError as error:
        raise UsageError(str(error)) from error
    if outputs[0].format == "html" and outputs[0].path is None and sys.stdout and sys.stdout.isatty():
        example = tr("--format html=审核意见.html", "--format html=review.html")
        raise UsageError(tr(f"网页要写到文件里，如 {example}", f"a web page goes to a file, as in {example}"))
    return outputs


def _project(options: ValidateOptions) -> Project:
    project = Project.find(list(options.paths), options.profile)
    if options.since is not None or options.staged:
        from perftarget.files import git

        try:
            changes = git.staged_changes() if options.since is None else git.changes_since(options.since)
        except git.GitError as error:
            print_message(str(error))
            raise CommandExit(EXIT_USAGE) from error
        project.select_changed(changes)
    return project


def _pool(options: ValidateOptions) -> WorkerPool | None:
    """Return the workers of the dask scheduler, or None where the work stays on this machine."""
    if options.scheduler is None:
        return None
    from perftarget.runner.dask import DaskPool, DaskUnavailableError

    try:
        return DaskPool(options.scheduler)
    except DaskUnavailableError as error:
        print_message(str(error))
        raise CommandExit(EXIT_USAGE) from error


def _fix(project: Project, rules: Mapping[str, Rule], *, unsafe: bool) -> bool:
    from perftarget.runner.fix import fix_files  # most runs only check

    return fix_files(project, rules, unsafe=unsafe)


def _show_fixes(project: Project, rules: Mapping[str, Rule], *, unsafe: bool) -> int:
    """Print the changes of the fixes; like a check, fail where there are any."""
    from perftarget.runner.fix import preview_fixes

    preview = preview_fixes(project, rules, unsafe=unsafe)
    write_stdout(preview)
    return EXIT_USAGE if project.problems else EXIT_FINDINGS if preview else EXIT_OK


def _write_baseline(check: ProjectCheck, path: Path) -> int:
    baseline = Baseline(Counter())
    check.run(baseline)
    write_or_exit({path: baseline_text(baseline.met)})
    count = baseline.met.total()
    write_stdout(tr(f"已写入基线 {path}：{count} 处。\n", f"Wrote the baseline {path}: {count} findings.\n"))
    return EXIT_USAGE if check.project.problems else EXIT_OK


def _checked(check: ProjectCheck, baseline_path: Path | None, writer: OutputWriter) -> Run:
    """Check and write the results; findings in the baseline are left out, and fixed ones removed from it."""
    baseline = load_baseline(baseline_path) if baseline_path else None
    run = writer.write(lambda output: check.run(baseline, with_tables=writer.needs_tables, output=output))
    if baseline_path and baseline:
        # Findings across tables are known to be gone only where all tables were checked.
        checked = {name for name, rule in check.rules.items() if rule.subject != "facts" or check.project.is_whole}
        smaller = baseline.without_fixed(set(run.projects), checked)
        if smaller is not None:
            write_or_exit({baseline_path: baseline_text(smaller)})
            print_message(
                tr(
                    f"{baseline_path}: 已改好的问题已从基线中去掉",
                    f"{baseline_path}: fixed findings were removed from the baseline",
                )
            )
    return run


def _report_options(options: ValidateOptions, project: Project) -> ReportOptions:
    return ReportOptions(
        width=max(60, shutil.get_terminal_size((120, 24)).columns),
        colour=use_color(options.colour),
        quiet=options.quiet,
        strict=options.strict,
        root=root(os.environ),
        today=project.today,
        most=project.max_shown,
    )
