"""Report sources of funding whose sum is not the amount of the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Operand
from perftarget.linter.rule import Finding, Related, Undetermined, rule
from perftarget.rules.shared.figures import amount_figures
from perftarget.tables.keys import AMOUNT
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.source import Loc
from perftarget.values.money import Amount, find_round_factor, format_amount, format_exact_amount, parse_amount, total
from perftarget.values.parser import Empty, Placeholder, Zero, parse
from perftarget.values.units import SCALES

_MAX_SUBTOTAL_LINES: Final = 20
"""The maximum number of lines of a subtotal; no form has as many."""
_FUNDING: Final = next(label for label, name in FIELD_NAMES.items() if name == "funding")


class _Source(NamedTuple):
    """A line of 资金来源; `amount` is None if the text is not an amount."""

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
    有一项不是金额的，列为资料不足，未作判断。
    """
    if not table.funding:
        return
    sources = [source for source in _sources(table, profile) if source.amount is None or source.yuan]
    amount = parse_amount(table.amount, profile.amount_unit)
    if sources and amount is None and table.amount.strip():
        yield Undetermined((AMOUNT,), _no_amount_reason(table.amount))
    for source in sources:
        if source.amount is None:
            yield Undetermined(source.loc, _no_amount_reason(source.written))
    if not sources or amount is None or any(source.amount is None for source in sources):
        return
    readings = [sources, _without_subtotals(sources, profile)]
    if not any(_matches(amount, reading) for reading in readings):
        nearest = min(readings, key=lambda reading: abs(_total_yuan(reading) - amount.yuan))
        yield _finding(amount, table.amount, nearest)


def _sources(table: Table, profile: Profile) -> Iterator[_Source]:
    """Yield the lines to be added up, without totals, 其中 and blank lines."""
    written = table.funding if isinstance(table.funding, dict) else {}
    totals, parts = profile.pattern("funding_totals"), []
    for label, text in written.items():
        if isinstance(parse(text), (Empty, Placeholder, Zero)) or "其中" in label:
            continue
        parts.append(_Source(label, text, parse_amount(text, profile.amount_unit)))
    detailed = [part for part in parts if not totals.search(part.label)]
    yield from detailed or parts[:1]


def _without_subtotals(sources: Sequence[_Source], profile: Profile) -> list[_Source]:
    """Return the lines without subtotals such as 财政拨款 that are the sum of the lines after them."""
    subtotals = profile.pattern("funding_subtotals")
    kept = []
    for index, source in enumerate(sources):
        following = (line.yuan for line in sources[index + 1 : index + _MAX_SUBTOTAL_LINES])
        if not (subtotals.search(source.label) and source.yuan in accumulate(following)):
            kept.append(source)
    return kept


def _total_yuan(sources: Sequence[_Source]) -> Decimal:
    return total(source.yuan for source in sources)


def _matches(amount: Amount, sources: Sequence[_Source]) -> bool:
    """Return True if the sum is the amount, apart from the rounding of the amount and of lines with decimals."""
    amounts = [source.amount for source in sources if source.amount]
    slack = total(item.digit / 2 for item in amounts if item.digit < SCALES.get(item.unit[:-1], 1))
    computed = _total_yuan(sources)
    return amount.rounds_to(computed) or abs(computed - amount.yuan) <= slack


def _finding(amount: Amount, written: str, sources: Sequence[_Source]) -> Finding:
    computed = _total_yuan(sources)
    sum_text, gap_text = (format_amount(yuan, amount.unit) for yuan in (computed, abs(computed - amount.yuan)))
    is_above = computed > amount.yuan
    message = tr(
        f"资金来源合计 {sum_text}，与年度金额 {amount}不符，{'多' if is_above else '少'} {gap_text}；请核对各项来源和金额",
        f"“资金来源” comes to {sum_text}, {gap_text} {'more' if is_above else 'less'} than the year's amount {amount};"
        " check its lines and the amount",
    )
    related = [Related(source.loc, f"{source.label} {format_exact_amount(source.yuan)}") for source in sources]
    terms = [(Operand(source.label, source.written, source.yuan, "元", source.loc),) for source in sources]
    figures = amount_figures(amount, written, terms, computed)
    return Finding((AMOUNT,), message, related, _notes(amount, sources), figures=figures)


def _notes(amount: Amount, sources: Sequence[_Source]) -> Iterator[str]:
    computed = _total_yuan(sources)
    if len(sources) > 1:
        yield f"{' + '.join(format_exact_amount(source.yuan) for source in sources)} = {format_exact_amount(computed)}"
    if factor_and_cause := find_round_factor(amount.yuan, computed):
        factor, cause = factor_and_cause
        yield tr(f"两者恰好相差 {factor} 倍，疑似{cause}", f"one is {factor} times the other: probably {cause}")


def _no_amount_reason(written: str) -> str:
    return tr(
        f"资料不足：“{written}”不是金额，资金来源未作合计核对",
        f"not enough data: “{written}” is no amount, so the sources were not added up",
    )
