"""Which edition of perftarget this is, to the last rule: what another edition found is not what this one would."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from perftarget import __version__

_PACKAGE: Final = Path(__file__).parent
_BESIDE: Final = ("yaml", "pydantic", "pydantic_core", "lxml")
"""What reads the files: another release may read them otherwise."""


@cache
def version_key() -> bytes:
    """A digest of the version, of each file of the package by its size and time, and of what it reads files with."""
    digest = blake2b(f"{__version__} {sys.version}".encode(), digest_size=16)
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for entry in sorted(names):
            facts = os.stat(os.path.join(folder, entry))  # noqa: PTH116, PTH118 - twice as fast
            digest.update(f"{folder}/{entry} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for name in _BESIDE:
        spec = find_spec(name)
        if spec and spec.origin:
            facts = os.stat(spec.origin)  # noqa: PTH116
            digest.update(f"{spec.origin} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.digest()
