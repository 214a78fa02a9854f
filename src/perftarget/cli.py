"""Commands, options and exit codes; nothing else is decided here."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections import Counter
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Optional

import typer

from perftarget import __version__, language
from perftarget.console import CLEAN, FAULT, FINDINGS, INTERRUPTED, WRONG_USE, Ended, coloured, complain, tell, write
from perftarget.help import Command, Group, fault
from perftarget.language import say

if TYPE_CHECKING:
    from perftarget.diagnostic import Run
    from perftarget.rule import Rule
    from perftarget.session import Session

app = typer.Typer(
    cls=Group,
    help=say(
        "检查、导入和输出项目支出预算绩效目标表。",
        "Check, import and render budget performance target tables (项目支出预算绩效目标表).",
    ),
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_UsageError: Final[Any] = typer.BadParameter.__base__


class Format(StrEnum):
    """Where findings go: to a person or to a program."""

    text = "text"
    json = "json"


class Colour(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


class SchemaName(StrEnum):
    """The schemas that there are."""

    table = "table"
    config = "config"
    report = "report"


class Lang(StrEnum):
    """The languages that messages are in."""

    zh = "zh"
    en = "en"


_FILE: Final = say("文件", "FILE")
_FILES: Final = say("路径", "PATH")
_NAMES: Final = say("规则|审核项", "RULE|BOX")
# Typer reads annotations at run time, and knows no `str | None` before Python 3.10's own is everywhere.
Paths = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Argument(
        metavar=_FILES,
        help=say(
            "文件或文件夹，- 为标准输入；不写则按 perftarget.yaml 的 paths，没有配置则为 data/",
            "files or folders, - for standard input; else the paths of perftarget.yaml, else data/",
        ),
        show_default=False,
    ),
]
ProfileName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--profile",
        metavar=say("名称|文件", "NAME|FILE"),
        help=say(
            "表式，代替自动找到的 perftarget.yaml",
            "the form's profile, in place of the perftarget.yaml that is found",
        ),
        show_default=False,
    ),
]
Language = Annotated[
    Optional[Lang],  # noqa: UP045
    typer.Option(
        "--lang", metavar="|".join(Lang), help=say("提示用的语言", "the language of the messages"), show_default=False
    ),
]
Names = Optional[list[str]]  # noqa: UP045
File = Optional[Path]  # noqa: UP045


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", "-V", help=say("显示版本", "Show the version"))] = False,
    lang: Language = None,  # noqa: ARG001 - read before the command line is
) -> None:
    if version:
        tell(f"perftarget {__version__}\n")
        raise typer.Exit(CLEAN)


@app.command(
    cls=Command,
    help=say(
        "检查绩效目标表，像检查代码一样指出每个问题的位置、依据和改法。",
        "Check tables as a linter checks code: where each fault stands, why it is one, and what to write.",
    ),
)
def validate(
    paths: Paths = None,
    format_: Annotated[
        Format, typer.Option("--format", metavar="|".join(Format), help=say("输出格式", "output format"))
    ] = Format.text,
    output: Annotated[
        File,
        typer.Option(
            "--output", "-o", metavar=_FILE, help=say("结果写入文件", "write the result to a file"), show_default=False
        ),
    ] = None,
    select: Annotated[
        Names,
        typer.Option(
            "--select",
            metavar=_NAMES,
            help=say("只用这些规则，可重复", "only these rules; may be repeated"),
            show_default=False,
        ),
    ] = None,
    ignore: Annotated[
        Names,
        typer.Option(
            "--ignore",
            metavar=_NAMES,
            help=say("不用这些规则，可重复", "without these rules; may be repeated"),
            show_default=False,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=say("有警告也算不通过", "fail on warnings too"))] = False,
    fix: Annotated[bool, typer.Option("--fix", help=say("修复能够安全修复的问题", "make the safe fixes"))] = False,
    unsafe: Annotated[
        bool,
        typer.Option(
            "--unsafe",
            help=say(
                "与 --fix 或 --diff 一起用，也做可能改变意思的修复",
                "with --fix or --diff, the fixes that may change the meaning too",
            ),
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help=say("只显示修复会改什么，不写文件", "show what the fixes would change, write nothing")
        ),
    ] = False,
    baseline: Annotated[
        File,
        typer.Option(
            "--baseline",
            metavar=_FILE,
            help=say(
                "不再提示这份基线里的问题；改好的从中去掉",
                "say nothing of what this baseline holds; what is mended leaves it",
            ),
            show_default=False,
        ),
    ] = None,
    write_baseline: Annotated[
        File,
        typer.Option(
            "--write-baseline",
            metavar=_FILE,
            help=say("把现有的问题写成基线", "write all that is found now as a baseline"),
            show_default=False,
        ),
    ] = None,
    profile: ProfileName = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=say("每个问题只用一行", "one line a finding"))] = False,
    colour: Annotated[
        Colour, typer.Option("--color", metavar="|".join(Colour), help=say("颜色", "when to colour"))
    ] = Colour.auto,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.check import choose
    from perftarget.diagnostic import Severity
    from perftarget.session import Session

    if unsafe and not (fix or diff):
        raise typer.BadParameter(say("--unsafe 要与 --fix 或 --diff 一起用", "--unsafe goes with --fix or --diff"))
    if baseline and write_baseline:
        raise typer.BadParameter(
            say("--baseline 与 --write-baseline 不能一起用", "--baseline and --write-baseline exclude each other")
        )
    chosen = choose(select or (), ignore or ())
    session = Session.of(paths, profile)
    if diff:
        raise typer.Exit(_diff(session, chosen, unsafe=unsafe))
    failed = fix and not _fix(session, chosen, unsafe=unsafe)
    if write_baseline:
        raise typer.Exit(_write_baseline(session, chosen, write_baseline))
    run = _checked(session, chosen, baseline)
    _publish(run, format_, output, colour, quiet)
    if session.complaints or failed:
        raise typer.Exit(WRONG_USE)
    found = run.count(Severity.ERROR) or (strict and run.count(Severity.WARNING))
    raise typer.Exit(FINDINGS if found else CLEAN)


@app.command(
    cls=Command,
    help=say("把全部表格输出为一份正式的附件2。", "Render all tables as one official annex (附件2)."),
)
def render(
    paths: Paths = None,
    docx: Annotated[bool, typer.Option("--docx", help=say("输出 Word 文档", "a Word document"))] = False,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=_FILE, help=say("输出到哪个文件", "the file to write"))
    ] = Path("附件2.docx"),
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.form import unprinted
    from perftarget.session import Session, fault_line
    from perftarget.write import Unwritten, annex

    if not docx:
        example = "perftarget render --docx"
        raise typer.BadParameter(say(f"请写明输出格式，如 {example}", f"say which format, as in {example}"))
    session = Session.of(paths, profile)
    documents = list(session.documents())
    faults = session.unfit(documents)
    for one in faults:
        complain(fault_line(one))
    if faults or session.complaints:
        complain(
            say(
                "没有输出：以上文件读不完整，附件会缺内容。请先改正，或只列出要输出的文件。",
                "Nothing was rendered: the files above cannot be read whole, and the annex would lack something. "
                "Mend them first, or name only the files to render.",
            )
        )
        raise typer.Exit(WRONG_USE if session.complaints else FINDINGS)
    tables = [document.table for document in documents if document.table]
    try:
        content = annex(tables, session.settings(documents[0]))
    except Unwritten as error:
        complain(say(f"没有输出：{error}", f"nothing was rendered: {error}"))
        raise typer.Exit(FINDINGS) from error
    for document in documents:
        if document.table and (columns := language.listing(unprinted(document.table))):
            path = document.source.path
            complain(
                say(f"{path}: 表式没有{columns}栏，没有输出", f"{path}: the form has no column {columns}; not rendered")
            )
    write({output: content})
    tell(say(f"已输出 {output}：{len(tables)} 张表。\n", f"Rendered {output}: {len(tables)} tables.\n"))


@app.command(
    cls=Command,
    name="import",
    help=say(
        "把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么没有归入。",
        "Turn existing tables into YAML, a file each; says what it concluded and what found no place.",
    ),
)
def import_(
    files: Annotated[
        list[str],
        typer.Argument(metavar=_FILE, help=say("要导入的 .txt 文件", "the .txt files to import"), show_default=False),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar=say("文件夹", "FOLDER"),
            help=say("YAML 文件写到哪里", "where the YAML files go"),
            show_default=False,
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help=say("覆盖已有的文件", "overwrite files"))] = False,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - read before the command line is
) -> None:
    from perftarget.report import import_summary as summary
    from perftarget.session import forms
    from perftarget.write import yaml_files

    given = forms(files, profile)
    written = yaml_files([form for reading in given for form in reading.forms], output)
    if not force and (existing := [path for path in written if path.exists()]):
        names = "".join(f"\n  {path}" for path in existing)
        complain(
            say(
                f"没有写入：以下文件已存在，要覆盖请加 --force{names}",
                f"Nothing was written: these files exist; to overwrite them add --force{names}",
            )
        )
        raise typer.Exit(WRONG_USE)
    write(written)
    tell(summary(given, list(written)))


@app.command(cls=Command, help=say("列出全部规则。", "List all rules."))
def rules(
    format_: Annotated[
        Format, typer.Option("--format", metavar="|".join(Format), help=say("输出格式", "output format"))
    ] = Format.text,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.catalogue import as_json, as_text

    width = shutil.get_terminal_size((120, 24)).columns
    tell(as_json() if format_ is Format.json else as_text(width))


@app.command(cls=Command, help=say("显示一条规则的说明。", "Show the page of a rule."))
def explain(
    rule: Annotated[str, typer.Argument(metavar=say("规则", "RULE"), show_default=False)],
    colour: Annotated[
        Colour, typer.Option("--color", metavar="|".join(Colour), help=say("颜色", "when to colour"))
    ] = Colour.auto,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.catalogue import page
    from perftarget.check import known
    from perftarget.rule import rules as all_rules

    known(rule, all_rules())
    width = shutil.get_terminal_size((100, 24)).columns
    tell(page(all_rules()[rule], width=width, colour=coloured(colour)))


@app.command(
    cls=Command,
    help=say("输出 JSON Schema，供编辑器提示和其他程序使用。", "Print a JSON Schema, for editors and other programs."),
)
def schema(
    name: Annotated[
        SchemaName,
        typer.Argument(
            metavar="|".join(SchemaName),
            help=say("表格、配置或检查结果", "table, configuration or report"),
            show_default=False,
        ),
    ] = SchemaName.table,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.schema import schema_text

    tell(schema_text(name.value))


def run() -> None:
    """Run the command line and exit. The one place where a crash is named, as our own fault."""
    language.use(language.chosen(sys.argv[1:], os.environ))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console of another code page shows what it can
    try:
        sys.exit(_run())
    except Exception:
        traceback.print_exc()
        complain(
            say(
                f"perftarget {__version__} 自身出错，不是您的文件有问题。请把以上内容报告给开发者。",
                f"perftarget {__version__} failed; this is no fault of your files. Please report the above.",
            )
        )
        sys.exit(FAULT)


def _run() -> int:
    from perftarget.profile import ConfigError

    try:
        return app(prog_name="perftarget", standalone_mode=False) or CLEAN
    except ConfigError as error:
        complain(str(error))
        return WRONG_USE
    except Ended as ended:
        return ended.code
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            tell(error.ctx.get_help() + "\n")
        else:
            complain(fault(error))
        return WRONG_USE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED


def _checked(session: Session, chosen: dict[str, Rule], path: Path | None) -> Run:
    """Check; what the baseline holds is left out, and what is mended leaves the baseline."""
    from perftarget.baseline import load

    if path is None:
        return session.check(chosen)[0]
    known = load(path)
    run, projects = session.check(chosen, known)
    if smaller := session.shrunk(known, projects, chosen):
        write({path: smaller})
        complain(say(f"{path}: 已改好的问题已从基线中去掉", f"{path}: what is mended has left the baseline"))
    return run


def _write_baseline(session: Session, chosen: dict[str, Rule], path: Path) -> int:
    from perftarget import baseline

    found = baseline.Baseline(Counter())
    session.check(chosen, found)
    write({path: baseline.text(found.met)})
    count = found.met.total()
    tell(say(f"已写入基线 {path}：{count} 处。\n", f"Wrote the baseline {path}: {count} findings.\n"))
    return WRONG_USE if session.complaints else CLEAN


def _fix(session: Session, chosen: dict[str, Rule], *, unsafe: bool) -> bool:
    """Write the fixed files; False where one changed meanwhile and was left alone."""
    from perftarget.read import contents

    count = 0
    unchanged = True
    for file, old, new, findings in session.mend(chosen, unsafe=unsafe):
        if contents(file) == old:
            write({Path(file): new})
            count += findings
        else:
            unchanged = False
            complain(
                say(
                    f"{file}: 运行期间被改动，没有覆盖；请重新运行",
                    f"{file}: changed meanwhile, and was not overwritten; run this again",
                )
            )
    complain(say(f"已修复 {count} 处。", f"Fixed {count}."))
    return unchanged


def _diff(session: Session, chosen: dict[str, Rule], *, unsafe: bool) -> int:
    """Show what the fixes would change: 1 where they would change something, as of a check that fails."""
    from perftarget.mend import diff

    parts = [diff(file, old, new) for file, old, new, _ in session.mend(chosen, unsafe=unsafe)]
    tell("".join(parts))
    return WRONG_USE if session.complaints else FINDINGS if parts else CLEAN


def _publish(run: Run, format_: Format, output: Path | None, colour: Colour, quiet: bool) -> None:
    from perftarget.report import report

    options: dict[str, object] = {}
    if format_ is Format.text:
        width = max(60, shutil.get_terminal_size((120, 24)).columns)
        options = {"width": width, "quiet": quiet, "colour": output is None and coloured(colour.value)}
    text = report(run, format_.value, **options)
    if output:
        write({output: text})
    else:
        tell(text)
