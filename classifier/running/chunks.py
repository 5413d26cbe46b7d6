"""The chunk of a run: what a worker gets, what is finished as a whole or not at all."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from classifier.io.ranges import Chunk
from classifier.io.records import Refusal
from classifier.io.sources import Source
from classifier.text.document import Document, Reject


class Record(NamedTuple):
    """A record and where it stands: in which file, which record and which physical line, from 1."""

    file: str
    record: int
    line: int
    found: Document | Reject


class Numbered(NamedTuple):
    """The records of a chunk, in order; chunks are numbered from 0."""

    number: int
    records: tuple[Record, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Those of the records that are documents."""
        return tuple(r.found for r in self.records if isinstance(r.found, Document))

    def texts(self) -> str:
        """A hash of the records as read: a resumed run must find the same ones where it finds a part."""
        digest = hashlib.blake2b(digest_size=16)
        for record in self.records:
            found = record.found
            fields: tuple[object, ...]
            if isinstance(found, Document):
                fields = (found.id, found.title, found.markup, found.raw, *found.kept.items())
            else:
                fields = (found.file, found.record, found.line, found.code)
            for field in map(str, fields):
                data = field.encode("utf-8", "surrogatepass")
                digest.update(b"%d:%s" % (len(data), data))
        return digest.hexdigest()


def numbered(chunks: Iterable[Chunk]) -> Iterator[Numbered]:
    """The chunks of the reader, their records with their files."""
    for number, chunk in enumerate(chunks):
        files = [name for part in chunk.ranges for name in [_name(part.source)] * part.count]
        placed = zip(files, chunk.places, chunk.records, strict=True)
        yield Numbered(number, tuple(Record(file, at.record, at.line, found) for file, at, found in placed))


def _name(source: Source | Refusal) -> str:
    return source.where if isinstance(source, Refusal) else source.name
