"""The folder of a long run: which chunks are finished, so that an interrupted run goes on where it stopped.

``OUT.parts`` stands beside the output while the run lasts. It holds ``manifest.json`` (what was asked for),
``inputs.jsonl`` (size and time of each input), one ``000017.part`` for each finished chunk, its rejects as
``000017.rejects``, and ``parts.jsonl``, a line for each chunk written after its files are in place: a chunk
without its line is not finished, whatever else is there. One process writes, and holds ``lock`` meanwhile; the
lock is the operating system's and goes with the process, so that none is left by one that was killed.
"""

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec

from classifier.io.records import Refusal
from classifier.io.sources import Source, find_sources
from classifier.io.write import atomic_writer, unwritable

FORMAT = 1
MANIFEST, INPUTS, PARTS, LOCK = "manifest.json", "inputs.jsonl", "parts.jsonl", "lock"

Join = Callable[[Iterable[Path], BinaryIO], None]
"""Writes one file of several."""

Facts = Mapping[str, str | float | bool | None]
"""What the bytes of a run depend on besides its inputs: the name a user knows it by -> its value."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished chunk, as a line of ``parts.jsonl``.

    `records` is how many records it has, `tally` what became of them (scored, abstained, rejected ...).
    `texts` is a hash of the records as they were read, `sha256` one of each file: the answers, the rejects.
    """

    chunk: int
    records: int
    tally: dict[str, int]
    texts: str
    sha256: tuple[str, str]


class RunFolder:
    """The folder ``OUT.parts`` as a context manager; it outlives the block if a chunk is finished and `join` was
    not called.

    `facts` and `inputs` say what the run is. With `resume` a run that is there is gone on with: `finished`
    has its chunks, those whose files are damaged left out. Entering raises `InputError` where another
    process is writing, where a run is there and `resume` is not said, and where it was another run.
    """

    def __init__(
        self, out: Path, facts: Facts, inputs: Sequence[str], input_format: str, *, resume: bool
    ) -> None:
        self._out = out
        self.path = run_folder(out)
        self.finished: dict[int, Finished] = {}
        self._facts, self._inputs, self._input_format = facts, inputs, input_format
        self._resume = resume
        self._open = ExitStack()
        self._journal: BinaryIO

    def __enter__(self) -> Self:
        with ExitStack() as opening:  # gives up the lock where something is wrong
            try:
                self.path.mkdir(exist_ok=True)
                opening.enter_context(self._locked())
                if (self.path / MANIFEST).is_file():
                    self._go_on()
                else:
                    self._begin()
                self._journal = opening.enter_context((self.path / PARTS).open("ab"))
            except OSError as error:
                raise unwritable(self.path, error) from error
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.finished:
            self._clear()
        self._open.close()
        with suppress(OSError):  # stays while something is in it
            self.path.rmdir()

    def add(
        self, chunk: int, records: int, tally: Mapping[str, int], texts: str, answers: bytes, rejects: bytes
    ) -> None:
        """Keep what came of a chunk; it is finished when this returns, and not before."""
        hashes = []
        for path, data in zip(self._files(chunk), (answers, rejects), strict=True):
            if data:
                with atomic_writer(path, binary=True) as part:
                    part.write(data)
            hashes.append(hashlib.sha256(data).hexdigest())
        done = Finished(chunk, records, dict(tally), texts, (hashes[0], hashes[1]))
        self.finished[chunk] = done  # at once, lest an interrupt in what follows takes the chunk for lost
        try:
            self._journal.write(_line(done))
            self._journal.flush()
            os.fsync(self._journal.fileno())
        except OSError as error:
            del self.finished[chunk]
            raise unwritable(self.path / PARTS, error) from error

    def join(self, joined: Join, rejects: Path | None, chunks: int) -> None:
        """Make the output and the rejects file of the parts of all `chunks`, in order; remove the folder.

        `joined` writes one file of the parts it is given. A rejects file of an earlier run goes where this
        run has no rejects.
        """
        if sorted(self.finished) != list(range(chunks)):
            raise RuntimeError(f"{chunks} chunks were read and {len(self.finished)} are finished")
        if rejects is not None:
            if any(done.tally.get("rejected") for done in self.finished.values()):
                with atomic_writer(rejects, binary=True) as stream:
                    end_to_end(self._parts(1), stream)
            elif rejects.is_file():
                try:
                    rejects.unlink()
                except OSError as error:
                    raise unwritable(rejects, error) from error
        with atomic_writer(self._out, binary=True) as stream:
            joined(self._parts(0), stream)
        self._clear()

    def _clear(self) -> None:
        """Remove what is in the folder, the lock last."""
        self._journal.close()
        for path in self.path.iterdir():
            if path.name != LOCK:
                path.unlink()
        with suppress(OSError):  # on Windows an open file stays; the lock takes it away when it is given up
            (self.path / LOCK).unlink()

    def _locked(self) -> Any:
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / LOCK, thread_local=False)
        try:
            return lock.acquire(timeout=0)
        except Timeout:
            raise Refusal(
                str(self._out), "is being written by another run", "wait for it or name another --out"
            ) from None

    def _files(self, chunk: int) -> tuple[Path, Path]:
        return self.path / f"{chunk:06}.part", self.path / f"{chunk:06}.rejects"

    def _parts(self, which: int) -> Iterator[Path]:
        """The answers (0) or the rejects (1) of each chunk that has some, in order."""
        for chunk in sorted(self.finished):
            if self.finished[chunk].sha256[which] != _NOTHING:
                yield self._files(chunk)[which]

    def _begin(self) -> None:
        strange = [p.name for p in self.path.iterdir() if p.name not in (LOCK, INPUTS) and p.name[0] != "."]
        if strange:
            raise Refusal(
                str(self.path), "is in the way and no unfinished run", "move it or name another --out"
            )
        with atomic_writer(self.path / INPUTS, binary=True) as stream:
            stream.writelines(self._input_lines())
        with atomic_writer(self.path / MANIFEST, binary=True) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode({"format": FORMAT} | dict(self._facts))))

    def _go_on(self) -> None:
        remedy = f"or delete {self.path} to start anew"
        if not self._resume:
            raise Refusal(
                str(self._out), "has an unfinished run beside it", f"say --resume to go on with it, {remedy}"
            )
        try:
            was = msgspec.json.decode((self.path / MANIFEST).read_bytes(), type=dict[str, Any])
        except msgspec.DecodeError:
            raise Refusal(str(self.path / MANIFEST), "is damaged", f"delete {self.path}") from None
        now = {"format": FORMAT} | dict(self._facts)
        for name in sorted(was.keys() | now.keys()):
            if was.get(name) != now.get(name):
                what = (
                    f"is of a run with another {name} ({_shown(was.get(name))} then, {_shown(now.get(name))}"
                    " now)"
                )
                raise Refusal(str(self.path), what, f"call it as then, {remedy}")
        with (self.path / INPUTS).open("rb") as then:
            for before, after in zip_longest(then, self._input_lines()):
                if before != after:
                    changed = msgspec.json.decode(before or after or b"")["name"]
                    what = (
                        "was removed" if after is None else "was added" if before is None else "has changed"
                    )
                    raise Refusal(
                        changed, f"{what} since the run in {self.path} began", f"put it back, {remedy}"
                    )
        for line in (self.path / PARTS).read_bytes().splitlines() if (self.path / PARTS).exists() else ():
            with suppress(msgspec.DecodeError):  # the last line, where the process was killed in it
                done = msgspec.json.decode(line, type=Finished)
                if self._is_sound(done):
                    self.finished[done.chunk] = done
        with atomic_writer(self.path / PARTS, binary=True) as stream:
            stream.writelines(map(_line, self.finished.values()))

    def _is_sound(self, done: Finished) -> bool:
        for path, expected in zip(self._files(done.chunk), done.sha256, strict=True):
            if expected == _NOTHING:
                continue
            try:
                with path.open("rb") as part:
                    if hashlib.file_digest(part, "sha256").hexdigest() != expected:
                        return False
            except FileNotFoundError:
                return False
        return True

    def _input_lines(self) -> Iterator[bytes]:
        for source in find_sources(self._inputs, self._input_format, lambda _: None):
            if not isinstance(source, Source):
                yield msgspec.json.encode({"name": source.where}) + b"\n"
            elif source.path is None:  # what comes in is compared chunk by chunk
                yield msgspec.json.encode({"name": source.name}) + b"\n"
            else:
                stat = source.path.stat()
                facts = {"name": source.name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}
                yield msgspec.json.encode(facts) + b"\n"


def run_folder(out: Path) -> Path:
    """Where the run folder of an output stands: beside the file itself, through any link."""
    target = Path(os.path.realpath(out))
    return target.with_name(f"{target.name}.parts")


def end_to_end(parts: Iterable[Path], out: BinaryIO) -> None:
    """A `Join` for files of which one after the other is one file."""
    for path in parts:
        with path.open("rb") as part:
            shutil.copyfileobj(part, out, 1 << 20)


def merged(pieces: Sequence[bytes], join: Join) -> bytes:
    """Several files in memory as one."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, str(number)) for number in range(len(pieces))]
        for path, piece in zip(paths, pieces, strict=True):
            path.write_bytes(piece)
        out = io.BytesIO()
        join(paths, out)
    return out.getvalue()


_NOTHING = hashlib.sha256(b"").hexdigest()


def _line(done: Finished) -> bytes:
    return msgspec.json.encode(done) + b"\n"


def _shown(value: object) -> str:
    return {True: "yes", False: "no", None: "none"}.get(value, str(value))  # type: ignore[call-overload,no-any-return]
