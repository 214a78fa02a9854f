"""Entry point: what can be answered without the whole command line is, before that is imported."""

from __future__ import annotations

import sys

from perftarget import __version__

TYPE_CHECKING = False  # as mypy knows it: to import `typing` takes longer than all that the version needs
if TYPE_CHECKING:
    from typing import Any, NoReturn


def main() -> None:
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        print(f"perftarget {__version__}")
        return
    import gc
    import os
    import signal

    from perftarget import i18n as language

    signal.signal(signal.SIGINT, _interrupted)
    if arguments[:1] == ["validate"] and (code := _told_again(arguments)) is not None:
        sys.exit(code)
    # One short run makes no garbage worth collecting; looking for it takes an eighth of the time.
    gc.disable()
    # The help texts are made when the command line is, in the language that is chosen by then.
    language.set_language(language.detect_language(arguments, os.environ))
    if arguments[:1] == ["--complete"]:
        from perftarget.cli.app import complete

        complete(arguments[1:])
        return
    if arguments[:1] == ["validate"] and not any(one.startswith("-") for one in arguments if one not in {"-q", "-"}):
        sys.exit(_plain(arguments[1:]))
    from perftarget.cli.app import run

    run()


def _told_again(arguments: list[str]) -> int | None:
    """What the same run said the last time, where nothing has changed since."""
    if not {"--no-cache", "-h", "--help"}.isdisjoint(arguments):
        return None
    import os

    from perftarget.runner.cache import location as cache_folder
    from perftarget.runner.cache import replay

    folder = cache_folder.cache_folder()
    return replay.replay_run(folder, arguments, os.environ) if folder else None


def _plain(arguments: list[str]) -> int:
    """Paths and nothing else: as most runs are, and every one before a commit."""
    from perftarget.cli.front import guarded
    from perftarget.runner.validate import ValidateOptions, validate

    paths = [one for one in arguments if one != "-q"]
    return guarded(lambda: validate(ValidateOptions(paths=paths, quiet="-q" in arguments)))


def _interrupted(*_: Any) -> NoReturn:
    """Ctrl-C ends with one line, whatever was going on."""
    from perftarget.console import report_interrupt

    sys.exit(report_interrupt())


if __name__ == "__main__":
    main()
