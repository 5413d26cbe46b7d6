"""Scores as JSON Lines, CSV or Parquet: to one stream, as parts of a larger whole, or as a folder of files.

JSON Lines holds every answer as it is. CSV and Parquet hold one row an answer, flattened by `ResultTable`. The
three hold the same answers in the same order, those of the input; rejects have a file of their own.

CSV is opened in spreadsheets, which run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and
ids and kept columns are other people's text. Such a cell, unless it is a number, gets a single quote put before
it (as OWASP advises against "CSV injection"), so that it is shown as the text it is. JSON Lines and Parquet hold
every value exactly.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias

import msgspec

from classifier.io.parquet import pyarrow_parquet
from classifier.io.records import READ_FAILURES, Refusal, unreadable
from classifier.io.streams import unpacked_name
from classifier.io.write import atomic_folder, atomic_writer
from classifier.scoring.answers import SCHEMA, Answer, Score
from classifier.scoring.reasons import REASONS

ROW_GROUP = 8192
ROW_GROUP_SIGNALS = 512  # with the signals a row takes some 20 KB and not one
PARQUET_METADATA = {"misinfo": "scores, schema 1"}

Cell: TypeAlias = str | int | float | None

_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*(e[+-]?\d+)?", re.IGNORECASE)


class ResultFormat(StrEnum):
    """What scores are written as."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


_ENDINGS = {
    ".jsonl": ResultFormat.JSONL,
    ".ndjson": ResultFormat.JSONL,
    ".json": ResultFormat.JSONL,
    ".csv": ResultFormat.CSV,
    ".parquet": ResultFormat.PARQUET,
    ".pq": ResultFormat.PARQUET,
}


def result_format(out: str | os.PathLike[str] | None) -> ResultFormat:
    """The format by the ending of a name, .gz and .zst aside; JSON Lines where that says nothing."""
    ending = "" if out is None else Path(unpacked_name(os.fspath(out))).suffix.lower()
    return _ENDINGS.get(ending, ResultFormat.JSONL)


@dataclass(frozen=True, slots=True)
class ResultTable:
    """What is written of each answer, and as what.

    `keep` are the columns carried through; in a table one whose name is taken is called ``kept_NAME``.
    `signals` adds all that `misinfo mark` says, in a table as one column of JSON. `all_reasons` gives every reason
    there is, of which a table has room for `n_reasons`, and not only the largest `REASONS`. `would_change` adds what
    would take the score across 0.5, in a table its sentence.
    """

    format: ResultFormat
    keep: tuple[str, ...] = ()
    signals: bool = False
    all_reasons: bool = False
    would_change: bool = False
    n_reasons: int = REASONS

    def columns(self) -> dict[str, type]:
        """Column -> int, float or str."""
        columns: dict[str, type] = {
            "schema": int,
            "id": str,
            "probability": float,
            "low": float,
            "high": float,
            "label": str,
            "prevalence": float,
            "base": float,
            "abstained": str,
            "says": str,
        }
        for number in range(1, self.n_reasons + 1):
            columns[f"reason_{number}_measure"] = str
            columns[f"reason_{number}_value"] = float
            columns[f"reason_{number}_contribution"] = float
            columns[f"reason_{number}_says"] = str
        if self.would_change:
            columns["would_change"] = str
        columns |= {"model": str, "model_sha256": str}
        if self.signals:
            columns["signals"] = str
        for name in self.keep:
            columns[f"kept_{name}" if name in columns else name] = str
        return columns

    def row(self, answer: Answer) -> list[Cell]:
        """One answer in the order of `columns`."""
        score, abstained = answer.score, answer.abstained
        row: list[Cell] = [SCHEMA, answer.id]
        row += (
            [None] * 6
            if score is None
            else [score.probability, score.low, score.high, score.label, score.prevalence, score.base]
        )
        row += [None, None] if abstained is None else [abstained.code, abstained.says]
        row += self._reasons(score)
        if self.would_change:
            change = None if score is None else score.crossing()
            row.append(None if change is None else change.says())
        row += [answer.model["name"], answer.model["sha256"]]
        if self.signals:
            row.append(msgspec.json.encode(answer.marking.to_dict()).decode())
        kept = answer.marking.document.kept
        return row + [kept.get(name) for name in self.keep]

    def _reasons(self, score: Score | None) -> list[Cell]:
        reasons = [] if score is None else score.reasons(every=self.all_reasons)
        row: list[Cell] = []
        for reason in reasons:
            row += [reason.measure, reason.value, reason.contribution, reason.says]
        return row + [None] * (4 * (self.n_reasons - len(reasons)))


class ResultWriter(Protocol):
    """Writes answers in the order in which they come."""

    def write(self, answer: Answer) -> None:
        """Add one answer."""

    def close(self) -> None:
        """Write what is due at the end; the stream stays open."""


def result_writer(stream: BinaryIO, table: ResultTable) -> ResultWriter:
    """A writer on a binary stream, to be closed; Refusal for Parquet without pyarrow."""
    return _WRITERS[table.format](stream, table)


class _JsonLinesResults:
    def __init__(self, stream: BinaryIO, table: ResultTable) -> None:
        self._stream, self._table = stream, table
        self._encode = msgspec.json.Encoder().encode

    def write(self, answer: Answer) -> None:
        table = self._table
        found = answer.to_dict(
            signals=table.signals, all_reasons=table.all_reasons, would_change=table.would_change
        )
        if self._table.keep:
            kept = answer.marking.document.kept
            found["kept"] = {name: kept.get(name) for name in self._table.keep}
        self._stream.write(self._encode(found) + b"\n")

    def close(self) -> None:
        pass


class _CsvResults:
    def __init__(self, stream: BinaryIO, table: ResultTable) -> None:
        self._stream, self._table = stream, table
        stream.write(csv_header(table))

    def write(self, answer: Answer) -> None:
        self._stream.write(_csv_row(self._table.row(answer)))

    def close(self) -> None:
        pass


class _ParquetResults:
    def __init__(self, stream: BinaryIO, table: ResultTable) -> None:
        self._table = table
        self._file = _ParquetFile(stream, table)
        self._rows: list[list[Cell]] = []

    def write(self, answer: Answer) -> None:
        self._rows.append(self._table.row(answer))
        if len(self._rows) == self._file.row_group:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        schema = self._file.schema
        columns = zip(*self._rows, strict=True)
        arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
        self._file.write(pyarrow.Table.from_arrays(arrays, schema=schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._file.close()


_WRITERS: dict[ResultFormat, Callable[[BinaryIO, ResultTable], ResultWriter]] = {
    ResultFormat.JSONL: _JsonLinesResults,
    ResultFormat.CSV: _CsvResults,
    ResultFormat.PARQUET: _ParquetResults,
}


class _ParquetFile:
    """A Parquet file being written in row groups of the same size, so that the same rows give the same bytes."""

    def __init__(self, stream: BinaryIO, table: ResultTable) -> None:
        parquet = pyarrow_parquet("--format parquet")
        import pyarrow

        types = {int: pyarrow.int32(), float: pyarrow.float64(), str: pyarrow.string()}
        fields = [(name, types[kind]) for name, kind in table.columns().items()]
        self.schema = pyarrow.schema(fields, metadata=PARQUET_METADATA)
        self.row_group = ROW_GROUP_SIGNALS if table.signals else ROW_GROUP
        self._file = parquet.ParquetWriter(stream, self.schema, compression="zstd")

    def write(self, rows: Any) -> None:
        self._file.write_table(rows, row_group_size=self.row_group)

    def close(self) -> None:
        self._file.close()


def csv_header(table: ResultTable) -> bytes:
    """The first line of a CSV file of this shape."""
    return _csv_row(list(table.columns()))


def _csv_row(cells: Sequence[Cell]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([_inert(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode()


def _inert(text: str) -> str:
    """The text so that no spreadsheet runs it; a dash alone, the id of standard input, can't be run."""
    if len(text) < 2 or not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


@contextmanager
def written_results(stream: BinaryIO, table: ResultTable) -> Iterator[ResultWriter]:
    """A writer on a stream, whose end is written when the block ends without an error."""
    writer = result_writer(stream, table)
    yield writer
    writer.close()


def write_part(path: str | os.PathLike[str], answers: Iterable[Answer], table: ResultTable) -> None:
    """Write answers as one file, there whole or not at all: a part for `join_parts`, or a file by itself."""
    with atomic_writer(path, binary=True) as stream, written_results(stream, table) as results:
        for answer in answers:
            results.write(answer)


def join_parts(parts: Iterable[str | os.PathLike[str]], stream: BinaryIO, table: ResultTable) -> None:
    """Write the answers of several parts, unpacked files of `write_part`, as one file.

    The bytes are those of a file written in one go, whatever the parts' sizes. Refusal where a part can't be
    read or is of another shape.
    """
    if table.format is ResultFormat.PARQUET:
        _join_parquet(parts, stream, table)
        return
    header = csv_header(table) if table.format is ResultFormat.CSV else b""
    stream.write(header)
    for part in parts:
        for piece in _after(header, part):
            stream.write(piece)


def _after(header: bytes, part: str | os.PathLike[str]) -> Iterator[bytes]:
    """What stands in a part after its header, piece by piece."""
    try:
        with Path(part).open("rb") as file:
            if file.read(len(header)) != header:
                raise _other_shape(part)
            while piece := file.read(1 << 20):
                yield piece
    except READ_FAILURES as error:
        raise unreadable(os.fspath(part), error) from error


def _join_parquet(parts: Iterable[str | os.PathLike[str]], stream: BinaryIO, table: ResultTable) -> None:
    out = _ParquetFile(stream, table)
    import pyarrow
    from pyarrow import parquet

    held: list[Any] = []
    for part in parts:
        try:
            rows = parquet.read_table(os.fspath(part))
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(os.fspath(part), error) from error
        if rows.schema != out.schema:
            raise _other_shape(part)
        held.append(rows)
        while sum(len(rows) for rows in held) >= out.row_group:
            joined = pyarrow.concat_tables(held).combine_chunks()
            out.write(joined.slice(0, out.row_group).combine_chunks())
            held = [joined.slice(out.row_group)]
    rest = pyarrow.concat_tables(held).combine_chunks() if held else None
    if rest is not None and len(rest):
        out.write(rest)
    out.close()


def _other_shape(part: str | os.PathLike[str]) -> Refusal:
    return Refusal(os.fspath(part), "is a part with other columns", "start again in another folder")


def part_name(number: int, format_: ResultFormat) -> str:
    """The name of a part, counted from 0; names sort as the parts do."""
    return f"part-{number:06}.{format_}"


def write_parts(
    folder: str | os.PathLike[str], answers: Iterable[Answer], table: ResultTable, rows: int
) -> None:
    """Write answers as a folder of files of `rows` answers each, at least one; it appears whole at the end.

    Refusal where `folder` is there and not empty.
    """
    rest = iter(answers)
    with atomic_folder(folder) as place:
        for number in count():
            first = list(islice(rest, 1))
            if not first and number:
                break
            write_part(place / part_name(number, table.format), chain(first, islice(rest, rows - 1)), table)
