"""The command `perftarget new`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from perftarget.cli.options import Force, Language, ProfileName
from perftarget.console import EXIT_INTERRUPTED, EXIT_USAGE, CommandExit, print_message, write_or_exit, write_stdout
from perftarget.i18n import tr

if TYPE_CHECKING:
    from perftarget.authoring.suggestions import Suggestions
    from perftarget.config.loader import Profiles
    from perftarget.config.profile import Profile

HELP: Final = tr(
    "写一张新表：各级指标附有说明，并列出其他表中常用的指标；在终端上逐项询问。",
    "Create a table with hints and suggestions; prompts for fields on a terminal.",
)

NewFolder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=tr("文件夹", "FOLDER"),
        help=tr(
            "写到哪里；不写即 perftarget.yaml 的 paths", "Output folder [default: first of paths in perftarget.yaml]"
        ),
        show_default=False,
    ),
]


def _field(flag: str, label: str, english: str) -> Any:
    return typer.Option(flag, metavar=tr("文字", "TEXT"), help=tr(label, english), show_default=False)


NewName = Annotated[
    str | None,
    typer.Argument(
        metavar=tr("项目名称", "NAME"), help=tr("不写则询问", "Project name (项目名称)"), show_default=False
    ),
]
Department = Annotated[str | None, _field("--department", "主管部门", "Department in charge (主管部门)")]
Unit = Annotated[str | None, _field("--unit", "实施单位", "Implementing unit (实施单位)")]
Attribute = Annotated[str | None, _field("--attribute", "项目属性", "New or continued project (项目属性)")]
Period = Annotated[str | None, _field("--period", "项目期限", "Project period (项目期限)")]
Office = Annotated[str | None, _field("--office", "项目主管处室", "Office in charge (项目主管处室)")]
Amount = Annotated[
    str | None, _field("--amount", "项目年度金额，如 “20 万元”", "Annual amount (项目年度金额), such as “20 万元”")
]


def new(
    name: NewName = None,
    department: Department = None,
    unit: Unit = None,
    attribute: Attribute = None,
    period: Period = None,
    office: Office = None,
    amount: Amount = None,
    output: NewFolder = None,
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget new`."""
    from perftarget.authoring.new_table import new_table_text
    from perftarget.cli.inputs import refuse_existing
    from perftarget.config.loader import Profiles
    from perftarget.files.atomic_write import schema_reference, unique_paths
    from perftarget.formats.yaml.writer import header
    from perftarget.tables.model import FIELD_NAMES

    given = {"name": name, "department": department, "unit": unit, "attribute": attribute}
    given |= {"period": period, "office": office, "amount": amount}
    profiles = Profiles(profile)
    paths = profiles.paths()
    folder = output or Path(paths[0])
    form = profiles.of(str(folder / "new.yaml"))
    suggestions = _suggestions(profiles, paths)
    fields = {label: (given.get(field) or "").strip() for label, field in FIELD_NAMES.items()}
    if sys.stdin and sys.stdin.isatty():
        _ask_missing(fields, form, suggestions)
    project_name = fields[next(iter(FIELD_NAMES))]
    if not project_name:
        print_message(tr("没有写入：请写明项目名称", "nothing was written: the project name is missing"))
        raise CommandExit(EXIT_USAGE)
    (path,) = unique_paths([project_name], folder, ".yaml")
    refuse_existing([path], force=force)
    write_or_exit({path: new_table_text(fields, suggestions, form, head=header(schema_reference(folder)))})
    write_stdout(
        tr(
            f"已写入 {path}。填好后运行 perftarget validate {path} 检查。\n",
            f"Wrote {path}. Fill it in, then run perftarget validate {path}.\n",
        )
    )


_SHARED: Final = frozenset({"department", "unit", "attribute", "office"})
"""The fields that the tables of one office have in common; name, amount and period are each table's own."""


def _suggestions(profiles: Profiles, paths: list[str]) -> Suggestions:
    """Collect what the readable tables below the paths contain."""
    from perftarget.authoring.suggestions import Suggestions, sample_table
    from perftarget.files.discovery import discover
    from perftarget.tables.reader import read_documents

    files = discover(path for path in paths if os.path.lexists(path)).files
    documents = (
        (document, profiles.of(file)) for file in files for document in read_documents(file, profiles.of(file))
    )
    return Suggestions(sample_table(document.table, profile) for document, profile in documents if document.table)


def _ask_missing(fields: dict[str, str], form: Profile, suggestions: Suggestions) -> None:
    """Ask for each field of the head that was not given."""
    from perftarget.tables.keys import GOALS
    from perftarget.tables.model import FIELD_NAMES

    for label in (label for row in form.head for label in row):
        if label != GOALS and not fields.get(label):
            is_shared = FIELD_NAMES.get(label) in _SHARED
            fields[label] = _answer(label, next(iter(suggestions.field(label)), "") if is_shared else "")


def _answer(label: str, default: str) -> str:
    """Ask for a field; Enter takes the default."""
    offered = f" [{default}]" if default else ""
    write_stdout(f"{label}{offered}{tr('：', ': ')}")
    try:
        return input().strip() or default
    except EOFError as error:
        write_stdout("\n")
        raise CommandExit(EXIT_INTERRUPTED) from error
