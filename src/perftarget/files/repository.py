"""The repository that a file is in: what comes with a change to it may not reach for what lies outside."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def escapes_repository(path: str, beside: str) -> bool:
    """Whether `path`, its links followed, leaves the repository that `beside` is in; never where there is none.

    `beside` is the file or folder that names `path`, or that it was found in.
    """
    known = Path(beside).absolute()
    root = _root(known if known.is_dir() else known.parent)
    return root is not None and not is_within(path, root)


def is_within(path: str, folder: str | Path) -> bool:
    """Whether `path` is that folder or in it, once the links in both are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


@lru_cache(maxsize=1024)
def _root(folder: Path) -> Path | None:
    """The nearest folder, at or above, that git keeps its things in."""
    return next((up for up in (folder, *folder.parents) if os.path.lexists(up / ".git")), None)
