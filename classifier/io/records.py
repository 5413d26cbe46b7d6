"""What every reader shares: where a record stands, how large it may be, which ids are taken, refusals."""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from classifier.errors import InputError
from classifier.text.document import Document, Reject

RECORD_LIMIT = 64_000_000
"""The largest article, table record or JSON line, in characters (in bytes where bytes are read).

A field of 50 MB fits, with what stands beside it.
"""

READ_FAILURES = (OSError, EOFError, zlib.error)
"""What reading a file or a packed stream raises where the bytes end too early or are damaged."""

DUPLICATE = "duplicate_id"
ID_REMEDY = "give every record an id of its own, or leave the id column out to have the records numbered"
TEXT_REMEDY = "give the record a text or take it out"
SIZE_REMEDY = "split it into single articles"


class Refusal(InputError):
    """An input as a whole is refused.

    `where` is the input as the user named it, `what` is wrong with it, `remedy` is what to do; together
    they are the one sentence shown. `code` is the reject code where the run goes on without this input.
    """

    def __init__(self, where: str, what: str, remedy: str, code: str = "unreadable") -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy, self.code = where, what, remedy, code

    def __reduce__(self) -> tuple[type["Refusal"], tuple[str, str, str, str]]:
        # The default would pass the finished sentence alone, and fail on the way back from a worker.
        return Refusal, (self.where, self.what, self.remedy, self.code)

    def reject(self, record_id: str | None = None) -> Reject:
        """The same as one rejected record that stands for the whole input."""
        return Reject(self.where, 1, 1, record_id, self.code, self.what, self.remedy)


def unreadable(where: str, error: BaseException) -> Refusal:
    """The refusal for one of `READ_FAILURES`."""
    return Refusal(where, f"can't be read ({reason(error)})", read_remedy(error))


def reason(error: BaseException) -> str:
    """Why reading or writing failed, in the words of the system, without number and path."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(words).strip().rstrip(".").lower()


def read_remedy(error: BaseException) -> str:
    """What to do about one of `READ_FAILURES`."""
    if isinstance(error, PermissionError):
        return "give yourself permission to read it"
    if isinstance(error, EOFError | zlib.error | DamagedDataError) or type(error).__name__ == "BadGzipFile":
        return "get the file again, it is cut off or damaged"
    if isinstance(error, UnicodeError):
        return "mend it, or say --encoding with the name of its encoding"
    return "check the path and the disk"


class DamagedDataError(OSError):
    """Packed data that can't be unpacked, from a library with an error class of its own."""


class Place(NamedTuple):
    """Where a record begins in its input.

    `record` and `line` count from 1; where there are no lines, as in Parquet, both are the record. `offset`
    is what reading can start from without what stands before: bytes into the file, for Parquet rows; None
    where there is no such way.
    """

    record: int
    line: int
    offset: int | None = None


START = Place(1, 1, 0)


class Located(NamedTuple):
    """What became of a record, and where it stands."""

    place: Place
    found: Document | Reject


class Ids:
    """The ids of the documents of a run, over all its inputs; an id belongs to the first document with it.

    Kept as 64-bit hashes on many sorted shelves, each growing a little at a time: 10 bytes an id, where a set
    of strings takes 120, and no leap in the midst of a long run, as one large table would make where it
    doubles. Two of a million different ids are taken for one with a probability of 3 in 100 million.
    """

    def __init__(self) -> None:
        self._shelves = [array("Q") for _ in range(1 << _SHELF_BITS)]

    def claim(self, record_id: str) -> bool:
        """Take the id; False where an earlier document has it."""
        digest = blake2b(record_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        key = int.from_bytes(digest, "little")
        shelf = self._shelves[key >> (64 - _SHELF_BITS)]
        place = bisect_left(shelf, key)
        if place < len(shelf) and shelf[place] == key:
            return False
        shelf.insert(place, key)
        return True


_SHELF_BITS = 10  # at a million ids a shelf has a thousand


def duplicates_rejected(
    records: Iterable[Located], name: str, is_taken: Callable[[Place, str], bool]
) -> Iterator[Located]:
    """The records of an input, a document whose id is taken turned into its reject.

    `is_taken` is asked for each document, in order, with its place and its id.
    """
    for located in records:
        place, found = located
        if isinstance(found, Document) and is_taken(place, found.id):
            message = f"the id {found.id!r} was used by an earlier record, which stands"
            reject = Reject(name, place.record, place.line, found.id, DUPLICATE, message, ID_REMEDY)
            yield Located(place, reject)
        else:
            yield located


def is_blank(text: str) -> bool:
    """Empty, or white space and byte order marks alone."""
    return not text.strip().strip("\ufeff").strip()


def as_text(value: Any) -> str | None:
    """A JSON number or truth value as the string it stands for; None for null, blank, lists and objects."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return None if is_blank(value) else value
    return str(value) if isinstance(value, int | float) else None
