"""Report units that are not written in the standard form."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, Range, Unit, parse


@rule(
    title=("计量单位写法不规范", "A unit is not the standard one"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("operator-form", "operator-conflict"),
)
def unit_form(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""计量单位用规范的写法。

    A unit is written as the standard has it.

    ## 为什么

    “平米”“人/次”“M”各写各的，汇总时就成了不同的单位；“12万”没有说是万元还是万人。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        改造面积: 2400平米 # ✗ “2400平米”的单位请写成“平方米”
        培训: 101人/次 # ✗ “101人/次”的单位请写成“人次”
      14-成本指标:
        改造费用: ≤12万 # ✗ “≤12万”的“万”后缺少单位；请写成“≤12万元”
    ```
    ```yaml fixed unsafe
    绩效指标:
      11-数量指标:
        改造面积: 2400平方米
        培训: 101人次
      14-成本指标:
        改造费用: ≤12万元
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        改造面积: 2400平方米
        培训: 101人次
      14-成本指标:
        改造费用: ≤12万元
    ```

    ## 依据

    书写规范。规范的写法由词表 unit_forms 规定；可能是几种单位的（80M）不代改。
    """
    for row in table.indicators:
        value = row.value
        if isinstance(value, Quantity) and value.bare_scale and "成本" in profile.tier_name(row.second):
            yield _missing_unit_finding(row, value)
        elif isinstance(value, (Quantity, Range)) and value.unit:
            yield from _check_form(row, value.unit, profile)


def _missing_unit_finding(row: Indicator, value: Quantity) -> Finding:
    text, scale = row.text.strip(), value.scale
    written = _with_yuan(row.written.strip(), scale)
    meant = parse(written)
    is_money = isinstance(meant, Quantity) and meant.money is not None and meant.per == value.per
    corrected = _with_yuan(text, scale) if is_money else f"{scale}元"
    message = tr(
        f"“{text}”的“{scale}”后缺少单位；请写成“{corrected}”",
        f"“{text}” does not say “{scale}” of what; write “{corrected}”",
    )
    fix = Fix(tr("补充“元”", "Add “元”"), (Replace(row.loc, written),), safe=False)
    return Finding(row.loc, message, fix=fix if is_money else None)


def _with_yuan(text: str, scale: str) -> str:
    """Return a text with 元 after its scale: 620万/月 → 620万元/月."""
    head, separator, tail = text.rpartition(scale)
    return f"{head}{separator}元{tail}" if separator else text


def _check_form(row: Indicator, unit: Unit, profile: Profile) -> Iterator[Finding]:
    text, written = row.text.strip(), unit.written.strip()
    standard = profile.pairs("unit_forms").get(written)
    if standard:
        message = tr(f"“{text}”的单位请写成“{standard}”", f"write the unit of “{text}” as “{standard}”")
        yield Finding(row.loc, message, fix=_unit_fix(row, written, standard))
    elif len(unit.suggestions) > 1:
        choices = join_words(quote_words(unit.suggestions))
        message = tr(
            f"“{text}”的单位不明确，可能是{choices}；请写明", f"the unit of “{text}” may be {choices}; say which"
        )
        yield Finding(row.loc, message)


def _unit_fix(row: Indicator, written: str, standard: str) -> Fix | None:
    title = tr(f"单位改为“{standard}”", f"Change the unit to “{standard}”")
    if row.entry.unit.strip() == written:
        return Fix(title, (Replace((*row.name_loc[:-1], "单位"), standard),), safe=False)
    head, separator, tail = row.written.rpartition(written)
    return Fix(title, (Replace(row.loc, f"{head}{standard}{tail}"),), safe=False) if separator else None
