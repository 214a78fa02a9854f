"""Regular expressions that are compiled when they are first used: of some two hundred a run uses half."""

from __future__ import annotations

import re
from typing import Any, Final, cast

_METHODS: Final = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer", "pattern")


class _Uncompiled:
    def __init__(self, text: str, flags: int) -> None:
        self._asked = (text, flags)

    def __getattr__(self, name: str) -> Any:
        """What is not here yet; from then on the methods of the compiled one are this one's own."""
        compiled = re.compile(*self._asked)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    return cast("re.Pattern[str]", _Uncompiled(text, flags))
