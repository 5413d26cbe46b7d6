"""Lexicon files: one word list per family, read, checked and numbered.

A file is tab-separated with the columns ``cue  kind  unless  why``. Lines beginning with ``#`` are comments; the
first one names the licence. `cue` may list forms with ``|``; a form is one or more words, and a space in
it also matches a hyphen or a line end. One word of a form may end in a mark that stands for its regular inflection:

==========  =============================  ================================
``seem/v``  a verb in all its forms        seem, seems, seemed, seeming
``hint/n``  a noun and its plural          hint, hints
``near/a``  an adjective and its degrees   near, nearer, nearest
==========  =============================  ================================

So ``rule/v out`` is "rule out", "rules out", "ruled out", "ruling out". Irregular forms are written out, as are the
forms of an entry of which only some are cues. `unless` names conditions of the family's code (comma-separated) that
say when the word is no cue. Entries are sorted by kind and first form, so that a duplicate is seen.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from classifier.errors import FamilyError
from classifier.text.fold import fold
from classifier.text.words import words

COLUMNS = ("cue", "kind", "unless", "why")


class Followed(NamedTuple):
    """What must stand behind a cue of one word, in its sentence: one of these forms or sorts of word."""

    forms: frozenset[bytes]
    number: bool = False  # or a word that begins with a digit
    adverb: bool = False  # or a word in -ly


class Entry(NamedTuple):
    """One line of a lexicon: its forms share kind and conditions."""

    cue: str  # the first form
    forms: tuple[str, ...]  # with the generated ones
    kind: str
    unless: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of one family and the hash of the file they came from and of the forms generated from it.

    `followed` says of the first entries what must stand behind their matches of one word, because their conditions
    hold wherever anything else does: the scan then need not bring these matches up.
    """

    entries: tuple[Entry, ...]
    sha256: str
    followed: tuple[Followed | None, ...] = ()

    def kinds(self) -> frozenset[str]:
        """Kinds used by the entries."""
        return frozenset(entry.kind for entry in self.entries)


def _with_s(word: str) -> str:
    """The word with -s: hints, guesses, theories."""
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _stem(word: str) -> str:
    """What -ed, -ing, -er and -est are put to: seem, imply, tipp, estimat."""
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1]
    return word + word[-1] if _DOUBLED.fullmatch(word) else word


def _past(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ied"
    return word + "d" if word.endswith("e") else _stem(word) + "ed"


def _with_ing(word: str) -> str:
    return word[:-2] + "ying" if word.endswith("ie") else _stem(word) + "ing"


def _degrees(word: str) -> tuple[str, ...]:
    stem = word[:-1] + "i" if _CONSONANT_Y.search(word) else _stem(word)
    return word, stem + "er", stem + "est"


_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # one syllable with a short vowel: tip, hot
_INFLECTIONS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "v": lambda word: (word, _with_s(word), _past(word), _with_ing(word)),
    "n": lambda word: (word, _with_s(word)),
    "a": _degrees,
}
_MARKED = re.compile(r"(\S*)/(\S*)")


def inflected(form: str) -> tuple[str, ...]:
    """The forms that a form of a lexicon stands for; ValueError says what is wrong with its mark.

    >>> inflected("imply/v")
    ('imply', 'implies', 'implied', 'implying')
    >>> inflected("rule/v out")
    ('rule out', 'rules out', 'ruled out', 'ruling out')
    """
    marked = _MARKED.search(form)
    if not marked:
        return (form,)
    word, mark = marked.groups()
    if mark not in _INFLECTIONS or not word.isalpha() or _MARKED.search(form, marked.end()):
        raise ValueError(f"{form!r} has no mark of inflection: one word of it may end in /v, /n or /a")
    before, after = form[: marked.start()], form[marked.end() :]
    return tuple(before + one + after for one in _INFLECTIONS[mark](word))


def _is_plain(form: str) -> bool:
    """Whether a form is written as the scan will see it: lower-case words."""
    if form.isascii() and form.islower() and form.replace(" ", "").isalpha():
        return True  # nearly all are, and the proof below takes most of the time a lexicon needs
    return bool(form) and fold(form).low == form and bool(words(form).forms)


def read_lexicon(package: str, name: str = "cues.tsv") -> Lexicon:
    """Read the word list that lies in `package`; FamilyError names file, line and fault."""
    data = resources.files(package).joinpath(name).read_bytes()
    return parse_lexicon(data.decode("utf-8"), f"{package}/{name}")


def parse_lexicon(text: str, where: str) -> Lexicon:
    """Entries of a lexicon file's text, in file order; FamilyError names line and fault."""
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    digest = hashlib.sha256(text.encode())
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
        written = tuple(form.strip() for form in fields[0].split("|"))
        try:
            forms = tuple(form for one in written for form in inflected(one))
        except ValueError as fault:
            raise FamilyError(f"{where}, line {number}: {fault}") from None
        if forms != written:
            digest.update("|".join(forms).encode())
        for form in forms:
            if not _is_plain(form):
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
    return Lexicon(tuple(entries), digest.hexdigest())


def joined(lexicon: Lexicon, *more: Lexicon) -> Lexicon:
    """The lexicon with a hash over further word lists that its family reads by itself."""
    digest = hashlib.sha256(" ".join(one.sha256 for one in (lexicon, *more)).encode()).hexdigest()
    return Lexicon(lexicon.entries, digest)
