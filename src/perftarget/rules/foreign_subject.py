"""Report indicators about people or money of another project."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.texts import NAME_LOC, goal_texts, join_texts, normalize, table_texts
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table


@rule(
    title=("指标涉及项目以外的对象或资金", "An indicator speaks of people or money of another project"),
    severity=Severity.INFO,
    category="目标相关性",
    basis="财预〔2015〕88号：相关性审核（地方参照）",
)
def foreign_subject(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标说的人群和资金，应是项目名称和总体目标说的人群和资金。

    The people and the money that an indicator speaks of are those of the project's name and goals.

    ## 为什么

    见习补助的表考核“就业困难人员经济负担”，工作经费的表考核“补贴资金支付到位率”，多半是从别的表里照抄来的，
    本项目办得好不好，与这些数没有关系。

    ## 例

    ```yaml
    项目名称: 实习见习人员就业补助资金 # ↳ 项目名称
    年度总体绩效目标: 资金按规定用于实习见习人员生活补贴。
    绩效指标:
      24-可持续影响:
        就业困难人员经济负担: 较上年下降≥5% # ✗键 项目名称和目标中未涉及“就业困难人员”；请核对是否由其他项目照搬，确属本项目的请在目标中写明
    ```

    ```yaml
    项目名称: 就业经办机构服务能力提升工作经费 # ↳ 项目名称
    年度总体绩效目标: 用于公共就业服务相关工作经费支出。
    绩效指标:
      13-时效指标:
        补贴资金支付到位率: ≥95% # ✗键 项目名称和目标中未涉及“补贴资金”；请核对是否由其他项目照搬，确属本项目的请在目标中写明
    ```

    ## 怎样改

    ```yaml
    项目名称: 实习见习人员就业补助资金
    年度总体绩效目标: 资金按规定用于实习见习人员生活补贴。
    绩效指标:
      24-可持续影响:
        见习期满人员留用率: ≥40%
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）规定的相关性审核。只在项目名称说了为哪类人办事时，
    才看指标中的其他人群；自然会一同说到的（公益性岗位安置就业困难人员，“三支一扶”招募高校毕业生）由词表 groups 规定，
    带动、吸纳其他人群的不提示。资金只看工作经费一类的项目里有没有发给个人的补贴资金。
    """
    known_groups, pays_out = _known_groups(table, profile), _pays_out(table, profile)
    used_groups = profile.pattern("groups").findall(join_texts(table_texts(table))) if known_groups else ()
    if pays_out and known_groups.issuperset(used_groups):
        return
    for row in table.indicators:
        name = normalize(row.name)
        if foreign := _foreign_groups(name, known_groups, profile) or ([] if pays_out else _funds(name, profile)):
            yield _finding(row, foreign)


def _finding(row: Indicator, foreign: list[str]) -> Finding:
    words = join_words(quote_words(foreign))
    message = tr(
        f"项目名称和目标中未涉及{words}；请核对是否由其他项目照搬，确属本项目的请在目标中写明",
        f"the project's name and goals do not speak of {words}; check whether the row was copied, or name it in the goals",
    )
    return Finding(row.name_loc, message, [Related(NAME_LOC, tr("项目名称", "the project's name"))])


def _known_groups(table: Table, profile: Profile) -> set[str]:
    """Return the groups in the name and the goals and those that they imply; empty if the name has no group."""
    groups = profile.pattern("groups")
    project = groups.findall(normalize(table.name))
    if not project:
        return set()
    named = {*project, *chain.from_iterable(groups.findall(located.text) for located in goal_texts(table))}
    return named.union(*(profile.pairs("groups")[group].split() for group in named))


def _foreign_groups(name: str, known_groups: set[str], profile: Profile) -> list[str]:
    """Return the groups in the name of an indicator, or an empty list if the project knows one of them."""
    named = profile.pattern("groups").findall(name) if known_groups else []
    is_foreign = named and known_groups.isdisjoint(named) and not profile.pattern("spillover").search(name)
    return list(dict.fromkeys(named)) if is_foreign else []


def _pays_out(table: Table, profile: Profile) -> bool:
    """Return True if the project may pay money to others, not only for the work of the unit itself."""
    if not profile.pattern("running_costs").search(normalize(table.name)):
        return True
    goals = (located.text for located in goal_texts(table))
    return any(map(profile.pattern("paying_out").search, (table.name, *goals)))


def _funds(name: str, profile: Profile) -> list[str]:
    """Return the funds for others in the name of an indicator."""
    funds = profile.pattern("funds_paid_out").search(name)
    return [funds[0]] if funds else []
