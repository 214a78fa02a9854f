"""What the commands do, beyond finding their files: check, fix, keep a baseline, publish; each with what it says."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from perftarget import baseline as baselines
from perftarget import language
from perftarget.console import CLEAN, FINDINGS, WRONG_USE, Ended, coloured, complain, tell, write
from perftarget.diagnostic import Run
from perftarget.document import Unreadable
from perftarget.language import say
from perftarget.read import contents
from perftarget.report import report
from perftarget.rule import Rule
from perftarget.session import Session, fault_line


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


def checked(session: Session, chosen: dict[str, Rule], path: Path | None) -> Run:
    """Check; what the baseline holds is left out, and what is mended leaves the baseline."""
    if path is None:
        return session.check(chosen)[0]
    known = baselines.load(path)
    run, projects = session.check(chosen, known)
    if smaller := session.shrunk(known, projects, chosen):
        write({path: smaller})
        complain(say(f"{path}: 已改好的问题已从基线中去掉", f"{path}: what is mended has left the baseline"))
    return run


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
        if contents(file) == old:
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
    from perftarget.mend import diff as difference

    parts = [difference(file, old, new) for file, old, new, _ in session.mend(chosen, unsafe=unsafe)]
    tell("".join(parts))
    return WRONG_USE if session.complaints else FINDINGS if parts else CLEAN


def render(session: Session, output: Path) -> None:
    """Write the annex of all tables; where one cannot be read whole, nothing is written."""
    from perftarget.form import unprinted
    from perftarget.write import Unwritten, annex

    documents = list(session.documents())
    faults = session.unfit(documents)
    for one in faults:
        complain(fault_line(one))
    if faults or session.complaints:
        complain(
            say(
                "没有输出：以上文件读不完整，附件会缺内容。请先改正，或只列出要输出的文件。",
                "Nothing was rendered: the files above cannot be read whole, and the annex would lack something. "
                "Mend them first, or name only the files to render.",
            )
        )
        raise Ended(WRONG_USE if session.complaints else FINDINGS)
    tables = [document.table for document in documents if document.table]
    try:
        content = annex(tables, session.settings(documents[0]))
    except Unwritten as error:
        complain(say(f"没有输出：{error}", f"nothing was rendered: {error}"))
        raise Ended(FINDINGS) from error
    for document in documents:
        if document.table and (columns := language.listing(unprinted(document.table))):
            path = document.source.path
            complain(
                say(f"{path}: 表式没有{columns}栏，没有输出", f"{path}: the form has no column {columns}; not rendered")
            )
    write({output: content})
    tell(say(f"已输出 {output}：{len(tables)} 张表。\n", f"Rendered {output}: {len(tables)} tables.\n"))


def annotate(session: Session, chosen: dict[str, Rule], file: str, target: Path) -> None:
    """Write a copy of the file with its findings as comments."""
    from perftarget.annotate import annotate as annotated

    run, _ = session.check(chosen)
    try:
        done = annotated(file, contents(file), run)
    except Unreadable as error:  # in a part that only comments have to do with
        session.refuse(file, error)
        raise Ended(FINDINGS) from error
    write({target: done.data})
    count = done.comments
    tell(say(f"已写入 {target}：{count} 条批注。\n", f"Wrote {target}: {language.counted(count, 'comment')}.\n"))


def publish(run: Run, format_: str, output: Path | None, *, colour: str, quiet: bool) -> None:
    """Write the result where it was asked for; on a terminal of that width, and in colour where that is wanted."""
    options: dict[str, object] = {}
    if format_ == "text":
        width = max(60, shutil.get_terminal_size((120, 24)).columns)
        options = {"width": width, "quiet": quiet, "colour": output is None and coloured(colour)}
    text = report(run, format_, **options)
    if output:
        write({output: text})
    else:
        tell(text)
