"""Report tiers that are not in the order of the form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from perftarget.config.profile import Profile
from perftarget.formats.yaml.loader import load
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, ReplaceText, rule
from perftarget.tables.document import Document
from perftarget.tables.keys import INDICATORS
from perftarget.text.source import KEY, Loc, Source, Span
from perftarget.values.tier_label import TierLabel

_MAX_LENGTH: Final = 100_000
"""The maximum number of characters of a file for which a fix is offered."""

_MAX_FIXES: Final = 5
"""The maximum number of mappings for which a fix is offered, since each fix is checked by parsing the file."""


@rule(
    title=("指标层级的顺序与表式不同", "Tiers are not in the form's order"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("tier-mismatch",),
)
def tier_order(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""一级、二级指标按表式的顺序排列。

    Tiers stand in the form's order.

    ## 为什么

    审核人对着表式逐行看，几十张表里只有一张顺序不同，最容易漏看，也最容易误认为缺了一级。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        日常养护里程: ≥120公里
      14-成本指标:
        每公里养护成本: ≤8000元/公里
      12-质量指标: # ✗键 “12-质量指标”应在“14-成本指标”之前；请按表式的顺序排列
        优良路率: ≥75%
    ```
    ```yaml fixed
    绩效指标:
      11-数量指标:
        日常养护里程: ≥120公里
      12-质量指标:
        优良路率: ≥75%
      14-成本指标:
        每公里养护成本: ≤8000元/公里
    ```

    ## 怎样改

    修复时把整级连同其上的注释移到该在的位置，指标一字不改：

    ```yaml
    绩效指标:
      11-数量指标:
        日常养护里程: ≥120公里
      # 按路面状况指数
      12-质量指标:
        优良路率: ≥75%
      14-成本指标:
        每公里养护成本: ≤8000元/公里
    ```

    ## 依据

    书写规范；顺序由表式（profile）的 `tiers` 规定。名称不认识的层级，跟着它前面的一级走；写错了一级指标的，
    由 tier-mismatch 检查。
    """
    if document.table is None:
        return
    firsts = dict.fromkeys(tier.first for tier in document.table.tiers if tier.first)
    labels_by_parent = _tier_labels(document.source, [(INDICATORS,), *((INDICATORS, first) for first in firsts)])
    fix_count = 0
    for parent, labels in labels_by_parent.items():
        ranks = _ranks(labels, firsts.keys() if len(parent) == 1 else (), profile)
        order = sorted(range(len(labels)), key=ranks.__getitem__)
        late_index = next((index for index in range(1, len(labels)) if ranks[index] < ranks[index - 1]), None)
        if late_index is not None:
            earlier_label = next(label for label, rank in zip(labels, ranks, strict=True) if rank > ranks[late_index])
            message = tr(
                f"“{labels[late_index]}”应在“{earlier_label}”之前；请按表式的顺序排列",
                f"“{labels[late_index]}” belongs before “{earlier_label}”; put the tiers in the form's order",
            )
            fix = _reorder_fix(document, parent, labels, order) if fix_count < _MAX_FIXES else None
            fix_count += 1
            yield Finding((*parent, labels[late_index], KEY), message, fix=fix)


def _tier_labels(source: Source, parents: Iterable[Loc]) -> dict[Loc, list[str]]:
    """Return the keys below each parent in the order of the file, including those that could not be read."""
    labels: dict[Loc, list[str]] = {parent: [] for parent in parents}
    lengths = {len(parent) + 2 for parent in labels}
    for loc in source.spans:
        if len(loc) in lengths and loc[-1] == KEY and loc[:-2] in labels:
            labels[loc[:-2]].append(str(loc[-2]))
    return labels


def _ranks(labels: Sequence[str], firsts: Collection[str], profile: Profile) -> list[tuple[int, int]]:
    """Return the position of each tier in the form; an unknown tier has the position of the tier before it."""
    ranks: list[tuple[int, int]] = []
    for label in labels:
        rank = _first_rank(label, profile) if label in firsts else _second_rank(label, profile)
        ranks.append(rank or (ranks[-1] if ranks else (-1, -1)))
    return ranks


def _first_rank(label: str, profile: Profile) -> tuple[int, int] | None:
    named = profile.first_tier_label(label)
    return (list(profile.tiers).index(named), 0) if named else None


@lru_cache(maxsize=256)
def _second_rank(label: str, profile: Profile) -> tuple[int, int] | None:
    second = profile.second_tier_label(label)
    if second is None or profile.second_with_code(TierLabel.parse(label).code) not in {None, second}:
        return None  # tier-mismatch reports contradictory codes and names
    first = profile.second_tiers[second][0]
    return list(profile.tiers).index(first), list(profile.tiers[first].second).index(second)


def _reorder_fix(document: Document, parent: Loc, labels: Sequence[str], order: Sequence[int]) -> Fix | None:
    """Return the fix that reorders the blocks, or None if that would change the content of the file.

    Each block must have its own lines.
    """
    source = document.source
    if document.problems or source.labels or len(source.text) > _MAX_LENGTH:
        return None
    boundaries = [
        *(_block_start(source, (*parent, label)) for label in labels),
        _block_end(source, (*parent, labels[-1])),
    ]
    if boundaries != sorted(set(boundaries)):
        return None
    span = Span(boundaries[0], boundaries[-1])
    text = _join_blocks([source.text[boundaries[index] : boundaries[index + 1]] for index in order])
    before, after = load(source.text), load(source.text[: span.start] + text + source.text[span.end :])
    if after.data != before.data or after.problems:
        return None
    return Fix(tr("按表式的顺序排列", "Put the tiers in the form's order"), (ReplaceText(span, text),))


def _block_start(source: Source, loc: Loc) -> int:
    """Return the offset of the line of a key, or of the comment above it."""
    number, column = source.position(source.span((*loc, KEY)).start)
    comment = " " * (column - 1) + "#"
    while number > 1 and source.line(number - 1).startswith(comment):
        number -= 1
    return source.offset(number)


def _block_end(source: Source, loc: Loc) -> int:
    """Return the offset after the last line of a block.

    The span of a block is not used, since it includes the comments before the next key.
    """
    inside = [loc_inside for loc_inside in source.spans if loc_inside[: len(loc)] == loc]
    parents = {loc_inside[:-1] for loc_inside in inside}
    last = max(source.spans[loc_inside].end for loc_inside in inside if loc_inside not in parents)
    end = source.text.find("\n", last)
    return len(source.text) if end < 0 else end + 1


def _join_blocks(blocks: Sequence[str]) -> str:
    """Join the blocks; the end of the text has a line end only if it had one before."""
    newline = "\r\n" if any("\r\n" in block for block in blocks) else "\n"
    is_complete = all(block.endswith("\n") for block in blocks)
    text = "".join(block if block.endswith("\n") else block + newline for block in blocks)
    return text if is_complete else text.removesuffix(newline)
