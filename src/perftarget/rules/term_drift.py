from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.texts import Said, in_one, texts
from perftarget.tables.model import Table

_AROUND: Final = 2
"""So many characters before or after are alike where two words name one thing: 档案 in 流动人员档案, 流动人口档案."""
_WORD: Final = re.compile(f"[一-鿿]{{{_AROUND}}}")


class _Use(NamedTuple):
    """A word with what stands before or after it."""

    word: str
    side: str
    company: str


@rule(
    title=("同一事物用了两种叫法", "One thing goes by two names"),
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
        流动人员档案进出（份）: ≥2000 份 # ↳键 写作“流动人员”
      14-成本指标:
        流动人口档案管理: 8 万元 # ✗键 这里写“流动人口”，前面写“流动人员”；说的是一回事的请统一叫法，是两回事的可以保留
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
    said = texts(table)
    whole = in_one(said)
    for one, other in profile.pairs("variants").items():
        found = _drift(said, one, other) if one in whole and other in whole else None
        if found:
            first, later, words = found
            message = tr(
                f"这里写“{words[1]}”，前面写“{words[0]}”；说的是一回事的请统一叫法，是两回事的可以保留",
                f"here it says “{words[1]}”, before “{words[0]}”; use one name if they are one thing, keep both if they are two",
            )
            label = tr(f"写作“{words[0]}”", f"it says “{words[0]}”")
            yield Finding(later.loc, message, [Related(first.loc, label)])


def _drift(said: Sequence[Said], one: str, other: str) -> tuple[Said, Said, tuple[str, str]] | None:
    """The first place where the one of two words follows the other in like company."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    either = re.compile(f"{re.escape(longer)}|{re.escape(shorter)}")
    seen: dict[_Use, Said] = {}
    for place in said:
        for word in either.finditer(place.text):
            rival = other if word[0] == one else one
            for use in _uses(word):
                if earlier := seen.get(use._replace(word=rival)):
                    return earlier, place, (rival, word[0])
                seen.setdefault(use, place)
    return None


def _uses(word: re.Match[str]) -> Iterator[_Use]:
    """Once with what stands before it, once with what stands after, where that is whole words."""
    before, after = word.string[: word.start()][-_AROUND:], word.string[word.end() :][:_AROUND]
    for side, company in (("before", before), ("after", after)):
        if _WORD.fullmatch(company):
            yield _Use(word[0], side, company)
