"""Every message exists in Chinese and in English, and English messages contain Chinese only as data."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bad_files import BAD_FILES
from case_parser import Block
from perftarget import i18n as language
from perftarget.cli.import_summary import import_summary
from perftarget.config.builtin import builtin_names
from perftarget.config.loader import ConfigError, Profiles, load_profile
from perftarget.config.profile import DEFAULT
from perftarget.errors import WriteError
from perftarget.files import atomic_write as write
from perftarget.files import unchecked
from perftarget.files.discovery import READABLE_SUFFIXES, discover
from perftarget.formats.docx.write_text import IllegalCharacterError
from perftarget.i18n import count_noun, join_words, quote_words
from perftarget.linter.diagnostics_builder import summarize_messages
from perftarget.linter.engine import RuleResults, run_rules
from perftarget.linter.rule import rules
from perftarget.linter.selection import select_rules
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import render_report
from perftarget.rules.unreadable_file import _MESSAGES
from perftarget.tables.document import Document
from perftarget.tables.importer import yaml_files
from perftarget.tables.reader import parse_documents, read_forms
from perftarget.text.source import Place, Problem, Source, Span
from report_run import SOURCE, run_on
from repository import PACKAGE, ROOT
from rule_examples import EXAMPLES, TODAY, across, hits, profile_of

_QUOTED = re.compile("“[^”]*”|'[^']*'")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")
_UNITS = re.compile(r"(?<=[0-9] )(?:万元|亿元|元|人·月|人次|人|户)(?![㐀-鿿])")
"""Units of the data, which are kept after a number."""


@pytest.fixture(autouse=True)
def english(chinese: None) -> None:
    language.set_language("en")


@pytest.mark.parametrize(("name", "block"), EXAMPLES)
def test_messages_of_rules_are_english(name: str, block: Block, tmp_path: Path) -> None:
    if rules()[name].subject == "facts":
        for _, _, _, message in across(block, name, profile_of(block, tmp_path)):
            assert is_english(message, block.text), message
        return
    document, found = hits(name, block, tmp_path)
    for text in messages(found):
        assert is_english(text, document.source.text), text


@pytest.mark.parametrize("name", rules())
def test_titles_are_english(name: str) -> None:
    zh, en = rules()[name].titles
    assert _CHINESE.search(zh)
    assert not _CHINESE.search(re.sub("资金测算|资金来源", "", en))
    assert not en.endswith(".")


@pytest.mark.parametrize("name", [name for name in BAD_FILES if name != "large"])
def test_messages_of_bad_files_are_english(name: str) -> None:
    content, _ = BAD_FILES[name]
    data = content if isinstance(content, bytes) else content.encode()
    profile = load_profile(DEFAULT)
    (document,) = parse_documents("x.yaml", data, profile)
    for text in messages(run_rules(document, profile, select_rules(), TODAY)):
        assert is_english(text, document.source.text), text


@pytest.mark.parametrize("cause", _MESSAGES)
def test_messages_of_unreadable_files_are_english(cause: str) -> None:
    detail = {
        "cause": cause,
        "message": "Input/output error",
        "limit": 1_000_000,
        "field": "项目名称",
        "title": "绩效目标审核表",
        "part": "x.xml",
        "size": 9,
    }
    document = Document(Source("x.yaml", ""), None, (Problem("unreadable-file", Span(0, 0), detail),))
    (text,) = messages(run_rules(document, load_profile(DEFAULT), select_rules(["unreadable-file"]), TODAY))
    assert is_english(text), text


CONFIGURATIONS = [
    ("severty: {}", ":1:1: there is no setting “severty”; did you mean “severity”?"),
    ("annex: {x: y}", ":1:9: there is no setting “x”; there are label, bureau, title, faces, reviewer, size"),
    (
        "fields: {项目名称: {required: maybe}}",
        ":1:27: the setting “fields.项目名称.required” cannot be “maybe”; it may be “error”, “warning”, “off”",
    ),
    ("amount_unit: 角", ":1:14: the setting “amount_unit” cannot be “角”; it may be “元”, “万元”, “亿元”"),
    ("paths: {a: b}", ":1:8: the setting “paths” cannot be lines like “name: value”; write a list, like [a, b]"),
    ("tiers: []", ":1:8: the setting “tiers” cannot be a list; write lines like “name: value”"),
    ("title: [a]", ":1:8: the setting “title” cannot be a list; write text"),
    ("tolerance: {share: much}", ":1:20: the setting “tolerance.share” cannot be “much”; write a share, like 5%"),
    ("tolerance: {share: 250%}", ":1:20: the setting “tolerance.share” cannot be “250%”; it is 100% at most"),
    ("head: [[a, b, c]]", ":1:8: the setting “head.0” cannot be a list; a row has two fields at most"),
    ("head: [[]]", ":1:8: the setting “head.0” cannot be a list; a row has one field at least"),
    ("words: {trend: [a]}", ":1:9: there is no word list “trend”; did you mean “trends”?"),
    ("words: {trends: {a: b}}", ":1:9: the word list trends should be a list, like [a, b]"),
    ("year: 二〇二五", ":1:7: the setting “year” cannot be “二〇二五”; write a year, like 2025"),
    (
        "standards: {岗位补贴: 5%}",
        ":1:19: the setting “standards.岗位补贴” cannot be “5%”; write a standard, like “2050 元/月”",
    ),
    ("extends: perftarget.yaml", ":1:10: extends goes in a circle: perftarget.yaml → perftarget.yaml"),
    ("- a", ": a configuration file has lines like “name: value”"),
    ("title: a\ntitle: b", ":2:1: this key is written twice; delete one"),
    ("? [a]\n: b", ":1:3: what stands before “:” should be text"),
    (
        "a: b: c",
        ":1:5: this is no valid YAML; check colons, quotes, brackets and indentation here or in the line above",
    ),
    ("\0", ":1:1: this is no valid YAML; check colons, quotes, brackets and indentation here or in the line above"),
    (b"\xff", ": this configuration file cannot be read; it should be a regular UTF-8 file that you may read"),
]


@pytest.mark.parametrize(("config", "message"), CONFIGURATIONS)
def test_messages_of_invalid_configurations_are_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str | bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("perftarget.yaml").write_bytes(config if isinstance(config, bytes) else config.encode())
    load_profile.cache_clear()
    with pytest.raises(ConfigError) as refused:
        load_profile("perftarget.yaml")
    assert str(refused.value) == f"perftarget.yaml{message}"
    assert is_english(message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nx-county-2024", "there is no built-in form “nx-county-2024”, and no file “nx-county-2024”; did you mean “nx-county-2025”?"),
        ("", "extends is blank; write {forms}, or the path of another configuration file"),
        ("zzz", "there is no built-in form “zzz”, and no file “zzz”; the built-in forms are {forms}"),
    ],
)  # fmt: skip
def test_the_message_of_an_unknown_profile_is_english(name: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_profile(name)
    assert str(refused.value) == message.format(forms=join_words(builtin_names()))


def test_the_message_of_an_unknown_rule_is_english() -> None:
    for name, hint in (("not-measurabl", "did you mean “not-measurable”?"), ("x", "all rules are in docs/rules/")):
        with pytest.raises(ConfigError) as refused:
            select_rules([name])
        assert str(refused.value) == f"there is no rule “{name}”; {hint}"


def test_messages_of_wrong_paths_are_english(tmp_path: Path) -> None:
    for name in ("x.md", "x.png", "y.jpg"):
        (tmp_path / name).touch()
    kinds = "no table that can be read; 2 files not read (.jpg 1, .png 1)"
    assert discover([str(tmp_path / "nowhere"), str(tmp_path / "x.md"), str(tmp_path)]).problems == [
        f"{tmp_path}/nowhere: there is no such file or folder; check the path",
        f"{tmp_path}/x.md: unknown kind of file; it can be {join_words(READABLE_SUFFIXES)}",
        f"{tmp_path}: {kinds}; .jpg, .png: get the Word or Excel file that it was made from",
    ]


@pytest.mark.parametrize("suffix", unchecked._REMEDIES)
def test_remedies_for_unreadable_formats_are_english(suffix: str) -> None:
    assert is_english(unchecked.refusal(suffix))
    assert is_english(unchecked.unchecked_text({suffix: 2}) + unchecked.unread_text({suffix: 1}))


@pytest.mark.parametrize("number", write._REASONS)
def test_messages_of_write_errors_are_english(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(number, "不能写")

    monkeypatch.setattr("perftarget.files.atomic_write.tempfile.mkstemp", refuse)
    with pytest.raises(WriteError) as refused:
        write.write_files({tmp_path / "x.yaml": ""})
    assert is_english(str(refused.value))


def test_the_message_of_an_illegal_character_is_english() -> None:
    error = IllegalCharacterError("\x07", "甲\x07乙")
    assert str(error) == "the character U+0007 cannot stand in a Word file; delete it from “甲\\u0007乙”"


def test_messages_of_several_rows_are_english() -> None:
    places = [Place("x.yaml", line, 1, line, 2) for line in range(1, 15)]
    assert summarize_messages(["a"], places[0], []) == "a"
    assert summarize_messages(["a", "b", "a"], places[0], places[1:3]) == "a; b (3 places, also line 2, line 3)"
    assert summarize_messages(["a"] * 14, places[0], places[1:]).endswith("line 10, line 11 and more)")


def test_lists_and_counts_follow_the_language() -> None:
    assert join_words(quote_words(["甲", "乙"])) == "“甲”, “乙”"
    assert [count_noun(number, "month") for number in (0, 1, "7.5")] == ["0 months", "1 month", "7.5 months"]
    language.set_language("zh")
    assert join_words(["甲", "乙"]) == "甲、乙"


def test_the_english_report_equals_the_golden_file(
    golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    golden("validate-en.txt", render_report(run_on("data"), "text", ReportOptions()))


def test_the_english_import_summary_equals_the_golden_file(
    golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    file = read_forms(SOURCE, Profiles().of(SOURCE))
    paths = yaml_files(file.forms, Path("data/projects"))
    written = {id(form): path for form, path in zip(file.forms, paths, strict=True)}
    golden("import-en.txt", import_summary([file], written))


LATE = {PACKAGE / "cli/app.py", PACKAGE / "cli/options.py", *PACKAGE.glob("cli/commands/*.py")}
"""Modules that are imported after the language is chosen."""
MODULES = [path for path in PACKAGE.rglob("*.py") if path not in LATE]
TEXTS_OF_FILES = {"write_table.py", "json_schema.py"}  # their texts belong to the annex or to a schema


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_messages_are_made_at_run_time_and_in_both_languages(path: Path) -> None:
    """A message made at import would fix the language; a Chinese sentence is paired with an English one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    inside = {inner for function in functions for inner in ast.walk(function)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [node.lineno for node in calls if node not in inside and _name(node) == "tr"]
    pairs = [
        node for node in calls if _name(node) in {"tr", "rule", "Field", "_MissingOperandError", "InvalidSettingError"}
    ]
    paired = {inner for node in (*pairs, *_tuples(tree)) for inner in ast.walk(node)}
    paired |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    if path.name not in TEXTS_OF_FILES:
        assert not [node.lineno for node in ast.walk(tree) if _is_sentence(node) and node not in paired]


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "")


def _tuples(tree: ast.AST) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Tuple)]


def _is_sentence(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return bool(re.search("[，；。]", text) and _CHINESE.search(text))


def messages(found: RuleResults) -> Iterator[str]:
    for hit in found.hits:
        yield hit.finding.message
        yield from (related.label for related in hit.finding.related)
        yield from hit.finding.notes
        if hit.fix:
            yield hit.fix.title
    yield from (one.reason for _, one in found.undetermined)


def is_english(text: str, table: str = "") -> bool:
    """Return True if Chinese occurs only in quotation marks, as a unit after a number, or as in the table."""
    words = _CHINESE.findall(_UNITS.sub("", _QUOTED.sub("", text)))
    return not text.endswith(".") and all(word in table for word in words)
