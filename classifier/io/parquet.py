"""Parquet, a batch of rows at a time (extra `parquet`)."""

from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any, BinaryIO

from classifier.io.columns import Columns, KeyLayout, choose_columns, document_of
from classifier.io.records import START, Located, Place, Refusal
from classifier.text.document import Reject

NEAR = 16_384
"""How many rows of a row group are read over to get to one of them; those further in have no offset."""

_BATCH_BYTES = 16_000_000
_BATCH_ROWS = 1024
_NOT_TEXT = object()  # a string that is no UTF-8


def pyarrow_parquet(where: str) -> Any:
    """The module pyarrow.parquet; Refusal where it is not installed."""
    try:
        import pyarrow.parquet
    except ModuleNotFoundError:
        what = "is a Parquet file, and pyarrow is not installed"
        raise Refusal(where, what, "install it with: pip install 'misinfo-signals[parquet]'") from None
    return pyarrow.parquet


class ParquetReader:
    """Reads a Parquet file from a seekable stream, only the columns needed, and of these a batch at a time.

    A record is a row; line numbers are row numbers. Of a damaged row group every row that can't be read
    becomes a reject, and the next group is read. Reading can start at any row; what stands before it in its
    row group is read over, so only the first `NEAR` rows of a group have an offset. `layout` is there once
    the first record has been asked for.
    """

    def __init__(
        self, stream: BinaryIO, *, name: str, columns: Columns, notes: Callable[[str], None]
    ) -> None:
        self._stream, self._name, self._columns, self._notes = stream, name, columns, notes
        self.layout: KeyLayout | None = None

    def records(self) -> Iterator[Located]:
        """All records in order; Refusal where the file is none or has no text column."""
        file = self._file()
        names = file.schema_arrow.names
        self.layout = choose_columns(names, self._name, self._columns, self._notes)
        if file.metadata.num_rows == 0:
            self._notes(f"{self._name}: there are no records in it")
        yield from self._rows(file, self.layout, START)

    def records_from(self, layout: KeyLayout, start: Place) -> Iterator[Located]:
        """The records from one of any place."""
        yield from self._rows(self._file(), layout, start)

    def _file(self) -> Any:
        parquet = pyarrow_parquet(self._name)
        import pyarrow

        try:
            # With a buffer a column is read piece by piece, and not the whole of it in a row group.
            return parquet.ParquetFile(self._stream, buffer_size=1 << 20, pre_buffer=False)
        except (pyarrow.ArrowException, OSError) as error:
            what = f"is no Parquet file that can be read ({_first_line(error)})"
            raise Refusal(self._name, what, "get the file again, it is cut off or damaged") from error

    def _rows(self, file: Any, layout: KeyLayout, start: Place) -> Iterator[Located]:
        columns = sorted({*layout.keys.values(), *layout.kept.values()})
        first = 1  # of the row group
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            if first + rows > start.record:
                yield from self._group(file, group, columns, layout, first, start.record)
            first += rows

    def _group(
        self, file: Any, group: int, columns: list[str], layout: KeyLayout, first: int, begin: int
    ) -> Iterator[Located]:
        import pyarrow

        about = file.metadata.row_group(group)
        size = max(1, about.total_byte_size // max(1, about.num_rows))
        step = max(1, min(_BATCH_ROWS, _BATCH_BYTES // size))
        record = first
        try:
            batches = file.iter_batches(step, row_groups=[group], columns=columns, use_threads=False)
            for batch in batches:
                skip = min(max(0, begin - record), batch.num_rows)
                record += skip
                if skip == batch.num_rows:
                    continue
                values = [_values(column.slice(skip)) for column in batch.columns]
                for row in zip(*values, strict=True):
                    found = dict(zip(batch.schema.names, row, strict=True))
                    yield self._located(found, layout, record, first)
                    record += 1
        except (pyarrow.ArrowException, OSError) as error:
            message = f"row group {group + 1} can't be read ({_first_line(error)})"
            remedy = "get the file again, it is cut off or damaged"
            for lost in range(max(record, begin), first + about.num_rows):
                reject = Reject(self._name, lost, lost, None, "unreadable", message, remedy)
                yield Located(self._place(lost, first), reject)

    def _located(self, found: dict[str, Any], layout: KeyLayout, record: int, first: int) -> Located:
        place = self._place(record, first)
        if any(value is _NOT_TEXT for value in found.values()):
            own_id = found.get(layout.keys.get("id", ""))
            message, remedy = (
                "the record holds a string that is no UTF-8",
                "write the file anew with valid strings",
            )
            own_id = own_id if isinstance(own_id, str) else None
            return Located(place, Reject(self._name, record, record, own_id, "invalid_utf8", message, remedy))
        return Located(place, document_of(found, place, self._name, layout))

    def _place(self, record: int, first: int) -> Place:
        return Place(record, record, record - 1 if record - first < NEAR else None)


def _values(column: Any) -> list[Any]:
    """A column as plain values; dates and decimals as the strings they are written as."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_timestamp(kind) and kind.unit == "ns":  # Python's own times have no nanoseconds
        column = column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
    try:
        values = column.to_pylist()
    except UnicodeDecodeError:
        values = [_value(item) for item in column]
    if values and isinstance(next((v for v in values if v is not None), None), date | time | Decimal):
        return [
            None if v is None else v.isoformat() if isinstance(v, date | time) else str(v) for v in values
        ]
    return values  # type: ignore[no-any-return]


def _value(item: Any) -> Any:
    try:
        return item.as_py()
    except UnicodeDecodeError:
        return _NOT_TEXT


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip().rstrip(".").lower()
