"""Readers of Word files: perftarget and the usual ways to read the texts of a table.

`word_reading.py READER FILE` prints the milliseconds and the additional peak memory in MB of one run. Each figure
needs a new process.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter


def main(name: str, path: Path) -> None:
    """Measure a reader on a file and print the result."""
    reader = READERS[name]()  # imports what the reader needs, so that imports are not measured
    before = _peak_megabytes()
    start = perf_counter()
    reader(path)
    print((perf_counter() - start) * 1000, _peak_megabytes() - before)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


Reader = Callable[[Path], object]


def perftarget() -> Reader:
    """Return the reader of perftarget: merged cells, numbering, all forms of the file, tables."""
    from perftarget.config.loader import load_profile
    from perftarget.config.profile import DEFAULT
    from perftarget.tables.reader import parse_documents

    for name in ("formats.docx.reader", "tables.form", "formats.yaml.writer"):
        import_module(f"perftarget.{name}")
    profile = load_profile(DEFAULT)
    return lambda path: parse_documents(path.name, path.read_bytes(), profile)


def xml_walk() -> Reader:
    """Return a reader that walks the XML of python-docx, without merged cells and numbering."""
    from docx import Document
    from docx.oxml.ns import qn

    def read(path: Path) -> object:
        tables = Document(str(path)).element.body.iter(qn("w:tbl"))
        return [
            ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for table in tables
            for row in table.iter(qn("w:tr"))
        ]

    return read


def row_cells() -> Reader:
    """Return a reader that takes the cells of each row from python-docx."""
    from docx import Document

    return lambda path: [
        [cell.text for cell in row.cells] for table in Document(str(path)).tables for row in table.rows
    ]


def table_cell() -> Reader:
    """Return a reader that takes each cell by row and column from python-docx, as its manual shows."""
    from docx import Document

    return lambda path: [
        table.cell(row, column).text
        for table in Document(str(path)).tables
        for row in range(len(table.rows))
        for column in range(len(table.columns))
    ]


def docx2python() -> Reader:
    """Return the reader of docx2python."""
    from docx2python import docx2python

    def read(path: Path) -> object:
        with docx2python(path) as document:
            return document.body

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "perftarget": perftarget,
    "python-docx, XML walk": xml_walk,
    "python-docx, row.cells": row_cells,
    "python-docx, table.cell()": table_cell,
    "docx2python": docx2python,
}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
