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

_MOST: Final = 100_000
"""Characters of a file over which no block is moved: no person wrote it."""

_MOST_MOVED: Final = 5
"""Mappings whose blocks are moved at once: the indicators, and each first tier. A move is tried by reading the file."""


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
    by_parent, offered = _labels(document.source, [(INDICATORS,), *((INDICATORS, first) for first in firsts)]), 0
    for parent, labels in by_parent.items():
        ranks = _ranks(labels, firsts.keys() if len(parent) == 1 else (), profile)
        order = sorted(range(len(labels)), key=ranks.__getitem__)
        late = next((i for i in range(1, len(labels)) if ranks[i] < ranks[i - 1]), None)
        if late is not None:
            early = next(label for label, rank in zip(labels, ranks, strict=True) if rank > ranks[late])
            message = tr(
                f"“{labels[late]}”应在“{early}”之前；请按表式的顺序排列",
                f"“{labels[late]}” belongs before “{early}”; put the tiers in the form's order",
            )
            fix = _repair(document, parent, labels, order) if offered < _MOST_MOVED else None
            offered += 1
            yield Finding((*parent, labels[late], KEY), message, fix=fix)


def _labels(source: Source, parents: Iterable[Loc]) -> dict[Loc, list[str]]:
    """The keys under each parent as they follow each other in the file, what could not be read among them."""
    found: dict[Loc, list[str]] = {parent: [] for parent in parents}
    lengths = {len(parent) + 2 for parent in found}
    for loc in source.spans:
        if len(loc) in lengths and loc[-1] == KEY and loc[:-2] in found:
            found[loc[:-2]].append(str(loc[-2]))
    return found


def _ranks(labels: Sequence[str], firsts: Collection[str], profile: Profile) -> list[tuple[int, int]]:
    """Where the form has each tier; one that it does not know stays with the one before it."""
    ranks: list[tuple[int, int]] = []
    for label in labels:
        rank = _first_rank(label, profile) if label in firsts else _second_rank(label, profile)
        ranks.append(rank or (ranks[-1] if ranks else (-1, -1)))
    return ranks


def _first_rank(label: str, profile: Profile) -> tuple[int, int] | None:
    named = profile.first_named(label)
    return (list(profile.tiers).index(named), 0) if named else None


@lru_cache(maxsize=256)
def _second_rank(label: str, profile: Profile) -> tuple[int, int] | None:
    second = profile.second_of(label)
    if second is None or profile.second_with_code(TierLabel.parse(label).code) not in {None, second}:
        return None  # where code and name are two tiers, tier-mismatch says it
    first = profile.second_tiers[second][0]
    return list(profile.tiers).index(first), list(profile.tiers[first].second).index(second)


def _repair(document: Document, parent: Loc, labels: Sequence[str], order: Sequence[int]) -> Fix | None:
    """The blocks in their order, where each stands on lines of its own and the file says the same afterwards."""
    source = document.source
    if document.problems or source.labels or len(source.text) > _MOST:
        return None
    bounds = [*(_start(source, (*parent, label)) for label in labels), _end(source, (*parent, labels[-1]))]
    if bounds != sorted(set(bounds)):
        return None
    span = Span(bounds[0], bounds[-1])
    text = _joined([source.text[bounds[i] : bounds[i + 1]] for i in order])
    before, after = load(source.text), load(source.text[: span.start] + text + source.text[span.end :])
    if after.data != before.data or after.problems:
        return None
    return Fix(tr("按表式的顺序排列", "Put the tiers in the form's order"), (ReplaceText(span, text),))


def _start(source: Source, loc: Loc) -> int:
    """Where the line of a key begins, or the comment above it."""
    number, column = source.position(source.span((*loc, KEY)).start)
    comment = " " * (column - 1) + "#"
    while number > 1 and source.line(number - 1).startswith(comment):
        number -= 1
    return source.offset(number)


def _end(source: Source, loc: Loc) -> int:
    """After the last line of a block. Its span goes on to the next key, over comments that are not its own."""
    inside = [at for at in source.spans if at[: len(loc)] == loc]
    parents = {at[:-1] for at in inside}
    last = max(source.spans[at].end for at in inside if at not in parents)
    end = source.text.find("\n", last)
    return len(source.text) if end < 0 else end + 1


def _joined(blocks: Sequence[str]) -> str:
    """One after the other; a line end that the last block of the file lacks, it still lacks afterwards."""
    newline = "\r\n" if any("\r\n" in block for block in blocks) else "\n"
    whole = all(block.endswith("\n") for block in blocks)
    text = "".join(block if block.endswith("\n") else block + newline for block in blocks)
    return text if whole else text.removesuffix(newline)
