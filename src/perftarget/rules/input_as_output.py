"""Report inputs, such as the funds granted, among the outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, Range, Unit

_GIVEN: Final = "投入|安排|拨付|下达|落实|争取|筹集|申请|补助|到位|支出|使用|配套"
_MONEY: Final = "资金|经费|款项|拨款|金额|预算"
_SOURCE: Final = "财政|专项|补助|配套|项目|自筹|预算"
_INPUT: Final = re.compile(
    f"(?:{_GIVEN})[^，。；]{{0,8}}(?:{_MONEY})|(?:{_SOURCE})性?(?:{_MONEY}|{_GIVEN})|(?:{_MONEY})(?:{_GIVEN}|总额|数额|规模)"
)


@rule(
    title=("将投入列为产出", "An input is listed as an output"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("wrong-tier",),
)
def input_as_output(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""产出指标应写做成了什么，投入的资金不是产出。

    An output says what was made or done; the funds spent are an input.

    ## 为什么

    “每年财政补助 1000万元”说的是花了多少钱，钱花出去就算完成，看不出做成了什么。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        每年财政补助: 1000万元 # ✗键 “每年财政补助”是投入的资金，不是产出；请写用这笔钱做成的数量，金额移到成本指标
        安排项目资金（万元）: 498 # ✗键 “安排项目资金（万元）”是投入的资金，不是产出；请写用这笔钱做成的数量，金额移到成本指标
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        运营公交线路数量: 28条
        新发放创业担保贷款金额: ≥3200万元
      14-成本指标:
        财政补助总额: ≤1000万元
    ```

    ## 依据

    通行审核要求：产出指标反映提供的产品和服务。发放的贷款、征收的税费、签约的投资是项目办成的事，不在此列；
    应在其他二级指标的，由 wrong-tier 提示。
    """
    for row in table.indicators:
        value, tier = row.value, profile.tier_name(row.second)
        is_output = any(word in tier for word in ("数量", "质量", "时效"))
        if (
            is_output
            and isinstance(value, (Quantity, Range))
            and _is_money(value.unit or row.named_unit)
            and _INPUT.search(row.bare_name)
        ):
            message = tr(
                f"“{row.name}”是投入的资金，不是产出；请写用这笔钱做成的数量，金额移到成本指标",
                f"“{row.name}” is what is put in, not what comes out; write what is made with it, and move the amount to the costs",
            )
            yield Finding(row.name_loc, message)


def _is_money(unit: Unit | None) -> bool:
    """Return True for the unit of an amount of money that is not per something."""
    return unit is not None and unit.kind == "money" and not unit.per
