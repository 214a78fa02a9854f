"""Render docs/pictures/annex.png: the first page of the annex in LibreOffice. Needs soffice and pdftoppm.

The fonts depend on the machine, so the picture is not reproducible. It therefore stores the digest of the document
that it shows, and a test compares the digest with that of the current document.
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "annex.png"
_DIGEST_KEY = b"Source\0"
_DPI = "80"
_BORDER = b"\xc0"
"""The grey of the border, without which a white page has no visible edge on a white background."""


def document_digest(docx: Path) -> str:
    """Return the SHA-256 of the main document part of a Word file."""
    with zipfile.ZipFile(docx) as package:
        return hashlib.sha256(package.read("word/document.xml")).hexdigest()


def stored_digest() -> str:
    """Return the digest that is stored in the picture."""
    data = PICTURE.read_bytes()
    start = data.index(b"tEXt" + _DIGEST_KEY) + len(b"tEXt" + _DIGEST_KEY)
    return data[start : start + 64].decode()


def render_annex(folder: Path) -> Path:
    """Render the annex of the tables of this repository to a Word file in a folder, and return its path."""
    target = folder / "annex.docx"
    command = [sys.executable, "-m", "perftarget", "render", "--docx", "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return target


def main() -> None:
    """Render the annex to the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        docx = render_annex(folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        to_pdf = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(docx)]
        subprocess.run(to_pdf, check=True, capture_output=True)
        image = folder / "annex"
        to_pgm = ["pdftoppm", "-r", _DPI, "-gray", "-singlefile", str(folder / "annex.pdf"), str(image)]
        subprocess.run(to_pgm, check=True)
        PICTURE.write_bytes(png(image.with_suffix(".pgm").read_bytes(), document_digest(docx)))


def png(pgm: bytes, digest: str) -> bytes:
    """Convert a PGM picture to a PNG with 16 greys, a border, and the digest in a text chunk."""
    _, size, _, pixels = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    inner = (pixels[start + 1 : start + width - 1] for start in range(width, width * (height - 1), width))
    border = _BORDER * width
    rows = [border, *(_BORDER + row + _BORDER for row in inner), border]
    packed = b"".join(b"\0" + bytes(_pack_row(row)) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    text = _DIGEST_KEY + digest.encode()
    parts = [(b"IHDR", header), (b"tEXt", text), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _pack_row(row: bytes) -> Iterator[int]:
    """Return bytes of two pixels each, with four bits for a pixel."""
    row += b"\0" * (len(row) % 2)
    return (row[index] & 0xF0 | row[index + 1] >> 4 for index in range(0, len(row), 2))


if __name__ == "__main__":
    main()
