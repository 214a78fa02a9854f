"""Chinese or English: each message stands in both where it is said, and the language of the run chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias, get_args

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_chosen: Language = "zh"


def tr(zh: str, en: str) -> str:
    """The one of the two that the run speaks. Data stays as it was written, in “” where it stands in a sentence."""
    return zh if _chosen == "zh" else en


def join_words(words: Iterable[str]) -> str:
    """`a、b` or `a, b`"""
    return ("、" if _chosen == "zh" else ", ").join(words)


def quote_words(words: Iterable[str]) -> Iterator[str]:
    """Each word in “”, as data stands in an English sentence."""
    return (f"“{word}”" for word in words)


def count_noun(number: object, noun: str) -> str:
    """`1 month`, `12 months`: for English sentences."""
    return f"{number} {noun}{'' if str(number) == '1' else 's'}"


def current_language() -> Language:
    return _chosen


def set_language(language: Language) -> None:
    """Speak that language from now on; called once, before anything is said."""
    global _chosen  # noqa: PLW0603 - a process speaks one language
    _chosen = language


def requested_language(arguments: Sequence[str]) -> Language | None:
    """What --lang asks for; looked for before the command line is parsed, since the help texts depend on it."""
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            language = value if equals else next(iter(arguments[index + 1 : index + 2]), "")
            return "en" if language == "en" else "zh"
    return None


def detect_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What --lang asks for, else English where the locale is English, else Chinese."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return requested_language(arguments) or ("en" if locale.startswith("en") else "zh")
