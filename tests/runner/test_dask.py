"""The same check on a dask cluster on loopback, one of whose two workers is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from command_line import GOOD, Run

DASK = [sys.executable, "-m", "dask"]
TABLES = 400


def started(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__PREFERENCES": "[]"}
    return subprocess.Popen(
        [*DASK, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )


class Cluster:
    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.file = folder / "scheduler.json"
        common = ("--scheduler-file", str(self.file))
        quiet = ("--no-dashboard",)
        self.processes = [started("scheduler", "--host", "127.0.0.1", "--port", "0", *common, *quiet, folder=folder)]
        for number in range(2):
            one = ("--no-nanny", "--nthreads", "1", "--local-directory", str(folder / f"worker{number}"))
            self.processes.append(started("worker", "--host", "127.0.0.1", *common, *one, *quiet, folder=folder))
        stack.callback(self.end)

    @property
    def address(self) -> str:
        while True:
            try:
                return str(json.loads(self.file.read_text(encoding="utf-8"))["address"])
            except (OSError, ValueError):
                assert self.processes[0].poll() is None
                time.sleep(0.1)

    def wait_for_workers(self) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path_factory.mktemp("cluster"), stack)


def test_a_killed_worker_does_not_change_the_result(cluster: Cluster, run: Run, tmp_path: Path) -> None:
    (tmp_path / "tables" / "good.yaml").unlink()
    for number in range(TABLES):
        text = GOOD.replace("公益性岗位补贴", f"项目{number // 2}").replace("12 万元", f"{number} 万元")
        (tmp_path / "tables" / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    here = run("validate", "tables", "-q", "--no-cache", "-j", "1")
    cluster.wait_for_workers()
    command = [sys.executable, "-m", "perftarget", "validate", "tables", "-q", "--no-cache"]
    arguments = ["--executor", "dask", "--scheduler", cluster.address]
    with (
        (tmp_path / "errors").open("w", encoding="utf-8") as log,
        subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as process,
    ):
        assert process.stdout
        first = process.stdout.readline()  # the run has begun, and most of it is still to come
        cluster.processes[1].kill()
        rest = process.stdout.read()
    errors = (tmp_path / "errors").read_text(encoding="utf-8")
    assert (process.returncode, first + rest) == (here.returncode, here.stdout), errors


def test_missing_and_unreachable_schedulers_are_usage_errors(run: Run) -> None:
    done = run("validate", "tables", "--executor", "dask")
    assert (done.returncode, done.stderr) == (
        2,
        "--executor dask 与 --scheduler 要一起用。用法见 perftarget validate -h\n",
    )
    done = run("validate", "tables", "--executor", "dask", "--scheduler", "nonsense://127.0.0.1:1")
    assert done.returncode == 2
    assert done.stderr.startswith("nonsense://127.0.0.1:1: 连接不上这个调度器：")
    assert "Traceback" not in done.stderr
