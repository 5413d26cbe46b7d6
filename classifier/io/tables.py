"""CSV and TSV as a stream of records with exact physical lines, in which a bad record costs itself alone."""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, Literal, NamedTuple, TextIO

from classifier.io.columns import META, Columns, choose, choose_columns
from classifier.io.decode import HEAD, byte_counter, decoded, head_of, survey
from classifier.io.records import (
    READ_FAILURES,
    RECORD_LIMIT,
    SIZE_REMEDY,
    START,
    TEXT_REMEDY,
    Located,
    Place,
    Refusal,
    is_blank,
    read_remedy,
    reason,
)
from classifier.text.document import Document, Reject

SEPARATORS = ",;\t|"
Quoting = Literal["doubled", "escaped", "single", "none"]
_DIALECTS: Mapping[Quoting, Mapping[str, Any]] = {
    "doubled": {},
    "escaped": {"escapechar": "\\"},
    "single": {"quotechar": "'"},
    "none": {"quoting": csv.QUOTE_NONE},
}
_FAULTS = 3  # so many broken records of the sample make another quoting worth a try
_SAMPLE_RECORDS = 50
_LONE = re.compile("[\ud800-\udfff]")
_DECLARED = re.compile(r"sep=([,;|\t])\s*", re.IGNORECASE)
_HEADER_REMEDY = "give a table whose first line names the columns"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How the records of a table are read: what its beginning settles, once.

    `clean`: every byte is known to be valid. `quoting`: in ``"`` with marks inside doubled, the same with
    marks escaped by a backslash, in ``'``, or none (tabs only). `width` is the number of columns, `places`
    field -> column, `kept` name -> column, both counted from 0.
    """

    encoding: str
    clean: bool
    separator: str
    quoting: Quoting
    width: int
    places: Mapping[str, int]
    kept: Mapping[str, int]

    def __str__(self) -> str:
        """As it is told to the user."""
        separator = "tabs" if self.separator == "\t" else f"{self.separator!r}"
        quoted = {
            "doubled": "",
            "escaped": " and quotation marks escaped by a backslash",
            "single": " and single quotation marks around fields",
            "none": " and quotation marks that mean nothing",
        }
        return f"{self.encoding.upper()} with {separator} between the columns{quoted[self.quoting]}"


class TableReader:
    """Reads a table from a seekable stream; the header is the first line with content.

    `tabs` prefers the tab where several separators fit equally well. Lines end with LF, CRLF or CR. After a
    field that is not closed, or closed wrongly, reading starts again at the line after the one where its
    record begins; so a record depends on nothing before its first line but the layout, and reading can start
    at any record whose place has an offset. `follow` says whether offsets are wanted, which hold for the
    bytes of `stream`. `layout` is there once the first record has been asked for.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        columns: Columns,
        encoding: str | None,
        tabs: bool,
        follow: bool = False,
        notes: Callable[[str], None],
    ) -> None:
        self._stream, self._name, self._columns, self._encoding = stream, name, columns, encoding
        self._tabs, self._follow, self._notes = tabs, follow, notes
        self.layout: TableLayout | None = None

    def records(self) -> Iterator[Located]:
        """All records in order; Refusal where there is no usable header.

        The first `SURVEYED` bytes are passed over twice: once to settle the encoding, once to read.
        """
        found = survey(self._stream, encoding=self._encoding, where=self._name)
        if found.note is not None:
            self._notes(found.note)
        sample = head_of(self._stream).decode(found.encoding, "replace")
        count = byte_counter(found.encoding) if self._follow else None
        with decoded(self._stream, found.encoding, newline="") as text:
            lines = _Lines(text, count, START)
            separator = lines.declared_separator() or separator_of(sample, self._columns, self._tabs)
            quoting = quoting_of(sample, separator)
            header = _header(lines, separator, quoting, self._name)
            if header is None:
                yield _no_records(lines, self._name)
                return
            chosen = choose_columns([name for name in header if name], self._name, self._columns, self._notes)
            places = {field: header.index(column) for field, column in chosen.keys.items()}
            kept = {name: header.index(column) for name, column in chosen.kept.items()}
            layout = TableLayout(found.encoding, found.clean, separator, quoting, len(header), places, kept)
            self.layout = layout
            table = _Table(lines, layout, self._name, 0)
            yield from table.records()
            if table.record == 0:
                self._notes(f"{self._name}: there are no records below the header")

    def records_from(self, layout: TableLayout, start: Place) -> Iterator[Located]:
        """The records from one whose place has an offset."""
        self._stream.seek(start.offset or 0)
        with decoded(self._stream, layout.encoding, newline="") as text:
            lines = _Lines(text, byte_counter(layout.encoding), start)
            yield from _Table(lines, layout, self._name, start.record - 1).records()


def separator_of(sample: str, columns: Columns, tabs: bool) -> str:
    """The one of `SEPARATORS` by which the header has the text column and the first records its width."""

    def fit(separator: str) -> tuple[bool, bool, float, int]:
        rows = _sample_rows(sample, separator)
        width = len(rows[0]) if rows else 0
        same = sum(len(row) == width for row in rows) / max(1, len(rows))
        return bool(rows) and _has_text(rows[0], columns), width > 1, same, width

    order = "\t,;|" if tabs else SEPARATORS
    return max(order, key=fit)


def quoting_of(sample: str, separator: str) -> Quoting:
    """How fields are quoted, by which way of reading the fewest of the first records are broken.

    Another way than the usual one is taken only where that leaves next to nothing of many faults, for else a
    few broken records would change how all are read. Without quoting there are hardly any broken records, so
    that is considered for tabs alone, and where no field is quoted as a whole.
    """

    def faults(quoting: Quoting) -> int:
        lines = _Lines(io.StringIO(sample, newline=""), None, START)
        lines.declared_separator()
        try:
            header = _header(lines, separator, quoting, "")
        except Refusal:
            return _SAMPLE_RECORDS
        if header is None:
            return 0
        layout = TableLayout("utf-8", True, separator, quoting, len(header), {"text": 0}, {})
        records = islice(_Table(lines, layout, "", 0).records(), _SAMPLE_RECORDS)
        codes = [found.code for _, found in records if isinstance(found, Reject)]
        return sum(code in ("unclosed_quote", "wrong_columns") for code in codes)

    usual = faults("doubled")
    if usual < _FAULTS:
        return "doubled"

    def has_fields_in(mark: str) -> bool:
        edge = re.escape(separator)
        return re.search(rf"(^|{edge}){mark}[^\n]*?{mark}({edge}|$)", sample, re.MULTILINE) is not None

    others: list[Quoting] = []
    if '\\"' in sample:
        others.append("escaped")
    if has_fields_in("'"):
        others.append("single")
    if separator == "\t" and not has_fields_in('"'):
        others.append("none")
    best: Quoting = min(others, key=faults, default="doubled")
    return best if 4 * faults(best) < usual else "doubled"


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


class _Line(NamedTuple):
    number: int
    offset: int | None
    text: str | None  # None: a line over the limit, left out


class _Lines:
    """The physical lines of a table, numbered from 1, with a way back into the record being read.

    `count` tells the bytes of a piece of text, None where offsets are not followed.
    """

    def __init__(self, stream: TextIO, count: Callable[[str], int] | None, start: Place) -> None:
        self._stream, self._count = stream, count
        self._ahead: deque[_Line] = deque()
        self._last = start.line - 1
        self._offset = start.offset or 0
        self.current: list[_Line] = []
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
        line = item.text
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

    def is_blank(self, row: Sequence[str]) -> bool:
        """Whether the current record, read as `row`, is a line without content."""
        if len(row) > 1 or len(self.current) > 1:
            return False
        return not row or not (self.current[0].text or "").strip()

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

    def _read(self) -> _Line | None:
        offset = None if self._count is None else self._offset
        try:
            line = rest = self._stream.readline(RECORD_LIMIT + 1)
            whole = len(line) <= RECORD_LIMIT
            if self._count is not None:
                self._offset += self._count(rest)
            while rest and not whole and not rest.endswith(("\n", "\r")):
                rest = self._stream.readline(RECORD_LIMIT + 1)
                if self._count is not None:
                    self._offset += self._count(rest)
        except (*READ_FAILURES, UnicodeDecodeError) as error:
            self.failure = error
            return None
        if not line:
            return None
        self._last += 1
        if self._last == 1:
            line = line.removeprefix("\ufeff")
        return _Line(self._last, offset, line if whole else None)


def _header(lines: _Lines, separator: str, quoting: Quoting, name: str) -> list[str] | None:
    # The limit is one for the whole process; our own, checked on the lines of a record, is reached first.
    csv.field_size_limit(max(csv.field_size_limit(), RECORD_LIMIT))
    reader = csv.reader(lines, delimiter=separator, strict=True, **_DIALECTS[quoting])
    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return None
        except (csv.Error, _RecordTooLarge):
            what = f"the header in line {lines.current[0].number} has a quotation mark that is not closed"
            raise Refusal(name, what, _HEADER_REMEDY) from None
        if not lines.is_blank(row):
            return [column.strip() for column in row]


def _no_records(lines: _Lines, name: str) -> Located:
    if lines.failure is not None:
        return Located(START, _reading_stopped(lines.failure, name, 1, 1))
    reject = Reject(name, 1, 1, None, "empty_text", "the file is empty", "give a file with records")
    return Located(START, reject)


def _reading_stopped(failure: BaseException, name: str, record: int, line: int) -> Reject:
    message = f"reading stopped in line {line} ({reason(failure)})"
    return Reject(name, record, line, None, "unreadable", message, read_remedy(failure))


class _Table:
    """Records of a table after its header: every one is a document or a reject; `record` counts them."""

    def __init__(self, lines: _Lines, layout: TableLayout, name: str, record: int) -> None:
        self._lines, self._name, self.record = lines, name, record
        self._width, self._clean = layout.width, layout.clean
        self._dialect: Mapping[str, Any] = {"delimiter": layout.separator, **_DIALECTS[layout.quoting]}
        self._mark = self._dialect.get("quotechar", '"')
        self._places, self._kept = layout.places, layout.kept

    def records(self) -> Iterator[Located]:
        lines = self._lines
        csv.field_size_limit(max(csv.field_size_limit(), RECORD_LIMIT))
        reader = csv.reader(lines, strict=True, **self._dialect)
        while True:
            lines.begin()
            try:
                row = next(reader)
            except StopIteration:
                break
            except _RecordTooLarge:
                self.record += 1
                yield self._located(self._over_the_limit())
                continue
            except csv.Error:
                self.record += 1
                if lines.ended and lines.failure is not None and not self._goes_on_as_records():
                    line = lines.current[0].number
                    yield self._located(_reading_stopped(lines.failure, self._name, self.record, line))
                    return
                yield self._located(self._unclosed())
                continue
            if lines.is_blank(row):
                continue
            self.record += 1
            yield self._located(self._document(row) if len(row) == self._width else self._wrong_columns(row))
        if lines.failure is not None:
            self.record += 1
            line = lines.reached + 1
            yield Located(
                Place(self.record, line), _reading_stopped(lines.failure, self._name, self.record, line)
            )

    def _located(self, found: Document | Reject) -> Located:
        first = self._lines.current[0]
        return Located(Place(self.record, first.number, first.offset), found)

    def _document(self, row: Sequence[str]) -> Document | Reject:
        own_id = self._field(row, "id")
        if not self._clean and any(not value.isascii() and _LONE.search(value) for value in row):
            message = "the record holds bytes that its encoding does not have"
            remedy = "mend them, or say --encoding with the name of the file's encoding"
            return self._reject(
                None if own_id and _LONE.search(own_id) else own_id, "invalid_utf8", message, remedy
            )
        text = row[self._places["text"]]
        if is_blank(text):
            return self._reject(own_id, "empty_text", "the text is empty or only white space", TEXT_REMEDY)
        record_id = own_id or f"{self._name}:{self.record}"
        meta = {field: value for field in META if (value := self._field(row, field)) is not None}
        kept = {name: row[place] or None for name, place in self._kept.items()}
        return Document(record_id, text, self._field(row, "title"), markup=None, meta=meta, kept=kept)

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
        number, _, line = self._lines.current[0]
        message = f"a quotation mark in the record that begins in line {number} is not closed, or not doubled"
        remedy = "close the field with a quotation mark and double the marks inside it"
        row = next(csv.reader([line or ""], **self._dialect), [])
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
        rest = [line.text for line in self._lines.current[1:] if line.text is not None]
        rows = csv.reader(rest, strict=True, **self._dialect)
        right = 0
        try:
            for row in rows:
                # The tail of a quoted field, read by itself, has a closing mark without an opening one.
                if len(row) != self._width or any(value.endswith(self._mark) for value in row):
                    return False
                right += 1
        except csv.Error:  # the last one goes on behind these lines
            return right > 0
        return right > 0

    def _reject(self, record_id: str | None, code: str, message: str, remedy: str) -> Reject:
        line = self._lines.current[0].number
        return Reject(self._name, self.record, line, record_id, code, message, remedy)
