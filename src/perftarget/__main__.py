"""Entry point: `--version` answers before anything is imported."""

from __future__ import annotations

import sys

from perftarget import __version__


def main() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"perftarget {__version__}")
        return
    import gc
    import os

    from perftarget import language

    # One short run makes no garbage worth collecting; looking for it takes an eighth of the time.
    gc.disable()
    # The help texts are made when the command line is, in the language that is chosen by then.
    language.use(language.chosen(sys.argv[1:], os.environ))
    from perftarget.cli import run

    run()


if __name__ == "__main__":
    main()
