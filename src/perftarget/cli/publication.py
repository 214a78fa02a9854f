"""What `render` does: which files it gives, where they go, and whether they are up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perftarget import i18n as language
from perftarget.console import (
    EXIT_FINDINGS,
    EXIT_OK,
    EXIT_USAGE,
    CommandExit,
    print_message,
    write_or_exit,
    write_stdout,
)
from perftarget.errors import WriteError
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.run import TableView
from perftarget.linter.selection import select_rules
from perftarget.reporters.letter import ReturnedTable, write_letters
from perftarget.runner.session import Project, fault_line
from perftarget.tables.document import Document
from perftarget.tables.form import unprinted_columns
from perftarget.tables.renderer import SUFFIXES, is_current, render_each, render_tables

LETTER: Final = "letter"
_LETTERS: Final = Path("退回修改意见")


@dataclass(frozen=True)
class Rendering:
    """What is asked for: a kind of SUFFIXES or the letters, one file or one a project, to write or only to compare."""

    kind: str
    output: Path | None = None
    split: bool = False
    contents: bool = False
    check: bool = False

    def of(self, session: Project) -> int:
        """Write the files, or say whether they are up to date; gives the exit code."""
        try:
            files = self._letters(session) if self.kind == LETTER else self._forms(session)
        except WriteError as error:
            print_message(tr(f"没有输出：{error}", f"nothing was rendered: {error}"))
            raise CommandExit(EXIT_FINDINGS) from error
        if self.check:
            return self._compared(files)
        if self.output == Path("-"):
            write_stdout("".join(content.decode() for content in files.values()))
            return EXIT_OK
        write_or_exit(files)
        return EXIT_OK

    @property
    def _target(self) -> Path:
        """The file, or the folder where each project has a file of its own."""
        if self.output:
            return self.output
        if self.kind == LETTER:
            return _LETTERS
        return Path("附件2") if self.split else Path(f"附件2{SUFFIXES[self.kind]}")

    def _forms(self, session: Project) -> dict[Path, bytes]:
        documents = _whole(session)
        tables = [document.table for document in documents if document.table]
        profile = session.settings(documents[0])
        if self.split:
            files = render_each(self.kind, tables, profile, self._target)
        else:
            files = {self._target: render_tables(self.kind, tables, profile, contents=self.contents)}
        _say_unprinted(documents)
        if not self.check and self.output != Path("-"):
            self._tell(len(files), len(tables))
        return files

    def _tell(self, files: int, tables: int) -> None:
        if self.split:
            write_stdout(
                tr(f"已输出到 {self._target}：{files} 个文件。\n", f"Rendered into {self._target}: {files} files.\n")
            )
        else:
            write_stdout(
                tr(f"已输出 {self._target}：{tables} 张表。\n", f"Rendered {self._target}: {tables} tables.\n")
            )

    def _letters(self, session: Project) -> dict[Path, bytes]:
        """One for each table in which something was found."""
        run = session.check(select_rules(), draw=True)
        found: dict[tuple[str, int], list[Diagnostic]] = {}
        for one in run.diagnostics:
            if one.suppressed is None:
                found.setdefault((one.place.path, one.place.table), []).append(one)
        given = list(_with_findings(run.table_views, found, session))
        files = write_letters(given, self._target, session.today)
        clean = len(run.table_views) - len(files)
        if not self.check:
            write_stdout(
                tr(
                    f"已输出到 {self._target}：{len(files)} 份；{clean} 张表没有需要退回的内容。\n",
                    f"Rendered into {self._target}: {len(files)} letters; {clean} tables need none.\n",
                )
            )
        return files

    def _compared(self, files: dict[Path, bytes]) -> int:
        """1 where rendering again would give another file."""
        stale = [path for path, content in files.items() if not is_current(path, content)]
        if not stale:
            write_stdout(tr(f"{self._target} 与表格一致。\n", f"{self._target} is up to date.\n"))
            return EXIT_OK
        names = language.join_words(map(str, stale))
        options = f"--{self.kind}{' --split' * self.split} -o {self._target}"
        command = f"perftarget render {options}"
        write_stdout(
            tr(
                f"{names} 与表格不一致，或者还没有：请运行 {command}，并一起提交。\n",
                f"{names}: not what the tables give now, or missing: run {command}, and commit it too.\n",
            )
        )
        return EXIT_FINDINGS


def _whole(session: Project) -> list[Document]:
    """The documents; where one cannot be read whole, nothing is rendered."""
    documents = list(session.documents())
    faults = session.unfit(documents)
    for one in faults:
        print_message(fault_line(one))
    if faults or session.complaints:
        print_message(
            tr(
                "没有输出：以上文件读不完整，附件会缺内容。请先改正，或只列出要输出的文件。",
                "Nothing was rendered: the files above cannot be read whole, and the annex would lack something. "
                "Mend them first, or name only the files to render.",
            )
        )
        raise CommandExit(EXIT_USAGE if session.complaints else EXIT_FINDINGS)
    return documents


def _say_unprinted(documents: Sequence[Document]) -> None:
    for document in documents:
        if document.table and (columns := language.join_words(unprinted_columns(document.table))):
            path = document.source.path
            print_message(
                tr(f"{path}: 表式没有{columns}栏，没有输出", f"{path}: the form has no column {columns}; not rendered")
            )


def _with_findings(
    table_views: Sequence[TableView], found: dict[tuple[str, int], list[Diagnostic]], session: Project
) -> Iterator[ReturnedTable]:
    for sheet in table_views:
        if of_sheet := found.get((sheet.path, sheet.number)):
            yield ReturnedTable(sheet, session.profiles.of(sheet.path), of_sheet)
