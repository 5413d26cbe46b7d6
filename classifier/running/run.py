"""A long run: chunk by chunk to the workers and into the run folder, whatever happens in between."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import msgspec

from classifier.errors import InputError, MisinfoError
from classifier.io.runs import RunFolder, merged
from classifier.io.write import reject_object
from classifier.running.chunks import Numbered
from classifier.running.pool import LostError, Pool
from classifier.running.work import Form, Part, Work, answer, installed
from classifier.text.document import Reject


class Watcher:
    """Is told how a run goes, and may ask it to stop. This one watches in silence."""

    def stops(self) -> bool:
        """Whether the run should stop when the chunks under way are done. Asked from other threads too."""
        return False

    def finished(self, tally: Counter[str], rejects: list[Reject], *, earlier: bool) -> None:
        """A chunk is finished, or was by an `earlier` run, whose rejects are not given again."""

    def noticed(self, note: str) -> None:
        """Something happened that the user should know."""


class Run:
    """One run over all `chunks`; `complete` says at its end that none is left.

    Call `to_end` once, with the run folder open.
    """

    def __init__(self, work: Work, form: Form, folder: RunFolder, workers: Pool, watcher: Watcher) -> None:
        self._work, self._form, self._folder, self._pool = work, form, folder, workers
        self._watcher = watcher
        self._lock = threading.Lock()  # joblib takes tasks from its own threads
        self._under_way: dict[int, Numbered] = {}
        self._failure: Exception | None = None
        self.complete = False
        self.chunks = 0

    def to_end(self, chunks: Iterator[Numbered]) -> None:
        """Answer every chunk that is not finished. Ends early, without an error, where the watcher says so.

        What reading raises comes up when the chunks under way are finished.
        """
        todo = self._todo(chunks)
        ended = False
        while not (ended and not self._under_way) and self._failure is None:
            try:
                with closing(self._pool.each(self._tasks(todo))) as results:  # an error ends the workers too
                    for number, part in results:
                        self._finish(self._taken(number), part)
                ended = True
            except LostError:
                if self._watcher.stops():
                    return
                self._watcher.noticed(
                    "a worker process was lost; the chunks under way are tried again, alone"
                )
            if not self._try_again():
                return
        if self._failure is not None:
            raise self._failure

    def _todo(self, chunks: Iterator[Numbered]) -> Iterator[Numbered]:
        for chunk in chunks:
            if self._watcher.stops():
                return
            self.chunks += 1
            done = self._folder.finished.get(chunk.number)
            if done is None:
                yield chunk
                continue
            if done.texts != chunk.texts():
                raise InputError(
                    f"{chunk.records[0].file}, record {chunk.records[0].record} or one of the"
                    f" {len(chunk.records) - 1} after it is not what the interrupted run has read; put the"
                    f" inputs back, or delete {self._folder.path} to start anew"
                )
            self._watcher.finished(Counter(done.tally), [], earlier=True)
        self.complete = True

    def _tasks(self, todo: Iterator[Numbered]) -> Iterator[Any]:
        """A joblib task for each chunk. Raises nothing: joblib would throw away what is under way."""
        while True:
            try:
                with self._lock:
                    chunk = next(todo)
                    self._under_way[chunk.number] = chunk
            except StopIteration:
                return
            except Exception as error:  # noqa: BLE001  # raised by `to_end`
                self._failure = error
                return
            yield self._task(chunk, tuple(range(len(chunk.documents))))

    def _task(self, chunk: Numbered, places: tuple[int, ...]) -> Any:
        from joblib import delayed

        # A tuple: what Dask can refer to weakly it keeps apart, on one worker, and loses with that worker.
        documents = tuple(chunk.documents[place] for place in places)
        return delayed(_numbered)(chunk.number, self._work, self._form, installed(), documents)

    def _taken(self, number: int) -> Numbered:
        with self._lock:
            return self._under_way[number]

    def _finish(self, chunk: Numbered, part: Part) -> None:
        rejects, place = [], 0
        for record in chunk.records:
            if isinstance(record.found, Reject):
                rejects.append(record.found)
                continue
            if (why := part.failed.get(place)) is not None:
                rejects.append(
                    Reject(
                        record.file,
                        record.record,
                        record.line,
                        record.found.id,
                        "worker_lost",
                        f"working on it failed ({why})" if why else _KILLED,
                        _FAILED_REMEDY if why else _KILLED_REMEDY,
                    )
                )
            place += 1
        tally = Counter(part.tally)
        if rejects:
            tally["rejected"] = len(rejects)
        if tally.total() != len(chunk.records):
            raise RuntimeError(f"chunk {chunk.number}: {len(chunk.records)} records became {dict(tally)}")
        lines = b"".join(msgspec.json.encode(reject_object(reject)) + b"\n" for reject in rejects)
        self._folder.add(chunk.number, len(chunk.records), tally, chunk.texts(), part.data, lines)
        with self._lock:
            del self._under_way[chunk.number]
        self._watcher.finished(tally, rejects, earlier=False)

    def _try_again(self) -> bool:
        """Answer what is still under way, chunk by chunk; False where the watcher stopped it."""
        for number in sorted(self._under_way):
            if self._watcher.stops():
                return False
            chunk = self._taken(number)
            try:
                _, part = self._pool.alone(self._task(chunk, tuple(range(len(chunk.documents)))))
            except LostError:
                self._watcher.noticed(f"{_where(chunk)} killed its worker process; they are tried one by one")
                found = self._one_by_one(chunk)
                if found is None:
                    return False
                part = found
            self._finish(chunk, part)
        return True

    def _one_by_one(self, chunk: Numbered) -> Part | None:
        try:
            self._pool.alone(self._task(chunk, ()))
        except LostError as error:
            raise MisinfoError(
                "a worker process can't be kept alive even without an article; free some memory, and go on"
                " with --resume"
            ) from error
        pieces: list[bytes] = []
        tally: Counter[str] = Counter()
        failed: dict[int, str] = {}
        for place in range(len(chunk.documents)):
            if self._watcher.stops():
                return None
            try:
                _, part = self._pool.alone(self._task(chunk, (place,)))
            except LostError:
                failed[place] = ""
                continue
            pieces.append(part.data)
            tally += part.tally
            failed |= dict.fromkeys([place] if part.failed else [], part.failed.get(0, ""))
        return Part(merged(pieces, self._form.join), tally, failed)


_KILLED = "the worker process that had it was killed, by the system or by a crash"
_KILLED_REMEDY = "split it, or give the machine more memory"
_FAILED_REMEDY = "take it out, and please report the error"


def _numbered(number: int, work: Work, form: Form, version: str, documents: Any) -> tuple[int, Part]:
    return number, answer(work, form, version, documents)


def _where(chunk: Numbered) -> str:
    first, last = chunk.records[0], chunk.records[-1]
    if first.file == last.file:
        return f"{first.file}, records {first.record} to {last.record},"
    return f"{first.file}, record {first.record}, to {last.file}, record {last.record},"
