"""How many processors this process really has: those that it may run on, and its share of their time."""

from __future__ import annotations

import os
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final

_GROUPS: Final = Path("/sys/fs/cgroup")


def available_cpus(groups: Path = _GROUPS) -> int:
    """At least one; a container's quota of time counts as so many processors."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows
        count = os.cpu_count() or 1
    return max(1, min(count, _quota(groups) or count))


def _quota(groups: Path) -> int | None:
    """None where there is no limit, or nothing can be known of it."""
    with suppress(OSError, ValueError):
        limit, period = (groups / "cpu.max").read_text(encoding="ascii").split()
        return None if limit == "max" else ceil(int(limit) / int(period))
    with suppress(OSError, ValueError):
        limit, period = ((groups / "cpu" / f"cpu.cfs_{name}_us").read_text("ascii") for name in ("quota", "period"))
        return None if int(limit) < 0 else ceil(int(limit) / int(period))
    return None
