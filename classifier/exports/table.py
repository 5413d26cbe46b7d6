"""Marks as CSV (RFC 4180), one row each, with their places in every unit."""

import csv
import io
from collections.abc import Iterable, Iterator

from classifier.exports.exported import Exported
from classifier.exports.json_pieces import encoded
from classifier.scoring.answers import Marking

COLUMNS = (
    "document",
    "item",
    "family",
    "part",
    "label",
    "start",
    "end",
    "line",
    "column",
    "end_line",
    "end_column",
    "utf16_start",
    "utf16_end",
    "byte_start",
    "byte_end",
    "text",
    "facts",
)


def table(markings: Iterable[Marking]) -> Iterator[bytes]:
    """The header, then the rows of each document; rows with the same `item` are parts of one attribution."""
    yield _written([COLUMNS])
    for marking in markings:
        yield _written(_rows(Exported(marking)))


def _rows(found: Exported) -> Iterator[tuple[object, ...]]:
    units = found.units
    for mark in found.marks:
        yield (
            found.id,
            mark.item,
            mark.family,
            mark.part,
            mark.label,
            mark.start,
            mark.end,
            *units.position(mark.start).shown,
            *units.position(mark.end).shown,
            units.utf16(mark.start),
            units.utf16(mark.end),
            units.utf8(mark.start),
            units.utf8(mark.end),
            found.raw[mark.start : mark.end],
            encoded(mark.facts).decode(),
        )


def _written(rows: Iterable[tuple[object, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()
