"""Units of targets: kinds, aliases, scales, and composite units such as 元/人·月.

The set is open: a short word that is not in the lists is a unit of unknown kind.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from perftarget.text.chinese_numerals import NUMERALS
from perftarget.text.normalize import compact, fold

_SYMBOLS = {
    "count": """
    人 人次 名 位 户 户次 家 个 台 台次 套 台套 台/套 件 份 册 本 辆 辆次 处 座 所 间 栋 幢 家次 件次 度 条 项 篇 期
    场 场次 次 班 班次 例 起 宗 批 批次 株 棵 头 只 羽 张 幅 部 支 台班 组 队 门 节 课时 学时 村 镇 乡 社区
    块 盏 根 口 面 枚 眼 孔 扇 站 点 袋 桶 车 笔 单 卷 校 街道 乡镇 标段 艘 架 盘 床 层 段 轮 集 首 匹 片 盒 箱 瓶 颗 粒
    尾 束 捆 版 届 趟 身 顶 令 刊 端 员 站点 点位 行政村 自然村 学生 床位 工位 车位 泊位
    人·月 人·年 人·天 人·日 点次
    """,
    "area": "平方米 公顷 亩 平方公里 平方千米",
    "length": "米 公里 千米 厘米 毫米 延米 微米",
    "volume": "立方米 升 毫升",
    "mass": "吨 千克 公斤 克 毫克 微克 吨标准煤",
    "energy": "千瓦 千瓦时 兆瓦",
    "time": """
    天 日 个工作日 个自然日 个日历天 小时 分钟 秒 毫秒 周 个月 个季度 学期 学年 年
    """,
    "money": "元",
    "currency": "美元 欧元 港元 日元",
    "ratio": "% ‰ 个百分点 倍 比例",
    "sound": "分贝 dB(A)",
    "pressure": "MPa kPa Pa",
    "data": "TB GB MB KB Mbps Gbps kbps dpi ppi fps",
    "electricity": "kV V A W kVA Hz",
    "score": "分 级 星 星级",
    "temperature": "℃",
}
KINDS = {symbol: kind for kind, symbols in _SYMBOLS.items() for symbol in symbols.split()}

# Only spellings that certainly mean the same unit, so that replacing them is safe.
ALIASES = {
    **dict.fromkeys(("平米", "㎡", "m²", "m2", "M²", "M2"), "平方米"),
    **dict.fromkeys(("立方", "m³", "m3", "㎥"), "立方米"),
    **dict.fromkeys(("km²", "km2", "㎢"), "平方公里"),
    **dict.fromkeys(("km", "KM", "Km", "㎞"), "公里"),
    **dict.fromkeys(("kg", "KG", "Kg", "㎏"), "千克"),
    **dict.fromkeys(("百分点", "个百分比"), "个百分点"),
    **dict.fromkeys(("工作日", "个工作天", "工作天"), "个工作日"),
    **dict.fromkeys(("星期", "个星期"), "周"),
    "人·次": "人次", "人月": "人·月", "人年": "人·年", "人天": "人·天", "人日": "人·日",
    "m": "米", "cm": "厘米", "mm": "毫米",
    **dict.fromkeys(("百分比", "百分数"), "%"),
    **dict.fromkeys(("hm²", "hm2", "ha"), "公顷"),
    **dict.fromkeys(("kW", "KW", "kw"), "千瓦"), **dict.fromkeys(("MW",), "兆瓦"),
    **dict.fromkeys(("kWh", "KWh", "KWH", "kwh", "kW·h", "KW·h", "kw·h"), "千瓦时"),
    **dict.fromkeys(("ml", "mL", "ML"), "毫升"), "L": "升", "t": "吨", "g": "克", "mg": "毫克", "ug": "微克",
    **dict.fromkeys(("μg", "µg"), "微克"), **dict.fromkeys(("dB", "db"), "分贝"),
    **dict.fromkeys(("h", "H"), "小时"), "min": "分钟", "s": "秒", "ms": "毫秒", "d": "天",
    **dict.fromkeys(("日历天", "日历日", "个日历日"), "个日历天"),
    "自然日": "个自然日", "个小时": "小时", "月": "个月", "季度": "个季度", "个学期": "学期",
    "元人民币": "元", "元整": "元", "个人": "人", "℅": "%", "摄氏度": "℃",
}  # fmt: skip

# Units that the author may have meant; a rule suggests them, and they are never applied here.
SUGGESTIONS: dict[str, tuple[str, ...]] = {"人/次": ("人次",), "M": ("米", "兆", "百万"), "台/套": ("台套",)}

_POWERS = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
}
SCALES = {name: Decimal(10**power) for name, power in _POWERS.items()}
_SCALE = re.compile("|".join(SCALES))
PERIODS = {
    "日": "日",
    "天": "天",
    "周": "周",
    "星期": "周",
    "月": "月",
    "季": "季度",
    "季度": "季度",
    "半年": "半年",
    "学期": "学期",
    "学年": "学年",
    "年": "年",
}
FREQUENT = frozenset(("次", "场", "场次", "期", "轮", "班", "班次"))
MAX_DENOMINATORS = 3
"""As in 人·次·年; a unit with more of them is rejected."""
_SLASH = re.compile("/每?|每")
_DIVIDERS = re.compile("/每?|[·*×.、]每?|每")
_BRACKETED = re.compile("[(（](.+)[)）]")
_ALTERNATIVE = re.compile("(.+)[(（](.+)[)）]")
_WORD = re.compile("[\u3400-\u9fff]+|[A-Za-z\u00b5\u03bc\u03a9]+")
_DOUBLED = re.compile(r"(.)\1")
_LIKE_DIGITS = frozenset("OoIlSZB")
"""Letters that are typed for a digit: 96O人次, l2次; a word of letters with one of them is not an unknown unit."""
_PERSON_TIME = re.compile(f"([人户])({'|'.join(PERIODS)})")
# Characters that do not occur in a unit, but in words such as 以上, 日前, 左右, 三成 and 待定.
_EXCLUDED = frozenset(
    "以上下内外前后底末至到的和或及与约左右含不超低高于为是在每等均按第余多提增减降升元年月待暂详见拟估注完达"
    + NUMERALS
)


@dataclass(frozen=True)
class Unit:
    """Unit of a quantity.

    `symbol` is the canonical numerator without its scale (元 of 万元/月), `per` the denominators, and `written` the
    text that was parsed.
    """

    symbol: str
    per: tuple[str, ...] = ()
    scale: str = ""
    written: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.scale + self.symbol + ("/" + "·".join(self.per) if self.per else "")

    @cached_property
    def kind(self) -> str:
        """Kind of quantity: one of those of `KINDS`, frequency or unknown."""
        if len(self.per) == 1 and self.per[0] in PERIODS and self.symbol in FREQUENT:
            return "frequency"
        plain = self.symbol.split("(")[0]  # 件(册)
        return KINDS.get(self.symbol) or KINDS.get(plain) or KINDS.get(plain.removeprefix("个"), "unknown")

    @cached_property
    def factor(self) -> Decimal:
        """Factor of the scale: 10000 for 万元."""
        return SCALES.get(self.scale, Decimal(1))

    @cached_property
    def is_rate(self) -> bool:
        """True for % and ‰ without a denominator."""
        return self.symbol in {"%", "‰"} and not self.per

    @cached_property
    def suggestions(self) -> tuple[str, ...]:
        """Units that the author may have meant."""
        return SUGGESTIONS.get(str(self), ())

    def over(self, per: tuple[str, ...]) -> "Unit":
        """Return this unit with further denominators, in the normal order: recipient, 次, period."""
        return Unit(self.symbol, _order_denominators((*self.per, *per)), self.scale, self.written)


def parse_unit(text: str) -> Unit | None:
    """Parse a unit: `万元`, `元/月/人`, `㎡`, or a word of up to three unknown characters."""
    scale, unit = scaled_unit(compact(fold(text).strip())) or ("", None)
    # 28.40/株 has a denominator alone, but a column or a name must say what is counted.
    return Unit(unit.symbol, unit.per, scale, text) if unit is not None and (unit.symbol or scale) else None


@lru_cache(maxsize=1024)
def scaled_unit(text: str) -> tuple[str, Unit | None] | None:
    """Parse the text after a number as a scale and a unit, both of them optional; None if it is something else."""
    if not text or text in SCALES:
        return text, None
    if text in KINDS or text in ALIASES:
        return "", Unit(ALIASES.get(text, text), written=text)
    if text[0] in "(（" and text[-1] in ")）":
        # 80（块） is a unit, 80（暂定） is a note.
        return scaled_unit(text[1:-1]) if is_known(text[1:-1]) or len(text) == 3 else None
    numerator, *rest = _SLASH.split(text, maxsplit=1)
    scale, symbol = _parse_numerator(numerator)
    per = _parse_denominators(rest[0]) if rest else ()
    if symbol is None or per is None or not (symbol or per):
        return None
    return scale, Unit(symbol, per, written=text)


def _parse_numerator(text: str) -> tuple[str, str | None]:
    """Parse a numerator into its scale and symbol; the symbol is None if the text is not a unit."""
    if text in KINDS or text in ALIASES:
        return "", ALIASES.get(text, text)
    match = _SCALE.match(text)
    scale = match.group() if match else ""
    rest = text[len(scale) :]
    if not rest or rest in KINDS or rest in ALIASES:
        return scale, ALIASES.get(rest, rest)
    if rest[0] == "个" and rest[1:] in KINDS:
        return scale, rest
    alternative = _ALTERNATIVE.fullmatch(rest) if rest[-1] in ")）" else None
    if alternative is not None:
        # 10万件(册) counts either; 12座（暂定） has a note.
        return scale, f"{alternative[1]}({alternative[2]})" if all(map(is_known, alternative.groups())) else None
    return scale, rest if _is_word(rest, 3) and not _is_counted_noun(rest) else None


def _is_counted_noun(text: str) -> bool:
    """Return True for a unit with a noun, such as 次宣传 and 厘米厚; 个乡镇 and 台件 are counted as a whole."""
    unit = next((text[:end] for end in (2, 1) if text[:end] in KINDS or text[:end] in ALIASES), "")
    rest = text[len(unit) :]
    return unit not in {"", "个"} and rest != "" and (len(unit) > 1 or rest not in KINDS)


def is_known(text: str) -> bool:
    """Return True for a unit or a spelling of the lists, with or without a scale: 人, 公里, 万元, 个村."""
    rest = text if text in KINDS or text in ALIASES else _SCALE.sub("", text, count=1)
    return rest in KINDS or rest in ALIASES or (rest[:1] == "个" and rest[1:] in KINDS)


def _parse_denominators(text: str) -> tuple[str, ...] | None:
    """Parse the denominators of a unit; None if one of them is not a unit or there are too many."""
    words: list[str] = []
    bracketed = _BRACKETED.fullmatch(text)
    for word in _DIVIDERS.split(bracketed[1] if bracketed else text):
        person_time = _PERSON_TIME.fullmatch(word)
        words += person_time.groups() if person_time else (word,)
    return _order_denominators(words) if len(words) <= MAX_DENOMINATORS and all(map(_is_denominator, words)) else None


def _is_denominator(word: str) -> bool:
    alternative = _ALTERNATIVE.fullmatch(word)
    if alternative is not None:
        return all(map(is_known, alternative.groups()))
    if word in KINDS or word in PERIODS or word in ALIASES or _is_word(word, 4):
        return True
    scale = _SCALE.match(word)  # 例/十万人
    return scale is not None and (scale.end() == len(word) or word[scale.end() :] in KINDS)


def _is_word(text: str, max_length: int) -> bool:
    """Return True for a short word that may be a unit of unknown kind."""
    return (
        0 < len(text) <= max_length
        and _WORD.fullmatch(text) is not None
        and _EXCLUDED.isdisjoint(text)
        and _LIKE_DIGITS.isdisjoint(text)
        and not _DOUBLED.search(text)
    )


def _order_denominators(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the canonical denominators in the normal order: recipient, 次, period."""
    names = map(_canonical_denominator, words)
    return tuple(sorted(names, key=lambda name: 2 if name in PERIODS else 1 if name == "次" else 0))


def _canonical_denominator(word: str) -> str:
    """Return the canonical form of a denominator; 个月 is a unit of time, but the denominator is 月."""
    alias = ALIASES.get(word, word)
    plain = alias.removeprefix("个")
    if plain in PERIODS:
        return PERIODS[plain]
    return plain if plain and alias in KINDS else PERIODS.get(alias, alias)  # 个体户 keeps its 个
