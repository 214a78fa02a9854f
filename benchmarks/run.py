"""Time perftarget against a bare interpreter and its peers, interleaved; prints Markdown. See README.md."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter

from tables import DEFECTIVE, SEED, write

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schemas" / "table.schema.json"
PACKAGES = ("perftarget", "pydantic", "PyYAML", "python-docx", "lxml", "yamllint", "check-jsonschema")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Where byte code is not kept, what is installed in place would be compiled anew in each run, and its peers not."""
CLEAN = frozenset({0})
CHECKED = frozenset({0, 1})
"""What a validator may end with: 1 is findings. Anything else, and a traceback, is no measurement."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    startup_rounds: int
    tables: int
    rounds: int
    peer_rounds: int
    rendered: int
    render_rounds: int


FULL = Sizes(15, 1000, 7, 2, 200, 5)
QUICK = Sizes(3, 50, 3, 1, 20, 2)


@dataclass
class Case:
    """One command, how often it is run, and what each run took: milliseconds, those of the processor, peak MB."""

    name: str
    line: Sequence[str | Path]
    rounds: int
    codes: frozenset[int] = CLEAN
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> str:
        """Run it once and return its output."""
        with TemporaryFile() as out, TemporaryFile() as err:
            start = perf_counter()
            process = subprocess.Popen(
                self.line, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=ENVIRONMENT
            )
            _, status, usage = os.wait4(process.pid, 0)
            self.wall.append((perf_counter() - start) * 1000)
            self.processor.append((usage.ru_utime + usage.ru_stime) * 1000)
            self.memory.append(_megabytes(usage))
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            errors = err.read().decode()
            if process.returncode not in self.codes or "Traceback" in errors:
                raise SystemExit(f"{self.name}: exit code {process.returncode}\n{errors}")
            return out.read().decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few tables and rounds: does everything still run?")
    sizes = QUICK if parser.parse_args().quick else FULL
    print(facts())
    with TemporaryDirectory(prefix="perftarget-") as name:
        folder = Path(name)
        startup(sizes)
        validation(sizes, folder / "checked")
        rendering(sizes, folder)


def facts() -> str:
    """What the figures depend on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return (
        f"{cores} cores, {platform.system()} {platform.machine()}, load {os.getloadavg()[0]:.1f} at the start; "
        f"Python {platform.python_version()}; {versions}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def startup(sizes: Sizes) -> None:
    five = sorted((ROOT / "data" / "projects").glob("*.yaml"))
    rounds = sizes.startup_rounds
    cases = [
        Case("python -c pass", [sys.executable, "-c", "pass"], rounds),
        *_case("perftarget --version", ["perftarget", "--version"], rounds),
        *_case("yamllint --version", ["yamllint", "--version"], rounds),
        *_case("check-jsonschema --version", ["check-jsonschema", "--version"], rounds),
        *_validators(five, five, rounds, rounds, "five files"),
    ]
    _interleave(cases)
    _table("Start-up, against a bare interpreter", cases)


def validation(sizes: Sizes, folder: Path) -> None:
    files = write(folder, sizes.tables)
    size = sum(path.stat().st_size for path in files) / len(files)
    cases = _validators([folder], files, sizes.rounds, sizes.peer_rounds, "")
    _interleave(cases)
    _table(f"Validating {len(files)} tables of {size / 1000:.1f} kB", cases, len(files))
    print(f"\nSeed {SEED}; {DEFECTIVE:.0%} of the tables have defects. The peers look at less, and run less often.")


def _validators(targets: list[Path], files: list[Path], rounds: int, peer_rounds: int, what: str) -> list[Case]:
    """perftarget with all its rules, yamllint (the YAML only), check-jsonschema (the shape only)."""
    what = f", {what}" if what else ""
    lint: list[str | Path] = ["yamllint", "--strict", "-d", "relaxed", *targets]
    schema: list[str | Path] = ["check-jsonschema", "--schemafile", SCHEMA, *files]
    return [
        *_case(f"perftarget validate -q{what}", ["perftarget", "validate", *targets, "-q"], rounds, CHECKED),
        *_case(f"yamllint --strict -d relaxed{what}", lint, peer_rounds, CHECKED),
        *_case(f"check-jsonschema{what}", schema, peer_rounds, CHECKED),
    ]


def rendering(sizes: Sizes, folder: Path) -> None:
    files = write(folder / "rendered", sizes.rendered, defective=0)
    line: list[str | Path] = ["perftarget", "render", "--docx", folder / "rendered", "-o", folder / "annex.docx"]
    cases = _case(f"perftarget render --docx, {len(files)} tables", line, sizes.render_rounds)
    _interleave(cases)
    _table(f"Rendering {len(files)} tables into one .docx", cases, len(files))


def _case(name: str, line: Sequence[str | Path], rounds: int, codes: frozenset[int] = CLEAN) -> list[Case]:
    """The command as installed beside this interpreter; none where it is not."""
    program = which(str(line[0]), path=str(Path(sys.executable).parent))
    if program is None:
        print(f"\n{name}: not installed, left out; see README.md")
        return []
    return [Case(name, [program, *line[1:]], rounds, codes)]


def _interleave(cases: Iterable[Case]) -> None:
    """Every case once a round, so that whatever else the machine does falls on all of them."""
    cases = list(cases)
    for number in range(max((case.rounds for case in cases), default=0)):
        for case in cases:
            if number < case.rounds:
                case.run()


def _table(title: str, cases: list[Case], tables: int = 0) -> None:
    """Ratios are to the first case."""
    if not cases:
        return
    first = median(cases[0].wall)
    rows = []
    for case in cases:
        wall = median(case.wall)
        row = [case.name, f"{wall / first:.1f}×", f"{wall:,.0f}", f"{min(case.wall):,.0f}–{max(case.wall):,.0f}"]
        row += [f"{median(case.processor):,.0f}", str(case.rounds)]
        rows.append([*row, f"{wall / tables:.2f}", _memory(median(case.memory))] if tables else row)
    heads = ["", "ratio", "ms", "from–to", "processor ms", "rounds", *(["ms a table", "peak MB"] if tables else [])]
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


if __name__ == "__main__":
    main()
