"""Measurable values: quantity, range, change, frequency and zero."""

from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from enum import StrEnum
from functools import cached_property

from perftarget.text.normalize import split_words
from perftarget.values.units import SCALES, Unit

# Precise enough for any number that is parsed, so that a scale never rounds.
_EXACT = Context(prec=120)


class Operator(StrEnum):
    """Comparison operator of a target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    ABOVE = ">"
    BELOW = "<"
    EQUAL = "="

    @property
    def mirrored(self) -> "Operator":
        """Operator after both sides are negated."""
        return Operator(self.value.translate(_MIRROR))


_MIRROR = str.maketrans("≥≤><", "≤≥<>")
_AFTER_EVENT = ("后", "起")
_SUFFIX = {Operator.AT_LEAST: "以上", Operator.AT_MOST: "以下"}


@dataclass(frozen=True)  # without slots, for the cached properties that many rules use
class Quantity:
    """Number as written, with its operator, scale and unit: `≥95%`, `718`, `12万元`."""

    number: Decimal
    unit: Unit | None = None
    operator: Operator | None = None
    raw: str = field(default="", compare=False)
    scale: str = ""
    approximate: bool = False
    reach: str = ""
    """Verb such as 达到 or 提高到, which leaves open if the number is to be met or exceeded."""
    conflict: tuple[Operator, ...] = ()
    """Operators that contradict each other, in order; `operator` is None then."""
    words: tuple[str, ...] = field(default=(), compare=False)
    """Words that express the operator: ("≥",), ("以上",), ("不低于", "以上")."""
    lead: str = ""
    """Words before the operator and the number: 全年, 培训, 合同签订后."""
    rest: str = ""
    """Words after the unit: 宣传 in 2次宣传, 达标 in 100%达标."""

    numeric = True

    def __post_init__(self) -> None:
        # 万元 as a unit (from a column or a name) is split into scale and unit, so that equal amounts compare equal.
        if self.unit is not None and self.unit.scale:
            if self.scale:
                raise ValueError(f"two scales: {self.scale}{self.unit}")
            object.__setattr__(self, "scale", self.unit.scale)
            object.__setattr__(self, "unit", replace(self.unit, scale=""))

    def __str__(self) -> str:
        return f"{self.lead}{self._compared}{self.rest}"

    @property
    def _compared(self) -> str:
        """Canonical notation of the number with its operator and unit, without the words around them."""
        number = f"{self.number:f}{self.scale}{self.unit or ''}"
        if (
            self.operator is Operator.AT_MOST
            and self.lead.endswith(_AFTER_EVENT)
            and not self.approximate | bool(self.reach)
        ):
            return f"{number}内"
        approximately = "约" if self.approximate else ""
        if self.reach:
            return approximately + self.reach + number + (_SUFFIX[self.operator] if self.operator else "")
        if not self.conflict:
            return approximately + (self.operator or "") + number
        *first, last = self.conflict
        if last in _SUFFIX:
            return approximately + "".join(first) + number + _SUFFIX[last]
        return approximately + "".join(self.conflict) + number

    @cached_property
    def amount(self) -> Decimal:
        """Number multiplied by its scale: 12万 → 120000."""
        if not self.scale:
            return self.number
        amount = _EXACT.multiply(self.number, SCALES[self.scale])
        # 1796.02万 is 17960200 and not 17960200.00.
        whole = amount.to_integral_value(context=_EXACT)
        return whole if whole == amount else amount

    @cached_property
    def money(self) -> Decimal | None:
        """Amount in 元, or None if the unit is not money."""
        return self.amount if self.unit is not None and self.unit.kind == "money" else None

    @cached_property
    def per(self) -> tuple[str, ...]:
        """Denominators of the unit."""
        return self.unit.per if self.unit is not None else ()

    @cached_property
    def is_rate(self) -> bool:
        """True if the unit is % or ‰."""
        return self.unit is not None and self.unit.is_rate

    @cached_property
    def has_repeated_operator(self) -> bool:
        """True if the same operator is written twice: ≥95%以上."""
        return len(self.words) > 1 and not self.conflict

    @cached_property
    def plain(self) -> bool:
        """True without an operator or with one in the standard form: ≥95%, but not >=95%, ≧95% or 95%以上."""
        if not self.words:
            return True
        return self.words == (self.operator,) and (bool(self.lead) or self.raw.lstrip().startswith(self.words))

    @cached_property
    def bare_scale(self) -> bool:
        """True if there is a scale without a unit: 12万."""
        return bool(self.scale) and (self.unit is None or not self.unit.symbol)

    def with_unit(self, unit: Unit) -> "Quantity":
        """Return the same number with a unit from the unit column or the name."""
        return replace(self, unit=unit)


@dataclass(frozen=True, slots=True)
class Range:
    """Range of two quantities, `3—5家`; both ends have the unit, even if only one of them is written with it."""

    low: Quantity
    high: Quantity
    raw: str = field(default="", compare=False)
    one_sided: bool = field(default=False, compare=False)
    """True if one end took its unit or scale from the other: 80-100%, 10-12万."""
    lead: str = ""
    rest: str = ""

    numeric = True

    def __str__(self) -> str:
        return f"{self.lead}{self._limits}{self.rest}"

    @property
    def _limits(self) -> str:
        """Canonical notation without the words around it."""
        # GB/T 15835: a percent sign and a scale are written at both ends, another unit only once.
        if self.low.is_rate or self.low.scale != self.high.scale:
            return f"{self.low}—{self.high}"
        return f"{replace(self.low, unit=None)}—{self.high}"

    @property
    def unit(self) -> Unit | None:
        """Unit of both ends."""
        return self.high.unit

    @property
    def is_rate(self) -> bool:
        """True if the unit is % or ‰."""
        return self.high.is_rate

    @property
    def reversed(self) -> bool:
        """True if the low end is above the high end."""
        return self.low.amount > self.high.amount


@dataclass(frozen=True, slots=True)
class Delta:
    """Change by an amount, with or without its base: `较上年提高3个百分点`."""

    quantity: Quantity | Range
    verb: str = ""
    base: str = ""
    raw: str = field(default="", compare=False)
    lead: str = ""
    """Whose change it is: 人均, 户均."""

    numeric = True

    def __str__(self) -> str:
        return f"{self.lead}{self.base}{self.verb}{self.quantity}"

    @property
    def direction(self) -> str | None:
        """Direction of the change, or None without a verb: 较上年≥5%."""
        return direction(self.verb) if self.verb else None

    @property
    def signed(self) -> Quantity | None:
        """Change as a signed number, 下降≥5% as ≤−5%; None for a range or contradictory operators."""
        change = self.quantity
        if isinstance(change, Range) or change.conflict:
            return None
        if self.direction != "down":
            return change
        return replace(change, number=-change.number, operator=change.operator and change.operator.mirrored)


@dataclass(frozen=True, slots=True)
class Frequency:
    """Number of events per period (`≥4次/年`, with the unit 次/年), or a period alone.

    `按月` is a period; `每季度末月20日` is a period with 末月20日 as `at`; the action of 按月发放 is 发放.
    """

    period: str
    quantity: Quantity | None = None
    at: str = ""
    raw: str = field(default="", compare=False)
    action: str = ""

    numeric = True

    def __str__(self) -> str:
        if self.quantity is not None:
            return str(self.quantity)
        return f"每{self.period}{self.at}{self.action}" if self.at else f"按{self.period}{self.action}"


@dataclass(frozen=True, slots=True)
class Zero:
    """Target of no events, `0起` or `不发生`; the unit is None for a bare 0."""

    unit: Unit | None = None
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        return f"=0{self.unit or ''}"

    @property
    def number(self) -> Decimal:
        """Always 0, as the number of a quantity."""
        return Decimal(0)


_UP = split_words(
    """
    提高 提升 增强 增加 增长 上升 上涨 扩大 增幅 增收 改善 改进 优化 好转 完善 加强 促进 推动 推进 向好
    丰富 加快 拉动 带动
    """
)
_DOWN = split_words(
    """
    减少 降低 下降 缓解 减轻 缩小 缩短 减弱 遏制 压减 压降 下跌 降幅 节约
    """
)
_STEADY = split_words("稳定 保持 维持 平稳 保障 不变 持平 巩固 持续 可持续")
TREND_VERBS = (*_UP, *_DOWN, *_STEADY)
DELTA_VERBS = split_words(
    "提高 提升 增加 增长 上升 上涨 扩大 增幅 增收 减少 降低 下降 缩小 缩短 压减 压降 下跌 降幅 节约"
)


def direction(verb: str) -> str:
    """Return the direction of a verb: up, down or steady."""
    return "up" if verb in _UP else "down" if verb in _DOWN else "steady"
