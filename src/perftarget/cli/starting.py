"""The commands that make something new: a folder made ready for tables, and a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from perftarget.authoring import new_table as draft
from perftarget.authoring import project as setup
from perftarget.authoring.suggestions import Usual, used
from perftarget.config.loader import Profiles
from perftarget.config.profile import DEFAULT
from perftarget.console import INTERRUPTED, WRONG_USE, Ended, complain, tell, write
from perftarget.files.atomic_write import named, schema_beside
from perftarget.files.discovery import find
from perftarget.formats.yaml.writer import header
from perftarget.i18n import say
from perftarget.runner.actions import refuse_existing
from perftarget.tables.model import FIELD_NAMES, GOALS
from perftarget.tables.reader import read

_SHARED: Final = frozenset({"department", "unit", "attribute", "office"})
"""What the tables of one office have in common; a name, an amount and a period are each table's own."""


def init(folder: Path, profile: str | None, ci: str) -> None:
    """Write what a folder for tables needs and does not have yet; nothing that is there is changed."""
    wanted = setup.files(folder, profile=profile or DEFAULT, ci=ci)
    kept = [path for path in wanted if os.path.lexists(path)]
    write({path: text for path, text in wanted.items() if path not in kept})
    for path in wanted:
        if path in kept:
            tell(say(f"已有 {path}，没有改动\n", f"kept {path}\n"))
        else:
            tell(say(f"已写入 {path}\n", f"wrote {path}\n"))
    tell(
        say(
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
        complain(say("没有写入：请写明项目名称", "nothing was written: name the project"))
        raise Ended(WRONG_USE)
    folder = output or Path(paths[0])
    (path,) = named([name], folder, ".yaml")
    refuse_existing([path], force=force)
    write({path: draft.write(fields, usual, form, head=header(schema_beside(folder)))})
    tell(
        say(
            f"已写入 {path}。填好后运行 perftarget validate {path} 检查。\n",
            f"Wrote {path}. When it is filled in, check it with perftarget validate {path}.\n",
        )
    )


def _usual(profiles: Profiles, paths: list[str]) -> Usual:
    """What the tables at hand have, as far as they can be read."""
    found = find(path for path in paths if os.path.lexists(path))
    known = ((one, profiles.of(file)) for file in found.files for one in read(file, profiles.of(file)))
    return Usual(used(document.table, profile) for document, profile in known if document.table)


def _asked(label: str, likely: str) -> str:
    """The answer to a question; Enter takes what is offered."""
    offered = f" [{likely}]" if likely else ""
    tell(f"{label}{offered}{say('：', ': ')}")
    try:
        answer = input().strip()
    except EOFError as error:
        tell("\n")
        raise Ended(INTERRUPTED) from error
    return answer or likely
