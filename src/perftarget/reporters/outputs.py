"""Output formats of a run and the files that they are written to: --format, -o and the files of GitHub Actions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perftarget.i18n import join_words, tr
from perftarget.text.similarity import nearest_name

FORMATS: Final = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")
_SUMMARY_LIMIT: Final = 1024 * 1024
"""Maximum size of a step summary in bytes; GitHub drops a larger one completely."""


class InvalidOutputError(Exception):
    """An invalid combination of --format and --output; the message gives the reason."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A format and the file that it is written to.

    `path` is None for standard output. `added` is True if the report is appended to the file. `limit` is the maximum
    size of the file in bytes, if any.
    """

    format: str
    path: Path | None = None
    added: bool = False
    limit: int | None = None


def output_files(formats: Iterable[str], output: Path | None, environment: Mapping[str, str]) -> list[OutputFile]:
    """Return the outputs of a run, standard output first.

    The format without a file name (text by default) goes to `output` if it is given, else to standard output. Without
    such a format GitHub Actions also gets annotations and a step summary.

    Raises InvalidOutputError if a format is unknown or two reports go to the same place.
    """
    requested = [_parse_format(text) for text in formats]
    unnamed = [file for file in requested if file.path is None]
    if len(unnamed) > 1:
        names = join_words(file.format for file in unnamed)
        raise InvalidOutputError(
            tr(
                f"{names} 不能同时输出到一处；请写成 {unnamed[1].format}=文件名",
                f"{names} cannot go to one place; write {unnamed[1].format}=FILE",
            )
        )
    first = OutputFile(unnamed[0].format if unnamed else "text", output)
    files = [first, *(file for file in requested if file.path)]
    paths = [file.path for file in files if file.path]
    if duplicates := [path for path in paths if paths.count(path) > 1]:
        raise InvalidOutputError(tr(f"两种结果都写到 {duplicates[0]}", f"two results go to {duplicates[0]}"))
    if not unnamed and environment.get("GITHUB_ACTIONS") == "true":
        files += _github_files(environment)
    return files


def _github_files(environment: Mapping[str, str]) -> list[OutputFile]:
    """Return the annotations for GitHub Actions and, if the runner has a file for it, the step summary."""
    summary = environment.get("GITHUB_STEP_SUMMARY")
    files = [OutputFile("github")]
    return [*files, OutputFile("markdown", Path(summary), added=True, limit=_SUMMARY_LIMIT)] if summary else files


def _parse_format(text: str) -> OutputFile:
    name, equals, file = text.partition("=")
    if name not in FORMATS:
        nearest = nearest_name(name, FORMATS, 0.6)
        hint = tr(f"，是否为 {nearest}", f", did you mean {nearest}") if nearest else ""
        every = join_words(FORMATS)
        raise InvalidOutputError(
            tr(
                f"--format 没有 {name} 这种格式{hint}；可写的有：{every}",
                f"--format knows no {name}{hint}; there are {every}",
            )
        )
    if equals and not file:
        missing = tr(f"--format {name}= 后面缺少文件名", f"the name of a file is missing after --format {name}=")
        raise InvalidOutputError(missing)
    return OutputFile(name, Path(file) if file else None)


def root(environment: Mapping[str, str]) -> str:
    """Return the folder that reported paths are relative to.

    It is the workspace of the CI job, else the root of the git repository, else the working directory.
    """
    if workspace := environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR"):
        return workspace
    here = Path.cwd()
    # os.path.exists returns False if access is denied; Path.exists raises.
    return str(next((folder for folder in (here, *here.parents) if os.path.exists(folder / ".git")), here))  # noqa: PTH110
