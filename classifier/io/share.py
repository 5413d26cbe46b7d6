"""How much of the inputs is read: what a time left is worked out from."""

from collections.abc import Iterable, Iterator, Sequence

from classifier.io.parquet import pyarrow_parquet
from classifier.io.ranges import Chunk, Range
from classifier.io.records import Refusal
from classifier.io.sources import Source, find_sources


class Share:
    """Follows chunks as they are read; `value` is the share of the bytes that stands before the last one.

    In [0, 1]; None where it can't be known: of standard input, and within a packed file while no other input
    is done. The sizes of the inputs are asked for once more as their turn comes, so that nothing is held.
    """

    def __init__(self, inputs: Sequence[str], input_format: str) -> None:
        self._total = sum(map(_size, find_sources(inputs, input_format, lambda _: None)))
        self._before = 0  # bytes of the inputs that are done
        self._source: Source | Refusal | None = None
        self._size = 0
        self._rows = 0  # of a Parquet file
        self.value: float | None = None

    def followed(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks as they come."""
        for chunk in chunks:
            for part in chunk.ranges:
                self._follow(part)
            yield chunk

    def _follow(self, part: Range) -> None:
        if part.source is not self._source:
            self._before += self._size
            self._source, self._size, self._rows = part.source, _size(part.source), _rows(part.source)
        inside: float = 0
        if self._rows:
            inside = self._size * (part.start.record - 1) / self._rows
        elif part.start.offset is not None:
            inside = part.start.offset
        known = (self._before + inside) / self._total if self._total else 0
        self.value = min(known, 1.0) or None


def _size(source: Source | Refusal) -> int:
    if isinstance(source, Refusal) or source.path is None:
        return 0
    try:
        return source.path.stat().st_size
    except OSError:  # met again, and told, where it is read
        return 0


def _rows(source: Source | Refusal) -> int:
    if isinstance(source, Refusal) or source.path is None or source.kind != "parquet" or source.packing:
        return 0
    try:
        return int(pyarrow_parquet(source.name).read_metadata(source.path).num_rows)
    except (OSError, ValueError):  # a file that can't be read has no such share
        return 0
