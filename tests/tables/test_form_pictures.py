"""Forms as offices write them: tests/forms/*.txt, each a picture of the cells and the expected result.

`|` separates cells, `<` merges with the cell to the left, `^` with the cell above, and `\\n` in a cell is a line feed. A line
`===` begins another grid of the same flow. `=== yaml` precedes the YAML of each form, `=== inferred` the conclusions (`*`:
any), `=== unplaced` the cells without a place.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perftarget.config.loader import load_profile
from perftarget.formats.grid import Cell, Grid
from perftarget.formats.yaml.writer import write
from perftarget.tables import form
from perftarget.tables.form.furniture import is_blank_signature, is_heading, is_note, is_signature
from perftarget.tables.form.heads import head_role
from perftarget.tables.form.words import Words
from perftarget.text.normalize import fold
from repository import TESTS

ANYTHING = "*\n"
CASES = sorted((TESTS / "forms").glob("*.txt"))


def grid_of(picture: str) -> Grid:
    rows = [[cell.strip(" ") for cell in line.split("|")] for line in picture.splitlines() if line.strip()]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            owners[r, c] = owners[r, c - 1] if text == "<" else owners[r - 1, c] if text == "^" else (r, c)
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for (r, c), owner in owners.items():
        bottom, right = ends.get(owner, owner)
        ends[owner] = (max(bottom, r), max(right, c))
    cells = [
        Cell(rows[r][c].replace("\\n", "\n"), r, c, bottom - r + 1, right - c + 1)
        for (r, c), (bottom, right) in sorted(ends.items())
    ]
    return Grid(tuple(cells), len(rows), max(map(len, rows)))


def parts_of(text: str) -> tuple[str, list[Grid], dict[str, str]]:
    """Return the name of the profile, the grids, and the expectations by name."""
    head, *blocks = re.split(r"^===", text.split("\n", 1)[1], flags=re.MULTILINE)
    profile = re.match(r"profile: (.+)\n", head)
    pictures = [head[profile.end() :] if profile else head]
    expected = {}
    for block in blocks:
        name, _, content = block.partition("\n")
        if name.strip():
            expected[name.strip()] = content
        else:
            pictures.append(content)
    return (profile[1] if profile else "nx-county-2025"), [grid_of(one) for one in pictures], expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_form_is_read_as_pictured(path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    name, flow, expected = parts_of(text)
    profile = load_profile(name)
    forms, outside = form.read_flow(flow, profile)
    for one in forms:
        form.infer_first_tiers(one, profile)
    unplaced = [cell for one in forms for cell in one.unplaced]
    found = {
        "yaml": "---\n".join(write(one.data) for one in forms),
        "inferred": "".join(f"{line}\n" for one in forms for line in one.inferred),
        "doubts": "".join(f"{doubt.message}\n" for one in forms for doubt in one.doubts),
        "unplaced": "".join(cell.text.replace("\n", "\\n") + "\n" for cell in (*outside, *unplaced)),
    }
    found = {key: value for key, value in found.items() if value}
    if found.get("inferred") and expected.get("inferred") == ANYTHING:
        found["inferred"] = ANYTHING
    if request.config.getoption("--update-golden"):
        pictures = re.split(r"\n=== ", text)[0]
        path.write_text("\n".join([pictures, *(f"=== {key}\n{value}"[:-1] for key, value in found.items())]) + "\n")
    assert found == expected
    assert not lost(flow, found, Words(profile))


def lost(flow: list[Grid], found: dict[str, str], words: Words) -> list[str]:
    """Return the texts of cells that are neither in the data nor reported nor printed on forms."""
    kept = plain("".join(found.values()))
    signed = {
        (id(grid), cell.row)
        for grid in flow
        for cell in grid.cells
        if is_signature(cell.text) or is_blank_signature(cell.text)
    }
    cells = [cell for grid in flow for cell in grid.cells if cell.text and (id(grid), cell.row) not in signed]
    return [
        cell.text for cell in cells if not is_printed(cell, words) and any(p not in kept for p in pieces(cell.text))
    ]


def plain(text: str) -> str:
    return "".join(fold(text).split()).replace("\\n", "")


def pieces(text: str) -> list[str]:
    """Return the parts of a cell's text that must be kept: without its caption, split into goals."""
    parts = re.split(r"(?:^|(?<=[。；：\n]))目标(?:[0-9一二]：|二、)|\s{2,}|\n|[（(](?:续|元|万元)[）)]|^其中：", text)
    return [plain(re.sub(r"^[^：]{4,8}：", "", part)) for part in parts if part and not is_heading(part)]


def is_printed(cell: Cell, words: Words) -> bool:
    return (
        words.is_caption(cell)
        or bool(head_role(cell.text, words))
        or is_heading(cell.text)
        or is_note(cell.text)
        or is_signature(cell.text)
        or words.is_tier(plain(words.tier_label(cell.text)))
    )
