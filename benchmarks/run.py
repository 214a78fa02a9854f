"""Measure perftarget and its peers in turn, and print the results as Markdown. See README.md."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import ENVIRONMENT, ROOT, Case, compare, environment_text, print_table
from peers import (
    PROGRAMS,
    PYTHON,
    Corpus,
    check_jsonschema,
    enter_environment,
    npm_tools,
    perftarget,
    versions,
    yamale,
    yamllint,
)
from tables import DEFECTIVE, SEED, write_tables
from word import measure_reading, measure_writing

SUITES = ("startup", "imports", "five", "1000", "10000", "100000", "writing", "reading")
_DEFECTIVE_NOTE = f"Seed {SEED}; {DEFECTIVE:.0%} of the tables have defects, and most of the others a vague word."


def main() -> None:
    """Run the suites that the command line names, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"any of {', '.join(SUITES)}; default: all")
    parser.add_argument("--quick", action="store_true", help="few tables and rounds, to test the benchmarks themselves")
    options = parser.parse_args()
    if unknown := set(options.suites) - set(SUITES):
        parser.error(f"unknown suite {', '.join(sorted(unknown))}; the suites are {', '.join(SUITES)}")
    enter_environment()
    print(environment_text(versions()))
    with TemporaryDirectory(prefix="perftarget-") as name:
        for suite in options.suites or SUITES:
            run_suite(suite, Path(name), quick=options.quick)


def run_suite(suite: str, folder: Path, *, quick: bool) -> None:
    """Run one suite; `folder` is for temporary files."""
    if suite.isdecimal():
        measure_validation(int(suite) // (100 if quick else 1), folder / suite, quick=quick)
    elif suite == "five":
        measure_five_files(folder, 2 if quick else 15)
    elif suite == "startup":
        measure_startup(2 if quick else 15)
    elif suite == "imports":
        measure_imports()
    elif suite == "writing":
        measure_writing(quick=quick)
    else:
        measure_reading(folder, quick=quick)


def measure_startup(rounds: int) -> None:
    """Measure commands that check nothing, beside a bare interpreter."""
    commands = ("--version", "--help", "validate --help", "--complete validate --s")
    cases = [Case("python -c pass", [PYTHON, "-c", "pass"], rounds)]
    cases += [
        Case(f"perftarget {command}", [PROGRAMS / "perftarget", *command.split()], rounds) for command in commands
    ]
    cases += [
        Case(f"{peer} --version", [PROGRAMS / peer, "--version"], rounds) for peer in ("yamllint", "check-jsonschema")
    ]
    compare("Start-up", cases)


def measure_imports() -> None:
    """Measure the imports of `validate` on five files by -X importtime: the time of each package's own modules."""
    command = [PYTHON, "-X", "importtime", "-m", "perftarget", "validate", ROOT / "data", "-q", "--no-cache"]
    microseconds: dict[str, list[int]] = {}
    for _ in range(3):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)
        for own_time, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr):
            package = ".".join(name.split(".")[: 2 if name.startswith("perftarget.rules") else 1])
            microseconds.setdefault(package, []).append(int(own_time))
    milliseconds = {package: sum(times) / 3000 for package, times in microseconds.items()}
    packages = sorted(milliseconds, key=lambda package: -milliseconds[package])
    rows = [(name, str(len(microseconds[name]) // 3), f"{milliseconds[name]:.1f}") for name in packages]
    rest = sum(milliseconds[name] for name in packages[15:])
    modules = sum(map(len, microseconds.values())) // 3
    rows = [("all", str(modules), f"{sum(milliseconds.values()):.1f}"), *rows[:15], ("others", "", f"{rest:.1f}")]
    print_table("Imports of validate", ("", "modules", "ms"), rows)


def measure_five_files(folder: Path, rounds: int) -> None:
    """Measure the five sample tables, cold and warm."""
    corpus = Corpus(ROOT / "data" / "projects", sorted((ROOT / "data" / "projects").glob("*.yaml")), folder / "cache")
    cases = [
        Case("python -c pass", [PYTHON, "-c", "pass"], rounds),
        perftarget(corpus, ", cold", "-q", rounds=rounds),
        perftarget(corpus, " --no-cache", "-q", "--no-cache", rounds=rounds),
        yamllint(corpus, rounds),
        check_jsonschema(corpus, rounds),
        yamale(corpus, rounds, 1),
        *npm_tools(corpus, rounds),
    ]
    compare("Five files", cases)
    bare = Case("python -c pass", [PYTHON, "-c", "pass"], rounds)
    warm = perftarget(corpus, ", warm", "-q", rounds=rounds, warm=True)
    compare("Five files again, nothing changed", [bare, warm])


def measure_validation(count: int, folder: Path, *, quick: bool) -> None:
    """Measure generated tables: cold as text and JSON, in one process and two; the peers; cold against warm."""
    corpus = Corpus(folder, write_tables(folder, count, readable=True), folder.with_suffix(".cache"))
    size = sum(path.stat().st_size for path in corpus.files) / count
    large, huge = count > 1000, count > 10_000
    rounds, few_rounds = (1, 1) if quick or huge else (3, 1) if large else (5, 3)
    cases = [
        perftarget(corpus, " -j 1", "-j", "1", rounds=rounds),
        perftarget(corpus, " -j 2", "-j", "2", rounds=rounds),
        perftarget(corpus, " -j 2 --format json", "-j", "2", "--format", "json", rounds=rounds),
    ]
    if not huge:
        no_cache = ("-j", "1", "--no-cache")
        cases += [
            perftarget(corpus, " -j 1 --format json", "-j", "1", "--format", "json", rounds=rounds),
            perftarget(corpus, " -j 1 --no-cache", *no_cache, rounds=rounds),
            # With one cheap rule the time is that of reading, of the model and of the run itself.
            perftarget(corpus, " -j 1 --no-cache, one rule", *no_cache, "--select", "encoding", rounds=rounds),
            check_jsonschema(corpus, few_rounds),
            yamllint(corpus, few_rounds),
            yamale(corpus, few_rounds, 1),
            yamale(corpus, few_rounds, 2),
        ]
    compare(f"{count:,} tables of {size / 1000:.1f} kB", [*cases, *npm_tools(corpus, rounds)], count)
    cold = perftarget(corpus, " -j 2, cold", "-j", "2", rounds=1)
    warm = perftarget(corpus, " -j 2, warm", "-j", "2", rounds=1 if quick else 5, warm=True)
    compare(f"{count:,} tables again, nothing changed", [cold, warm], count)
    print(f"\n{_DEFECTIVE_NOTE}")


if __name__ == "__main__":
    main()
