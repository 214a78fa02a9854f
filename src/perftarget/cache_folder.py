"""Where results are kept from run to run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def folder(environment: Mapping[str, str] | None = None) -> Path:
    """PERFTARGET_CACHE_DIR, else where the system keeps such things."""
    environment = os.environ if environment is None else environment
    if given := environment.get("PERFTARGET_CACHE_DIR"):
        return Path(given)
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "perftarget" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "perftarget"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "perftarget"
