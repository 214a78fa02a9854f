"""Report tables whose goals and indicators do not match the name of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.texts import NAME_LOC, goal_texts, normalize
from perftarget.tables.model import Table

_MIN_CHARACTERS: Final = 5
"""The minimum number of characters of a name that is checked, without general words.

Shorter names such as 雨露计划 and 两癌筛查 need not occur in their tables.
"""
_MIN_ROWS: Final = 3
_CHANCE_RATIO: Final = 6
"""The number of characters of a name of which one may occur in the table by chance."""
_MAX_CHANCE_PREFIX: Final = 2
"""The number of characters that the names of an office and of a project may share by chance."""
_QUOTED_NAME: Final = re.compile('“[^”]{1,20}”|"[^"]{1,20}"|《[^》]{1,40}》')
_PLACE: Final = re.compile("^[一-鿿]{2,3}?(?:省|自治区|市|州|县|区|旗|镇|乡)")
_CHINESE: Final = re.compile("[一-鿿]+")
_LATIN: Final = re.compile("[A-Za-z]{2,}")


@rule(
    title=("目标、指标与项目名称不相关", "Nothing in the table has to do with the project's name"),
    severity=Severity.WARNING,
    category="目标相关性",
    basis="财预〔2015〕88号：相关性审核（地方参照）",
)
def unrelated_table(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""目标和指标应与项目名称说的是同一件事。

    Goals and indicators are about what the project's name says.

    ## 为什么

    把另一个项目的表另存以后只改了名称，表式、合计、数据样样都对，只有内容不是这个项目的；逐行检查看不出来。

    ## 例

    ```yaml
    项目名称: 农村公路日常养护补助 # ✗ 目标和指标中没有出现项目名称中的任何词语；请核对内容是否由其他项目照搬，或者名称有误
    年度总体绩效目标: 为城镇困难职工缴纳医疗保险，减轻就医负担。
    绩效指标:
      11-数量指标:
        参保职工人数: ≥300人
      12-质量指标:
        医疗费用报销比例: ≥70%
      31-服务对象满意度:
        参保职工满意度: ≥85%
    ```

    ## 怎样改

    ```yaml
    项目名称: 困难职工医疗保险补助
    年度总体绩效目标: 为城镇困难职工缴纳医疗保险，减轻就医负担。
    绩效指标:
      11-数量指标:
        参保职工人数: ≥300人
      12-质量指标:
        医疗费用报销比例: ≥70%
      31-服务对象满意度:
        参保职工满意度: ≥85%
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）规定的相关性审核。名称去掉地名、书名和引号中的代称
    以及“项目”“资金”“建设”等通用的词以后，不足五个不同的字的不判断；有两个相连的字、或六分之一的字出现在目标、指标、
    指标解释和资金测算中的，就算相关。目标空白、指标不足三个的不判断。
    """
    goals = "，".join(located.text for located in goal_texts(table) if located.text)
    if not goals or len(table.indicators) < _MIN_ROWS or table.shape_errors:
        return
    name = _without_office(table)
    # The goals of most tables match, and the other texts are then not needed.
    if _is_unrelated(name, goals, profile) and _is_unrelated(name, "，".join((goals, *_other_texts(table))), profile):
        message = tr(
            "目标和指标中没有出现项目名称中的任何词语；请核对内容是否由其他项目照搬，或者名称有误",
            "no word of the project's name stands in its goals or indicators; check whether they were copied from another project, or the name is wrong",
        )
        yield Finding(NAME_LOC, message)


def _other_texts(table: Table) -> Iterator[str]:
    for row in table.indicators:
        yield normalize(f"{row.name}，{row.written}，{row.entry.explanation}，{row.entry.remark}")
    for line in table.calculations.values():
        yield normalize(line.item)


def _is_unrelated(name: str, text: str, profile: Profile) -> bool:
    """Return True if the text has no pair of adjacent characters of a name and only a few of its characters."""
    characters = set("".join(_words(_PLACE.sub("", name), profile)))
    if len(characters) < _MIN_CHARACTERS or any(latin.lower() in text.lower() for latin in _LATIN.findall(name)):
        return False
    pairs = {first + second for word in _words(name, profile) for first, second in pairwise(word)}
    return not any(pair in text for pair in pairs) and _CHANCE_RATIO * len(characters & set(text)) < len(characters)


def _words(name: str, profile: Profile) -> list[str]:
    """Return the words of a name without general words."""
    lists = ("generic_in_names", "money_words", "generic_tasks")
    for pattern in (_QUOTED_NAME, *map(profile.pattern, lists)):
        name = pattern.sub("，", name)
    return _CHINESE.findall(name)


def _without_office(table: Table) -> str:
    """Return the name of the project without the name of the office at its beginning."""
    name = normalize(table.name)
    prefix_length = max(_common_prefix_length(name, normalize(office)) for office in (table.department, table.unit))
    return name[prefix_length:] if prefix_length > _MAX_CHANCE_PREFIX else name


def _common_prefix_length(text: str, other: str) -> int:
    """Return the length of the common prefix of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
