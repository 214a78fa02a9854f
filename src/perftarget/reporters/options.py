"""How a result is shown: to a terminal of that width, to a program with paths from that folder, on that day."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import quote

from perftarget.limits import DEFAULT_LIMITS
from perftarget.linter.diagnostic import Severity

_PLAIN: Final = (
    "/!$&'()*+;=@~"  # what RFC 3986 allows in a path, save the comma and the colon, which tools stumble over
)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """`root` is the folder that other programs count paths from, "" for the working folder.

    `limit` is how many bytes the reader of a result takes at most, `most` how many findings of a file one wants to
    read as text; `strict` says that warnings fail, too.
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
        """The path from the root, with slashes; as it is where it leads elsewhere."""
        if not path or path == "-":
            return path
        root = os.path.join(os.path.abspath(self.root), "")  # noqa: PTH100, PTH118 - a link is not followed
        full = os.path.abspath(path)  # noqa: PTH100
        return (full.removeprefix(root) if full.startswith(root) else path).replace(os.sep, "/")

    def uri(self, path: str) -> str:
        """The path as a URI reference: relative where it can be, each octet outside of ASCII percent-encoded."""
        shown = self.path(path)
        if Path(shown).is_absolute():
            return Path(shown).as_uri()
        return quote(shown, safe=_PLAIN)

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of that severity makes the run fail."""
        return severity is Severity.ERROR or (self.strict and severity is Severity.WARNING)
