"""The commands that pages show, run in their order as a reader would run them, and what they print.

A block is a fence ```` ```console ```` whose lines begin with ``$``. A page never holds what a command prints: it is put
there when the page is made, so it can't go stale. Words after ``console`` say what a block needs:

    output      what the commands print is shown, standard error included
    lines=N     the same, the first N lines
    exit=N      the last command ends with this code
    server      `misinfo serve` of the page is running, at any free port in place of 8321
    cluster     a Dask scheduler with a worker is running, in place of tcp://host:8786
"""

import csv
import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```console([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS = re.compile(r"output|server|cluster|(?:lines|exit)=\d+")
WIDTH = 88  # columns of the terminal that commands believe to write to
SERVER, CLUSTER = "http://127.0.0.1:8321", "tcp://host:8786"  # as pages write them
PATIENCE = 300  # seconds for one command

# The corpora of the shipped model, which are not shipped; parts of an invented one stand in for them.
CORPORA = ("recovery", "fakenewsnet_v1", "horne2017", "golbeck2018", "celebrity", "buzzfeed_fb2016")


class Block(NamedTuple):
    """One fence: its commands, and the words after ``console``."""

    commands: tuple[str, ...]
    words: frozenset[str]

    def number(self, word: str) -> int | None:
        """N of ``word=N``."""
        return next((int(w.partition("=")[2]) for w in self.words if w.startswith(f"{word}=")), None)

    @property
    def shown(self) -> bool:
        """Whether what it prints stands on the page."""
        return "output" in self.words or self.number("lines") is not None


class Ran(NamedTuple):
    """What became of one command."""

    command: str
    code: int
    expected: int
    printed: str


def block(found: re.Match[str]) -> Block:
    """The block of a fence; ValueError for a word that means nothing, and for a line that is no command."""
    words = frozenset(found[1].split())
    strange = [word for word in words if not WORDS.fullmatch(word)]
    commands: list[str] = []
    for line in found[2].splitlines():
        if commands and commands[-1].endswith("\\"):
            commands[-1] += f"\n{line}"
        elif line.startswith("$ "):
            commands.append(line[2:])
        else:
            strange.append(line)
    if strange or not commands:
        raise ValueError(f"a console block holds commands only, and known words; not {strange or 'nothing'}")
    return Block(tuple(commands), words)


def blocks(page: str) -> list[Block]:
    """The blocks of a page, in their order."""
    return [block(found) for found in FENCE.finditer(page)]


class Session:
    """A shell in a folder that looks like the checkout to commands, with `misinfo` on its path."""

    def __init__(self, folder: Path, open_until: ExitStack) -> None:
        """folder: empty; what is started for commands runs until `open_until` is closed."""
        self.folder = folder / "main"
        self._until = open_until
        self._stands_for: dict[str, str] = {}
        tools = folder / "bin"
        for made in (self.folder, tools, folder / "shared" / "corpora"):
            made.mkdir(parents=True)
        for name, what in (
            ("misinfo", f'"{sys.executable}" -m classifier'),
            ("python", f'"{sys.executable}"'),
        ):
            (tools / name).write_text(f'#!/bin/sh\nexec {what} "$@"\n', encoding="utf-8")
            (tools / name).chmod(0o755)
        self._environment = os.environ | {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": str(WIDTH),
            "NO_COLOR": "1",
        }
        (self.folder / "data").symlink_to(ROOT / "data", target_is_directory=True)
        _own_files(self.folder, folder / "shared" / "corpora")

    def run(self, block: Block) -> Iterator[Ran]:
        """Each command of a block."""
        for number, command in enumerate(block.commands, 1):
            expected = (block.number("exit") or 0) if number == len(block.commands) else 0
            if "server" in block.words and command.startswith("misinfo serve"):
                self._stands_for[SERVER] = self._until.enter_context(self._serving(command))
                yield Ran(command, 0, 0, "")
                continue
            if "cluster" in block.words and CLUSTER not in self._stands_for:
                self._stands_for[CLUSTER] = self._until.enter_context(self._cluster())
            yield self._ran(command, expected)

    def _ran(self, command: str, expected: int) -> Ran:
        call = command
        for written, address in self._stands_for.items():
            call = call.replace(written, address)
        done = subprocess.run(
            ["bash", "-c", call],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        printed = done.stdout.decode("utf-8", "replace").replace(f"{self.folder}/", "")
        for written, address in self._stands_for.items():
            printed = printed.replace(address, written)
        return Ran(command, done.returncode, expected, printed)

    @contextmanager
    def _serving(self, command: str) -> Iterator[str]:
        with _started(["bash", "-c", f"exec {command} --port 0"], self.folder, self._environment) as server:
            assert server.stderr is not None
            for line in server.stderr:
                if found := re.search(rb"http://127\.0\.0\.1:\d+", line):
                    yield found[0].decode()
                    return
            raise RuntimeError(f"{command} ended without an address")

    @contextmanager
    def _cluster(self) -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        dask = [sys.executable, "-m"]
        scheduler = [*dask, "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
        worker = [*dask, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        with (
            _started(scheduler, self.folder, self._environment, quiet=True),
            _started(worker, self.folder, self._environment, quiet=True),
        ):
            from distributed import Client

            with Client(address, timeout=60) as client:  # type: ignore[no-untyped-call]
                client.wait_for_workers(1, timeout=60)
            yield address


@contextmanager
def session(folder: Path) -> Iterator[Session]:
    """A session in an empty folder; what its commands started is ended with it."""
    with ExitStack() as until:
        yield Session(folder, until)


@contextmanager
def _started(
    call: list[str], folder: Path, environment: dict[str, str], *, quiet: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    said = subprocess.DEVNULL if quiet else subprocess.PIPE
    process = subprocess.Popen(call, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
        if process.stderr is not None:
            process.stderr.close()


def _own_files(folder: Path, shared: Path) -> None:
    """What pages call a reader's own files: invented articles."""
    rows, others = _rows("corpus.csv"), _rows("unseen.csv")
    _as_csv(rows, folder / "mine.csv")
    _as_csv(rows + others, folder / "crawl.csv")
    _as_csv(
        [row | {"verdict": row["label"], "outlet": row["publisher"]} for row in rows], folder / "theirs.csv"
    )
    _as_json_lines([row for row in others if row["publisher"].startswith("Mail")], folder / "other.jsonl.gz")
    _as_json_lines(
        [row for row in others if not row["publisher"].startswith("Mail")], folder / "unseen.jsonl.gz"
    )
    shutil.copyfile(ROOT / "data" / "examples" / "saved_page.html", folder / "a.html")
    for i, name in enumerate(CORPORA):
        _as_json_lines(rows[i :: 3 * len(CORPORA)], shared / f"{name}.jsonl.gz")
        (folder / f"{name}.jsonl.gz").symlink_to(shared / f"{name}.jsonl.gz")


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "invented" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _as_csv(rows: list[dict[str, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _as_json_lines(rows: list[dict[str, str]], path: Path) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in rows)


def missing(page: str) -> str | None:
    """Why the commands of a page can't be run here, if they can't."""
    if os.name != "posix" or shutil.which("bash") is None:
        return "the commands are for a POSIX shell"
    found = blocks(page)
    begin_with = {command.split()[0] for each in found for command in each.commands}
    words = {word for each in found for word in each.words}
    for tool in sorted({"curl", "timeout"} & begin_with):
        if shutil.which(tool) is None:
            return f"the page uses {tool}, which is not installed"
    for word, module, extra in (("server", "fastapi", "web"), ("cluster", "distributed", "cluster")):
        if word in words and find_spec(module) is None:
            return f"the page uses a {word}, and the extra `{extra}` is not installed"
    return None
