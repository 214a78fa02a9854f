"""Seed defects into the good tables of tests/tables/good and print how many of each kind are found.

`python tests/seeded.py [--seed N] [--per-kind N] [--kind K] [-v]`: K is the beginning of the names of the kinds, such
as V1 or M7-amount; -v prints examples of what was missed and of other findings.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "helpers"), str(TESTS.parent / "src")]  # the rules beside it, whatever is installed

from seeded_defects import Tally, measure  # noqa: E402
from seeded_sheet import KINDS  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="which changes are drawn (default 1)")
    parser.add_argument("--per-kind", type=int, default=40, help="changes of a kind at most; 0 for all (default 40)")
    parser.add_argument("--kind", default="", help="only the kinds whose names begin so")
    parser.add_argument("-v", "--verbose", action="store_true", help="examples of what was missed")
    arguments = parser.parse_args()
    kinds = {name: one for name, one in KINDS.items() if name.startswith(arguments.kind)}
    if not kinds:
        parser.error(f"no kind begins with {arguments.kind}; there are {', '.join(KINDS)}")
    tallies = measure(arguments.seed, arguments.per_kind or None, kinds)
    for name, tally in tallies.items():
        _print_line(name, tally)
        if arguments.verbose:
            _print_examples(tally)
    groups: dict[str, list[Tally]] = {}
    for name, tally in tallies.items():
        groups.setdefault(name.split("-")[0], []).append(tally)
    _write("\nGroups, with the mean of the shares of their kinds:")
    for name, group in {**groups, "all": list(tallies.values())}.items():
        whole = Tally(
            sum(one.seeded for one in group), sum(one.found for one in group), sum(one.other for one in group)
        )
        shares = [one.found / one.seeded for one in group if one.seeded]
        _print_line(f"{name} ({len(group)} kinds, mean {sum(shares) / (len(shares) or 1):.0%})", whole)
    return 0


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _print_line(name: str, tally: Tally) -> None:
    share = f"{tally.found / tally.seeded:4.0%}" if tally.seeded else "   –"
    _write(f"{tally.found:5}/{tally.seeded:<5} {share}  other {tally.other:<4} {name}")


def _print_examples(tally: Tally, limit: int = 5) -> None:
    if tally.rules:
        _write(f"          found by {', '.join(f'{rule} {count}' for rule, count in tally.rules.most_common())}")
    for change in tally.missed[:limit]:
        _write(f"          missed  {Path(change.sheet.file).stem}: {change.shown[:150]}")
    for change, one in tally.others[:limit]:
        _write(
            f"          other   {Path(change.sheet.file).stem}: {change.shown[:80]} ⇒ [{one.rule}] {one.message[:100]}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
