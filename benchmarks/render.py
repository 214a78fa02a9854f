"""Time the Word writer against docxtpl and plain python-docx, interleaved; prints Markdown. See README.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from run import ENVIRONMENT, facts, print_table

WORD = Path(__file__).with_name("word.py")


@dataclass
class Case:
    """A way of writing so many tables, how often it is tried, and what each try took."""

    way: str
    count: int
    apart: bool
    rounds: int
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        line = [sys.executable, str(WORD), self.way, str(self.count), *["apart"][: self.apart]]
        done = subprocess.run(line, capture_output=True, text=True, check=False, env=ENVIRONMENT)
        if done.returncode:
            raise SystemExit(f"{self.way}: {done.stderr}")
        time, memory = map(float, done.stdout.split())
        self.times.append(time)
        self.memory.append(memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few tables and rounds: does everything still run?")
    quick = parser.parse_args().quick
    print(facts())
    counts = (1, 20) if quick else (1, 50, 500, 5000)
    many = 20 if quick else 500
    measure(f"One document of {many} tables", _cases(many, apart=False, quick=quick))
    measure(f"{many} separate documents", _cases(many, apart=True, quick=quick))
    measure("One document of so many tables, ours", [Case("own", count, apart=False, rounds=3) for count in counts])
    measure("So many documents, ours", [Case("own", count, apart=True, rounds=3) for count in counts])


def _cases(count: int, *, apart: bool, quick: bool) -> list[Case]:
    rounds = 1 if quick else 3
    # table.cell() takes the longer a table the more there are of them: half a minute for 200.
    few = min(count, 10 if quick else 50 if apart else 200)
    return [
        Case("own", count, apart, rounds),
        Case("docxtpl", count, apart, rounds),
        Case("python-docx", few, apart, 1),
    ]


def measure(title: str, cases: Iterable[Case]) -> None:
    """Every case once a round, so that whatever else the machine does falls on all of them."""
    cases = list(cases)
    for number in range(max(case.rounds for case in cases)):
        for case in cases:
            if number < case.rounds:
                case.run()
    first = median(cases[0].times)
    print_table(
        title,
        ("", "ratio", "ms a table", "from–to", "rounds", "MB more"),
        [
            (
                f"{case.way}, {case.count}{' documents' if case.apart else ' tables'}",
                f"{median(case.times) / first:.1f}×",
                f"{median(case.times):.2f}",
                f"{min(case.times):.2f}–{max(case.times):.2f}",
                str(case.rounds),
                f"{median(case.memory):.0f}",
            )
            for case in cases
        ],
    )


if __name__ == "__main__":
    main()
