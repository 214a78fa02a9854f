"""Bytes to a short name for them: the same for the same bytes, on every machine."""

from __future__ import annotations

from hashlib import blake2b


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
