"""The boxes of an Excel file's comments, in the old drawing language that Excel keeps for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_SPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED: Final = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
DRAWING: Final = f'<xml{_DECLARED}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_BOX: Final = "_x0000_t202"
_BOX_TYPE: Final = (
    f'<v:shapetype{{}} id="{_BOX}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NUMBER: Final = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_FIRST: Final = 1024
_CHARACTERS: Final = 22  # of a line in a box, about
_COLUMNS: Final = 5
_MOST_ROWS: Final = 25


def boxes(drawing: bytes, texts: Mapping[str, str]) -> bytes:
    """A box for the comment of each cell, as the drawing needs them that they are put into."""
    first = max([_FIRST, *(int(found[1]) for found in _NUMBER.finditer(drawing))]) + 1
    # Another program's drawing, as of a button, may know less than these boxes are written in.
    declared = "" if all(f"xmlns:{prefix}=".encode() in drawing for prefix in _SPACES) else _DECLARED
    kind = "" if f'id="{_BOX}"'.encode() in drawing else _BOX_TYPE.format(declared)
    return (kind + "".join(_shape(number, *one, declared) for number, one in enumerate(texts.items(), first))).encode()


def _shape(number: int, cell: str, text: str, declared: str) -> str:
    """The box of a comment, hidden until one points at its cell; as high as its text needs, about."""
    letters = cell.rstrip("0123456789")
    column, row = 0, int(cell[len(letters) :]) - 1
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    rows = min(sum(1 + len(line) // _CHARACTERS for line in text.split("\n")) + 1, _MOST_ROWS)
    top = max(row - 1, 0)
    anchor = f"{column}, 15, {top}, 2, {column + _COLUMNS}, 15, {top + rows}, 4"
    return (
        f'<v:shape{declared} id="_x0000_s{number}" type="#{_BOX}" '
        'style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:240pt;height:80pt;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
