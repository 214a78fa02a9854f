"""Entry point: `--version` answers before anything is imported."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

from perftarget import __version__


def main() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"perftarget {__version__}")
        return
    signal.signal(signal.SIGINT, _interrupted)
    if sys.argv[1:2] == ["validate"] and "--no-cache" not in sys.argv:
        from perftarget import cache_folder, replay

        if (code := replay.told(cache_folder.folder(), sys.argv[1:], os.environ)) is not None:
            sys.exit(code)
    import gc

    from perftarget import language

    # One short run makes no garbage worth collecting; looking for it takes an eighth of the time.
    gc.disable()
    # The help texts are made when the command line is, in the language that is chosen by then.
    language.use(language.chosen(sys.argv[1:], os.environ))
    from perftarget.cli import run

    run()


def _interrupted(*_: Any) -> NoReturn:
    """Ctrl-C ends with one line, whatever was going on."""
    from perftarget.console import interrupted

    sys.exit(interrupted())


if __name__ == "__main__":
    main()
