"""What the READMEs show is what is so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from perftarget.check import check, choose
from perftarget.configuration import load_profile
from perftarget.profile import DEFAULT
from perftarget.read import parse

ROOT = Path(__file__).resolve().parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    fences = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", body, flags=re.MULTILINE) for indent, body in fences]


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_has_the_two_commands(name: str) -> None:
    screen = (ROOT / name).read_text(encoding="utf-8").splitlines()[:15]
    commands = [line.split("#")[0].strip() for line in screen if line.startswith("pip ")]
    assert commands == ["pip install . && perftarget validate data/", "pip install -e '.[dev]' && pytest"]
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_output_shown_is_real(name: str) -> None:
    golden = (ROOT / "tests" / "golden" / "data.text").read_text(encoding="utf-8")
    (shown,) = [block for block in blocks(name, "text") if "amount-mismatch" in block]
    assert shown in golden


@pytest.mark.parametrize("name", READMES)
def test_tables_and_settings_shown_can_be_read(name: str, tmp_path: Path) -> None:
    profile = load_profile(DEFAULT)
    for block in blocks(name, "yaml"):
        if "repos:" in block or "jobs:" in block:
            assert "perftarget" in block  # for other programs, which tests/test_pipelines.py tries
        elif "extends:" in block:
            (tmp_path / "perftarget.yaml").write_text(block, encoding="utf-8")
            assert load_profile("perftarget.yaml", tmp_path).tiers == profile.tiers
        else:
            (document,) = parse("x.yaml", block.encode(), profile)
            found = check(document, profile, choose(["文件格式"], ["unused-waiver"]), date(2025, 6, 30)).diagnostics
            assert not found, found[0].message
