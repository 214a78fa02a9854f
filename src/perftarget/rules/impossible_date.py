"""Report dates that do not exist or are garbled."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.unreadable import Unreadable


@rule(
    title=("日期不存在或者写错了", "A date does not exist or is garbled"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="算术",
)
def impossible_date(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值中的日期应真实存在，年、月、日写全。

    A date in a target exists, and its year, month and day are complete.

    ## 为什么

    11 月没有 31 日；“2025年1130日”缺了一个“月”字。期限写错，到期没有就没有依据。

    ## 例

    ```yaml
    绩效指标:
      13-时效指标:
        工程完工时间: 2025年11月31日前 # ✗ “2025年11月31日前”中的日期不存在；是否为“2025年11月30日前”？请核对后改写
        设备到货时间: 2025/13/1 # ✗ “2025/13/1”中的日期不存在；是否为“2025/12/1”或“2025/1/1”或“2025/3/1”？请核对后改写
        资料归档时间: 2025年1130日前 # ✗警告 “2025年1130日前”的日期没有写完整；是否为“2025年11月30日前”？请核对后改写
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      13-时效指标:
        工程完工时间: 2025年11月30日前
        设备到货时间: 2025年12月1日前
        资料归档时间: 2025年11月30日前
    ```

    ## 依据

    历法。年、月、日看得出来、只是写法不全的是警告。
    """
    for row in table.indicators:
        found = row.unreadable
        if found is None or found.cause not in {"impossible-date", "garbled-date"}:
            continue
        text, is_impossible = row.text.strip(), found.cause == "impossible-date"
        problem = tr(
            f"“{text}”{'中的日期不存在' if is_impossible else '的日期没有写完整'}；",
            f"{'the date in ' if is_impossible else ''}“{text}” {'does not exist' if is_impossible else 'is no complete date'}; ",
        )
        yield Finding(row.loc, problem + _remedy(found), severity=None if is_impossible else Severity.WARNING)


def _remedy(found: Unreadable) -> str:
    if not found.readings:
        return tr("请核对后改写，如“2025年12月31日前”", "check it and write it like “2025年12月31日前”")
    zh = "或".join(f"“{reading}”" for reading in found.readings)
    en = " or ".join(f"“{reading}”" for reading in found.readings)
    return tr(f"是否为{zh}？请核对后改写", f"is it {en}? check it and write it so")
