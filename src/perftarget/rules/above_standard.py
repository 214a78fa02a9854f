"""Report standards that are above the standard set by policy."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Computation, Expected, Figures, Observed, Operand
from perftarget.linter.rule import Finding, Undetermined, rule
from perftarget.tables.costing.costing import Standard
from perftarget.tables.costing.inferred import infer_costing
from perftarget.tables.costing.rates import Rate, parse_rate, times
from perftarget.tables.model import Table
from perftarget.values.money import format_exact_amount, product
from perftarget.values.parser import Quantity, parse

_PERSON_ITEMS: Final = frozenset({"", "人", "名", "位"})


class _Policy(NamedTuple):
    """A standard set by policy, as configured in the profile."""

    text: str
    rate: Rate


@rule(
    title=("标准高于政策规定", "A standard is above what the policy sets"),
    severity=Severity.WARNING,
    category="资金匹配性",
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
    没有写期间、按天按次而不能折算的，列为资料不足，未作判断。政策标准不写期间的，是一次性的。
    """
    if not profile.standards:
        return
    for standard in infer_costing(table, profile).standards:
        policy = _policy(standard.row.name, profile)
        if policy and standard.rate and _is_same_item(standard.rate, policy.rate):
            yield from _compare(standard, standard.rate, policy)


def _policy(name: str, profile: Profile) -> _Policy | None:
    """Return the policy standard for an indicator, or None; if several match its name, the longest words win."""
    matching = [words for words in profile.standards if words.strip() and all(word in name for word in words.split())]
    if not matching:
        return None
    words = max(matching, key=len)
    text = profile.standards[words].strip()
    value = parse(text)
    rate = parse_rate(value, words) if isinstance(value, Quantity) else None
    return _Policy(text, rate._replace(period=rate.period or "次")) if rate else None


def _is_same_item(rate: Rate, other: Rate) -> bool:
    """Return True if two rates are paid for the same item; a rate per household is not compared with one per person."""
    return rate.item == other.item or {rate.item, other.item} <= _PERSON_ITEMS


def _compare(standard: Standard, written: Rate, policy: _Policy) -> Iterator[Finding | Undetermined]:
    amount, policy_amount = _comparable_amounts(written, policy.rate)
    if amount is None or policy_amount is None:
        yield Undetermined(standard.row.loc, _undetermined_reason(standard.written, written, policy))
    elif amount > policy_amount:
        yearly = written.period != policy.rate.period
        note = tr(
            f"“{standard.written}”全年为 {format_exact_amount(amount)}，“{policy.text}”全年为 {format_exact_amount(policy_amount)}",
            f"“{standard.written}” is {format_exact_amount(amount)} a year, “{policy.text}” {format_exact_amount(policy_amount)}",
        )
        zh, en = ("一年高", " a year") if yearly else ("高", "")
        message = tr(
            f"标准“{standard.written}”比政策标准“{policy.text}”{zh} {format_exact_amount(amount - policy_amount)}；请核对，政策已调整的请更新配置的 standards",
            f"“{standard.written}” is {format_exact_amount(amount - policy_amount)}{en} above the policy standard “{policy.text}”; check it, or update “standards” in the configuration",
        )
        figures = _figures(standard, written, policy, yearly=yearly)
        yield Finding(standard.row.loc, message, notes=[note] if yearly else [], figures=figures)


def _figures(standard: Standard, written: Rate, policy: _Policy, *, yearly: bool) -> Figures:
    """Return both standards, per year if they are compared so, and the computation of their difference."""
    own = (
        Operand(standard.row.name, standard.written, written.yuan, "元", standard.row.loc),
        *_payments(written, yearly),
    )
    limit = (Operand("standards", policy.text, policy.rate.yuan, "元"), *_payments(policy.rate, yearly))
    amount, most = (product(*(operand.value for operand in term)) for term in (own, limit))
    minus = Operand("-", "-", Decimal(-1))
    excess = Computation((own, (*limit, minus)), amount - most, "元")
    return Figures(Observed(standard.written, amount, "元"), Expected("≤", most, "元"), excess)


def _payments(rate: Rate, yearly: bool) -> tuple[Operand, ...]:
    number = times(rate.period, 12) if yearly and rate.period else None
    return (Operand(tr("次数", "times"), str(number), Decimal(number)),) if number else ()


def _comparable_amounts(written: Rate, policy: Rate) -> tuple[Decimal | None, Decimal | None]:
    """Return both amounts, per payment if the periods are equal, else per year; None if one cannot be converted."""
    if written.period == policy.period:
        return written.yuan, policy.yuan
    return _yearly_amount(written), _yearly_amount(policy)


def _undetermined_reason(text: str, written: Rate, policy: _Policy) -> str:
    if written.period is None:
        return tr(
            f"资料不足：“{text}”未写明期间，无法与政策标准“{policy.text}”比较",
            f"not enough data: “{text}” has no period and cannot be compared with the policy standard “{policy.text}”",
        )
    return tr(
        f"资料不足：“{text}”与政策标准“{policy.text}”的期间无法折算，未作比较",
        f"not enough data: “{text}” and the policy standard “{policy.text}” have periods that cannot be converted",
    )


def _yearly_amount(rate: Rate) -> Decimal | None:
    """Return the amount per year, or None if the rate is paid once or by the day."""
    payments = times(rate.period, 12) if rate.period and rate.period != "次" else None
    return product(rate.yuan, Decimal(payments)) if payments else None
