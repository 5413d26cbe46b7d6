"""JSON Lines, line by line over bytes, so that a bad line costs itself alone; and JSON files of one array."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

import msgspec

from classifier.io.columns import FIELDS, META, Columns, choose, listed, tell_guesses
from classifier.io.decode import checked_encoding, head_of, marked_encoding, refuse_magic
from classifier.io.records import (
    ID_REMEDY,
    READ_FAILURES,
    RECORD_LIMIT,
    SIZE_REMEDY,
    TEXT_REMEDY,
    Ids,
    Refusal,
    as_text,
    is_blank,
    read_remedy,
    reason,
)
from classifier.text.document import Document, Reject

LOOK_AHEAD = 100
"""How many records are looked at to choose the keys."""

ARRAY_LIMIT = 1_000_000_000
"""The largest JSON array, in bytes: it is read whole, unlike JSON Lines."""

_decoder = msgspec.json.Decoder()
_LINE_REMEDY = "write one whole JSON object on every line (NaN and unpaired surrogates are no JSON)"


class _Item(NamedTuple):
    record: int
    line: int
    data: bytes | Reject


def read_json_lines(
    stream: BinaryIO,
    *,
    name: str,
    columns: Columns,
    encoding: str | None,
    ids: Ids,
    notes: Callable[[str], None],
) -> Iterator[Document | Reject]:
    """Records of a JSON Lines stream in order; blank lines are none but count as lines.

    The keys are chosen from the first `LOOK_AHEAD` records. Raises `Refusal` where none of their objects
    has the text.
    """
    yield from _documents(_lines(stream, name, encoding), name, columns, ids, notes)


def read_json(
    stream: BinaryIO,
    *,
    name: str,
    columns: Columns,
    encoding: str | None,
    ids: Ids,
    notes: Callable[[str], None],
) -> Iterator[Document | Reject]:
    """Records of a seekable .json file: JSON Lines, one array of objects, or one object.

    Raises `Refusal` where the file is none of them.
    """
    start = next(_lines(stream, name, encoding), None)
    stream.seek(0)
    if start is None or isinstance(start.data, Reject) or isinstance(_parsed(start, name), dict):
        items = _lines(stream, name, encoding)
    else:
        items = _elements(stream, name, encoding)
    yield from _documents(items, name, columns, ids, notes)


def is_json_object(line: bytes) -> bool:
    """Whether a line is a JSON object by itself."""
    return line.lstrip().startswith(b"{") and isinstance(_parsed(_Item(1, 1, line), ""), dict)


def _documents(
    items: Iterator[_Item], name: str, columns: Columns, ids: Ids, notes: Callable[[str], None]
) -> Iterator[Document | Reject]:
    first = list(islice(items, LOOK_AHEAD))
    if not first:
        yield Reject(name, 1, 1, None, "empty_text", "the file is empty", "give a file with records")
        return
    keys = _keys(first, name, columns, notes)
    for item in chain(first, items):
        parsed = _parsed(item, name)
        yield parsed if isinstance(parsed, Reject) else _document(parsed, item, name, keys, ids)


def _keys(
    first: Iterable[_Item], name: str, columns: Columns, notes: Callable[[str], None]
) -> Mapping[str, str]:
    objects = [parsed for item in first if isinstance(parsed := _parsed(item, name), dict)]
    counts = Counter(key for found in objects for key in found)
    chosen = {
        f: key for f in FIELDS if (key := choose(f, columns.wanted(f), counts, len(objects))) is not None
    }
    if not objects:  # every one of these lines is rejected; what follows is read by the plain names
        return {field: columns.wanted(field) or field for field in FIELDS}
    if "text" not in chosen:
        what = f"has no key {columns.text!r}" if columns.text else "has no key that is known to hold the text"
        raise Refusal(
            name, f"{what} (keys: {listed(counts)})", "say --text with the right one", "missing_text"
        )
    for field in FIELDS:
        wanted = columns.wanted(field)
        if wanted is not None and field not in chosen:  # it may come later: optional keys are often left out
            notes(f"{name}: none of the first {len(objects)} objects has the key {wanted!r}; check --{field}")
            chosen[field] = wanted
    tell_guesses(name, columns, chosen, "key", notes)
    return chosen


def _document(
    found: Mapping[str, Any], item: _Item, name: str, keys: Mapping[str, str], ids: Ids
) -> Document | Reject:
    values = {field: as_text(found.get(key)) for field, key in keys.items() if field != "text"}
    own_id, key = values.get("id"), keys["text"]

    def reject(code: str, message: str, remedy: str) -> Reject:
        return Reject(name, item.record, item.line, own_id, code, message, remedy)

    if key not in found:
        return reject(
            "missing_text", f"there is no key {key!r}", f"{TEXT_REMEDY}, or say --text with another key"
        )
    text = found[key]
    if text is None:
        return reject("null_text", f"the text {key!r} is null", TEXT_REMEDY)
    if not isinstance(text, str):
        return reject(
            "text_not_string", f"the text {key!r} is no string", "write the text as one JSON string"
        )
    if is_blank(text):
        return reject("empty_text", f"the text {key!r} is empty or only white space", TEXT_REMEDY)
    record_id = own_id or f"{name}:{item.record}"
    if not ids.claim(record_id):
        own_id = record_id
        return reject(
            "duplicate_id", f"the id {record_id!r} was used by an earlier record, which stands", ID_REMEDY
        )
    meta = {field: value for field in META if (value := values.get(field)) is not None}
    return Document(record_id, text, values.get("title"), markup=None, meta=meta)


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
    return Reject(name, item.record, item.line, None, code, message, remedy)


def _lines(stream: BinaryIO, name: str, encoding: str | None) -> Iterator[_Item]:
    """The lines with content; one that is too large or can't be read comes as its reject."""
    record = number = 0
    more = False  # inside a line that is too large
    try:
        for piece in _pieces(stream, name, encoding):
            ended = piece.endswith(b"\n")
            if more:
                more = not ended
                continue
            number += 1
            if len(piece) > RECORD_LIMIT:
                more, record = not ended, record + 1
                message = f"the line is larger than {RECORD_LIMIT:,} bytes"
                yield _Item(
                    record, number, Reject(name, record, number, None, "too_large", message, SIZE_REMEDY)
                )
            elif piece.strip():
                record += 1
                yield _Item(record, number, piece)
    except (*READ_FAILURES, UnicodeDecodeError) as error:
        record, number = record + 1, number + 1
        message = f"reading stopped at line {number} ({reason(error)})"
        reject = Reject(name, record, number, None, "unreadable", message, read_remedy(error))
        yield _Item(record, number, reject)


def _pieces(stream: BinaryIO, name: str, encoding: str | None) -> Iterator[bytes]:
    """Lines as UTF-8 without byte order mark, in pieces of at most `RECORD_LIMIT` + 1 bytes or characters."""
    codec = "utf-8" if encoding is None else checked_encoding(encoding)
    if encoding is None and stream.seekable():
        head = head_of(stream)
        refuse_magic(head, name)
        codec = marked_encoding(head) or codec
    if codec == "utf-8":
        first = stream.readline(RECORD_LIMIT + 1)
        yield first.removeprefix(b"\xef\xbb\xbf")
        while piece := stream.readline(RECORD_LIMIT + 1):
            yield piece
        return
    wrapper = io.TextIOWrapper(stream, codec, "surrogateescape", newline="\n")
    try:
        yield wrapper.readline(RECORD_LIMIT + 1).removeprefix("\ufeff").encode("utf-8", "surrogateescape")
        while text := wrapper.readline(RECORD_LIMIT + 1):
            yield text.encode("utf-8", "surrogateescape")
    finally:
        wrapper.detach()  # or the stream would be closed with it


def _elements(stream: BinaryIO, name: str, encoding: str | None) -> Iterator[_Item]:
    """The elements of one array, or one object, with the lines where they begin."""
    data = stream.read(ARRAY_LIMIT + 1)
    if len(data) > ARRAY_LIMIT:
        raise Refusal(name, f"is one JSON value of more than {ARRAY_LIMIT:,} bytes", "save it as JSON Lines")
    codec = (marked_encoding(data) or "utf-8") if encoding is None else checked_encoding(encoding)
    if codec != "utf-8":
        data = data.decode(codec, "surrogateescape").encode("utf-8", "surrogateescape")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        if data.lstrip().startswith(b"["):
            elements = [bytes(raw) for raw in msgspec.json.decode(data, type=list[msgspec.Raw])]
        else:
            elements = [bytes(msgspec.json.decode(data, type=msgspec.Raw))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"is neither one JSON array or object nor JSON Lines ({str(error).lower()})"
        raise Refusal(name, what, "mend it, or say --input-format jsonl to read it line by line") from None
    at, line = 0, 1
    for record, element in enumerate(elements, 1):
        begins = data.index(element, at)  # between elements there are only commas and white space
        line += data.count(b"\n", at, begins)
        yield _Item(record, line, element)
        at, line = begins + len(element), line + element.count(b"\n")
