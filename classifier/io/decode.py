"""Bytes to text: strict, without newline translation, and never by a silent guess."""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NamedTuple, TextIO

from classifier.io.records import READ_FAILURES, Refusal

HEAD = 65_536
"""How many bytes are looked at to tell text from other content."""

SURVEYED = 64_000_000
"""How many bytes of a table are looked at to settle its encoding."""

_ENCODING_REMEDY = "say --encoding with the name of its encoding"
_NO_TEXT = "give a text, HTML, CSV or JSON Lines file"
_SAVE_AS_TEXT = "save it as plain text or HTML first"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", _SAVE_AS_TEXT),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document (DOCX, XLSX, ODT)",
        "unpack it, or save it as text or CSV",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old office document (DOC, XLS)",
        "save it as text or CSV first",
    ),
    (b"{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (b"\x1f\x8b", "gzip data", "give its name the further ending .gz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data", "unpack it first"),
    (b"\xfd7zXZ\x00", "xz data", "unpack it first"),
    (b"BZh91AY&SY", "bzip2 data", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"PAR1", "a Parquet file", "save it as CSV or JSON Lines"),
    (b"SQLite format 3\x00", "an SQLite database", "save the table as CSV or JSON Lines"),
    (b"\x89PNG", "a PNG picture", _NO_TEXT),
    (b"\xff\xd8\xff", "a JPEG picture", _NO_TEXT),
    (b"GIF87a", "a GIF picture", _NO_TEXT),
    (b"GIF89a", "a GIF picture", _NO_TEXT),
    (b"\x7fELF", "a program", _NO_TEXT),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_STRAY = re.compile("[\udc80-\udcff]")
_ASCII_OR_STRAY = re.compile("[\x00-\x7f\udc80-\udcff]+")
_PAGE_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


class Decoded(NamedTuple):
    """A whole file as text; `note` is a sentence for the user where the encoding was not certain."""

    text: str
    encoding: str
    note: str | None


class Survey(NamedTuple):
    """How to decode a stream that is read piece by piece; `clean`: every byte is known to be valid."""

    encoding: str
    note: str | None
    clean: bool


def decode(data: bytes, *, encoding: str | None, where: str, page: bool = False) -> Decoded:
    """The text of a whole file; a byte order mark stays as U+FEFF and line ends stay as they are.

    Without a named `encoding`: UTF-8, UTF-16 and UTF-32 by byte order mark or by the pattern of NULs, for
    HTML (`page`) the one its source names, else Windows-1252 with a note. Raises `Refusal` for binary
    content, for bytes the encoding does not have and for UTF-8 with damaged places.
    """
    refuse_magic(data, where)
    note = None
    if encoding is not None:
        codec = checked_encoding(encoding)
        if codec in ("utf-16", "utf-32"):  # these would swallow the mark, which offsets count
            codec = marked_encoding(data) or codec
        text = _strict(data, codec, encoding, where, "say another --encoding, or none to have it found")
    elif codec := marked_encoding(data) or "":
        text = _strict(data, codec, codec.upper(), where, f"save it as UTF-8, or {_ENCODING_REMEDY}")
    else:
        codec = "utf-8"
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            text, codec, note = _not_utf8(data, error, where, page)
    refuse_binary(text[:HEAD], where, any_nul=True)
    return Decoded(text, codec, note)


def survey(stream: BinaryIO, *, encoding: str | None, where: str) -> Survey:
    """A first pass over the first `SURVEYED` bytes of a seekable stream, which is wound back.

    By the rules of `decode`.

    UTF-8 with fewer damaged places than sound letters beyond ASCII stays UTF-8 and is not `clean`, so that
    a bad record can be rejected and the rest be read. Raises `Refusal` for binary content.
    """
    head = head_of(stream)
    refuse_magic(head, where)
    if encoding is not None:
        found = Survey(checked_encoding(encoding), None, clean=False)
    elif (codec := marked_encoding(head)) not in (None, "utf-8"):
        found = Survey(str(codec), None, clean=False)
    else:
        sound = stray = passed = 0
        # Line by line: where a gzip stream breaks off, the lines before the place still come.
        with suppress(*READ_FAILURES):  # met again, and told, where the records are read
            while passed < SURVEYED and (piece := stream.readline(1 << 20)):
                passed += len(piece)
                if not piece.isascii():
                    more_sound, more_stray = _tally(piece.decode("utf-8", "surrogateescape"))
                    sound, stray = sound + more_sound, stray + more_stray
        stream.seek(0)
        if stray > sound:
            found = Survey("cp1252", _windows_note(where), clean=False)
        else:
            found = Survey("utf-8", None, clean=stray == 0 and passed < SURVEYED)
    refuse_binary(head.decode(found.encoding, "replace"), where, any_nul=False)
    return found


def head_of(stream: BinaryIO) -> bytes:
    """The first bytes of a seekable stream, which is wound back; less where it can't be read on."""
    head = b""
    with suppress(*READ_FAILURES):  # met again, and told, where the records are read
        while len(head) < HEAD and (piece := stream.readline(HEAD)):
            head += piece
    stream.seek(0)
    return head


# Text codecs of Python that are no encodings of files: they rewrite text, or know no error handling.
_NOT_FOR_FILES = frozenset(("idna", "punycode", "undefined", "mbcs", "oem")) | frozenset(
    ("unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape")
)


def checked_encoding(name: str) -> str:
    """The codec of a name the user gave; raises `Refusal` for a name Python has no text codec for."""
    try:
        codec = io.TextIOWrapper(io.BytesIO(), encoding=name).encoding
        codec = codecs.lookup(codec).name
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec in _NOT_FOR_FILES:
        remedy = "use a name such as utf-8, utf-16 or windows-1252"
        raise Refusal("--encoding", f"{name!r} is no text encoding known here", remedy)
    return "utf-8" if codec == "utf-8-sig" else codec


_ONE_BYTE = frozenset({"ascii", "cp1252", "iso8859-1", "iso8859-15"})


def byte_counter(codec: str) -> Callable[[str], int] | None:
    """What tells how many bytes a piece decoded with surrogateescape had; None where it can't be told."""
    if codec == "utf-8":
        return lambda text: len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))
    return len if codec in _ONE_BYTE else None


@contextmanager
def decoded(stream: BinaryIO, codec: str, newline: str) -> Iterator[TextIO]:
    """The stream as text with its line ends, undecodable bytes as lone surrogates; it is left open."""
    wrapper = io.TextIOWrapper(stream, codec, "surrogateescape", newline=newline)
    try:
        yield wrapper
    finally:
        if not stream.closed:
            wrapper.detach()  # or the stream would be closed with it


def marked_encoding(data: bytes) -> str | None:
    """The encoding told by a byte order mark, or by NULs at every other byte; None where neither tells."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    head = data[: 4096 & ~1]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > max(1, len(head) / 8) and not even:
        return "utf-16-le"
    if even > max(1, len(head) / 8) and not odd:
        return "utf-16-be"
    return None


def refuse_magic(head: bytes, where: str) -> None:
    """Raise `Refusal` for a known kind of file that is no text."""
    for magic, kind, remedy in _MAGIC:
        if head.startswith(magic):
            raise Refusal(where, f"is {kind} and no text", remedy)


def refuse_binary(head: str, where: str, *, any_nul: bool) -> None:
    """Raise `Refusal` where one character in twenty is a control character, or (`any_nul`) one is NUL."""
    if any_nul and "\x00" in head:
        raise Refusal(where, "holds NUL characters and is no text", _NO_TEXT)
    if len(_CONTROL.findall(head)) > len(head) / 20:
        raise Refusal(
            where, "is full of control characters and no text", f"{_NO_TEXT}, or {_ENCODING_REMEDY}"
        )


def _strict(data: bytes, codec: str, name: str, where: str, remedy: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        what = f"the byte {data[error.start]:#04x} at place {error.start} (counted from 0) is no {name}"
        raise Refusal(where, what, remedy, "invalid_utf8") from None


def _not_utf8(data: bytes, error: UnicodeDecodeError, where: str, page: bool) -> tuple[str, str, str]:
    at = error.start
    sound, stray = _tally(data.decode("utf-8", "surrogateescape"))
    if sound > stray:  # read as Windows-1252 every sound letter would turn into two or three wrong ones
        what = f"is UTF-8 with damaged places, the first at byte {at} (counted from 0)"
        raise Refusal(where, what, f"mend it, or {_ENCODING_REMEDY}", "invalid_utf8")
    if page and (codec := _page_encoding(data)) is not None:
        text = _strict(data, codec, f"{codec}, the encoding the page names", where, _ENCODING_REMEDY)
        return (
            text,
            codec,
            f"{where} was read as {codec}, which the page names; say --encoding if that is wrong",
        )
    try:
        return data.decode("cp1252"), "cp1252", _windows_note(where)
    except UnicodeDecodeError as other:
        at = other.start
        what = f"is neither UTF-8 nor Windows-1252 (byte {data[at]:#04x} at place {at}, counted from 0)"
        raise Refusal(where, what, _ENCODING_REMEDY, "invalid_utf8") from None


def _page_encoding(data: bytes) -> str | None:
    named = _PAGE_CHARSET.search(data[:4096])
    if named is None:
        return None
    try:
        codec = checked_encoding(named[1].decode("ascii"))
    except Refusal:  # an unknown name in a page is no mistake of the user's: go on as if there were none
        return None
    # What pages call Latin-1 or ASCII is Windows-1252 (WHATWG Encoding Standard, 4.2); UTF-8 has just failed.
    return None if codec in ("iso8859-1", "ascii", "cp1252", "utf-8") else codec


def _tally(text: str) -> tuple[int, int]:
    """Letters beyond ASCII, and bytes that are no UTF-8, of a text decoded with surrogateescape."""
    if text.isascii():
        return 0, 0
    return len(_ASCII_OR_STRAY.sub("", text)), len(_STRAY.findall(text))


def _windows_note(where: str) -> str:
    return f"{where} is no UTF-8 and was read as Windows-1252; say --encoding if that is wrong"
