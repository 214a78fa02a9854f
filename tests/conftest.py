"""What several tests need: golden files, a good table, the command line.

`pytest --update-golden` writes the golden files again, for a person to read before they are committed.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from perftarget import console
from perftarget import i18n as language
from perftarget.cli import app as cli

# Tests read Chinese in 120 columns, whatever the machine speaks and shows.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["COLUMNS"] = "120"
# And what they see of a pipeline they set themselves.
for name in [name for name in os.environ if name.startswith(("GITHUB_", "CI_")) or name in {"FORCE_COLOR", "NO_COLOR"}]:
    del os.environ[name]

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files again")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees what another found."""
    console._listeners.clear()
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """No test leaves this machine: what listens on it may be asked, and nothing else."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise AssertionError(f"no test leaves this machine: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Each test begins in Chinese, whatever the one before it spoke."""
    language.set_language("zh")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, to the byte."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


GOOD = """\
项目名称: 公益性岗位补贴
主管部门: 县人社局
实施单位: 县就业局
项目属性: 延续项目
项目期限: 2025 年 1 月至 12 月
项目主管处室: 社会保障室
项目年度金额: 12 万元
年度总体绩效目标:
  - 为 10 人发放岗位补贴，稳定就业，保障基本生活。
绩效指标:
  11-数量指标:
    补贴人数（人）: 10 人
  12-质量指标:
    发放准确率: ≥95%
  13-时效指标:
    发放时间: 每月15日前
  14-成本指标:
    人均标准: 1000 元/月
  22-社会效益:
    重大群体性事件: =0起
  24-可持续影响:
    就业率: ≥60%
  31-服务对象满意度:
    满意度: ≥85%
"""


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in a folder that holds one good table, tables/good.yaml."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "good.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: str, standard_input: str = "") -> Done:
        monkeypatch.setattr("sys.argv", ["perftarget", *arguments])
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(standard_input.encode())))
        with pytest.raises(SystemExit) as ended:
            cli.run()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return call
