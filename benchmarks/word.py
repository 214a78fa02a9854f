"""Writing and reading Word files, each figure in a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from measure import ENVIRONMENT, print_table
from peers import PYTHON

WRITING = Path(__file__).with_name("word_writing.py")
READING = Path(__file__).with_name("word_reading.py")


@dataclass
class Way:
    """A way of writing or reading so many tables, how often it is tried, and what each try took."""

    name: str
    line: Sequence[str | Path]
    rounds: int
    tables: int = 1
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        done = subprocess.run([PYTHON, *self.line], capture_output=True, text=True, check=False, env=ENVIRONMENT)
        if done.returncode:
            raise SystemExit(f"{self.name}: {done.stderr}")
        time, memory = map(float, done.stdout.split())
        self.times.append(time / self.tables)
        self.memory.append(memory)


def writing(*, quick: bool) -> None:
    many, rounds = (20, 1) if quick else (500, 3)
    # table.cell() takes the longer a table the more there are of them: half a minute for 200.
    for apart, few in ((False, 10 if quick else 200), (True, 10 if quick else 50)):
        title = f"Writing {many} separate documents" if apart else f"Writing one document of {many} tables"
        ways = [("own", many, rounds), ("docxtpl", many, rounds), ("python-docx, cell() and merge()", few, 1)]
        _compare(title, [_writer(*way, apart=apart) for way in ways])
    counts = (1, 20) if quick else (1, 50, 500, 5000)
    _compare("Writing one document of so many tables", [_writer("own", count, 3) for count in counts])


def _writer(way: str, count: int, rounds: int, *, apart: bool = False) -> Way:
    what = "documents" if apart else "tables"
    name = way.partition(",")[0]
    return Way(f"{way}, {count} {what}", [WRITING, name, str(count), *["apart"][:apart]], rounds)


def reading(folder: Path, *, quick: bool) -> None:
    for count in (5,) if quick else (5, 500):
        path = folder / f"{count}.docx"
        subprocess.run([PYTHON, WRITING, "save", str(count), path], check=True, env=ENVIRONMENT)
        rounds = 1 if quick else 5
        slow = [("python-docx, row.cells", rounds), ("docx2python", rounds), ("python-docx, table.cell()", 1)]
        ways = [("own", rounds), ("python-docx, own walk", rounds), *slow]
        _compare(f"Reading {count} tables", [Way(way, [READING, way, path], number, count) for way, number in ways])


def _compare(title: str, ways: Iterable[Way]) -> None:
    """Every way once a round, so that whatever else the machine does falls on all of them."""
    ways = list(ways)
    for number in range(max(way.rounds for way in ways)):
        for way in ways:
            if number < way.rounds:
                way.run()
    first = median(ways[0].times)
    rows = [
        (
            way.name,
            f"{median(way.times) / first:.1f}×",
            f"{median(way.times):.2f}",
            f"{min(way.times):.2f}–{max(way.times):.2f}",
            str(way.rounds),
            f"{median(way.memory):.0f}",
        )
        for way in ways
    ]
    print_table(title, ("", "ratio", "ms a table", "from–to", "rounds", "MB more"), rows)
