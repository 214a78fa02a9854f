"""The number of processors that this process may use."""

from __future__ import annotations

import os
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final

_CGROUPS: Final = Path("/sys/fs/cgroup")


def available_cpus(cgroups: Path = _CGROUPS) -> int:
    """Return the number of processors it may run on, bounded by a container's quota of time; at least 1."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # only on Linux
        count = os.cpu_count() or 1
    return max(1, min(count, _quota(cgroups) or count))


def _quota(cgroups: Path) -> int | None:
    """Return the quota in processors, rounded up; None without a limit."""
    with suppress(OSError, ValueError):  # version 2
        limit, period = (cgroups / "cpu.max").read_text(encoding="ascii").split()
        return None if limit == "max" else ceil(int(limit) / int(period))
    with suppress(OSError, ValueError):  # version 1
        limit, period = ((cgroups / "cpu" / f"cpu.cfs_{name}_us").read_text("ascii") for name in ("quota", "period"))
        return None if int(limit) < 0 else ceil(int(limit) / int(period))
    return None
