"""What a file gives to a run as bytes, to travel and to be kept; nothing else can be made of them."""

from __future__ import annotations

import pickle
import zlib
from io import BytesIO
from typing import Any, Final

from perftarget.runner.check_file import Examined

_LEVEL: Final = 1  # a tenth of the time of the usual one
_KNOWN: Final = {
    "perftarget.runner.check_file": {"Examined"},
    "perftarget.linter.diagnostic": {
        "Tally",
        "Diagnostic",
        "Open",
        "Mark",
        "Correction",
        "Change",
        "Severity",
        "Sheet",
    },
    "perftarget.text.source": {"Place", "Span"},
    "perftarget.linter.cross_table": {"Memory", "Waiving"},
    "perftarget.linter.fact_store": {"Kept"},
    "perftarget.formats.grid": {"Grid", "Cell"},
    "collections": {"Counter"},
    "decimal": {"Decimal"},
}


def pack(examined: Examined) -> bytes:
    return zlib.compress(pickle.dumps(examined, pickle.HIGHEST_PROTOCOL), _LEVEL)


def unpack(data: bytes) -> Examined:
    """Raises ValueError for what is nothing that `pack` made."""
    try:
        found = _Unpickler(BytesIO(zlib.decompress(data))).load()
    except Exception as error:  # garbled bytes raise whatever they happen to ask for
        raise ValueError(str(error)) from error
    if not isinstance(found, Examined):
        raise ValueError(type(found).__name__)  # noqa: TRY004 - of the data, not of the code
    return found


class _Unpickler(pickle.Unpickler):
    """Makes what a result consists of, and nothing else: a cache may come from somewhere else."""

    def find_class(self, module: str, name: str) -> Any:
        if name not in _KNOWN.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
