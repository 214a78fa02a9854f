"""YAML loader that keeps all scalars as text, and records the span of each value and the problems met."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from perftarget.limits import DEFAULT_LIMITS
from perftarget.text.source import KEY, Loc, Problem, Span

Data: TypeAlias = "str | list[Data] | dict[str, Data]"

_MAX_ANCHOR_PROBLEMS: Final = 5
"""Maximum number of anchors and tags reported for a file."""


class LoadedYaml(NamedTuple):
    """Data of a text (None if it cannot be parsed), the span of every value and key, and the problems met."""

    data: Data | None
    spans: dict[Loc, Span]
    problems: list[Problem]


class _Composer(CParser):
    """Composer of libyaml without tag resolution.

    Scalars such as 718 and 是 stay text, and the slowest part of PyYAML is skipped.
    """

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...


def load(text: str, *, ours: bool = False, depth: int = DEFAULT_LIMITS.depth) -> LoadedYaml:
    """Load one YAML document. Never raises: a text that cannot be parsed has a problem for the rule invalid-yaml.

    `ours` skips the check for anchors, tags and nesting beyond `depth` in a trusted text.
    """
    try:
        if not ours and (problems := _unsafe_features(text, depth)):
            return LoadedYaml(None, {}, problems)
        root = _Composer(text).get_single_node()
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        return LoadedYaml(None, {}, [_syntax_problem(error, text)])
    if root is None:
        return LoadedYaml(None, {}, [Problem("invalid-yaml", Span(0, 0), {"cause": "empty"})])
    builder = _Builder(text)
    data = builder.build(root, ())
    return LoadedYaml(data, builder.spans, builder.problems)


class _Builder:
    """Builder of plain data from the composed nodes, in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[Loc, Span] = {}
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node, loc: Loc) -> Data:
        """Return the data of a node, and record the spans and problems in it."""
        if type(node) is yaml.ScalarNode:
            self.spans[loc] = Span(node.start_mark.index, node.end_mark.index)
            if node.start_mark.line != node.end_mark.line:
                return self._build_multiline(node, loc)
            return node.value  # type: ignore[no-any-return]
        self.spans[loc] = _first_span(node) if not loc else Span(node.start_mark.index, node.end_mark.index)
        if type(node) is yaml.MappingNode:
            return self._build_mapping(node, loc)
        return [self.build(item, (*loc, index)) for index, item in enumerate(node.value)]

    def _build_multiline(self, node: yaml.ScalarNode, loc: Loc) -> str:
        """Return a text over several lines, with a problem if it includes a line that was meant as something else."""
        start, end = self.spans[loc]
        head, *more = self.text[start:end].split("\n")
        if node.style in {"|", ">"} and not node.value:  # YAML reads >9 as the header of an empty block scalar
            self.spans[loc] = Span(start, start + len(head.rstrip()))
            self.problems.append(Problem("wrong-type", loc, {"expected": "text", "found": "block"}))
            return head.rstrip()
        if not node.style and loc:
            for line in more:
                if line.lstrip().startswith("-"):
                    offset = self.text.index(line, start)
                    span = Span(offset + len(line) - len(line.lstrip()), offset + len(line.rstrip()))
                    self.problems.append(Problem("wrong-type", span, {"expected": "item", "found": "dash"}))
        return node.value  # type: ignore[no-any-return]

    def _build_mapping(self, node: yaml.MappingNode, loc: Loc) -> Data:
        """Return the data of a mapping, with a problem for each duplicate or complex key."""
        data: dict[str, Data] = {}
        for key, value in node.value:
            span = Span(key.start_mark.index, key.end_mark.index)
            if type(key) is not yaml.ScalarNode:
                self.problems.append(Problem("wrong-type", span, {"expected": "text", "found": "key"}))
            elif key.value in data:
                first = (*loc, key.value, KEY)
                self.problems.append(Problem("duplicate-key", span, {"key": key.value, "first": first}))
            else:
                if node.flow_style and self.text[span.start - 1] == "?":  # libyaml drops it as a key indicator
                    self.problems.append(Problem("invalid-yaml", span, {"cause": "question"}))
                value_loc = (*loc, key.value)
                self.spans[(*value_loc, KEY)] = span
                data[key.value] = self.build(value, value_loc)
        return data


def _first_span(node: yaml.Node) -> Span:
    """Return the span of the first key or item, which stands for the whole file in a report."""
    while type(node) is not yaml.ScalarNode and node.value:
        node = node.value[0][0] if type(node) is yaml.MappingNode else node.value[0]
    return Span(node.start_mark.index, node.end_mark.index)


def _unsafe_features(text: str, max_depth: int) -> list[Problem]:
    """Return problems for anchors, tags and deep nesting, which the composer expands, drops or fails on.

    The text is parsed only if it has characters that make them possible.
    """
    openers = sum(map(text.count, ("[", "{", "- ", "-\t", "? ", "?\t")))
    if not ("&" in text or "!" in text or openers > max_depth or " " * max_depth in text):
        return []
    problems: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        cause, length = _unsafe_cause(event, text)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        start = _start_offset(event)
        if depth > max_depth:
            return [Problem("invalid-yaml", Span(start, start + 1), {"cause": "depth", "limit": max_depth})]
        if cause and len(problems) < _MAX_ANCHOR_PROBLEMS:
            problems.append(Problem("invalid-yaml", Span(start, start + length), {"cause": cause}))
    return problems


def _start_offset(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _unsafe_cause(event: yaml.Event, text: str) -> tuple[str, int]:
    """Return the cause and the length of an anchor or tag at an event, or ("", 0)."""
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return "anchor", len(event.anchor) + 1
    tag: Any = getattr(event, "tag", None)
    if tag and text[_start_offset(event)] == "!":
        return "tag", len(text[_start_offset(event) :].split(maxsplit=1)[0])
    return "", 0


def _syntax_problem(error: yaml.YAMLError | UnicodeEncodeError, text: str) -> Problem:
    """Return the problem for a syntax error.

    `begin` in its detail is the offset of the construct that was not closed, such as a quote.
    """
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    message = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    detail = {"cause": "syntax", "problem": message, "begin": context.index if context else None}
    position = mark or context
    start = min(position.index, len(text)) if position else 0
    return Problem("invalid-yaml", Span(start, min(start + 1, len(text))), detail)
