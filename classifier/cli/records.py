"""What runs over records share: the rejects, where results go, and what the run comes to."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar

from classifier.cli.exits import Exit, standard_output, tell
from classifier.errors import InputError
from classifier.text.document import Reject

if TYPE_CHECKING:
    from classifier.scoring.answers import Answer, Marking

T = TypeVar("T")
TOLD = 20  # rejects told one by one where a file keeps them all
_WHOLE = frozenset({"empty_text", "missing_text", "unreadable", "invalid_utf8", "too_large", "duplicate_id"})


class Rejected:
    """The rejects of a run: each is told on stderr, and written to the rejects file if there is one."""

    def __init__(self, path: Path | None) -> None:
        from classifier.io import RejectsWriter

        self._writer = RejectsWriter(path)
        self._path = path
        self._whole = 0

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.__exit__(kind, error, trace)

    @property
    def count(self) -> int:
        """Number of rejects so far."""
        return self._writer.count

    def usable(self, records: Iterable[T | Reject]) -> Iterator[T]:
        """The records that can be used; the rejects are told and written."""
        for record in records:
            if not isinstance(record, Reject):
                yield record
                continue
            self._writer.write(record)
            self._whole += _is_whole(record)
            if self._path is None or self.count <= TOLD:
                place = "" if _is_whole(record) else f", record {record.record}, line {record.line}"
                tell(f"{record.file}{place}: {record.message}; {record.remedy}")
            elif self.count == TOLD + 1:
                tell(f"further rejects are not told one by one; {self._path} will hold them all")

    def end(self, summary: str, done: int) -> Exit:
        """Say what became of the records, and give the exit code: unusable if no input could be read."""
        tell(f"{summary}, {self.count} rejected")
        if not self.count:
            return Exit.DONE
        return Exit.UNUSABLE if not done and self._whole == self.count else Exit.REJECTS


def _is_whole(reject: Reject) -> bool:
    """Whether it stands for an input as a whole: an article, or a table without any record."""
    own_id = reject.id is None or reject.file.endswith(reject.id)
    return reject.record == reject.line == 1 and own_id and reject.code in _WHOLE


def keep_apart(inputs: Sequence[str], *outputs: Path | None) -> None:
    """Raise InputError where an output is one of the files to be read, or two outputs are one file."""
    from classifier.io.sources import Source, find_sources

    named = [path for path in outputs if path is not None]
    if len({path.resolve() for path in named}) < len(named):
        raise InputError(f"{named[0]} is named for two outputs; name two files")
    there = [path for path in named if path.is_file()]
    if not there:
        return
    for source in find_sources(inputs, "auto", lambda _: None):
        for path in there:
            if isinstance(source, Source) and source.path is not None and os.path.samefile(source.path, path):  # noqa: PTH121
                raise InputError(f"{path} is an input and would be written over; name another file")


@contextmanager
def output(out: Path | None) -> Iterator[BinaryIO]:
    """Where results go: a file that appears whole at the end, or standard output."""
    from classifier.io import atomic_writer

    if out is None:
        yield standard_output()
        return
    with atomic_writer(out, binary=True) as stream:
        yield stream


def new_folder(out: Path | None, what: str) -> Path:
    """The folder that several files go into, made or empty; InputError where it can't be that."""
    if out is None:
        raise InputError(f"the format {what} is several files; name a folder for them with --out")
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise InputError(f"{out} is no empty folder, and {what} files go into one; give --out a new folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} can't be made ({error.strerror}); give --out another folder") from error
    return out


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write files into a folder, each there whole or not at all."""
    from classifier.io import atomic_writer

    for name, content in files:
        with atomic_writer(folder / name, binary=True) as stream:
            stream.write(content)


def on_terminal(out: Path | None) -> bool:
    """Whether results are shown to a person."""
    return out is None and sys.stdout is not None and sys.stdout.isatty()


def write(pieces: Iterable[bytes], out: Path | None, stream: BinaryIO) -> None:
    """Write the pieces as they come; standard output gets each at once."""
    for piece in pieces:
        stream.write(piece)
        if out is None:
            stream.flush()


def html_page(results: "Iterable[Marking | Answer]") -> Iterator[bytes]:
    """The page of the one result there is; InputError where there are more. Nothing where there is none."""
    from classifier.pages.report import report

    rest = iter(results)
    for result in rest:
        if next(rest, None) is not None:
            raise InputError("an html page shows one article; name one, or use `misinfo report` on scores")
        yield report(result).encode()


def json_lines(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Each object as one line of JSON."""
    import msgspec

    encoder = msgspec.json.Encoder()
    for found in objects:
        yield encoder.encode(found) + b"\n"


def json(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One object as itself, several as one array, indented."""
    import msgspec

    def encoded(found: dict[str, Any]) -> bytes:
        return msgspec.json.format(msgspec.json.encode(found), indent=2)

    rest = iter(objects)
    start = next(rest, None)
    second = next(rest, None)
    if start is None:
        yield b"[]\n"
    elif second is None:
        yield encoded(start) + b"\n"
    else:
        yield b"[\n" + encoded(start) + b",\n" + encoded(second)
        for found in rest:
            yield b",\n" + encoded(found)
        yield b"\n]\n"
