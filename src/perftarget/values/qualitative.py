"""Values in words: grades, booleans, trends, references to the budget, placeholders and prose."""

import re
from dataclasses import dataclass, field

from perftarget.text.normalize import split_words
from perftarget.values.measures import TREND_VERBS, Operator, Quantity, Zero, direction
from perftarget.values.number_parser import parse_number
from perftarget.values.units import KINDS, PERIODS, Unit


@dataclass(frozen=True, slots=True)
class Grade:
    """Grade as a target: `优`, `≥良好`."""

    name: str
    operator: Operator | None = None
    reach: str = ""
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return f"{self.reach}{self.operator or ''}{self.name}"


@dataclass(frozen=True, slots=True)
class Scale:
    """List of all grades, which is no target: `好/一般/差`."""

    grades: tuple[str, ...]
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return "/".join(self.grades)


@dataclass(frozen=True, slots=True)
class Boolean:
    """Yes or no: `是`, `未完成`."""

    word: str
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return self.word

    @property
    def answer(self) -> bool:
        """True for a positive word."""
        return BOOLEANS.get(self.word, True)


@dataclass(frozen=True, slots=True)
class Trend:
    """Change without an amount: `显著提高`; the direction is up, down or steady, or None for 明显 alone."""

    text: str
    direction: str | None
    intensifier: str = ""
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class BudgetReference:
    """Reference to the budget: `控制在预算内`; `hint` is the first amount of money in it."""

    text: str
    hint: Quantity | None = None
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Unfilled cell: `—`, `待定`, `≥**%`."""

    text: str
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is none of the other values, usually prose."""

    text: str
    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return self.text

    @property
    def vague_time(self) -> bool:
        """True for a time that cannot be checked: 及时, 长期."""
        return self.text in VAGUE_TIMES

    @property
    def sentence(self) -> bool:
        """True for prose, as opposed to one or two words."""
        return len(self.text) > 12 or not _PUNCTUATION.isdisjoint(self.text)


@dataclass(frozen=True, slots=True)
class Empty:
    """Cell without text."""

    raw: str = field(default="", compare=False)

    numeric = False

    def __str__(self) -> str:
        return ""


_PUNCTUATION = frozenset("，。；：、,;:！？")
VAGUE_TIMES = split_words(
    """
    及时 按时 准时 适时 实时 长期 短期 中长期 尽快 即时 随时 定期 不定期 按期 如期 按时完成 及时完成
    按期完成
    """
)
GRADES = split_words(
    """
    优 良 中 差 优秀 优良 优等 良好 中等 一般 较好 较差 较高 较低 很好 极好 好 高 低 满意 基本满意
    不满意 非常满意 较满意 比较满意
    """
)
BOOLEANS = {
    **dict.fromkeys(split_words("是 有 完成 已完成 全部完成 合格 通过 达标 符合 到位 全覆盖 已建成"), True),
    **dict.fromkeys(split_words("否 不合格 未完成 不通过 未通过 不达标 未达标 不符合 未到位"), False),
}
NOTE = re.compile(
    "(?<![等接招期对优])待(?![遇业办岗])|暂(?!住)|(?<!周)详(?!细)|(?<![意可])见(?![习义证])|(?<!评)估|(?<![模虚])拟|附(?![近属])|另"
)
"""Remarks that are no part of a target: 待核实, 暂定, 详见附表; but not 接待, 评估, 意见."""
ABSENT_WORDS = frozenset(("无", "没有"))
# Events that should not occur; in an indicator with such a name 无 is a target, elsewhere an unfilled cell.
_EVENTS = re.compile(
    "事故|事件|投诉|上访|信访|违规|违法|违纪|案件|纠纷|差错|错误|隐患|举报|舆情|伤亡|死亡|拖欠|截留|挪用|疫情|火灾|污染"
)
_NEVER = re.compile(
    "杜绝|(?:不|零|未|无|杜绝|没有)(?:发生)?(?:重大|安全|责任|生产|群体性|质量|较大|有效){0,4}"
    "(?:发生|出现|事故|投诉|事件|上访|信访|差错|举报|拖欠|违规|违法|违纪|火灾|伤亡|死亡|污染|纠纷|逾期|遗漏)"
    "(?:发生|事故|事件|问题|现象|行为)?"
)
_UNFILLED_WORDS = split_words("待定 待填 暂无 空 略 未定 待确定 待核定 不适用 N/A n/a NA TBD 未知 同上")
_BLANK = re.compile(
    r"[-—–―−/\\*×xX_.…?？~·]+|(?:[≥≤><=]|不低于|不超过)?[*×_xX…?？]+[^0-9*×_xX…?？]{0,4}|(?:[≥≤><]=?|=)%?|%"
)
_TEMPLATE_MARK = re.compile("[xX*×_]{2}")
_TEMPLATE = re.compile("(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|[*×_]{2,}")
_INTENSIFIERS = split_words(
    """
    显著 明显 有效 持续 不断 逐步 稳步 逐渐 进一步 大幅度 大幅 有所 得到 切实 全面 较大 较快 大大 极大
    充分 逐年 日益 更加 基本 继续 平稳 长期 保持 稳定 积极
    """
)
_TREND = re.compile(
    rf"(?P<how>(?:{'|'.join(_INTENSIFIERS)}){{0,3}})地?(?P<verb>{'|'.join(TREND_VERBS)})(?P<after>明显|显著|较大|较快)?"
    "|(?P<only>(?:效果|成效)?(?:显著|明显)|有效|不断|充分)"
)
_GRADE_WORDS = "|".join(sorted(GRADES, key=len, reverse=True))
_GRADED = re.compile(
    rf"(?P<reach>达到|达)?(?P<least>≥|>=|不低于|至少)?(?P<name>{_GRADE_WORDS})(?P<above>及?以上|及以上等次|以上等次)?"
)
_SINGLE_GRADES = frozenset("优良中低差高好")
_SCALE_MARKS = re.compile("[/、,，;；|]")
_BUDGET = re.compile(
    r"(?:严格|应|应当|确保|成本|支出|总成本|费用|资金)*(?:控制|不超|不突破|未超|≤|<|低于|小于|不高于|按|依据|根据|执行|符合|在).{0,80}?"
    r"(?:预算|年度金额|概算|批复|资金总额|总投资|财政资金|下达).{0,60}|预算(?:内|以内|范围内|控制数内|执行)"
    r"|严格(?:按|执行|遵守|控制).{0,120}(?:元|标准|规定|制度).{0,60}|按.{0,80}元.{0,60}|按.{0,20}标准(?:执行|发放|支付)?"
)
# Denominators of the amount in a reference; 人执行 in 1000元/人执行 is none of them.
_DENOMINATORS = {*KINDS, *PERIODS}
_HINT = re.compile(r"[0-9][0-9,.]{0,20}[^0-9，。；：、,;:（）()\s]{0,8}")


def parse_placeholder(text: str, raw: str, body: str) -> Placeholder | None:
    """Parse an unfilled cell or template, or 无, which `absent_value` may turn into a target."""
    template = _TEMPLATE_MARK.search(body) and _TEMPLATE.search(body)
    is_unfilled = template or body in ABSENT_WORDS or body in _UNFILLED_WORDS or _BLANK.fullmatch(body)
    return Placeholder(text, raw) if is_unfilled else None


def parse_grade_or_boolean(body: str, raw: str) -> Boolean | Grade | Zero | None:
    """Parse a grade, a boolean, or a phrase such as 不发生, which is a target of zero."""
    if body in BOOLEANS:
        return Boolean(body, raw)
    if _NEVER.fullmatch(body):
        return Zero(Unit("起"), raw)
    match = _GRADED.fullmatch(body)
    if not match:
        return None
    operator = Operator.AT_LEAST if match["least"] or match["above"] else None
    return Grade(match["name"], operator, match["reach"] or "", raw)


def absent_value(value: Placeholder, name: str) -> Zero | Placeholder:
    """Return zero for 无 in an indicator of events such as 事故, else the placeholder."""
    return Zero(Unit("起"), value.raw) if value.text in ABSENT_WORDS and _EVENTS.search(name) else value


def parse_trend(body: str, raw: str) -> Trend | None:
    """Parse a trend: 显著提高, 减少, 明显."""
    match = _TREND.fullmatch(body)
    if not match:
        return None
    if match["only"]:
        return Trend(body, None, body, raw)
    return Trend(body, direction(match["verb"]), match["how"] or match["after"] or "", raw)


def parse_scale(body: str, raw: str) -> Scale | None:
    """Parse a list of grades or booleans: 优良中低差, 好/一般/差, 是/否."""
    if 3 <= len(body) <= 5 and len(set(body)) == len(body) and _SINGLE_GRADES.issuperset(body):
        return Scale(tuple(body), raw)
    grades = tuple(_SCALE_MARKS.split(body))
    is_scale = len(grades) > 1 and all(
        grade in GRADES or grade in BOOLEANS or grade in ABSENT_WORDS for grade in grades
    )
    return Scale(grades, raw) if is_scale and len(set(grades)) == len(grades) else None


def parse_budget_reference(text: str, raw: str, body: str) -> BudgetReference | None:
    """Parse a reference to the budget: 控制在预算内, 严格按照1000元/人."""
    return BudgetReference(text, _find_amount(body), raw) if _BUDGET.fullmatch(body) else None


def _find_amount(body: str) -> Quantity | None:
    """Return the first amount of money in the text."""
    for match in _HINT.finditer(body):
        for end in range(len(match.group()), 0, -1):
            quantity = parse_number(match.group()[:end], match.group()[:end])
            if quantity is not None and quantity.money is not None and set(quantity.per) <= _DENOMINATORS:
                return quantity
    return None
