"""`perftarget validate`"""

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
    "Check tables as a linter checks code: where each fault stands, why it is one, and what to write.",
)

OutputFile = Annotated[
    File,
    typer.Option(
        "--output", "-o", metavar=FILE, help=tr("结果写入文件", "write the result to a file"), show_default=False
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=tr("有警告也算不通过", "fail on warnings too"))]
FixFlag = Annotated[bool, typer.Option("--fix", help=tr("修复能够安全修复的问题", "make the safe fixes"))]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe",
        help=tr(
            "与 --fix 或 --diff 一起用，也做可能改变意思的修复",
            "with --fix or --diff, the fixes that may change the meaning too",
        ),
    ),
]
DiffFlag = Annotated[
    bool,
    typer.Option("--diff", help=tr("只显示修复会改什么，不写文件", "show what the fixes would change, write nothing")),
]
BaselineFile = Annotated[
    File,
    typer.Option(
        "--baseline",
        metavar=FILE,
        help=tr(
            "不再提示这份基线里的问题；改好的从中去掉",
            "say nothing of what this baseline holds; what is mended leaves it",
        ),
        show_default=False,
    ),
]
WriteBaseline = Annotated[
    File,
    typer.Option(
        "--write-baseline",
        metavar=FILE,
        help=tr("把现有的问题写成基线", "write all that is found now as a baseline"),
        show_default=False,
    ),
]


class ExecutorName(StrEnum):
    """Who does the work."""

    local = "local"
    dask = "dask"


Executor = Annotated[
    ExecutorName,
    typer.Option(
        "--executor",
        metavar="|".join(ExecutorName),
        help=tr(
            "由谁检查：本机的进程，或 dask.distributed 集群（需要 perftarget[dask]）",
            "who checks: processes of this machine, or a dask.distributed cluster (needs perftarget[dask])",
        ),
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar=tr("地址", "ADDRESS"),
        help=tr("dask 调度器的地址，如 tcp://10.0.0.1:8786", "of the dask scheduler, like tcp://10.0.0.1:8786"),
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
            "how many processes check; 0 is as many as there are processors, one where there are few files",
        ),
    ),
]
UseCache = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help=tr("不用上次的结果，全部重新检查", "do not use what an earlier run found"),
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=tr("每个问题只用一行", "one line a finding"))]
Formats = Annotated[
    Names,
    typer.Option(
        "--format",
        metavar=tr("格式[=文件]", "FORMAT[=FILE]"),
        help=tr(
            f"输出格式，可重复，如 --format html=report.html：{' '.join(FORMATS)}（默认 text）",
            f"output format, may be repeated, as in --format html=report.html: {' '.join(FORMATS)} (default: text)",
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
            "only the files changed since the branch left that git revision, like origin/main; rules across tables"
            " still see all",
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
            "only the files staged for the next commit, as they are staged",
        ),
    ),
]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch",
        help=tr(
            "文件有改动就重新检查，直到 Ctrl-C（需要 perftarget[watch]）",
            "check again when files change, until Ctrl-C (needs perftarget[watch])",
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
