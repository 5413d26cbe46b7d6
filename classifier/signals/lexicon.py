"""Lexicon files: one word list per family, read, checked and numbered.

A file is tab-separated with the columns ``cue  kind  unless  why``. Lines beginning with ``#`` are comments; the
first one names the licence. `cue` may list inflected forms with ``|``; a form is one or more words, and a space in
it also matches a hyphen or a line end. `unless` names conditions of the family's code (comma-separated)
that say when the word is no cue. Entries are sorted by cue, so that a duplicate is seen.
"""

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from classifier.errors import FamilyError
from classifier.text.fold import fold
from classifier.text.words import words

COLUMNS = ("cue", "kind", "unless", "why")


class Entry(NamedTuple):
    """One line of a lexicon: its forms share kind and conditions."""

    cue: str  # the first form
    forms: tuple[str, ...]
    kind: str
    unless: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of one family and the hash of the file they came from."""

    entries: tuple[Entry, ...]
    sha256: str

    def kinds(self) -> frozenset[str]:
        """Kinds used by the entries."""
        return frozenset(entry.kind for entry in self.entries)


def read_lexicon(package: str, name: str = "cues.tsv") -> Lexicon:
    """Read the word list that lies in `package`; FamilyError names file, line and fault."""
    data = resources.files(package).joinpath(name).read_bytes()
    return parse_lexicon(data.decode("utf-8"), f"{package}/{name}", hashlib.sha256(data).hexdigest())


def parse_lexicon(text: str, where: str, sha256: str = "") -> Lexicon:
    """Entries of a lexicon file's text, in file order; FamilyError names line and fault."""
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    header = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if not header:
            if tuple(fields) != COLUMNS:
                raise FamilyError(
                    f"{where}, line {number}: the header must be {' '.join(COLUMNS)}, tab-separated"
                )
            header = True
            continue
        if len(fields) != len(COLUMNS):
            raise FamilyError(
                f"{where}, line {number}: {len(fields)} fields, not {len(COLUMNS)}; give cue, kind, unless, why"
            )
        forms = tuple(form.strip() for form in fields[0].split("|"))
        for form in forms:
            if not form or fold(form).low != form or not words(form).forms:
                raise FamilyError(
                    f"{where}, line {number}: {form!r} is no lower-case word or phrase; write it plainly"
                )
            key = f"{fields[1]} {form}"  # a form may be verb and noun; conditions tell which
            if key in seen:
                raise FamilyError(
                    f"{where}, line {number}: {form!r} stands in line {seen[key]} already; join the two"
                )
            seen[key] = number
        unless = tuple(name.strip() for name in fields[2].split(",") if name.strip())
        entry = Entry(forms[0], forms, fields[1], unless, fields[3])
        if entries and (entry.kind, entry.cue) < (entries[-1].kind, entries[-1].cue):
            raise FamilyError(
                f"{where}, line {number}: {entry.cue!r} is out of order; sort by kind, then cue"
            )
        entries.append(entry)
    return Lexicon(tuple(entries), sha256)


def joined(lexicon: Lexicon, *more: Lexicon) -> Lexicon:
    """The lexicon with a hash over further word lists that its family reads by itself."""
    digest = hashlib.sha256(" ".join(one.sha256 for one in (lexicon, *more)).encode()).hexdigest()
    return Lexicon(lexicon.entries, digest)
