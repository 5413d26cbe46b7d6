"""One scan for the cues of all families.

Every distinct word form of the loaded lexicons has a number; a text becomes an array of such numbers in one pass
(0: in no lexicon). Cues of one word are then a table look-up over the array; longer ones are tried only where
their first word stands. See docs/decisions/0002.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.lexicon import Lexicon
from classifier.text.segment import Segmented
from classifier.text.words import words

# Words inside addresses, handles and hashtags are not the writer's words.
# One character is found faster than two; what stands around it decides.
_HINTS = (
    ("/", re.compile(r".*?(?::/(?=/)|\.(?:com|org|net)/)", re.DOTALL)),
    ("#", re.compile(r".*?#\w", re.DOTALL)),
    ("@", re.compile(r".*?@\w", re.DOTALL)),
)
_WWW = re.compile(r"www\.\S+")
_JOINS = frozenset((" ", "-", "  ", "\n", " \n", "\u2010", "\u2011"))

_END = -1  # key of a trie node that holds the entries ending there

Trie = dict[int, "Trie | list[int]"]


class Hits(NamedTuple):
    """Places where entries of one family's lexicon match, sorted by place; parallel lists.

    A hit inside a longer hit of the same family is left out. Words are counted from 0 in the document.
    """

    word: list[int]
    last: list[int]  # exclusive
    entry: list[int]  # index into the lexicon's entries


@dataclass(frozen=True, slots=True)
class Context:
    """A text as a family sees it: its structure and its words as numbers."""

    text: Segmented
    forms: list[bytes] = field(repr=False)  # lower-cased words, see `classifier.text.words`
    # Views of arrays: made in no time, and an index gives a plain int. Lists would cost more than all look-ups.
    starts: Sequence[int]  # of each word
    ends: Sequence[int]
    sentence_of: Sequence[int]  # of each word; -1 outside title and body
    machine: frozenset[int]  # words inside addresses, handles and hashtags
    quoted: Sequence[bool] = field(repr=False)  # of each word: inside quotation marks, titles aside

    def gap(self, word: int) -> str:
        """What stands between a word and the next one (to the end of the text after the last), folded."""
        nearest = self.starts[word + 1] if word + 1 < len(self.starts) else len(self.text.plain)
        return self.text.plain[self.ends[word] : nearest]

    def shown(self, word: int) -> str:
        """A word as it is written, marks folded."""
        return self.text.plain[self.starts[word] : self.ends[word]]

    def hyphenated(self, word: int, last: int) -> bool:
        """Whether words `word` to `last` (exclusive) are part of a hyphenated compound."""
        plain, start, end = self.text.plain, self.starts[word], self.ends[last - 1]
        before = start >= 2 and plain[start - 1] == "-" and plain[start - 2].isalnum()
        return before or (plain[end : end + 1] == "-" and plain[end + 1 : end + 2].isalnum())


class Scanner:
    """The compiled lexicons of some families. Compiling 1,000 entries takes a few milliseconds."""

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self._numbers: dict[bytes, int] = {}
        singles: dict[int, list[tuple[int, int]]] = {}
        self._trie: Trie = {}
        for family, lexicon in enumerate(lexicons):
            for index, entry in enumerate(lexicon.entries):
                for form in entry.forms:
                    path = [self._number(w) for w in words(form).forms]
                    if len(path) == 1:
                        singles.setdefault(path[0], []).append((family, index))
                    else:
                        self._grow(path, family, index)
        size = len(self._numbers) + 1
        self._single = [singles.get(i, []) for i in range(size)]
        self._is_single = np.array([bool(s) for s in self._single])
        self._is_first = np.zeros(size, np.bool_)
        self._is_first[list(self._trie)] = True
        # Common words begin many phrases; a phrase is tried only if the word behind can be its second.
        self._is_second = np.zeros(size, np.bool_)
        self._is_second[
            [k for node in self._trie.values() if isinstance(node, dict) for k in node if k != _END]
        ] = True
        self._n_families = len(lexicons)

    def _number(self, form: bytes) -> int:
        return self._numbers.setdefault(form, len(self._numbers) + 1)

    def _grow(self, path: list[int], family: int, index: int) -> None:
        node = self._trie
        for number in path:
            child = node.setdefault(number, {})
            assert isinstance(child, dict)
            node = child
        ends = node.setdefault(_END, [])
        assert isinstance(ends, list)
        ends += [family, index]

    def scan(self, text: Segmented) -> tuple[Context, list[Hits]]:
        """The hits of each family in one text, and the context to judge them in."""
        found = text.words
        get = self._numbers.get
        numbers = np.fromiter(map(get, found.forms, repeat(0)), np.int32, len(found.forms))
        at = text.sentences.start.searchsorted(found.start, "right") - 1
        inside = at >= 0
        if len(text.sentences.end):
            inside &= found.start < text.sentences.end[at]
        sentence_of = np.where(inside, at, -1).astype(np.int32)
        machine = _machine_words(text)
        if machine:
            numbers[list(machine)] = 0
        numbers[~inside] = 0
        context = Context(
            text,
            found.forms,
            _view(found.start),
            _view(found.end),
            _view(sentence_of),
            machine,
            _quoted(text),
        )
        rows: list[list[tuple[int, int, int]]] = [[] for _ in range(self._n_families)]
        listed = numbers.tolist()
        for word in np.flatnonzero(self._is_first[numbers[:-1]] & self._is_second[numbers[1:]]).tolist():
            self._longer(context, listed, word, rows)
        for word in np.flatnonzero(self._is_single[numbers]).tolist():
            for family, index in self._single[listed[word]]:
                rows[family].append((word, -(word + 1), index))
        return context, [_longest(found_rows) for found_rows in rows]

    def _longer(
        self, context: Context, numbers: list[int], word: int, rows: list[list[tuple[int, int, int]]]
    ) -> None:
        node, at = self._trie, word
        while at < len(numbers):
            child = node.get(numbers[at])
            if not isinstance(child, dict) or context.sentence_of[at] != context.sentence_of[word]:
                return
            if ends := child.get(_END):
                assert isinstance(ends, list)
                for i in range(0, len(ends), 2):
                    rows[ends[i]].append((word, -(at + 1), ends[i + 1]))
            if context.gap(at) not in _JOINS:
                return
            node, at = child, at + 1


def _longest(rows: list[tuple[int, int, int]]) -> Hits:
    rows.sort()
    word, last, entry = [], [], []
    reach = 0
    previous = (-1, -1)
    for first, minus_last, index in rows:
        if -minus_last <= reach and (first, minus_last) != previous:
            continue  # inside a longer hit
        previous, reach = (first, minus_last), -minus_last
        word.append(first)
        last.append(-minus_last)
        entry.append(index)
    return Hits(word, last, entry)


def _view(column: NDArray[Any]) -> Sequence[Any]:
    return np.ascontiguousarray(column).data


def _machine_words(text: Segmented) -> frozenset[int]:
    """Words of the stretches between white space that hold a hint of an address, a handle or a hashtag."""
    low = text.low
    inside: set[int] = set()
    for hint, proof in _HINTS:
        at = low.find(hint)
        while at >= 0:
            end = at + 1
            if proof.match(low, max(at - 4, 0), at + 3):
                start, end = _stretch(low, at)
                inside.update(range(text.words.index(start), text.words.index(end)))
            at = low.find(hint, max(end, at + 1))
    if "www." in low:
        for found in _WWW.finditer(low):
            inside.update(range(text.words.index(found.start()), text.words.index(found.end())))
    return frozenset(inside)


def _stretch(low: str, at: int) -> tuple[int, int]:
    """The characters around a place up to white space on both sides, 2,000 at most on each."""
    before = re.search(r"\S*\Z", low[max(0, at - 2000) : at])
    after = _SOLID.match(low, at, at + 2000)
    return at - (len(before.group()) if before else 0), after.end() if after else at + 1


_SOLID = re.compile(r"\S+")


def _quoted(text: Segmented) -> Sequence[bool]:
    marks = np.zeros(len(text.words.start), np.bool_)
    if text.quotations:
        speech = [(q.start, q.end) for q in text.quotations if q.kind != "title"]
        if speech:
            bounds = text.words.start.searchsorted(speech)
            for first, last in bounds.tolist():
                marks[first:last] = True
    return _view(marks)
