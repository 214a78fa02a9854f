"""What ends a command with a sentence to the user."""

from __future__ import annotations

from perftarget.text.source import Place


class ConfigError(Exception):
    """A profile that cannot be used; the message names the file, the place and the remedy.

    `message` is the same without its place, and `place` the place, where one is known.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place


class UnreadableFileError(Exception):
    """A file that is no table; `cause` is for the rule unreadable-file, which says it."""

    def __init__(self, cause: str, **detail: object) -> None:
        super().__init__(cause)
        self.detail = {"cause": cause, **detail}


class WriteError(Exception):
    """What could not be written, and why."""
