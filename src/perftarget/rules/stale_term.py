"""Report terms that are no longer in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.project_period import YEAR, parse_project_period
from perftarget.rules.shared.texts import LocatedText, join_texts, normalize, table_texts
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.values.parser import Date, Period

_UNIT_LABELS: Final = [label for label, name in FIELD_NAMES.items() if name in {"department", "unit"}]
_CLAUSE: Final = re.compile("[。；;！!]")


class _StaleTerm(NamedTuple):
    """A term, the year in which it was replaced and its replacement."""

    word: str
    since: int
    replacement: str


@rule(
    title=("表述已过时", "A term past its time"),
    severity=Severity.WARNING,
    category="目标相关性",
    basis="通行审核要求",
)
def stale_term(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""目标和指标应使用本年度现行的政策名称和机构名称。

    Goals and indicators use the names of policies and offices that are in force in their year.

    ## 为什么

    2025 年的目标里还写“扶贫工作”，多半是从几年前的表里照抄来的；审核时先要问，其他内容是不是也没有更新。

    ## 例

    ```yaml
    项目名称: “三支一扶”人员补助资金
    项目期限: 2025年1月至12月
    年度总体绩效目标:
      - 支持支农、支医、支教和扶贫工作。 # ✗ “扶贫工作”2021年起已不再使用；请改为现行表述，如“乡村振兴工作”
    绩效指标:
      22-社会效益:
        帮助贫困户增收户数（户）: ≥50 # ✗键 “贫困户”2021年起已不再使用；请改为现行表述，如“脱贫户”
    ```

    ## 怎样改

    ```yaml
    项目名称: “三支一扶”人员补助资金
    项目期限: 2025年1月至12月
    年度总体绩效目标:
      - 支持支农、支医、支教和乡村振兴工作。
    绩效指标:
      22-社会效益:
        帮助脱贫户增收户数（户）: ≥50
    ```

    ## 依据

    通行审核要求。过时的词、改变的年份和现在的说法在词表 stale_terms 中；改变当年的表可以用旧说法，以前年度的表不提示，
    表上看不出年度的按现在提示。专有名称（扶贫资产、易地扶贫搬迁、巩固脱贫攻坚成果）和说以前的事的（偿还 2019 年的
    扶贫贷款、扶贫档案）不提示。
    """
    located_texts = [*table_texts(table), *_unit_texts(table)]
    if not profile.pattern("stale_terms").search(join_texts(located_texts)):
        return
    year = _year(table, profile)
    for located in located_texts:
        for term in _find_terms(located.text, profile):
            if year is None or year > term.since:
                since = tr(f"{term.since}年起", f" since {term.since}") if term.since else ""
                message = tr(
                    f"“{term.word}”{since}已不再使用；请改为现行表述，如“{term.replacement}”",
                    f"“{term.word}” has been out of use{since}; write what is said now, like “{term.replacement}”",
                )
                yield Finding(located.loc, message)


def _unit_texts(table: Table) -> Iterator[LocatedText]:
    for label in _UNIT_LABELS:
        yield LocatedText(normalize(table.field(label)), (label,))


def _year(table: Table, profile: Profile) -> int | None:
    """Return the last year of the period, else the year in the name of the table, else that of the profile."""
    period = parse_project_period(table.period.strip())
    last = period.last if isinstance(period, (Period, Date)) else None
    if last is not None:
        return last.year
    named = YEAR.search(table.name)
    return int(named[0]) if named else profile.year


def _find_terms(text: str, profile: Profile) -> Iterator[_StaleTerm]:
    """Yield each stale term once.

    Terms in proper names and in sentences about earlier years are ignored.
    """
    terms_found: dict[_StaleTerm, None] = {}
    for clause in _CLAUSE.split(text):
        if not profile.pattern("of_the_past").search(clause):
            years = [int(year) for year in YEAR.findall(clause)]
            words = profile.pattern("stale_terms").findall(profile.pattern("stale_names").sub("，", clause))
            terms = (_stale_term(word, profile) for word in words)
            terms_found.update((term, None) for term in terms if all(year > term.since for year in years))
    yield from terms_found


def _stale_term(word: str, profile: Profile) -> _StaleTerm:
    """Parse an entry of the word list such as `扶贫: 2021 帮扶`; the year is optional."""
    written = profile.pairs("stale_terms")[word]
    since, _, replacement = written.partition(" ")
    return _StaleTerm(word, int(since), replacement) if since.isdecimal() else _StaleTerm(word, 0, written)
