"""`perftarget new`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from perftarget.cli.options import Force, Language, ProfileName
from perftarget.i18n import tr

HELP: Final = tr(
    "写一张新表：各级指标附有说明，并列出其他表中常用的指标；在终端上逐项询问。",
    "Write a new table: a comment for each tier, with what other tables have there; asks on a terminal.",
)

NewFolder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=tr("文件夹", "FOLDER"),
        help=tr("写到哪里；不写即 perftarget.yaml 的 paths", "where it goes; else to the paths of perftarget.yaml"),
        show_default=False,
    ),
]


def _field(flag: str, label: str, english: str) -> Any:
    return typer.Option(flag, metavar=tr("文字", "TEXT"), help=tr(label, english), show_default=False)


NewName = Annotated[
    str | None,
    typer.Argument(
        metavar=tr("[项目名称]", "[NAME]"), help=tr("不写则询问", "asked for without it"), show_default=False
    ),
]
Department = Annotated[str | None, _field("--department", "主管部门", "主管部门, the department")]
Unit = Annotated[str | None, _field("--unit", "实施单位", "实施单位, who carries it out")]
Attribute = Annotated[str | None, _field("--attribute", "项目属性", "项目属性, new or continued")]
Period = Annotated[str | None, _field("--period", "项目期限", "项目期限, from when to when")]
Office = Annotated[str | None, _field("--office", "项目主管处室", "项目主管处室, the office in charge")]
Amount = Annotated[str | None, _field("--amount", "项目年度金额，如 “20 万元”", "项目年度金额, such as “20 万元”")]


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
    from perftarget.cli import starting

    given = {"name": name, "department": department, "unit": unit, "attribute": attribute}
    given |= {"period": period, "office": office, "amount": amount}
    starting.new(given, output, profile, force=force)
