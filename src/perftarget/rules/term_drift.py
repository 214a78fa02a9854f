"""Report terms of which a table uses two variants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.texts import LocatedText, join_texts, table_texts
from perftarget.tables.model import Table

_CONTEXT_LENGTH: Final = 2
"""The number of characters before or after two terms that must be equal, such as 档案 in 流动人员档案 and 流动人口档案."""
_WORD: Final = re.compile(f"[一-鿿]{{{_CONTEXT_LENGTH}}}")


class _TermUse(NamedTuple):
    """A term with the characters before or after it."""

    word: str
    side: str
    context: str


@rule(
    title=("同一事项表述不一致", "One thing goes by two names"),
    severity=Severity.INFO,
    category="目标相关性",
    basis="书写规范",
)
def term_drift(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""同一类人、同一件事在一张表里只用一种叫法。

    One group of people, or one thing, goes by one name within a table.

    ## 为什么

    数量指标写“流动人员档案”，成本指标写“流动人口档案”，这笔钱管的是不是同一批档案，从表上看不出来。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        流动人员档案进出（份）: ≥2000 份 # ↳键 前文为“流动人员”
      14-成本指标:
        流动人口档案管理: 8 万元 # ✗键 此处为“流动人口”，前文为“流动人员”；属同一事项的请统一表述，属不同事项的可以保留
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        流动人员档案进出（份）: ≥2000 份
      14-成本指标:
        流动人员档案管理: 8 万元
    ```

    ## 依据

    书写规范。哪两个词是一种东西的两种叫法，由词表 variants 规定；两个词前面或后面的两个字相同（都是“……档案”）才提示，
    因为“流动人员档案”和“流动人口健康”确实是两回事。
    """
    located_texts = table_texts(table)
    full_text = join_texts(located_texts)
    for term, variant in profile.pairs("variants").items():
        drift = _find_drift(located_texts, term, variant) if term in full_text and variant in full_text else None
        if drift:
            first, later, terms = drift
            message = tr(
                f"此处为“{terms[1]}”，前文为“{terms[0]}”；属同一事项的请统一表述，属不同事项的可以保留",
                f"here it says “{terms[1]}”, before “{terms[0]}”; use one name if they are one thing, keep both if they are two",
            )
            label = tr(f"前文为“{terms[0]}”", f"it says “{terms[0]}”")
            yield Finding(later.loc, message, [Related(first.loc, label)])


def _find_drift(
    located_texts: Sequence[LocatedText], term: str, variant: str
) -> tuple[LocatedText, LocatedText, tuple[str, str]] | None:
    """Return the first text in which a variant follows another in the same context, with the earlier text, or None."""
    longer, shorter = sorted((term, variant), key=len, reverse=True)
    pattern = re.compile(f"{re.escape(longer)}|{re.escape(shorter)}")
    seen: dict[_TermUse, LocatedText] = {}
    for located in located_texts:
        for match in pattern.finditer(located.text):
            other_term = variant if match[0] == term else term
            for use in _uses(match):
                if earlier := seen.get(use._replace(word=other_term)):
                    return earlier, located, (other_term, match[0])
                seen.setdefault(use, located)
    return None


def _uses(match: re.Match[str]) -> Iterator[_TermUse]:
    """Yield the use of a term with the characters before it and with those after it, if they are Chinese."""
    before, after = match.string[: match.start()][-_CONTEXT_LENGTH:], match.string[match.end() :][:_CONTEXT_LENGTH]
    for side, context in (("before", before), ("after", after)):
        if _WORD.fullmatch(context):
            yield _TermUse(match[0], side, context)
