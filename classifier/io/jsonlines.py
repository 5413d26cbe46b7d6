"""JSON Lines, line by line over bytes, so that a bad line costs itself alone; and JSON files of one array."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from classifier.io.columns import FIELDS, Columns, KeyLayout, choose, document_of, listed, tell_guesses
from classifier.io.decode import HEAD, checked_encoding, decoded, head_of, marked_encoding, refuse_magic
from classifier.io.records import (
    READ_FAILURES,
    RECORD_LIMIT,
    SIZE_REMEDY,
    START,
    Located,
    Place,
    Refusal,
    read_remedy,
    reason,
    unreadable,
)
from classifier.io.streams import Rewound
from classifier.text.document import Reject

LOOK_AHEAD = 100
"""How many records are looked at to choose the keys."""

ARRAY_LIMIT = 1_000_000_000
"""The largest JSON array, in bytes: it is read whole, unlike JSON Lines."""

_decoder = msgspec.json.Decoder()
_LINE_REMEDY = "write one whole JSON object on every line (NaN and unpaired surrogates are no JSON)"


class _Item(NamedTuple):
    place: Place
    data: bytes | Reject


class JsonReader:
    """Reads JSON Lines; blank lines are no records but count as lines.

    The keys are chosen from the first `LOOK_AHEAD` records. A stream that can be wound back may also hold
    one array of objects, or one object, over several lines: that is looked for if `whole`, and else only
    where the first line can hardly be anything else. `follow` says whether offsets are wanted, which hold
    for the bytes of `stream`. `layout` is there once the first record has been asked for.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        columns: Columns,
        encoding: str | None,
        whole: bool = False,
        follow: bool = False,
        notes: Callable[[str], None],
    ) -> None:
        self._stream, self._name, self._columns, self._encoding = stream, name, columns, encoding
        self._whole, self._follow, self._notes = whole, follow, notes
        self.layout: KeyLayout | None = None

    def records(self) -> Iterator[Located]:
        """All records in order.

        Refusal where none of the first objects has the text, where a key to keep is in none of them, and for
        a file that is neither lines nor one value.
        """
        items = self._items()
        first = list(islice(items, LOOK_AHEAD))
        if not first:
            reject = Reject(
                self._name, 1, 1, None, "empty_text", "the file is empty", "give a file with records"
            )
            yield Located(START, reject)
            return
        self.layout = _layout(first, self._name, self._columns, self._notes)
        yield from _documents(chain(first, items), self._name, self.layout)

    def records_from(self, layout: KeyLayout, start: Place) -> Iterator[Located]:
        """The records from one whose place has an offset."""
        self._stream.seek(start.offset or 0)
        yield from _documents(
            _lines(self._stream, self._name, "utf-8", start, follow=True), self._name, layout
        )

    def _items(self) -> Iterator[_Item]:
        codec = "utf-8" if self._encoding is None else checked_encoding(self._encoding)
        if not self._stream.seekable():
            first = self._stream.readline(RECORD_LIMIT + 1)
            if first.strip() == b"[":
                what = "begins as one JSON array and not as JSON Lines"
                raise Refusal(self._name, what, "leave --input-format out to have it read as that")
            stream = cast(BinaryIO, io.BufferedReader(Rewound(first, self._stream)))
            return _lines(stream, self._name, codec, START, follow=False)
        head = head_of(self._stream)
        refuse_magic(head, self._name)
        if self._encoding is None:
            codec = marked_encoding(head) or codec
        start = head.decode(codec, "replace").removeprefix("\ufeff").lstrip()
        line, ended, _ = start.partition("\n")
        complete = bool(ended) or len(head) < HEAD
        if self._whole and start and (start[0] == "[" or (complete and not is_json_object(line.encode()))):
            return _elements(self._stream, self._name, codec)
        if not self._whole and (line.strip() in ("[", "{") or line.startswith("[{")):
            try:
                elements = _elements(self._stream, self._name, codec)
            except Refusal:  # then the lines are what is wrong, each by itself
                self._stream.seek(0)
            else:
                self._notes(f"{self._name}: holds one JSON value and no lines of JSON, and was read as such")
                return elements
        return _lines(self._stream, self._name, codec, START, follow=self._follow)


def is_json_object(line: bytes) -> bool:
    """Whether a line is a JSON object by itself."""
    return line.lstrip().startswith(b"{") and isinstance(_parsed(_Item(START, line), ""), dict)


def _documents(items: Iterable[_Item], name: str, layout: KeyLayout) -> Iterator[Located]:
    for item in items:
        parsed = _parsed(item, name)
        found = parsed if isinstance(parsed, Reject) else document_of(parsed, item.place, name, layout)
        yield Located(item.place, found)


def _layout(first: Iterable[_Item], name: str, columns: Columns, notes: Callable[[str], None]) -> KeyLayout:
    objects = [parsed for item in first if isinstance(parsed := _parsed(item, name), dict)]
    counts = Counter(key for found in objects for key in found)
    chosen = {
        f: key for f in FIELDS if (key := choose(f, columns.wanted(f), counts, len(objects))) is not None
    }
    kept = {asked: choose("", asked, counts, len(objects)) or asked for asked in columns.keep}
    if not objects:  # every one of these lines is rejected; what follows is read by the plain names
        return KeyLayout({field: columns.wanted(field) or field for field in FIELDS}, kept)
    if "text" not in chosen:
        what = f"has no key {columns.text!r}" if columns.text else "has no key that is known to hold the text"
        raise Refusal(
            name, f"{what} (keys: {listed(counts)})", "say --text with the right one", "missing_text"
        )
    missing = {field: wanted for field in FIELDS if (wanted := columns.wanted(field)) and field not in chosen}
    chosen |= missing  # they may come later: optional keys are often left out
    absent = [("keep", key) for key in kept.values() if key not in counts]
    for option, wanted in [*missing.items(), *absent]:
        notes(f"{name}: none of the first {len(objects)} objects has the key {wanted!r}; check --{option}")
    tell_guesses(name, columns, chosen, "key", notes)
    return KeyLayout(chosen, kept)


def _parsed(item: _Item, name: str) -> dict[str, Any] | Reject:
    if isinstance(item.data, Reject):
        return item.data
    try:
        item.data.decode()
        found = _decoder.decode(item.data)
    except UnicodeDecodeError as error:
        code, message = "invalid_utf8", f"byte {error.start} of the line (counted from 0) is no UTF-8"
        remedy = "write the file as UTF-8, or say --encoding with the name of its encoding"
    except msgspec.DecodeError as error:
        code, remedy = "invalid_json", _LINE_REMEDY
        what = (
            "unpaired surrogate"
            if "surrogate" in str(error)
            else str(error).removeprefix("JSON is malformed: ")
        )
        message = f"the line is no JSON ({what[0].lower()}{what[1:]})"
    except RecursionError:
        code, message, remedy = "invalid_json", "the JSON is nested too deeply", _LINE_REMEDY
    else:
        if isinstance(found, dict):
            return found
        code, message, remedy = "not_an_object", "the line is JSON but no object", _LINE_REMEDY
    return Reject(name, item.place.record, item.place.line, None, code, message, remedy)


def _lines(stream: BinaryIO, name: str, codec: str, start: Place, *, follow: bool) -> Iterator[_Item]:
    """The lines with content from `start`; one that is too large or can't be read comes as its reject."""
    record, number, offset = start.record - 1, start.line - 1, start.offset or 0
    follow = follow and codec == "utf-8"
    more = False  # inside a line that is too large

    def item(found: bytes | tuple[str, str, str]) -> _Item:
        place = Place(record, number, begins if follow else None)
        return _Item(place, found if isinstance(found, bytes) else Reject(name, record, number, None, *found))

    try:
        for size, piece in _pieces(stream, codec):
            begins, offset = offset, offset + size
            ended = piece.endswith(b"\n")
            if more:
                more = not ended
                continue
            number += 1
            if len(piece) > RECORD_LIMIT:
                more, record = not ended, record + 1
                message = f"the line is larger than {RECORD_LIMIT:,} bytes"
                yield item(("too_large", message, SIZE_REMEDY))
            elif piece.strip():
                record += 1
                yield item(piece)
    except (*READ_FAILURES, UnicodeDecodeError) as error:
        record, number, begins = record + 1, number + 1, offset
        message = f"reading stopped at line {number} ({reason(error)})"
        yield item(("unreadable", message, read_remedy(error)))


def _pieces(stream: BinaryIO, codec: str) -> Iterator[tuple[int, bytes]]:
    """Lines as UTF-8 without byte order mark, in pieces of at most `RECORD_LIMIT` + 1 bytes or characters.

    With each comes its size in the stream, where that is UTF-8.
    """
    mark = b"\xef\xbb\xbf"
    if codec == "utf-8":
        piece = stream.readline(RECORD_LIMIT + 1)
        yield len(piece), piece.removeprefix(mark)
        while piece := stream.readline(RECORD_LIMIT + 1):
            yield len(piece), piece
        return
    with decoded(stream, codec, newline="\n") as lines:
        yield 0, lines.readline(RECORD_LIMIT + 1).removeprefix("\ufeff").encode("utf-8", "surrogateescape")
        while text := lines.readline(RECORD_LIMIT + 1):
            yield 0, text.encode("utf-8", "surrogateescape")


def _elements(stream: BinaryIO, name: str, codec: str) -> Iterator[_Item]:
    """The elements of one array, or one object, with the lines where they begin; Refusal if it is neither."""
    try:
        data = stream.read(ARRAY_LIMIT + 1)
    except READ_FAILURES as error:
        raise unreadable(name, error) from error
    if len(data) > ARRAY_LIMIT:
        raise Refusal(name, f"is one JSON value of more than {ARRAY_LIMIT:,} bytes", "save it as JSON Lines")
    if codec != "utf-8":
        data = data.decode(codec, "surrogateescape").encode("utf-8", "surrogateescape")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        if data.lstrip().startswith(b"["):
            elements = msgspec.json.decode(data, type=list[msgspec.Raw])
        else:
            elements = [msgspec.json.decode(data, type=msgspec.Raw)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"is neither one JSON array or object nor JSON Lines ({str(error).lower()})"
        raise Refusal(name, what, "mend it, or say --input-format jsonl to read it line by line") from None
    return _placed(data, elements)


def _placed(data: bytes, elements: Iterable[msgspec.Raw]) -> Iterator[_Item]:
    at, line = 0, 1
    for record, raw in enumerate(elements, 1):
        element = bytes(raw)
        begins = data.index(element, at)  # between elements there are only commas and white space
        line += data.count(b"\n", at, begins)
        yield _Item(Place(record, line), element)
        at, line = begins + len(element), line + element.count(b"\n")
