"""SVG picture of the coloured terminal output of a command."""

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
_CELL_WIDTH, _LINE_HEIGHT, _FONT_SIZE, _MARGIN = 7.8, 21, 14, 16
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"
_STYLE = f"""
  text {{ font: {_FONT_SIZE}px {_FONTS}; fill: #1f2328; white-space: pre }}
  rect {{ fill: #f6f8fa; stroke: #d1d9e0 }}
  .bold {{ font-weight: 600 }}
  .red {{ fill: #cf222e }} .yellow {{ fill: #9a6700 }} .cyan {{ fill: #0969da }} .blue {{ fill: #59636e }}
  @media (prefers-color-scheme: dark) {{
    text {{ fill: #f0f6fc }}
    rect {{ fill: #151b23; stroke: #3d444d }}
    .red {{ fill: #ff7b72 }} .yellow {{ fill: #e3b341 }} .cyan {{ fill: #79c0ff }} .blue {{ fill: #9198a1 }}
  }}
"""


def draw_screen() -> str:
    """Return the SVG picture of a diagnostic in one of the sample tables."""
    lines = Text.from_ansi(_command_output()).split("\n")
    width = round(max(cell_len(line.plain) for line in lines) * _CELL_WIDTH + 2 * _MARGIN)
    height = len(lines) * _LINE_HEIGHT + 2 * _MARGIN
    title = escape("\n".join(line.plain for line in lines))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">'
    frame = f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>'
    elements = (
        element
        for number, line in enumerate(lines)
        for element in _text_elements(line, _MARGIN + number * _LINE_HEIGHT + _FONT_SIZE)
    )
    return "\n".join([head, f"<title>{title}</title>", f"<style>{_STYLE}</style>", frame, *elements, "</svg>", ""])


def _command_output() -> str:
    """Return the coloured output of the command without the summary."""
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1", "TERM": "xterm", "NO_COLOR": ""}
    command = [sys.executable, "-m", "perftarget", *ARGUMENTS, "--no-cache", "--color", "always", "--lang", "zh"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8")
    return done.stdout.partition("\n\n")[0]


def _text_elements(line: Text, y: int) -> Iterator[str]:
    """Yield an element for each run of one style; its length is fixed, so that the columns fit any font."""
    edges = sorted({0, len(line), *(edge for span in line.spans for edge in (span.start, span.end))})
    for start, end in pairwise(edges):
        text = line.plain[start:end]
        if text.strip():
            classes = " ".join(
                name for span in line.spans if span.start <= start < span.end for name in _style_classes(span.style)
            )
            x = _MARGIN + cell_len(line.plain[:start]) * _CELL_WIDTH
            width = cell_len(text) * _CELL_WIDTH
            attribute = f' class="{classes}"' if classes else ""
            yield f'<text x="{x:.1f}" y="{y}" textLength="{width:.1f}"{attribute}>{escape(text)}</text>'


def _style_classes(style: str | Style) -> Iterator[str]:
    """Yield the CSS classes of a style that was parsed from escape sequences."""
    if isinstance(style, Style):
        if style.bold:
            yield "bold"
        if style.color and style.color.number is not None:
            yield _COLOURS[style.color.number % 8]
