"""WordprocessingML of the form as one table, or as two adjoining tables if it is longer than its page.

The rows are strings because python-docx builds tables far more slowly.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, TypeAlias

from perftarget.formats.docx.write_layout import (
    CELL_PADDING,
    SMALL_FOUR,
    Sizes,
    cell_lines,
    cell_margins,
    cell_width,
    min_row_height,
    rows_of,
)
from perftarget.formats.docx.write_text import escape_xml, runs_xml, split_paragraphs
from perftarget.formats.grid import Cell, Grid, Role

_STYLES: Final[dict[Role, str]] = {
    "title": "TableTitle",
    "unit": "TableUnit",
    "caption": "TableCaption",
    "head": "TableCaption",
    "goals": "TableText",
    "name": "TableText",
}
_THICK: Final = 'w:val="single" w:sz="8" w:space="0" w:color="auto"'
_THIN: Final = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
_NO_LINE: Final = 'w:val="nil"'
Merge: TypeAlias = Literal["", "restart", "continue"]
_MERGES: Final[dict[Merge, str]] = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
# Not every row above the heads: long goals would then move the whole form off the first page.
_KEPT_WITH_NEXT: Final = {"title", "unit", "head"}
_MAX_UNSPLIT_LINES: Final = 20  # a longer row may break across pages
_JOINT: Final = '<w:p><w:pPr><w:pStyle w:val="Separator"/><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>'
_MAX_CAPTION_LENGTH: Final = 100


def form_xml(grid: Grid, number: int, sizes: Sizes = SMALL_FOUR, *, whole: bool = True) -> str:
    """Return the XML of the form with this number in the document.

    If it is not whole on its page, it becomes two tables, so that the heads of the columns repeat on the next page.
    """
    form = _Form(grid, number, sizes)
    head = next((cell.row for cell in grid.cells if cell.role == "head"), 0)
    if whole or not head:
        return form.table(0, grid.rows)
    return form.table(0, head) + _JOINT + form.table(head, grid.rows)


def bookmark(number: int) -> str:
    """Return the name of the bookmark that the contents refer to."""
    return f"表{number}"


class _Form:
    def __init__(self, grid: Grid, number: int, sizes: Sizes) -> None:
        self.grid = grid
        self.number = number
        self.sizes = sizes
        self.rows = rows_of(grid)
        self.below_unit = next((cell.row + cell.rows for cell in grid.cells if cell.role == "unit"), -1)

    def table(self, start: int, end: int) -> str:
        """Return a table of the rows from `start` up to `end`."""
        columns = "".join(f'<w:gridCol w:w="{column}"/>' for column in self.sizes.columns)
        rows = "".join(self._row(index, first=index == start) for index in range(start, end))
        return f"<w:tbl>{self._properties(start, end)}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"

    def _properties(self, start: int, end: int) -> str:
        left, right = self.sizes.margins
        top = _THICK if start == 0 else _THIN  # lines at the joint and at the foot of a page are inner lines
        bottom = _THICK if end == self.grid.rows else _THIN
        return (
            f'<w:tblPr><w:tblW w:w="{sum(self.sizes.columns)}" w:type="dxa"/><w:jc w:val="center"/>'
            f"<w:tblBorders><w:top {top}/><w:left {_THICK}/><w:bottom {bottom}/><w:right {_THICK}/>"
            f'<w:insideH {_THIN}/><w:insideV {_THIN}/></w:tblBorders><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar><w:top w:w="{CELL_PADDING}" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/>'
            f'<w:bottom w:w="{CELL_PADDING}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0000"/><w:tblCaption w:val="{self._caption()}"/>'
            f'<w:tblDescription w:val="{self._description(start, end)}"/></w:tblPr>'
        )

    def _caption(self) -> str:
        """Return the title of the form and its project, for screen readers."""
        title, project = (self._first_text(role) for role in ("title", "value"))
        return escape_xml(f"{title}：{project}"[:_MAX_CAPTION_LENGTH])

    def _first_text(self, role: Role) -> str:
        return next((" ".join(cell.text.split()) for cell in self.grid.cells if cell.role == role), "")

    def _description(self, start: int, end: int) -> str:
        roles = [cell.role for row in self.rows[start:end] for cell in row]
        parts = ["项目基本情况和年度总体绩效目标"] if "caption" in roles else []
        parts += [f"一级、二级、三级指标及其绩效值，共{roles.count('name')}项"] if "name" in roles else []
        return "；".join(parts)

    def _row(self, index: int, *, first: bool) -> str:
        row = self.rows[index]
        role = row[0].role
        # A text has at most as many lines as characters, so that most need no estimate.
        long_cells = (cell for cell in row if cell.rows == 1 and len(cell.text) > _MAX_UNSPLIT_LINES)
        line_count = max((cell_lines(cell, self.sizes) for cell in long_cells), default=1)
        cells = "".join(self._cell(cell, index) for cell in row)
        return (
            f"<w:tr><w:trPr>{'<w:cantSplit/>' if line_count <= _MAX_UNSPLIT_LINES else ''}"
            f'<w:trHeight w:val="{min_row_height(row)}" w:hRule="atLeast"/>'
            f"{'<w:tblHeader/>' if role in {'title', 'unit'} or first else ''}</w:trPr>{cells}</w:tr>"
        )

    def _cell(self, cell: Cell, row: int) -> str:
        merge: Merge = "" if cell.rows == 1 else "restart" if row == cell.row else "continue"
        text = cell.text if merge != "continue" else ""
        xml = _cell_xml(text, cell.role, cell.column, cell.columns, merge, row == self.below_unit, self.sizes)
        return self._add_bookmark(xml) if cell.role == "title" else xml

    def _add_bookmark(self, cell: str) -> str:
        """Add a bookmark to the text of a cell; LibreOffice duplicates bookmarks in paragraphs between tables."""
        start = f'<w:bookmarkStart w:id="{self.number}" w:name="{bookmark(self.number)}"/>'
        before, after = cell.split("</w:pPr>", 1)
        runs, rest = after.split("</w:p>", 1)
        return f'{before}</w:pPr>{start}{runs}<w:bookmarkEnd w:id="{self.number}"/></w:p>{rest}'


@lru_cache(maxsize=8192)  # captions, tiers and values recur in table after table
def _cell_xml(  # noqa: PLR0913, PLR0917
    text: str, role: Role, column: int, columns: int, merge: Merge, below_unit: bool, sizes: Sizes
) -> str:
    cell = Cell(text, 0, column, columns=columns, role=role)
    style = _STYLES.get(role, "TableValue")
    keep = "<w:keepNext/>" if role in _KEPT_WITH_NEXT else ""
    content = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{runs_xml(paragraph)}</w:p>'
        for paragraph in split_paragraphs(text)
    )
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{cell_width(cell, sizes)}" w:type="dxa"/>{span}{_MERGES[merge]}'
        f'{_borders(role, below_unit)}{_margins(cell, sizes)}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _borders(role: Role, below_unit: bool) -> str:
    """Return the borders of a cell at the top of the frame, which begins below the line 单位：万元.

    Both neighbours have that border, because Word and WPS read different ones.
    """
    if below_unit:
        return f"<w:tcBorders><w:top {_THICK}/></w:tcBorders>"
    if role not in {"title", "unit"}:
        return ""
    bottom = _THICK if role == "unit" else _NO_LINE
    top_and_left = (f"<w:{side} {_NO_LINE}/>" for side in ("top", "left"))
    return f"<w:tcBorders>{''.join(top_and_left)}<w:bottom {bottom}/><w:right {_NO_LINE}/></w:tcBorders>"


def _margins(cell: Cell, sizes: Sizes) -> str:
    left, right = cell_margins(cell, sizes)
    if (left, right) == sizes.margins:
        return ""
    return f'<w:tcMar><w:left w:w="{left}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tcMar>'
