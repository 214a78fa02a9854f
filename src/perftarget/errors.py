"""Exceptions that end a command, or the reading of a file, with a message to the user."""

from __future__ import annotations

TYPE_CHECKING = False  # as mypy knows it; `typing` is not imported for a name
if TYPE_CHECKING:
    from perftarget.text.source import Place


class ConfigError(Exception):
    """Unusable configuration or profile.

    The text of the exception names the file, the place and the remedy. `message` is the same text without the place,
    and `place` is the place, or None if it is not known.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place


class UnreadableFileError(Exception):
    """File that cannot be read as a table.

    The exception has no message of its own. `cause` is a word such as "binary", "bomb" or "many-cells" that selects
    the message of the rule unreadable-file; the other keyword arguments are the values that this message needs, such
    as the limit. `detail` holds both, in the form of the detail of a `Problem`.
    """

    def __init__(self, cause: str, **detail: object) -> None:
        super().__init__(cause)
        self.detail = {"cause": cause, **detail}


class WriteError(Exception):
    """File that cannot be written; the message is the path and the reason."""
