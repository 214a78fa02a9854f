"""What the commands do, beyond finding their files: check, fix, keep a baseline, publish; each with what it says."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from perftarget import i18n as language
from perftarget.console import (
    EXIT_FINDINGS,
    EXIT_OK,
    EXIT_USAGE,
    CommandExit,
    add_listener,
    print_message,
    write_or_exit,
    write_stdout,
)
from perftarget.errors import UnreadableFileError
from perftarget.i18n import tr
from perftarget.linter import baseline as baselines
from perftarget.linter.rule import Rule
from perftarget.linter.run import Run
from perftarget.runner.cache import replay
from perftarget.runner.cache.location import cache_folder
from perftarget.runner.results import OutputWriter
from perftarget.runner.session import Project
from perftarget.tables.reader import read_bytes


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """End the command before anything is overwritten."""
    if not force and (existing := [path for path in paths if os.path.lexists(path)]):
        names = "".join(f"\n  {path}" for path in existing)
        print_message(
            tr(
                f"没有写入：以下文件已存在，要覆盖请加 --force{names}",
                f"Nothing was written: these files exist; to overwrite them add --force{names}",
            )
        )
        raise CommandExit(EXIT_USAGE)


def carry(session: Project, scheduler: str | None) -> None:
    """Have the work done by a cluster, where that is wanted."""
    if scheduler is None:
        return
    from perftarget.runner.dask import DaskPool, DaskUnavailableError

    try:
        session.carrier = DaskPool(scheduler)
    except DaskUnavailableError as error:
        print_message(str(error))
        raise CommandExit(EXIT_USAGE) from error


def narrow(session: Project, since: str | None, *, staged: bool) -> None:
    """Look only at what has changed, where that is wanted."""
    if since is None and not staged:
        return
    from perftarget.files import git

    try:
        session.only(git.staged_changes() if since is None else git.changes_since(since))
    except git.GitError as error:
        print_message(str(error))
        raise CommandExit(EXIT_USAGE) from error


def recording(session: Project, results: OutputWriter, *, plain: bool) -> Callable[[int], None]:
    """Listen to what a run says; called with its exit code, keep that for when nothing has changed.

    Only a `plain` run is kept: one that writes nothing but what it says, and depends on nothing but what it reads.
    """
    where = cache_folder()
    if not (where and plain and session.cached and results.plain) or session.complaints:
        return lambda _: None
    record = replay.Recorder()
    add_listener(record.add)

    def keep(code: int) -> None:
        if record.whole and session.seen.keys() == set(session.files):
            settings = {path: known for file in session.files for path, known in session.settings_of(file).items()}
            read = replay.RunInputs(session.wanted, session.seen, replay.configurations(session.files), settings)
            replay.store_run(where, replay.run_key(sys.argv[1:], os.environ), read, record, code)

    return keep


def checked(session: Project, chosen: dict[str, Rule], path: Path | None, results: OutputWriter) -> Run:
    """Check and write the results; what the baseline holds is left out, and what is mended leaves the baseline."""
    known = baselines.load_baseline(path) if path else None
    run = results.of(lambda stream: session.check(chosen, known, draw=results.drawn, stream=stream))
    if path and known and (smaller := session.shrunk(known, set(run.projects), chosen)):
        write_or_exit({path: smaller})
        print_message(tr(f"{path}: 已改好的问题已从基线中去掉", f"{path}: what is mended has left the baseline"))
    return run


def clean_cache() -> None:
    """Remove what earlier runs found."""
    from perftarget.runner.cache.store import clean

    where = _cache_folder()
    try:
        size = clean(where)
    except OSError as error:
        print_message(f"{where}: {error.strerror}")
        raise CommandExit(EXIT_USAGE) from error
    write_stdout(tr(f"已清空 {where}：{size:,} 字节。\n", f"Cleaned {where}: {size:,} bytes.\n"))


def tell_cache() -> None:
    write_stdout(f"{_cache_folder()}\n")


def _cache_folder() -> Path:
    where = cache_folder()
    if where is None:
        print_message(
            tr(
                "没有缓存：找不到用户的主目录，可以设置 PERFTARGET_CACHE_DIR",
                "there is no cache: this user has no home; PERFTARGET_CACHE_DIR may name a folder",
            )
        )
        raise CommandExit(EXIT_USAGE)
    return where


def write_baseline(session: Project, chosen: dict[str, Rule], path: Path) -> int:
    found = baselines.Baseline(Counter())
    session.check(chosen, found)
    write_or_exit({path: baselines.baseline_text(found.met)})
    count = found.met.total()
    write_stdout(tr(f"已写入基线 {path}：{count} 处。\n", f"Wrote the baseline {path}: {count} findings.\n"))
    return EXIT_USAGE if session.complaints else EXIT_OK


def fix(session: Project, chosen: dict[str, Rule], *, unsafe: bool) -> bool:
    """Write the fixed files; False where one changed meanwhile and was left alone."""
    count = 0
    unchanged = True
    for file, old, new, findings in session.fix(chosen, unsafe=unsafe):
        if read_bytes(file, session.profiles.of(file).bounds) == old:
            write_or_exit({Path(file): new})
            count += findings
        else:
            unchanged = False
            print_message(
                tr(
                    f"{file}: 运行期间被改动，没有覆盖；请重新运行",
                    f"{file}: changed meanwhile, and was not overwritten; run this again",
                )
            )
    print_message(tr(f"已修复 {count} 处。", f"Fixed {count}."))
    return unchanged


def diff(session: Project, chosen: dict[str, Rule], *, unsafe: bool) -> int:
    """Show what the fixes would change: 1 where they would change something, as of a check that fails."""
    from perftarget.linter.fixer import unified_diff_text as difference

    parts = [difference(file, old, new) for file, old, new, _ in session.fix(chosen, unsafe=unsafe)]
    write_stdout("".join(parts))
    return EXIT_USAGE if session.complaints else EXIT_FINDINGS if parts else EXIT_OK


def annotate(session: Project, chosen: dict[str, Rule], file: str, target: Path) -> None:
    """Write a copy of the file with its findings as comments."""
    from perftarget.reporters.comments import annotated_copy as annotated

    run = session.check(chosen)
    limits = session.profiles.of(file).bounds
    try:
        done = annotated(file, read_bytes(file, limits), run, limits)
    except UnreadableFileError as error:  # in a part that only comments have to do with
        session.refuse(file, error)
        raise CommandExit(EXIT_FINDINGS) from error
    write_or_exit({target: done.data})
    count = done.comments
    write_stdout(
        tr(f"已写入 {target}：{count} 条批注。\n", f"Wrote {target}: {language.count_noun(count, 'comment')}.\n")
    )
