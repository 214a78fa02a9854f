"""Writer of forms as a self-contained HTML page, with a page break between forms in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from perftarget.formats.grid import Cell, Grid
from perftarget.text.control_characters import escape_controls

_STYLE: Final = """
:root { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; font: 16px/1.5 FangSong, "Noto Serif CJK SC", serif; }
h1 { font-size: 1.4rem; text-align: center; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0 0 3rem; }
caption { font-weight: bold; font-size: 1.2rem; padding: .75rem; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: center; white-space: pre-wrap; overflow-wrap: anywhere; }
th { font-weight: normal; }
th[scope=col], th.caption { font-family: SimHei, "Noto Sans CJK SC", sans-serif; }
.name, .goals { text-align: left; }
.unit { border: 0; text-align: right; }
@page { size: A4 portrait; margin: 37mm 26mm 35mm 28mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; }
  table { break-inside: avoid; }
  table + table { break-before: page; }
}
"""
_COLUMN_WIDTHS: Final = ("17.4%", "24.2%", "34.2%", "24.2%")
_SCOPES: Final = {"caption": "row", "head": "col", "tier": "rowgroup"}


def write(grids: Sequence[Grid], *, title: str) -> str:
    """Return the page; all text is escaped."""
    name = escape(escape_controls(title))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
        f"{''.join(map(render_form, grids))}</body>\n</html>\n"
    )


def render_form(grid: Grid) -> str:
    """Return one form as an HTML table."""
    title = next((cell.text for cell in grid.cells if cell.role == "title"), "")
    columns = "".join(f'<col style="width: {width}">' for width in _COLUMN_WIDTHS)
    rows = "".join(f"<tr>{''.join(cells)}</tr>\n" for cells in _rows(grid))
    return f"<table>\n<caption>{_text(title)}</caption>\n<colgroup>{columns}</colgroup>\n{rows}</table>\n"


def _rows(grid: Grid) -> Iterator[list[str]]:
    """Yield the cells of each row below the title."""
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        if cell.role != "title":
            rows[cell.row].append(_cell(cell))
    return (row for row in rows[1:])


def _cell(cell: Cell) -> str:
    scope = _SCOPES.get(cell.role)
    tag = "th" if scope else "td"
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f'<{tag} class="{cell.role}"{f" scope={scope}" if scope else ""}{spans}>{_text(cell.text)}</{tag}>'


def _text(text: str) -> str:
    """Return the escaped text, isolated so that right-to-left text does not affect the text around it."""
    visible = "\n".join(map(escape_controls, text.split("\n")))
    return f"<bdi>{escape(visible)}</bdi>"
