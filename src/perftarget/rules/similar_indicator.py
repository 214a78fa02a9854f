"""Report indicators that seem to measure the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import cached_by_text_and_profile
from perftarget.values.parser import Date, Delta, Frequency, Period, Quantity, Range, Zero


@rule(
    title=("两个指标像是同一个", "Two indicators look like one"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
    superseded_by=("duplicate-indicator",),
)
def similar_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""同一件事只设一个指标；名称只差“率”“情况”或单位的，产出和效益下同名的，应合并或写清区别。

    One thing has one indicator; names that differ only by 率, 情况 or a unit, or that stand under outputs and effects alike, are merged or told apart.

    ## 为什么

    “补贴发放率”和“补贴发放情况”取的是同一个数，写两遍就计两次分；完成得不好时，两边的自评也容易对不上。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴资金发放率: ≥95% # ↳键 前面的指标
      13-时效指标:
        补贴资金发放情况: =100% # ✗键 “补贴资金发放情况”与前面的“补贴资金发放率”疑似同一指标；请合并，或在名称中注明区别
    ```

    产出和效益下的名称相同：

    ```yaml
    绩效指标:
      11-数量指标:
        新增就业人数（人）: ≥300人 # ↳键 前面的指标
      22-社会效益:
        新增就业人数: ≥300人 # ✗键 “新增就业人数”与前面的“新增就业人数（人）”疑似同一指标；请合并，或在名称中注明区别
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        新增就业人数: ≥300人
      12-质量指标:
        补贴资金发放率: ≥95%
      13-时效指标:
        补贴资金发放时间: 每月15日前
      22-社会效益:
        零就业家庭动态清零率: =100%
    ```

    ## 依据

    通行审核要求。完全同名的由 duplicate-indicator 判为错误；两行的单位不同、一个是成本一个不是，
    量的就是两件事，如“新建道路（条）”和“新建道路（公里）”。
    """
    by_key: dict[tuple[str, bool], list[Indicator]] = {}
    for row in table.indicators:  # the cost of an item is a different measure from the item
        by_key.setdefault((_key(row.bare_name, profile), "成本" in profile.tier_name(row.second)), []).append(row)
    for (key, _), rows in by_key.items():
        if key and len(rows) > 1:
            yield from _check_rows(rows)


def _check_rows(rows: Iterable[Indicator]) -> Iterator[Finding]:
    """Yield findings for rows with the same key; rows with different units are different measures."""
    by_unit: dict[str, Indicator] = {}
    for row in rows:
        unit = _unit(row)
        first = next(iter(by_unit.values()), None) if not unit else by_unit.get("") or by_unit.get(unit)
        if first:
            name, other = row.name.strip(), first.name.strip()
            message = tr(
                f"“{name}”与前面的“{other}”疑似同一指标；请合并，或在名称中注明区别",
                f"“{name}” looks like the earlier “{other}”; merge the two, or tell them apart by name",
            )
            yield Finding(row.name_loc, message, [Related(first.name_loc, tr("前面的指标", "the earlier one"))])
        by_unit.setdefault(unit, row)


@cached_by_text_and_profile
def _key(name: str, profile: Profile) -> str:
    """Return a name without an ending that does not change what is measured."""
    endings = profile.terms("loose_endings")
    ending = next(filter(name.endswith, endings)) if name.endswith(endings) else ""
    return name.removesuffix(ending)


def _unit(row: Indicator) -> str:
    """Return the unit of a target, or ""."""
    value = row.value.quantity if isinstance(row.value, Delta) else row.value
    if isinstance(value, (Date, Period, Frequency)):
        return "time"
    unit = value.unit if isinstance(value, (Quantity, Range, Zero)) else None
    return str(unit or row.named_unit or "")
