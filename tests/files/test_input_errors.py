"""Errors of files and folders: each is reported once with its place, and the other files are still checked."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bad_files import BAD_FILES
from command_line import GOOD, Run
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE
from perftarget.errors import UnreadableFileError
from perftarget.tables import reader as reading

CLEAN = "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。\n"


def test_a_good_table_has_no_findings(run: Run) -> None:
    done = run("validate", "tables")
    assert (done.returncode, done.stdout, done.stderr) == (0, CLEAN, "")


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_reported_in_one_line_and_the_others_are_checked(run: Run, tmp_path: Path, name: str) -> None:
    content, message = BAD_FILES[name]
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "tables" / "bad.yaml").write_bytes(data)
    done = run("validate", "tables", "-q", "--ignore", "duplicate-project")
    assert done.stderr == ""
    assert done.stdout == (f"tables/bad.yaml:{message}\n" if message else "")
    assert done.returncode == (EXIT_FINDINGS if message and " error[" in message else 0)
    assert "2 个文件" in run("validate", "tables").stdout


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "nowhere: 没有这个文件或文件夹，请检查路径\n"),
        ("nowhere.yaml", "nowhere.yaml: 没有这个文件或文件夹，请检查路径\n"),
        ("picture.png", "picture.png: 读不了 .png 文件；请取得原来的 Word 或 Excel 文件\n"),
        ("notes.md", "notes.md: 不认识的文件类型，可检查的是 .yaml、.yml、.docx、.xlsx、.txt 文件\n"),
        ("empty", "empty: 没有找到表格（.yaml、.yml、.docx、.xlsx 文件），什么也没有检查\n"),
    ],
)
def test_paths_without_tables_are_a_usage_error(run: Run, tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.png").write_bytes(b"")
    (tmp_path / "notes.md").write_bytes(b"")
    done = run("validate", path)
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_USAGE, "", message)


def test_other_paths_are_checked_despite_a_wrong_path(run: Run) -> None:
    done = run("validate", "nowhere", "tables")
    assert (done.returncode, done.stdout) == (EXIT_USAGE, CLEAN)
    assert done.stderr == "nowhere: 没有这个文件或文件夹，请检查路径\n"


def test_a_folder_named_like_a_table_is_unreadable(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tables" / "x.yaml").mkdir()
    done = run("validate", "tables", "-q")
    message = "这是文件夹，名称却像表格文件；请改名，或把表格直接放在上一级"
    assert done.stdout == f"tables/x.yaml:1:1 error[unreadable-file] {message}\n"
    assert done.returncode == EXIT_FINDINGS


def test_a_named_pipe_is_not_read(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tables" / "pipe.yaml")
    done = run("validate", "tables", "-q")
    assert done.stdout == "tables/pipe.yaml:1:1 error[unreadable-file] 不是普通文件，没有读取\n"


def test_a_broken_link_is_unreadable(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tables" / "link.yaml").symlink_to("nowhere.yaml")
    done = run("validate", "tables", "-q")
    message = "链接指向的文件不存在；请删去链接，或恢复它指向的文件"
    assert done.stdout == f"tables/link.yaml:1:1 error[unreadable-file] {message}\n"
    assert done.returncode == EXIT_FINDINGS


def test_a_file_without_read_permission_is_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The refusal is simulated, because a superuser may read everything."""

    def refuse(path: str, mode: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    path = tmp_path / "secret.yaml"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableFileError) as refused:
        reading.read_bytes(str(path))
    assert refused.value.detail == {"cause": "permission"}


def test_standard_input_is_checked(run: Run) -> None:
    done = run("validate", "-", standard_input=GOOD.replace("项目属性: 延续项目", "项目属性:"))
    assert done.stdout.startswith("-:4:1 warning[blank-field]")
    assert done.stdout.endswith("1 个文件、1 张表：0 个错误，1 个警告，0 条建议。\n")


def test_a_reader_that_closes_early_causes_no_error(run: Run, tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / "tables" / f"{number}.yaml").write_text("项目名称: 甲\n", encoding="utf-8")
    shell = f"{sys.executable} -m perftarget validate tables; echo $? >code"
    done = subprocess.run(
        ["/bin/sh", "-c", f"({shell}) | head -n 1"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert (tmp_path / "code").read_text() == f"{EXIT_FINDINGS}\n"


def test_unknown_names_are_reported_with_a_suggestion(run: Run, tmp_path: Path) -> None:
    assert (
        run("validate", "tables", "--select", "not-measurabl").stderr
        == "没有名为 not-measurabl 的规则。是否为 not-measurable？\n"
    )
    nearer = tmp_path / "tables" / "perftarget.yaml"
    nearer.write_text("severity: {not-measurabl: off}\n", encoding="utf-8")
    done = run("validate", "tables")
    nearer.unlink()
    assert done.returncode == EXIT_USAGE
    assert done.stderr == f"{nearer}:1:12: 没有名为 not-measurabl 的规则。是否为 not-measurable？\n"
    (tmp_path / "perftarget.yaml").write_text("severty: {blank-field: off}\n", encoding="utf-8")
    done = run("validate", "tables")
    assert done.returncode == EXIT_USAGE
    assert done.stderr == f"{tmp_path}/perftarget.yaml:1:1: 配置项 severty 不存在。是否为 severity？\n"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Create a folder that every user may enter; the temporary folders of pytest are closed to other users."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


NOBODY = pytest.mark.skipif(os.geteuid() != 0, reason="only a superuser can change the user")


def as_nobody(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the folder as a user without permissions."""
    # The first run imports all modules, because the user may not be able to read the virtual environment.
    code = (
        "import contextlib, os, sys; from perftarget.cli import app\n"
        "sys.argv = ['perftarget', 'validate', '.', '-q', '--no-cache', '-o', os.devnull]\n"
        "with contextlib.suppress(SystemExit): app.run()\n"
        "os.setuid(65534); del sys.argv[5:]; app.run()\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False)


@NOBODY
def test_an_unreadable_folder_is_reported(open_folder: Path) -> None:
    (open_folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (open_folder / "good.yaml").chmod(0o644)
    (open_folder / "closed").mkdir(mode=0o700)
    done = as_nobody(open_folder)
    assert (
        done.stdout == "./closed:1:1 error[unreadable-file] 没有读取权限；请检查文件的权限，或是否被其他程序占用\n"
    ), done.stderr
    assert done.returncode == EXIT_FINDINGS


@NOBODY
def test_an_unreadable_folder_above_is_ignored(open_folder: Path) -> None:
    tables = open_folder / "tables"
    tables.mkdir()
    tables.chmod(0o755)
    (tables / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tables / "good.yaml").chmod(0o644)
    open_folder.chmod(0o700)
    done = as_nobody(tables)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
