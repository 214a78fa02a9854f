"""Readers of Word files: ours to the cells of the form, and the usual ways to their texts.

`word_reading.py WAY FILE` prints milliseconds and the peak memory in MB that it took. Started once for each figure.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter


def main(way: str, path: Path) -> None:
    reader = WAYS[way]()  # what is imported once a process is not the reader's
    before = _memory()
    start = perf_counter()
    reader(path)
    print((perf_counter() - start) * 1000, _memory() - before)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


Reader = Callable[[Path], object]


def own() -> Reader:
    """The whole way: cells with merges and numbering, the forms in them, every cell accounted for, tables."""
    from perftarget.config.loader import load_profile
    from perftarget.config.profile import DEFAULT
    from perftarget.tables.reader import parse_documents

    for name in ("readers.docx", "form", "writers.yaml"):
        import_module(f"perftarget.{name}")
    profile = load_profile(DEFAULT)
    return lambda path: parse_documents(path.name, path.read_bytes(), profile)


def walked() -> Reader:
    """python-docx, and its XML walked by hand: merges and numbering are not followed."""
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


def by_row() -> Reader:
    """python-docx, the cells of each row."""
    from docx import Document

    return lambda path: [
        [cell.text for cell in row.cells] for table in Document(str(path)).tables for row in table.rows
    ]


def by_cell() -> Reader:
    """python-docx as its manual has it: each cell by row and column."""
    from docx import Document

    return lambda path: [
        table.cell(row, column).text
        for table in Document(str(path)).tables
        for row in range(len(table.rows))
        for column in range(len(table.columns))
    ]


def docx2python() -> Reader:
    from docx2python import docx2python

    def read(path: Path) -> object:
        with docx2python(path) as found:
            return found.body

    return read


WAYS: dict[str, Callable[[], Reader]] = {
    "own": own,
    "python-docx, own walk": walked,
    "python-docx, row.cells": by_row,
    "python-docx, table.cell()": by_cell,
    "docx2python": docx2python,
}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
