from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, Undetermined, rule
from perftarget.tables.keys import AMOUNT
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.source import Loc
from perftarget.values.money import Amount, format_amount, format_exact_amount, parse_amount, slip, total
from perftarget.values.parser import Empty, Placeholder, Zero, parse
from perftarget.values.units import SCALES

_MOST: Final = 20
"""Lines that a subtotal may have; no form has as many."""
_FUNDING: Final = next(label for label, name in FIELD_NAMES.items() if name == "funding")


class _Source(NamedTuple):
    """A line of 资金来源; `amount` is None where what is written is no amount."""

    label: str
    written: str
    amount: Amount | None

    @property
    def loc(self) -> Loc:
        return (_FUNDING, self.label)

    @property
    def yuan(self) -> Decimal:
        return self.amount.yuan if self.amount else Decimal(0)


@rule(
    title=("资金来源合计与年度金额不符", "The sources of the money do not sum to the year's amount"),
    severity=Severity.ERROR,
    category="资金匹配性",
    basis="算术",
)
def funding_sum(table: Table, profile: Profile) -> Iterator[Finding | Undetermined]:
    r"""写了“资金来源”的，各项合计应等于项目年度金额。

    The sources of the money, where they are given, sum to the year's amount.

    ## 为什么

    中央、自治区、县级各出多少，加起来就是年度金额。合计不等，就有一级的钱算漏了，或者算了两次。

    ## 例

    ```yaml
    项目年度金额: 1649.45 万元 # ✗ 资金来源合计 1639.45 万元，与年度金额 1649.45 万元不符，少 10 万元；请核对各项来源和金额
    资金来源:
      中央: 989.67 万元 # ↳ 中央 9,896,700 元
      自治区: 500 万元 # ↳ 自治区 5,000,000 元
      县级: 149.78 万元 # ↳ 县级 1,497,800 元
      其他: 0
    # = 9,896,700 元 + 5,000,000 元 + 1,497,800 元 = 16,394,500 元
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 1649.45 万元
    资金来源:
      中央: 989.67 万元
      自治区: 500 万元
      县级: 159.78 万元
    ```

    ## 依据

    算术。末位取整造成的差不算错；“合计”“其中：”两种行不再相加，“财政拨款”恰好等于其后几项之和的，也不再相加。
    有一项不是金额的，列为没有判定。
    """
    if not table.funding:
        return
    sources = [source for source in _sources(table, profile) if source.amount is None or source.yuan]
    amount = parse_amount(table.amount, profile.amount_unit)
    if sources and amount is None and table.amount.strip():
        yield Undetermined((AMOUNT,), _no_amount(table.amount))
    for source in sources:
        if source.amount is None:
            yield Undetermined(source.loc, _no_amount(source.written))
    if not sources or amount is None or any(source.amount is None for source in sources):
        return
    readings = [sources, _without_subtotals(sources, profile)]
    if not any(_comes_to(amount, reading) for reading in readings):
        nearest = min(readings, key=lambda reading: abs(_sum(reading) - amount.yuan))
        yield _finding(amount, nearest)


def _sources(table: Table, profile: Profile) -> Iterator[_Source]:
    """The lines that are to be added up: no totals, no 其中, nothing that is left blank."""
    written = table.funding if isinstance(table.funding, dict) else {}
    totals, parts = profile.pattern("funding_totals"), []
    for label, text in written.items():
        if isinstance(parse(text), (Empty, Placeholder, Zero)) or "其中" in label:
            continue
        parts.append(_Source(label, text, parse_amount(text, profile.amount_unit)))
    detailed = [part for part in parts if not totals.search(part.label)]
    yield from detailed or parts[:1]


def _without_subtotals(sources: Sequence[_Source], profile: Profile) -> list[_Source]:
    """Without a 财政拨款 that is the sum of some lines right after it."""
    subtotals = profile.pattern("funding_subtotals")
    kept = []
    for index, source in enumerate(sources):
        following = (one.yuan for one in sources[index + 1 : index + _MOST])
        if not (subtotals.search(source.label) and source.yuan in accumulate(following)):
            kept.append(source)
    return kept


def _sum(sources: Sequence[_Source]) -> Decimal:
    return total(source.yuan for source in sources)


def _comes_to(amount: Amount, sources: Sequence[_Source]) -> bool:
    """Whether the sum is the amount, but for the rounding of the amount and of the lines that have decimals."""
    amounts = [source.amount for source in sources if source.amount]
    slack = total(one.digit / 2 for one in amounts if one.digit < SCALES.get(one.unit[:-1], 1))
    computed = _sum(sources)
    return amount.rounds_to(computed) or abs(computed - amount.yuan) <= slack


def _finding(amount: Amount, sources: Sequence[_Source]) -> Finding:
    computed = _sum(sources)
    sum_, gap = (format_amount(yuan, amount.unit) for yuan in (computed, abs(computed - amount.yuan)))
    more = computed > amount.yuan
    message = tr(
        f"资金来源合计 {sum_}，与年度金额 {amount}不符，{'多' if more else '少'} {gap}；请核对各项来源和金额",
        f"“资金来源” comes to {sum_}, {gap} {'more' if more else 'less'} than the year's amount {amount};"
        " check its lines and the amount",
    )
    related = [Related(source.loc, f"{source.label} {format_exact_amount(source.yuan)}") for source in sources]
    return Finding((AMOUNT,), message, related, _notes(amount, sources))


def _notes(amount: Amount, sources: Sequence[_Source]) -> Iterator[str]:
    computed = _sum(sources)
    if len(sources) > 1:
        yield f"{' + '.join(format_exact_amount(source.yuan) for source in sources)} = {format_exact_amount(computed)}"
    if slipped := slip(amount.yuan, computed):
        factor, why = slipped
        yield tr(f"两者恰好相差 {factor} 倍，疑似{why}", f"one is {factor} times the other: probably {why}")


def _no_amount(written: str) -> str:
    return tr(
        f"资料不足：“{written}”不是金额，资金来源没有加总核对",
        f"not enough data: “{written}” is no amount, so the sources were not added up",
    )
