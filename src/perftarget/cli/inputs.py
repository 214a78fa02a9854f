"""The files that `import` and `annotate` are given: forms of Word, Excel and text, all of them readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftarget import i18n as language
from perftarget.config.loader import Profiles
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message
from perftarget.errors import UnreadableFileError
from perftarget.files.discovery import ANNOTATED, FORMS, discover
from perftarget.i18n import tr
from perftarget.runner.session import Project, complain_of
from perftarget.tables.form import FormFile
from perftarget.tables.reader import is_form_file, read_forms


def read_form_files(files: list[str], profile: str | None) -> list[FormFile]:
    """The forms of files that are no YAML; all of them can be read, or the command ends here."""
    profiles = Profiles(profile)
    found = discover(files, forms=True)
    readable = language.join_words(FORMS)
    for file in found.files:
        if not is_form_file(file):
            found.complaints.append(
                tr(f"{file}: 可导入的是 {readable} 文件", f"{file}: what can be imported is {readable}")
            )
    if not found.files and not found.complaints:
        names = language.join_words(files)
        none = tr(f"{names}: 没有可导入的文件（{readable}）", f"{names}: nothing to import ({readable})")
        found.complaints.append(none)
    complain_of(found)
    if found.complaints:
        raise CommandExit(EXIT_USAGE)
    return list(_read_all(Project(profiles, found.files, [])))


def require_annotatable(file: str) -> None:
    """End the command for what is no Word or Excel file by its name."""
    if Path(file).suffix.lower() not in ANNOTATED:
        kinds = language.join_words((".docx", ".xlsx"))
        other = tr(f"{file}: 可加批注的是 {kinds} 文件", f"{file}: comments can be written into {kinds}")
        for complaint in discover([file]).complaints or [other]:  # an old format is told what to become
            print_message(complaint)
        raise CommandExit(EXIT_USAGE)


def _read_all(session: Project) -> Iterator[FormFile]:
    unread = False
    for file in session.files:
        try:
            yield read_forms(file, session.profiles.of(file))
        except UnreadableFileError as error:
            unread = True
            session.refuse(file, error)
    if unread:
        raise CommandExit(EXIT_FINDINGS)
