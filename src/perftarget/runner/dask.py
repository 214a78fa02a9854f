"""Workers of a dask.distributed cluster."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, CancelledError, Executor
from typing import Any, Final

from perftarget import __version__
from perftarget.i18n import join_words, tr

_TIMEOUT: Final = "15s"


class DaskUnavailableError(Exception):
    """A cluster that cannot be used; the message says why and what to do."""


class DaskPool:
    """The workers of a dask scheduler, which itself gives the task of a worker that died to another one."""

    is_remote = True

    def __init__(self, address: str) -> None:
        """Connect to the scheduler. Raises DaskUnavailableError."""
        try:
            import distributed
        except ImportError as error:
            command = "pip install 'perftarget[dask]'"
            message = tr(f"没有安装 dask；请运行 {command}", f"dask is not installed; run {command}")
            raise DaskUnavailableError(message) from error
        module: Any = distributed
        # The scheduler repeats the tasks of a worker that died; results under way may be lost all the same.
        self.broken: tuple[type[Exception], ...] = (
            BrokenExecutor,
            CancelledError,
            module.KilledWorker,
            module.CancelledError,
            module.comm.CommClosedError,
        )
        try:
            self._client: Any = module.Client(address, timeout=_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as error:
            message = tr(f"{address}: 连接不上这个调度器：{error}", f"{address}: no such scheduler: {error}")
            raise DaskUnavailableError(message) from error
        threads = self._client.nthreads()
        self.width: int = sum(threads.values())
        if not threads:
            self.close()
            raise DaskUnavailableError(tr(f"{address}: 没有工作进程", f"{address}: the scheduler has no workers"))
        self._require_same_version(address)

    def start(self, width: int) -> Executor:  # noqa: ARG002 - as wide as the cluster
        """Return the executor of the cluster."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def close(self) -> None:
        """Disconnect."""
        self._client.close()

    def _require_same_version(self, address: str) -> None:
        """Raise DaskUnavailableError for workers of another version, which would find something else."""
        versions = self._client.run(_version, on_error="return")
        others = {str(version) for version in versions.values()} - {__version__}
        if others:
            self.close()
            found = join_words(sorted(others))
            raise DaskUnavailableError(
                tr(
                    f"{address}: 工作进程上的 perftarget 是 {found}，这里是 {__version__}；请装成同一版本",
                    f"{address}: the workers have perftarget {found}, here it is {__version__}; install the same",
                )
            )


def _version() -> str:
    return __version__
