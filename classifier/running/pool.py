"""Worker processes, through joblib alone: loky on this machine, Dask on a cluster."""

import logging
import os
import signal
import threading
import time
import warnings
from collections.abc import Generator, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

from classifier.errors import InputError, MisinfoError

_ORPHANED = 1.0  # seconds between two looks whether the parent is still there


class LostError(Exception):
    """A worker process died, or its cluster gave a task up. No result of the tasks under way came back."""


class Pool(Protocol):
    """Where tasks run. An error that a task raises comes through as it is; a lost worker is `LostError`."""

    def each(self, tasks: Iterator[Any]) -> Generator[Any, None, None]:
        """The results of joblib tasks as they come, in any order.

        Tasks are taken from other threads, a few more than there are workers ahead of the results.
        """

    def alone(self, task: Any) -> Any:
        """The result of one task, with no other running beside it."""


class LocalPool(NamedTuple):
    """Processes on this machine, each with one thread in its numeric libraries."""

    workers: int

    def each(self, tasks: Iterator[Any]) -> Generator[Any, None, None]:
        """See `Pool`."""
        with _telling_lost(BrokenExecutor):
            yield from self._parallel(1 if self.workers == 1 else 2 * self.workers)(tasks)

    def alone(self, task: Any) -> Any:
        """See `Pool`."""
        with _telling_lost(BrokenExecutor):
            (result,) = self._parallel(1)([task])
            return result

    def _parallel(self, ahead: int) -> Any:
        from joblib import Parallel

        return Parallel(
            # joblib does the work of a single process in this one, which a lost record would take with it.
            n_jobs=max(2, self.workers),
            backend="loky",
            batch_size=1,
            pre_dispatch=ahead,
            return_as="generator_unordered",
            max_nbytes=None,
            inner_max_num_threads=1,
            initializer=_begin_worker,
            initargs=(os.getpid(),),
        )


class ClusterPool(NamedTuple):
    """The workers of a Dask cluster."""

    client: Any

    def each(self, tasks: Iterator[Any]) -> Generator[Any, None, None]:
        """See `Pool`."""
        with _cluster_faults():
            yield from self._parallel("2 * n_jobs")(tasks)

    def alone(self, task: Any) -> Any:
        """See `Pool`."""
        with _cluster_faults():
            (result,) = self._parallel(1)([task])
            return result

    def _parallel(self, ahead: int | str) -> Any:
        from joblib import Parallel

        return Parallel(
            n_jobs=-1,
            backend=_dask_backend()(client=self.client),
            batch_size=1,
            pre_dispatch=ahead,
            return_as="generator_unordered",
        )


@contextmanager
def pool(workers: int, cluster: str | None) -> Iterator[Pool]:
    """The workers of a run; `InputError` where there is no such cluster."""
    with warnings.catch_warnings():  # joblib and Dask warn of what is dealt with here
        warnings.simplefilter("ignore")
        if cluster is None:
            yield LocalPool(workers)
            return
        try:
            import distributed
        except ImportError:
            raise InputError(
                "--cluster needs Dask; install it with `pip install 'misinfo-signals[cluster]'`"
            ) from None
        for name in ("distributed", "distributed.client", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # the run tells what is lost
        try:
            client: Any = distributed.Client(cluster, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call,unused-ignore]
        except (OSError, ValueError) as error:
            raise InputError(
                f"there is no Dask scheduler at {cluster!r} ({error}); start one with `dask scheduler`"
            ) from error
        with client:
            yield ClusterPool(client)


@contextmanager
def _telling_lost(*losses: type[BaseException]) -> Iterator[None]:
    try:
        yield
    except losses as error:
        raise LostError from error


@contextmanager
def _cluster_faults() -> Iterator[None]:
    """Tells a task given up from a cluster that is gone, which is a `MisinfoError`."""
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker

    try:
        with _telling_lost(KilledWorker):
            yield
    except (FutureCancelledError, OSError) as error:  # no scheduler; or no worker, which is a TimeoutError
        raise MisinfoError(
            "the cluster is gone or has no workers; start it again, and go on with --resume"
        ) from error


def _dask_backend() -> Any:
    from joblib._dask import DaskDistributedBackend

    class Backend(DaskDistributedBackend):  # type: ignore[misc]
        """Joblib's, mended (joblib 1.6) in two places.

        It is never told of a task that the cluster gave up, and waits for ever. And while the cluster has
        one thread only, as after the loss of a worker, it does the work in this process.
        """

        def effective_n_jobs(self, n_jobs: int) -> int:
            n_threads: int = super().effective_n_jobs(n_jobs)
            return max(2, n_threads)

        def submit(self, func: Any, callback: Any = None) -> "Future[Any]":
            job: Future[Any] = super().submit(func, callback)
            job.add_done_callback(lambda done: callback(done) if done.exception() is not None else None)
            return job

        def retrieve_result_callback(self, out: Any) -> Any:
            return out.result() if isinstance(out, Future) else super().retrieve_result_callback(out)

    return Backend


def _begin_worker(parent: int) -> None:
    """Leave interrupts to the parent, which lets running chunks come to their end; go when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":
        threading.Thread(target=_go_with, args=(parent,), daemon=True).start()


def _go_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_ORPHANED)
    os._exit(1)
