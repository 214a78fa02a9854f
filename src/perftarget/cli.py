"""Commands, options and exit codes; nothing else is decided here."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from perftarget import __version__
from perftarget.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perftarget.diagnostic import Diagnostic, Run
    from perftarget.document import Document
    from perftarget.form import FormFile
    from perftarget.profile import Profiles

CLEAN: Final = 0
FINDINGS: Final = 1
WRONG_USE: Final = 2
FAULT: Final = 3
INTERRUPTED: Final = 130

app = typer.Typer(
    help="检查、导入和输出项目支出预算绩效目标表。",
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """Where findings go: to a person or to a program."""

    text = "text"
    json = "json"


class Colour(StrEnum):
    """When to colour: `auto` is on a terminal, unless NO_COLOR or TERM=dumb says no or FORCE_COLOR yes."""

    auto = "auto"
    always = "always"
    never = "never"


class SchemaName(StrEnum):
    """The schemas that there are."""

    table = "table"
    config = "config"
    report = "report"


Paths = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads annotations at run time
    typer.Argument(
        metavar="路径",
        help="文件或文件夹，- 为标准输入；不写则按 perftarget.yaml 的 paths，没有配置则为 data/",
        show_default=False,
    ),
]
ProfileName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--profile", metavar="名称|文件", help="表式，代替自动找到的 perftarget.yaml", show_default=False),
]
Names = Optional[list[str]]  # noqa: UP045


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", "-V", help="显示版本")] = False) -> None:
    if version:
        _say(f"perftarget {__version__}\n")
        raise typer.Exit(CLEAN)


@app.command()
def validate(
    paths: Paths = None,
    format_: Annotated[Format, typer.Option("--format", help="输出格式")] = Format.text,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o", metavar="文件", help="结果写入文件", show_default=False),
    ] = None,
    select: Annotated[
        Names,
        typer.Option("--select", metavar="规则|审核项", help="只用这些规则，可重复", show_default=False),
    ] = None,
    ignore: Annotated[
        Names,
        typer.Option("--ignore", metavar="规则|审核项", help="不用这些规则，可重复", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有警告也算不通过")] = False,
    profile: ProfileName = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="每个问题只用一行")] = False,
    colour: Annotated[Colour, typer.Option("--color", help="颜色")] = Colour.auto,
) -> None:
    """检查绩效目标表，像检查代码一样指出每个问题的位置、依据和改法。"""
    from perftarget.check import check, choose
    from perftarget.diagnostic import Checked, Run, Severity
    from perftarget.portfolio import Portfolio

    chosen = choose(select or (), ignore or ())
    given = _read(paths, profile)
    found = Checked([], [])
    tables = 0
    portfolio = Portfolio(chosen, date.today())
    for document in given.documents:
        settings = given.profiles.of(document.source.path)
        portfolio.add(document, settings)
        checked = check(document, settings, chosen, date.today())
        found.diagnostics.extend(checked.diagnostics)
        found.unjudged.extend(checked.unjudged)
        tables += document.table is not None
    found.diagnostics.extend(portfolio.check())
    run = Run(given.files, tables, tuple(found.diagnostics), tuple(found.unjudged))
    _publish(run, format_, output, colour, quiet)
    if given.complaints:
        raise typer.Exit(WRONG_USE)
    failed = run.count(Severity.ERROR) or (strict and run.count(Severity.WARNING))
    raise typer.Exit(FINDINGS if failed else CLEAN)


@app.command()
def render(
    paths: Paths = None,
    docx: Annotated[bool, typer.Option("--docx", help="输出 Word 文档")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="文件", help="输出到哪个文件")] = Path("附件2.docx"),
    profile: ProfileName = None,
) -> None:
    """把全部表格输出为一份正式的附件2。"""
    from perftarget.form import unprinted
    from perftarget.write import Unwritten, annex

    if not docx:
        raise typer.BadParameter("请写明输出格式，如 perftarget render --docx")
    given = _read(paths, profile)
    documents = list(given.documents)
    faults = _unfit(documents, given.profiles)
    for fault in faults:
        _complain(f"{fault.place} {fault.title}：{fault.message}")
    if faults or given.complaints:
        _complain("没有输出：以上文件读不完整，附件会缺内容。请先改正，或只列出要输出的文件。")
        raise typer.Exit(WRONG_USE if given.complaints else FINDINGS)
    tables = [document.table for document in documents if document.table]
    try:
        content = annex(tables, given.profiles.of(documents[0].source.path))
    except Unwritten as error:
        _complain(f"没有输出：{error}")
        raise typer.Exit(FINDINGS) from error
    for document in documents:
        if document.table and (columns := unprinted(document.table)):
            _complain(f"{document.source.path}: 表式没有{'、'.join(columns)}栏，没有输出")
    _write({output: content})
    _say(f"已输出 {output}：{len(tables)} 张表。\n")


@app.command(name="import")
def import_(
    files: Annotated[list[str], typer.Argument(metavar="文件", help="要导入的 .txt 文件", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="文件夹", help="YAML 文件写到哪里", show_default=False)
    ],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    profile: ProfileName = None,
) -> None:
    """把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么没有归入。"""
    from perftarget.report import import_summary as summary
    from perftarget.write import yaml_files

    given = _read_forms(files, profile)
    written = yaml_files([form for reading in given for form in reading.forms], output)
    if not force and (existing := [path for path in written if path.exists()]):
        names = "".join(f"\n  {path}" for path in existing)
        _complain(f"没有写入：以下文件已存在，要覆盖请加 --force{names}")
        raise typer.Exit(WRONG_USE)
    _write(written)
    _say(summary(given, list(written)))


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(help="表格、配置或检查结果", show_default=False)] = SchemaName.table,
) -> None:
    """输出 JSON Schema，供编辑器提示和其他程序使用。"""
    from perftarget.schema import schema_text

    _say(schema_text(name.value))


def run() -> None:
    """Run the command line and exit. The one place where a crash is named, as our own fault."""
    from perftarget.profile import ConfigError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console of another code page shows what it can
    try:
        app(prog_name="perftarget")
    except ConfigError as error:
        _complain(str(error))
        sys.exit(WRONG_USE)
    except Exception:
        traceback.print_exc()
        _complain(f"perftarget {__version__} 自身出错，不是您的文件有问题。请把以上内容报告给开发者。")
        sys.exit(FAULT)


@dataclass(frozen=True, slots=True)
class _Input:
    """What a command was given to look at."""

    profiles: Profiles
    documents: Iterable[Document]  # read as they are asked for, once
    files: int
    complaints: list[str]


def _read(paths: list[str] | None, profile: str | None) -> _Input:
    """Read the tables that the paths lead to. No file at all is wrong use, never a clean result."""
    from perftarget.profile import Profiles
    from perftarget.read import find, read

    profiles = Profiles(profile)
    wanted = paths or profiles.paths()
    found = find(wanted)
    for complaint in found.complaints:
        _complain(complaint)
    if not found.files:
        if not found.complaints:
            where = "、".join(wanted) or "perftarget.yaml 的 paths"
            _complain(f"{where}: 没有找到表格（.yaml 或 .yml 文件），什么也没有检查")
        raise typer.Exit(WRONG_USE)
    documents = (document for file in found.files for document in read(file, profiles.of(file)))
    return _Input(profiles, documents, len(found.files), found.complaints)


def _publish(run: Run, format_: Format, output: Path | None, colour: Colour, quiet: bool) -> None:
    from perftarget.report import report

    options: dict[str, object] = {}
    if format_ is Format.text:
        width = max(60, shutil.get_terminal_size((120, 24)).columns)
        options = {"width": width, "quiet": quiet, "colour": output is None and _coloured(colour)}
    text = report(run, format_.value, **options)
    if output:
        _write({output: text})
    else:
        _say(text)


def _write(files: Mapping[Path, str | bytes]) -> None:
    from perftarget.write import Unwritten, write_files

    try:
        write_files(files)
    except Unwritten as error:
        _complain(f"没有写入：{error}")
        raise typer.Exit(WRONG_USE) from error


def _coloured(colour: Colour) -> bool:
    if colour is not Colour.auto:
        return colour is Colour.always
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(sys.stdout and sys.stdout.isatty()) and os.environ.get("TERM") != "dumb"


def _unfit(documents: Iterable[Document], profiles: Profiles) -> list[Diagnostic]:
    """What keeps a document from being rendered whole: its faults as a file."""
    from perftarget.check import check, choose
    from perftarget.diagnostic import Severity

    chosen = choose(["文件格式"])
    found = [
        one
        for document in documents
        for one in check(document, profiles.of(document.source.path), chosen, date.today()).diagnostics
    ]
    return [one for one in found if one.severity is Severity.ERROR]


def _read_forms(files: list[str], profile: str | None) -> list[FormFile]:
    """The forms of files that are no YAML; all of them can be read, or the command ends here."""
    from perftarget.profile import Profiles
    from perftarget.read import GRID_READERS, find, read, read_forms

    profiles = Profiles(profile)
    found = find(files)
    wrong = [file for file in found.files if Path(file).suffix.lower() not in GRID_READERS]
    complaints = [
        *found.complaints,
        *(f"{file}: 可导入的是 {'、'.join(GRID_READERS)} 文件" for file in wrong),
    ]
    for complaint in complaints:
        _complain(complaint)
    if complaints or not found.files:
        raise typer.Exit(WRONG_USE)
    documents = [document for file in found.files for document in read(file, profiles.of(file))]
    unread = [one for one in _unfit(documents, profiles) if one.rule == "unreadable-file"]
    for one in unread:
        _complain(f"{one.place} {one.title}：{one.message}")
    if unread:
        raise typer.Exit(FINDINGS)
    return [read_forms(file, profiles.of(file)) for file in found.files]


def _say(text: str) -> None:
    """Write to standard output; a reader that went away early (head, less) is no fault of anybody."""
    try:
        if sys.stdout:
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _complain(f"结果没有写出：{error.strerror}")
            raise typer.Exit(WRONG_USE) from error


def _complain(text: str) -> None:
    """Say on standard error what is not the result."""
    if sys.stderr:
        with suppress(OSError):
            sys.stderr.write("\n".join(map(visible, text.split("\n"))) + "\n")
            sys.stderr.flush()
