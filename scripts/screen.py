"""What a command says, drawn as an SVG: the text with its colours, each run of it as wide as a terminal shows it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = ["validate", "data/projects/公益性岗位人员岗位补贴.yaml", "--select", "amount-mismatch"]
_CELL, _LINE, _SIZE, _EDGE = 7.8, 21, 14, 16
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_FACES = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"
_STYLE = f"""
  text {{ font: {_SIZE}px {_FACES}; fill: #1f2328; white-space: pre }}
  rect {{ fill: #f6f8fa; stroke: #d1d9e0 }}
  .bold {{ font-weight: 600 }}
  .red {{ fill: #cf222e }} .yellow {{ fill: #9a6700 }} .cyan {{ fill: #0969da }} .blue {{ fill: #59636e }}
  @media (prefers-color-scheme: dark) {{
    text {{ fill: #f0f6fc }}
    rect {{ fill: #151b23; stroke: #3d444d }}
    .red {{ fill: #ff7b72 }} .yellow {{ fill: #e3b341 }} .cyan {{ fill: #79c0ff }} .blue {{ fill: #9198a1 }}
  }}
"""


def drawn() -> str:
    """A finding in one of the five tables, as a terminal shows it."""
    said = Text.from_ansi(_said()).split("\n")
    width = round(max(cell_len(line.plain) for line in said) * _CELL + 2 * _EDGE)
    height = len(said) * _LINE + 2 * _EDGE
    title = escape("\n".join(line.plain for line in said))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">'
    category = f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>'
    lines = (one for number, line in enumerate(said) for one in _line(line, _EDGE + number * _LINE + _SIZE))
    return "\n".join([head, f"<title>{title}</title>", f"<style>{_STYLE}</style>", category, *lines, "</svg>", ""])


def _said() -> str:
    """The finding, without the summary."""
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1", "TERM": "xterm", "NO_COLOR": ""}
    asked = [sys.executable, "-m", "perftarget", *ARGUMENTS, "--no-cache", "--color", "always", "--lang", "zh"]
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8")
    return done.stdout.partition("\n\n")[0]


def _line(line: Text, y: int) -> Iterator[str]:
    """Each run of one style, at its place and in its width, whatever faces there are."""
    marks = sorted({0, len(line), *(edge for span in line.spans for edge in (span.start, span.end))})
    for start, end in pairwise(marks):
        text = line.plain[start:end]
        if text.strip():
            names = " ".join(
                name for span in line.spans if span.start <= start < span.end for name in _names(span.style)
            )
            x = _EDGE + cell_len(line.plain[:start]) * _CELL
            width = cell_len(text) * _CELL
            kind = f' class="{names}"' if names else ""
            yield f'<text x="{x:.1f}" y="{y}" textLength="{width:.1f}"{kind}>{escape(text)}</text>'


def _names(style: str | Style) -> Iterator[str]:
    """The classes for a style that was read from a terminal's codes."""
    if isinstance(style, Style):
        if style.bold:
            yield "bold"
        if style.color and style.color.number is not None:
            yield _COLOURS[style.color.number % 8]
