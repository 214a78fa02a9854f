"""Untrusted input reaches no other file, no network, no code, no terminal and no log."""

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
    """Create a repository with one good table, beside files that must not be read."""
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
    assert "≧95%" in run("validate", "data/out.yaml", "-q").stdout  # a file that is named is read


def test_a_link_within_the_repository_is_read(repository: Path, run: Run) -> None:
    (repository / "kept").mkdir()
    (repository / "kept" / "bad.yaml").write_text(BAD, encoding="utf-8")
    (repository / "data" / "in.yaml").symlink_to("../kept/bad.yaml")
    done = run("validate", "-q")
    assert done.stdout.startswith("data/in.yaml:14:12 warning[operator-form]")
    assert (done.stderr, done.returncode) == ("", CLEAN)


def test_a_link_to_a_folder_is_reported(repository: Path, run: Run) -> None:
    (repository / "data" / "more").symlink_to("../../elsewhere")
    done = run("validate", "-q")
    message = "data/more: 是指向文件夹的链接，没有进去；请直接写出那个文件夹的路径\n"
    assert (done.stdout, done.stderr, done.returncode) == ("", message, WRONG_USE)


def test_links_are_followed_outside_of_a_repository(run: Run, tmp_path: Path) -> None:
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
def test_settings_cannot_refer_to_paths_outside_of_the_repository(
    setting: str, message: str, repository: Path, run: Run
) -> None:
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


def test_a_cycle_of_extends_is_detected_in_any_spelling(repository: Path, run: Run) -> None:
    (repository / "a.yaml").write_text("extends: data/../b.yaml\n", encoding="utf-8")
    (repository / "b.yaml").write_text("extends: data/../a.yaml\n", encoding="utf-8")
    done = run("validate", "data", "--profile", "a.yaml")
    assert done.stderr == ("data/../b.yaml:1:10: extends 互相引用：a.yaml → data/../b.yaml → data/../data/../a.yaml\n")
    assert done.returncode == WRONG_USE


def test_a_file_may_have_the_name_of_the_profile_that_it_extends(repository: Path, run: Run) -> None:
    (repository / "mof-2021.yaml").write_text("extends: mof-2021\n", encoding="utf-8")
    assert run("validate", "data", "-q", "--profile", "mof-2021.yaml").stderr == ""


def test_a_configuration_linked_out_of_the_repository_is_not_read(repository: Path, run: Run) -> None:
    (repository / "perftarget.yaml").symlink_to("../secret.yaml")
    done = run("validate")
    assert done.stderr.endswith("perftarget.yaml: 这份配置是指向仓库之外的链接，没有读取\n")
    assert (done.stdout, done.returncode) == ("", WRONG_USE)


FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")


def test_commands_do_not_use_the_network(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No command creates a socket; conftest.py blocks connections to other machines in all tests."""

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


def test_tests_cannot_connect_to_other_machines() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match="tests must not connect to other machines"):
        one.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_control_characters_do_not_reach_the_terminal(quiet: tuple[str, ...], run: Run) -> None:
    """No control or direction character of a file name or a table is printed."""
    evil = "\x1b[31m\x07\u202e\u2066\x9b\u200f"
    text = GOOD.replace("公益性岗位补贴", '"甲\\e[31m\\a\\u202e\\x9b乙"').replace("≥95%", '"≧95\\e[2J%"')
    Path(f"tables/{evil}.yaml").write_text(text, encoding="utf-8")
    done = run("validate", "tables", *quiet)
    output = done.stdout + done.stderr
    assert "\\u001b" in output
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", output)
