"""A long run on a Dask cluster of a scheduler and two worker processes, one killed in mid-run."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hurt import FAULTS, Hurt
from test_faults import AT, texts

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills as POSIX has them")


class Cluster:
    """A scheduler and two workers that start again when they are killed."""

    def __init__(self, hurt: Hurt) -> None:
        self._hurt = hurt
        self.started: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> str:
        """The address of the scheduler, when both workers are there."""
        (self._hurt.folder / "disk").mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._dask("scheduler", "--host", address, "--no-dashboard")
        self._dask("worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard")
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        return address

    def _dask(self, what: str, *arguments: str) -> None:
        self.started[what] = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
            cwd=self._hurt.folder / "disk",
            env=os.environ | {"PYTHONPATH": str(FAULTS), "MISINFO_FAULTS": str(self._hurt.orders)},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, what: str) -> None:
        os.killpg(self.started[what].pid, signal.SIGKILL)
        self.started.pop(what).communicate()


@pytest.fixture
def cluster(hurt: Hurt) -> Iterator[Cluster]:
    there = Cluster(hurt)
    yield there
    for what in list(there.started):
        there.kill(what)


def test_a_killed_worker_of_a_cluster_loses_nothing(cluster: Cluster, hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    expected = hurt.undisturbed()
    run = hurt.start("--cluster", cluster.start())
    worker = hurt.reached("gate")
    os.kill(worker, signal.SIGKILL)
    hurt.let_go("gate")
    code, err = hurt.ended(run)
    assert code == 1, err
    hurt.same_as(expected)


def test_a_record_that_kills_every_worker_is_rejected(cluster: Cluster, hurt: Hurt) -> None:
    hurt.write(texts({AT: "KILL"}))
    code, err = hurt.run("--cluster", cluster.start())
    assert code == 1, err
    hurt.check()
    (lost,) = [line for line in hurt.rejected() if line["code"] == "worker_lost"]
    assert lost["id"] == f"r{AT}"


def test_a_cluster_that_goes_away_is_one_sentence(cluster: Cluster, hurt: Hurt) -> None:
    hurt.write(texts({AT: "WAIT gate"}))
    expected = hurt.undisturbed()
    run = hurt.start("--cluster", cluster.start())
    hurt.reached("gate")
    hurt.wait_for_chunk(0)
    cluster.kill("scheduler")
    code, err = hurt.ended(run)
    assert code == 2, err
    assert "the cluster is gone or has no workers; start it again, and go on with --resume" in err
    hurt.let_go("gate")
    assert hurt.run("--resume")[0] == 1
    hurt.same_as(expected)


def test_no_cluster_is_one_sentence(hurt: Hurt) -> None:
    hurt.write(texts())
    code, err = hurt.run("--cluster", "tcp://127.0.0.1:9")
    assert code == 2, err
    assert "there is no Dask scheduler at 'tcp://127.0.0.1:9'" in err
    assert not hurt.parts.exists()
