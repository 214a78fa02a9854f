"""Infer the first tiers that a form leaves blank."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.tables.form.result import Form
from perftarget.tables.keys import INDICATORS
from perftarget.values.tier_label import TierLabel


def infer_first_tiers(form: Form, profile: Profile) -> None:
    """Move second tiers out from under a blank first-tier label if their code or name implies the first tier.

    A message about each is added to `form.inferred`.
    """
    tiers = form.data[INDICATORS]
    blank = tiers.get("") if isinstance(tiers, dict) else None
    if not isinstance(tiers, dict) or not isinstance(blank, dict):
        return
    inferred = {second: first for second in blank if second not in tiers and (first := profile.first_tier_of(second))}
    form.inferred += [
        tr(
            f"{second} 没有写明一级指标，按{by[0]}归入 {first}",
            f"no first tier is written for “{second}”; by its {by[1]} it was put under “{first}”",
        )
        for second, first in inferred.items()
        for by in [("编码", "code") if TierLabel.parse(second).code else ("名称", "name")]
    ]
    remaining = {second: rows for second, rows in blank.items() if second not in inferred}
    moved = {second: blank[second] for second in inferred} | ({"": remaining} if remaining else {})
    form.data[INDICATORS] = {
        name: rows for key, value in tiers.items() for name, rows in (moved if key == "" else {key: value}).items()
    }
