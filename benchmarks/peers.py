"""An environment with perftarget and what it is measured against, and how each of those is called."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from venv import create

from measure import ROOT, Case

HERE = Path(__file__).resolve().parent
HOME = ROOT / ".venv-bench"
"""Kept from run to run, and made anew when what it is made of has changed."""
PROGRAMS = HOME / "bin"
PYTHON = PROGRAMS / "python"
_WANTED = [HERE / "requirements.txt", HERE / "package.json", ROOT / "pyproject.toml"]
_DONE = HOME / "made-of"
SCHEMA = ROOT / "schemas" / "table.schema.json"
CHECKED = frozenset({0, 1, 2})
"""What a validator may end with where it has found something: sourcemeta and ajv may end with 2."""


def enter() -> None:
    """Go on in that environment, made first where it is not there; a run of npm is left out where there is none."""
    wanted = "\n".join(path.read_text(encoding="utf-8") for path in _WANTED)
    if not _DONE.is_file() or _DONE.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(HOME, ignore_errors=True)
        create(HOME, with_pip=True)
        pip = [PYTHON, "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "-e", ROOT, "-r", HERE / "requirements.txt"], check=True)
        if npm := shutil.which("npm"):
            shutil.copy(HERE / "package.json", HOME)
            subprocess.run([npm, "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HOME, check=True)
        _DONE.write_text(wanted, encoding="utf-8")
    if Path(sys.prefix).resolve() != HOME.resolve():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def versions() -> dict[str, str]:
    """Of everything that is measured, and of what perftarget stands on."""
    listed = subprocess.run([PYTHON, "-m", "pip", "list", "--format", "json"], capture_output=True, check=True)
    named = {package["name"]: package["version"] for package in json.loads(listed.stdout)}
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    peers = [line.partition("==")[0] for line in wanted if "==" in line]
    found = {name: named[name] for name in ("perftarget", "pydantic", "PyYAML", "ruamel.yaml", *peers) if name in named}
    for name in json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]:
        manifest = HOME / "node_modules" / name / "package.json"
        if manifest.is_file():
            found[name] = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    return found


@dataclass(frozen=True)
class Corpus:
    """Files to be checked, all in one folder, and a folder for perftarget's cache."""

    folder: Path
    files: list[Path]
    cache: Path


def own(corpus: Corpus, name: str, *options: str, rounds: int, warm: bool = False) -> Case:
    line = [PROGRAMS / "perftarget", "validate", corpus.folder, *options]
    return Case(f"perftarget validate{name}", line, rounds, frozenset({0, 1}), corpus.cache, warm)


def check_jsonschema(corpus: Corpus, rounds: int) -> Case:
    line = [PROGRAMS / "check-jsonschema", "--schemafile", SCHEMA, *corpus.files]
    return Case("check-jsonschema", line, rounds, CHECKED)


def yamllint(corpus: Corpus, rounds: int) -> Case:
    return Case("yamllint", [PROGRAMS / "yamllint", "-d", "relaxed", corpus.folder], rounds, CHECKED)


def yamale(corpus: Corpus, rounds: int, processes: int) -> Case:
    schema = HERE / "table.yamale.yaml"
    line = [PROGRAMS / "yamale", "-s", schema, "-n", str(processes), corpus.folder]
    return Case(f"yamale, {_processes(processes)}", line, rounds, CHECKED)


def node(corpus: Corpus, rounds: int) -> list[Case]:
    """ajv-cli and the CLI of sourcemeta, the one in JavaScript, the other in C++; none where there is no npm."""
    programs = HOME / "node_modules" / ".bin"
    if not (programs / "ajv").exists():
        print("\najv-cli and jsonschema: not installed, since there is no npm")
        return []
    ajv: list[str | Path] = [programs / "ajv", "validate", "--spec=draft2020", "--strict=false", "--all-errors"]
    ajv += ["-s", SCHEMA, "-d", f"{corpus.folder}/**/*.yaml"]
    native = programs.parent / "@sourcemeta" / "jsonschema" / "build" / "github-releases" / _native()
    line: list[str | Path] = [
        native if native.exists() else programs / "jsonschema",
        "validate",
        "--continue",
        SCHEMA,
        corpus.folder,
    ]
    return [
        Case("ajv-cli, all errors", ajv, rounds, CHECKED),
        Case("sourcemeta jsonschema, exhaustive", line, rounds, CHECKED),
        Case("sourcemeta jsonschema, fast", [*line, "--fast"], rounds, CHECKED),
    ]


def _processes(number: int) -> str:
    return "one process" if number == 1 else f"{number} processes"


def _native() -> str:
    """The program itself: what npm puts in front of it starts it by Node.js, which takes longer than its work."""
    machine = {"aarch64": "arm64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    return f"jsonschema-{platform.system().lower()}-{machine}"
