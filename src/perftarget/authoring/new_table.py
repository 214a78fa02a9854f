"""A new table: the form's fields and tiers with a comment each, and what other tables at hand have there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from perftarget.authoring.suggestions import Suggestions
from perftarget.config.profile import Profile
from perftarget.formats.yaml.scalar import scalar
from perftarget.i18n import tr
from perftarget.tables.keys import GOALS, INDICATORS

_MOST: Final = 4  # names that are suggested for a tier
_HINTS: Final = {
    "数量": ("做多少，带单位，如 培训人数: ≥300 人", "how much is done, with its unit: 培训人数: ≥300 人"),
    "质量": ("做到什么标准，如 补贴发放准确率: ≥95%", "to what standard: 补贴发放准确率: ≥95%"),
    "时效": ("什么时候做完，如 补贴发放时间: 每月15日前", "by when: 补贴发放时间: 每月15日前"),
    "成本": ("每人每月多少，或一共多少，如 人均标准: 500 元/月", "how much each, or in all: 人均标准: 500 元/月"),
    "经济": ("带来多少收入或节约，如 带动就业人员增收: ≥3000 元/人·年", "what is earned or saved by it"),
    "社会": ("谁受益、有什么变化，如 零就业家庭动态清零率: =100%", "who is better off, and how"),
    "生态": ("对环境有什么改善，如 绿化覆盖率: ≥40%", "what becomes better for nature"),
    "可持续": ("以后还能持续什么，如 稳定就业一年以上的比例: ≥60%", "what lasts: 稳定就业一年以上的比例: ≥60%"),
    "满意": ("谁满意、满意到多少，如 受益对象满意度: ≥90%", "who is satisfied, and by how much: ≥90%"),
}
"""What belongs under a tier, by a word of its name."""


def new_table_text(fields: Mapping[str, str], usual: Suggestions, profile: Profile, *, head: str = "") -> str:
    """The text of a new table, in the order of the form."""
    return head + "".join(line + "\n" for line in _lines(fields, usual, profile))


def _lines(fields: Mapping[str, str], usual: Suggestions, profile: Profile) -> Iterator[str]:
    for label in (label for row in profile.head for label in row):
        if label == GOALS:
            aim = tr(
                "完成什么、谁受益、有什么变化，写明数量；一条一行", "what is done, for whom, what changes; with numbers"
            )
            yield f"{GOALS}:"
            yield f"  - # {aim}"
        else:
            text = fields.get(label, "")
            yield f"{scalar(label)}: {scalar(text)}" if text else f"{scalar(label)}:"
    yield f"{INDICATORS}:"
    for first in profile.tiers.values():
        for second in first.second:
            yield f"  {scalar(second)}: # {tier_hint(profile.tier_name(second))}"
            if known := [_row(name, usual) for name in islice(usual.names(profile.tier_name(second)), _MOST)]:
                rows = "；".join(known)
                yield f"    # {tr('其他表中有：', 'other tables have: ')}{rows}"


def tier_hint(tier: str) -> str:
    """What belongs under a tier of that name."""
    return next(
        (tr(*texts) for word, texts in _HINTS.items() if word in tier), tr("三级指标: 绩效值", "indicator: target")
    )


def _row(name: str, usual: Suggestions) -> str:
    return f"{name}: {next(iter(usual.targets(name)), '')}".rstrip()
