"""Imports go down, plugs do not know each other, and each outside package has its place."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "perftarget"
LAYERS = [
    {
        "__init__",
        "errors",
        "limits",
        "kept",
        "regex",
        "source",
        "characters",
        "units",
        "measures",
        "grammar",
        "dates",
        "words",
    }
    | {"names", "quantity", "money", "grid", "scalar", "encoding", "tree", "edit", "language", "markup", "digest"}
    | {"edition", "cache_folder", "repository", "walk"},
    {"model", "find", "diagnostic", "view", "wording", "fingerprint", "settings", "profile", "configuration"},
    {"document", "rule", "form", "package", "unwanted"},
    {"readers", "rules", "reporters", "writers"},
    {
        "console",
        "read",
        "annotate",
        "baseline",
        "check",
        "fix",
        "mend",
        "portfolio",
        "report",
        "write",
        "rendering",
        "schema",
    }
    | {"targets", "git", "progress", "overview", "examine", "facts", "stream", "processors", "workers"}
    | {"sweep", "cache", "packed", "replay", "cluster", "promise", "compare", "differences", "usual"},
    {
        "api",
        "session",
        "results",
        "actions",
        "help",
        "catalogue",
        "validation",
        "front",
        "publication",
        "inputs",
        "sides",
        "setup",
        "draft",
        "starting",
        "editor",
        "serving",
    },
    {"options", "completion"},
    {"commands"},
    {"cli", "__main__"},
]
PLUGS = LAYERS[3]
PLACES = {
    "yaml": {"tree"},
    "pydantic": {"model", "settings", "profile", "configuration", "document", "schema"},
    "typing_extensions": {"reporters.json"},
    "rich": {"reporters.text", "catalogue", "progress"},
    "jinja2": {"reporters.html"},
    "distributed": {"cluster"},
    "pygls": {"editor.server", "editor.wire"},
    "lsprotocol": {"editor.server", "editor.wire"},
    "watchfiles": {"serving"},
    "typer": {"cli", "help", "options"} | {f"commands.{one.stem}" for one in PACKAGE.glob("commands/[!_]*.py")},
    "lxml": {"writers._xlsx_notes", "readers.docx", "package", "readers._xlsx_sheet"}
    | {f"readers._docx_{part}" for part in ("fields", "numbering", "raster", "styles", "text", "xml")},
}
STANDARD_LIBRARY_ONLY = {"source", "quantity", "characters", "units", "measures", "grammar", "dates", "words", "names"}


def modules() -> dict[str, Path]:
    paths = {path: path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py")}
    return {".".join(relative.parts): path for path, relative in paths.items()}


def imports(path: Path) -> set[str]:
    """Every module that the file imports, at its top or inside of a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module)
            if node.module in {"perftarget", "perftarget.rules"}:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if name.split(".", maxsplit=1)[0] in names)


def own(imported: set[str]) -> set[str]:
    found = {name.removeprefix("perftarget.") for name in imported if name.startswith("perftarget.")}
    return {name for name in found if name.split(".")[0] in set().union(*LAYERS)}


@pytest.mark.parametrize("name", modules())
def test_imports_go_down(name: str) -> None:
    for imported in own(imports(modules()[name])):
        if (name, imported) in {("rule", "rules"), ("__init__", "api")}:
            continue  # the registry walks the folder of its plugs and knows none; the front door opens when asked
        assert layer(imported) <= layer(name), f"{name} imports {imported}, which is above it"
        folder, other = name.split(".", maxsplit=1)[0], imported.split(".")[0]
        assert folder == other or not {folder, other} <= PLUGS, (
            f"{name} imports {imported}: plugs do not know each other"
        )


@pytest.mark.parametrize("name", modules())
def test_each_outside_package_has_its_place(name: str) -> None:
    outside = {full.split(".")[0] for full in imports(modules()[name])} - set(sys.stdlib_module_names) - {"perftarget"}
    for package in outside:
        assert name in PLACES.get(package, set()), f"{name} imports {package}"
    if name in STANDARD_LIBRARY_ONLY:
        assert not outside
        assert all(layer(imported) == 0 for imported in own(imports(modules()[name])))


def test_no_import_is_circular() -> None:
    graph = {name: own(imports(path)) for name, path in modules().items() if not name.endswith("__init__")}
    graph["rule"] = graph["rule"] - {"rules"}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"circular: {' → '.join((*above, name))}"
        if name not in done and name in graph:
            for imported in graph[name]:
                visit(imported, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], {"typer", "pydantic", "rich", "docx", "lxml", "yaml"}),
        (["validate", "data", "-q"], {"docx", "lxml", "rich.console"}),
        (["validate", "data", "--format", "json"], {"docx", "lxml", "rich", "jinja2"}),
    ],
)
def test_heavy_modules_are_imported_when_used(arguments: list[str], absent: set[str]) -> None:
    assert not absent & imported_by(arguments)


NEEDED = (
    "__main__ front validation actions session sweep workers examine results targets stream view report wording write",
    "find read encoding tree scalar edit source document model settings profile configuration errors language",
    "check rule unwanted fix portfolio facts baseline diagnostic progress processors console",
    "cache cache_folder packed replay digest edition repository walk",
    "quantity characters units measures grammar dates words names money grid kept regex limits",
)
"""What a run on plain paths may import besides the rules: nothing that reads or writes forms, Word or Excel."""
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
    assert {name for name in own_modules if name.split(".")[0] not in {"rules", "reporters"}} <= {
        name for line in NEEDED for name in line.split()
    }
    assert {name for name in own_modules if name.startswith("reporters.")} == {"reporters.text"}
    assert not {"rules._yaml", "rules._computed"} & own_modules
    top = {name.split(".")[0] for name in found if "." not in name and not name.startswith("_")}
    outside = top - set(sys.stdlib_module_names) - {"perftarget"}
    assert outside <= OUTSIDE | {"rich"}, "rich tells how wide a character is, and no more"
    assert not {"rich.console", "multiprocessing", "asyncio", "http"} & found


def imported_by(arguments: list[str], **environment: str) -> set[str]:
    """The modules that a command imports."""
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
