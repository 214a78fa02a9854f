"""The forms to one Word file, the official annex, or each to one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from perftarget.formats.docx.write_file import FontFaces, Style, pack_document
from perftarget.formats.docx.write_layout import FIVE, PAGE, SMALL_FOUR, Sizes, height
from perftarget.formats.docx.write_table import bookmark, form_xml
from perftarget.formats.docx.write_text import IllegalCharacterError, paragraphs, runs, title_lines
from perftarget.formats.grid import Grid

__all__ = ["DocumentOptions", "FontFaces", "IllegalCharacterError", "write"]

_LINE: Final = 580  # twentieths of a point, as in the styles
_TITLE_LINE: Final = 680
_TITLE_SPACE: Final = 580 + 160
_SPARE: Final = 100  # the paragraphs of 1 pt before and after, and 1 mm for what the estimate does not see
_BREAK: Final = "<w:r><w:br/></w:r>"
_RUNGS: Final = {"小四": SMALL_FOUR, "五号": FIVE}
_FIELD: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{page}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


FACES: Final = FontFaces()


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How the annex looks where the standard leaves it open; `size` is that of the text of all tables."""

    faces: FontFaces = FACES
    size: Literal["auto", "小四", "五号"] = "auto"
    contents: bool = False


def write(
    grids: Sequence[Grid], *, label: str = "附件2", title: str, bureau: str = "", look: DocumentOptions | None = None
) -> bytes:
    """One annex with a form on each page; the same forms give the same bytes. Raises IllegalCharacter."""
    look = look or DocumentOptions()
    annex = _Annex(grids, label, title_lines(title, bureau), look)
    style = Style(look.faces, annex.sizes.text, annex.sizes.line)
    return pack_document(annex.body(), style, title=title, creator=bureau)


class _Annex:
    def __init__(self, grids: Sequence[Grid], label: str, title: list[str], look: DocumentOptions) -> None:
        self.grids = grids
        self.label = label
        self.title = title
        self.contents = look.contents
        self.sizes, self.heights = _fitting(grids, self.space, look.size)

    def space(self, index: int) -> int:
        """What is left of its page for a form: the first stands under the heading, unless the contents do."""
        heading = _LINE + _TITLE_SPACE + _TITLE_LINE * len(self.title)
        return PAGE - _SPARE - (heading if index == 0 and not self.contents else 0)

    def body(self) -> Iterator[str]:
        yield _paragraph("AnnexLabel", runs(self.label)) + _paragraph("AnnexTitle", _BREAK.join(map(runs, self.title)))
        if self.contents:
            yield from self._contents()
        for index, grid in enumerate(self.grids):
            if index or self.contents:
                yield _paragraph("Separator", "", "<w:pageBreakBefore/>")
            yield form_xml(grid, index + 1, self.sizes, whole=self.heights[index] <= self.space(index))
        yield _paragraph("Separator", "")

    def _contents(self) -> Iterator[str]:
        """Each project with its page, which Word works out again when the list is renewed."""
        heading = _LINE + _TITLE_SPACE + _TITLE_LINE * len(self.title)
        page = ceil((heading + _LINE * len(self.grids)) / PAGE) + 1
        for index, grid in enumerate(self.grids):
            name = next((cell.text for cell in grid.cells if cell.role == "value"), "")
            field = _FIELD.format(name=bookmark(index + 1), page=runs(str(page)))
            line = f"{runs(' '.join(paragraphs(name)))}<w:r><w:tab/></w:r>{field}"
            yield _paragraph(
                "Contents", f'<w:hyperlink w:anchor="{bookmark(index + 1)}" w:history="1">{line}</w:hyperlink>'
            )
            page += ceil(self.heights[index] / PAGE) if self.heights[index] > self.space(index) else 1


def _fitting(grids: Sequence[Grid], space: Callable[[int], int], size: str) -> tuple[Sizes, list[int]]:
    """The rung of the ladder for all forms, and their heights on it: the largest with the fewest that outgrow a page.

    What outgrows its page even so goes on over two tables, so that the heads repeat.
    """
    sizes = SMALL_FOUR if size == "auto" else _RUNGS[size]
    heights = [height(grid, sizes) for grid in grids]
    over = [index for index, high in enumerate(heights) if high > space(index)]
    if size != "auto" or all(height(grids[index], FIVE) > space(index) for index in over):
        return sizes, heights
    smaller = [height(grid, FIVE) for grid in grids]
    fewer = sum(high > space(index) for index, high in enumerate(smaller)) < len(over)
    return (FIVE, smaller) if fewer else (sizes, heights)


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
