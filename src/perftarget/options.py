"""The options and arguments of the commands, each with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, Optional

import typer

from perftarget.language import say
from perftarget.targets import FORMATS


class ListFormat(StrEnum):
    """For whom the rules are listed: a person or a program."""

    text = "text"
    json = "json"


class Ci(StrEnum):
    """Whose pull requests are checked."""

    github = "github"
    gitlab = "gitlab"
    none = "none"


class Shell(StrEnum):
    """The shells that can complete."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


class DiffFormat(StrEnum):
    """For whom two drafts are compared."""

    text = "text"
    json = "json"
    markdown = "markdown"


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


class CacheAction(StrEnum):
    """What can be done with the cache."""

    clean = "clean"
    path = "path"


class Lang(StrEnum):
    """The languages that messages are in."""

    zh = "zh"
    en = "en"


FILE: Final = say("文件", "FILE")
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
OutputFile = Annotated[
    File,
    typer.Option(
        "--output", "-o", metavar=FILE, help=say("结果写入文件", "write the result to a file"), show_default=False
    ),
]
Select = Annotated[
    Names,
    typer.Option(
        "--select",
        metavar=_NAMES,
        help=say("只用这些规则，可重复", "only these rules; may be repeated"),
        show_default=False,
    ),
]
Ignore = Annotated[
    Names,
    typer.Option(
        "--ignore",
        metavar=_NAMES,
        help=say("不用这些规则，可重复", "without these rules; may be repeated"),
        show_default=False,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=say("有警告也算不通过", "fail on warnings too"))]
FixFlag = Annotated[bool, typer.Option("--fix", help=say("修复能够安全修复的问题", "make the safe fixes"))]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe",
        help=say(
            "与 --fix 或 --diff 一起用，也做可能改变意思的修复",
            "with --fix or --diff, the fixes that may change the meaning too",
        ),
    ),
]
DiffFlag = Annotated[
    bool,
    typer.Option("--diff", help=say("只显示修复会改什么，不写文件", "show what the fixes would change, write nothing")),
]
BaselineFile = Annotated[
    File,
    typer.Option(
        "--baseline",
        metavar=FILE,
        help=say(
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
        help=say("把现有的问题写成基线", "write all that is found now as a baseline"),
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
        help=say(
            "由谁检查：本机的进程，或 dask.distributed 集群（需要 perftarget[dask]）",
            "who checks: processes of this machine, or a dask.distributed cluster (needs perftarget[dask])",
        ),
    ),
]
Scheduler = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--scheduler",
        metavar=say("地址", "ADDRESS"),
        help=say("dask 调度器的地址，如 tcp://10.0.0.1:8786", "of the dask scheduler, like tcp://10.0.0.1:8786"),
        show_default=False,
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        min=0,
        metavar=say("个数", "NUMBER"),
        help=say(
            "用几个进程检查；0 为处理器的个数，文件不多时用一个",
            "how many processes check; 0 is as many as there are processors, one where there are few files",
        ),
    ),
]
UseCache = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help=say("不用上次的结果，全部重新检查", "do not use what an earlier run found"),
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=say("每个问题只用一行", "one line a finding"))]
ListFormatName = Annotated[
    ListFormat, typer.Option("--format", metavar="|".join(ListFormat), help=say("输出格式", "output format"))
]
DiffFormatName = Annotated[
    DiffFormat, typer.Option("--format", metavar="|".join(DiffFormat), help=say("输出格式", "output format"))
]
OldSide = Annotated[
    str,
    typer.Argument(
        metavar=say("原来", "OLD"),
        help=say("文件、文件夹，或 git 版本", "file, folder, or revision of git"),
        show_default=False,
    ),
]
NewSide = Annotated[str, typer.Argument(metavar=say("现在", "NEW"), help=say("同上", "likewise"), show_default=False)]
Formats = Annotated[
    Names,
    typer.Option(
        "--format",
        metavar=say("格式[=文件]", "FORMAT[=FILE]"),
        help=say(
            f"输出格式，可重复，如 --format html=report.html：{' '.join(FORMATS)}（默认 text）",
            f"output format, may be repeated, as in --format html=report.html: {' '.join(FORMATS)} (default: text)",
        ),
        show_default=False,
    ),
]
Since = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--since",
        metavar=say("版本", "REVISION"),
        help=say(
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
        help=say(
            "只检查已暂存、将要提交的文件，按暂存的内容",
            "only the files staged for the next commit, as they are staged",
        ),
    ),
]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch",
        help=say(
            "文件有改动就重新检查，直到 Ctrl-C（需要 perftarget[watch]）",
            "check again when files change, until Ctrl-C (needs perftarget[watch])",
        ),
    ),
]
Stdio = Annotated[
    bool,
    typer.Option(
        "--stdio",
        help=say(
            "经标准输入输出与编辑器对话，在终端上也照做",
            "talk to the editor over the standard streams, even where they are a terminal",
        ),
    ),
]
CheckRendered = Annotated[
    bool,
    typer.Option(
        "--check", help=say("只看文件是否与表格一致，不写", "only say whether the file is up to date, write nothing")
    ),
]
ColourChoice = Annotated[Colour, typer.Option("--color", metavar="|".join(Colour), help=say("颜色", "when to colour"))]
Docx = Annotated[bool, typer.Option("--docx", help=say("输出 Word 文档", "a Word document"))]
Xlsx = Annotated[
    bool, typer.Option("--xlsx", help=say("输出 Excel 工作簿，每张表一个工作表", "an Excel workbook, a sheet a table"))
]
Html = Annotated[bool, typer.Option("--html", help=say("输出网页", "a web page"))]
Markdown = Annotated[bool, typer.Option("--markdown", help=say("输出 Markdown", "Markdown"))]
LetterFlag = Annotated[
    bool,
    typer.Option(
        "--letter",
        help=say(
            "输出退回修改意见（Word），每个有问题的项目一份",
            "a letter for each project in which something was found, as Word",
        ),
    ),
]
Split = Annotated[
    bool, typer.Option("--split", help=say("每个项目一个文件，写到文件夹里", "a file for each project, in a folder"))
]
Contents = Annotated[
    bool, typer.Option("--contents", help=say("在表格之前加目录", "a list of contents before the tables"))
]
RenderedFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=say(
            "输出到哪个文件（默认 附件2.docx 等），加 --split 时为文件夹，- 为标准输出",
            "the file to write (default: 附件2.docx and so on), with --split the folder, - for standard output",
        ),
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help=say("覆盖已有的文件", "overwrite files"))]
FormFiles = Annotated[
    list[str],
    typer.Argument(
        metavar=FILE,
        help=say(
            "要导入的 Word（.docx）、Excel（.xlsx）或文本（.txt）文件，或放着它们的文件夹",
            "Word (.docx), Excel (.xlsx) or text (.txt) files to import, or folders of them",
        ),
        show_default=False,
    ),
]
SchemaChoice = Annotated[
    SchemaName,
    typer.Argument(
        metavar="|".join(SchemaName),
        help=say("表格、配置或检查结果", "table, configuration or report"),
        show_default=False,
    ),
]
Folder = Annotated[
    Path,
    typer.Argument(
        metavar=say("[文件夹]", "[FOLDER]"), help=say("不写即当前文件夹", "else this one"), show_default=False
    ),
]
CiName = Annotated[
    Ci, typer.Option("--ci", metavar="|".join(Ci), help=say("在哪里检查合并请求", "where pull requests are checked"))
]
NewFolder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=say("文件夹", "FOLDER"),
        help=say("写到哪里；不写即 perftarget.yaml 的 paths", "where it goes; else to the paths of perftarget.yaml"),
        show_default=False,
    ),
]


def _field(flag: str, label: str, english: str) -> Any:
    return typer.Option(flag, metavar=say("文字", "TEXT"), help=say(label, english), show_default=False)


NewName = Annotated[
    str | None,
    typer.Argument(
        metavar=say("[项目名称]", "[NAME]"), help=say("不写则询问", "asked for without it"), show_default=False
    ),
]
Department = Annotated[str | None, _field("--department", "主管部门", "主管部门, the department")]
Unit = Annotated[str | None, _field("--unit", "实施单位", "实施单位, who carries it out")]
Attribute = Annotated[str | None, _field("--attribute", "项目属性", "项目属性, new or continued")]
Period = Annotated[str | None, _field("--period", "项目期限", "项目期限, from when to when")]
Office = Annotated[str | None, _field("--office", "项目主管处室", "项目主管处室, the office in charge")]
Amount = Annotated[str | None, _field("--amount", "项目年度金额，如 “20 万元”", "项目年度金额, such as “20 万元”")]
ShellName = Annotated[Shell, typer.Argument(metavar="|".join(Shell), show_default=False)]
CacheActionName = Annotated[CacheAction, typer.Argument(metavar="|".join(CacheAction), show_default=False)]
RuleName = Annotated[str, typer.Argument(metavar=say("规则", "RULE"), show_default=False)]
OfficeFile = Annotated[
    str,
    typer.Argument(
        metavar=FILE,
        help=say("Word（.docx）或 Excel（.xlsx）文件", "a Word (.docx) or Excel (.xlsx) file"),
        show_default=False,
    ),
]
AnnotatedFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=say("带批注的文件写到哪里；不写则在原名后加“-批注”", "where to write it; else beside it, as NAME-批注"),
        show_default=False,
    ),
]
