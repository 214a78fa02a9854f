"""Measure perftarget against its peers, interleaved; prints Markdown. See README.md."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import ENVIRONMENT, ROOT, Case, compare, facts, print_table
from peers import PROGRAMS, PYTHON, Corpus, check_jsonschema, enter, node, own, versions, yamale, yamllint
from tables import DEFECTIVE, SEED, write
from word import reading, writing

SUITES = ("startup", "imports", "five", "1000", "10000", "100000", "writing", "reading")
_DEFECTIVE = f"Seed {SEED}; {DEFECTIVE:.0%} of the tables have defects, and most of the others a vague word."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"of {', '.join(SUITES)}; all without one")
    parser.add_argument("--quick", action="store_true", help="a few tables and rounds: does everything still run?")
    asked = parser.parse_args()
    if unknown := set(asked.suites) - set(SUITES):
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    enter()
    print(facts(versions()))
    with TemporaryDirectory(prefix="perftarget-") as name:
        for suite in asked.suites or SUITES:
            run(suite, Path(name), quick=asked.quick)


def run(suite: str, folder: Path, *, quick: bool) -> None:
    if suite.isdecimal():
        validation(int(suite) // (100 if quick else 1), folder / suite, quick=quick)
    elif suite == "five":
        five(folder, 2 if quick else 15)
    elif suite == "startup":
        startup(2 if quick else 15)
    elif suite == "imports":
        imports()
    elif suite == "writing":
        writing(quick=quick)
    else:
        reading(folder, quick=quick)


def startup(rounds: int) -> None:
    asked = ("--version", "--help", "validate --help", "--complete validate --s")
    cases = [Case("python -c pass", [PYTHON, "-c", "pass"], rounds)]
    cases += [Case(f"perftarget {what}", [PROGRAMS / "perftarget", *what.split()], rounds) for what in asked]
    cases += [
        Case(f"{peer} --version", [PROGRAMS / peer, "--version"], rounds) for peer in ("yamllint", "check-jsonschema")
    ]
    compare("Start-up", cases)


def imports() -> None:
    """What `validate` imports on five files, by -X importtime: the time of each package's own modules."""
    line = [PYTHON, "-X", "importtime", "-m", "perftarget", "validate", ROOT / "data", "-q", "--no-cache"]
    spent: dict[str, list[int]] = {}
    for _ in range(3):
        done = subprocess.run(line, capture_output=True, text=True, check=False, env=ENVIRONMENT)
        for own_time, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr):
            package = ".".join(name.split(".")[: 2 if name.startswith("perftarget.rules") else 1])
            spent.setdefault(package, []).append(int(own_time))
    total = {package: sum(times) / 3000 for package, times in spent.items()}
    rows = [
        (name, str(len(spent[name]) // 3), f"{total[name]:.1f}") for name in sorted(total, key=lambda one: -total[one])
    ]
    rest = sum(total[name] for name, _, _ in rows[15:])
    rows = [("all", str(sum(map(len, spent.values())) // 3), f"{sum(total.values()):.1f}"), *rows[:15]]
    print_table("Imports of validate", ("", "modules", "ms"), [*rows, ("others", "", f"{rest:.1f}")])


def five(folder: Path, rounds: int) -> None:
    corpus = Corpus(ROOT / "data" / "projects", sorted((ROOT / "data" / "projects").glob("*.yaml")), folder / "cache")
    cases = [
        Case("python -c pass", [PYTHON, "-c", "pass"], rounds),
        own(corpus, ", cold", "-q", rounds=rounds),
        own(corpus, " --no-cache", "-q", "--no-cache", rounds=rounds),
        yamllint(corpus, rounds),
        check_jsonschema(corpus, rounds),
        yamale(corpus, rounds, 1),
        *node(corpus, rounds),
    ]
    compare("Five files", cases)
    bare = Case("python -c pass", [PYTHON, "-c", "pass"], rounds)
    compare("Five files again, nothing changed", [bare, own(corpus, ", warm", "-q", rounds=rounds, warm=True)])


def validation(count: int, folder: Path, *, quick: bool) -> None:
    """Cold with an empty cache, text and JSON, one process and two; warm; then the peers on the same files."""
    corpus = Corpus(folder, write(folder, count, readable=True), folder.with_suffix(".cache"))
    size = sum(path.stat().st_size for path in corpus.files) / count
    large, huge = count > 1000, count > 10_000
    rounds, few = (1, 1) if quick or huge else (3, 1) if large else (5, 3)
    cases = [
        own(corpus, " -j 1", "-j", "1", rounds=rounds),
        own(corpus, " -j 2", "-j", "2", rounds=rounds),
        own(corpus, " -j 2 --format json", "-j", "2", "--format", "json", rounds=rounds),
    ]
    if not huge:
        alone = ("-j", "1", "--no-cache")
        cases += [
            own(corpus, " -j 1 --format json", "-j", "1", "--format", "json", rounds=rounds),
            own(corpus, " -j 1 --no-cache", *alone, rounds=rounds),
            # What is left when hardly a rule looks: reading, places, the model, the workings of a run.
            own(corpus, " -j 1 --no-cache, one rule", *alone, "--select", "encoding", rounds=rounds),
            check_jsonschema(corpus, few),
            yamllint(corpus, few),
            yamale(corpus, few, 1),
            yamale(corpus, few, 2),
        ]
    compare(f"{count:,} tables of {size / 1000:.1f} kB", [*cases, *node(corpus, rounds)], count)
    cold = own(corpus, " -j 2, cold", "-j", "2", rounds=1)
    warm = own(corpus, " -j 2, warm", "-j", "2", rounds=1 if quick else 5, warm=True)
    compare(f"{count:,} tables again, nothing changed", [cold, warm], count)
    print(f"\n{_DEFECTIVE}")


if __name__ == "__main__":
    main()
