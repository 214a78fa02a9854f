"""A key of this version of perftarget, down to the last rule: another version may find something else."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import perftarget

_PACKAGE: Final = Path(perftarget.__file__).parent
_READERS: Final = ("yaml", "pydantic", "pydantic_core", "lxml")
"""The packages that read files: another release of one may read them differently."""


@cache
def version_key() -> bytes:
    """Return a digest of the version, of the size and time of each file of the package, and of the readers' files."""
    digest = blake2b(f"{perftarget.__version__} {sys.version}".encode(), digest_size=16)
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            facts = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - twice as fast
            digest.update(f"{folder}/{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for name in _READERS:
        spec = find_spec(name)
        if spec and spec.origin:
            facts = os.stat(spec.origin)  # noqa: PTH116
            digest.update(f"{spec.origin} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.digest()
