"""Where results are kept from run to run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """PERFTARGET_CACHE_DIR, else where the system keeps such things; None for a user without a home."""
    environment = os.environ if environment is None else environment
    if given := environment.get("PERFTARGET_CACHE_DIR"):
        return Path(given)
    try:
        return _of_system(environment)
    except RuntimeError:
        return None


def _of_system(environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "perftarget" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "perftarget"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "perftarget"
