"""Queries to git: changed files, staged content, and files of a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from perftarget.i18n import tr

_SHALLOW_CLONE_HINT: Final = (
    "；如果是浅克隆，请先取回全部历史（如 git fetch --unshallow，或 actions/checkout 的 fetch-depth: 0）",
    "; in a shallow clone, fetch the history first (git fetch --unshallow, or fetch-depth: 0 of actions/checkout)",
)


class GitError(Exception):
    """Failed query to git; the message includes the remedy where there is one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Changed files by their real paths.

    `staged` maps each file whose staged content differs from the working tree to its staged bytes.
    """

    files: frozenset[str]
    staged: Mapping[str, bytes] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Return True if the file has changed."""
        return os.path.realpath(path) in self.files


def changes_since(reference: str) -> Changes:
    """Return the files changed since the merge base with `reference`, and the untracked files.

    Raises GitError if the revision is unknown or has no history in common with HEAD.
    """
    if _query("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}") is None:
        message = tr(f"git 里没有 {reference} 这个版本", f"git knows no revision {reference}")
        raise GitError(message + tr(*_SHALLOW_CLONE_HINT))
    base = _query("merge-base", "--end-of-options", reference, "HEAD")
    if base is None:
        message = tr(f"{reference} 与当前版本没有共同的历史", f"{reference} and HEAD have no history in common")
        raise GitError(message + tr(*_SHALLOW_CLONE_HINT))
    changed = _list_files("diff", "--name-only", "--no-ext-diff", "--diff-filter=d", "-z", base.decode().strip())
    untracked = _list_files("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    return Changes(frozenset([*changed, *untracked]))


def staged_changes() -> Changes:
    """Return the files that the next commit changes. Raises GitError."""
    files = _list_files("diff", "--cached", "--name-only", "--no-ext-diff", "--diff-filter=d", "-z")
    edited = set(_list_files("diff", "--name-only", "--no-ext-diff", "-z")) & set(files)
    return Changes(frozenset(files), {file: _git("cat-file", "blob", f":{_tree_path(file)}") for file in edited})


def is_revision(reference: str) -> bool:
    """Return True if `reference` names a commit; False outside of a repository."""
    try:
        return _query("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}") is not None
    except GitError:
        return False


def files_at(reference: str, paths: Sequence[str]) -> list[str]:
    """Return the files at or below the paths in a revision, relative to the working directory. Raises GitError."""
    tree_paths = [_tree_path(os.path.realpath(path)) for path in paths]
    output = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", reference, "--", *tree_paths)
    top = os.path.realpath(_top_level())
    names = output.decode(errors="surrogateescape").split("\0")
    return [os.path.relpath(os.path.join(top, name)) for name in names if name]  # noqa: PTH118


def content_at(reference: str, path: str) -> bytes:
    """Return the bytes of a file in a revision. Raises GitError."""
    return _git("cat-file", "blob", f"{reference}:{_tree_path(os.path.realpath(path))}")


def _list_files(*arguments: str) -> Iterable[str]:
    """Return the real paths of the files that a git command lists, separated by NUL."""
    top = _top_level()
    names = _git(*arguments).decode(errors="surrogateescape").split("\0")
    return [os.path.realpath(os.path.join(top, name)) for name in names if name]  # noqa: PTH118


def _tree_path(file: str) -> str:
    """Return the path of a file relative to the top of the working tree, with slashes."""
    return os.path.relpath(file, os.path.realpath(_top_level())).replace(os.sep, "/")


def _top_level() -> str:
    """Return the top folder of the working tree. Raises GitError outside of a repository."""
    return _git("rev-parse", "--show-toplevel").decode(errors="surrogateescape").rstrip("\n")


def _git(*arguments: str) -> bytes:
    """Return the output of a git command. Raises GitError with the first line of its message if it fails."""
    process = _run(arguments)
    if process.returncode:
        raise GitError(_failure(process.stderr.decode(errors="replace").strip().split("\n")[0]))
    return process.stdout


def _failure(message: str) -> str:
    """Return what the first line of a message of git means; the Chinese text has no words of git itself."""
    if "not a git repository" in message:
        return tr("当前文件夹不在 git 仓库中", "the current folder is not in a git repository")
    if "dubious ownership" in message:
        return tr(
            "git 仓库属于其他用户，没有读取；请用 git config 的 safe.directory 允许",
            "the git repository belongs to another user; allow it with git config safe.directory",
        )
    return tr("git 命令没有成功，请检查仓库", f"git gave no answer: {message.removeprefix('fatal: ')}")


def _query(*arguments: str) -> bytes | None:
    """Return the output of a git command, or None if it fails. Raises GitError outside of a repository."""
    _top_level()
    process = _run(arguments)
    return None if process.returncode else process.stdout


def _run(arguments: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    """Run git. Raises GitError if it is not installed."""
    try:
        command = ("git", *arguments)  # the first git on the user's PATH
        return subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    except OSError as error:
        message = tr("没有找到 git；--since 和 --staged 要用它", "git was not found; --since and --staged need it")
        raise GitError(message) from error
