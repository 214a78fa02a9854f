"""Writer of the boxes of comments in VML, the drawing format that Excel requires for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_NAMESPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARATIONS: Final = "".join(f' xmlns:{prefix}="{namespace}"' for prefix, namespace in _NAMESPACES.items())
EMPTY_DRAWING: Final = (
    f'<xml{_DECLARATIONS}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_BOX: Final = "_x0000_t202"
_BOX_TYPE: Final = (
    f'<v:shapetype{{}} id="{_BOX}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE_NUMBER: Final = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_FIRST_NUMBER: Final = 1024
_LINE_LENGTH: Final = 22
"""Approximate number of characters in a line of a box."""
_BOX_COLUMNS: Final = 5
_MAX_ROWS: Final = 25


def comment_shapes(drawing: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a box for the comment of each cell, to be appended to `drawing`."""
    numbers = (int(match[1]) for match in _SHAPE_NUMBER.finditer(drawing))
    first = max([_FIRST_NUMBER, *numbers]) + 1
    # The drawing of another program may not declare all the namespaces.
    is_declared = all(f"xmlns:{prefix}=".encode() in drawing for prefix in _NAMESPACES)
    declarations = "" if is_declared else _DECLARATIONS
    shape_type = "" if f'id="{_BOX}"'.encode() in drawing else _BOX_TYPE.format(declarations)
    shapes = (_shape(number, cell, text, declarations) for number, (cell, text) in enumerate(texts.items(), first))
    return (shape_type + "".join(shapes)).encode()


def _shape(number: int, cell: str, text: str, declarations: str) -> str:
    """Return the box of a comment, hidden until the pointer is over its cell, with a height that fits its text."""
    letters = cell.rstrip("0123456789")
    column, row = 0, int(cell[len(letters) :]) - 1
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    rows = min(sum(1 + len(line) // _LINE_LENGTH for line in text.split("\n")) + 1, _MAX_ROWS)
    top = max(row - 1, 0)
    anchor = f"{column}, 15, {top}, 2, {column + _BOX_COLUMNS}, 15, {top + rows}, 4"
    return (
        f'<v:shape{declarations} id="_x0000_s{number}" type="#{_BOX}" '
        'style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:240pt;height:80pt;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
