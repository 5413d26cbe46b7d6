"""Runs of `misinfo score` that are hurt at a chosen moment, and what must hold of them afterwards."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FAULTS = Path(__file__).parent / "faults"
PATIENCE = 120  # seconds


class Hurt:
    """A folder with ``in.jsonl``, and runs of `misinfo score in.jsonl --out out.jsonl` in it."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.folder, self._model = folder, model
        self.orders = folder / "orders"
        self.orders.mkdir()
        self.out, self.parts = folder / "out.jsonl", folder / "out.jsonl.parts"
        self.rejects = folder / "out.jsonl.rejects.jsonl"
        self._started: list[subprocess.Popen[bytes]] = []
        self.n = 0

    def write(self, texts: Sequence[str | None]) -> None:
        """The input: one record a text, None for a record without one."""
        self.n = len(texts)
        lines = [json.dumps({"id": f"r{i}", "text": text}) for i, text in enumerate(texts)]
        (self.folder / "in.jsonl").write_text("\n".join(lines) + "\n")

    def start(self, *options: str, **more: Any) -> "subprocess.Popen[bytes]":
        environment = os.environ | {"PYTHONPATH": str(FAULTS), "MISINFO_FAULTS": str(self.orders)}
        options = ("--workers", "2", *options) if "--workers" not in options else options
        run = subprocess.Popen(
            [sys.executable, "-m", "classifier", "score", "in.jsonl", "--out", "out.jsonl", "--model",
             str(self._model), *options],
            cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True, **more,
        )  # fmt: skip
        self._started.append(run)
        return run

    def ended(self, run: "subprocess.Popen[bytes]") -> tuple[int, str]:
        """Exit code and stderr."""
        _, err = run.communicate(timeout=PATIENCE)
        assert b"Traceback" not in err, err.decode()
        assert all(line.startswith(b"misinfo: ") for line in err.splitlines()), err.decode()
        return run.returncode, err.decode()

    def run(self, *options: str, **more: Any) -> tuple[int, str]:
        return self.ended(self.start(*options, **more))

    def wait_for(self, path: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while not path.exists():
            assert time.monotonic() < deadline, f"{path} did not come"
            assert self._started[-1].poll() is None, self._started[-1].communicate()
            time.sleep(0.005)

    def wait_for_chunk(self, number: int) -> None:
        """Until a chunk is finished."""
        journal = self.parts / "parts.jsonl"
        self.wait_for(journal)
        deadline = time.monotonic() + PATIENCE
        while not re.search(rb'"chunk":%d,.*\n' % number, journal.read_bytes()):
            assert time.monotonic() < deadline, f"chunk {number} was not finished"
            time.sleep(0.005)

    def wait_to_hear(self, run: "subprocess.Popen[bytes]", sentence: str) -> None:
        """Until a line on stderr begins so."""
        assert run.stderr is not None
        for line in run.stderr:
            if line.startswith(sentence.encode()):
                return
        raise AssertionError(f"{sentence!r} was not said")

    def reached(self, name: str) -> int:
        """The id of the process that waits at ``WAIT name``."""
        self.wait_for(self.orders / f"{name}.reached")
        return int((self.orders / f"{name}.reached").read_text())

    def let_go(self, name: str) -> None:
        (self.orders / name).touch()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.read_bytes().splitlines()]

    def rejected(self) -> list[dict[str, Any]]:
        if not self.rejects.exists():
            return []
        return [json.loads(line) for line in self.rejects.read_bytes().splitlines()]

    def check(self) -> None:
        """Every record once, in order, scored or abstained or rejected; no half line; nothing left over."""
        answered = [line["id"] for line in self.lines()]
        refused = [line["id"] for line in self.rejected()]
        assert sorted(answered + refused, key=lambda i: int(i[1:])) == [f"r{i}" for i in range(self.n)]
        for ids in (answered, refused):
            assert ids == sorted(ids, key=lambda i: int(i[1:]))
        assert all(("score" in line) != ("abstained" in line) for line in self.lines())
        assert self.out.read_bytes().endswith(b"\n")
        names = {p.name for p in self.folder.iterdir()}
        assert names <= {"in.jsonl", "out.jsonl", "orders", "disk", self.rejects.name}

    def undisturbed(self) -> tuple[bytes, bytes]:
        """Output and rejects of the same input from one process that streams, where no text is obeyed."""
        done = subprocess.run(
            [sys.executable, "-m", "classifier", "score", "in.jsonl", "--model", str(self._model), "--rejects",
             self.rejects.name],
            cwd=self.folder, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        rejects = self.rejects.read_bytes() if self.rejects.exists() else b""
        self.rejects.unlink(missing_ok=True)
        return done.stdout, rejects

    def same_as(self, undisturbed: tuple[bytes, bytes]) -> None:
        self.check()
        rejects = self.rejects.read_bytes() if self.rejects.exists() else b""
        assert (self.out.read_bytes(), rejects) == undisturbed

    def end(self) -> None:
        for run in self._started:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                run.communicate()
