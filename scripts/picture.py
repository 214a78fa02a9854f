"""Draw docs/pictures/annex.png anew: the first page of the annex, as LibreOffice shows it. Wants soffice and pdftoppm.

The faces are those of the machine, so the picture cannot be made again to the byte; instead it carries the digest of
what it shows, and a test compares that with what is rendered now.
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
_KEY = b"Source\0"
_DPI = "80"
_EDGE = b"\xc0"


def digest(docx: Path) -> str:
    """Of the document itself, without what is packed around it."""
    with zipfile.ZipFile(docx) as package:
        return hashlib.sha256(package.read("word/document.xml")).hexdigest()


def carried() -> str:
    """The digest that the picture carries."""
    data = PICTURE.read_bytes()
    start = data.index(b"tEXt" + _KEY) + len(b"tEXt" + _KEY)
    return data[start : start + 64].decode()


def annex(folder: Path) -> Path:
    """The annex of the tables here."""
    target = folder / "annex.docx"
    asked = [sys.executable, "-m", "perftarget", "render", "--docx", "-o", str(target)]
    subprocess.run(asked, cwd=ROOT, check=True, capture_output=True)
    return target


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        docx = annex(folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        asked = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(docx)]
        subprocess.run(asked, check=True, capture_output=True)
        drawn = folder / "annex"
        page = ["pdftoppm", "-r", _DPI, "-gray", "-singlefile", str(folder / "annex.pdf"), str(drawn)]
        subprocess.run(page, check=True)
        PICTURE.write_bytes(png(drawn.with_suffix(".pgm").read_bytes(), digest(docx)))


def png(pgm: bytes, source: str) -> bytes:
    """A picture in grey as a PNG with sixteen greys, which is all that a page of text needs, and the digest."""
    _, size, _, pixels = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    inner = (pixels[start + 1 : start + width - 1] for start in range(width, width * (height - 1), width))
    edge = _EDGE * width  # without one a white page on a white page is no page
    rows = [edge, *(_EDGE + row + _EDGE for row in inner), edge]
    packed = b"".join(b"\0" + bytes(_packed(row)) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"tEXt", _KEY + source.encode()), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _packed(row: bytes) -> Iterator[int]:
    """Two pixels in a byte."""
    row += b"\0" * (len(row) % 2)
    return (row[index] & 0xF0 | row[index + 1] >> 4 for index in range(0, len(row), 2))


if __name__ == "__main__":
    main()
