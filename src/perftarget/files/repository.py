"""Containment checks for paths that a repository names.

A configuration that comes with a change to a repository must not make the linter read files outside of it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def escapes_repository(path: str, beside: str) -> bool:
    """Return True if `path` leads out of the repository of `beside`, after its links are followed.

    `beside` is the file or folder that names `path`, or in which it was found. False if it is in no repository.
    """
    base = Path(beside).absolute()
    root = _repository_root(base if base.is_dir() else base.parent)
    return root is not None and not is_within(path, root)


def is_within(path: str, folder: str | Path) -> bool:
    """Return True if `path` is the folder or in it, after the links in both are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


@lru_cache(maxsize=1024)
def _repository_root(folder: Path) -> Path | None:
    """Return the nearest folder that contains .git, at or above `folder`."""
    return next((parent for parent in (folder, *folder.parents) if os.path.lexists(parent / ".git")), None)
