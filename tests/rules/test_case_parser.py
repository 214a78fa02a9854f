"""The parser of the examples: marks and their mistakes."""

from __future__ import annotations

import pytest

from case_parser import Block, CaseError, Mark, blocks
from rule_examples import CASES


def parse(body: str, infos: str = "") -> Block:
    (block,) = blocks(f"```yaml{infos}\n{body}\n```\n")
    return block


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("人数: 5 # ✗ 缺单位", Mark("✗", 1, "5", "缺单位")),
        ("人数: 5 # ✗键 名称", Mark("✗", 1, "人数", "名称")),
        ("人数: 15 # ✗⟦5⟧ 尾数", Mark("✗", 1, "5", "尾数")),
        ("人数: 5 # ✗错误 缺单位", Mark("✗错误", 1, "5", "缺单位")),
        ("人数: 5 # ✗建议键 名称", Mark("✗建议", 1, "人数", "名称")),
        ("人数: 5 # ↳ 人数 5", Mark("↳", 1, "5", "人数 5")),
        ("人数: 5 # ? 资料不足", Mark("?", 1, "5", "资料不足")),
        ("- 目标 # ✗ 太短", Mark("✗", 1, "目标", "太短")),
        ("目标: # ✗ 空白", Mark("✗", 1, "目标", "空白")),
    ],
)
def test_a_mark_has_sign_line_text_and_message(line: str, mark: Mark) -> None:
    block = parse(line)
    assert block.marks == [mark]
    assert "#" not in block.text


def test_a_line_may_have_several_marks() -> None:
    assert parse("a: b # ✗ 一 # ↳键 二").marks == [Mark("↳", 1, "a", "二"), Mark("✗", 1, "b", "一")]


def test_notes_and_ordinary_comments_are_not_marks() -> None:
    block = parse("a: b # 说明\n# = 第一\n# = 第二")
    assert (block.text, block.marks, block.notes) == ("a: b # 说明\n", [], ["第一", "第二"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a: b # ✘ 一", "unknown mark"),
        ("a: b # → 一", "unknown mark"),
        ("a: b # ✗严重 一", "unknown mark"),
        ("a: b # ✗⟦b 一", "unknown mark"),
        ("a: b #✗ 一", "unknown mark"),
        ("a: b # ✗", "mark without a message"),
        ("a: b # ↳ ", "mark without a message"),
        ("a: b # ✗ # ↳ 二", "mark without a message"),
        ("a: b # ✗⟦c⟧ 一", "does not contain ⟦c⟧"),
        ("a: b\n# = ", "a note is empty"),
    ],
)
def test_a_wrong_mark_is_an_error(line: str, message: str) -> None:
    with pytest.raises(CaseError, match=message):
        parse(line)


def test_an_error_names_the_line_of_the_page() -> None:
    with pytest.raises(CaseError, match=r"^line 5: c: d # ✘ 一: "):
        blocks("# 标题\n\n```yaml\na: b\nc: d # ✘ 一\n```\n")


def test_a_fixed_block_belongs_to_the_example_before_it() -> None:
    (example,) = blocks("```yaml\na: b # ✗ 一\n```\n\n```yaml fixed unsafe\na: c\n```\n")
    assert example.fixed is not None
    assert (example.fixed.infos, example.fixed.text) == (["fixed", "unsafe"], "a: c\n")


def test_a_config_block_applies_to_the_examples_after_it() -> None:
    first, second = blocks("```yaml\na: b\n```\n```yaml config\nyear: 2025\n```\n```yaml\na: c\n```\n")
    assert (first.config, second.config) == ("", "year: 2025\n")


@pytest.mark.parametrize("page", ["```yaml fixed\na: b\n```\n", "```yaml fixd\na: b\n```\n"])
def test_a_misplaced_or_unknown_block_is_an_error(page: str) -> None:
    with pytest.raises(CaseError):
        blocks(page)


@pytest.mark.parametrize(
    ("info", "data"),
    [
        ("", "项目: 甲\n乙: 丙\n".encode()),
        (" gb18030", "项目: 甲\n乙: 丙\n".encode("gb18030")),
        (" utf-16", "项目: 甲\n乙: 丙\n".encode("utf-16")),
        (" crlf", "项目: 甲\r\n乙: 丙\n".encode()),
        (" binary", "项目: 甲\n乙: 丙\n\0".encode()),
    ],
)
def test_a_block_is_encoded_as_its_info_says(info: str, data: bytes) -> None:
    assert parse("项目: 甲\n乙: 丙", info).data() == data


def test_the_example_of_the_legend_is_valid() -> None:
    (example,) = blocks((CASES / "README.md").read_text(encoding="utf-8"))
    assert example.marks
    assert example.fixed is not None
