"""What a stranger sends reaches nothing: no file elsewhere, no network, no code, no terminal, no log."""

from __future__ import annotations

import re
import socket
import subprocess
from pathlib import Path

import pytest

import hostile
from command_line import GOOD, Run

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2
BAD = GOOD.replace("≥95%", "≧95%").replace("公益性岗位补贴", "见习补贴")


@pytest.fixture
def repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one good table, and a file beside it that is nobody's business."""
    (tmp_path / "secret.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.yaml").write_text(BAD, encoding="utf-8")
    folder = tmp_path / "repository"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "good.yaml").write_text(GOOD, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    monkeypatch.chdir(folder)
    return folder


def test_a_link_out_of_the_repository_is_not_read(repository: Path, run: Run) -> None:
    (repository / "data" / "out.yaml").symlink_to("../../secret.yaml")
    done = run("validate", "-q")
    message = "链接指向仓库之外，没有读取；请把文件放进仓库，或直接写出它的路径"
    assert (done.stdout, done.stderr, done.returncode) == ("", f"data/out.yaml: {message}\n", WRONG_USE)
    assert "≧95%" in run("validate", "data/out.yaml", "-q").stdout  # who names it wants it


def test_a_link_within_the_repository_is_read(repository: Path, run: Run) -> None:
    (repository / "kept").mkdir()
    (repository / "kept" / "bad.yaml").write_text(BAD, encoding="utf-8")
    (repository / "data" / "in.yaml").symlink_to("../kept/bad.yaml")
    done = run("validate", "-q")
    assert done.stdout.startswith("data/in.yaml:14:12 warning[operator-form]")
    assert (done.stderr, done.returncode) == ("", CLEAN)


def test_a_link_to_a_folder_is_said(repository: Path, run: Run) -> None:
    (repository / "data" / "more").symlink_to("../../elsewhere")
    done = run("validate", "-q")
    message = "data/more: 是指向文件夹的链接，没有进去；请直接写出那个文件夹的路径\n"
    assert (done.stdout, done.stderr, done.returncode) == ("", message, WRONG_USE)


def test_without_a_repository_links_are_ones_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "tables" / "link.yaml").symlink_to("../bad.yaml")
    assert "tables/link.yaml:14:12" in run("validate", "tables", "-q").stdout


@pytest.mark.parametrize(
    ("setting", "message"),
    {
        "extends: ../secret.yaml": (
            "{config}:1:10: extends 只能写内置表式，或同一仓库中的文件；../secret.yaml 在仓库之外\n"
        ),
        "extends: /etc/passwd": "{config}:1:10: extends 只能写内置表式，或同一仓库中的文件；/etc/passwd 在仓库之外\n",
        "extends: data/link.yaml": (
            "{config}:1:10: extends 只能写内置表式，或同一仓库中的文件；data/link.yaml 在仓库之外\n"
        ),
        "paths: [data, ../elsewhere]": ("{config}:1:15: paths 只能写同一仓库中的路径；../elsewhere 在仓库之外\n"),
        "paths: [/etc]": "{config}:1:9: paths 只能写同一仓库中的路径；/etc 在仓库之外\n",
    }.items(),
)
def test_settings_do_not_reach_out_of_the_repository(setting: str, message: str, repository: Path, run: Run) -> None:
    config = repository / "perftarget.yaml"
    config.write_text(f"{setting}\n", encoding="utf-8")
    (repository / "data" / "link.yaml").symlink_to("../../secret.yaml")
    done = run("validate")
    assert (done.stdout, done.stderr, done.returncode) == ("", message.format(config=config), WRONG_USE)


def test_settings_of_the_repository_may_extend_each_other(repository: Path, run: Run) -> None:
    (repository / "county").mkdir()
    (repository / "common.yaml").write_text("year: 2025\n", encoding="utf-8")
    (repository / "perftarget.yaml").write_text("extends: county/own.yaml\n", encoding="utf-8")
    (repository / "county" / "own.yaml").write_text("extends: ../common.yaml\n", encoding="utf-8")
    assert run("validate", "-q").returncode == CLEAN


def test_a_circle_is_seen_however_it_is_written(repository: Path, run: Run) -> None:
    (repository / "a.yaml").write_text("extends: data/../b.yaml\n", encoding="utf-8")
    (repository / "b.yaml").write_text("extends: data/../a.yaml\n", encoding="utf-8")
    done = run("validate", "data", "--profile", "a.yaml")
    assert done.stderr == ("data/../b.yaml:1:10: extends 互相引用：a.yaml → data/../b.yaml → data/../data/../a.yaml\n")
    assert done.returncode == WRONG_USE


def test_a_file_may_have_the_name_of_the_form_that_it_extends(repository: Path, run: Run) -> None:
    (repository / "mof-2021.yaml").write_text("extends: mof-2021\n", encoding="utf-8")
    assert run("validate", "data", "-q", "--profile", "mof-2021.yaml").stderr == ""


def test_a_configuration_that_is_a_link_out(repository: Path, run: Run) -> None:
    (repository / "perftarget.yaml").symlink_to("../secret.yaml")
    done = run("validate")
    assert done.stderr.endswith("perftarget.yaml: 这份配置是指向仓库之外的链接，没有读取\n")
    assert (done.stdout, done.returncode) == ("", WRONG_USE)


FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")


def test_nothing_goes_over_a_network(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No command makes a socket, whatever the table says; conftest.py forbids all tests to leave this machine."""

    class Forbidden(socket.socket):
        def __init__(self, *_: object, **options: object) -> None:
            raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", Forbidden)
    Path("tables/hostile.yaml").write_text(hostile.table(), encoding="utf-8")
    for format_ in FORMATS:
        assert run("validate", "tables", "--format", f"{format_}=out.{format_}").returncode in {CLEAN, FINDINGS}
    run("validate", "tables", "--fix", "--unsafe")
    for kind in ("--docx", "--xlsx", "--html", "--markdown"):
        assert run("render", "tables/good.yaml", kind, "-o", f"out{kind}").returncode == CLEAN
    run("render", "--docx", "tables/good.yaml", "-o", "made.docx")
    assert run("validate", "made.docx", "-q").returncode == CLEAN
    assert run("import", "made.docx", "-o", "imported").returncode == CLEAN
    assert run("annotate", "made.docx").returncode == CLEAN


def test_no_test_leaves_this_machine() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match="no test leaves this machine"):
        one.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_a_terminal_obeys_nothing(quiet: tuple[str, ...], run: Run) -> None:
    """Names of files and texts of tables: no control character, no mark of direction gets through."""
    evil = "\x1b[31m\x07\u202e\u2066\x9b\u200f"
    text = GOOD.replace("公益性岗位补贴", '"甲\\e[31m\\a\\u202e\\x9b乙"').replace("≥95%", '"≧95\\e[2J%"')
    Path(f"tables/{evil}.yaml").write_text(text, encoding="utf-8")
    done = run("validate", "tables", *quiet)
    said = done.stdout + done.stderr
    assert "\\u001b" in said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", said)
