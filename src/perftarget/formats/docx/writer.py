"""The official annex in Word: all forms in one document, or each in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from perftarget.formats.docx.write_file import pack_document
from perftarget.formats.docx.write_layout import FIVE, PAGE_HEIGHT, SMALL_FOUR, Sizes, form_height
from perftarget.formats.docx.write_styles import FontFaces, PageStyle
from perftarget.formats.docx.write_table import bookmark, form_xml
from perftarget.formats.docx.write_text import IllegalCharacterError, runs_xml, split_paragraphs, title_lines
from perftarget.formats.grid import Grid

__all__ = ["DocumentOptions", "FontFaces", "IllegalCharacterError", "write"]

# Lengths are in twentieths of a point, as in the styles.
_LINE: Final = 580
_TITLE_LINE: Final = 680
_TITLE_SPACE: Final = 580 + 160
_RESERVE: Final = 100  # the paragraphs of 1 pt before and after, and 1 mm for errors of the estimate
_BREAK: Final = "<w:r><w:br/></w:r>"
_SIZES: Final = {"小四": SMALL_FOUR, "五号": FIVE}
_FIELD: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{page}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


FACES: Final = FontFaces()


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """Settings of the annex that the standard leaves open; `size` is the text size of all tables."""

    faces: FontFaces = FACES
    size: Literal["auto", "小四", "五号"] = "auto"
    contents: bool = False


def write(
    grids: Sequence[Grid], *, label: str = "附件2", title: str, bureau: str = "", look: DocumentOptions | None = None
) -> bytes:
    """Return an annex with a form on each page; the same forms give the same bytes. Raises IllegalCharacterError."""
    options = look or DocumentOptions()
    annex = _Annex(grids, label, title_lines(title, bureau), options)
    style = PageStyle(options.faces, annex.sizes.text, annex.sizes.line)
    return pack_document(annex.body(), style, title=title, creator=bureau)


class _Annex:
    def __init__(self, grids: Sequence[Grid], label: str, title: list[str], options: DocumentOptions) -> None:
        self.grids = grids
        self.label = label
        self.title = title
        self.contents = options.contents
        self.sizes, self.heights = _choose_sizes(grids, self.space, options.size)

    def space(self, index: int) -> int:
        """Return the height left for a form on its page: the first form is below the heading or the contents."""
        return PAGE_HEIGHT - _RESERVE - (self._heading_height if index == 0 and not self.contents else 0)

    @property
    def _heading_height(self) -> int:
        return _LINE + _TITLE_SPACE + _TITLE_LINE * len(self.title)

    def body(self) -> Iterator[str]:
        """Yield the XML of the body piece by piece."""
        title = _BREAK.join(map(runs_xml, self.title))
        yield _paragraph("AnnexLabel", runs_xml(self.label)) + _paragraph("AnnexTitle", title)
        if self.contents:
            yield from self._contents()
        for index, grid in enumerate(self.grids):
            if index or self.contents:
                yield _paragraph("Separator", "", "<w:pageBreakBefore/>")
            yield form_xml(grid, index + 1, self.sizes, whole=self.heights[index] <= self.space(index))
        yield _paragraph("Separator", "")

    def _contents(self) -> Iterator[str]:
        """Yield a line for each project with an estimated page, which Word replaces when the fields are updated."""
        page = ceil((self._heading_height + _LINE * len(self.grids)) / PAGE_HEIGHT) + 1
        for index, grid in enumerate(self.grids):
            name = next((cell.text for cell in grid.cells if cell.role == "value"), "")
            field = _FIELD.format(name=bookmark(index + 1), page=runs_xml(str(page)))
            line = f"{runs_xml(' '.join(split_paragraphs(name)))}<w:r><w:tab/></w:r>{field}"
            yield _paragraph(
                "Contents", f'<w:hyperlink w:anchor="{bookmark(index + 1)}" w:history="1">{line}</w:hyperlink>'
            )
            page += ceil(self.heights[index] / PAGE_HEIGHT) if self.heights[index] > self.space(index) else 1


def _choose_sizes(grids: Sequence[Grid], space: Callable[[int], int], size: str) -> tuple[Sizes, list[int]]:
    """Return the sizes of all forms and their heights: the largest sizes with the fewest forms longer than a page.

    A form that is longer even so becomes two tables, so that its heads repeat.
    """
    sizes = SMALL_FOUR if size == "auto" else _SIZES[size]
    heights = [form_height(grid, sizes) for grid in grids]
    too_long = [index for index, height in enumerate(heights) if height > space(index)]
    if size != "auto" or all(form_height(grids[index], FIVE) > space(index) for index in too_long):
        return sizes, heights
    smaller = [form_height(grid, FIVE) for grid in grids]
    fewer = sum(height > space(index) for index, height in enumerate(smaller)) < len(too_long)
    return (FIVE, smaller) if fewer else (sizes, heights)


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
