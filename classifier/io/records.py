"""What every reader shares: how large a record may be, which ids are taken, how a refusal is worded."""

import zlib
from typing import Any

from classifier.errors import InputError
from classifier.text.document import Reject

RECORD_LIMIT = 50_000_000
"""The largest article, table record or JSON line, in characters (in bytes where bytes are read)."""

READ_FAILURES = (OSError, EOFError, zlib.error)
"""What reading a file or a gzip stream raises where the bytes end too early or are damaged."""

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
    if isinstance(error, EOFError | zlib.error) or type(error).__name__ == "BadGzipFile":
        return "get the file again, it is cut off or damaged"
    if isinstance(error, UnicodeError):
        return "mend it, or say --encoding with the name of its encoding"
    return "check the path and the disk"


class Ids:
    """The ids of the documents of a run, over all its inputs; an id belongs to the first document with it."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, record_id: str) -> bool:
        """Take the id; False where an earlier document has it."""
        if record_id in self._taken:
            return False
        self._taken.add(record_id)
        return True


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
