"""The built-in profiles of the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from perftarget.formats.yaml.loader import load
from perftarget.text.source import Source


@cache
def builtin_names() -> list[str]:
    """Return the names of the built-in profiles, without the base file, which has only word lists."""
    names = {Path(entry.name).stem for entry in _profile_folder().iterdir() if entry.name.endswith(".yaml")}
    return sorted(names - {BASE})


@cache  # the base file is read twice, and parsing it takes as long as checking many tables
def read_builtin(name: str) -> tuple[dict[str, Any], Source]:
    """Return the settings of a built-in profile and their source; its file is parsed once."""
    path, text = f"{name}.yaml", (_profile_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    tree = load(text, ours=True)
    return dict(tree.data), Source(path, text, tree.spans)  # type: ignore[arg-type]


def _profile_folder() -> Any:
    return files("perftarget.config") / "profiles"


BASE: Final = "base"
