"""The pre-commit hooks, the GitHub action and the GitLab job, run in a repository of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_line import GOOD
from perftarget.reporters.outputs import FORMATS
from repository import ROOT

BIN = Path(sys.executable).parent
SHIPPED = (
    "src",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
    "action.yml",
    "scripts",
    "templates",
)
WRONG = GOOD.replace("12 万元", "13 万元")
ERROR = GOOD.replace("≥95%", "≥195%")


def shell(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
    identity = {f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    settings = {**kept, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1", **environment}
    return subprocess.run(arguments, cwd=cwd, env=settings, capture_output=True, text=True, check=False)


def commit(folder: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all", "--no-verify"]):
        done = shell("git", *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit the current files of this project to a repository of its own."""
    folder = tmp_path_factory.mktemp("published")
    for name in SHIPPED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / name)
    commit(folder)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Create a repository with a table whose amount is wrong."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "岗位 补贴.yaml").write_text(WRONG, encoding="utf-8")
    commit(tmp_path)
    return tmp_path


# pre-commit


@pytest.mark.slow
def test_hooks_fix_validate_and_compare(published: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    head = shell("git", "rev-parse", "HEAD", cwd=published).stdout.strip()
    hooks = [{"id": f"perftarget-{name}"} for name in ("fix", "validate", "render")]
    config = {"repos": [{"repo": str(published), "rev": head, "hooks": hooks}]}
    (data / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    table = data / "data" / "岗位 补贴.yaml"
    table.write_text(ERROR.replace("县人社局", "县 人社局"), encoding="utf-8")
    shell("git", "add", "-A", cwd=data)
    home = str(tmp_path_factory.mktemp("pre-commit"))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return shell(str(BIN / "pre-commit"), "run", *arguments, cwd=data, PRE_COMMIT_HOME=home)

    done = run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert "县人社局" in table.read_text(encoding="utf-8")
    assert "data/岗位 补贴.yaml:14:12 error[impossible-rate]" in done.stdout
    assert (
        "附件2.docx 与表格不一致，或者还没有：请运行 perftarget render --docx -o 附件2.docx，并一起提交。"
        in done.stdout
    )
    # The author follows the messages.
    table.write_text(GOOD, encoding="utf-8")
    assert shell(str(BIN / "perftarget"), "render", "--docx", cwd=data).returncode == 0
    shell("git", "add", "-A", cwd=data)
    done = run("--all-files")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 3
    table.write_text(GOOD.replace("每月15日前", "每月10日前"), encoding="utf-8")
    shell("git", "add", "-A", cwd=data)
    done = run("perftarget-render")
    assert done.returncode == 1
    assert "附件2.docx 与表格不一致" in done.stdout


# GitHub


def expanded(text: str, inputs: Mapping[str, str], python: str) -> str:
    values = {f"inputs.{name}": value for name, value in inputs.items()} | {"steps.python.outputs.python-path": python}
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], text)


def outputs(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines())


class Runner:
    """Runner of the steps of the action, like that of GitHub: inputs are variables, outputs are files."""

    def __init__(self, published: Path, temporary: Path) -> None:
        self.action: dict[str, Any] = yaml.safe_load((published / "action.yml").read_text(encoding="utf-8"))
        self.steps = [step for step in self.action["runs"]["steps"] if "run" in step]
        self.published, self.temporary = published, temporary
        self.installed = False

    def run(self, workspace: Path, **given: str) -> subprocess.CompletedProcess[str]:
        inputs = {name: str(one.get("default", "")) for name, one in self.action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        for step in self.steps[int(self.installed) :]:
            variables = {name: expanded(text, inputs, sys.executable) for name, text in step["env"].items()}
            files = {name: str(self.temporary / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
            for file in files.values():
                Path(file).write_text("", encoding="utf-8")
            done = shell(
                "bash",
                "-c",
                step["run"],
                cwd=workspace,
                GITHUB_ACTIONS="true",
                GITHUB_WORKSPACE=str(workspace),
                GITHUB_ACTION_PATH=str(self.published),
                RUNNER_TEMP=str(self.temporary),
                **variables,
                **files,
            )
            if not self.installed:
                assert done.returncode == 0, done.stderr
            self.installed = True
        return done

    @property
    def outputs(self) -> dict[str, str]:
        return outputs(self.temporary / "GITHUB_OUTPUT")

    @property
    def summary(self) -> str:
        return (self.temporary / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def runner(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(published, tmp_path_factory.mktemp("runner"))


@pytest.mark.slow
def test_the_action_reports_and_sets_its_outputs(runner: Runner, data: Path) -> None:
    done = runner.run(data, sarif="out/x.sarif", html="x.html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.outputs == {"exit-code": "0", "errors": "0", "warnings": "1", "tables": "1"}
    assert "::warning file=data/岗位 补贴.yaml,line=7,col=9,endLine=7,endColumn=14,title=" in done.stdout
    assert "申报 13 万元，比测算 12 万元高 8.33%" in runner.summary
    assert json.loads((data / "out" / "x.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (data / "x.html").exists()
    assert runner.run(data, strict="true").returncode == 1
    assert runner.outputs["exit-code"] == "1"


@pytest.mark.slow
def test_the_action_checks_the_given_paths_and_revision(runner: Runner, data: Path) -> None:
    (data / "b").mkdir()
    (data / "b" / "-x.yaml").write_text(ERROR, encoding="utf-8")
    done = runner.run(data, paths="b/-x.yaml\n", language="en")
    assert done.returncode == 1
    assert runner.outputs == {"exit-code": "1", "errors": "1", "warnings": "0", "tables": "1"}
    assert "::error file=b/-x.yaml,line=14," in done.stdout
    assert "1 file, 1 table: 1 error" in done.stdout
    done = runner.run(data, since="HEAD")
    assert (done.returncode, done.stderr) == (0, "有改动的 0 个文件（共 1 个）\n")
    assert runner.outputs["tables"] == "0"
    assert runner.run(data, paths="nowhere").returncode == 2
    assert runner.outputs == {"exit-code": "2"}


@pytest.mark.slow
def test_inputs_of_the_action_are_not_executed(runner: Runner, data: Path) -> None:
    evil = '"; touch hacked; $(touch hacked) `touch hacked` ${{ x }}\n--fix\n'
    done = runner.run(data, paths=evil, since=evil, profile=evil, sarif="", language="zh")
    assert done.returncode == 2
    assert not (data / "hacked").exists()


def test_scripts_of_the_action_contain_no_expressions(runner: Runner) -> None:
    assert all("${{" not in step["run"] for step in runner.steps)


def test_workflows_and_action_are_valid_and_secure() -> None:
    """They match the schemas of GitHub, and zizmor reports no medium or high risk."""
    checks = {
        "vendor.github-workflows": list((ROOT / ".github" / "workflows").iterdir()),
        "vendor.github-actions": [ROOT / "action.yml"],
    }
    for schema, files in checks.items():
        done = shell(str(BIN / "check-jsonschema"), "--builtin-schema", schema, *map(str, files), cwd=ROOT)
        assert done.returncode == 0, done.stdout
    done = shell(
        str(BIN / "zizmor"),
        "--offline",
        "--persona=auditor",
        "--min-severity=low",
        ".github",
        "action.yml",
        ".pre-commit-hooks.yaml",
        cwd=ROOT,
    )
    assert "ERROR" not in done.stderr
    assert done.returncode in {0, 11, 12}, done.stdout  # 13 and 14 mean medium and high severity


# GitLab


@pytest.fixture
def job() -> dict[str, Any]:
    _, text = (ROOT / "templates" / "perftarget.yml").read_text(encoding="utf-8").split("\n---\n")
    return yaml.safe_load(text)["perftarget"]


def test_the_gitlab_job_is_valid(tmp_path: Path) -> None:
    _, text = (ROOT / "templates" / "perftarget.yml").read_text(encoding="utf-8").split("\n---\n")
    (tmp_path / "job.yml").write_text(text, encoding="utf-8")
    done = shell(
        str(BIN / "check-jsonschema"),
        "--builtin-schema",
        "vendor.gitlab-ci",
        "--data-transform",
        "gitlab-ci",
        "job.yml",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("interpreter", ["bash", "sh"])
def test_the_gitlab_job_validates_and_writes_reports(job: dict[str, Any], data: Path, interpreter: str) -> None:
    """The script runs with its installation already done."""
    (data / ".perftarget" / "bin").mkdir(parents=True)
    (data / ".perftarget" / "bin" / "perftarget").symlink_to(BIN / "perftarget")
    (data / "b c").mkdir()
    (data / "b c" / "$(touch hacked).yaml").write_text(ERROR, encoding="utf-8")
    variables = dict.fromkeys(job["variables"], "") | {"PERFTARGET_LANGUAGE": "zh", "CI_PROJECT_DIR": str(data)}
    script = "set -e\n" + "\n".join(job["script"])
    done = shell(interpreter, "-c", script, cwd=data, **variables)
    assert done.returncode == 0, done.stderr
    assert shell(interpreter, "-c", script, cwd=data, **{**variables, "PERFTARGET_STRICT": "true"}).returncode == 1
    done = shell(
        interpreter, "-c", script, cwd=data, **{**variables, "PERFTARGET_PATHS": "data\nb c/$(touch hacked).yaml\n"}
    )
    assert done.returncode == 1
    assert not (data / "hacked").exists()
    quality = json.loads((data / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert {one["location"]["path"] for one in quality} == {"data/岗位 补贴.yaml", "b c/$(touch hacked).yaml"}
    for file in (job["artifacts"]["reports"]["junit"], *job["artifacts"]["paths"]):
        assert (data / file).stat().st_size


def test_every_format_is_named_in_the_readme() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert all(name in text for name in FORMATS)
