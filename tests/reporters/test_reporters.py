"""Machine-readable reports: each is read by a parser of its kind, and hostile text stays text in all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from rich.text import Text

from command_line import GOOD, Run
from hostile import ATTACKS, table
from perftarget import i18n as language
from perftarget.linter.diagnostic import Severity
from perftarget.linter.run import Run as Checked
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.outputs import FORMATS
from perftarget.reporters.registry import render_report
from perftarget.text.control_characters import escape_invisible
from perftarget.text.markdown import escape_markdown, inline_code
from report_run import run_on
from repository import ROOT

Golden = Callable[[str, str], None]
# Golden files, reviewed by a person


@pytest.mark.parametrize("format_", ["sarif", "github", "gitlab", "junit", "markdown"])
def test_reports_equal_the_golden_files(golden: Golden, format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path = "data/projects/公益性岗位人员岗位补贴.yaml"
    golden(f"data.{format_}", render_report(run_on(path), format_, ReportOptions(root=str(ROOT))))


# GitLab


def test_gitlab_lists_every_finding(mixed: Checked) -> None:
    entries = json.loads(render_report(mixed, "gitlab", ReportOptions()))
    assert len(entries) == len(mixed.diagnostics)
    for entry, one in zip(entries, mixed.diagnostics, strict=True):
        assert entry["location"] == {
            "path": one.place.path,
            "lines": {"begin": one.place.line, "end": one.place.end_line},
        }
        assert entry["severity"] == (
            "info" if one.suppressed else {"error": "major", "warning": "minor", "info": "info"}[one.severity.word]
        )
        assert isinstance(entry["fingerprint"], str)
    assert [one["description"] for one in entries if "已豁免" in one["description"]]


# JUnit


@pytest.mark.parametrize("strict", [False, True])
def test_junit_has_a_case_for_every_finding(mixed: Checked, strict: bool) -> None:
    text = render_report(mixed, "junit", ReportOptions(strict=strict))
    suites = list(JUnitXml.fromstring(text.encode()))
    assert [suite.name for suite in suites] == list(mixed.paths)
    assert [case.name for case in suites[0]] == ["没有问题"]
    failing = mixed.count(Severity.ERROR) + (mixed.count(Severity.WARNING) if strict else 0)
    assert sum(suite.failures for suite in suites) == failing
    assert sum(case.is_failure for suite in suites for case in suite) == failing
    assert sum(suite.skipped for suite in suites) == mixed.suppressed + len(mixed.undetermined)
    names = [(suite.name, case.name) for suite in suites for case in suite]
    assert len(set(names)) == len(names) == sum(suite.tests for suite in suites)
    assert "\x1b" not in text


# GitHub


COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:\n]*)::(?P<message>[^\r\n]*)")


def commands(text: str) -> list[dict[str, str]]:
    """Parse workflow commands like the runner of GitHub."""

    def data(text: str) -> str:
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")

    found = []
    for line in text.splitlines():
        matched = COMMAND.fullmatch(line)
        assert matched, line
        pairs = (pair.split("=", 1) for pair in matched["properties"].split(","))
        properties = {name: data(value.replace("%3A", ":").replace("%2C", ",")) for name, value in pairs}
        found.append({"level": matched["level"], **properties, "message": data(matched["message"])})
    return found


def test_github_commands_are_ordered_by_level(mixed: Checked) -> None:
    text = render_report(mixed, "github", ReportOptions())
    found = commands(text)
    order = [one["level"] for one in found]
    assert order == sorted(order, key=["error", "warning", "notice"].index)
    assert all(re.match(r"[^\n]+:[0-9]+:[0-9]+ ", one["message"]) for one in found)
    assert any(escape_invisible(ATTACKS[5]) in one["message"] for one in found)
    assert any(one["title"].startswith("已豁免：待编码") for one in found)


def test_github_escapes_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a,b: 100%.yaml"
    Path(name).write_text(GOOD.replace("12 万元", "13 万元"), encoding="utf-8")
    (one,) = commands(render_report(run_on(name), "github", ReportOptions()))
    assert one["file"] == name
    assert (one["line"], one["col"], one["endLine"], one["endColumn"]) == ("7", "9", "7", "14")


def test_github_reports_how_many_findings_exceed_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        Path(f"{number:02}.yaml").write_text(
            GOOD.replace("12 万元", "13 万元").replace("公益", str(number)), encoding="utf-8"
        )
    run = run_on(*(f"{number:02}.yaml" for number in range(12)))
    found = [one for one in commands(render_report(run, "github", ReportOptions())) if one["level"] == "warning"]
    assert len(found) == 10
    assert found[-1]["message"] == (
        "另有 3 条警告（3 个文件）没有逐条标出，因为 GitHub 每一级只显示 10 条；全部见本步骤的日志和摘要"
    )


def test_github_commands_and_summary_are_written_in_github_actions(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n", encoding="utf-8")
    for name, value in {
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_WORKSPACE": str(tmp_path.parent),
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "tables" / "good.yaml").write_text(GOOD.replace("12 万元", "13 万元"), encoding="utf-8")
    done = run("validate", "tables")
    assert "测算：10 人 × 1000 元/月 × 12 个月 = 120,000 元" in done.stdout
    (command,) = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert commands(command)[0]["file"] == f"{tmp_path.name}/tables/good.yaml"
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# before\n## 绩效目标表检查结果\n")
    assert "13 万元" in text
    # With an explicit format nothing else is written.
    assert json.loads(run("validate", "tables", "--format", "json").stdout)["version"] == 1
    assert summary.read_text(encoding="utf-8") == text


def test_file_names_are_not_workflow_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub reads commands from lines of the log that begin with two colons or contain ##[."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    Path("::error::x.yaml").write_text(GOOD.replace("12 万元", "13 万元 ##[error]x"), encoding="utf-8")
    done = run("validate", "::error::x.yaml", "::debug::nothing.yaml", "##[debug].doc")
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not COMMAND.fullmatch(line)]
    assert lines
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
    assert ":\\u003aerror::x.yaml:7:9" in done.stdout
    assert ":\\u003adebug::nothing.yaml: 没有这个文件或文件夹，请检查路径\n" in done.stderr


def test_the_summary_keeps_its_limit(mixed: Checked) -> None:
    whole = render_report(mixed, "markdown", ReportOptions())
    assert "超出了这里的篇幅" not in whole
    for limit in (0, 500, len(whole.encode()) // 2):
        cut = render_report(mixed, "markdown", ReportOptions(limit=limit))
        assert len(cut.encode()) <= max(limit, 800)
        assert "个文件的问题超出了这里的篇幅，见完整结果。" in cut


# Markdown


def parsed(text: str) -> list:
    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    return markdown.parse(text)


def test_hostile_text_stays_text_in_markdown(mixed: Checked) -> None:
    tokens = parsed(render_report(mixed, "markdown", ReportOptions()))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "s_open", "em_open", "fence", "table_open"}
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    assert levels == ["h2", *["h3"] * len({one.place.path for one in mixed.results})]
    text = "".join(child.content for child in inline)
    assert ATTACKS[0] in text
    # GitHub links users and issues after Markdown: no name may follow @, and no number #.
    outside = "".join(child.content for child in inline if child.type == "text")
    assert not re.search(r"@\w|#\d", outside)


@pytest.mark.parametrize(
    "text", [*ATTACKS, "- x", "+ x", "> x", "# x", "3) x", "---", "===", "`` ` ``", "``", "a|b", ""]
)
@pytest.mark.parametrize("before", ["", "- **x** ", "前"])
def test_each_attack_stays_text_in_markdown(text: str, before: str) -> None:
    (inline,) = [token for token in parsed(before + escape_markdown(text)) if token.type == "inline"] or [None]
    if inline:
        shown = "".join(child.content for child in inline.children if child.type.startswith("text")).replace(
            "\u2060", ""
        )
        assert shown.endswith(escape_invisible(text).strip())
    for token in parsed(before + inline_code(text)):
        spans = [child.content for child in token.children or () if child.type == "code_inline"]
        assert not spans or spans[-1].strip() == escape_invisible(text).strip()


# Text


def test_control_characters_are_escaped_in_text(mixed: Checked) -> None:
    shown = render_report(mixed, "text", ReportOptions(colour=True))
    assert "\u202e" not in shown
    plain = Text.from_ansi(shown).plain
    assert "\x1b" not in plain
    assert "\\u001b[31mred" in plain


# Several results in one run


def test_several_formats_are_written_in_one_run(run: Run, tmp_path: Path) -> None:
    done = run("validate", "tables", "--format", "sarif=out/x.sarif", "--format", "html=report.html")
    assert (done.returncode, done.stdout) == (0, "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。\n")
    assert json.loads((tmp_path / "out" / "x.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    done = run("validate", "tables", "--format", "json", "--format", "junit=x.xml", "-o", "x.json")
    assert done.stdout == ""
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["summary"]["tables"] == 1
    assert (tmp_path / "x.xml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "json", "--format", "sarif"], "json、sarif 不能同时输出到一处；请写成 sarif=文件名"),
        (["--format", "sarif="], "--format sarif= 后面缺少文件名"),
        (
            ["--format", "sarf=x"],
            f"--format 没有 sarf 这种格式，是否为 sarif；可写的有：{'、'.join(FORMATS)}",
        ),
        (["--format", "json=x", "--format", "sarif=x"], "两种结果都写到 x"),
        (["-o", "x", "--format", "sarif=x"], "两种结果都写到 x"),
    ],
)
def test_invalid_formats_and_outputs_are_usage_errors(run: Run, arguments: list[str], message: str) -> None:
    done = run("validate", "tables", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}。用法见 perftarget validate -h\n")
    assert not Path("x").exists()


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html"])
def test_every_format_is_available_in_english(mixed: Checked, format_: str) -> None:
    """The remaining Chinese is data, names of categories and documents, and words of the form."""
    language.set_language("en")
    run = run_on(*mixed.paths, draw=True)
    text = re.sub('"basis": "[^"]*"', "", render_report(run, format_, ReportOptions()))
    assert not re.search(
        "[，。；：、](?![”“])|警告|错误|建议|审核意见|豁免：", re.sub(r"“[^”]*”", "", text.replace(table(), ""))
    ) or format_ in {"sarif", "html"}
    assert not re.search("警告|已豁免|资料不足，未作判断|全部|显示", text.split('"help"')[0])
