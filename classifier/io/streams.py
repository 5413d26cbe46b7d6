"""Streams: packed ones, by name or by their first bytes, and ones that can't be wound back.

Zstandard is in Python from 3.14 on; before, a backport of the same module is used.
"""

import io
import os
from importlib import import_module
from typing import Any, BinaryIO, Literal, cast

from classifier.io.records import DamagedDataError, Refusal

Packing = Literal["gz", "zst"]
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPABLE = b"\x2a\x4d\x18"
"""Bytes 2 to 4 of a frame that holds no data, with which files of parallel packers begin."""


def packing_of(name: str) -> Packing | None:
    """How a file of this name is packed."""
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122  # called for each file of large folders
    return "gz" if ending == ".gz" else "zst" if ending == ".zst" else None


def unpacked_name(name: str) -> str:
    """The name without the ending that tells the packing."""
    return name if packing_of(name) is None else os.path.splitext(name)[0]  # noqa: PTH122


def unpacked_zstd(stream: BinaryIO, where: str) -> BinaryIO:
    """The data packed in a stream; damage is met as `DamagedDataError` or EOFError where it is read."""
    zstd = _library(where)
    return cast(BinaryIO, io.BufferedReader(_Unpacked(zstd.ZstdFile(stream), zstd.ZstdError)))


def zstd_packer(stream: BinaryIO, where: str) -> BinaryIO:
    """A stream whose data goes packed to another one, which stays open."""
    return cast(BinaryIO, _library(where).ZstdFile(stream, mode="w"))


class Rewound(io.RawIOBase):
    """A stream that can't be wound back, with the bytes already taken from it put before the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a part of `buffer` with what is there, without waiting for more."""
        size = len(buffer)
        if self._head:
            piece, self._head = self._head[:size], self._head[size:]
        else:
            piece = getattr(self._rest, "read1", self._rest.read)(size)
        buffer[: len(piece)] = piece
        return len(piece)


class _Unpacked(io.RawIOBase):
    """A Zstandard stream whose errors are those of reading a file."""

    def __init__(self, file: Any, error: type[Exception]) -> None:
        self._file, self._error = file, error

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Whether the packed stream is; going back unpacks from the beginning."""
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the unpacked data."""
        try:
            return int(self._file.seek(offset, whence))
        except self._error as error:
            raise DamagedDataError(str(error)) from error

    def readinto(self, buffer: Any) -> int:
        """Fill a part of `buffer`."""
        try:
            return int(self._file.readinto1(buffer))
        except self._error as error:
            raise DamagedDataError(str(error)) from error


def _library(where: str) -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ModuleNotFoundError:  # the next one, or the refusal
            continue
    what = "is Zstandard data, for which this Python needs a library"
    raise Refusal(where, what, "install it with: pip install 'misinfo-signals[zstd]'")
