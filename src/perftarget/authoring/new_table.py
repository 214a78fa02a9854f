"""Text of a new table: the fields and tiers of the form with hints and suggestions from other tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from perftarget.authoring.suggestions import Suggestions
from perftarget.config.profile import Profile
from perftarget.formats.yaml.scalar import scalar
from perftarget.i18n import tr
from perftarget.tables.keys import GOALS, INDICATORS

_MAX_SUGGESTIONS: Final = 4
_TIER_HINTS: Final = {
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
"""A hint on the indicators of a tier, by a word in its name."""


def new_table_text(fields: Mapping[str, str], suggestions: Suggestions, profile: Profile, *, head: str = "") -> str:
    """Return the text of a new table in the order of the form, with `head` before it."""
    return head + "".join(line + "\n" for line in _lines(fields, suggestions, profile))


def _lines(fields: Mapping[str, str], suggestions: Suggestions, profile: Profile) -> Iterator[str]:
    for label in (label for row in profile.head for label in row):
        if label == GOALS:
            hint = tr(
                "完成什么、谁受益、有什么变化，写明数量；一条一行", "what is done, for whom, what changes; with numbers"
            )
            yield f"{GOALS}:"
            yield f"  - # {hint}"
        else:
            text = fields.get(label, "")
            yield f"{scalar(label)}: {scalar(text)}" if text else f"{scalar(label)}:"
    yield f"{INDICATORS}:"
    for first in profile.tiers.values():
        for second in first.second:
            tier = profile.tier_name(second)
            yield f"  {scalar(second)}: # {tier_hint(tier)}"
            if suggested := [_row(name, suggestions) for name in islice(suggestions.names(tier), _MAX_SUGGESTIONS)]:
                rows = "；".join(suggested)
                yield f"    # {tr('其他表中有：', 'other tables have: ')}{rows}"


def tier_hint(tier: str) -> str:
    """Return a hint on the indicators of a tier of that name."""
    return next(
        (tr(*texts) for word, texts in _TIER_HINTS.items() if word in tier),
        tr("三级指标: 绩效值", "indicator: target"),
    )


def _row(name: str, suggestions: Suggestions) -> str:
    return f"{name}: {next(iter(suggestions.targets(name)), '')}".rstrip()
