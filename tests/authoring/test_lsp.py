"""The language server: over its standard streams, as an editor uses it, and its parts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import environment_with_modules
from lsp_client import Client
from perftarget.authoring.lsp.completion import completions
from perftarget.authoring.lsp.cursor import locate_cursor
from perftarget.authoring.lsp.hover import hover_text
from perftarget.authoring.lsp.positions import Position, PositionMapper
from perftarget.authoring.lsp.workspace import Workspace
from perftarget.authoring.suggestions import Suggestions
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.text.source import Source, Span
from repository import DATA

LSP = [sys.executable, "-m", "perftarget", "lsp"]
FORM = """项目名称: {}
主管部门: 甲局
实施单位: 乙中心
项目属性: 延续项目
项目期限: 2025 年 1 月至 12 月
项目主管处室: 丙室
项目年度金额: {}
年度总体绩效目标:
  - 为 {} 人按时足额发放补贴，帮助其稳定就业，使其家庭有稳定收入。
绩效指标:
  11-数量指标:
    {}补贴人数（人）: {} 人
  12-质量指标:
    补贴发放准确率: ≥95%
  13-时效指标:
    补贴发放时间: 每月15日前
  14-成本指标:
    {}补贴人均标准: 500 元/月
  22-社会效益:
    {}就业率: ≥90%
  24-可持续影响:
    稳定就业一年以上的比例: ≥60%
  31-服务对象满意度:
    {}满意度: ≥90%
"""


def form(name: str, people: int, amount: str, *more: str) -> str:
    group = name[:2]
    return FORM.format(name, amount, people, group, people, group, group, group) + "".join(more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "护工.yaml").write_text(form("护工补贴", 10, "6 万元"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def editor(folder: Path) -> Iterator[Client]:
    client = Client(LSP, folder, locale="zh-cn")
    yield client
    client.kill()


def summaries(found: list[Any]) -> list[tuple[str, str, tuple[int, int, int, int]]]:
    return [(one["code"], one["message"].split("\n")[0], place(one["range"])) for one in found]


def place(range_: Any) -> tuple[int, int, int, int]:
    start, end = range_["start"], range_["end"]
    return start["line"], start["character"], end["line"], end["character"]


def position(text: str, before: str) -> dict[str, int]:
    """Return the position right after the first occurrence of `before`."""
    head = text[: text.index(before) + len(before)]
    return {"line": head.count("\n"), "character": len(head.rpartition("\n")[2].encode("utf-16-le")) // 2}


def edited(text: str, edits: list[Any]) -> str:
    """Return the text with the edits of an editor applied; columns count UTF-16 units."""

    def offset(at: Any) -> int:
        lines = text.split("\n")
        line = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[: at["line"]]) + len(line)

    for edit in sorted(edits, key=lambda one: offset(one["range"]["start"]), reverse=True):
        start, end = (offset(edit["range"][which]) for which in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


def test_diagnostics_follow_each_change(editor: Client, folder: Path) -> None:
    text = form("保洁补贴", 20, "12 万元")
    uri = editor.open(folder / "data" / "保洁.yaml", text)
    assert summaries(editor.found(uri)) == []
    editor.change(uri, text.replace("≥95%", "95%").replace("12 万元", "13 万元"), 2)
    found = editor.found(uri, lambda one: one["version"] == 2)
    assert summaries(found) == [
        ("amount-mismatch", "申报 13 万元，比测算 12 万元高 8.33%，高于全年足额所需资金", (6, 8, 6, 13)),
        ("missing-operator", "“95%”没有比较符号；请写成“≥95%”、“≤95%”或“=95%”", (13, 13, 13, 16)),
    ]
    assert [one["severity"] for one in found] == [2, 3]
    people, standard = found[0]["relatedInformation"]
    assert (people["message"], place(people["location"]["range"])) == ("人数 20 人", (11, 15, 11, 19))
    assert standard["location"]["uri"] == uri
    assert found[0]["message"].split("\n")[1] == "测算：20 人 × 500 元/月 × 12 个月 = 120,000 元"
    editor.change(uri, text, 3)
    assert editor.found(uri, lambda one: one["version"] == 3) == []
    editor.tell("textDocument/didClose", textDocument={"uri": uri})
    assert editor.close() == 0


def test_columns_use_the_encoding_of_the_editor(folder: Path) -> None:
    """𠮷 is one character, two UTF-16 units and four UTF-8 bytes."""
    text = form("保洁补贴", 20, "12 万元").replace("补贴发放准确率: ≥95%", "𠮷𠮷发放准确率: 95%")
    for encoding, column in (("utf-16", 15), ("utf-32", 13), ("utf-8", 29)):
        client = Client(LSP, folder, capabilities={"general": {"positionEncodings": [encoding]}})
        assert client.can["capabilities"]["positionEncoding"] == encoding
        uri = client.open(folder / "data" / "保洁.yaml", text)
        (found,) = client.found(uri)
        assert found["range"]["start"] == {"line": 13, "character": column}
        client.kill()


def test_hover_on_a_finding_shows_the_page_of_its_rule(editor: Client, folder: Path) -> None:
    text = form("保洁补贴", 20, "12 万元").replace("≥95%", "95%")
    uri = editor.open(folder / "data" / "保洁.yaml", text)
    found = editor.ask("textDocument/hover", textDocument={"uri": uri}, position=position(text, "准确率: 9"))
    message, page = found["contents"]["value"].split("\n\n---\n\n")
    assert message == "**info[missing-operator]** “95%”没有比较符号；请写成“≥95%”、“≤95%”或“=95%”"
    assert page.startswith("# 绩效值没有比较符号\n")
    assert "## 怎样改" in page
    assert place(found["range"]) == (13, 13, 13, 16)


def test_hover_on_an_amount_shows_its_calculation(editor: Client, folder: Path) -> None:
    text = form("保洁补贴", 20, "12 万元")
    uri = editor.open(folder / "data" / "保洁.yaml", text)
    found = editor.ask("textDocument/hover", textDocument={"uri": uri}, position=position(text, "项目年度金额: 1"))
    assert found["contents"]["value"].split("  \n") == [
        "申报：120,000 元",
        "测算：20 人 × 500 元/月 × 12 个月 = 120,000 元",
        "测算合计：120,000 元（12 万元）",
    ]


@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ("主管", "预算主管部门的全称，如 平罗县人力资源和社会保障局"),
        ("  12-", "12-质量指标：做到什么标准，如 补贴发放准确率: ≥95%"),
    ],
)
def test_hover_explains_keys(editor: Client, folder: Path, before: str, meant: str) -> None:
    text = form("保洁补贴", 20, "12 万元")
    uri = editor.open(folder / "data" / "保洁.yaml", text)
    found = editor.ask("textDocument/hover", textDocument={"uri": uri}, position=position(text, before))
    assert found["contents"]["value"] == meant


def actions(editor: Client, uri: str, text: str, **context: Any) -> list[Any]:
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": text.count("\n"), "character": 0}}
    asked = {"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": [], **context}}
    return editor.ask("textDocument/codeAction", **asked)


def test_fixes_equal_those_of_the_command_line(editor: Client, folder: Path) -> None:
    text = form("保洁补贴", 20, "12 万元").replace("≥95%", "95%以上").replace("就业率: ≥90%", "就业率: ≧90%")
    path = folder / "data" / "保洁.yaml"
    uri = editor.open(path, text)
    offered = actions(editor, uri, text, only=["quickfix"])
    assert [(one["title"], one["isPreferred"]) for one in offered] == [
        ("改为“≥95%”", True),
        ("改为“≥90%”", True),
    ]
    assert edited(text, offered[0]["edit"]["changes"][uri]) == text.replace("95%以上", "≥95%")
    (every,) = actions(editor, uri, text, only=["source.fixAll"])
    path.write_text(text, encoding="utf-8")
    subprocess.run([*LSP[:-1], "validate", path, "--fix"], check=True, capture_output=True)
    assert edited(text, every["edit"]["changes"][uri]) == path.read_text(encoding="utf-8")
    assert actions(editor, uri, text, only=["refactor"]) == []


def test_an_unsafe_fix_asks_for_a_check_and_is_not_preferred(editor: Client, folder: Path) -> None:
    text = form("保洁补贴", 20, "12 万元").replace("≥95%", "95%")
    uri = editor.open(folder / "data" / "保洁.yaml", text)
    (offered,) = actions(editor, uri, text)
    assert (offered["title"], offered["isPreferred"]) == ("写成“≥95%”（请核对）", False)
    assert offered["diagnostics"][0]["code"] == "missing-operator"


def labels(editor: Client, uri: str, text: str, before: str) -> list[str]:
    asked = {"textDocument": {"uri": uri}, "position": position(text, before)}
    return [one["label"] for one in editor.ask("textDocument/completion", **asked)["items"]]


def test_tiers_and_texts_of_other_tables_are_completed(editor: Client, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "perftarget.yaml").write_text("paths: [data, other]\n", encoding="utf-8")
    (folder / "other" / "perftarget.yaml").write_text("extends: mof-2021\n", encoding="utf-8")
    (folder / "other" / "x.yaml").write_text(form("司机补贴", 10, "6 万元"), encoding="utf-8")
    text = form("保洁补贴", 20, "12 万元", "  2\n").replace("  22-社会效益:\n", "")
    text = text.replace("  12-质量指标:\n    补贴发放准确率: ≥95%", "  12-质量指标:\n    \n    补贴发放: ≥95%")
    uri = editor.open(folder / "data" / "保洁.yaml", text)
    for _ in range(300):
        if offered := labels(editor, uri, text, "12-质量指标:\n    "):
            break
        time.sleep(0.05)  # the other tables are read in the background
    assert offered == ["补贴发放准确率"]
    assert labels(editor, uri, text, "满意度: ≥90%\n  2") == ["21-经济效益", "22-社会效益", "23-生态效益"]
    text = text.replace("补贴发放: ≥95%", "补贴发放准确率: ")
    editor.change(uri, text, 2)
    assert labels(editor, uri, text, "补贴发放准确率: ") == ["≥95%"]


def test_completions_are_written_as_yaml(editor: Client, folder: Path) -> None:
    text = "项目名称: 甲\n项目属"
    uri = editor.open(folder / "data" / "甲.yaml", text)
    asked = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 3}}
    first = next(one for one in editor.ask("textDocument/completion", **asked)["items"] if one["label"] == "项目属性")
    assert edited(text, [first["textEdit"]]) == "项目名称: 甲\n项目属性:"
    text = "项目名称: 甲\n豁免:\n  - {规则: amount, 理由: x}\n"
    editor.change(uri, text, 2)
    assert "amount-mismatch" in labels(editor, uri, text, "{规则: amount")


def test_rules_across_tables_see_saved_and_open_tables(editor: Client, folder: Path) -> None:
    text = form("护工补贴", 10, "6 万元")
    uri = editor.open(folder / "data" / "另一.yaml", text)
    (found,) = editor.found(uri, lambda one: one["diagnostics"])
    assert found["code"] == "duplicate-project"
    assert found["range"]["start"]["line"] == 0
    (other,) = found["relatedInformation"]
    assert other["location"]["uri"] == (folder / "data" / "护工.yaml").resolve().as_uri()
    # The other table is opened as well and renamed there, but not saved.
    changed = editor.open(folder / "data" / "护工.yaml", text.replace("护工", "厨工"))
    editor.found(changed)
    editor.change(uri, text + "\n", 2)
    assert editor.found(uri, lambda one: one["version"] == 2) == []


def test_an_invalid_configuration_is_marked_in_its_own_file(editor: Client, folder: Path) -> None:
    config = folder / "perftarget.yaml"
    config.write_text("paths: [data]\ntolerence: {share: 5%}\n", encoding="utf-8")
    uri = editor.open(folder / "data" / "甲.yaml", form("保洁补贴", 20, "12 万元"))
    (found,) = editor.found(uri)
    assert found["message"].startswith("配置不能用，没有检查：")
    (fault,) = editor.found(config.resolve().as_uri())
    assert place(fault["range"]) == (1, 0, 1, 9)
    assert fault["message"] == "配置项 tolerence 不存在。是否为 tolerance？"
    config.write_text("paths: [data]\ntolerance: {share: 5%}\n", encoding="utf-8")
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": config.as_uri(), "type": 2}])
    assert editor.found(uri, lambda one: one["diagnostics"] == []) == []
    assert editor.found(config.resolve().as_uri(), lambda one: one["diagnostics"] == []) == []


def test_an_open_configuration_is_checked(editor: Client, folder: Path) -> None:
    config = folder / "perftarget.yaml"
    config.write_text("tolerence: {share: 5%}\n", encoding="utf-8")
    uri = editor.open(config, config.read_text(encoding="utf-8"))
    assert [one["message"] for one in editor.found(uri)] == ["配置项 tolerence 不存在。是否为 tolerance？"]
    editor.change(uri, "tolerance: {share: 5%}\n", 2)
    assert editor.found(uri, lambda one: one["version"] == 2) == []
    editor.change(uri, "severity: {vague-valu: off}\n", 3)
    (found,) = editor.found(uri, lambda one: one["version"] == 3)
    assert found["message"] == "没有名为 vague-valu 的规则。是否为 vague-value？"
    editor.change(uri, "extends: nope\n", 4)
    (found,) = editor.found(uri, lambda one: one["version"] == 4)
    assert found["message"].startswith("没有名为 nope 的内置表式，")
    # A table is checked with the saved configuration.
    table = editor.open(folder / "data" / "甲.yaml", form("保洁补贴", 20, "12 万元"))
    assert editor.found(table)[0]["message"].startswith("配置不能用，没有检查：")
    config.write_text("tolerance: {share: 5%}\n", encoding="utf-8")
    editor.change(uri, "tolerance: {share: 5%}\n", 5)
    editor.tell("textDocument/didSave", textDocument={"uri": uri})
    assert editor.found(uri, lambda one: one["diagnostics"] == []) == []
    assert editor.found(table, lambda one: one["diagnostics"] == []) == []


def test_files_that_are_not_tables_are_ignored(editor: Client, folder: Path) -> None:
    uri = editor.open(folder / "docker.yaml", "services: {web: {image: x}}\n")
    assert editor.found(uri) == []
    assert editor.found(editor.open(folder / "list.yaml", "序号: 1\n名称: 甲\n")) == []
    assert editor.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 0, "character": 1}) is None
    assert labels(editor, uri, "services", "serv") == []
    hidden = folder / "data" / ".git"
    assert editor.found(editor.open(hidden / "x.yaml", "a: b\n")) == []
    assert editor.found(editor.open(folder / "data" / "x.yaml", "a: {b: c}\n"))[0]["code"] == "unknown-key"
    untitled = "untitled:Untitled-1"
    document = {"uri": untitled, "languageId": "yaml", "version": 1, "text": "项目名称: 甲\n"}
    editor.tell("textDocument/didOpen", textDocument=document)
    assert {one["code"] for one in editor.found(untitled)} >= {"missing-field", "no-indicators"}


def test_messages_use_the_language_of_the_editor(folder: Path) -> None:
    client = Client(LSP, folder, locale="en-us")
    uri = client.open(folder / "data" / "x.yaml", form("保洁补贴", 20, "13 万元"))
    assert client.found(uri)[0]["message"].startswith("declared 13 万元, 8.33% above")
    client.kill()


def test_without_pygls_the_command_names_the_extra_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no pygls', name='pygls')\n", encoding="utf-8")
    done = subprocess.run(LSP, capture_output=True, text=True, check=False, env=environment_with_modules(tmp_path))
    assert (done.returncode, done.stderr) == (2, "没有安装 pygls；请运行 pip install 'perftarget[lsp]'\n")


TABLE = """项目名称: 甲
年度总体绩效目标:
- 一
绩效指标:
  11-数量指标:
    人数: 5
    "次数：年": 3
  1-产出指标:
    12-质量指标:

资金测算:
  - {项目: 补贴, 人数: }
  - 项目: 其他
    金额: 1 万元
豁免:
  - 规则: x
"""


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        (0, 0, ((), "", "")),
        (0, 6, ((), "项目名称", "")),
        (0, 7, ((), "项目名称", "甲")),
        (2, 3, (("年度总体绩效目标",), "", "一")),
        (4, 2, (("绩效指标",), "", "")),
        (5, 4, (("绩效指标", "11-数量指标"), "", "")),
        (6, 12, (("绩效指标", "11-数量指标"), "次数：年", "")),
        (8, 4, (("绩效指标", "1-产出指标"), "", "")),
        (9, 6, (("绩效指标", "1-产出指标", "12-质量指标"), "", "")),
        (9, 0, ((), "", "")),
        (11, 5, (("资金测算",), "", "")),
        (11, 17, (("资金测算",), "人数", "")),
        (13, 4, (("资金测算",), "", "")),
        (15, 8, (("豁免",), "规则", "")),
        (16, 0, ((), "", "")),
        (99, 3, ((), "", "")),
    ],
)
def test_the_cursor_has_a_path_a_key_and_the_typed_text(
    line: int, column: int, expected: tuple[tuple[str, ...], str, str]
) -> None:
    lines = [one[:column] if number == line == 9 else one for number, one in enumerate(TABLE.split("\n"))]
    if line == 9:
        lines[9] = " " * column
    found = locate_cursor(lines, line, column)
    assert (found.parents, found.key, found.typed) == expected


def test_siblings_are_the_keys_of_the_same_mapping() -> None:
    lines = TABLE.split("\n")
    assert locate_cursor(lines, 13, 4).siblings == {"项目"}
    assert locate_cursor(lines, 11, 13).siblings == {"项目"}
    assert locate_cursor(lines, 4, 2).siblings == {"1-产出指标"}


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_offsets_are_converted_to_positions_and_back(text: str, encoding: Any, data: st.DataObject) -> None:
    ruler = PositionMapper(Source("x.yaml", text), encoding)
    offset = data.draw(st.integers(0, len(text)))
    start, end = ruler.range(Span(offset, offset))
    assert start == end
    back = ruler.offset(start)
    assert text[back:offset] in {"", "\r", "\n", "\r\n"}  # there is no position between \r and \n


@given(st.integers(0, 9), st.integers(0, 99))
def test_a_position_beyond_the_text_is_inside_it(line: int, column: int) -> None:
    ruler = PositionMapper(Source("x.yaml", "甲\n乙\n"), "utf-16")
    assert 0 <= ruler.offset(Position(line, column)) <= 4


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.yaml")))
def test_hover_and_completion_work_on_every_prefix_of_a_table(name: str) -> None:
    """Every seventh prefix is checked, explained and completed without an error."""
    text = (DATA / name).read_text(encoding="utf-8")
    workspace, profile = Workspace(), load_profile(DEFAULT)
    for end in range(0, len(text), 7):
        typed = text[:end]
        document = workspace.check(name, typed)
        hover_text(document, document.findings, end)
        lines = typed.split("\n")
        cursor = locate_cursor(lines, len(lines) - 1, len(lines[-1]))
        completions(cursor, profile, Suggestions([]), document.document.table)
        assert all(0 <= finding.span.start <= finding.span.end <= end for finding in document.findings)
