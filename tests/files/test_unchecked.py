"""Files in a folder that are not checked are counted in every output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from command_line import GOOD, Run
from perftarget.console import EXIT_OK, EXIT_USAGE
from perftarget.files.discovery import discover

LINE = "另有 6 个文件没有检查（.docx 3、.doc 2、.pdf 1）。"
CLEAN = "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。\n"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Add files of other formats to the folder with a good table."""
    folder = tmp_path / "tables"
    for name in ("a.docx", "b.DOCX", "乙/c.docx", "a.doc", "乙/丙/b.Doc", "乙/scan.PDF"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    for name in (
        "~$a.docx",
        ".a.docx",
        ".git/b.docx",
        "perftarget.yaml",
        "README.md",
        "requirements-dev.txt",
        ".ignore",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_unchecked_files_are_counted_below_the_summary(run: Run, mixed: Path) -> None:
    done = run("validate", "tables")
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_OK, f"{CLEAN}{LINE}\n", "")


@pytest.mark.parametrize("options", [("-q",), ("--format", "gitlab"), ("--diff",), ("--write-baseline", "base.json")])
def test_unchecked_files_are_a_message_where_the_output_has_no_place(
    run: Run, mixed: Path, options: tuple[str, ...]
) -> None:
    assert run("validate", "tables", *options).stderr == f"{LINE}\n"


READ: dict[str, Callable[[str], object]] = {
    "json": lambda text: json.loads(text)["summary"]["unchecked"],
    "sarif": lambda text: json.loads(text)["runs"][0]["invocations"],
    "github": lambda text: text,
    "junit": lambda text: [case.attrib for case in ET.fromstring(text).iter("skipped")],
    "markdown": lambda text: text.splitlines()[-1],
    "html": lambda text: [line for line in text.splitlines() if "没有检查" in line],
}
COUNTS = {".docx": 3, ".doc": 2, ".pdf": 1}
EXPECTED: dict[str, object] = {
    "json": COUNTS,
    "sarif": [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {"level": "warning", "message": {"text": LINE}, "properties": {"unchecked": COUNTS}}
            ],
        }
    ],
    "github": f"::notice title=perftarget::{LINE}\n",
    "junit": [{"message": LINE}],
    "markdown": f"⚠️ {LINE}",
    "html": [f'<li class="warning">{LINE}</li>'],
}


@pytest.mark.parametrize("format_", EXPECTED)
def test_every_format_has_a_place_for_them(run: Run, mixed: Path, format_: str) -> None:
    done = run("validate", "tables", "--format", format_)
    assert (done.returncode, done.stderr) == (EXIT_OK, "")
    assert READ[format_](done.stdout) == EXPECTED[format_]


def test_a_replayed_run_repeats_and_updates_the_count(
    run: Run, mixed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", str(tmp_path / "cache"))
    for options in ((), ("-q",)):
        first, again = (run("validate", "tables", *options) for _ in range(2))
        assert first == again
        (mixed / "new.jpg").touch()
        changed = run("validate", "tables", *options)
        assert "另有 7 个文件没有检查（.docx 3、.doc 2、.jpg 1、.pdf 1）。" in changed.stdout + changed.stderr
        (mixed / "new.jpg").unlink()
        assert run("validate", "tables", *options) == first


@pytest.mark.parametrize("paths", [("tables", "other"), ("other", "tables")])
def test_a_folder_with_only_unreadable_files_is_a_usage_error(run: Run, tmp_path: Path, paths: tuple[str, str]) -> None:
    other = tmp_path / "other" / "收件"
    other.mkdir(parents=True)
    for name in ("1.doc", "2.doc", "3.xls", "4.pdf", "5.jpg", "6.rar", "7.txt"):
        (other / name).touch()
    message = (
        "other: 没有能读的表格，7 个文件没有读（.doc 2、.jpg 1、.pdf 1、.rar 1、.txt 1、.xls 1）；"
        ".doc 请用 Word 或 WPS 打开，另存为 .docx；.jpg、.pdf 请取得原来的 Word 或 Excel 文件；"
        ".rar 请解压后检查里面的文件；.txt 请直接写出文件名；.xls 请用 Excel 或 WPS 打开，另存为 .xlsx\n"
    )
    done = run("validate", "other")
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_USAGE, "", message)
    done = run("validate", *paths)
    assert (done.returncode, done.stderr) == (EXIT_USAGE, message)
    assert done.stdout == (f"{CLEAN}另有 7 个文件没有检查（.doc 2、.jpg 1、.pdf 1、.rar 1、.txt 1、.xls 1）。\n")


def test_a_file_is_counted_once_and_not_if_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    (folder / "b").mkdir(parents=True)
    (folder / "x.yaml").write_text(GOOD, encoding="utf-8")
    for name in ("b/1.docx", "b/2.docx", "3.txt"):
        (folder / name).touch()
    assert discover([str(folder), f"{folder}/."]).unchecked == {".docx": 2, ".txt": 1}
    assert discover([str(folder), str(folder / "b")]).unchecked == {".txt": 1}
    assert discover([str(folder), str(folder / "3.txt")]).unchecked == {".docx": 2}


def test_links_and_folders_with_such_names_are_no_files(tmp_path: Path) -> None:
    top, outside = tmp_path / "top", tmp_path / "outside"
    (top / "folder.pdf").mkdir(parents=True)
    outside.mkdir()
    (top / "x.yaml").write_text(GOOD, encoding="utf-8")
    (top / "link.docx").symlink_to(outside)
    (top / "broken.doc").symlink_to("nowhere")
    (top / "loop.pdf").symlink_to("loop.pdf")
    found = discover([str(top)])
    assert found.unchecked == {".doc": 1, ".pdf": 1}
    assert found.problems == [f"{top}/link.docx: 是指向文件夹的链接，没有进去；请直接写出那个文件夹的路径"]


def test_word_files_beside_a_closed_folder_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is listed as unreadable, and the Word files are still found."""
    (tmp_path / "a.docx").touch()
    (tmp_path / "closed").mkdir()
    from perftarget.files import discovery

    scandir = discovery.os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(discovery.os, "scandir", refuse)
    assert discover([str(tmp_path)]).files == [f"{tmp_path}/a.docx", f"{tmp_path}/closed"]


def test_github_reserves_an_annotation_for_the_count(run: Run, mixed: Path) -> None:
    text = GOOD.replace("补贴人数（人）: 10 人", "补贴人数（人）: 10  人")
    for number in range(10):
        (mixed / f"{number}.yaml").write_text(text, encoding="utf-8")
    lines = run("validate", "tables", "--format", "github", "--select", "stray-space").stdout.splitlines()
    assert len(lines) == 10
    assert lines[0] == f"::notice title=perftarget::{LINE}"
    assert lines[-1].partition("另有")[2].startswith(" 2 条建议（2 个文件）没有逐条标出")


def test_other_commands_count_the_files_that_they_do_not_read(run: Run, mixed: Path) -> None:
    unread = "另有 6 个文件没有读（.docx 3、.doc 2、.pdf 1）。\n"
    assert run("render", "tables", "--docx").stderr == unread
    assert run("render", "tables", "--letter").stderr == unread
    assert run("diff", "tables/good.yaml", "tables").stderr == f"tables: {unread}"
