"""Report files that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.document import Document

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
    "crashed": (
        "检查它的进程异常退出（可能内存不足）；其余文件不受影响，请单独检查这个文件",
        "the process that checked it died (perhaps for want of memory); the other files are checked, try this one alone",
    ),
    "system": ("读取失败：{message}", "reading failed: {message}"),
    "large": (
        "超过 {limit} 字节，没有读取；一张表通常只有几千字节，请确认没有放错文件",
        "it has more than {limit} bytes, so it was not read; a table has a few thousand, check that it is the right file",
    ),
    "large-package": (
        "超过 {limit} 字节，没有读取；请删去文件里的图片后另存，或确认没有放错文件",
        "it has more than {limit} bytes, so it was not read; save it without its pictures, or check that it is the right file",
    ),
    "empty": ("是空文件，没有内容；请重新保存或重新取得这个文件", "the file is empty; save it or get it again"),
    "encrypted": (
        "文件有密码，读不出来；请用 Word、Excel 或 WPS 打开，去掉密码后另存",
        "it is protected by a password; open it in Word, Excel or WPS, remove the password and save it",
    ),
    "doc": (
        "是旧版 Word 或 WPS 文字（.doc、.wps）文件；请用 Word 或 WPS 打开，另存为 .docx",
        "it is an old Word or WPS file (.doc, .wps); open it in Word or WPS and save it as .docx",
    ),
    "xls": (
        "是旧版 Excel 或 WPS 表格（.xls、.et）文件；请用 Excel 或 WPS 打开，另存为 .xlsx",
        "it is an old Excel or WPS file (.xls, .et); open it in Excel or WPS and save it as .xlsx",
    ),
    "ole": (
        "是旧版 Office 文件；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx",
        "it is an old Office file; open it in Word, Excel or WPS and save it as .docx or .xlsx",
    ),
    "rtf": (
        "是 RTF 文件；请用 Word 或 WPS 打开，另存为 .docx",
        "it is an RTF file; open it in Word or WPS and save it as .docx",
    ),
    "html": (
        "是网页文件，只是改了名称；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx",
        "it is a web page under another name; open it in Word, Excel or WPS and save it as .docx or .xlsx",
    ),
    "xml": (
        "是 Office 的 XML 文件；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx",
        "it is an XML file of Office; open it in Word, Excel or WPS and save it as .docx or .xlsx",
    ),
    "pdf": (
        "是 PDF 文件，不能从中可靠地读出表格；请取得原来的 Word 或 Excel 文件",
        "it is a PDF, from which tables cannot be read reliably; get the Word or Excel file it was made from",
    ),
    "picture": (
        "是图片，读不出表格；请取得原来的 Word 或 Excel 文件",
        "it is a picture; get the Word or Excel file it was made from",
    ),
    "archive": (
        "是压缩包，不是 Word 或 Excel 文件；请解压后检查里面的文件",
        "it is an archive, no Word or Excel file; unpack it and check the files inside",
    ),
    "pptx": (
        "是演示文稿；表格请存为 .docx 或 .xlsx",
        "it is a presentation; save the table as .docx or .xlsx",
    ),
    "is-docx": (
        "是 Word 文件，却不叫 .docx；请把名称的结尾改为 .docx",
        "it is a Word file that is not called .docx; rename it so that it ends in .docx",
    ),
    "is-xlsx": (
        "是 Excel 文件，却不叫 .xlsx；请把名称的结尾改为 .xlsx",
        "it is an Excel file that is not called .xlsx; rename it so that it ends in .xlsx",
    ),
    "other": (
        "不是 Word 或 Excel 文件（可能只是改了名称，或已损坏）；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx",
        "it is no Word or Excel file (renamed, or damaged); open it in Word, Excel or WPS and save it as .docx or .xlsx",
    ),
    "truncated": (
        "文件不完整（可能没有下载完或没有复制完）；请重新取得这个文件",
        "the file is not whole (a download or copy may have been cut short); get it again",
    ),
    "damaged": (
        "文件已损坏：其中的 {part} 读不出来；请用 Word、Excel 或 WPS 打开修复后另存",
        "the file is damaged: {part} in it cannot be read; open it in Word, Excel or WPS, let it repair it, and save it",
    ),
    "bomb": (
        "没有读取：其中的 {part} 展开后有 {size} 字节，不像是一份表格；请确认文件来源",
        "it was not read: {part} in it has {size} bytes unpacked, which no table has; check where it comes from",
    ),
    "entities": (
        "没有读取：其中的 {part} 定义了实体（DTD），Word、Excel 和 WPS 都不会这样写；请确认文件来源",
        "it was not read: {part} in it defines entities (a DTD), which no Office writes; check where it comes from",
    ),
    "many-cells": (
        "单元格太多（超过 {limit} 个），没有读取；请只留下绩效目标表的工作表，或确认没有放错文件",
        "it has too many cells (more than {limit}), so it was not read; keep only the sheets with the tables, or check that it is the right file",
    ),
    "many-columns": (
        "有一张表格的列太多（超过 {limit} 列），没有读取；请删去多余的列，或确认没有放错文件",
        "a table has too many columns (more than {limit}), so it was not read; delete those that are too many, or check that it is the right file",
    ),
    "alt-chunk": (
        "正文是嵌入的另一份文件，Word 打开后才会合并；请用 Word 打开，另存为 .docx",
        "its text is another file embedded in it, which Word merges when it opens it; open it in Word and save it as .docx",
    ),
    "other-form": (
        "“{title}”不是能读取的绩效目标表，没有读取；请改用写有一级、二级、三级指标和指标值的目标表",
        "“{title}” is no performance target table that can be read; use the form with indicators and target values",
    ),
    "no-form-here": (
        "没有找到绩效目标表：没有“{field}”一栏；请确认是不是这份文件",
        "there is no performance target table: no field “{field}”; check that it is the right file",
    ),
    "no-form": (
        "没有找到绩效目标表：没有“{field}”一栏；请确认单元格之间用制表符分隔",
        "there is no performance target table: no field “{field}”; check that tabs part the cells",
    ),
}


@rule(title=("文件读不出来", "The file cannot be read"), severity=Severity.ERROR, category="文件格式", basis="书写规范")
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
            message = tr(*_MESSAGES[problem.detail["cause"]])
            yield Finding(problem.at, message.format_map(problem.detail), notes=problem.detail.get("notes", ()))
