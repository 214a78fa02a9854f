"""Measurement of commands in turn, printed as Markdown."""

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
"""The environment of each command.

Byte code is always written: without it only the editable install of perftarget would be compiled again in each run.
"""
SUCCESS = frozenset({0})
Command = Sequence[str | Path]


@dataclass
class Case:
    """A command and its measurements.

    Attributes:
        name: Name in the printed table.
        command: Command line.
        rounds: Number of measured runs.
        exit_codes: Exit codes of a successful run; any other code, or a traceback, stops the benchmark.
        cache: Folder of the cache, emptied before each run unless `warm`.
        warm: True if an unmeasured run fills the cache first.
        wall_times: Wall-clock time of each run in milliseconds.
        cpu_times: CPU time of all processes of each run in milliseconds.
        peak_memory: Peak resident size of each run in MB.
    """

    name: str
    command: Command
    rounds: int
    exit_codes: frozenset[int] = SUCCESS
    cache: Path | None = None
    warm: bool = False
    wall_times: list[float] = field(default_factory=list)
    cpu_times: list[float] = field(default_factory=list)
    peak_memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run the command once and record the measurements."""
        if self.warm and not self.wall_times:
            self._run()
            self.wall_times, self.cpu_times, self.peak_memory = [], [], []
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
                self.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment
            )
            _, status, usage = os.wait4(process.pid, 0)
            self.wall_times.append((perf_counter() - start) * 1000)
            self.cpu_times.append((usage.ru_utime + usage.ru_stime) * 1000)
            self.peak_memory.append(_peak_megabytes(usage))
            process.returncode = os.waitstatus_to_exitcode(status)
            err.seek(0)
            errors = err.read().decode(errors="replace")
            if process.returncode not in self.exit_codes or "Traceback" in errors:
                raise SystemExit(f"{self.name}: exit code {process.returncode}\n{errors[-2000:]}")


def interleave(cases: Iterable[Case]) -> None:
    """Run every case once in each round, so that other load on the machine affects all of them."""
    cases = list(cases)
    for number in range(max((case.rounds for case in cases), default=0)):
        for case in cases:
            if number < case.rounds:
                case.run()


def environment_text(packages: dict[str, str]) -> str:
    """Return a sentence about the machine, its load, and the versions of Python and the given packages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version}" for name, version in packages.items())
    machine = f"{_processor_name()}, {cores} cores, {platform.system()} {platform.machine()}"
    return f"{machine}, load {os.getloadavg()[0]:.1f} at the start; Python {platform.python_version()}; {versions}."


def _processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "processor unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "processor unknown")


def compare(title: str, cases: Sequence[Case], tables: int = 0, *, to: str = "") -> None:
    """Run the cases and print a row for each.

    Ratios are to the case named `to`, else to the first case. With `tables`, the number of tables that each run
    checks, the time of one table is printed too.
    """
    interleave(cases)
    reference = median(next((case for case in cases if case.name == to), cases[0]).wall_times)
    rows = []
    for case in cases:
        wall = median(case.wall_times)
        row = [
            case.name,
            f"{wall / reference:.2f}×" if wall < reference else f"{wall / reference:.1f}×",
            f"{wall:,.0f}",
        ]
        row += [f"{min(case.wall_times):,.0f}–{max(case.wall_times):,.0f}"]
        row += [f"{median(case.cpu_times):,.0f}", str(case.rounds)]
        rows.append([*row, f"{wall / tables:.2f}" if tables else "", _memory_text(median(case.peak_memory))])
    heads = ["", "ratio", "ms", "from–to", "CPU ms", "rounds", "ms a table", "peak MB"]
    if not tables:
        rows, heads = [[*row[:6], row[7]] for row in rows], [*heads[:6], heads[7]]
    print_table(title, heads, rows)


def _peak_megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _memory_text(peak: float) -> str:
    """Return a peak in MB; Linux counts the parent's size at the fork too, so a smaller peak is only an upper bound."""
    own_peak = _peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    return f"{peak:.0f}" if peak > own_peak else f"≤{own_peak:.0f}"


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table under a heading."""
    print(f"\n## {title}\n")
    print(f"| {' | '.join(heads)} |")
    print(f"|---{'|--:' * (len(heads) - 1)}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()
