"""Names of people and bodies in running text, and the plain nouns for them: what a pronoun can stand for.

Only the stretch before a pronoun is searched, by one pattern; nothing here looks at every word of a text.
"""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from classifier.signals.scan import Context
from classifier.signals.sourcing.clause import DETERMINERS, PREPOSITIONS, SUBORDINATORS, Stretch
from classifier.signals.sourcing.kinds import classes_of, classes_of_form

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de"
_REST = r"[^\W_]*(?:[-'](?!s\b)\w+)*"
# The letter comes first and then what may not stand before it: so the search leaps from capital to capital.
_NAME = re.compile(rf"[{_UPPER}](?<![\w'][{_UPPER}]){_REST}(?: [{_UPPER}]{_REST})*")
_PREPOSITIONS = frozenset(word.decode() for word in PREPOSITIONS)
# Capitalised at the head of a sentence, or always, and no name of anybody.
_NO_NAMES = frozenset(
    word.decode()
    for word in (DETERMINERS | PREPOSITIONS | SUBORDINATORS).union(
        b"i he she it they we you him her us them what when who which whose"
        b" january february march april may june july august september october november december"
        b" monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight meanwhile earlier"
        b" later here there yes not never also still even just only now too very well oh ok okay please again"
        b" already always often perhaps maybe indeed instead moreover furthermore nevertheless finally recently last"
        b" next first second third new old early late more less much such same own twice is are was were be been being"
        b" do does did have has had will would can could might must shall should let get go going asked said says told"
        b" speaking given noting adding along around god internet getty update read photo video share abstract"
        b" and or".split()
    )
)
_STOPS = frozenset('.!?:"')
_SERVED = frozenset(("organisation", "people", "withheld"))
_NOT_A_PERSON = frozenset(("organisation", "place", "demonym", "people", "document"))
_ANNOUNCES = frozenset(("person", "title", "male", "female"))
_NO_NAME_ALONE = frozenset(("person", "title", "document"))
AROUND = 50_000  # characters to either side that are searched for a name: work in proportion to the length
_TRIES = 4  # places where a word is looked at
_NOUNS_BACK = 60  # words before a pronoun that are looked through for plain nouns


class Name(NamedTuple):
    """A name as it stands in a text."""

    start: int  # characters
    end: int
    sort: str  # "person", "body", "group" (a sort of people)
    tail: str  # the last word in small letters: the last name of a person
    forename: str  # "" where only the last name stands
    gender: str  # "m", "f" or ""
    sure: bool  # whether a title, a role or a first name tells that it is a person
    weight: float  # how likely the text goes on about it


def names(context: Context, start: int, end: int, known: Container[str]) -> Iterator[Name]:
    """The names between two characters, in order; `known`: last names met before."""
    plain = context.text.plain
    abbreviated: list[str] = []  # words before a full stop that goes on: "Mr.", "Joseph R."
    begun = reach = 0
    for found in _NAME.finditer(plain, start, end):
        low = found[0].lower()
        if low in _NO_NAMES:
            abbreviated = []
            continue
        at, stop = found.span()
        words = low.split(" ")
        if abbreviated:
            if at == reach and plain[at - 2 : at] == ". ":
                words, at = abbreviated + words, begun
            abbreviated = []
        last = words[-1]
        if plain[stop : stop + 2] == ". " and (len(last) == 1 or "title" in classes_of(last)):
            abbreviated, begun, reach = words, at, stop + 2
            continue
        before = plain[max(at - 12, 0) : at]
        opens = not before or before[-1] in '\n("' or before[-2:-1] in _STOPS
        if words[0] in _NO_NAMES:
            opens, before = False, f" {words[0]} "
            while words and words[0] in _NO_NAMES:
                at += len(words.pop(0)) + 1
            if not words:
                continue
        tail = last.rpartition("-")[2]
        own = classes_of(tail)
        forename, gender, sure, sort = "", "", False, "person"
        if len(words) == 1:
            if own:
                if not _NO_NAME_ALONE.isdisjoint(own):
                    continue
                sort = _sort_of(own)
            if opens and tail not in known and not _named_elsewhere(plain, at, stop):
                continue
        else:
            begin = 0
            for i, word in enumerate(words[:-1], 1):
                classes = classes_of(word)
                if classes:
                    if not _ANNOUNCES.isdisjoint(classes):
                        begin, sure = i, True
                        gender = "m" if "male" in classes else "f" if "female" in classes else gender
                    elif i == begin + 1 and not gender:
                        gender = _gender_of(classes)
                        sure = sure or gender != ""
            if len(words) - begin > 1:
                forename = words[begin]
            if not sure:
                sort = next((s for s in map(_sort_of, map(classes_of, words)) if s != "person"), "person")
        weight = 1.5 if opens else 0.6 if before[:-1].rpartition(" ")[2] in _PREPOSITIONS else 1.0
        behind = plain[stop : stop + 20]
        if behind[:1] == "'":
            weight *= 0.7
        elif behind[:1] == " " and not _SERVED.isdisjoint(classes_of(behind[1:].partition(" ")[0])):
            weight = 0.3  # "the Holm campaign"
        yield Name(at, stop, sort, tail, forename, gender, sure, weight)


def _sort_of(classes: frozenset[str]) -> str:
    if classes.isdisjoint(_NOT_A_PERSON):
        return "person"
    return "group" if "people" in classes or "demonym" in classes else "body"


def _named_elsewhere(plain: str, at: int, stop: int) -> bool:
    """Whether a word that opens a sentence stands capitalised inside one too."""
    word, end = plain[at:stop], at + AROUND
    place = plain.find(f" {word}", max(0, at - AROUND), end)
    for _ in range(_TRIES):
        if place < 0:
            return False
        behind = place + 1 + len(word)
        if plain[place - 1 : place] not in _STOPS and not plain[behind : behind + 1].isalnum():
            return True
        place = plain.find(f" {word}", behind, end)
    return False


def _gender_of(forename: frozenset[str]) -> str:
    return "m" if "forename.male" in forename else "f" if "forename.female" in forename else ""


def first_called(plain: str, shown: str, near: int) -> tuple[str, str, bool]:
    """First name, gender and whether it is surely a person, from where a last name stands first before a place."""
    at = plain.find(" " + shown, max(0, near - AROUND), near)
    if at < 0:
        return "", "", False
    word = plain[max(0, at - 30) : at].lower().rstrip(".").rsplit(" ", 1)[-1]
    classes = classes_of(word)
    if not classes:
        return "", "", False
    told = _gender_of(classes)
    if told:
        return word, told, True
    return (
        "",
        "m" if "male" in classes else "f" if "female" in classes else "",
        not _ANNOUNCES.isdisjoint(classes),
    )


class Noun(NamedTuple):
    """A plain noun for somebody, with what stands before it: "the governor", "voters"."""

    words: Stretch
    sort: str  # "person", "body", "group", "document"
    gender: str


def nouns_before(context: Context, word: int, sorts: frozenset[str]) -> Iterator[Noun]:
    """The nouns of some sorts before a word, the nearest first."""
    forms = context.forms
    first = max(word - _NOUNS_BACK, 0)
    for back, classes in enumerate(map(classes_of_form, reversed(forms[first:word])), 1):
        if not classes:
            continue
        at = word - back
        sort = next((s for kind, s in _SORT_OF_KIND.items() if kind in classes and s in sorts), None)
        if sort is None or context.text.plain[context.starts[at]].isupper():
            continue
        begin = at
        while (
            begin > 0 and at - begin < 4 and forms[begin] not in DETERMINERS and context.gap(begin - 1) == " "
        ):
            begin -= 1
        if forms[begin] not in DETERMINERS or begin == at:
            if sort != "group":
                continue
            begin = at
        yield Noun((begin, at + 1), sort, "m" if "male" in classes else "f" if "female" in classes else "")


_SORT_OF_KIND = {"people": "group", "person": "person", "organisation": "body", "document": "document"}
