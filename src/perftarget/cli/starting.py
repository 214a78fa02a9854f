"""The commands that make something new: a folder made ready for tables, and a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from perftarget.authoring import new_table as draft
from perftarget.authoring import project as setup
from perftarget.authoring.suggestions import Suggestions, sample_table
from perftarget.config.loader import Profiles
from perftarget.config.profile import DEFAULT
from perftarget.console import EXIT_INTERRUPTED, EXIT_USAGE, CommandExit, print_message, write_or_exit, write_stdout
from perftarget.files.atomic_write import schema_reference, unique_paths
from perftarget.files.discovery import discover
from perftarget.formats.yaml.writer import header
from perftarget.i18n import tr
from perftarget.runner.actions import refuse_existing
from perftarget.tables.keys import GOALS
from perftarget.tables.model import FIELD_NAMES
from perftarget.tables.reader import read_documents

_SHARED: Final = frozenset({"department", "unit", "attribute", "office"})
"""What the tables of one office have in common; a name, an amount and a period are each table's own."""


def init(folder: Path, profile: str | None, ci: str) -> None:
    """Write what a folder for tables needs and does not have yet; nothing that is there is changed."""
    wanted = setup.project_files(folder, profile=profile or DEFAULT, ci=ci)
    kept = [path for path in wanted if os.path.lexists(path)]
    write_or_exit({path: text for path, text in wanted.items() if path not in kept})
    for path in wanted:
        if path in kept:
            write_stdout(tr(f"已有 {path}，没有改动\n", f"kept {path}\n"))
        else:
            write_stdout(tr(f"已写入 {path}\n", f"wrote {path}\n"))
    write_stdout(
        tr(
            "接下来：perftarget new 写一张新表，或 perftarget import 申报表.docx -o data 转入已有的表。\n",
            "Next: perftarget new for a new table, or perftarget import 申报表.docx -o data for one that is there.\n",
        )
    )


def new(given: Mapping[str, str | None], output: Path | None, profile: str | None, *, force: bool) -> None:
    """Write a new table. On a terminal what was not given is asked for, with what other tables have as an answer."""
    profiles = Profiles(profile)
    paths = profiles.paths()
    usual = _usual(profiles, paths)
    form = profiles.of(str((output or Path(paths[0])) / "new.yaml"))
    fields = {label: (given.get(name) or "").strip() for label, name in FIELD_NAMES.items()}
    if sys.stdin and sys.stdin.isatty():
        for label in (label for row in form.head for label in row):
            if label != GOALS and not fields.get(label):
                known = FIELD_NAMES.get(label) in _SHARED
                fields[label] = _asked(label, next(iter(usual.field(label)), "") if known else "")
    name = fields[next(iter(FIELD_NAMES))]
    if not name:
        print_message(tr("没有写入：请写明项目名称", "nothing was written: name the project"))
        raise CommandExit(EXIT_USAGE)
    folder = output or Path(paths[0])
    (path,) = unique_paths([name], folder, ".yaml")
    refuse_existing([path], force=force)
    write_or_exit({path: draft.new_table_text(fields, usual, form, head=header(schema_reference(folder)))})
    write_stdout(
        tr(
            f"已写入 {path}。填好后运行 perftarget validate {path} 检查。\n",
            f"Wrote {path}. When it is filled in, check it with perftarget validate {path}.\n",
        )
    )


def _usual(profiles: Profiles, paths: list[str]) -> Suggestions:
    """What the tables at hand have, as far as they can be read."""
    found = discover(path for path in paths if os.path.lexists(path))
    known = ((one, profiles.of(file)) for file in found.files for one in read_documents(file, profiles.of(file)))
    return Suggestions(sample_table(document.table, profile) for document, profile in known if document.table)


def _asked(label: str, likely: str) -> str:
    """The answer to a question; Enter takes what is offered."""
    offered = f" [{likely}]" if likely else ""
    write_stdout(f"{label}{offered}{tr('：', ': ')}")
    try:
        answer = input().strip()
    except EOFError as error:
        write_stdout("\n")
        raise CommandExit(EXIT_INTERRUPTED) from error
    return answer or likely
