"""A long run on a Dask cluster of a scheduler and two worker processes, one killed in mid-run."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hurt import FAULTS, Hurt
from test_faults import AT, texts

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills as POSIX has them")


@pytest.fixture
def cluster(hurt: Hurt) -> Iterator[Callable[[], str]]:
    """Starts a scheduler and two workers that start again when they are killed; gives the address."""
    started: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {"PYTHONPATH": str(FAULTS), "MISINFO_FAULTS": str(hurt.orders)}

    def dask(*arguments: str) -> None:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                cwd=hurt.folder / "disk",
                env=environment,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def start() -> str:
        (hurt.folder / "disk").mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        dask("scheduler", "--host", address, "--no-dashboard")
        dask("worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard")
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        return address

    yield start
    for process in started:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_a_killed_worker_of_a_cluster_loses_nothing(cluster: Callable[[], str], hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    expected = hurt.undisturbed()
    run = hurt.start("--cluster", cluster())
    worker = hurt.reached("gate")
    os.kill(worker, signal.SIGKILL)
    hurt.let_go("gate")
    code, err = hurt.ended(run)
    assert code == 1, err
    hurt.same_as(expected)


def test_a_record_that_kills_every_worker_is_rejected(cluster: Callable[[], str], hurt: Hurt) -> None:
    hurt.write(texts({AT: "KILL"}))
    code, err = hurt.run("--cluster", cluster())
    assert code == 1, err
    hurt.check()
    (lost,) = [line for line in hurt.rejected() if line["code"] == "worker_lost"]
    assert lost["id"] == f"r{AT}"


def test_no_cluster_is_one_sentence(hurt: Hurt) -> None:
    hurt.write(texts())
    code, err = hurt.run("--cluster", "tcp://127.0.0.1:9")
    assert code == 2, err
    assert "there is no Dask scheduler at 'tcp://127.0.0.1:9'" in err
    assert not hurt.parts.exists()
