"""External packages are imported only in their places, and modules only when they are used."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repository import PACKAGE

PLACES = {
    "yaml": {"formats.yaml.loader"},
    "pydantic": {
        "authoring.json_schema",
        "config.error_messages",
        "config.lexicon",
        "config.loader",
        "config.profile",
        "config.settings",
        "runner.cache.codec",
        "tables.builder",
        "tables.entries",
        "tables.model",
        "tables.shapes",
    },
    "typing_extensions": {"reporters.figures", "reporters.json"},
    "rich": {"linter.catalogue", "reporters.text", "runner.progress", "text.columns"},
    "jinja2": {"reporters.html"},
    "platformdirs": {"runner.cache.location"},
    "docx": {f"formats.docx.write_{part}" for part in ("file", "paragraph", "styles")} | {"reporters.letter"},
    "distributed": {"runner.dask"},
    "pygls": {"authoring.lsp.features", "authoring.lsp.protocol", "authoring.lsp.server"},
    "lsprotocol": {"authoring.lsp.features", "authoring.lsp.protocol", "authoring.lsp.server"},
    "watchfiles": {"cli.watch"},
    "typer": {"cli.app", "cli.help", "cli.options"}
    | {f"cli.commands.{one.stem}" for one in PACKAGE.glob("cli/commands/[!_]*.py")},
    "lxml": {"formats.docx.reader", "formats.ooxml.package", "formats.xlsx.notes", "formats.xlsx.read_sheet"}
    | {
        f"formats.docx.read_{part}"
        for part in ("boxes", "fields", "layout", "numbering", "raster", "styles", "text", "xml")
    },
}


def modules() -> dict[str, Path]:
    paths = {path: path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py")}
    return {".".join(relative.parts): path for path, relative in paths.items()}


def imports(path: Path) -> set[str]:
    """Return every module that the file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(str(node.module))
    return found


@pytest.mark.parametrize("name", modules())
def test_external_packages_are_imported_only_in_their_places(name: str) -> None:
    outside = {full.split(".")[0] for full in imports(modules()[name])} - set(sys.stdlib_module_names) - {"perftarget"}
    for package in outside:
        assert name in PLACES.get(package, set()), f"{name} imports {package}"
    if name.startswith(("text.", "values.")) and name != "text.columns":
        assert not outside


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], {"typer", "pydantic", "rich", "docx", "lxml", "yaml"}),
        (["validate", "data", "-q"], {"docx", "lxml", "rich.console"}),
        (["validate", "data", "--format", "json"], {"docx", "lxml", "rich", "jinja2"}),
        (["render", "data", "--html", "-o", "-"], {"docx", "lxml"}),
    ],
)
def test_heavy_modules_are_imported_only_when_used(arguments: list[str], absent: set[str]) -> None:
    assert not absent & imported_by(arguments)


NEEDED = """
__main__
config
config.builtin
config.error_messages
config.loader
config.profile
config.lexicon
config.settings
console
errors
files
files.atomic_write
files.discovery
files.repository
files.unchecked
formats
formats.grid
formats.yaml
formats.yaml.loader
formats.yaml.scalar
i18n
limits
linter
linter.baseline
linter.cross_table
linter.diagnostics_builder
linter.match
linter.diagnostic
linter.engine
linter.fact_store
linter.figures
linter.fix_edits
linter.rule
linter.run
linter.selection
reporters
reporters.options
reporters.outputs
reporters.phrases
reporters.registry
reporters.text
runner
runner.cache
runner.cache.codec
runner.cache.location
runner.cache.replay
runner.cache.store
runner.cache.version_key
runner.check_file
runner.cpu_count
runner.output_writer
runner.progress
runner.project
runner.run
runner.scheduler
runner.validate
runner.workers
tables
tables.once
tables.parts
tables.builder
tables.costing
tables.costing.costing
tables.costing.declared
tables.costing.inferred
tables.costing.rates
tables.document
tables.entries
tables.indicators
tables.keys
tables.model
tables.semantics
tables.semantics.direction
tables.semantics.exchanged
tables.semantics.lexicon
tables.semantics.mismatch
tables.semantics.names
tables.semantics.rates
tables.semantics.sizes
tables.semantics.tiers
tables.semantics.value_kinds
tables.reader
tables.shapes
text
text.control_characters
text.chinese_numerals
text.columns
text.digest
text.edits
text.encoding
text.normalize
text.similarity
text.source
values
values.bands
values.dates
values.faults
values.indicator_names
values.measurability
values.measures
values.money
values.number_parser
values.parser
values.phrases
values.qualitative
values.repairs
values.repairs_of_dates
values.rewriting
values.standards
values.tier_label
values.units
values.years
values.unreadable
"""
"""Modules that a plain validation may import besides the rules: none that reads or writes forms, Word or Excel."""
OUTSIDE = {
    "pydantic",
    "pydantic_core",
    "annotated_types",
    "typing_inspection",
    "typing_extensions",
    "yaml",
    "_yaml",
    "cython_runtime",
}


def test_a_plain_validation_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    found = imported_by(["validate", "data/projects", "-q"], PERFTARGET_CACHE_DIR=str(tmp_path))
    own_modules = {name.removeprefix("perftarget.") for name in found if name.startswith("perftarget.")}
    assert {name for name in own_modules if name.split(".")[0] != "rules"} <= set(NEEDED.split())
    assert "rules.shared.yaml_typo_search" not in own_modules
    top = {name.split(".")[0] for name in found if "." not in name and not name.startswith("_")}
    outside = top - set(sys.stdlib_module_names) - {"perftarget"}
    assert outside <= OUTSIDE | {"rich"}, "rich is used only for the width of characters"
    assert not {"rich.console", "multiprocessing", "asyncio", "http"} & found


def imported_by(arguments: list[str], **environment: str) -> set[str]:
    """Return the modules that a command imports."""
    code = (
        "import sys, atexit\n"
        "before = set(sys.modules)\n"
        "atexit.register(lambda: sys.stderr.write('\\n'.join(set(sys.modules) - before)))\n"
        f"sys.argv = ['perftarget', *{arguments!r}]\n"
        "from perftarget.__main__ import main\n"
        "main()\n"
    )
    root = PACKAGE.parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n"))
