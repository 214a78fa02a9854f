from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Undetermined, rule
from perftarget.tables.costing.inferred import Standard, infer_costing
from perftarget.tables.costing.rates import Rate, parse_rate, times
from perftarget.tables.model import Table
from perftarget.values.money import format_exact_amount, product
from perftarget.values.parser import Quantity, parse

_ONE_PERSON: Final = frozenset({"", "人", "名", "位"})


class _Policy(NamedTuple):
    """A standard that the profile gives."""

    text: str
    rate: Rate


@rule(
    title=("标准高于政策规定", "A standard is above what the policy sets"),
    severity=Severity.WARNING,
    category="绩效合理性",
    basis="通行审核要求",
)
def above_standard(table: Table, profile: Profile) -> Iterator[Finding | Undetermined]:
    r"""人均标准不高于政策规定的标准。

    A standard is not above the one that the policy sets.

    ## 为什么

    补贴标准由文件规定，一张表上多写五十元，全县一年就多几十万元。政策标准写在配置里，改一处，所有的表都按它核对。

    ## 例

    政策标准写在配置的 `standards` 里，名称里的词都要出现在指标名称中，几个词用空格隔开：

    ```yaml config
    standards:
      公益性岗位 补贴: 2050 元/月
      见习: 24000 元/年
    ```

    ```yaml
    绩效指标:
      14-成本指标:
        公益性岗位人员岗位补贴人均标准: 2250 元/月 # ✗ 标准“2250 元/月”比政策标准“2050 元/月”高 200 元；请核对，政策已调整的请更新配置的 standards
        见习补贴标准: 2050 元/月 # ✗ 标准“2050 元/月”比政策标准“24000 元/年”一年高 600 元；请核对，政策已调整的请更新配置的 standards
    # = “2050 元/月”全年为 24,600 元，“24000 元/年”全年为 24,000 元
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      14-成本指标:
        公益性岗位人员岗位补贴人均标准: 2050 元/月
        见习补贴标准: 1950 元/月
    ```

    ## 依据

    通行审核要求；标准以各地文件为准，由配置的 `standards` 给出，没有给出的不检查。期间不同的折算成全年比较；
    没有写期间、按天按次而不能折算的，列为没有判定。政策标准不写期间的，是一次性的。
    """
    if not profile.standards:
        return
    for standard in infer_costing(table, profile).standards:
        policy = _policy(standard.row.name, profile)
        if policy and standard.rate and _for_the_same(standard.rate, policy.rate):
            yield from _compared(standard, standard.rate, policy)


def _policy(name: str, profile: Profile) -> _Policy | None:
    """The policy for an indicator of that name; where several fit, the one with most to say of it."""
    fitting = [words for words in profile.standards if words.strip() and all(word in name for word in words.split())]
    if not fitting:
        return None
    words = max(fitting, key=len)
    text = profile.standards[words].strip()
    value = parse(text)
    found = parse_rate(value, words) if isinstance(value, Quantity) else None
    return _Policy(text, found._replace(period=found.period or "次")) if found else None


def _for_the_same(one: Rate, other: Rate) -> bool:
    """A standard for a household says nothing of one for a person."""
    return one.item == other.item or {one.item, other.item} <= _ONE_PERSON


def _compared(standard: Standard, written: Rate, policy: _Policy) -> Iterator[Finding | Undetermined]:
    one, other = _comparable(written, policy.rate)
    if one is None or other is None:
        yield Undetermined(standard.row.loc, _unknown(standard.written, written, policy))
    elif one > other:
        yearly = written.period != policy.rate.period
        note = tr(
            f"“{standard.written}”全年为 {format_exact_amount(one)}，“{policy.text}”全年为 {format_exact_amount(other)}",
            f"“{standard.written}” is {format_exact_amount(one)} a year, “{policy.text}” {format_exact_amount(other)}",
        )
        zh, en = ("一年高", " a year") if yearly else ("高", "")
        message = tr(
            f"标准“{standard.written}”比政策标准“{policy.text}”{zh} {format_exact_amount(one - other)}；请核对，政策已调整的请更新配置的 standards",
            f"“{standard.written}” is {format_exact_amount(one - other)}{en} above the policy standard “{policy.text}”; check it, or update “standards” in the configuration",
        )
        yield Finding(standard.row.loc, message, notes=[note] if yearly else [])


def _comparable(written: Rate, policy: Rate) -> tuple[Decimal | None, Decimal | None]:
    """What each comes to: once, where both are paid as often, else in a year."""
    if written.period == policy.period:
        return written.yuan, policy.yuan
    return _in_a_year(written), _in_a_year(policy)


def _unknown(text: str, written: Rate, policy: _Policy) -> str:
    if written.period is None:
        return tr(
            f"资料不足：“{text}”没有写期间，不能与政策标准“{policy.text}”比较",
            f"not enough data: “{text}” has no period and cannot be compared with the policy standard “{policy.text}”",
        )
    return tr(
        f"资料不足：“{text}”与政策标准“{policy.text}”的期间不能折算，没有比较",
        f"not enough data: “{text}” and the policy standard “{policy.text}” have periods that cannot be converted",
    )


def _in_a_year(rate_: Rate) -> Decimal | None:
    """What it comes to in twelve months; what is paid once, or by the day, cannot be said by months."""
    often = times(rate_.period, 12) if rate_.period and rate_.period != "次" else None
    return product(rate_.yuan, Decimal(often)) if often else None
