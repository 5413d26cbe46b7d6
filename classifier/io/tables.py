"""CSV and TSV as a stream of records with exact physical lines, in which a bad record costs itself alone."""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import BinaryIO, TextIO

from classifier.io.columns import FIELDS, META, Columns, choose, listed, tell_guesses
from classifier.io.decode import HEAD, head_of, survey
from classifier.io.records import (
    ID_REMEDY,
    READ_FAILURES,
    RECORD_LIMIT,
    SIZE_REMEDY,
    TEXT_REMEDY,
    Ids,
    Refusal,
    is_blank,
    read_remedy,
    reason,
)
from classifier.text.document import Document, Reject

SEPARATORS = ",;\t|"
_SAMPLE_RECORDS = 50
_LONE = re.compile("[\ud800-\udfff]")
_DECLARED = re.compile(r"sep=([,;|\t])\s*", re.IGNORECASE)
_HEADER_REMEDY = "give a table whose first line names the columns"


def read_table(
    stream: BinaryIO,
    *,
    name: str,
    columns: Columns,
    encoding: str | None,
    tabs: bool,
    ids: Ids,
    notes: Callable[[str], None],
) -> Iterator[Document | Reject]:
    """Records of a table on a seekable stream, in order; the header is the first line with content.

    The bytes are passed over twice: once to settle the encoding, once to read. `tabs` prefers the tab where
    several separators fit equally well. Lines end with LF, CRLF or CR. After a field that is not closed, or
    closed wrongly, reading starts again at the line after the one where its record begins. Raises `Refusal`
    where there is no usable header.
    """
    found = survey(stream, encoding=encoding, where=name)
    if found.note is not None:
        notes(found.note)
    sample = head_of(stream).decode(found.encoding, "replace")
    wrapper = io.TextIOWrapper(stream, found.encoding, "surrogateescape", newline="")
    try:
        lines = _Lines(wrapper)
        separator = lines.declared_separator() or separator_of(sample, columns, tabs)
        yield from _Table(lines, separator, name, columns, ids, notes, found.clean).records()
    finally:
        wrapper.detach()  # or the stream would be closed with it


def separator_of(sample: str, columns: Columns, tabs: bool) -> str:
    """The one of `SEPARATORS` by which the header has the text column and the first records its width."""

    def fit(separator: str) -> tuple[bool, bool, float, int]:
        rows = _sample_rows(sample, separator)
        width = len(rows[0]) if rows else 0
        same = sum(len(row) == width for row in rows) / max(1, len(rows))
        return bool(rows) and _has_text(rows[0], columns), width > 1, same, width

    order = "\t,;|" if tabs else SEPARATORS
    return max(order, key=fit)


def is_tab_table(head: str, columns: Columns) -> bool:
    """Whether a text begins with a tab-separated header with a text column and a record of the same width."""
    if "\t" not in head.partition("\n")[0]:
        return False
    rows = _sample_rows(head, "\t")[:2]
    return len(rows) == 2 and len(rows[0]) == len(rows[1]) and _has_text(rows[0], columns)


def _sample_rows(sample: str, separator: str) -> list[list[str]]:
    """The first records of a sample, broken quoting overlooked; without the last, which may be cut off."""
    lines = io.StringIO(
        sample.removeprefix("\ufeff"), newline=""
    )  # splitlines() would split at form feeds too
    csv.field_size_limit(max(csv.field_size_limit(), RECORD_LIMIT))
    rows = [row for row in islice(csv.reader(lines, delimiter=separator), _SAMPLE_RECORDS + 1) if row]
    return rows[:-1] if len(rows) > 2 and len(sample) >= HEAD // 4 else rows


def _has_text(header: Sequence[str], columns: Columns) -> bool:
    return choose("text", columns.text, dict.fromkeys(map(str.strip, header), 1), 1) is not None


class _RecordTooLarge(Exception):
    """Raised through the CSV reader to leave a record whose end is out of reach."""


class _Lines:
    """The physical lines of a table, numbered from 1, with a way back into the record being read."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead: deque[tuple[int, str | None]] = deque()  # None: a line over the limit, left out
        self._last = 0
        self.current: list[tuple[int, str | None]] = []
        self._size = 0
        self.failure: BaseException | None = None
        self.ended = False  # the end was met inside the current record

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        item = self._ahead.popleft() if self._ahead else self._read()
        if item is None:
            self.ended = True
            raise StopIteration
        self.current.append(item)
        line = item[1]
        self._size += len(line or "")
        if line is None or self._size > RECORD_LIMIT:
            raise _RecordTooLarge
        return line

    @property
    def reached(self) -> int:
        """The number of the last line read."""
        return self._last

    def begin(self) -> None:
        """Forget the lines so far: a record begins."""
        self.current = []
        self._size = 0
        self.ended = False

    def retreat(self) -> None:
        """Give the lines of the current record back, but for its first."""
        self._ahead.extendleft(reversed(self.current[1:]))
        del self.current[1:]

    def declared_separator(self) -> str | None:
        """The separator of a first line ``sep=;``, as Excel has it; any other first line is left in place."""
        self.begin()
        try:
            declared = _DECLARED.fullmatch(next(self))
        except (StopIteration, _RecordTooLarge):
            declared = None
        if declared is None:
            self._ahead.extendleft(self.current)
        self.begin()
        return None if declared is None else declared[1]

    def _read(self) -> tuple[int, str | None] | None:
        try:
            line = self._stream.readline(RECORD_LIMIT + 1)
            whole = len(line) <= RECORD_LIMIT
            rest = line
            while rest and not whole and not rest.endswith(("\n", "\r")):
                rest = self._stream.readline(RECORD_LIMIT + 1)
        except (*READ_FAILURES, UnicodeDecodeError) as error:
            self.failure = error
            return None
        if not line:
            return None
        self._last += 1
        if self._last == 1:
            line = line.removeprefix("\ufeff")
        return self._last, line if whole else None


class _Table:
    """One table being read: the header is settled first, then every record is a document or a reject."""

    def __init__(
        self,
        lines: _Lines,
        separator: str,
        name: str,
        columns: Columns,
        ids: Ids,
        notes: Callable[[str], None],
        clean: bool,
    ) -> None:
        self._lines, self._separator, self._name = lines, separator, name
        self._columns, self._ids, self._notes, self._clean = columns, ids, notes, clean
        self._record = 0

    def records(self) -> Iterator[Document | Reject]:
        lines = self._lines
        # The limit is one for the whole process; our own, checked on the lines of a record, is reached first.
        csv.field_size_limit(max(csv.field_size_limit(), RECORD_LIMIT))
        reader = csv.reader(lines, delimiter=self._separator, strict=True)
        header = self._header(reader)
        if header is None:
            yield self._no_records()
            return
        self._width = len(header)
        self._places = self._choose(header)
        while True:
            lines.begin()
            try:
                row = next(reader)
            except StopIteration:
                break
            except _RecordTooLarge:
                self._record += 1
                yield self._over_the_limit()
                continue
            except csv.Error:
                self._record += 1
                if lines.ended and lines.failure is not None and not self._goes_on_as_records():
                    yield self._reading_stopped(lines.current[0][0])
                    return
                yield self._unclosed()
                continue
            if self._is_blank_line(row):
                continue
            self._record += 1
            yield self._document(row) if len(row) == self._width else self._wrong_columns(row)
        if lines.failure is not None:
            self._record += 1
            yield self._reading_stopped(lines.reached + 1)
        elif self._record == 0:
            self._notes(f"{self._name}: there are no records below the header")

    def _header(self, reader: Iterator[list[str]]) -> list[str] | None:
        while True:
            self._lines.begin()
            try:
                row = next(reader)
            except StopIteration:
                return None
            except (csv.Error, _RecordTooLarge):
                what = (
                    f"the header in line {self._lines.current[0][0]} has a quotation mark that is not closed"
                )
                raise Refusal(self._name, what, _HEADER_REMEDY) from None
            if not self._is_blank_line(row):
                return [column.strip() for column in row]

    def _choose(self, header: Sequence[str]) -> Mapping[str, int]:
        named = [column for column in header if column]
        twice = sorted({column for column in named if named.count(column) > 1})
        if twice:
            what = f"has more than one column called {listed(twice)}"
            raise Refusal(self._name, what, "give every column a name of its own")
        there = f"(columns: {listed(named)})"
        counts, chosen = dict.fromkeys(named, 1), {}
        for field in FIELDS:
            wanted = self._columns.wanted(field)
            column = choose(field, wanted, counts, 1)
            if column is not None:
                chosen[field] = column
            elif wanted is not None:
                raise Refusal(
                    self._name, f"has no column {wanted!r} {there}", f"say --{field} with one of these"
                )
            elif field == "text":
                what = f"has no column that is known to hold the text {there}"
                raise Refusal(self._name, what, "say --text with the right one", "missing_text")
        tell_guesses(self._name, self._columns, chosen, "column", self._notes)
        return {field: header.index(column) for field, column in chosen.items()}

    def _document(self, row: Sequence[str]) -> Document | Reject:
        own_id = self._field(row, "id")
        if not self._clean and any(map(_LONE.search, row)):
            message = "the record holds bytes that its encoding does not have"
            remedy = "mend them, or say --encoding with the name of the file's encoding"
            return self._reject(
                None if own_id and _LONE.search(own_id) else own_id, "invalid_utf8", message, remedy
            )
        text = row[self._places["text"]]
        if is_blank(text):
            return self._reject(own_id, "empty_text", "the text is empty or only white space", TEXT_REMEDY)
        record_id = own_id or f"{self._name}:{self._record}"
        if not self._ids.claim(record_id):
            message = f"the id {record_id!r} was used by an earlier record, which stands"
            return self._reject(record_id, "duplicate_id", message, ID_REMEDY)
        meta = {field: value for field in META if (value := self._field(row, field)) is not None}
        return Document(record_id, text, self._field(row, "title"), markup=None, meta=meta)

    def _field(self, row: Sequence[str], field: str) -> str | None:
        place = self._places.get(field)
        value = row[place] if place is not None and place < len(row) else ""
        return None if is_blank(value) else value

    def _wrong_columns(self, row: Sequence[str]) -> Reject:
        if len(self._lines.current) > 1 and self._goes_on_as_records():
            return self._unclosed()  # a stray mark met another one behind which the line happened to end
        message = f"the record has {len(row)} fields where the header has {self._width}"
        remedy = "put quotation marks around fields that hold the separator or line breaks"
        own_id = self._field(row, "id")
        return self._reject(
            None if own_id and _LONE.search(own_id) else own_id, "wrong_columns", message, remedy
        )

    def _unclosed(self) -> Reject:
        number, line = self._lines.current[0]
        message = f"a quotation mark in the record that begins in line {number} is not closed, or not doubled"
        remedy = "close the field with a quotation mark and double the marks inside it"
        row = next(csv.reader([line or ""], delimiter=self._separator), [])
        own_id = self._field(row[:-1], "id")  # the last field may be the one that is not closed
        reject = self._reject(
            own_id if own_id and not _LONE.search(own_id) else None, "unclosed_quote", message, remedy
        )
        self._lines.retreat()
        return reject

    def _over_the_limit(self) -> Reject:
        if len(self._lines.current) > 1:
            return self._unclosed()
        message = f"the record is larger than {RECORD_LIMIT:,} characters"
        return self._reject(None, "too_large", message, SIZE_REMEDY)

    def _goes_on_as_records(self) -> bool:
        """Whether every line after the first of the current record reads as a record of the right width.

        So it is after a stray quotation mark, and hardly ever inside a field meant to have several lines.
        """
        rest = [line for _, line in self._lines.current[1:] if line is not None]
        rows = csv.reader(rest, delimiter=self._separator, strict=True)
        right = 0
        try:
            for row in rows:
                # The tail of a quoted field, read by itself, has a closing mark without an opening one.
                if len(row) != self._width or any(value.endswith('"') for value in row):
                    return False
                right += 1
        except csv.Error:  # the last one goes on behind these lines
            return right > 0
        return right > 0

    def _reading_stopped(self, line: int) -> Reject:
        failure = self._lines.failure or EOFError()
        message = f"reading stopped in line {line} ({reason(failure)})"
        return Reject(self._name, self._record, line, None, "unreadable", message, read_remedy(failure))

    def _no_records(self) -> Reject:
        failure = self._lines.failure
        if failure is not None:
            self._record = 1
            return self._reading_stopped(1)
        return Reject(self._name, 1, 1, None, "empty_text", "the file is empty", "give a file with records")

    def _is_blank_line(self, row: Sequence[str]) -> bool:
        if len(row) > 1 or len(self._lines.current) > 1:
            return False
        return not row or not (self._lines.current[0][1] or "").strip()

    def _reject(self, record_id: str | None, code: str, message: str, remedy: str) -> Reject:
        line = self._lines.current[0][0]
        return Reject(self._name, self._record, line, record_id, code, message, remedy)
