"""Measure how printed forms of all layouts are read.

`python tests/read_forms.py --count 100` prints, by layout, how many generated forms are read right, refused, read with
doubts, or silently read wrong, and how often each kind of fault occurs. With -v the first wrong forms are drawn in the
syntax of tests/forms with what was expected and found.
"""

# ruff: noqa: T201 (the script prints its results)

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "helpers"))

from generated_forms import generate
from generated_forms.judge import Verdict, judge
from generated_forms.picture import picture
from generated_forms.truth import GeneratedForm
from perftarget.config.loader import load_profile
from perftarget.formats.yaml.writer import write

OUTCOMES = ("right", "needless", "doubted", "refused", "wrong")
"""`needless` are forms that are read right, and yet with a doubt."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=0, help="number of the first form of each layout")
    parser.add_argument("--count", type=int, default=50, help="forms of each layout")
    parser.add_argument("--layout", default="", help="name of the function of the only layout to measure")
    parser.add_argument("--fault", default="", help="with -v, show only forms with this kind of fault")
    parser.add_argument("-v", "--verbose", type=int, nargs="?", const=3, default=0, help="wrong forms to show (3)")
    options = parser.parse_args()
    profile = load_profile("nx-county-2025")
    outcomes: dict[str, Counter[str]] = {}
    faults: dict[str, Counter[str]] = {}
    shown = 0
    for form in generate(options.seed, options.count, options.layout):
        verdict = judge(form, profile)
        is_needless = verdict.outcome == "right" and verdict.reading.doubts and not form.is_other_kind
        outcomes.setdefault(form.layout, Counter())["needless" if is_needless else verdict.outcome] += 1
        kinds = {fault.split(":")[0] for fault in verdict.faults}
        faults.setdefault(form.layout, Counter()).update(kinds)
        is_asked = options.fault in kinds if options.fault else verdict.outcome == "wrong"
        if shown < options.verbose and is_asked:
            shown += 1
            show(form, verdict)
    print_table(outcomes, faults)
    return int(any(counts["wrong"] for counts in outcomes.values()))


def print_table(outcomes: dict[str, Counter[str]], faults: dict[str, Counter[str]]) -> None:
    print(f"{'layout':20}" + "".join(f"{name:>9}" for name in OUTCOMES) + "   faults")
    total = sum(outcomes.values(), Counter())
    for layout, counts in [*outcomes.items(), ("all", total)]:
        kinds = faults[layout] if layout in faults else sum(faults.values(), Counter())
        listed = ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
        print(f"{layout:20}" + "".join(f"{counts[name]:9}" for name in OUTCOMES) + "   " + listed)


def show(form: GeneratedForm, verdict: Verdict) -> None:
    print(f"######## {form.variation}: {verdict.outcome}")
    print(picture(form.flow))
    print("=== found")
    print("---\n".join(write(data) for data in verdict.reading.data) or verdict.reading.refusal)
    print("=== reported")
    print("\n".join(text.replace("\n", "\\n") for text in verdict.reading.reported))
    print("=== faults")
    print("\n".join(verdict.faults), end="\n\n")


if __name__ == "__main__":
    sys.exit(main())
