"""Recognize the heads of the indicator columns, and check them against the contents of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.words import Words, normalize_caption
from perftarget.text.normalize import fold

RESULT: Final = "result"
"""Role of a column that says what was achieved, or how it was scored."""
BAND: Final = "band"
"""Role of a column with the value of a grade (优, 良, 中, 差)."""
LEVELS: Final = frozenset({"first", "second", "name"})
"""The roles of the columns with the three levels of indicators."""
TIER_ROLES: Final = frozenset({"first", "second"})
"""The roles of the tier columns; all other columns belong to an indicator."""
SIGN_ROLES: Final = frozenset({"operator", "nature", "direction"})
"""The roles of columns with a word or sign about the target, which forms call by each other's names."""

_MAX_HEAD_LENGTH: Final = 40
_BRACKET: Final = re.compile(r"(?:[（(][^（()）]*[）)])+$")
_PATTERNS: Final = (
    (re.compile(r"一级(?:绩效)?(?:指标|目标)?(?:名称)?"), "first"),
    (re.compile(r"二级(?:绩效)?(?:指标|目标)?(?:名称)?"), "second"),
    (re.compile(r"[三四]级(?:绩效)?(?:指标|目标)?(?:名称|内容)?"), "name"),
    (re.compile(r".*(?:实际|完成|执行|得分|自评|复核|偏差|改进|可能性|达成|评分结果|扣分$).*"), RESULT),
    (re.compile(r".*(?:上年|上一年|去年|历史|基期|往年|前三年|近三年).*"), "former"),
    (re.compile(r"优秀?|良好?|中等?|差|低"), BAND),
    (re.compile(r".*(?:符号|运算|比较|值类型|值性质|方向性?|正反向|指标性质)"), "operator"),
    (re.compile(r"(?:指标)?(?:属性|定性定量)"), "nature"),
    (re.compile(r"(?:计量|度量|指标|指标值|目标值|数量|计算)?单位"), "unit"),
    (re.compile(r".*(?:权重|分值|权数)"), "weight"),
    (re.compile(r".*(?:解释|说明|描述|定义|内涵|内容|计算公式)"), "explanation"),
    (re.compile(r".*[评赋计扣得][（(]?[扣加]?[)）]?分.*(?:标准|规则|细则|办法|方法)"), "scoring"),
    (re.compile(r".*依据"), "basis"),
    (re.compile(r".*来源"), "source"),
    (re.compile(r".*佐证.*"), "evidence"),
    (re.compile(r"备注|附注"), "remark"),
    (re.compile(r"20[0-9]{2}年度?"), "value"),
    (
        re.compile(r"(?!.*(?:类型|类别|性质|方向|单位|来源|标准$)).*(?:值|目标|水平)(?!解释|说明|内容|依据).{0,6}"),
        "value",
    ),
)
_LONGER: Final = re.compile(r"中期|长期|远期|实施周?期|规划期|周期|总目标|三年|五年")
_PART_YEAR: Final = re.compile(r"半年|季度|[0-9一二三四五六七八九十]月")
_YEAR: Final = re.compile(r"年度|本年|当年|全年|年初")
_WRITTEN_YEAR: Final = re.compile(r"20[0-9]{2}")

_SIGNS: Final = frozenset(
    [
        "≥",
        "≤",
        ">",
        "<",
        "=",
        "≠",
        "±",
        ">=",
        "<=",
        "大于等于",
        "小于等于",
        "大于",
        "小于",
        "等于",
        "不低于",
        "不高于",
        "不少于",
        "不超过",
        "不等于",
        "约等于",
    ]
)
_NATURES: Final = frozenset(["定量", "定性", "定量指标", "定性指标", "文字描述", "文字"])
_DIRECTION: Final = re.compile(r"[正反逆负]向?性?(?:指标)?|越[大高多小低少]越[好优]")


@lru_cache(maxsize=8192)
def head_role(text: str, words: Words) -> tuple[str, Evidence] | None:
    """Return the role of the column that a text is the head of, with the evidence, or None.

    A role is `first` or `second` for the tiers, a column of Entry, RESULT, BAND, or `former` for an earlier year.
    """
    if len(text) > _MAX_HEAD_LENGTH:
        return None
    head = normalize_caption(text)
    role = words.head_roles.get(head) or words.head_roles.get(_BRACKET.sub("", head))
    if role:
        return (role, Evidence.EXACT)
    bare = _BRACKET.sub("", head)
    return next(((role, Evidence.PATTERN) for pattern, role in _PATTERNS if pattern.fullmatch(bare)), None)


def head_rank(text: str, words: Words) -> int:
    """Return the rank of a column head among those with the same role; the lowest rank is preferred."""
    head = normalize_caption(text)
    ranks = words.head_ranks
    return ranks.get(head, ranks.get(_BRACKET.sub("", head), len(ranks)))


def horizon_rank(text: str) -> int:
    """Return how near a head or a title is to the year's target: 0 for the year, 1 if it does not say, 2 for others."""
    head = normalize_caption(text)
    if _PART_YEAR.search(head):
        return 2
    if _YEAR.search(head):
        return 0
    if _LONGER.search(head):
        return 2
    return 0 if _WRITTEN_YEAR.search(head) else 1


@lru_cache(maxsize=8192)
def sign_role(text: str) -> str:
    """Return the role of a word or sign about a target by its own text, or "": operator, nature or direction."""
    word = "".join(fold(text).split())
    if word in _SIGNS:
        return "operator"
    if word in _NATURES:
        return "nature"
    return "direction" if _DIRECTION.fullmatch(word) else ""


def role_of_contents(texts: Sequence[str], words: Words) -> str:
    """Return the role of a column that follows from all texts in it, or "".

    Signs and words about a target count only if at least one is a sign or all are of one kind.
    """
    filled = [text for text in texts if text.strip()]
    if not filled:
        return ""
    signs = [sign_role(text) for text in filled]
    if all(signs):
        return "operator" if "operator" in signs else signs[0] if len(set(signs)) == 1 else "direction"
    labels = [words.tier_label(text) for text in filled]
    if all(map(words.is_first_tier, labels)) and not all(map(words.is_second_tier, labels)):
        return "first"
    return "second" if all(map(words.is_second_tier, labels)) else ""
