"""Results and rejects as files that are there whole or not at all."""

import errno
import gzip
import io
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Literal, Self, TextIO, cast, overload

import msgspec

from classifier.io.records import Refusal, reason
from classifier.io.streams import packing_of, zstd_packer
from classifier.text.document import Reject

_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
_encoder = msgspec.json.Encoder()


@overload
def atomic_writer(
    path: str | os.PathLike[str], *, binary: Literal[False] = False
) -> AbstractContextManager[TextIO]: ...
@overload
def atomic_writer(
    path: str | os.PathLike[str], *, binary: Literal[True]
) -> AbstractContextManager[BinaryIO]: ...
def atomic_writer(path: str | os.PathLike[str], *, binary: bool = False) -> AbstractContextManager[IO[Any]]:
    """A file to write to, which takes the place of `path` when the block ends without an error.

    Until then, and after any error or interrupt, what was at `path` is untouched and nothing else is left.
    Text is UTF-8 with line ends as written; a name ending in .gz or .zst is packed, the same bytes each
    time. A device or pipe is written to directly. Raises `InputError` where the file can't be written.
    """
    return _atomic(Path(path), binary)


class JsonLinesWriter:
    """Objects as JSON Lines on a binary stream, UTF-8; nan and infinity become null, as JSON has neither.

    `count` is the number of lines written.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def write(self, value: Mapping[str, Any]) -> None:
        """Write one object; plain Python values only."""
        self._stream.write(_encoder.encode(value) + b"\n")
        self.count += 1


class RejectsWriter:
    """The rejects file as a context manager: written at the end, and only if there was a reject.

    A file of an earlier run at `path` goes when this run has no rejects, for it would say something untrue.
    With `path` None the rejects are only counted (`count`).
    """

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self._path = None if path is None else Path(path)
        self._stack = ExitStack()
        self._lines: JsonLinesWriter | None = None
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        if kind is None and self.count == 0 and self._path is not None and self._path.is_file():
            try:
                self._path.unlink()
            except OSError as failure:
                raise unwritable(self._path, failure) from failure

    def write(self, reject: Reject) -> None:
        """Add one line."""
        self.count += 1
        if self._path is None:
            return
        if self._lines is None:
            self._lines = JsonLinesWriter(self._stack.enter_context(atomic_writer(self._path, binary=True)))
        self._lines.write(reject_object(reject))


def reject_object(reject: Reject) -> dict[str, Any]:
    """A line of the rejects file: the keys file, record, line, id, code, message, remedy."""
    return {
        "file": reject.file,
        "record": reject.record,
        "line": reject.line,
        "id": reject.id,
        "code": reject.code,
        "message": reject.message,
        "remedy": reject.remedy,
    }


def default_rejects_path(
    out: str | os.PathLike[str] | None, inputs: Sequence[str | os.PathLike[str]]
) -> Path | None:
    """``OUT.rejects.jsonl`` beside the output, a file or folder; None without one, or where it is a device or pipe.

    Raises `InputError` where that would write over an input.
    """
    if out is None:
        return None
    path = Path(out)
    if path.exists() and not (path.is_file() or path.is_dir()):
        return None
    rejects = path.with_name(f"{path.name}.rejects.jsonl")
    if any(Path(item).resolve() == rejects.resolve() for item in inputs):
        raise Refusal(str(rejects), "is an input and would be written over by the rejects", "say --rejects")
    return rejects


@contextmanager
def _atomic(path: Path, binary: bool) -> Iterator[IO[Any]]:
    try:
        target = Path(os.path.realpath(path))  # through a link, so that the link stays one
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise Refusal(str(path), "is a folder and can't be written as a file", "name a file")
        direct = mode is not None and not stat.S_ISREG(mode)
        part = target if direct else target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
        flags = os.O_WRONLY if direct else os.O_WRONLY | os.O_CREAT | os.O_EXCL
        raw = os.fdopen(os.open(part, flags | getattr(os, "O_BINARY", 0), 0o666), "wb")
    except OSError as error:
        raise unwritable(path, error) from error
    layers: list[IO[Any]] = [raw]
    finished = False
    try:
        _put_layers(layers, path, binary=binary)
        yield layers[-1]
        for layer in reversed(layers[1:]):
            if isinstance(layer, io.TextIOWrapper):
                layer.flush()
            else:
                layer.close()
        raw.flush()
        if not direct:
            os.fsync(raw.fileno())
        raw.close()
        if not direct:
            _replace(part, target, mode, path)
        finished = True
    except OSError as error:
        if error.errno in _DISK_ERRORS:  # others may come from whoever writes, and are not about this file
            raise unwritable(path, error) from error
        raise
    finally:
        if not finished:
            for layer in reversed(layers):
                with suppress(OSError, ValueError):  # the error that brought us here is the one to tell
                    layer.close()
            if not direct:
                with suppress(OSError):
                    part.unlink(missing_ok=True)


def _replace(part: Path, target: Path, mode: int | None, path: Path) -> None:
    try:
        if mode is not None:
            part.chmod(stat.S_IMODE(mode))
        part.replace(target)
    except OSError as error:
        raise unwritable(path, error) from error


def _put_layers(layers: list[IO[Any]], path: Path, *, binary: bool) -> None:
    raw = layers[0]
    packing = packing_of(path.name)
    if packing == "gz":
        layers.append(cast(BinaryIO, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)))
    elif packing == "zst":
        layers.append(zstd_packer(cast(BinaryIO, raw), str(path)))
    if not binary:
        layers.append(io.TextIOWrapper(layers[-1], encoding="utf-8", newline=""))


@contextmanager
def atomic_folder(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A folder to fill, which becomes `path` when the block ends without an error, and else goes.

    Raises `InputError` where `path` is there and no empty folder, and where it can't be made.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    try:
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise Refusal(str(path), "is there and not empty", "name a new folder")
        part.mkdir()
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        yield part
        if target.exists():  # empty; Windows puts no folder in the place of another
            target.rmdir()
        part.rename(target)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in _DISK_ERRORS:
            raise unwritable(target, error) from error
        raise


def unwritable(path: Path, error: OSError) -> Refusal:
    """The refusal for a file that can't be written."""
    if error.errno in _DISK_ERRORS:
        remedy = "make room on the disk or name another place with --out"
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        remedy = "make its folder first or name another place"
    else:
        remedy = "give yourself permission to write there or name another place"
    return Refusal(str(path), f"can't be written ({reason(error)})", remedy)
