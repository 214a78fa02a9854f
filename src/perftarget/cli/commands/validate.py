"""The command `perftarget validate`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.help import whole_number
from perftarget.cli.options import FILE, Colour, ColourChoice, File, Ignore, Language, Names, Paths, ProfileName, Select
from perftarget.i18n import tr
from perftarget.reporters.outputs import FORMATS

HELP: Final = tr(
    "检查绩效目标表，像检查代码一样指出每个问题的位置、依据和改法。",
    "Check tables: report the place of each finding, its reason and its remedy.",
)

OutputFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=tr("结果写入文件", "Write the result to a file instead of stdout"),
        show_default=False,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=tr("有警告也算不通过", "Exit with 1 on warnings, too"))]
FixFlag = Annotated[bool, typer.Option("--fix", help=tr("修复能够安全修复的问题", "Apply safe fixes"))]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe",
        help=tr(
            "与 --fix 或 --diff 一起用，也做可能改变意思的修复",
            "Include fixes that may change the meaning; with --fix or --diff",
        ),
    ),
]
DiffFlag = Annotated[
    bool,
    typer.Option("--diff", help=tr("只显示修复会改什么，不写文件", "Show the fixes as a diff without writing them")),
]
BaselineFile = Annotated[
    File,
    typer.Option(
        "--baseline",
        metavar=FILE,
        help=tr(
            "不再提示这份基线里的问题；改好的从中去掉",
            "Ignore findings in this baseline; fixed ones are removed from it",
        ),
        show_default=False,
    ),
]
WriteBaseline = Annotated[
    File,
    typer.Option(
        "--write-baseline",
        metavar=FILE,
        help=tr("把现有的问题写成基线", "Write all current findings to a baseline"),
        show_default=False,
    ),
]


class ExecutorName(StrEnum):
    """Executors of the check."""

    local = "local"
    dask = "dask"


Executor = Annotated[
    ExecutorName,
    typer.Option(
        "--executor",
        metavar="|".join(ExecutorName),
        help=tr(
            "由谁检查：本机的进程，或 dask.distributed 集群（需要 perftarget[dask]）",
            "Run on local processes or a dask cluster (requires perftarget[dask])",
        ),
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar=tr("地址", "ADDRESS"),
        help=tr(
            "dask 调度器的地址，如 tcp://10.0.0.1:8786", "Address of the dask scheduler, such as tcp://10.0.0.1:8786"
        ),
        show_default=False,
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        parser=whole_number,
        metavar=tr("个数", "NUMBER"),
        help=tr(
            "用几个进程检查；0 为处理器的个数，文件不多时用一个",
            "Number of processes; 0 uses all processors for large runs",
        ),
    ),
]
UseCache = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help=tr("不用上次的结果，全部重新检查", "Ignore cached results"),
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=tr("每个问题只用一行", "Print one line for each finding"))]
Formats = Annotated[
    Names,
    typer.Option(
        "--format",
        metavar=tr("格式[=文件]", "FORMAT[=FILE]"),
        help=tr(
            f"输出格式，可重复，如 --format html=report.html：{' '.join(FORMATS)}（默认 text）",
            f"Output format, may be repeated (--format html=report.html): {' '.join(FORMATS)} [default: text]",
        ),
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar=tr("版本", "REVISION"),
        help=tr(
            "只检查离开这个 git 版本以来改动的文件，如 origin/main；跨表的规则仍看全部",
            "Report only files changed since this git revision, such as origin/main; "
            "cross-table rules still read all files",
        ),
        show_default=False,
    ),
]
Staged = Annotated[
    bool,
    typer.Option(
        "--staged",
        help=tr(
            "只检查已暂存、将要提交的文件，按暂存的内容",
            "Check only staged files, as they are staged",
        ),
    ),
]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch",
        help=tr(
            "文件有改动就重新检查，直到 Ctrl-C（需要 perftarget[watch]）",
            "Check again when files change (requires perftarget[watch])",
        ),
    ),
]


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
    lang: Language = None,
) -> None:
    """Run `perftarget validate`."""
    from perftarget.runner.validate import UsageError, ValidateOptions
    from perftarget.runner.validate import validate as validated

    asked = ValidateOptions(
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
            from perftarget.cli.watch import watch as watched

            raise typer.Exit(watched(asked))
        raise typer.Exit(validated(asked))
    except UsageError as error:
        raise typer.BadParameter(str(error)) from error
