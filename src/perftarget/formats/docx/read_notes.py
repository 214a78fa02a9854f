"""Notes to the author of a Word file about content that was not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from perftarget.i18n import tr

_MAX_QUOTED: Final = 60
"""Characters of a text quoted in a note."""


@dataclass
class Notes:
    """Collector of the notes of one file, in the order in which it is read; `label` is the place of the content."""

    messages: list[str] = field(default_factory=list)
    has_embedded_file: bool = False

    def add_struck(self, text: str, label: str) -> None:
        """Add a note about struck-out text, which was deleted by hand."""
        quoted = _shorten(text)
        self.messages.append(
            tr(
                f"{label} 的“{quoted}”画了删除线，没有读取；不是删去的请取消删除线",
                f"{label}: “{quoted}” is struck out and was not read; if it is not deleted, remove the strikethrough",
            )
        )

    def add_floating(self, text: str, label: str) -> None:
        """Add a note about a text box that floats over a cell, unless the box is blank."""
        if quoted := _shorten(text):
            self.messages.append(
                tr(
                    f"{label} 上的浮动文本框“{quoted}”没有读取；需要的内容请写进单元格",
                    f"{label}: the floating text box “{quoted}” was not read; write what is needed into the cell",
                )
            )

    def add_covered(self, text: str, label: str) -> None:
        """Add a note about the text of a cell that is merged into the cell above it, of which Word shows nothing."""
        quoted = _shorten(text)
        self.messages.append(
            tr(
                f"{label} 的“{quoted}”被合并单元格盖住，Word 里看不见，没有读取；需要的请取消合并后移到别处",
                f"{label}: “{quoted}” is covered by a merged cell, is not shown by Word, and was not read; unmerge the "
                "cell and move the text if it is needed",
            )
        )

    def add_hidden_row(self, text: str, label: str) -> None:
        """Add a note about a hidden row of a table."""
        quoted = _shorten(text)
        self.messages.append(
            tr(
                f"{label} 有一行“{quoted}”是隐藏的，没有读取；需要的请取消隐藏",
                f"{label}: a row “{quoted}” is hidden and was not read; show it if it is needed",
            )
        )

    def add_embedded_file(self, place: str) -> None:
        """Add a note about an embedded file (altChunk)."""
        self.has_embedded_file = True
        self.messages.append(
            tr(
                f"{place}嵌有另一份文件，没有读取；请用 Word 打开后另存为 .docx",
                f"{place} another file is embedded, which was not read; open it in Word and save it as .docx",
            )
        )


def _shorten(text: str) -> str:
    """Return a text on one line, cut off where it is too long to be quoted."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_QUOTED else f"{line[:_MAX_QUOTED]}…"
