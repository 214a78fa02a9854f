"""Fixtures and options of all tests.

`pytest --update-golden` rewrites the golden files; review the changes before you commit them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from command_line import GOOD, CommandResult, Run
from perftarget import console
from perftarget import i18n as language
from perftarget.cli import app as cli
from repository import TESTS

# The output is Chinese and 120 columns wide on every machine.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["COLUMNS"] = "120"
# Variables of pipelines are set only by the tests that need them.
for name in [name for name in os.environ if name.startswith(("GITHUB_", "CI_")) or name in {"FORCE_COLOR", "NO_COLOR"}]:
    del os.environ[name]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty cache of its own."""
    console._listeners.clear()
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Block connections to other machines; those to this machine are allowed."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise AssertionError(f"tests must not connect to other machines: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Begin each test in Chinese."""
    language.set_language("zh")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with the golden file of this name, byte for byte."""

    def compare(name: str, text: str) -> None:
        path = TESTS / "golden" / name
        if request.config.getoption("--update-golden"):
            # Replaced at once, because other processes may read it at the same time.
            written = path.with_name(f".{name}.{os.getpid()}")
            written.write_text(text, encoding="utf-8", newline="\n")
            written.replace(path)
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line in a folder with one good table, tables/good.yaml."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "good.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: str, standard_input: str = "") -> CommandResult:
        monkeypatch.setattr("sys.argv", ["perftarget", *arguments])
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(standard_input.encode())))
        with pytest.raises(SystemExit) as ended:
            cli.run()
        return CommandResult(int(ended.value.code or 0), *capsys.readouterr())

    return call
