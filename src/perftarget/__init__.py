"""Linter for budget performance target tables (项目支出预算绩效目标表)."""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` takes longer than everything that `--version` needs
if TYPE_CHECKING:
    from typing import Any

    from perftarget.api import check_bytes

__version__ = "0.1.0"
__all__ = ["__version__", "check_bytes"]


def __getattr__(name: str) -> Any:
    """Import the slow parts of the public API on first use."""
    if name == "check_bytes":
        from perftarget.api import check_bytes

        return check_bytes
    raise AttributeError(name)
