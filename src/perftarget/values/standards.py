"""Named standards and official classes, which measure a value without a number: GB 3838, Ⅲ类, 一级A, C30."""

from __future__ import annotations

import re
from typing import Final

from perftarget.text.normalize import cached_by_text, split_words

STANDARD_WORDS: Final = split_words(
    """
    国家标准 国标 行业标准 地方标准 团体标准 企业标准 技术标准 技术规范 设计标准 设计规范 验收标准 验收规范 课程标准
    建设标准 排放标准 卫生标准 质量标准 考核标准 评定标准 技术规程
    """
)
"""Words that name a standard that can be looked up."""
CLASSES: Final = (
    r"[ⅠⅡⅢⅣⅤIVX]{1,3}类(?:水体?|水质|标准)?",
    "[一二三四五]类(?:水体?|水质|地区|标准)?",
    "[一二三四五六]级(?:[AB]|[甲乙丙]等|公路|标准|水平|资质)?(?:标准)?",
    "[ⅠⅡⅢⅣⅤ]级",
    "[甲乙丙]级(?:资质)?",
    "[1-5]?A{1,5}级(?:景区|标准)?",
    "[A-D]级",
    "C[1-9][05](?:混凝土|砼)?",
    "M[0-9]{1,2}(?:[.]5)?(?:砂浆)?",
    "HPB[0-9]{3}|HRB[0-9]{3}E?",
    "P(?:6|8|10|12)",
    "(?:DN|[φΦ])[0-9]{2,4}",
)
"""Official classes: of water, roads, hospitals, scenic areas, concrete."""
_BODIES: Final = "GB|DB|JGJ|JTG|CJJ|HJ|SL|NY|LY|WS|DL|YD|GA|AQ|TB|QB|CJ|JT|T/|ISO|IEC"
_NUMBERED: Final = re.compile(rf"(?:{_BODIES})(?:/?[TZ])?[0-9/ -]{{2,}}[-—0-9.]*|《[^》]{{2,}}》")
_CLASSES: Final = "|".join(CLASSES)
_CLASS: Final = re.compile(
    r"(?:[≥≤]|达到或优于|优于或达到|不低于|不劣于|达到|达|优于|符合|满足|至少|为|评为|创建)*(?:国家|地表水|地下水|海水|环境空气|空气质量|水质)?"
    rf"(?:{_CLASSES})[苗木种]?(?:[或和及、/](?:{_CLASSES})[苗木种]?)*(?:以上|及以上|或以上)?"
)


@cached_by_text
def names_standard(text: str) -> bool:
    """Return True if the folded text names a standard or is an official class."""
    if _NUMBERED.search(text) or _CLASS.fullmatch(text):
        return True
    return any(word in text for word in STANDARD_WORDS)
