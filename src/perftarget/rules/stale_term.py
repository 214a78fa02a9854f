"""Report terms that are no longer in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_PLAN: Final = re.compile(
    '[“"](?P<quoted>十[一二三四五六七八九]五)[”"]'
    "|(?P<plain>十[一二三四五六七八九]五)(?=时期|期间|规划|计划|末|以来|目标|发展|建设|专项)"
)
"""A five-year plan by its number, in quotes or before a word of plans; 十四五个 is a count."""
_LAST_PLANNED_YEAR: Final = 2050
_PLAN_REVIEW: Final = re.compile("评估|总结|收官|验收")


class _StaleTerm(NamedTuple):
    """A term, the year in which it was replaced and its replacements with the years from which they are said."""

    word: str
    since: int
    replacements: tuple[tuple[int, str], ...]

    def replacement(self, year: int | None) -> str:
        """Return the replacement of that year; without a year the first."""
        return [text for since, text in self.replacements if not since or since <= (year or self.since)][-1]


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

    五年规划按期数推算起止年份，规划期已过的应改为现行规划：

    ```yaml
    项目名称: 农村公路养护
    项目期限: 2026年1月至12月
    年度总体绩效目标:
      - 完成“十四五”规划确定的养护任务120公里。 # ✗ “十四五”为 2021—2025 年，本表为 2026 年；请改为现行规划，如“十五五”
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

    通行审核要求。过时的词、改变的年份和现在的说法在词表 stale_terms 中，先后有几种说法的按本表年度取；改变当年的表可以用旧说法，以前年度的表不提示，
    表上看不出年度的按现在提示。专有名称（扶贫资产、易地扶贫搬迁、巩固脱贫攻坚成果）和说以前的事的（偿还 2019 年的
    扶贫贷款、扶贫档案）不提示。
    """
    located_texts = [*table_texts(table), *_unit_texts(table)]
    text, year = join_texts(located_texts), _year(table, profile)
    if _PLAN.search(text) and (begin := _first_year(table) or year):
        yield from _past_plans(located_texts, begin, table.name, profile)
    if not profile.pattern("stale_terms").search(text):
        return
    for located in located_texts:
        for term in _find_terms(located.text, profile):
            if year is None or year > term.since:
                since = tr(f"{term.since}年起", f" since {term.since}") if term.since else ""
                replacement = term.replacement(year)
                message = tr(
                    f"“{term.word}”{since}已不再使用；请改为现行表述，如“{replacement}”",
                    f"“{term.word}” has been out of use{since}; write what is said now, like “{replacement}”",
                )
                yield Finding(located.loc, message)


def _past_plans(texts: Iterable[LocatedText], year: int, name: str, profile: Profile) -> Iterator[Finding]:
    """Yield a finding for each text that names a five-year plan which ended before the year of the table.

    The plan in the name of the project may be part of a proper name, and a review of a plan comes after its end.
    """
    named = {match["quoted"] or match["plain"] for match in _PLAN.finditer(normalize(name))}
    for text, loc in texts:
        clauses = [clause for clause in _CLAUSE.split(text) if not _is_about_the_past(clause, profile)]
        plans = {match["quoted"] or match["plain"]: None for clause in clauses for match in _PLAN.finditer(clause)}
        for plan in plans:
            last = _last_year(plan)
            if last < year <= _LAST_PLANNED_YEAR and plan not in named:
                current = _plan_of(year)
                message = tr(
                    f"“{plan}”为 {last - 4}—{last} 年，本表为 {year} 年；请改为现行规划，如“{current}”",
                    f"“{plan}” was {last - 4}–{last}, and this table is of {year}; name the plan in force, “{current}”",
                )
                yield Finding(loc, message)


def _is_about_the_past(clause: str, profile: Profile) -> bool:
    return bool(profile.pattern("of_the_past").search(clause) or _PLAN_REVIEW.search(clause))


def _last_year(plan: str) -> int:
    """Return the last year of a five-year plan; the fourteenth ended in 2025."""
    return 2025 + 5 * ("一二三四五六七八九".index(plan[1]) + 1 - 4)


def _plan_of(year: int) -> str:
    """Return the five-year plan of a year from 2006 to 2050: 2026 is the first year of the fifteenth."""
    return f"十{'一二三四五六七八九'[(year - 2006) // 5]}五"


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


def _first_year(table: Table) -> int | None:
    """Return the first year of the period; a project of several years may begin in an earlier plan."""
    period = parse_project_period(table.period.strip())
    first = period.first if isinstance(period, (Period, Date)) else None
    return first.year if first else None


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
    """Parse an entry of the word list such as `扶贫: 2021 帮扶`; the year is optional.

    Several replacements are said one after the other: `2021 巩固拓展脱贫攻坚成果；2026 常态化帮扶`.
    """
    replacements = []
    for written in profile.pairs("stale_terms")[word].split("；"):
        since, _, replacement = written.strip().partition(" ")
        replacements.append((int(since), replacement) if since.isdecimal() else (0, written.strip()))
    return _StaleTerm(word, replacements[0][0], tuple(replacements))
