"""Content digests."""

from __future__ import annotations

from hashlib import blake2b


def digest(data: bytes) -> str:
    """Return a 128-bit BLAKE2b digest of the bytes, as 32 hexadecimal characters."""
    return blake2b(data, digest_size=16).hexdigest()
