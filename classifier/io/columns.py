"""Which column of a table, or key of a JSON object, is the text, and which are the rest."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from classifier.io.records import TEXT_REMEDY, Place, Refusal, as_text, is_blank
from classifier.text.document import Document, Reject

FIELDS = ("text", "title", "id", "label", "publisher", "date", "url")
META = ("label", "publisher", "date", "url")
KNOWN_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "article_text", "fulltext", "full_text"),
    "title": ("title", "headline"),
    "id": ("id", "article_id", "doc_id", "uid"),
    "label": ("label", "class", "target", "verdict"),
    "publisher": ("publisher", "source", "outlet", "domain", "site"),
    "date": ("date", "published", "publish_date", "published_at"),
    "url": ("url",),
}
"""Names looked for where the user names none, best first; case, spaces and hyphens do not matter."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names the user gave; None: look for one of `KNOWN_NAMES`."""

    text: str | None = None
    title: str | None = None
    id: str | None = None
    label: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    keep: tuple[str, ...] = ()  # columns to carry through to the results

    def wanted(self, field: str) -> str | None:
        """The name given for one of `FIELDS`."""
        name: str | None = getattr(self, field)
        return name

    def given(self) -> list[str]:
        """The fields for which a name was given, ``keep`` among them."""
        return [field for field in FIELDS if self.wanted(field) is not None] + ["keep"] * bool(self.keep)


@dataclass(frozen=True, slots=True)
class KeyLayout:
    """Which keys of an object are read, settled once: field -> key, and name to keep -> key."""

    keys: Mapping[str, str]
    kept: Mapping[str, str]


def document_of(found: Mapping[str, Any], place: Place, name: str, layout: KeyLayout) -> Document | Reject:
    """A record of plain values, of a JSON object or a row, as a document or the reject that it is."""
    keys = layout.keys
    values = {field: as_text(found.get(key)) for field, key in keys.items() if field != "text"}
    own_id, key = values.get("id"), keys["text"]

    def reject(code: str, message: str, remedy: str) -> Reject:
        return Reject(name, place.record, place.line, own_id, code, message, remedy)

    if key not in found:
        return reject(
            "missing_text", f"there is no key {key!r}", f"{TEXT_REMEDY}, or say --text with another key"
        )
    text = found[key]
    if text is None:
        return reject("null_text", f"the text {key!r} is null", TEXT_REMEDY)
    if not isinstance(text, str):
        return reject("text_not_string", f"the text {key!r} is no string", "write the text as one string")
    if is_blank(text):
        return reject("empty_text", f"the text {key!r} is empty or only white space", TEXT_REMEDY)
    meta = {field: value for field in META if (value := values.get(field)) is not None}
    kept = {asked: _kept(found.get(there)) for asked, there in layout.kept.items()}
    record_id = own_id or f"{name}:{place.record}"
    return Document(record_id, text, values.get("title"), markup=None, meta=meta, kept=kept)


def _kept(value: Any) -> str | None:
    """A value to carry through: a string as it is, null as None, anything else as JSON."""
    return value if value is None or isinstance(value, str) else msgspec.json.encode(value).decode()


def choose(field: str, wanted: str | None, counts: Mapping[str, int], total: int) -> str | None:
    """The name to read `field` from, None where there is none.

    `counts` says in how many of `total` objects each name occurs (a table: each once, of one). Of the known
    names the best one that half of the objects have is taken, else the commonest.
    """
    if wanted is not None:
        if wanted in counts:
            return wanted
        alike = [name for name in counts if folded(name) == folded(wanted)]
        return alike[0] if len(alike) == 1 else None
    found = [name for known in KNOWN_NAMES[field] for name in counts if folded(name) == known]
    usual = [name for name in found if 2 * counts[name] >= total]
    return usual[0] if usual else max(found, key=lambda name: counts[name], default=None)


def choose_columns(
    names: Sequence[str], where: str, columns: Columns, notes: Callable[[str], None]
) -> KeyLayout:
    """Which of the columns of a table are read.

    Refusal where two have the same name, where one that was asked for is missing, and where none is the text.
    """
    counts = Counter(names)
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        what = f"has more than one column called {listed(twice)}"
        raise Refusal(where, what, "give every column a name of its own")
    there, chosen = f"(columns: {listed(names)})", {}
    for field in FIELDS:
        wanted = columns.wanted(field)
        column = choose(field, wanted, counts, 1)
        if column is not None:
            chosen[field] = column
        elif wanted is not None:
            raise Refusal(where, f"has no column {wanted!r} {there}", f"say --{field} with one of these")
        elif field == "text":
            what = f"has no column that is known to hold the text {there}"
            raise Refusal(where, what, "say --text with the right one", "missing_text")
    kept = {}
    for wanted in columns.keep:
        column = choose("", wanted, counts, 1)
        if column is None:
            raise Refusal(where, f"has no column {wanted!r} to keep {there}", "mend --keep")
        kept[wanted] = column
    tell_guesses(where, columns, chosen, "column", notes)
    return KeyLayout(chosen, kept)


def folded(name: str) -> str:
    """A column name as it is compared."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def tell_guesses(
    where: str, columns: Columns, chosen: Mapping[str, str], what: str, notes: Callable[[str], None]
) -> None:
    """One note for each field read from a name that is neither given nor the plain one."""
    for field, name in chosen.items():
        if columns.wanted(field) is None and folded(name) != field:
            notes(f"{where}: the {what} {name!r} was taken for the {field}; say --{field} if that is wrong")


def listed(names: Iterable[str]) -> str:
    """Names for a message, the first thirty of them."""
    every = [repr(name) for name in names]
    return ", ".join(every[:30]) + (f" and {len(every) - 30} more" if len(every) > 30 else "")
