from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.project_period import YEAR, read_term
from perftarget.rules.shared.texts import Said, in_one, plain, texts
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.values.parser import Date, Period

_ORGANS: Final = [label for label, name in FIELD_NAMES.items() if name in {"department", "unit"}]
_CLAUSE: Final = re.compile("[。；;！!]")


class _Term(NamedTuple):
    """A word past its time, since when, and what is said instead."""

    word: str
    since: int
    instead: str


@rule(
    title=("用了过时的说法", "A term past its time"),
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
      - 支持支农、支医、支教和扶贫工作。 # ✗ “扶贫工作”2021年起已不再使用；请改为现在的说法，如“乡村振兴工作”
    绩效指标:
      22-社会效益:
        帮助贫困户增收户数（户）: ≥50 # ✗键 “贫困户”2021年起已不再使用；请改为现在的说法，如“脱贫户”
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
    everything = [*texts(table), *_organs(table)]
    if not profile.pattern("stale_terms").search(in_one(everything)):
        return
    year = _year(table, profile)
    for said in everything:
        for term in _stale(said.text, profile):
            if year is None or year > term.since:
                since = tr(f"{term.since}年起", f" since {term.since}") if term.since else ""
                message = tr(
                    f"“{term.word}”{since}已不再使用；请改为现在的说法，如“{term.instead}”",
                    f"“{term.word}” has been out of use{since}; write what is said now, like “{term.instead}”",
                )
                yield Finding(said.loc, message)


def _organs(table: Table) -> Iterator[Said]:
    for label in _ORGANS:
        yield Said(plain(table.field(label)), (label,))


def _year(table: Table, profile: Profile) -> int | None:
    """The last year of the period, else the year in the table's name, else the profile's."""
    period = read_term(table.period.strip())
    last = period.last if isinstance(period, (Period, Date)) else None
    if last is not None:
        return last.year
    named = YEAR.search(table.name)
    return int(named[0]) if named else profile.year


def _stale(text: str, profile: Profile) -> Iterator[_Term]:
    """Each once; not within a name that keeps the word, nor where the sentence speaks of former years."""
    found: dict[_Term, None] = {}
    for clause in _CLAUSE.split(text):
        if not profile.pattern("of_the_past").search(clause):
            years = [int(year) for year in YEAR.findall(clause)]
            words = profile.pattern("stale_terms").findall(profile.pattern("stale_names").sub("，", clause))
            terms = (_term(word, profile) for word in words)
            found.update((term, None) for term in terms if all(year > term.since for year in years))
    yield from found


def _term(word: str, profile: Profile) -> _Term:
    """`扶贫: 2021 帮扶`; one that a configuration adds may do without the year."""
    written = profile.pairs("stale_terms")[word]
    since, _, instead = written.partition(" ")
    return _Term(word, int(since), instead) if since.isdecimal() else _Term(word, 0, written)
