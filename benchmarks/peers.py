"""Environment with perftarget and the tools that it is compared with, and the command of each tool."""

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

from measure import ROOT, Case, Command

HERE = Path(__file__).resolve().parent
VENV = ROOT / ".venv-bench"
"""The virtual environment of the benchmarks, kept until the files that list its packages change."""
PROGRAMS = VENV / "bin"
PYTHON = PROGRAMS / "python"
_PACKAGE_LISTS = [HERE / "requirements.txt", HERE / "package.json", ROOT / "pyproject.toml"]
_STAMP = VENV / "made-of"
SCHEMA = ROOT / "schemas" / "table.schema.json"
VALIDATOR_CODES = frozenset({0, 1, 2})
"""The exit codes of a validator that has done its work; sourcemeta and ajv may exit with 2 after a finding."""


def enter_environment() -> None:
    """Continue in the virtual environment, and create it first if necessary; without npm its packages are left out."""
    wanted = "\n".join(path.read_text(encoding="utf-8") for path in _PACKAGE_LISTS)
    if not _STAMP.is_file() or _STAMP.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(VENV, ignore_errors=True)
        create(VENV, with_pip=True)
        pip = [PYTHON, "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "-e", ROOT, "-r", HERE / "requirements.txt"], check=True)
        if npm := shutil.which("npm"):
            shutil.copy(HERE / "package.json", VENV)
            subprocess.run([npm, "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=VENV, check=True)
        _STAMP.write_text(wanted, encoding="utf-8")
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def versions() -> dict[str, str]:
    """Return the versions of perftarget, of its main dependencies and of all peers."""
    output = subprocess.run([PYTHON, "-m", "pip", "list", "--format", "json"], capture_output=True, check=True)
    installed = {package["name"]: package["version"] for package in json.loads(output.stdout)}
    requirements = (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    peers = [line.partition("==")[0] for line in requirements if "==" in line]
    names = ("perftarget", "pydantic", "PyYAML", "ruamel.yaml", *peers)
    result = {name: installed[name] for name in names if name in installed}
    for name in json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]:
        manifest = VENV / "node_modules" / name / "package.json"
        if manifest.is_file():
            result[name] = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    return result


@dataclass(frozen=True)
class Corpus:
    """A folder of files to check, the files, and a folder for the cache of perftarget."""

    folder: Path
    files: list[Path]
    cache: Path


def perftarget(corpus: Corpus, suffix: str, *options: str, rounds: int, warm: bool = False) -> Case:
    """Return the case of `perftarget validate` with options; `suffix` is added to its name."""
    command = [PROGRAMS / "perftarget", "validate", corpus.folder, *options]
    return Case(f"perftarget validate{suffix}", command, rounds, frozenset({0, 1}), corpus.cache, warm)


def check_jsonschema(corpus: Corpus, rounds: int) -> Case:
    """Return the case of check-jsonschema."""
    command = [PROGRAMS / "check-jsonschema", "--schemafile", SCHEMA, *corpus.files]
    return Case("check-jsonschema", command, rounds, VALIDATOR_CODES)


def yamllint(corpus: Corpus, rounds: int) -> Case:
    """Return the case of yamllint with its relaxed configuration."""
    return Case("yamllint", [PROGRAMS / "yamllint", "-d", "relaxed", corpus.folder], rounds, VALIDATOR_CODES)


def yamale(corpus: Corpus, rounds: int, processes: int) -> Case:
    """Return the case of yamale with a number of processes."""
    schema = HERE / "table.yamale.yaml"
    command = [PROGRAMS / "yamale", "-s", schema, "-n", str(processes), corpus.folder]
    name = "one process" if processes == 1 else f"{processes} processes"
    return Case(f"yamale, {name}", command, rounds, VALIDATOR_CODES)


def npm_tools(corpus: Corpus, rounds: int) -> list[Case]:
    """Return the cases of ajv-cli (JavaScript) and the sourcemeta CLI (C++); none if they are not installed."""
    programs = VENV / "node_modules" / ".bin"
    if not (programs / "ajv").exists():
        print("\najv-cli and jsonschema: not installed, since there is no npm")
        return []
    ajv: Command = [
        programs / "ajv",
        "validate",
        "--spec=draft2020",
        "--strict=false",
        "--all-errors",
        "-s",
        SCHEMA,
        "-d",
        f"{corpus.folder}/**/*.yaml",
    ]
    native = programs.parent / "@sourcemeta" / "jsonschema" / "build" / "github-releases" / _native_program()
    program = native if native.exists() else programs / "jsonschema"
    sourcemeta: Command = [program, "validate", "--continue", SCHEMA, corpus.folder]
    return [
        Case("ajv-cli, all errors", ajv, rounds, VALIDATOR_CODES),
        Case("sourcemeta jsonschema, exhaustive", sourcemeta, rounds, VALIDATOR_CODES),
        Case("sourcemeta jsonschema, fast", [*sourcemeta, "--fast"], rounds, VALIDATOR_CODES),
    ]


def _native_program() -> str:
    """Return the name of the native program; the npm wrapper takes longer to start it than it runs."""
    machine = {"aarch64": "arm64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    return f"jsonschema-{platform.system().lower()}-{machine}"
