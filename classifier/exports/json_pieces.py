"""JSON in pieces: a list too long to hold, written as it comes."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def encoded(value: Any) -> bytes:
    """The value as JSON."""
    return _encoder.encode(value)


def lines(values: Iterable[Any]) -> Iterator[bytes]:
    """Each value as one line."""
    for value in values:
        yield _encoder.encode(value) + b"\n"


def array(values: Iterable[Any]) -> Iterator[bytes]:
    """All values as one array, one a line."""
    between = b"[\n"
    for value in values:
        yield between + _encoder.encode(value)
        between = b",\n"
    yield b"\n]" if between != b"[\n" else b"[]"
