"""The READMEs and the handbook show the real behaviour."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

import picture
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.linter.engine import check_document
from perftarget.linter.rule import CATEGORIES, unchecked_categories
from perftarget.linter.selection import select_rules
from perftarget.tables.reader import parse_documents
from repository import ROOT, TESTS

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


def test_the_picture_shows_the_real_output() -> None:
    golden = (TESTS / "golden" / "data.text").read_text(encoding="utf-8")
    picture = ElementTree.parse(ROOT / "docs" / "pictures" / "validate.svg").getroot()
    (shown,) = (one.text for one in picture if one.tag.endswith("title"))
    assert "amount-mismatch" in shown
    assert shown in golden
    drawn = "".join(one.text for one in picture if one.tag.endswith("text"))
    assert drawn.replace(" ", "") == "".join(shown.split())


def test_the_picture_of_the_annex_is_current(tmp_path: Path) -> None:
    """If this fails, check the page and run `python scripts/picture.py`."""
    assert picture.stored_digest() == picture.document_digest(picture.render_annex(tmp_path))


@pytest.mark.parametrize("name", READMES)
def test_every_linked_file_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = [*re.findall(r"\]\((?!https?:)([^)]+)\)", text), *re.findall('src="([^"]+)"', text)]
    assert len(named) > 8
    assert all((ROOT / one).exists() for one in named)


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    known = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"perftarget ([a-z]+)\b", text))
    assert commands - {"validate", "render", "new", "init", "lsp"} > {"diff", "annotate", "explain", "import"}
    assert all(f"## {command}\n" in known for command in commands)
    options = set(re.findall(r"(?<![-\w])--[a-z][a-z-]+", text)) - {"--lang"}
    assert all(re.search(rf"(?<![-\w]){option}\b", known) for option in options)


def test_the_site_is_built_strictly(tmp_path: Path) -> None:
    """Every link works, every page of docs/ is included, and nothing is loaded from other hosts."""
    asked = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    rules = {
        f"rules/{path.stem}/index.html" for path in (ROOT / "docs" / "rules").glob("*.md") if path.stem != "README"
    }
    assert rules | {"index.html", "readme/index.html", "commands/index.html", "rules/index.html"} <= pages
    first = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'src="pictures/annex.png"' in first
    assert (tmp_path / "site" / "pictures" / "annex.png").exists()
    loaded = re.findall(r"<(?:link|script|img)[^>]*(?:href|src)=[\"']?(https?:[^\"' >]+)", first)
    assert loaded == []


def test_the_handbook_says_which_categories_are_checked() -> None:
    lines = (ROOT / "docs" / "review-boxes.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    checked = {row[1]: row[4] for row in cells[2:]}
    assert list(checked) == list(CATEGORIES[1:])
    assert [name for name, word in checked.items() if word == "本工具不检查"] == unchecked_categories()


@pytest.mark.parametrize("name", READMES)
def test_yaml_examples_are_valid(name: str, tmp_path: Path) -> None:
    profile = load_profile(DEFAULT)
    for block in blocks(name, "yaml"):
        if "repos:" in block or "jobs:" in block:
            assert "perftarget" in block  # for other programs; see test_pipelines.py
        elif "extends:" in block:
            (tmp_path / "perftarget.yaml").write_text(block, encoding="utf-8")
            assert load_profile("perftarget.yaml", tmp_path).tiers == profile.tiers
        else:
            (document,) = parse_documents("x.yaml", block.encode(), profile)
            found = check_document(
                document, profile, select_rules(["文件格式"], ["unused-waiver"]), date(2025, 6, 30)
            ).diagnostics
            assert not found, found[0].message
