"""Entry point; answers what needs no command line before importing it."""

from __future__ import annotations

import sys

from perftarget import __version__

TYPE_CHECKING = False  # as mypy knows it; importing `typing` takes longer than printing the version
if TYPE_CHECKING:
    from typing import Any, NoReturn


def main() -> None:
    """Run the command line and exit."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        print(f"perftarget {__version__}")
        return
    import gc
    import os
    import signal

    from perftarget import i18n

    signal.signal(signal.SIGINT, _on_interrupt)
    if arguments[:1] == ["validate"] and (code := _replay(arguments)) is not None:
        sys.exit(code)
    # One short run makes no garbage worth collecting; looking for it takes an eighth of the time.
    gc.disable()
    # Help texts are made when the command line is imported, in the language chosen by then.
    i18n.set_language(i18n.detect_language(arguments, os.environ))
    if arguments[:1] == ["--complete"]:
        from perftarget.cli.app import complete

        complete(arguments[1:])
        return
    if (paths := _plain_paths(arguments)) is not None:
        sys.exit(_validate(paths, quiet="-q" in arguments))
    from perftarget.cli.app import run

    run()


def _replay(arguments: list[str]) -> int | None:
    """Print what the same run printed before, if nothing has changed since, and return its exit code."""
    if not {"--no-cache", "-h", "--help"}.isdisjoint(arguments):
        return None
    import os

    from perftarget.runner.cache import location, replay

    folder = location.cache_folder()
    return replay.replay_run(folder, arguments, os.environ) if folder else None


def _plain_paths(arguments: list[str]) -> list[str] | None:
    """Return the paths of a validation with no option but -q, as most runs are; None for any other command."""
    command, *rest = arguments or [""]
    paths = [argument for argument in rest if argument != "-q"]
    is_plain = command == "validate" and not any(path.startswith("-") for path in paths if path != "-")
    return paths if is_plain else None


def _validate(paths: list[str], *, quiet: bool) -> int:
    """Validate without Typer, which takes longer to import than most runs."""
    from perftarget.console import run_command
    from perftarget.runner.validate import ValidateOptions, validate

    return run_command(lambda: validate(ValidateOptions(paths=paths, quiet=quiet)))


def _on_interrupt(*_: Any) -> NoReturn:
    """End with one line, whatever was going on."""
    from perftarget.console import report_interrupt

    sys.exit(report_interrupt())


if __name__ == "__main__":
    main()
