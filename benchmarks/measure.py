"""Run commands in turn, and print what they took as Markdown."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Where byte code is not kept, what is installed in place would be compiled anew in each run, and its peers not."""
CLEAN = frozenset({0})
Line = Sequence[str | Path]


@dataclass
class Case:
    """One command, how often it is run, and what each run took: milliseconds, those of all processors, peak MB.

    `codes` are the exit codes of a run that did its work; another one, or a traceback, is no measurement. `cache` is
    emptied before each run, save where the case is `warm`.
    """

    name: str
    line: Line
    rounds: int
    codes: frozenset[int] = CLEAN
    cache: Path | None = None
    warm: bool = False
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        if self.warm and not self.wall:
            self._run()
            self.wall, self.processor, self.memory = [], [], []
        self._run()

    def _run(self) -> None:
        environment = ENVIRONMENT
        if self.cache:
            environment = {**ENVIRONMENT, "PERFTARGET_CACHE_DIR": str(self.cache)}
            if not self.warm:
                shutil.rmtree(self.cache, ignore_errors=True)
        with TemporaryFile() as out, TemporaryFile() as err:
            start = perf_counter()
            process = subprocess.Popen(
                self.line, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment
            )
            _, status, usage = os.wait4(process.pid, 0)
            self.wall.append((perf_counter() - start) * 1000)
            self.processor.append((usage.ru_utime + usage.ru_stime) * 1000)
            self.memory.append(_megabytes(usage))
            process.returncode = os.waitstatus_to_exitcode(status)
            err.seek(0)
            errors = err.read().decode(errors="replace")
            if process.returncode not in self.codes or "Traceback" in errors:
                raise SystemExit(f"{self.name}: exit code {process.returncode}\n{errors[-2000:]}")


def interleave(cases: Iterable[Case]) -> None:
    """Every case once a round, so that whatever else the machine does falls on all of them."""
    cases = list(cases)
    for number in range(max((case.rounds for case in cases), default=0)):
        for case in cases:
            if number < case.rounds:
                case.run()


def facts(packages: dict[str, str]) -> str:
    """What the figures depend on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version}" for name, version in packages.items())
    machine = f"{_processor()}, {cores} cores, {platform.system()} {platform.machine()}"
    return f"{machine}, load {os.getloadavg()[0]:.1f} at the start; Python {platform.python_version()}; {versions}."


def _processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "processor unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "processor unknown")


def compare(title: str, cases: Sequence[Case], tables: int = 0, *, to: str = "") -> None:
    """Run them, and print a line for each. Ratios are to the case of that name, else to the first."""
    interleave(cases)
    first = median(next((case for case in cases if case.name == to), cases[0]).wall)
    rows = []
    for case in cases:
        wall = median(case.wall)
        row = [case.name, f"{wall / first:.2f}×" if wall < first else f"{wall / first:.1f}×", f"{wall:,.0f}"]
        row += [f"{min(case.wall):,.0f}–{max(case.wall):,.0f}", f"{median(case.processor):,.0f}", str(case.rounds)]
        rows.append([*row, f"{wall / tables:.2f}" if tables else "", _memory(median(case.memory))])
    heads = ["", "ratio", "ms", "from–to", "processor ms", "rounds", "ms a table", "peak MB"]
    if not tables:
        rows, heads = [[*row[:6], row[7]] for row in rows], [*heads[:6], heads[7]]
    print_table(title, heads, rows)


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _memory(peak: float) -> str:
    """Linux counts what the parent had at the fork to the child, so that less than that cannot be seen."""
    own = _megabytes(resource.getrusage(resource.RUSAGE_SELF))
    return f"{peak:.0f}" if peak > own else f"≤{own:.0f}"


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(f"\n## {title}\n")
    print(f"| {' | '.join(heads)} |")
    print(f"|---{'|--:' * (len(heads) - 1)}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()
