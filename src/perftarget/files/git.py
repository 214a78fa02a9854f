"""What git knows of the files here: which have changed, and what is staged of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from perftarget.i18n import tr

_SHALLOW: Final = (
    "；如果是浅克隆，请先取回全部历史（如 git fetch --unshallow，或 actions/checkout 的 fetch-depth: 0）",
    "; in a shallow clone, fetch the history first (git fetch --unshallow, or fetch-depth: 0 of actions/checkout)",
)


class GitError(Exception):
    """What git could not answer; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files by their real paths; `staged` has the staged bytes of those that differ from the file on the disk."""

    files: frozenset[str]
    staged: Mapping[str, bytes] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        return os.path.realpath(path) in self.files


def changes_since(reference: str) -> Changes:
    """What differs from where this branch left `reference`, and what git does not know yet. Raises GitError."""
    if _asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}") is None:
        message = tr(f"git 里没有 {reference} 这个版本", f"git knows no revision {reference}")
        raise GitError(message + tr(*_SHALLOW))
    base = _asked("merge-base", "--end-of-options", reference, "HEAD")
    if base is None:
        message = tr(f"{reference} 与当前版本没有共同的历史", f"{reference} and HEAD have no history in common")
        raise GitError(message + tr(*_SHALLOW))
    changed = _names("diff", "--name-only", "--no-ext-diff", "--diff-filter=d", "-z", base.decode().strip())
    new = _names("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    return Changes(frozenset([*changed, *new]))


def staged_changes() -> Changes:
    """What the next commit changes. Raises GitError."""
    files = _names("diff", "--cached", "--name-only", "--no-ext-diff", "--diff-filter=d", "-z")
    edited = set(_names("diff", "--name-only", "--no-ext-diff", "-z")) & set(files)
    return Changes(frozenset(files), {file: _git("cat-file", "blob", f":{_inside(file)}") for file in edited})


def is_revision(reference: str) -> bool:
    """Whether git knows a commit by that name here; False where there is no repository."""
    try:
        return _asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}") is not None
    except GitError:
        return False


def files_at(reference: str, paths: Sequence[str]) -> list[str]:
    """The files below those paths as they were in that revision, as seen from the working folder. Raises GitError."""
    inside = [_inside(os.path.realpath(path)) for path in paths]
    names = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", reference, "--", *inside)
    top = os.path.realpath(_top())
    listed = names.decode(errors="surrogateescape").split("\0")
    return [os.path.relpath(os.path.join(top, name)) for name in listed if name]  # noqa: PTH118


def content_at(reference: str, path: str) -> bytes:
    """The bytes of a file in that revision. Raises GitError."""
    return _git("cat-file", "blob", f"{reference}:{_inside(os.path.realpath(path))}")


def _names(*arguments: str) -> Iterable[str]:
    top = _top()
    names = _git(*arguments).decode(errors="surrogateescape").split("\0")
    return [os.path.realpath(os.path.join(top, name)) for name in names if name]  # noqa: PTH118


def _inside(file: str) -> str:
    return os.path.relpath(file, os.path.realpath(_top())).replace(os.sep, "/")


def _top() -> str:
    return _git("rev-parse", "--show-toplevel").decode(errors="surrogateescape").rstrip("\n")


def _git(*arguments: str) -> bytes:
    done = _run(arguments)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ").split("\n")[0]
        raise GitError(tr(f"git 没有回答：{reason}", f"git gave no answer: {reason}"))
    return done.stdout


def _asked(*arguments: str) -> bytes | None:
    """The answer, None where there is none."""
    _top()  # no repository at all is another fault
    done = _run(arguments)
    return None if done.returncode else done.stdout


def _run(arguments: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    try:
        line = ("git", *arguments)  # whichever git the one who runs this has
        return subprocess.run(line, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    except OSError as error:
        message = tr("没有找到 git；--since 和 --staged 要用它", "git was not found; --since and --staged need it")
        raise GitError(message) from error
