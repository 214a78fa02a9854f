"""The boxes of an Excel file's comments, in the old drawing language that Excel keeps for them."""

from __future__ import annotations

import re
from typing import Final

DRAWING: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_NUMBER: Final = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_FIRST: Final = 1024
_CHARACTERS: Final = 22  # of a line in a box, about
_COLUMNS: Final = 5
_MOST_ROWS: Final = 25


def shapes(drawing: bytes) -> list[int]:
    """The numbers of the shapes that are there, and the one before the first that may be."""
    return [_FIRST, *(int(found[1]) for found in _NUMBER.finditer(drawing))]


def shape(number: int, cell: str, text: str) -> str:
    """The box of a comment, hidden until one points at its cell; as high as its text needs, about."""
    letters = cell.rstrip("0123456789")
    column, row = 0, int(cell[len(letters) :]) - 1
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    rows = min(sum(1 + len(line) // _CHARACTERS for line in text.split("\n")) + 1, _MOST_ROWS)
    top = max(row - 1, 0)
    anchor = f"{column}, 15, {top}, 2, {column + _COLUMNS}, 15, {top + rows}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:240pt;height:80pt;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
