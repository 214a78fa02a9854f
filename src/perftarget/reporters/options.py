"""Options of the reporters."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import quote

from perftarget.limits import DEFAULT_LIMITS
from perftarget.linter.diagnostic import Severity

_UNQUOTED: Final = "/!$&'()*+;=@~"
"""The characters that RFC 3986 allows in a path, except the comma and the colon, which some tools cannot read."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options of a report.

    Attributes:
        width: Width of the text report in terminal cells.
        colour: True if the text report is coloured.
        quiet: True if the text report has one line for each diagnostic.
        strict: True if warnings fail the run too.
        root: Folder that reported paths are relative to; "" for the working directory.
        today: Date shown in the report, if any.
        limit: Maximum size of a Markdown report in bytes, if any.
        most: Maximum number of diagnostics of one file in the text report.
    """

    width: int = 120
    colour: bool = False
    quiet: bool = False
    strict: bool = False
    root: str = ""
    today: date | None = None
    limit: int | None = None
    most: int = DEFAULT_LIMITS.shown

    def path(self, path: str) -> str:
        """Return the path relative to the root, with slashes; a path outside of the root is kept as it is."""
        if not path or path == "-":
            return path
        root = os.path.join(os.path.abspath(self.root), "")  # noqa: PTH100, PTH118 - symlinks are not resolved
        full = os.path.abspath(path)  # noqa: PTH100
        return (full.removeprefix(root) if full.startswith(root) else path).replace(os.sep, "/")

    def uri(self, path: str) -> str:
        """Return the path as a percent-encoded URI reference, relative if it is below the root."""
        relative = self.path(path)
        if Path(relative).is_absolute():
            return Path(relative).as_uri()
        return quote(relative, safe=_UNQUOTED)

    def fails(self, severity: Severity) -> bool:
        """Return True if a diagnostic of that severity fails the run."""
        return severity is Severity.ERROR or (self.strict and severity is Severity.WARNING)
