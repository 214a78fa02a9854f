"""TODO."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_LABEL: Final = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]\s*)?([0-9]{0,3})\s*[-—－–.、．]?\s*(.*?)\s*", re.DOTALL
)


class TierLabel(NamedTuple):
    """A tier as written on the form: 11-数量指标 is code 11 and name 数量指标; either may be absent."""

    code: str
    name: str

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, label: str) -> TierLabel:
        matched = _LABEL.fullmatch(label)
        return cls(*matched.groups()) if matched else cls("", label)
