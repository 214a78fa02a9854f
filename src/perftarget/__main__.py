"""Entry point: `--version` answers before anything is imported."""

from __future__ import annotations

import gc
import sys

from perftarget import __version__


def main() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"perftarget {__version__}")
        return
    # One short run makes no garbage worth collecting; looking for it takes an eighth of the time.
    gc.disable()
    from perftarget.cli import run

    run()


if __name__ == "__main__":
    main()
