"""Decide if an indicator stands under a tier that cannot be its own, and which tier of the form it fits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.direction import FLOORS
from perftarget.tables.semantics.mismatch import find_mismatch
from perftarget.tables.semantics.names import Sense, plain_name, understand
from perftarget.tables.semantics.value_kinds import kind_of_value
from perftarget.values.parser import Quantity

_OUTPUT, _QUALITY, _TIME, _COST, _SATISFACTION = "数量", "质量", "时效", "成本", "满意度"
_EFFECTS: Final = ("经济效益", "社会效益", "生态效益", "可持续")
_COUNTED: Final = frozenset({"people", "count"})
_SPENT: Final = frozenset({"cost", "standard"})
_PROMPT: Final = re.compile("(?:及时|按时|按期|准时|如期).{0,4}率$")
_DELIVERED: Final = re.compile("(?:拨付|支付|发放|完成|兑付)及时率$")
_DONE: Final = re.compile(
    "(?:完成|完工|竣工|开工|交付|发放|拨付|支付|兑付|验收|到位|到货|投入使用|投产|通车|报送|上报|列装|结业|举办|配送|办结|移交)(?:时间|时限|日期|期限|节点)$"
)
_EXTENT: Final = re.compile("覆盖|完成率|执行率|参与率")
"""Rates that say how much is done, which may stand for an output."""
_ACHIEVED: Final = re.compile(
    "获奖|表彰|取得|获得|通过|达标|合格|优秀|持证|采用|录用|发表|制定|修订|标准|专利|论文|课题|成果|认证|违|错|漏|挪用|事故|投诉"
)
_ENTITLEMENT: Final = re.compile("低保|最低生活|供养|临时救助|特困|基本生活")
_OTHER_COSTS: Final = re.compile("社会|生态|环境")
_COST_RATES: Final = re.compile(
    "成本|费|能|耗|降|贴息|节约|节支|控制|超支|超概|造价|补助|补贴|比例|占比|比重|投资|概算|预算|价"
)
_SURVEY: Final = re.compile("满意|调查|回访|投诉|问卷|评价|测评")


def better_tier(row: Indicator, profile: Profile) -> str | None:
    """Return the label of the second tier of the form that an indicator clearly fits better than its own, or None."""
    tier = own_tier(row, profile)
    target = _target(row, tier, profile) if tier else ""
    return label_of_tier(target, profile) if target and target not in tier else None


def own_tier(row: Indicator, profile: Profile) -> str:
    """Return the name of a second tier without 指标; "" for one that the form does not have."""
    return profile.tier_name(row.second).removesuffix("指标") if profile.second_tier_label(row.second) else ""


def _target(row: Indicator, tier: str, profile: Profile) -> str:
    """Return the tier that the kind of an indicator belongs to; "" if its own will do, or the value does not fit."""
    sense, name = understand(row, profile), plain_name(row.name)
    is_average = tier.startswith(_QUALITY) and sense.kind in _COUNTED and profile.pattern("averages").search(name)
    if is_average or profile.pattern("not_misplaced").search(name) or find_mismatch(row, profile):
        return ""
    if sense.kind == "satisfaction" and sense.head.startswith("满意"):
        return _SATISFACTION
    return _of_kind(row, sense, name, tier)


def _of_kind(row: Indicator, sense: Sense, name: str, tier: str) -> str:
    written = kind_of_value(row)
    if sense.kind in _SPENT and written == "money":
        return _COST if _is_foreign_to_money(row, tier, name) else ""
    if sense.kind in _COUNTED and written in {"people", "count", ""}:
        return _OUTPUT if _is_foreign_to_counts(tier, name) and (written or row.value.numeric) else ""
    if sense.kind in {"date", "duration"} and written in {"date", "schedule", "duration"}:
        return _TIME if _is_foreign_to_time(tier, name, written) else ""
    if sense.kind == "rate" and (written == "rate" or not row.value.numeric):
        return _of_rate(name, tier)
    return ""


def _is_foreign_to_money(row: Indicator, tier: str, name: str) -> bool:
    """Costs and standards belong to 成本.

    What the law entitles people to may be a quality, and a minimum of money an effect.
    """
    if isinstance(row.value, Quantity) and row.value.operator in FLOORS and not tier.startswith((_OUTPUT, _TIME)):
        return False
    if tier.startswith(_QUALITY) and _ENTITLEMENT.search(name):
        return False
    return tier.startswith((_OUTPUT, _QUALITY, _TIME, "社会效益", "生态效益", "可持续"))


def _is_foreign_to_counts(tier: str, name: str) -> bool:
    """Numbers of people and things belong to 数量 or to an effect; prizes and certificates may be a quality."""
    if tier.startswith(_QUALITY):
        return not _ACHIEVED.search(name)
    if _SATISFACTION in tier:
        return not _SURVEY.search(name)
    return tier.startswith(_TIME) or _is_money_tier(tier)


def _is_foreign_to_time(tier: str, name: str, written: str) -> bool:
    """The date of an event belongs to 时效; how long something lasts may be an output or an effect."""
    if tier.startswith((_OUTPUT, _QUALITY, *_EFFECTS)):
        return written in {"date", "schedule"} and bool(_DONE.search(name))
    return (_SATISFACTION in tier and not _SURVEY.search(name)) or _is_money_tier(tier)


def _of_rate(name: str, tier: str) -> str:
    """Rates belong to 质量, those of promptness to 时效; under an effect or 满意度 there are rates of all kinds."""
    if _DELIVERED.search(name):
        return _TIME
    if _PROMPT.search(name):
        return _TIME if tier.startswith(_OUTPUT) or _is_money_tier(tier) else ""
    if tier.startswith(_OUTPUT):
        return "" if _EXTENT.search(name) else _QUALITY
    return _QUALITY if _is_money_tier(tier) and not _COST_RATES.search(name) else ""


def _is_money_tier(tier: str) -> bool:
    """Return True for 成本 and 经济成本, but not for 社会成本 and 生态环境成本."""
    return _COST in tier and not _OTHER_COSTS.search(tier)


@lru_cache(maxsize=64)
def label_of_tier(tier: str, profile: Profile) -> str | None:
    """Return the label of the first second tier of the form with that name, or None."""
    names = ((label, profile.tier_name(label).removesuffix("指标")) for label in profile.second_tiers)
    return next(
        (label for label, name in names if tier in name and not (tier == _COST and _OTHER_COSTS.search(name))), None
    )
