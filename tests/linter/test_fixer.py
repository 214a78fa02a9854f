"""`--fix`, `--unsafe` and `--diff`: only the spans of fixes change, and fixing twice changes nothing more."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_parser import Block
from command_line import GOOD, Run
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.console import EXIT_FINDINGS, EXIT_OK, EXIT_USAGE
from perftarget.linter.engine import run_rules
from perftarget.linter.fixer import Fixer
from perftarget.linter.rule import CATEGORIES, rules
from perftarget.linter.selection import select_rules
from perftarget.tables.reader import parse_documents
from rule_examples import EXAMPLES, TODAY, profile_of

PROFILE = load_profile(DEFAULT)
LOOSE = GOOD.replace("≥95%", "≧95%").replace("≥60%", "60%以上")


def fix_all(data: bytes, *, unsafe: bool) -> bytes:
    return Fixer("例.yaml", PROFILE, select_rules(), TODAY, unsafe).fix(data).data


def counts(data: bytes, profile: Profile, boxes: tuple[str, ...] = CATEGORIES) -> Counter[str]:
    (document,) = parse_documents("例.yaml", data, profile)
    hits = run_rules(document, profile, select_rules(), TODAY).hits
    return Counter(hit.rule.name for hit in hits if hit.rule.category in boxes)


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize(("name", "block"), [one for one in EXAMPLES if rules()[one.values[0]].subject != "facts"])
def test_fixing_an_example_again_changes_nothing(name: str, block: Block, unsafe: bool, tmp_path: Path) -> None:
    """The second fix changes nothing, and a safe fix adds no finding of any rule."""
    profile = profile_of(block, tmp_path)
    fixer = Fixer("例.yaml", profile, select_rules(), TODAY, unsafe)
    once = fixer.fix(block.data())
    assert fixer.fix(once.data) == type(once)(once.data, 0)
    assert (once.data == block.data()) == (once.findings == 0)
    before, after = counts(block.data(), profile), counts(once.data, profile)
    if not unsafe:
        assert after <= before
    else:
        assert counts(once.data, profile, CATEGORIES[:1]) <= counts(block.data(), profile, CATEGORIES[:1])


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@given(
    st.lists(st.sampled_from(["# 注\n", "\n", "   # 深\n", "# >=95%\n"]), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
@settings(max_examples=30, deadline=None)
def test_a_fix_changes_only_its_spans(unsafe: bool, comments: list[str], newline: str, bom: bool) -> None:
    """Comments, order, quotes, line ends and a BOM stay byte for byte."""
    text = LOOSE.replace("绩效指标:\n", "绩效指标:\n" + "".join(comments)).replace("\n", newline)
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    after = fix_all(data, unsafe=unsafe)
    assert after != data
    old, new = data.decode(), after.decode()
    changed = [
        (old[a:b], new[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    assert changed == [("≧", "≥"), ("", "≥"), ("以上", "")]


def test_fix_writes_the_file_and_counts_the_fixes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tables" / "loose.yaml"
    path.write_text(LOOSE.replace("公益性岗位补贴", "另一项补贴"), encoding="utf-8")
    done = run("validate", "tables/loose.yaml", "--fix")
    assert (done.returncode, done.stderr) == (EXIT_OK, "已修复 2 处。\n")
    assert path.read_text(encoding="utf-8") == GOOD.replace("公益性岗位补贴", "另一项补贴")
    assert run("validate", "tables/loose.yaml", "--fix").stderr == "已修复 0 处。\n"


def test_diff_writes_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tables" / "loose.yaml"
    path.write_text(LOOSE, encoding="utf-8")
    done = run("validate", "tables/loose.yaml", "--diff")
    assert (done.returncode, done.stderr) == (EXIT_FINDINGS, "")
    assert path.read_text(encoding="utf-8") == LOOSE
    assert re.findall(r"^[-+] .*", done.stdout, re.MULTILINE) == [
        "-    发放准确率: ≧95%",
        "+    发放准确率: ≥95%",
        "-    就业率: 60%以上",
        "+    就业率: ≥60%",
    ]
    assert run("validate", "tables/good.yaml", "--diff") == type(done)(EXIT_OK, "", "")


def test_unsafe_fixes_require_the_option(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tables" / "colon.yaml"
    path.write_text(GOOD.replace("主管部门: ", "主管部门："), encoding="utf-8")
    assert run("validate", "tables/colon.yaml", "--fix").returncode == EXIT_FINDINGS
    done = run("validate", "tables/colon.yaml", "--fix", "--unsafe")
    assert (done.returncode, path.read_text(encoding="utf-8")) == (EXIT_OK, GOOD)
    alone = run("validate", "tables/colon.yaml", "--unsafe")
    assert alone.returncode == EXIT_USAGE
    assert alone.stderr.startswith("--unsafe 要与 --fix 或 --diff 一起用")


def test_a_file_changed_during_the_run_is_not_overwritten(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tables" / "loose.yaml"
    path.write_text(LOOSE, encoding="utf-8")
    changed = LOOSE + "豁免:\n"
    fix = Fixer.fix

    def slow(self: Fixer, data: bytes) -> object:
        path.write_text(changed, encoding="utf-8")
        return fix(self, data)

    monkeypatch.setattr(Fixer, "fix", slow)
    done = run("validate", "tables/loose.yaml", "--fix", "-q", "--select", "operator-form")
    assert done.returncode == EXIT_USAGE
    assert done.stderr == "tables/loose.yaml: 运行期间被改动，没有覆盖；请重新运行\n已修复 0 处。\n"
    assert path.read_text(encoding="utf-8") == changed


def test_waived_findings_are_not_fixed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tables" / "waived.yaml"
    text = LOOSE.replace("60%以上", "≥60%") + "豁免:\n  - {规则: operator-form, 理由: 原文如此}\n"
    path.write_text(text, encoding="utf-8")
    assert run("validate", "tables/waived.yaml", "--fix").stderr == "已修复 0 处。\n"
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("encoding", "kept"), [("gb18030", False), ("utf-8-sig", True)])
def test_the_encoding_is_kept_unless_its_rule_changes_it(run: Run, tmp_path: Path, encoding: str, kept: bool) -> None:
    path = tmp_path / "tables" / "encoded.yaml"
    path.write_bytes(LOOSE.encode(encoding))
    run("validate", "tables/encoded.yaml", "--fix")
    assert path.read_bytes() == GOOD.encode("utf-8-sig" if kept else "utf-8")
    path.write_bytes(LOOSE.encode(encoding))
    run("validate", "tables/encoded.yaml", "--fix", "--ignore", "encoding")
    assert path.read_bytes() == GOOD.encode(encoding)
