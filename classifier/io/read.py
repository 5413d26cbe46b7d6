"""Everything the user named as one stream of documents and rejects, in order."""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Literal, NamedTuple, cast

from classifier.io.columns import Columns
from classifier.io.decode import HEAD, checked_encoding, decode, head_of, marked_encoding
from classifier.io.jsonlines import is_json_object, read_json, read_json_lines
from classifier.io.records import (
    ID_REMEDY,
    READ_FAILURES,
    RECORD_LIMIT,
    SIZE_REMEDY,
    Ids,
    Refusal,
    is_blank,
    unreadable,
)
from classifier.io.sources import Kind, Rewound, Source, find_sources, opened
from classifier.io.tables import is_tab_table, read_table
from classifier.text.document import Document, Reject

FIND_COLUMNS = Columns()


def _say_nothing(note: str) -> None:
    """The default for `notes`."""


def read(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    columns: Columns = FIND_COLUMNS,
    encoding: str | None = None,
    input_format: str = "auto",
    notes: Callable[[str], None] = _say_nothing,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Reject]:
    """Every record of `inputs`, each exactly once, as a document or as the reject that says why it is none.

    `inputs` are files, folders of articles and ``-`` for standard input (`stdin`, by default the process's
    own). `input_format` is auto, text, html, csv, tsv or jsonl. `notes` is given sentences about what was
    not certain: an encoding, a column. Tables and JSON Lines are streamed, articles are read one at a time;
    of each record the id is kept, for no id is used twice.

    Raises `InputError` at once for a wrong call, and where there is one input only and it can't be used as
    a whole; with several, such an input becomes one reject.
    """
    records = read_placed(
        inputs, columns=columns, encoding=encoding, input_format=input_format, notes=notes, stdin=stdin
    )
    return (record.found for record in records)


class Record(NamedTuple):
    """What became of a record, and where it stands: in which file, which record and physical line, from 1."""

    file: str
    record: int
    line: int
    found: Document | Reject


def read_placed(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    columns: Columns = FIND_COLUMNS,
    encoding: str | None = None,
    input_format: str = "auto",
    notes: Callable[[str], None] = _say_nothing,
    stdin: BinaryIO | None = None,
) -> Iterator[Record]:
    """The records of `read`, each with its place."""
    if encoding is not None:
        checked_encoding(encoding)
    sources = find_sources(inputs, input_format, notes)
    standard_input = sys.stdin.buffer if stdin is None and sys.stdin is not None else stdin
    return _read_all(sources, columns, encoding, notes, standard_input)


def _read_all(
    sources: Sequence[Source | Refusal],
    columns: Columns,
    encoding: str | None,
    notes: Callable[[str], None],
    stdin: BinaryIO | None,
) -> Iterator[Record]:
    ids = Ids()
    for source in sources:
        if isinstance(source, Refusal):
            yield Record(source.where, 1, 1, source.reject())
            continue
        try:
            with opened(source, stdin) as stream:
                for number, found in enumerate(_read_one(source, stream, columns, encoding, ids, notes), 1):
                    line = found.line if isinstance(found, Reject) else number
                    yield Record(source.name, number, line, found)
        except Refusal as refusal:
            if len(sources) == 1:
                raise
            reject = refusal.reject(source.id if source.kind in ("text", "html") else None)
            yield Record(source.name, 1, 1, reject)


def _read_one(
    source: Source,
    stream: BinaryIO,
    columns: Columns,
    encoding: str | None,
    ids: Ids,
    notes: Callable[[str], None],
) -> Iterator[Document | Reject]:
    kind: Kind | Literal["auto"] = source.kind
    if kind == "auto":
        kind, stream = _recognised(stream)
    if kind == "jsonl":
        yield from read_json_lines(
            stream, name=source.name, columns=columns, encoding=encoding, ids=ids, notes=notes
        )
        return
    with tempfile.SpooledTemporaryFile(max_size=RECORD_LIMIT) as spool:
        if not stream.seekable():  # a pipe: the rest looks at the beginning twice
            try:
                shutil.copyfileobj(stream, spool)
            except READ_FAILURES as error:
                raise unreadable(source.name, error) from error
            spool.seek(0)
            stream = cast(BinaryIO, spool)
        if kind == "json":
            yield from read_json(
                stream, name=source.name, columns=columns, encoding=encoding, ids=ids, notes=notes
            )
            return
        if kind == "text" and not source.given and _is_table(stream, columns, encoding):
            remedy = "say --input-format text if it is an article"
            notes(f"{source.name}: was recognised as a table with tabs between its columns; {remedy}")
            kind = "tsv"
        if kind in ("csv", "tsv"):
            tabs = kind == "tsv"
            yield from read_table(
                stream, name=source.name, columns=columns, encoding=encoding, tabs=tabs, ids=ids, notes=notes
            )
        else:
            yield _article(source, stream, kind == "html", encoding, ids, notes)


def _article(
    source: Source,
    stream: BinaryIO,
    page: bool,
    encoding: str | None,
    ids: Ids,
    notes: Callable[[str], None],
) -> Document | Reject:
    def reject(code: str, message: str, remedy: str) -> Reject:
        return Reject(source.name, 1, 1, source.id, code, message, remedy)

    try:
        data = stream.read(RECORD_LIMIT + 1)
    except READ_FAILURES as error:
        raise unreadable(source.name, error) from error
    if len(data) > RECORD_LIMIT:
        return reject("too_large", f"the article is larger than {RECORD_LIMIT:,} bytes", SIZE_REMEDY)
    text, _, note = decode(data, encoding=encoding, where=source.name, page=page)
    if is_blank(text):
        return reject("empty_text", "the file is empty or only white space", "give a file with a text")
    if note is not None:
        notes(note)
    if not ids.claim(source.id):
        return reject(
            "duplicate_id", f"the id {source.id!r} was used by an earlier record, which stands", ID_REMEDY
        )
    return Document(source.id, text, markup=True if page else None)


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
    return kind, cast(BinaryIO, io.BufferedReader(Rewound(head, stream)))
