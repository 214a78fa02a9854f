"""Shell completion of commands, options, values and rule names; paths are completed by the shell."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from command_line import Run
from perftarget.cli import commands
from perftarget.cli.app import app
from perftarget.cli.shell_completion import SCRIPTS, candidates
from perftarget.linter.rule import CATEGORIES, rules

KNOWN = get_command(app)
COMMANDS = {path.stem.rstrip("_") for path in Path(commands.__path__[0]).glob("[!_]*.py")}
NAMES = {
    "": COMMANDS,
    "val": {"validate"},
    "-": {"--version", "--lang", "--help"},
    "validate --sta": {"--staged"},
    "validate --since HEAD --s": {"--select", "--staged", "--strict", "--scheduler"},
    "validate --select a --sel": {"--select"},
    "validate --format j": {"json", "junit"},
    "validate --select 规": {"规范完整性"},
    "--lang ": {"zh", "en"},
    "validate --lang ": {"zh", "en"},
    "validate data ": set(),
    "validate -o ": set(),
    "render --profile ": {"mof-2021", "nx-county-2025"},
    "diff a b --format ": {"text", "json", "markdown"},
    "cache ": {"clean", "path"},
    "schema t": {"table"},
    "completion ": {*SCRIPTS},
    "nothing ": COMMANDS,
}


@pytest.mark.parametrize("line", NAMES)
def test_a_command_line_has_its_candidates(line: str) -> None:
    assert {value for value, _ in candidates(KNOWN, line.split(" "))} == NAMES[line]


def test_rules_and_categories_are_candidates() -> None:
    assert [value for value, _ in candidates(KNOWN, ["explain", ""])] == sorted(rules())
    assert {value for value, _ in candidates(KNOWN, ["validate", "--ignore", ""])} == {*rules(), *CATEGORIES}


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_explains_its_installation(shell: str, run: Run) -> None:
    done = run("completion", shell)
    assert f"perftarget completion {shell}" in done.stdout
    assert "perftarget --complete" in done.stdout
    assert done.returncode == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["perftarget", "val"], "validate"),
        (["perftarget", "explain", "amount-"], "amount-form amount-mismatch"),
        (["perftarget", "validate", "--select", "规范"], "规范完整性"),
        (["perftarget", "validate", "da"], ""),
    ],
)
def test_bash_completes_with_the_script(words: list[str], found: str, tmp_path: Path) -> None:
    program = tmp_path / "perftarget"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m perftarget "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shown = " ".join(f"'{word}'" for word in words)
    script = f"""PATH={tmp_path}:$PATH
eval "$(perftarget completion bash)"
COMP_WORDS=({shown}) COMP_CWORD={len(words) - 1}
_perftarget
echo "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert (done.stdout.strip(), done.stderr) == (found, "")
