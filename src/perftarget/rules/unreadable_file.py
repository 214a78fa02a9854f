from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.diagnostic import Severity
from perftarget.document import Document
from perftarget.language import say
from perftarget.profile import Profile
from perftarget.rule import Finding, rule

_MESSAGES: Final = {
    "binary": (
        "不是文本文件（可能是 Word、图片，或已损坏）；YAML 表格应是 UTF-8 文本",
        "this is no text file (it may be Word, a picture, or damaged); a YAML table is UTF-8 text",
    ),
    "folder": (
        "这是文件夹，名称却像表格文件；请改名，或把表格直接放在上一级",
        "this is a folder with the name of a table file; rename it, or put its tables one level up",
    ),
    "device": ("不是普通文件，没有读取", "this is no regular file, so it was not read"),
    "permission": (
        "没有读取权限；请检查文件的权限，或是否被其他程序占用",
        "there is no permission to read it; check its permissions, or whether another program holds it",
    ),
    "link": (
        "链接指向的文件不存在；请删去链接，或恢复它指向的文件",
        "the link points to a file that does not exist; delete the link, or restore the file",
    ),
    "gone": ("文件刚刚被移走或删除；请再运行一次", "the file was moved or deleted just now; run again"),
    "no-input": (
        "没有标准输入可读；请用管道送入表格，或写文件名",
        "there is no standard input; pipe a table in, or name a file",
    ),
    "system": ("读取失败：{message}", "reading failed: {message}"),
    "large": (
        "超过 {limit} 字节，没有读取；一张表通常只有几千字节，请确认没有放错文件",
        "it has more than {limit} bytes, so it was not read; a table has a few thousand, check that it is the right file",
    ),
    "no-form": (
        "没有找到绩效目标表：没有“{field}”一栏；请确认单元格之间用制表符分隔",
        "there is no performance target table: no field “{field}”; check that tabs part the cells",
    ),
}


@rule(title=("文件读不出来", "The file cannot be read"), severity=Severity.ERROR, box="文件格式", basis="书写规范")
def unreadable_file(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""表格文件应能作为文本读出。

    A table's file can be read as text.

    ## 为什么

    读不出来的文件没有经过任何检查。把它当作“没有问题”，等于让一张没人看过的表通过审核。

    ## 例

    Word 文件改名为 .yaml 后：

    ```yaml binary
    PK # ✗⟦⟧ 不是文本文件（可能是 Word、图片，或已损坏）；YAML 表格应是 UTF-8 文本
    ```

    ## 怎样改

    确认路径和权限；Word 或文本表格请先用 `perftarget import` 转成 YAML。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    ```

    ## 依据

    书写规范。
    """
    for problem in document.problems:
        if problem.rule == "unreadable-file":
            message = say(*_MESSAGES[problem.detail["cause"]])
            yield Finding(problem.at, message.format_map(problem.detail))
