"""Commands, options and exit codes; nothing else is decided here."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from perftarget import __version__
from perftarget.console import CLEAN, WRONG_USE, coloured, complain, tell, write
from perftarget.front import guarded
from perftarget.help import Command, Group, fault
from perftarget.language import say
from perftarget.options import (
    Amount,
    AnnotatedFile,
    Attribute,
    BaselineFile,
    CacheAction,
    CacheActionName,
    CheckRendered,
    Ci,
    CiName,
    Colour,
    ColourChoice,
    Contents,
    Department,
    DiffFlag,
    DiffFormat,
    DiffFormatName,
    Docx,
    Executor,
    ExecutorName,
    FixFlag,
    Folder,
    Force,
    Formats,
    FormFiles,
    Html,
    Ignore,
    Jobs,
    Language,
    LetterFlag,
    ListFormat,
    ListFormatName,
    Markdown,
    NewFolder,
    NewName,
    NewSide,
    Office,
    OfficeFile,
    OldSide,
    OutputFile,
    Paths,
    Period,
    ProfileName,
    Quiet,
    RenderedFile,
    RuleName,
    Scheduler,
    SchemaChoice,
    SchemaName,
    Select,
    ShellName,
    Since,
    Split,
    Staged,
    Stdio,
    Strict,
    Unit,
    Unsafe,
    UseCache,
    Watch,
    WriteBaseline,
    Xlsx,
)

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
    formats: Formats = None,
    output: OutputFile = None,
    select: Select = None,
    ignore: Ignore = None,
    since: Since = None,
    staged: Staged = False,
    watch: Watch = False,
    strict: Strict = False,
    fix: FixFlag = False,
    unsafe: Unsafe = False,
    diff: DiffFlag = False,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    profile: ProfileName = None,
    jobs: Jobs = 0,
    cache: UseCache = True,
    executor: Executor = ExecutorName.local,
    scheduler: Scheduler = None,
    quiet: Quiet = False,
    colour: ColourChoice = Colour.auto,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.validation import Asked, WrongUse
    from perftarget.validation import validate as validated

    asked = Asked(
        paths=paths or (),
        formats=formats or (),
        output=output,
        select=select or (),
        ignore=ignore or (),
        since=since,
        staged=staged,
        watch=watch,
        strict=strict,
        fix=fix,
        unsafe=unsafe,
        diff=diff,
        baseline=baseline,
        write_baseline=write_baseline,
        profile=profile,
        jobs=jobs,
        cache=cache,
        dask=executor is ExecutorName.dask,
        scheduler=scheduler,
        quiet=quiet,
        colour=colour.value,
    )
    try:
        if watch:
            from perftarget.serving import watch as watched

            raise typer.Exit(watched(asked))
        raise typer.Exit(validated(asked))
    except WrongUse as error:
        raise typer.BadParameter(str(error)) from error


@app.command(
    cls=Command,
    help=say(
        "把全部表格输出为正式的附件2（Word、Excel、网页、Markdown），或写出退回修改意见。",
        "Render the tables as the official annex (附件2), or the letters that send them back for revision.",
    ),
)
def render(
    paths: Paths = None,
    docx: Docx = False,
    xlsx: Xlsx = False,
    html: Html = False,
    markdown: Markdown = False,
    letter: LetterFlag = False,
    split: Split = False,
    contents: Contents = False,
    output: RenderedFile = None,
    check: CheckRendered = False,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.publication import Publication
    from perftarget.session import Session

    given = {"docx": docx, "xlsx": xlsx, "html": html, "markdown": markdown, "letter": letter}
    kinds = [kind for kind, wanted in given.items() if wanted]
    if len(kinds) != 1:
        example = "perftarget render --docx"
        raise typer.BadParameter(say(f"请写明一种输出格式，如 {example}", f"say which format, as in {example}"))
    if contents and (split or not docx):
        raise typer.BadParameter(say("--contents 只用于一份 Word 文档", "--contents is for one Word document"))
    raise typer.Exit(Publication(kinds[0], output, split, contents, check).of(Session.of(paths, profile)))


@app.command(
    cls=Command,
    name="import",
    help=say(
        "把现有的表格转成 YAML，每张表一个文件，并说明推断了什么、什么没有归入。",
        "Turn existing tables into YAML, a file each; says what it concluded and what found no place.",
    ),
)
def import_(
    files: FormFiles,
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
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - read before the command line is
) -> None:
    from perftarget import actions
    from perftarget.inputs import forms
    from perftarget.report import import_summary as summary
    from perftarget.write import yaml_files

    given = forms(files, profile)
    written = yaml_files([form for reading in given for form in reading.forms], output)
    actions.refuse_existing(written, force=force)
    write(written)
    tell(summary(given, list(written)))


@app.command(
    cls=Command,
    help=say(
        "把检查出的问题写成批注，放进 Word 或 Excel 文件中出问题的那一格，其余内容不变。",
        "Write what validate finds into a Word or Excel file, as comments at the cells; nothing else changes.",
    ),
)
def annotate(
    file: OfficeFile,
    output: AnnotatedFile = None,
    select: Select = None,
    ignore: Ignore = None,
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget import actions
    from perftarget.check import choose
    from perftarget.inputs import annotatable
    from perftarget.session import Session

    annotatable(file)
    target = output or Path(file).with_stem(f"{Path(file).stem}-批注")
    actions.refuse_existing([target], force=force)
    actions.annotate(Session.of([file], profile).readable(), choose(select or (), ignore or ()), file, target)


@app.command(
    cls=Command,
    help=say(
        "比较两年或两稿的表格：金额、指标、绩效值有什么变化，降低的目标列在最前。",
        "Compare the tables of two years or drafts: amounts, indicators, and targets, lowered ones first.",
    ),
)
def diff(
    old: OldSide,
    new: NewSide,
    format_: DiffFormatName = DiffFormat.text,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.differences import FORMATS
    from perftarget.sides import compared

    tell(FORMATS[format_.value](compared(old, new, profile)))


@app.command(
    cls=Command,
    help=say(
        "管理缓存：clean 删去以前的结果，path 显示它在哪里。",
        "Look after the cache: clean removes it, path is where it is.",
    ),
)
def cache(
    action: CacheActionName,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget import actions

    if action is CacheAction.clean:
        actions.clean_cache()
    else:
        actions.tell_cache()


@app.command(cls=Command, help=say("列出全部规则。", "List all rules."))
def rules(
    format_: ListFormatName = ListFormat.text,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.catalogue import as_json, as_text

    width = shutil.get_terminal_size((120, 24)).columns
    tell(as_json() if format_ is ListFormat.json else as_text(width))


@app.command(cls=Command, help=say("显示一条规则的说明。", "Show the page of a rule."))
def explain(
    rule: RuleName,
    colour: ColourChoice = Colour.auto,
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
    name: SchemaChoice = SchemaName.table,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.schema import schema_text

    tell(schema_text(name.value))


@app.command(
    cls=Command,
    help=say(
        "在文件夹中写好设置、编辑器用的 schema、git 钩子和合并请求的检查；已有的文件不动。",
        "Make a folder ready: settings, the schema for editors, a hook and a workflow; files that exist are kept.",
    ),
)
def init(
    folder: Folder = Path(),
    ci: CiName = Ci.github,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget import starting

    starting.init(folder, profile, ci.value)


@app.command(
    cls=Command,
    help=say(
        "写一张新表：各级指标附有说明，并列出其他表中常用的指标；在终端上逐项询问。",
        "Write a new table: a comment for each tier, with what other tables have there; asks on a terminal.",
    ),
)
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
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget import starting

    given = {"name": name, "department": department, "unit": unit, "attribute": attribute}
    given |= {"period": period, "office": office, "amount": amount}
    starting.new(given, output, profile, force=force)


@app.command(
    cls=Command,
    help=say(
        "供编辑器使用：边写边检查、解释、修改、补全（需要 perftarget[lsp]）。",
        "Serve an editor: checks, explains, fixes and completes as one types (needs perftarget[lsp]).",
    ),
)
def lsp(
    stdio: Stdio = False,
    profile: ProfileName = None,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget import serving

    serving.lsp(profile, stdio=stdio)


@app.command(
    cls=Command,
    help=say(
        "输出让命令行按 Tab 键补全命令、选项和规则名称的脚本。",
        "Print what lets a shell complete commands, options and names of rules.",
    ),
)
def completion(
    shell: ShellName,
    lang: Language = None,  # noqa: ARG001 - likewise
) -> None:
    from perftarget.completion import script

    tell(script(shell.value))


def complete(words: Sequence[str]) -> None:
    """Say what may stand where the cursor is."""
    from perftarget.completion import lines

    tell(lines(typer.main.get_command(app), words))


def run() -> None:
    """Run the command line and exit."""
    sys.exit(guarded(_run))


def _run() -> int:
    try:
        return app(prog_name="perftarget", standalone_mode=False) or CLEAN
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            tell(error.ctx.get_help() + "\n")
        else:
            complain(fault(error))
        return WRONG_USE
