"""The checks as functions, for other programs."""

from __future__ import annotations

from datetime import date

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.i18n import current_language
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.rule import rules
from perftarget.runner.check_file import FileChecker


def check_bytes(name: str, data: bytes, profile: Profile | str = DEFAULT) -> list[Diagnostic]:
    """What the rules find in the bytes of a file, in order; what shows only across tables is not among it.

    `name` is what the file is called, and its suffix how it is read: .yaml, .docx, .xlsx, .txt. `profile` is a built-in
    one by its name, or the path of a perftarget.yaml. Raises ConfigError for a profile that cannot be used, and nothing
    for what is wrong with the file. The function, and all that it takes and gives, can be pickled.
    """
    known = load_profile(profile) if isinstance(profile, str) else profile
    return list(FileChecker(tuple(rules()), date.today(), current_language()).check(name, data, known).diagnostics)
