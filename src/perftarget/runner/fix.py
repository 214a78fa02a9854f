"""Fix the YAML files of a project, or show what the fixes would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from perftarget.console import print_message, write_or_exit
from perftarget.errors import UnreadableFileError
from perftarget.files.discovery import STANDARD_INPUT, TABLE_SUFFIXES
from perftarget.i18n import tr
from perftarget.linter.fixer import Fixer, unified_diff_text
from perftarget.linter.rule import Rule
from perftarget.runner.project import Project
from perftarget.tables.reader import read_bytes


class FixedFile(NamedTuple):
    """A file before and after its fixes, and the number of findings fixed."""

    path: str
    before: bytes
    after: bytes
    findings: int


def fix_files(project: Project, rules: Mapping[str, Rule], *, unsafe: bool) -> bool:
    """Write the fixed files. Return False if a file changed meanwhile and was left unfixed."""
    count = 0
    all_written = True
    for file in fixed_files(project, rules, unsafe=unsafe):
        if read_bytes(file.path, project.profile_of(file.path).read_limits) == file.before:
            write_or_exit({Path(file.path): file.after})
            count += file.findings
        else:
            all_written = False
            print_message(
                tr(
                    f"{file.path}: 运行期间被改动，没有覆盖；请重新运行",
                    f"{file.path}: changed during the run and not overwritten; run again",
                )
            )
    print_message(tr(f"已修复 {count} 处。", f"Fixed {count}."))
    return all_written


def preview_fixes(project: Project, rules: Mapping[str, Rule], *, unsafe: bool) -> str:
    """Return the changes that the fixes would make as a unified diff, "" where there are none."""
    files = fixed_files(project, rules, unsafe=unsafe)
    return "".join(unified_diff_text(file.path, file.before, file.after) for file in files)


def fixed_files(project: Project, rules: Mapping[str, Rule], *, unsafe: bool) -> Iterator[FixedFile]:
    """Yield each selected YAML file that a fix changes; print a message for a file that cannot be fixed."""
    for path in project.selected:
        if path == STANDARD_INPUT:
            continue  # there is no file to write
        if obstacle := _obstacle(project, path):
            print_message(f"{path}: {obstacle}")
            continue
        try:
            before = read_bytes(path, project.profile_of(path).read_limits)
        except UnreadableFileError:
            continue  # reported by the check
        result = Fixer(path, project.profile_of(path), rules, project.today, unsafe).fix(before)
        if result.data != before:
            yield FixedFile(path, before, result.data, result.findings)


def _obstacle(project: Project, path: str) -> str:
    """Return why a file cannot be fixed, "" where it can."""
    if project.staged_content(path) is not None:
        return tr(
            "暂存之后又有改动，没有修复；请先 git add 或撤销其中一份",
            "has changes besides the staged ones and was not fixed; stage or undo them first",
        )
    if Path(path).suffix.lower() not in TABLE_SUFFIXES:
        return tr(
            "只能修复 YAML 文件；Word、Excel 文件请先用 perftarget import 转成 YAML",
            "only YAML files can be fixed; convert Word and Excel files with perftarget import",
        )
    return ""
