"""Report keys that occur twice in a mapping."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.document import Document


@rule(
    title=("同一项写了两次", "One key is written twice"), severity=Severity.ERROR, category="文件格式", basis="书写规范"
)
def duplicate_key(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""同一层中，每一项只写一次。

    A key stands once in its mapping.

    ## 为什么

    写了两次的项，各个程序取哪一个并不一定：有的取前一个，有的取后一个。perftarget 取第一个继续检查，
    但第二个写的内容不会进入任何结果。

    ## 例

    ```yaml
    项目年度金额: 1320 万元 # ↳键 首次出现于此
    项目年度金额: 1230 万元 # ✗键 “项目年度金额”重复出现，只读取了第一个；请删去一个，或改用不同的名称
    ```

    两行指标同名，也是同一项写了两次：

    ```yaml
    绩效指标:
      13-时效指标:
        补贴资金支付到位率: ≥95% # ↳键 首次出现于此
        补贴资金支付到位率: ≥90% # ✗键 “补贴资金支付到位率”重复出现，只读取了第一个；请删去一个，或改用不同的名称
    ```

    ## 怎样改

    删去一个，或者给两项不同的名称：

    ```yaml
    绩效指标:
      13-时效指标:
        上半年补贴资金支付到位率: ≥95%
        下半年补贴资金支付到位率: ≥90%
    ```

    ## 依据

    书写规范（YAML 规范同样要求键不重复）。
    """
    for problem in document.problems:
        if problem.rule == "duplicate-key":
            key, first = problem.detail["key"], problem.detail["first"]
            message = tr(
                f"“{key}”重复出现，只读取了第一个；请删去一个，或改用不同的名称",
                f"“{key}” is written twice, and only the first was read; delete one, or give it another name",
            )
            yield Finding(problem.at, message, [Related(first, tr("首次出现于此", "first written here"))])
