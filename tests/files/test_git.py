"""`--since` and `--staged` check changed files only; rules across tables still read every table."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import GOOD, CommandResult
from perftarget.cli import app as cli

Git = Callable[..., str]
AMOUNT = GOOD.replace("12 万元", "13 万元")
OTHER = AMOUNT.replace("公益性岗位补贴", "道路养护").replace("县就业局", "县交通局")
IDENTITY = [
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.com",
    "-c",
    "init.defaultBranch=main",
    "-c",
    "commit.gpgsign=false",
]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Create a repository with two tables that have a finding each."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def call(*arguments: str) -> str:
        return subprocess.run(["git", *IDENTITY, *arguments], capture_output=True, check=True, text=True).stdout

    call("init", "-q")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "岗位.yaml").write_text(AMOUNT, encoding="utf-8")
    (tmp_path / "data" / "道路.yaml").write_text(OTHER, encoding="utf-8")
    call("add", ".")
    call("commit", "-qm", "one")
    return call


@pytest.fixture
def validate(
    git: Git, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., CommandResult]:
    def call(*arguments: str) -> CommandResult:
        monkeypatch.setattr("sys.argv", ["perftarget", "validate", "-q", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        return CommandResult(int(ended.value.code or 0), *capfd.readouterr())

    return call


def found(done: CommandResult) -> list[str]:
    return [re.match(r".*?\]", line)[0] for line in done.stdout.splitlines()]


def test_unchanged_files_are_not_checked(validate: Callable[..., CommandResult]) -> None:
    assert validate("--since", "HEAD") == CommandResult(0, "", "有改动的 0 个文件（共 2 个）\n")
    assert validate("--staged") == CommandResult(0, "", "有改动的 0 个文件（共 2 个）\n")
    assert len(found(validate("--ignore", "boilerplate"))) == 2


def test_since_checks_the_changes_of_the_branch(
    validate: Callable[..., CommandResult], git: Git, tmp_path: Path
) -> None:
    """Committed, staged, unstaged and untracked changes of the branch count; later changes of the other branch do not."""
    git("checkout", "-qb", "feature")
    git("checkout", "-q", "main")
    Path("data/岗位.yaml").write_text(AMOUNT.replace("13 万元", "14 万元"), encoding="utf-8")
    git("commit", "-qam", "on main")
    git("checkout", "-q", "feature")
    Path("data/道路.yaml").write_text(OTHER.replace("13 万元", "15 万元"), encoding="utf-8")
    Path("data/新 表.yaml").write_text(AMOUNT.replace("岗位补贴", "新表"), encoding="utf-8")
    done = validate("--since", "main", "--ignore", "boilerplate")
    assert done.stderr == "有改动的 2 个文件（共 3 个）\n"
    assert found(done) == [f"data/{name}.yaml:7:9 warning[amount-mismatch]" for name in ("新 表", "道路")]
    git("add", ".")
    git("commit", "-qm", "mine")
    assert validate("--since", "main", "--ignore", "boilerplate").stdout == done.stdout


def test_rules_across_tables_see_every_table(validate: Callable[..., CommandResult], git: Git) -> None:
    """A pair is reported if one of its tables has changed."""
    Path("data/b.yaml").write_text(AMOUNT, encoding="utf-8")
    git("add", ".")
    assert [line for line in found(validate("--staged")) if "duplicate-project" in line] == [
        "data/b.yaml:1:7 error[duplicate-project]"
    ]
    git("commit", "-qm", "two of one")
    assert validate("--staged").stdout == ""
    Path("data/道路.yaml").write_text(OTHER.replace("13 万元", "12 万元"), encoding="utf-8")
    git("add", ".")
    assert "duplicate-project" not in validate("--staged").stdout


def test_staged_checks_the_staged_content(validate: Callable[..., CommandResult], git: Git) -> None:
    path = Path("data/岗位.yaml")
    path.write_text(AMOUNT.replace("13 万元", "14 万元"), encoding="utf-8")
    git("add", ".")
    path.write_text(AMOUNT.replace("13 万元", "12 万元"), encoding="utf-8")
    done = validate("--staged", "--ignore", "boilerplate")
    assert "申报 14 万元" in done.stdout
    before = path.read_bytes()
    done = validate("--staged", "--fix")
    assert "data/岗位.yaml: 暂存之后又有改动，没有修复；请先 git add 或撤销其中一份\n" in done.stderr
    assert path.read_bytes() == before


def test_fix_changes_only_changed_files(validate: Callable[..., CommandResult], git: Git) -> None:
    for name in ("岗位", "道路"):
        path = Path(f"data/{name}.yaml")
        path.write_text(path.read_text(encoding="utf-8").replace("≥95%", "≥95％"), encoding="utf-8")
        git("add", ".")
        if name == "岗位":
            git("commit", "-qm", "wide")
    validate("--since", "HEAD", "--fix", "--select", "full-width")
    assert "％" in Path("data/岗位.yaml").read_text(encoding="utf-8")
    assert "％" not in Path("data/道路.yaml").read_text(encoding="utf-8")


def test_after_a_change_of_settings_all_tables_are_checked(validate: Callable[..., CommandResult], git: Git) -> None:
    Path("perftarget.yaml").write_text("extends: own.yaml\n", encoding="utf-8")
    Path("own.yaml").write_text("severity: {typo: off}\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "settings")
    assert "共 2 个" in validate("--since", "HEAD").stderr
    for name in ("perftarget.yaml", "own.yaml"):
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n# more\n", encoding="utf-8")
        assert validate("--since", "HEAD").stderr == "配置有改动：检查全部表格\n有改动的 2 个文件（共 2 个）\n"
        path.write_text(text, encoding="utf-8")


def test_since_works_in_subfolders_and_through_links(
    validate: Callable[..., CommandResult], git: Git, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("data/道路.yaml").write_text(OTHER.replace("13 万元", "15 万元"), encoding="utf-8")
    Path("link").symlink_to("data", target_is_directory=True)
    assert found(validate("link", "--since", "HEAD", "--ignore", "boilerplate")) == [
        "link/道路.yaml:7:9 warning[amount-mismatch]"
    ]
    monkeypatch.chdir(tmp_path / "data")
    assert found(validate(".", "--since", "HEAD", "--ignore", "boilerplate")) == [
        "./道路.yaml:7:9 warning[amount-mismatch]"
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--since", "nowhere"],
            "git 里没有 nowhere 这个版本；如果是浅克隆，请先取回全部历史（如 git fetch --unshallow，或 actions/checkout 的 fetch-depth: 0）\n",
        ),
        (
            ["--since", "--output=x"],
            "git 里没有 --output=x 这个版本；如果是浅克隆，请先取回全部历史（如 git fetch --unshallow，或 actions/checkout 的 fetch-depth: 0）\n",
        ),
        (["--since", "HEAD", "--staged"], "--since 与 --staged 不能一起用。用法见 perftarget validate -h\n"),
    ],
)
def test_unknown_revisions_and_conflicting_options_are_usage_errors(
    validate: Callable[..., CommandResult], arguments: list[str], message: str
) -> None:
    assert validate(*arguments) == CommandResult(2, "", message)


def test_revisions_without_a_common_history_are_refused(validate: Callable[..., CommandResult], git: Git) -> None:
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-qm", "another root")
    done = validate("--since", "main")
    assert (done.returncode, done.stderr.split("；")[0]) == (2, "main 与当前版本没有共同的历史")


def test_since_and_staged_need_git_and_a_repository(
    validate: Callable[..., CommandResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / ".git").rename(tmp_path / "git")
    done = validate("--since", "HEAD")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "当前文件夹不在 git 仓库中\n"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert validate("--staged") == CommandResult(2, "", "没有找到 git；--since 和 --staged 要用它\n")
