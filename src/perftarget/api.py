"""Python API of the linter, for use by other programs."""

from __future__ import annotations

from datetime import date

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.i18n import current_language
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.rule import rules
from perftarget.runner.check_file import FileChecker


def check_bytes(name: str, data: bytes, profile: Profile | str = DEFAULT) -> list[Diagnostic]:
    """Return the diagnostics of one file, in the order of their places.

    `name` is the file name; its suffix selects the reader: .yaml, .docx, .xlsx or .txt. `profile` is a profile, the
    name of a built-in profile, or the path of a perftarget.yaml. Rules that compare several tables are not run.

    A defect of the file is a diagnostic, never an exception. The function, its arguments and its result can be
    pickled, so that it can be called in a worker process.

    Raises ConfigError if the profile cannot be used.
    """
    resolved = load_profile(profile) if isinstance(profile, str) else profile
    checker = FileChecker(tuple(rules()), date.today(), current_language())
    return list(checker.check(name, data, resolved).diagnostics)
