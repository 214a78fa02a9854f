"""A run as JUnit XML: a suite for each file, a case for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, UndeterminedResult
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline, severity_name, suppressed_text
from perftarget.text.normalize import escape_invisible


def render(run: Run, view: ReportOptions) -> str:
    """What fails the run is a failure; what is waived or not judged, skipped; the rest passes with its words."""
    suites: dict[str, list[Element]] = {file: [] for file in run.paths}
    names: Counter[str] = Counter()
    for one in run.results:
        path = one.place.path
        where = one.place.label or f"{one.place.line}:{one.place.column}"
        name = escape_invisible(f"{one.rule} {where}")
        names[path + name] += 1
        if (count := names[path + name]) > 1:
            name = f"{name} ({count})"
        case = Element(
            "testcase", classname=escape_invisible(view.path(path)), name=name, file=escape_invisible(view.path(path))
        )
        case.extend(_outcome(one, view))
        suites.setdefault(path, []).append(case)
    root = Element("testsuites", name="perftarget")
    for path, cases in suites.items():
        suite = SubElement(root, "testsuite", name=escape_invisible(view.path(path)))
        suite.extend(cases or [Element("testcase", classname=suite.get("name", ""), name=tr("没有问题", "clean"))])
        _count(suite, suite)
    _count(root, root.iter("testsuite"))
    indent(root)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + tostring(root, encoding="unicode") + "\n"


def _outcome(one: Diagnostic | UndeterminedResult, view: ReportOptions) -> Iterator[Element]:
    if isinstance(one, UndeterminedResult):
        yield Element("skipped", message=tr("没有判定：", "not judged: ") + escape_invisible(one.reason))
        return
    if one.suppressed is not None:
        yield Element("skipped", message=suppressed_text(one))
        return
    text = "\n".join([severity_name(one.severity) + tr("：", ": ") + headline(one), *details(one)])
    failed = view.fails(one.severity)
    element = Element("failure", message=headline(one), type=one.severity.word) if failed else Element("system-out")
    element.text = text
    yield element


def _count(target: Element, suites: Element | Iterator[Element]) -> None:
    among = [suites] if isinstance(suites, Element) else list(suites)
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        target.set(name, str(sum(1 for suite in among for _ in suite.iter(tag))))
    target.set("errors", "0")
