"""Which column of a table, or key of a JSON object, is the text, and which are the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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

    def wanted(self, field: str) -> str | None:
        """The name given for one of `FIELDS`."""
        name: str | None = getattr(self, field)
        return name


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
