"""Records in chunks: the unit that a worker gets, that is finished as a whole or not at all."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from classifier.io.read import Record
from classifier.text.document import Document, Reject

RECORDS = 256
CHARACTERS = 4_000_000
"""A chunk ends after this many records, or with the record that brings its texts to this many characters."""


class Chunk(NamedTuple):
    """The records of one chunk, in order; chunks are numbered from 0."""

    number: int
    records: tuple[Record, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Those of the records that are documents."""
        return tuple(r.found for r in self.records if isinstance(r.found, Document))

    @property
    def rejects(self) -> list[Reject]:
        """Those of the records that could not be used."""
        return [r.found for r in self.records if isinstance(r.found, Reject)]

    def texts(self) -> str:
        """A hash of the records as read: a resumed run must find the same ones where it finds a part."""
        digest = hashlib.blake2b(digest_size=16)
        for record in self.records:
            found = record.found
            fields: tuple[object, ...]
            if isinstance(found, Document):
                fields = (found.id, found.title, found.markup, found.raw)
            else:
                fields = (found.file, found.record, found.line, found.code)
            digest.update(repr(tuple(map(_size, fields))).encode())
            digest.update("".join(str(f) for f in fields).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def cut(records: Iterable[Record]) -> Iterator[Chunk]:
    """The records in chunks; the same records are always cut the same way."""
    number, held, characters = 0, [], 0
    for record in records:
        held.append(record)
        if isinstance(record.found, Document):
            characters += len(record.found.raw)
        if len(held) == RECORDS or characters >= CHARACTERS:
            yield Chunk(number, tuple(held))
            number, held, characters = number + 1, [], 0
    if held:
        yield Chunk(number, tuple(held))


def _size(field: object) -> int:
    return -1 if field is None else len(str(field))
