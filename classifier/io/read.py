"""Everything the user named as one stream of documents and rejects, in order."""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import BinaryIO, NamedTuple, Protocol, TypeAlias, cast

from classifier.io.columns import Columns, KeyLayout
from classifier.io.decode import HEAD, checked_encoding, decode, head_of, marked_encoding
from classifier.io.jsonlines import JsonReader, is_json_object
from classifier.io.parquet import ParquetReader
from classifier.io.records import (
    READ_FAILURES,
    RECORD_LIMIT,
    SIZE_REMEDY,
    START,
    Ids,
    Located,
    Refusal,
    duplicates_rejected,
    is_blank,
    unreadable,
)
from classifier.io.sources import Kind, Source, find_sources, opened
from classifier.io.streams import Rewound
from classifier.io.tables import TableLayout, TableReader, is_tab_table
from classifier.text.document import Document, Reject

FIND_COLUMNS = Columns()
Layout: TypeAlias = TableLayout | KeyLayout


class Reader(Protocol):
    """Reads one input; `layout` is what its beginning settled, None before and where there is no such thing."""

    @property
    def layout(self) -> Layout | None:
        """How the records are read."""

    def records(self) -> Iterator[Located]:
        """All records in order."""


class Read(NamedTuple):
    """A record, the input it is of, and the reader of that; a refused input has no reader."""

    source: Source | Refusal
    reader: Reader | None
    located: Located


def say_nothing(note: str) -> None:
    """The default for `notes`."""


def read(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    columns: Columns = FIND_COLUMNS,
    encoding: str | None = None,
    input_format: str = "auto",
    notes: Callable[[str], None] = say_nothing,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Reject]:
    """Every record of `inputs`, each exactly once, as a document or as the reject that says why it is none.

    `inputs` are files, patterns such as ``news/*.csv.gz``, folders of articles and ``-`` for standard input
    (`stdin`, by default the process's own); files ending in .gz or .zst are unpacked. `input_format` is auto,
    text, html, csv, tsv, jsonl or parquet. `notes` is given sentences about what was not certain: an
    encoding, a column. Tables, JSON Lines and Parquet are streamed, articles are read one at a time; of each
    record a hash of the id is kept, for no id is used twice.

    Raises `InputError` at once for a wrong call, and where there is one input only and it can't be used as
    a whole; with several, such an input becomes one reject.
    """
    records = read_located(
        inputs, columns=columns, encoding=encoding, input_format=input_format, notes=notes, stdin=stdin
    )
    return (record.located.found for record in records)


def read_located(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    columns: Columns = FIND_COLUMNS,
    encoding: str | None = None,
    input_format: str = "auto",
    notes: Callable[[str], None] = say_nothing,
    stdin: BinaryIO | None = None,
) -> Iterator[Read]:
    """The same as `read`, each record with its place."""
    if encoding is not None:
        checked_encoding(encoding)
    sources = find_sources(inputs, input_format, notes)
    start = list(islice(sources, 2))
    only = len(start) == 1
    if only and isinstance(start[0], Refusal):
        raise start[0]
    standard_input = sys.stdin.buffer if stdin is None and sys.stdin is not None else stdin
    return _read_all(chain(start, sources), only, columns, encoding, notes, standard_input)


def _read_all(
    sources: Iterator[Source | Refusal],
    only: bool,
    columns: Columns,
    encoding: str | None,
    notes: Callable[[str], None],
    stdin: BinaryIO | None,
) -> Iterator[Read]:
    ids = Ids()
    told: set[str] = set()

    def tell_layout(name: str, layout: TableLayout) -> None:
        if str(layout) not in told:  # of a thousand files alike one is enough
            told.add(str(layout))
            notes(f"{name}: was read as {layout}")

    named = [f"--{field}" for field in columns.given()]
    for source in sources:
        if isinstance(source, Refusal):
            yield Read(source, None, Located(START, source.reject()))
            continue
        try:
            with opened_reader(source, columns, encoding, notes, stdin) as reader:
                if named and isinstance(reader, ArticleReader):
                    notes(
                        f"{source.name}: is an article without columns; {', '.join(named)} say nothing of it"
                    )
                    named = []  # said once
                records = duplicates_rejected(
                    reader.records(), source.name, lambda _, record_id: not ids.claim(record_id)
                )
                for located in records:
                    if located.place.record == 1 and isinstance(reader.layout, TableLayout):
                        tell_layout(source.name, reader.layout)
                    yield Read(source, reader, located)
        except Refusal as refusal:
            if only:
                raise
            yield Read(source, None, Located(START, refused(source, refusal)))


def refused(source: Source, refusal: Refusal) -> Reject:
    """The reject that stands for a source as a whole."""
    return refusal.reject(source.id if source.kind in ("text", "html") else None)


@contextmanager
def opened_reader(
    source: Source,
    columns: Columns,
    encoding: str | None,
    notes: Callable[[str], None],
    stdin: BinaryIO | None,
) -> Iterator[Reader]:
    """The reader of a source; Refusal where it can't be opened."""
    with opened(source, stdin) as stream, tempfile.SpooledTemporaryFile(max_size=RECORD_LIMIT) as spool:
        plain = source.path is not None and source.packing is None and stream.seekable()
        kind = source.kind
        if kind == "auto":
            kind, stream = _recognised(stream)
        name = source.name
        # A pipe, whose beginning all but JSON Lines look at twice; Parquet is read from its end.
        if kind != "jsonl" and not (stream.seekable() and (kind != "parquet" or plain)):
            try:
                shutil.copyfileobj(stream, spool)
            except READ_FAILURES as error:
                raise unreadable(name, error) from error
            spool.seek(0)
            stream = cast(BinaryIO, spool)
        if kind == "text" and not source.given and _is_table(stream, columns, encoding):
            remedy = "say --input-format text if it is an article"
            notes(f"{name}: was recognised as a table with tabs between its columns; {remedy}")
            kind = "tsv"
        if kind in ("jsonl", "json"):
            whole = kind == "json"
            yield JsonReader(
                stream, name=name, columns=columns, encoding=encoding, whole=whole, follow=plain, notes=notes
            )
        elif kind == "parquet":
            yield ParquetReader(stream, name=name, columns=columns, notes=notes)
        elif kind in ("csv", "tsv"):
            tabs = kind == "tsv"
            yield TableReader(
                stream, name=name, columns=columns, encoding=encoding, tabs=tabs, follow=plain, notes=notes
            )
        else:
            yield ArticleReader(source, stream, kind == "html", columns, encoding, notes)


class ArticleReader:
    """Reads a file that is one article."""

    layout = None

    def __init__(
        self,
        source: Source,
        stream: BinaryIO,
        page: bool,
        columns: Columns,
        encoding: str | None,
        notes: Callable[[str], None],
    ) -> None:
        self._source, self._stream, self._page = source, stream, page
        self._columns, self._encoding, self._notes = columns, encoding, notes

    def records(self) -> Iterator[Located]:
        """The one record; Refusal where the file is no text or can't be read."""
        yield Located(START, self._article())

    def _article(self) -> Document | Reject:
        name, own_id = self._source.name, self._source.id
        try:
            data = self._stream.read(RECORD_LIMIT + 1)
        except READ_FAILURES as error:
            raise unreadable(name, error) from error
        if len(data) > RECORD_LIMIT:
            message = f"the article is larger than {RECORD_LIMIT:,} bytes"
            return Reject(name, 1, 1, own_id, "too_large", message, SIZE_REMEDY)
        text, _, note = decode(data, encoding=self._encoding, where=name, page=self._page)
        if is_blank(text):
            message, remedy = "the file is empty or only white space", "give a file with a text"
            return Reject(name, 1, 1, own_id, "empty_text", message, remedy)
        if note is not None:
            self._notes(note)
        markup = True if self._page else None
        return Document(own_id, text, markup=markup, kept=dict.fromkeys(self._columns.keep))


def _is_table(stream: BinaryIO, columns: Columns, encoding: str | None) -> bool:
    """Whether a .txt file is what Excel saves as "Unicode Text"."""
    head = head_of(stream)
    codec = encoding or marked_encoding(head) or "utf-8"
    return is_tab_table(head.decode(codec, "replace").removeprefix("\ufeff"), columns)


def _recognised(stream: BinaryIO) -> tuple[Kind, BinaryIO]:
    """The kind of standard input by its first line with content, and the stream from its beginning."""
    head = line = b""
    while not line.strip() and (line := stream.readline(RECORD_LIMIT)):
        head += line
        if len(head) > HEAD and not line.strip():
            break
    kind: Kind = "text"
    start = line.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        kind = "html"
    elif is_json_object(start):
        kind = "jsonl"
    elif start.strip() in (b"[", b"{") or start.startswith(b"[{"):
        kind = "json"
    elif head.startswith(b"PAR1"):
        kind = "parquet"
    if stream.seekable():
        stream.seek(-len(head), os.SEEK_CUR)
        return kind, stream
    return kind, cast(BinaryIO, io.BufferedReader(Rewound(head, stream)))
