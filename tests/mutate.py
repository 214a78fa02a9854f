"""Apply each wrong edit of mutations.yaml to a copy of the package and report those that no example detects.

`python tests/mutate.py [RULE …] [-j N]` runs the examples of the rule on each mutant, and exits with 1 if one survives.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "perftarget"
LIST = Path(__file__).parent / "mutations.yaml"


@dataclass(frozen=True)
class Mutation:
    """A replacement of `old`, which occurs once in the file, by `new`; the examples of `rule` should detect it."""

    rule: str
    file: str
    old: str
    new: str

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.old!r} → {self.new!r} in {self.file}"


def mutations(chosen: list[str]) -> Iterator[Mutation]:
    listed = yaml.load(LIST.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    for rule, edits in listed.items():
        if chosen and rule not in chosen:
            continue
        for edit in edits:
            *file, old, new = (part.replace("\\n", "\n") for part in edit)
            yield Mutation(rule, file[0] if file else f"rules/{rule.replace('-', '_')}.py", old, new)


def survives(mutation: Mutation) -> bool:
    """Return True if the examples of the rule pass with the wrong edit, or if it cannot be applied."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src" / "perftarget"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        path = copy / mutation.file
        text = path.read_text(encoding="utf-8")
        if text.count(mutation.old) != 1:
            print(f"found {text.count(mutation.old)} times, not once: {mutation.name}")
            return True
        path.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
        options = ["-q", "-x", "-n=0", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", *options, "tests/rules/test_examples.py"]
        environment = {**os.environ, "PYTHONPATH": str(copy.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        selected = f"{mutation.rule}: or {mutation.rule}]"
        done = subprocess.run([*command, "-k", selected], cwd=ROOT, env=environment, capture_output=True, check=False)
        if done.returncode not in {0, 1, 2}:
            raise SystemExit(f"{mutation.name}: {done.stdout.decode()}{done.stderr.decode()}")
        return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="*")
    parser.add_argument("-j", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    every = list(mutations(arguments.rules))
    with ThreadPoolExecutor(arguments.j) as pool:
        survivors = [mutation for mutation, survived in zip(every, pool.map(survives, every), strict=True) if survived]
    for mutation in survivors:
        print(f"survives: {mutation.name}")
    print(f"{len(every) - len(survivors)} of {len(every)} wrong edits are caught")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
