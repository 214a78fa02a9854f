"""Other consoles, unusual file names and files changed by others: the run continues, and its result is right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import GOOD, Run
from perftarget.files import discovery as find
from perftarget.runner import fix, project

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2
BAD = GOOD.replace("≥95%", "≧95%")
CONSOLES = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "latin-1, strict": {"PYTHONIOENCODING": "latin-1:strict"},
    "cp437": {"PYTHONIOENCODING": "cp437"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
COMMANDS = (
    ("validate", "表 格", "--no-cache"),
    ("validate", "表 格", "--format", "json", "--no-cache"),
    ("validate", "表 格", "--diff"),
    ("explain", "operator-form"),
    ("validate", "没有", "--no-cache"),
)


def console_run(folder: Path, command: tuple[str, ...], **more: str) -> subprocess.CompletedProcess[bytes]:
    known = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "PYTHONUTF8"}}
    line = [sys.executable, "-m", "perftarget", *command, "--lang", "zh"]
    return subprocess.run(line, cwd=folder, env={**known, **more}, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "表 格").mkdir()
    (tmp_path / "表 格" / "坏.yaml").write_text(BAD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_console_with_a_limited_encoding_causes_no_crash(command: tuple[str, ...], folder: Path) -> None:
    plain = console_run(folder, command, LC_ALL="C.UTF-8")
    for console, more in CONSOLES.items():
        other = console_run(folder, command, **more)
        assert other.returncode == plain.returncode, (console, other.stderr)
        assert b"Traceback" not in other.stderr, console
        assert bool(other.stdout) == bool(plain.stdout), console


def test_a_file_name_that_cannot_be_encoded_is_reported(folder: Path) -> None:
    done = console_run(folder, ("render", "表 格", "--docx"), **CONSOLES["C"])
    message = done.stderr.decode("ascii").encode().decode("unicode_escape")
    assert message.endswith("附件2.docx: 这个系统写不出这样的文件名；请用 -o 指定英文名称，或设置 PYTHONUTF8=1\n")
    assert done.returncode == WRONG_USE
    assert console_run(folder, ("render", "表 格", "--docx", "-o", "a.docx"), **CONSOLES["C"]).returncode == CLEAN


NAMES = (
    "带 空格",
    "50%",
    "甲,乙",
    "a:b",
    "it's",
    '"引号"',
    "#1",
    "[x]",
    "&amp;",
    "$(touch x)",
    "-rf",
    "é",
    "👍",
    "CON",
)


@pytest.mark.skipif(os.name != "posix", reason="other systems forbid such names")
def test_unusual_file_names_are_kept_by_all_commands(run: Run, tmp_path: Path) -> None:
    """Each name is unchanged in the machine-readable formats."""
    for name in NAMES:
        (tmp_path / "tables" / f"{name}.yaml").write_text(
            BAD.replace("公益性岗位补贴", json.dumps(name, ensure_ascii=False)), "utf-8"
        )
    paths = {f"tables/{name}.yaml" for name in NAMES}
    found = json.loads(run("validate", "tables", "--format", "json").stdout)
    assert {one["path"] for one in found["diagnostics"] if one["rule"] == "operator-form"} == paths
    for format_ in ("text", "sarif", "github", "gitlab", "junit", "markdown", "html"):
        assert run("validate", "tables", "--format", f"{format_}=out").returncode == CLEAN
    assert run("validate", "tables", "--fix").returncode == CLEAN
    assert not [path for path in paths if "≧" in Path(path).read_text(encoding="utf-8")]
    assert run("render", "tables", "--docx", "--split", "-o", "out of it").returncode == CLEAN
    assert len([*Path("out of it").iterdir()]) == len(NAMES) + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out of it", "tables"]


def test_a_file_deleted_during_the_run_is_reported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is deleted between listing and reading; the other files are checked."""
    (tmp_path / "tables" / "bad.yaml").write_text(BAD.replace("公益性岗位", "见习"), encoding="utf-8")
    (tmp_path / "tables" / "gone.yaml").write_text(GOOD, encoding="utf-8")

    def listed(paths: list[str]) -> find.Found:
        found = find.discover(paths)
        Path("tables/gone.yaml").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(project, "discover", listed)
    for options in (("--no-cache",), ("-j", "2", "--no-cache"), ()):
        (tmp_path / "tables" / "gone.yaml").write_text(GOOD, encoding="utf-8")
        done = run("validate", "tables", "-q", *options)
        assert done.stdout.splitlines() == [
            "tables/bad.yaml:14:12 warning[operator-form] “≧95%”请写成“≥95%”",
            "tables/gone.yaml:1:1 error[unreadable-file] 文件刚刚被移走或删除；请再运行一次",
        ]
        assert (done.stderr, done.returncode) == ("", FINDINGS)


def test_a_file_changed_while_it_is_fixed_is_not_overwritten(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tables" / "bad.yaml"
    path.write_text(BAD, encoding="utf-8")
    read, times = fix.read_bytes, iter(range(2))

    def changed(file: str, *more: object) -> bytes:
        if next(times):  # read once to be fixed, and again before it is written
            path.write_text("项目名称: 别人刚写的\n", encoding="utf-8")
        return read(file, *more)

    monkeypatch.setattr(fix, "read_bytes", changed)
    done = run("validate", "tables/bad.yaml", "--fix", "-q")
    assert "tables/bad.yaml: 运行期间被改动，没有覆盖；请重新运行\n" in done.stderr
    assert done.returncode == WRONG_USE
    assert path.read_text(encoding="utf-8") == "项目名称: 别人刚写的\n"


@pytest.mark.parametrize("moment", [0, 2**33])
def test_wrong_file_times_do_not_matter(moment: int, run: Run, own_cache: Path, tmp_path: Path) -> None:
    """Files and a cache of 1970 or 2242: only their content matters."""
    path = tmp_path / "tables" / "good.yaml"
    first = run("validate", "tables", "-q")
    for one in (path, *own_cache.iterdir()):
        os.utime(one, (moment, moment))
    assert run("validate", "tables", "-q") == first
    path.write_text(BAD, encoding="utf-8")
    os.utime(path, (moment, moment))
    assert "operator-form" in run("validate", "tables", "-q").stdout


def test_a_cache_folder_that_is_a_file_is_reported(run: Run, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = own_cache / "file"
    where.write_text("", encoding="utf-8")
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", str(where / "below"))
    done = run("validate", "tables", "-q")
    assert (done.stdout, done.returncode) == ("", CLEAN)
    assert "缓存用不了，结果不受影响" in done.stderr
