"""Sheet to draw a form on, and the typesetting of its captions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from generated_forms.truth import bare_caption, plain
from perftarget.formats.grid import Cell, Grid


@dataclass(frozen=True)
class Box:
    """A cell to be drawn; `kind` tells printed words (caption, head, tier) from content, which must not be lost."""

    text: str
    columns: int = 1
    rows: int = 1
    kind: str = "content"


@dataclass
class Style:
    """How one office typesets a form; the choices are made once for a form."""

    random: Random
    merged: bool = True
    colon: bool = False
    spaced: bool = False
    numbered: bool = False
    starred: bool = False
    broken: bool = False
    offset: int = 0
    wide: bool = False
    remarked: bool = False
    has_blanks: bool = True  # fields that were not filled in
    per_row: int = 2
    count: int = 0

    @classmethod
    def choose(cls, random: Random) -> Style:
        """Return a random style; a plain one is the most frequent."""
        odds = [random.random() < 0.15 for _ in range(4)]
        offset = random.choice((0, 0, 1))
        style = cls(random, random.random() > 0.2, *odds, offset=offset, per_row=random.choice((1, 2, 2, 3)))
        style.broken, style.wide, style.remarked = (random.random() < share for share in (0.15, 0.2, 0.08))
        return style

    def caption(self, text: str) -> str:
        """Return a caption as this office writes it."""
        if self.numbered:
            self.count += 1
            text = f"{'一二三四五六七八九十'[(self.count - 1) % 10]}、{text}"
        if self.spaced and len(text) == 4:
            text = " ".join(text)
        if self.starred and self.random.random() < 0.3:
            text = f"*{text}"
        return text + "：" if self.colon else text

    def head(self, text: str) -> str:
        """Return a column head as this office writes it, with a line break or spaces in it."""
        if self.remarked and text.startswith(("三级", "指标值", "目标值")):
            return f"{text}（必填）"
        if self.broken and len(text) == 4:
            return f"{text[:2]}\n{text[2:]}"
        return " ".join(text) if self.spaced and len(text) == 3 else text


@dataclass
class Sheet:
    """Cells drawn row by row from the left; cells that span several rows push the next rows to the right."""

    width: int
    style: Style
    cells: list[Cell] = field(default_factory=list)
    contents: list[Cell] = field(default_factory=list)
    captions: set[str] = field(default_factory=set)
    height: int = 0
    _taken: set[tuple[int, int]] = field(default_factory=set)

    def row(self, *boxes: Box) -> None:
        """Draw a row; columns that are left are drawn as blank cells."""
        free = iter([column for column in range(self.width) if (self.height, column) not in self._taken])
        for box in boxes:
            columns = [next(free) for _ in range(box.columns)]
            self._draw(box, columns[0], columns[-1] - columns[0] + 1)
        for column in free:
            self._draw(Box("", kind=""), column, 1)
        self.height += 1

    def _draw(self, box: Box, column: int, columns: int) -> None:
        label = f"第{self.height + 1}行 第{column + 1}列"
        cell = Cell(box.text, self.height, column, box.rows, columns, label=label)
        self._taken |= {(self.height + r, column + c) for r in range(box.rows) for c in range(columns)}
        self.cells.append(cell)
        if box.kind in {"caption", "head"}:
            self.captions.add(bare_caption(box.text))
        if box.kind in {"content", "unknown"} and plain(box.text):
            self.contents.append(cell)
        if box.kind == "unknown":
            self.captions.add(bare_caption(box.text))

    def pair(self, *boxes: Box, left: Box | None = None, used: int = 0) -> None:
        """Draw a row of captions with values, as wide as the sheet, merged or with blank cells beside the values.

        `left` is a box of several rows in front of the first row, and `used` the number of its columns.
        """
        pairs = list(zip(boxes[::2], boxes[1::2], strict=True))
        widths = shares(self.width - used, len(pairs))
        drawn: list[Box] = [left] if left else []
        for (caption, value), width in zip(pairs, widths, strict=True):
            left = 2 if self.style.wide and self.style.merged and width >= 4 else 1
            drawn += [Box(caption.text, left, caption.rows, caption.kind), *self.spread(value, width - left)]
        self.row(*drawn)

    def spread(self, box: Box, width: int) -> list[Box]:
        """Return the boxes that fill the width: one merged cell, or blank cells around the text."""
        if self.style.merged or width == 1:
            return [Box(box.text, width, box.rows, box.kind)]
        blanks = [Box("", 1, box.rows, "") for _ in range(width - 1)]
        # Where the captions were merged over two columns, the values come after a blank cell.
        return [*blanks[: self.style.offset], box, *blanks[self.style.offset :]]

    def grid(self) -> Grid:
        """Return the grid."""
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        assert len(self._taken) == self.height * self.width, "the cells do not fill the sheet"
        return Grid(tuple(cells), self.height, self.width)


def shares(width: int, count: int) -> list[int]:
    """Return the widths of that many parts of equal size; the first parts are the wider ones."""
    return [width // count + (index < width % count) for index in range(count)]


def line_grid(text: str) -> Grid:
    """Return the grid of a line outside of a table."""
    return Grid((Cell(text, 0, 0, label="表外"),), 1, 1)


def caption(text: str, columns: int = 1, rows: int = 1) -> Box:
    """Return the box of a caption that readers may know."""
    return Box(text, columns, rows, "caption")


def unknown(text: str, columns: int = 1, rows: int = 1) -> Box:
    """Return the box of a caption or head that must be kept, because no reader can know it."""
    return Box(text, columns, rows, "unknown")


def head(text: str, columns: int = 1, rows: int = 1) -> Box:
    """Return the box of a column head."""
    return Box(text, columns, rows, "head")


def content(text: str, columns: int = 1, rows: int = 1) -> Box:
    """Return the box of a text that must not be lost."""
    return Box(text, columns, rows, "content")


def printed(text: str, columns: int = 1, rows: int = 1) -> Box:
    """Return the box of printed words that are no data: a title, a tier label, a total."""
    return Box(text, columns, rows, "printed")


def all_captions(sheets: Iterable[Sheet]) -> set[str]:
    """Return the captions of the sheets."""
    return {text for sheet in sheets for text in sheet.captions}
