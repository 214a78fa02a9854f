"""The folder of the result cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """Return PERFTARGET_CACHE_DIR, else the user's cache folder; None for a user without a home folder."""
    environment = os.environ if environment is None else environment
    if given := environment.get("PERFTARGET_CACHE_DIR"):
        return Path(given)
    from platformdirs import user_cache_path

    try:
        folder = user_cache_path("perftarget", appauthor=False)
    except RuntimeError:  # no home folder; older releases return "~" as it is
        return None
    return folder if folder.is_absolute() else None
