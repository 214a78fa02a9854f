"""Reporter for JUnit XML, with a test suite for each file and a test case for each result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, UndeterminedResult
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import (
    details,
    headline,
    reason_text,
    severity_name,
    suppressed_text,
    unchecked_sentence,
)
from perftarget.text.control_characters import escape_invisible


def render(run: Run, options: ReportOptions) -> str:
    """Render a run.

    A diagnostic that fails the run is a failure, a suppressed diagnostic or an undetermined result is skipped, and
    any other diagnostic passes with its text as output. Files that were left out are a skipped case of the last suite.
    """
    suites = _test_cases(run, options)
    root = Element("testsuites", name="perftarget")
    for path, cases in suites.items():
        suite = SubElement(root, "testsuite", name=escape_invisible(options.path(path)))
        suite.extend(cases or [Element("testcase", classname=suite.get("name", ""), name=tr("没有问题", "clean"))])
        _set_counts(suite, suite)
    if unchecked := unchecked_sentence(run.summary):
        suite = SubElement(root, "testsuite", name="perftarget")
        SubElement(
            SubElement(suite, "testcase", classname="perftarget", name="unchecked"), "skipped", message=unchecked
        )
        _set_counts(suite, suite)
    _set_counts(root, root.iter("testsuite"))
    indent(root)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + tostring(root, encoding="unicode") + "\n"


def _test_cases(run: Run, options: ReportOptions) -> dict[str, list[Element]]:
    """Return the test cases of each file; the names of the cases are unique in a file."""
    suites: dict[str, list[Element]] = {file: [] for file in run.paths}
    names: Counter[str] = Counter()
    for result in run.results:
        path = result.place.path
        position = result.place.label or f"{result.place.line}:{result.place.column}"
        name = escape_invisible(f"{result.rule} {position}")
        names[path + name] += 1
        if (count := names[path + name]) > 1:
            name = f"{name} ({count})"
        file = escape_invisible(options.path(path))
        case = Element("testcase", classname=file, name=name, file=file)
        case.extend(_outcome(result, options))
        suites.setdefault(path, []).append(case)
    return suites


def _outcome(result: Diagnostic | UndeterminedResult, options: ReportOptions) -> Iterator[Element]:
    if isinstance(result, UndeterminedResult):
        yield Element("skipped", message=tr("资料不足，未作判断：", "not judged: ") + reason_text(result))
        return
    if result.suppressed is not None:
        yield Element("skipped", message=suppressed_text(result))
        return
    failed = options.fails(result.severity)
    element = (
        Element("failure", message=headline(result), type=result.severity.word) if failed else Element("system-out")
    )
    element.text = "\n".join([severity_name(result.severity) + tr("：", ": ") + headline(result), *details(result)])
    yield element


def _set_counts(target: Element, suites: Element | Iterator[Element]) -> None:
    """Set the counts of tests, failures, skipped tests and errors of one suite or of all suites together."""
    counted = [suites] if isinstance(suites, Element) else list(suites)
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        target.set(name, str(sum(1 for suite in counted for _ in suite.iter(tag))))
    target.set("errors", "0")
