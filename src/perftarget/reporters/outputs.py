"""Which results a run gives, and where each goes: --format, -o, and what GitHub Actions takes by itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from perftarget.i18n import join_words, tr

FORMATS: Final = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")
_SUMMARY_LIMIT: Final = 1024 * 1024
"""Bytes that GitHub takes for the summary of a step; of more it shows nothing at all."""


class InvalidOutputError(Exception):
    """A result that cannot be given as it was asked for; the message says why."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A format, and the file that it goes to: none is standard output; to some, one adds."""

    format: str
    path: Path | None = None
    added: bool = False
    limit: int | None = None


def output_files(formats: Iterable[str], output: Path | None, environment: Mapping[str, str]) -> list[OutputFile]:
    """Where the results go, standard output first. Raises WrongTarget.

    Standard output, or `output`, gets the format that names no file, text where there is none.
    """
    asked = [_target(text) for text in formats]
    here = [one for one in asked if one.path is None]
    if len(here) > 1:
        names = join_words(one.format for one in here)
        raise InvalidOutputError(
            tr(
                f"{names} 不能同时输出到一处；请写成 {here[1].format}=文件名",
                f"{names} cannot go to one place; write {here[1].format}=FILE",
            )
        )
    first = OutputFile(here[0].format if here else "text", output)
    found = [first, *(one for one in asked if one.path)]
    paths = [one.path for one in found if one.path]
    if twice := [path for path in paths if paths.count(path) > 1]:
        raise InvalidOutputError(tr(f"两种结果都写到 {twice[0]}", f"two results go to {twice[0]}"))
    if not here and environment.get("GITHUB_ACTIONS") == "true":
        found += _for_github(environment)
    return found


def _for_github(environment: Mapping[str, str]) -> list[OutputFile]:
    """The marks on the lines of a change, and the summary of the step."""
    summary = environment.get("GITHUB_STEP_SUMMARY")
    marks = [OutputFile("github")]
    return [*marks, OutputFile("markdown", Path(summary), added=True, limit=_SUMMARY_LIMIT)] if summary else marks


def _target(text: str) -> OutputFile:
    name, equals, file = text.partition("=")
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, 1)
        hint = tr(f"，是否为 {near[0]}", f", did you mean {near[0]}") if near else ""
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
    """The folder that other programs count paths from: that of the job, else of the git repository, else this one."""
    if given := environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR"):
        return given
    here = Path.cwd()
    # What is asked of os.path is False where asking is forbidden.
    return str(next((up for up in (here, *here.parents) if os.path.exists(up / ".git")), here))  # noqa: PTH110
