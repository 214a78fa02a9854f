"""The validation as it is asked for, whatever asks: the whole command line, or the entry point for plain paths."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perftarget.console import EXIT_FINDINGS, EXIT_OK, EXIT_USAGE, use_color
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.selection import select_rules
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.outputs import InvalidOutputError, output_files, root
from perftarget.runner import actions
from perftarget.runner.results import OutputWriter
from perftarget.runner.session import Project


class UsageError(Exception):
    """Options that do not go together; the message says which."""


@dataclass(frozen=True, kw_only=True)
class ValidateOptions:
    """What a validation is asked for; see the options of that name."""

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
    def plain(self) -> bool:
        """Whether nothing is written but the result, and nothing read but files and settings."""
        return not (self.fix or self.baseline or self.since or self.staged or self.watch)

    def check(self) -> None:
        """Raises WrongUse."""
        if self.dask != (self.scheduler is not None):
            raise UsageError(
                tr("--executor dask 与 --scheduler 要一起用", "--executor dask and --scheduler go together")
            )
        if self.since and self.staged:
            raise UsageError(tr("--since 与 --staged 不能一起用", "--since and --staged exclude each other"))
        if self.unsafe and not (self.fix or self.diff):
            raise UsageError(tr("--unsafe 要与 --fix 或 --diff 一起用", "--unsafe goes with --fix or --diff"))
        if self.baseline and self.write_baseline:
            both = "--baseline", "--write-baseline"
            raise UsageError(tr("{} 与 {} 不能一起用", "{} and {} exclude each other").format(*both))
        if self.watch:
            self._check_watch()

    def _check_watch(self) -> None:
        """A run that begins again by itself writes to no table, and reads nothing that is used up."""
        others = {
            "--fix": self.fix,
            "--write-baseline": self.write_baseline,
            "--staged": self.staged,
            "-": "-" in self.paths,
        }
        for name in (name for name, given in others.items() if given):
            raise UsageError(tr(f"--watch 与 {name} 不能一起用", f"--watch and {name} exclude each other"))


def validate(asked: ValidateOptions) -> int:
    """Check, and give the exit code. Raises WrongUse."""
    try:
        wanted = output_files(asked.formats, asked.output, os.environ)
    except InvalidOutputError as error:
        raise UsageError(str(error)) from error
    asked.check()
    if wanted[0].format == "html" and wanted[0].path is None and sys.stdout and sys.stdout.isatty():
        example = tr("--format html=审核意见.html", "--format html=review.html")
        raise UsageError(tr(f"网页要写到文件里，如 {example}", f"a web page goes to a file, as in {example}"))
    chosen = select_rules(asked.select, asked.ignore)
    session = Project.of(list(asked.paths), asked.profile)
    session.jobs, session.cached = asked.jobs, asked.cache
    actions.carry(session, asked.scheduler)
    actions.narrow(session, asked.since, staged=asked.staged)
    if asked.diff:
        return actions.diff(session, chosen, unsafe=asked.unsafe)
    failed = asked.fix and not actions.fix(session, chosen, unsafe=asked.unsafe)
    if asked.write_baseline:
        return actions.write_baseline(session, chosen, asked.write_baseline)
    view = _view(asked, session)
    results = OutputWriter(wanted, view)
    keep = actions.recording(session, results, plain=asked.plain)
    run = actions.checked(session, chosen, asked.baseline, results)
    if session.complaints or failed:
        return EXIT_USAGE
    code = EXIT_FINDINGS if any(run.count(severity) for severity in Severity if view.fails(severity)) else EXIT_OK
    keep(code)
    return code


def _view(asked: ValidateOptions, session: Project) -> ReportOptions:
    return ReportOptions(
        width=max(60, shutil.get_terminal_size((120, 24)).columns),
        colour=use_color(asked.colour),
        quiet=asked.quiet,
        strict=asked.strict,
        root=root(os.environ),
        today=session.today,
        most=session.shown,
    )
