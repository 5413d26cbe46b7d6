"""Inputs cut into chunks that another process can read by themselves.

The one pass that cuts is also the one that reads: `read_chunks` yields each chunk with its records, so that
nothing need be read a second time where the process that scores is handed the records. Where it is rather to
read for itself (on another machine, or once more after a failure), it is handed the chunk's ranges, small
values that say all that reading needs, and `read_ranges` gives exactly the same documents and rejects, with
the same ids, record and line numbers:

- a range is consecutive records of one input: where the first one begins, and how many there are;
- what the beginning of the input settled (encoding, separator, header, keys) goes with it as the layout;
- only the cutting pass sees all ids, so that it says which records of a range have an id that is taken.

==============================  ============================================================================
input                           how a range is reached
==============================  ============================================================================
article, also of a folder       the file is the range
CSV, TSV, JSON Lines            byte offset of the first line, where the file is UTF-8 (tables also Latin-1
                                and Windows-1252)
Parquet                         row group, and over at most `NEAR` rows of it
packed, other encodings, JSON   through all that stands before (`Chunk.near` is False)
standard input, pipes           not at all
==============================  ============================================================================

A table that is being written to, or a file that changed between cutting and reading, gives other records:
whoever keeps ranges for later has to check size and time of the file. Fewer records than there were is an
`InputError`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice
from typing import BinaryIO, NamedTuple

from classifier.io.columns import Columns, KeyLayout
from classifier.io.jsonlines import JsonReader
from classifier.io.parquet import ParquetReader
from classifier.io.read import (
    FIND_COLUMNS,
    Layout,
    Read,
    Reader,
    opened_reader,
    read_located,
    refused,
    say_nothing,
)
from classifier.io.records import DUPLICATE, Located, Place, Refusal, duplicates_rejected
from classifier.io.sources import Source
from classifier.io.tables import TableLayout, TableReader
from classifier.text.document import Document, Reject

CHUNK = 256
"""Records in a chunk; fewer where they are large."""

CHUNK_CHARACTERS = 16_000_000
"""A chunk ends with the record that brings it to so many characters of text."""


@dataclass(frozen=True, slots=True)
class Range:
    """`count` records of one input from `start` on; `duplicates` are record numbers. A small picklable value.

    An input that was refused is a range of one record.
    """

    source: Source | Refusal
    columns: Columns
    encoding: str | None
    layout: Layout | None
    start: Place
    count: int
    duplicates: frozenset[int]

    @property
    def near(self) -> bool:
        """Whether it can be reached without reading what stands before it."""
        if isinstance(self.source, Refusal):
            return True
        return not _once(self.source) and (self.start.record == 1 or self.start.offset is not None)


def _once(source: Source) -> bool:
    """Whether it can be read only once: standard input, and pipes that have a path."""
    return source.path is None or (source.path.exists() and not source.path.is_file())


class Chunk(NamedTuple):
    """Consecutive records, of one input or several, each with its place, and the ranges they are."""

    ranges: tuple[Range, ...]
    records: list[Document | Reject]
    places: list[Place]

    @property
    def near(self) -> bool:
        """Whether another process can read it without reading what stands before it."""
        return all(part.near for part in self.ranges)


def read_chunks(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    size: int = CHUNK,
    columns: Columns = FIND_COLUMNS,
    encoding: str | None = None,
    input_format: str = "auto",
    notes: Callable[[str], None] = say_nothing,
    stdin: BinaryIO | None = None,
) -> Iterator[Chunk]:
    """Everything that `read` gives, in order, in chunks of `size` records, the last one of fewer.

    A chunk ends early where its texts come to `CHUNK_CHARACTERS`. The same inputs give the same chunks.
    Raises what `read` raises.
    """
    records = read_located(
        inputs, columns=columns, encoding=encoding, input_format=input_format, notes=notes, stdin=stdin
    )
    return _cut(records, size, columns, encoding)


def _cut(records: Iterator[Read], size: int, columns: Columns, encoding: str | None) -> Iterator[Chunk]:
    batch: list[Read] = []
    characters = 0
    for record in records:
        batch.append(record)
        found = record.located.found
        characters += len(found.raw) if isinstance(found, Document) else 0
        if len(batch) >= size or characters >= CHUNK_CHARACTERS:
            yield _chunk(batch, columns, encoding)
            batch, characters = [], 0
    if batch:
        yield _chunk(batch, columns, encoding)


def _chunk(batch: list[Read], columns: Columns, encoding: str | None) -> Chunk:
    ranges, begin = [], 0
    for end in range(1, len(batch) + 1):
        if end == len(batch) or batch[end].source is not batch[begin].source:
            ranges.append(_range(batch[begin:end], columns, encoding))
            begin = end
    located = [record.located for record in batch]
    return Chunk(tuple(ranges), [found for _, found in located], [place for place, _ in located])


def _range(batch: list[Read], columns: Columns, encoding: str | None) -> Range:
    source, reader, first = batch[0]
    duplicates = frozenset(
        located.place.record
        for _, _, located in batch
        if isinstance(located.found, Reject) and located.found.code == DUPLICATE
    )
    layout = None if reader is None else reader.layout
    return Range(source, columns, encoding, layout, first.place, len(batch), duplicates)


def read_ranges(ranges: Iterable[Range]) -> Iterator[Document | Reject]:
    """The records of a chunk, from its inputs.

    Raises `InputError` for standard input and pipes, which can't be read a second time, and where there are fewer
    records than there were.
    """
    for part in ranges:
        yield from _read_range(part)


def _read_range(part: Range) -> Iterator[Document | Reject]:
    source = part.source
    if isinstance(source, Refusal):
        yield source.reject()
        return
    if _once(source):
        where = "standard input" if source.path is None else source.name
        raise Refusal(where, "can't be read a second time", "use its records as they were read")
    count = 0
    try:
        with opened_reader(source, part.columns, part.encoding, say_nothing, None) as reader:
            records = duplicates_rejected(
                _from(reader, part), source.name, lambda place, _: place.record in part.duplicates
            )
            for located in islice(records, part.count):
                count += 1
                yield located.found
    except Refusal as refusal:
        count += 1
        yield refused(source, refusal)
    if count < part.count:
        what = f"has {part.count - count} records fewer than when it was cut into chunks"
        raise Refusal(source.name, what, "start again")


def _from(reader: Reader, part: Range) -> Iterator[Located]:
    """The records from the start of the range on."""
    if part.start.record > 1:
        match reader, part.layout:
            case ParquetReader(), KeyLayout() as layout:
                return reader.records_from(layout, part.start)
            case TableReader(), TableLayout() as layout if part.start.offset is not None:
                return reader.records_from(layout, part.start)
            case JsonReader(), KeyLayout() as layout if part.start.offset is not None:
                return reader.records_from(layout, part.start)
    return dropwhile(lambda located: located.place.record < part.start.record, reader.records())
