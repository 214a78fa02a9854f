"""Writer of forms as Markdown, for review comments: a table of fields and a table of indicators per form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftarget.formats.grid import Cell, Grid
from perftarget.text.markdown import escape_page_markdown


def write(grids: Sequence[Grid], *, title: str) -> str:
    """Return the Markdown text; the text of a merged cell is written in its first row, since Markdown has no spans."""
    return f"# {escape_page_markdown(title)}\n\n" + "\n".join("\n".join(_form(grid)) + "\n" for grid in grids)


def _form(grid: Grid) -> Iterator[str]:
    """Yield the lines of one form."""
    head = next((cell.row for cell in grid.cells if cell.role == "head"), grid.rows)
    above = [cell for cell in grid.cells if cell.row < head]
    title, unit = (next((cell.text for cell in above if cell.role == role), "") for role in ("title", "unit"))
    yield f"**{escape_page_markdown(title)}** {escape_page_markdown(unit)}"
    yield from ("", "| 栏目 | 内容 |", "|---|---|")
    captions = [cell for cell in above if cell.role == "caption"]
    values = [cell for cell in above if cell.role in {"value", "other", "goals"}]
    for caption, value in zip(captions, values, strict=True):
        yield f"| {_text(caption)} | {_text(value)} |"
    yield ""
    for row in range(head, grid.rows):
        cells = {cell.column: cell for cell in grid.cells if cell.row == row}
        yield "| " + " | ".join(_text(cells.get(column)) for column in range(grid.columns)) + " |"
        if row == head:
            yield "|" + "---|" * grid.columns


def _text(cell: Cell | None) -> str:
    return "<br>".join(map(escape_page_markdown, cell.text.split("\n"))) if cell else ""
