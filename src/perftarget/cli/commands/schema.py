"""The command `perftarget schema`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language
from perftarget.console import write_stdout
from perftarget.i18n import tr

HELP: Final = tr(
    "输出 JSON Schema，供编辑器提示和其他程序使用。", "Print a JSON Schema for editors and other programs."
)


class SchemaName(StrEnum):
    """Schemas by name."""

    table = "table"
    config = "config"
    report = "report"


SchemaChoice = Annotated[
    SchemaName,
    typer.Argument(
        metavar="|".join(SchemaName),
        help=tr("表格、配置或检查结果", "Schema of a table, of perftarget.yaml or of the JSON report"),
        show_default=False,
    ),
]


def schema(
    name: SchemaChoice = SchemaName.table,
    lang: Language = None,
) -> None:
    """Run `perftarget schema`."""
    from perftarget.authoring.json_schema import schema_text

    write_stdout(schema_text(name.value))
