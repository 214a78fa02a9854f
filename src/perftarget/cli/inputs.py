"""The files that `import` and `annotate` are given: forms of Word, Excel and text, all of them readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftarget import i18n as language
from perftarget.config.loader import Profiles
from perftarget.console import FINDINGS, WRONG_USE, Ended, complain
from perftarget.errors import Unreadable
from perftarget.files.discovery import ANNOTATED, FORMS, find
from perftarget.i18n import say
from perftarget.runner.session import Session, complain_of
from perftarget.tables.form import FormFile
from perftarget.tables.reader import is_form_file, read_forms


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
    complain_of(found)
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
