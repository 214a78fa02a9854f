"""Messages in Chinese and English.

There is no message catalogue. Each message is written in both languages at the place where it is made, as
`tr("中文", "English")`, and `tr` returns the text in the language of the process. Both texts may be f-strings over the
same values. Tables of constant messages hold pairs `(zh, en)`, which are passed as `tr(*pair)` when they are used.

The language is chosen once at start, before any message is made: by `--lang`, else by the locale, else Chinese. A
worker process receives the language of the process that started it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias, get_args

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_current: Language = "zh"
_NESTED: Final = re.compile("“[^”]*“")
_MARKS: Final = {("“", 0): "‘", ("”", 0): "’"}


def tr(zh: str, en: str) -> str:
    """Return the text in the language of the process.

    Text taken from a table is not translated; an English sentence quotes it in “”. Quotation marks inside a quotation
    are ‘’.
    """
    text = zh if _current == "zh" else en
    return nest_quotes(text) if text.count("“") > 1 else text


def nest_quotes(text: str) -> str:
    """Return the text with ‘’ for quotation marks inside a quotation.

    A text whose marks do not pair, or that quotes a mark itself, is returned unchanged.
    """
    if not _NESTED.search(text) or "“”" in text:
        return text
    depth, shown = 0, []
    for character in text:
        depth += character == "“"
        shown.append(_MARKS.get((character, depth % 2), character))
        depth -= character == "”"
        if depth < 0:
            return text
    return text if depth else "".join(shown)


def join_words(words: Iterable[str]) -> str:
    """Return the words as a list, `a、b` in Chinese and `a, b` in English."""
    return ("、" if _current == "zh" else ", ").join(words)


def quote_words(words: Iterable[str]) -> Iterator[str]:
    """Yield each word in “”, the quotes of table text in an English sentence."""
    return (f"“{word}”" for word in words)


def count_noun(number: object, noun: str) -> str:
    """Return a number with an English noun in the singular or plural: `1 month`, `12 months`."""
    return f"{number} {noun}{'' if str(number) == '1' else 's'}"


def current_language() -> Language:
    """Return the language of the process."""
    return _current


def set_language(language: Language) -> None:
    """Set the language of the process; call it before the first message is made."""
    global _current  # noqa: PLW0603 - a process has one language
    _current = language


def requested_language(arguments: Sequence[str]) -> Language | None:
    """Return the language that --lang selects, or None if the option is absent.

    The arguments are searched before the command line is parsed, since the help texts depend on the language.
    """
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            language = value if equals else next(iter(arguments[index + 1 : index + 2]), "")
            return "en" if language == "en" else "zh"
    return None


def detect_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language that --lang selects, else English for an English locale, else Chinese."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return requested_language(arguments) or ("en" if locale.startswith("en") else "zh")
