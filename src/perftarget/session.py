"""One run of a command: what it was given to look at, and what the rules find in it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perftarget import baseline as baselines
from perftarget import language
from perftarget.baseline import Baseline
from perftarget.check import check, choose
from perftarget.configuration import Profiles
from perftarget.console import FINDINGS, WRONG_USE, Ended, complain
from perftarget.diagnostic import Checked, Diagnostic, Run, Severity
from perftarget.document import Document, Unreadable
from perftarget.language import say
from perftarget.portfolio import Portfolio
from perftarget.profile import Profile
from perftarget.read import (
    ANNOTATED,
    FOLDER_SUFFIXES,
    FORMS,
    STANDARD_INPUT,
    TABLE_SUFFIXES,
    Found,
    contents,
    find,
    is_form_file,
    read,
    read_forms,
    unreadable,
)
from perftarget.rule import BOXES, Rule

if TYPE_CHECKING:
    from perftarget.form import FormFile


@dataclass
class Session:
    """The files that the paths of a command lead to, and the settings of each."""

    profiles: Profiles
    files: list[str]
    complaints: list[str]
    whole: bool = False  # all that is configured, not some files of it
    today: date = field(default_factory=date.today)

    @classmethod
    def of(cls, paths: list[str] | None, profile: str | None) -> Session:
        """Find the files. No file at all is wrong use, never a clean result."""
        profiles = Profiles(profile)
        if not language.asked(sys.argv[1:]) and (lang := profiles.of("").lang):
            language.use(lang)
        wanted = paths or profiles.paths()
        found = find(wanted)
        _complain(found)
        if not found.files:
            if not found.complaints:
                where = language.listing(wanted) or say("perftarget.yaml 的 paths", "the paths of perftarget.yaml")
                known = language.listing(FOLDER_SUFFIXES)
                complain(
                    say(
                        f"{where}: 没有找到表格（{known} 文件），什么也没有检查",
                        f"{where}: no table found ({known} files), nothing was checked",
                    )
                )
            raise Ended(WRONG_USE)
        return cls(profiles, found.files, found.complaints, whole=not paths)

    def documents(self) -> Iterator[Document]:
        """The tables, read as they are asked for."""
        return (document for file in self.files for document in read(file, self.profiles.of(file)))

    def readable(self) -> Session:
        """This session, where all its files can be read; else the command ends here."""
        unread = [one for one in self.unfit(self.documents()) if one.rule == "unreadable-file"]
        for one in unread:
            complain(fault_line(one))
        if unread:
            raise Ended(FINDINGS)
        return self

    def refuse(self, file: str, error: Unreadable) -> None:
        """Say why a file cannot be read."""
        for one in self.unfit([unreadable(file, error)]):
            complain(fault_line(one))

    def settings(self, document: Document) -> Profile:
        return self.profiles.of(document.source.path)

    def check(self, chosen: Mapping[str, Rule], baseline: Baseline | None = None) -> tuple[Run, set[str]]:
        """What the rules find, and the names of the projects that they looked at."""
        found = Checked([], [])
        portfolio = Portfolio(chosen, self.today, baseline)
        projects: set[str] = set()
        tables = 0
        for document in self.documents():
            for note in document.notes:
                complain(f"{document.source.path}: {note}")
            profile = self.settings(document)
            portfolio.add(document, profile)
            checked = check(document, profile, chosen, self.today, baseline)
            found.diagnostics.extend(checked.diagnostics)
            found.unjudged.extend(checked.unjudged)
            if document.table:
                tables += 1
                projects.add(document.table.name)
        found.diagnostics.extend(portfolio.check())
        taken = sum(min(count, baseline.accepted[known]) for known, count in baseline.met.items()) if baseline else 0
        return Run(len(self.files), tables, tuple(found.diagnostics), tuple(found.unjudged), taken), projects

    def shrunk(self, baseline: Baseline, projects: set[str], chosen: Mapping[str, Rule]) -> str | None:
        """The baseline without the findings that are gone; None where none is.

        What shows only across tables is known to be gone only where all of them were looked at.
        """
        looked = {name for name, rule in chosen.items() if rule.subject != "facts" or self.whole}
        left = baseline.shrunk(projects, looked)
        return None if left is None else baselines.text(left)

    def mend(self, chosen: Mapping[str, Rule], *, unsafe: bool) -> Iterator[tuple[str, bytes, bytes, int]]:
        """Each YAML file that can be mended: its path, its bytes, those after the fixes, how many findings are gone."""
        from perftarget.mend import Mender

        for file in self.files:
            if file == STANDARD_INPUT:
                continue  # there is no file to write
            if Path(file).suffix.lower() not in TABLE_SUFFIXES:
                complain(
                    say(
                        f"{file}: 只能修复 YAML 文件；Word、Excel 文件请先用 perftarget import 转成 YAML",
                        f"{file}: only YAML files can be fixed; turn Word and Excel into YAML with perftarget import",
                    )
                )
                continue
            try:
                data = contents(file)
            except Unreadable:
                continue  # the check says what is wrong with it
            mended = Mender(file, self.profiles.of(file), chosen, self.today, unsafe).mend(data)
            if mended.data != data:
                yield file, data, mended.data, mended.findings

    def unfit(self, documents: Iterable[Document]) -> list[Diagnostic]:
        """What keeps a document from being rendered whole: its faults as a file."""
        chosen = {name: rule for name, rule in choose([BOXES[0]]).items() if rule.subject != "facts"}
        found = [
            one
            for document in documents
            for one in check(document, self.settings(document), chosen, self.today).diagnostics
        ]
        return [one for one in found if one.severity is Severity.ERROR]


def forms(files: list[str], profile: str | None) -> list[FormFile]:
    """The forms of files that are no YAML; all of them can be read, or the command ends here."""
    profiles = Profiles(profile)
    found = find(files, forms=True)
    readable = language.listing(FORMS)
    for file in found.files:
        if not is_form_file(file):
            found.complaints.append(
                say(f"{file}: 可导入的是 {readable} 文件", f"{file}: what can be imported is {readable}")
            )
    if not found.files and not found.complaints:
        names = language.listing(files)
        none = say(f"{names}: 没有可导入的文件（{readable}）", f"{names}: nothing to import ({readable})")
        found.complaints.append(none)
    _complain(found)
    if found.complaints:
        raise Ended(WRONG_USE)
    return list(_read_all(Session(profiles, found.files, [])))


def annotatable(file: str) -> None:
    """End the command for what is no Word or Excel file by its name."""
    if Path(file).suffix.lower() not in ANNOTATED:
        kinds = language.listing((".docx", ".xlsx"))
        other = say(f"{file}: 可加批注的是 {kinds} 文件", f"{file}: comments can be written into {kinds}")
        for complaint in find([file]).complaints or [other]:  # an old format is told what to become
            complain(complaint)
        raise Ended(WRONG_USE)


def _read_all(session: Session) -> Iterator[FormFile]:
    unread = False
    for file in session.files:
        try:
            yield read_forms(file, session.profiles.of(file))
        except Unreadable as error:
            unread = True
            session.refuse(file, error)
    if unread:
        raise Ended(FINDINGS)


def fault_line(one: Diagnostic) -> str:
    return f"{one.place} {one.title}{say('：', ': ')}{one.message}"


def _complain(found: Found) -> None:
    for complaint in found.complaints:
        complain(complaint)
