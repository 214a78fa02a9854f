"""A dask.distributed cluster as the carrier of the work."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, CancelledError, Executor
from typing import Any, Final

from perftarget import __version__
from perftarget.i18n import join_words, tr

_PATIENCE: Final = "15s"


class DaskUnavailableError(Exception):
    """A cluster that cannot carry the work; the message says why, and what to do."""


class DaskPool:
    """The workers of a scheduler. A task whose worker dies is given to another by the scheduler itself."""

    remote = True

    def __init__(self, address: str) -> None:
        """Raises NoCluster."""
        try:
            import distributed
        except ImportError as error:
            command = "pip install 'perftarget[dask]'"
            raise DaskUnavailableError(
                tr(f"没有安装 dask；请运行 {command}", f"dask is not installed; run {command}")
            ) from error
        module: Any = distributed
        # The tasks of a worker that died are given to others; what was on its way may be lost all the same.
        self.broken: tuple[type[Exception], ...] = (
            BrokenExecutor,
            CancelledError,
            module.KilledWorker,
            module.CancelledError,
            module.comm.CommClosedError,
        )
        try:
            self._client: Any = module.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            message = tr(f"{address}: 连接不上这个调度器：{error}", f"{address}: no such scheduler: {error}")
            raise DaskUnavailableError(message) from error
        threads = self._client.nthreads()
        self.width: int = sum(threads.values())
        if not threads:
            self.close()
            raise DaskUnavailableError(tr(f"{address}: 没有工作进程", f"{address}: the scheduler has no workers"))
        self._check_versions(address)

    def start(self, width: int) -> Executor:  # noqa: ARG002 - as wide as the cluster is
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def close(self) -> None:
        self._client.close()

    def _check_versions(self, address: str) -> None:
        """Another version would find other things."""
        versions = self._client.run(_version, on_error="return")
        others = {str(one) for one in versions.values()} - {__version__}
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
