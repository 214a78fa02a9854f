"""Entry point: `--version` answers before anything is imported."""

from __future__ import annotations

import sys

from perftarget import __version__


def main() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"perftarget {__version__}")  # noqa: T201 - the command line's shortest way
        return
    from perftarget.cli import run

    run()


if __name__ == "__main__":
    main()
