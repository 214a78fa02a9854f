"""The static checks report nothing, and generated files are current."""

from __future__ import annotations

import subprocess
import sys

import pytest

from repository import ROOT


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "check", "--no-cache", "."],
        ["-m", "ruff", "format", "--no-cache", "--check", "."],
        pytest.param(["-m", "mypy"], marks=pytest.mark.slow),
        [
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True, no_logo=True))",
        ],
        ["scripts/generate.py", "--check"],
    ],
    ids=" ".join,
)
def test_static_checks_pass(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
