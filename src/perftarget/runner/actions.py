"""What the commands do, beyond finding their files: check, fix, keep a baseline, publish; each with what it says."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from perftarget import i18n as language
from perftarget.console import CLEAN, FINDINGS, WRONG_USE, Ended, complain, listen, tell, write
from perftarget.errors import Unreadable
from perftarget.i18n import say
from perftarget.linter import baseline as baselines
from perftarget.linter.rule import Rule
from perftarget.linter.run import Run
from perftarget.runner.cache import replay
from perftarget.runner.cache.location import folder
from perftarget.runner.results import Results
from perftarget.runner.session import Session
from perftarget.tables.reader import contents


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """End the command before anything is overwritten."""
    if not force and (existing := [path for path in paths if os.path.lexists(path)]):
        names = "".join(f"\n  {path}" for path in existing)
        complain(
            say(
                f"没有写入：以下文件已存在，要覆盖请加 --force{names}",
                f"Nothing was written: these files exist; to overwrite them add --force{names}",
            )
        )
        raise Ended(WRONG_USE)


def carry(session: Session, scheduler: str | None) -> None:
    """Have the work done by a cluster, where that is wanted."""
    if scheduler is None:
        return
    from perftarget.runner.dask import Cluster, NoCluster

    try:
        session.carrier = Cluster(scheduler)
    except NoCluster as error:
        complain(str(error))
        raise Ended(WRONG_USE) from error


def narrow(session: Session, since: str | None, *, staged: bool) -> None:
    """Look only at what has changed, where that is wanted."""
    if since is None and not staged:
        return
    from perftarget.files import git

    try:
        session.only(git.staged() if since is None else git.since(since))
    except git.GitError as error:
        complain(str(error))
        raise Ended(WRONG_USE) from error


def recording(session: Session, results: Results, *, plain: bool) -> Callable[[int], None]:
    """Listen to what a run says; called with its exit code, keep that for when nothing has changed.

    Only a `plain` run is kept: one that writes nothing but what it says, and depends on nothing but what it reads.
    """
    where = folder()
    if not (where and plain and session.cached and results.plain) or session.complaints:
        return lambda _: None
    record = replay.Record()
    listen(record.add)

    def keep(code: int) -> None:
        if record.whole and session.seen.keys() == set(session.files):
            settings = {path: known for file in session.files for path, known in session.settings_of(file).items()}
            read = replay.Read(session.wanted, session.seen, replay.configurations(session.files), settings)
            replay.keep(where, replay.key(sys.argv[1:], os.environ), read, record, code)

    return keep


def checked(session: Session, chosen: dict[str, Rule], path: Path | None, results: Results) -> Run:
    """Check and write the results; what the baseline holds is left out, and what is mended leaves the baseline."""
    known = baselines.load(path) if path else None
    run = results.of(lambda stream: session.check(chosen, known, draw=results.drawn, stream=stream))
    if path and known and (smaller := session.shrunk(known, set(run.projects), chosen)):
        write({path: smaller})
        complain(say(f"{path}: 已改好的问题已从基线中去掉", f"{path}: what is mended has left the baseline"))
    return run


def clean_cache() -> None:
    """Remove what earlier runs found."""
    from perftarget.runner.cache.store import clean

    where = _cache_folder()
    try:
        size = clean(where)
    except OSError as error:
        complain(f"{where}: {error.strerror}")
        raise Ended(WRONG_USE) from error
    tell(say(f"已清空 {where}：{size:,} 字节。\n", f"Cleaned {where}: {size:,} bytes.\n"))


def tell_cache() -> None:
    tell(f"{_cache_folder()}\n")


def _cache_folder() -> Path:
    where = folder()
    if where is None:
        complain(
            say(
                "没有缓存：找不到用户的主目录，可以设置 PERFTARGET_CACHE_DIR",
                "there is no cache: this user has no home; PERFTARGET_CACHE_DIR may name a folder",
            )
        )
        raise Ended(WRONG_USE)
    return where


def write_baseline(session: Session, chosen: dict[str, Rule], path: Path) -> int:
    found = baselines.Baseline(Counter())
    session.check(chosen, found)
    write({path: baselines.text(found.met)})
    count = found.met.total()
    tell(say(f"已写入基线 {path}：{count} 处。\n", f"Wrote the baseline {path}: {count} findings.\n"))
    return WRONG_USE if session.complaints else CLEAN


def fix(session: Session, chosen: dict[str, Rule], *, unsafe: bool) -> bool:
    """Write the fixed files; False where one changed meanwhile and was left alone."""
    count = 0
    unchanged = True
    for file, old, new, findings in session.mend(chosen, unsafe=unsafe):
        if contents(file, session.profiles.of(file).bounds) == old:
            write({Path(file): new})
            count += findings
        else:
            unchanged = False
            complain(
                say(
                    f"{file}: 运行期间被改动，没有覆盖；请重新运行",
                    f"{file}: changed meanwhile, and was not overwritten; run this again",
                )
            )
    complain(say(f"已修复 {count} 处。", f"Fixed {count}."))
    return unchanged


def diff(session: Session, chosen: dict[str, Rule], *, unsafe: bool) -> int:
    """Show what the fixes would change: 1 where they would change something, as of a check that fails."""
    from perftarget.linter.fixer import diff as difference

    parts = [difference(file, old, new) for file, old, new, _ in session.mend(chosen, unsafe=unsafe)]
    tell("".join(parts))
    return WRONG_USE if session.complaints else FINDINGS if parts else CLEAN


def annotate(session: Session, chosen: dict[str, Rule], file: str, target: Path) -> None:
    """Write a copy of the file with its findings as comments."""
    from perftarget.reporters.comments import annotate as annotated

    run = session.check(chosen)
    limits = session.profiles.of(file).bounds
    try:
        done = annotated(file, contents(file, limits), run, limits)
    except Unreadable as error:  # in a part that only comments have to do with
        session.refuse(file, error)
        raise Ended(FINDINGS) from error
    write({target: done.data})
    count = done.comments
    tell(say(f"已写入 {target}：{count} 条批注。\n", f"Wrote {target}: {language.counted(count, 'comment')}.\n"))
