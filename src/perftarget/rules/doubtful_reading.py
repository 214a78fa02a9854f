"""Report what could not be told from a Word, Excel or text form."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.document import Document


@rule(
    title=("内容识别存疑", "A doubtful reading"),
    severity=Severity.WARNING,
    category="文件格式",
    basis="书写规范",
)
def doubtful_reading(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""Word、Excel 表格中的每一格，应当只有一种读法。

    A cell of a form has one reading only.

    ## 为什么

    分不清哪一格是项目名称、哪一栏是指标值时，工具宁可说读不准，也不去猜：猜错的内容会被当成申报的内容检查、导入。
    `perftarget import` 不写存疑的表；加上 `--accept-doubts` 才写，并把存疑之处注明在文件中。

    ## 例

    一张 Word 表中，“主管部门”写了两次，内容不同：

    ```text
    主管部门 ｜ 甲局 ｜ 主管部门 ｜ 乙局
    ```

    提示：主管部门有几种读法，分不出哪一个：“主管部门”甲局、“主管部门”乙局。

    ## 怎样改

    在原表中改成一种读法：删去重复的栏目，补上缺少的栏目名称（“项目名称”“三级指标”“指标值”）。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    主管部门: 平罗县人力资源和社会保障局
    ```

    ## 依据

    书写规范。
    """
    for problem in document.problems:
        if problem.rule == "doubtful-reading":
            message = problem.detail["message"]
            yield Finding(problem.at, message + tr("；请在原表中写明确", "; make it clear on the form"))
