"""Parser for the labels of the tiers of indicators (一级指标, 二级指标)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_LABEL: Final = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]\s*)?([0-9]{0,3})\s*[-—－–.、．]?\s*(.*?)\s*", re.DOTALL
)


class TierLabel(NamedTuple):
    """Label of a tier as written: 11-数量指标 has the code 11 and the name 数量指标; either may be empty."""

    code: str
    name: str

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, label: str) -> TierLabel:
        """Parse a label; a label in another form is a name without a code."""
        match = _LABEL.fullmatch(label)
        return cls(*match.groups()) if match else cls("", label)
