"""YAML text to plain data, every scalar left as text, with the span of each part and what went wrong."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from perftarget.limits import DEFAULT_LIMITS
from perftarget.text.source import KEY, Loc, Problem, Span

Data: TypeAlias = "str | list[Data] | dict[str, Data]"

MOST_SAID: Final = 5
"""Of the anchors of a file so many are said; a file with more was not written by a person."""


class Tree(NamedTuple):
    """The data of a text (None where it cannot be read), the span of every value and key, and the problems met."""

    data: Data | None
    spans: dict[Loc, Span]
    problems: list[Problem]


class _Composer(CParser):
    """libyaml's composer without tag resolution: 718 and 是 stay text, and the slowest part of PyYAML is skipped."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...


def load(text: str, *, ours: bool = False, depth: int = DEFAULT_LIMITS.depth) -> Tree:
    """Read one YAML document. Never raises: what cannot be read is a problem named after the rule that says it.

    In a text of `ours` nothing is looked for that could do harm.
    """
    try:
        if not ours and (problems := _unwanted(text, depth)):
            return Tree(None, {}, problems)
        root = _Composer(text).get_single_node()
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        return Tree(None, {}, [_syntax(error, text)])
    if root is None:
        return Tree(None, {}, [Problem("invalid-yaml", Span(0, 0), {"cause": "empty"})])
    walk = _Walk(text)
    data = walk.value(root, ())
    return Tree(data, walk.spans, walk.problems)


class _Walk:
    """One pass over the composed nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[Loc, Span] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, loc: Loc) -> Data:
        if type(node) is yaml.ScalarNode:
            self.spans[loc] = Span(node.start_mark.index, node.end_mark.index)
            if node.start_mark.line != node.end_mark.line:
                return self._lines(node, loc)
            return node.value  # type: ignore[no-any-return]
        self.spans[loc] = _first(node) if not loc else Span(node.start_mark.index, node.end_mark.index)
        if type(node) is yaml.MappingNode:
            return self._mapping(node, loc)
        return [self.value(item, (*loc, index)) for index, item in enumerate(node.value)]

    def _lines(self, node: yaml.ScalarNode, loc: Loc) -> str:
        """A text over several lines, which may be what was meant, or may have swallowed something."""
        start, end = self.spans[loc]
        head, *more = self.text[start:end].split("\n")
        if node.style in {"|", ">"} and not node.value:  # >9 is read as the head of a text that does not follow
            self.spans[loc] = Span(start, start + len(head.rstrip()))
            self.problems.append(Problem("wrong-type", loc, {"expected": "text", "found": "block"}))
            return head.rstrip()
        if not node.style and loc:
            for line in more:
                if line.lstrip().startswith("-"):
                    at = self.text.index(line, start)
                    span = Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
                    self.problems.append(Problem("wrong-type", span, {"expected": "item", "found": "dash"}))
        return node.value  # type: ignore[no-any-return]

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> Data:
        data: dict[str, Data] = {}
        for key, value in node.value:
            span = Span(key.start_mark.index, key.end_mark.index)
            if type(key) is not yaml.ScalarNode:
                self.problems.append(Problem("wrong-type", span, {"expected": "text", "found": "key"}))
            elif key.value in data:
                first = (*loc, key.value, KEY)
                self.problems.append(Problem("duplicate-key", span, {"key": key.value, "first": first}))
            else:
                if node.flow_style and self.text[span.start - 1] == "?":  # libyaml takes it off, and means a key
                    self.problems.append(Problem("invalid-yaml", span, {"cause": "question"}))
                place = (*loc, key.value)
                self.spans[(*place, KEY)] = span
                data[key.value] = self.value(value, place)
        return data


def _first(node: yaml.Node) -> Span:
    """What stands for the whole file: its first key or item, since nobody wants all of it underlined."""
    while type(node) is not yaml.ScalarNode and node.value:
        node = node.value[0][0] if type(node) is yaml.MappingNode else node.value[0]
    return Span(node.start_mark.index, node.end_mark.index)


def _unwanted(text: str, most: int) -> list[Problem]:
    """Anchors, tags and depth, which the composer would expand, drop or die of; looked for only where they can be."""
    openers = sum(map(text.count, ("[", "{", "- ", "-\t", "? ", "?\t")))
    if not ("&" in text or "!" in text or openers > most or " " * most in text):
        return []
    problems: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        cause, length = _cause(event, text)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        start = _index(event)
        if depth > most:
            return [Problem("invalid-yaml", Span(start, start + 1), {"cause": "depth", "limit": most})]
        if cause and len(problems) < MOST_SAID:
            problems.append(Problem("invalid-yaml", Span(start, start + length), {"cause": cause}))
    return problems


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _cause(event: yaml.Event, text: str) -> tuple[str, int]:
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return "anchor", len(event.anchor) + 1
    tag: Any = getattr(event, "tag", None)
    if tag and text[_index(event)] == "!":
        return "tag", len(text[_index(event) :].split(maxsplit=1)[0])
    return "", 0


def _syntax(error: yaml.YAMLError | UnicodeEncodeError, text: str) -> Problem:
    """`begin` is where the construct began that was never ended, such as a quote."""
    mark, begin = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    words = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    detail = {"cause": "syntax", "problem": words, "begin": begin.index if begin else None}
    stopped = mark or begin
    start = min(stopped.index, len(text)) if stopped else 0
    return Problem("invalid-yaml", Span(start, min(start + 1, len(text))), detail)
