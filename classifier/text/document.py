"""What the outside gives us: a document, or the reason why a record is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_META: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Document:
    """One article as the user gave it.

    `raw` is never changed: every offset we print counts its code points. `title` is set only where the
    input has it in a place of its own (a table column); a headline inside `raw` is found by the text layer.
    `markup` says whether `raw` is HTML source (None: look and decide). `meta` holds what scoring never
    reads: label, publisher, date. `kept` holds the columns that the user asked to carry through to the
    results, by their names; None where the record has no value.
    """

    id: str
    raw: str
    title: str | None = None
    markup: bool | None = None
    meta: Mapping[str, str] = field(default_factory=lambda: NO_META)
    kept: Mapping[str, str | None] = field(default_factory=lambda: NO_META)

    def __reduce__(self) -> tuple[type["Document"], tuple[object, ...]]:
        # The read-only mappings can't go to another process as they are.
        return Document, (self.id, self.raw, self.title, self.markup, dict(self.meta), dict(self.kept))


@dataclass(frozen=True, slots=True)
class Reject:
    """One input record that could not be used, with the reason; the shape of a line in the rejects file.

    `record` counts records of `file` from 1; `line` is the physical line where the record begins, from 1.
    `code` is one of `REJECT_CODES`.
    """

    file: str
    record: int
    line: int
    id: str | None
    code: str
    message: str
    remedy: str


REJECT_CODES = frozenset(
    {
        "invalid_json",
        "not_an_object",
        "missing_text",
        "null_text",
        "empty_text",
        "text_not_string",
        "duplicate_id",
        "invalid_utf8",
        "wrong_columns",
        "unclosed_quote",
        "too_large",
        "unreadable",
        "worker_lost",
    }
)
