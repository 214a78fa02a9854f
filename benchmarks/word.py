"""Measurement of writing and reading Word files, each figure in a separate process."""

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
class WordCase:
    """A script that writes or reads tables, and its measurements: milliseconds per table and additional MB."""

    name: str
    command: Sequence[str | Path]
    rounds: int
    tables: int = 1
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run the script once and record the measurements that it prints."""
        done = subprocess.run([PYTHON, *self.command], capture_output=True, text=True, check=False, env=ENVIRONMENT)
        if done.returncode:
            raise SystemExit(f"{self.name}: {done.stderr}")
        time, memory = map(float, done.stdout.split())
        self.times.append(time / self.tables)
        self.memory.append(memory)


def measure_writing(*, quick: bool) -> None:
    """Measure the writers on one document of many tables and on separate documents, and one writer by size."""
    count, rounds = (20, 1) if quick else (500, 3)
    # table.cell() is quadratic, so python-docx gets fewer tables: 200 of them take half a minute.
    for separate, few in ((False, 10 if quick else 200), (True, 10 if quick else 50)):
        title = f"Writing {count} separate documents" if separate else f"Writing one document of {count} tables"
        writers = [
            ("perftarget", count, rounds),
            ("docxtpl", count, rounds),
            ("python-docx, cell() and merge()", few, 1),
        ]
        _compare(title, [_writing_case(*writer, separate=separate) for writer in writers])
    counts = (1, 20) if quick else (1, 50, 500, 5000)
    _compare("Writing one document by number of tables", [_writing_case("perftarget", number, 3) for number in counts])


def _writing_case(name: str, count: int, rounds: int, *, separate: bool = False) -> WordCase:
    unit = "documents" if separate else "tables"
    writer = name.partition(",")[0]
    return WordCase(f"{name}, {count} {unit}", [WRITING, writer, str(count), *["separate"][:separate]], rounds)


def measure_reading(folder: Path, *, quick: bool) -> None:
    """Measure the readers on documents of five and of 500 tables, written to `folder`."""
    for count in (5,) if quick else (5, 500):
        path = folder / f"{count}.docx"
        subprocess.run([PYTHON, WRITING, "save", str(count), path], check=True, env=ENVIRONMENT)
        rounds = 1 if quick else 5
        readers = [
            ("perftarget", rounds),
            ("python-docx, XML walk", rounds),
            ("python-docx, row.cells", rounds),
            ("docx2python", rounds),
            ("python-docx, table.cell()", 1),
        ]
        cases = [WordCase(name, [READING, name, path], number, count) for name, number in readers]
        _compare(f"Reading {count} tables", cases)


def _compare(title: str, cases: Iterable[WordCase]) -> None:
    """Run every case once in each round, so that other load affects all of them, and print a row for each."""
    cases = list(cases)
    for number in range(max(case.rounds for case in cases)):
        for case in cases:
            if number < case.rounds:
                case.run()
    reference = median(cases[0].times)
    rows = [
        (
            case.name,
            f"{median(case.times) / reference:.1f}×",
            f"{median(case.times):.2f}",
            f"{min(case.times):.2f}–{max(case.times):.2f}",
            str(case.rounds),
            f"{median(case.memory):.0f}",
        )
        for case in cases
    ]
    print_table(title, ("", "ratio", "ms a table", "from–to", "rounds", "MB more"), rows)
