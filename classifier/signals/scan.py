"""One scan for the cues of all families.

Every distinct word form of the loaded lexicons has a number; a text becomes an array of such numbers in one pass
(0: in no lexicon). Cues of one word are then a table look-up over the array; longer ones are tried only where
their first word stands. See docs/decisions/0002.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.signals.lexicon import Followed, Lexicon
from classifier.text.addresses import address_words
from classifier.text.segment import Joint, Segmented, alone
from classifier.text.stretches import Stretches
from classifier.text.words import Vocabulary, Words, words

_JOINS = frozenset((" ", "-", "  ", "\n", " \n", "\u2010", "\u2011"))

_END = -1  # key of a trie node that holds the entries ending there

_HASHES = 1 << 18

Trie = dict[int, "Trie | list[int]"]


class Hits(NamedTuple):
    """Places where entries of one family's lexicon match, sorted by place; parallel lists.

    A hit inside a longer hit of the same family is left out. Words are counted from 0 in the document.
    """

    word: list[int]
    last: list[int]  # exclusive
    entry: list[int]  # index into the lexicon's entries


@dataclass(frozen=True)
class Context:
    """A text as a family sees it: its structure and its words as numbers."""

    text: Segmented
    # Views of arrays: made in no time, and an index gives a plain int. Lists would cost more than all look-ups.
    starts: Sequence[int]  # of each word
    ends: Sequence[int]
    sentence_of: Sequence[int]  # of each word; -1 outside title and body
    machine: frozenset[int]  # words inside addresses, handles and hashtags

    @cached_property
    def forms(self) -> list[bytes]:
        """The lower-cased words, see `classifier.text.words`. For a few of them `word` is quicker."""
        return self.text.words.forms

    @cached_property
    def cells(self) -> bytes:
        """One byte for each character, see `classifier.text.words`."""
        return self.text.words.cells.tobytes()

    def word(self, at: int) -> bytes:
        """The lower-cased word number `at`, cut out of the text."""
        return self.cells[self.starts[at] : self.ends[at]]

    @cached_property
    def quoted(self) -> Sequence[bool]:
        """Of each word: whether it stands inside quotation marks, titles aside."""
        return _view(quoted_words(self.text))

    @cached_property
    def titles(self) -> Stretches:
        """The titles of works in quotation marks."""
        return Stretches((q.start, q.end) for q in self.text.quotations if q.kind == "title")

    def gap(self, word: int) -> str:
        """What stands between a word and the next one (to the end of the text after the last), folded."""
        starts, plain = self.starts, self.text.plain
        if word + 1 < len(starts):
            return plain[self.ends[word] : starts[word + 1]]
        return plain[self.ends[word] :]

    def shown(self, word: int) -> str:
        """A word as it is written, marks folded."""
        return self.text.plain[self.starts[word] : self.ends[word]]

    def hyphenated(self, word: int, last: int) -> bool:
        """Whether words `word` to `last` (exclusive) are part of a hyphenated compound."""
        plain, start, end = self.text.plain, self.starts[word], self.ends[last - 1]
        if start >= 2 and plain[start - 1] == "-" and plain[start - 2].isalnum():
            return True
        return plain.startswith("-", end) and plain[end + 1 : end + 2].isalnum()


class Scanner:
    """The compiled lexicons of some families. Compiling 1,000 entries takes a few milliseconds."""

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        forms = {
            form: words(form).forms
            for lexicon in lexicons
            for entry in lexicon.entries
            for form in entry.forms
        }
        asked = [word for lexicon in lexicons for one in lexicon.followed if one for word in one.forms]
        self._vocabulary = Vocabulary(chain((word for form in forms.values() for word in form), asked))
        single: list[list[tuple[int, int]]] = [[] for _ in range(len(self._vocabulary) + 1)]
        self._trie: Trie = {}
        paths: list[list[int]] = []
        for family, lexicon in enumerate(lexicons):
            for index, entry in enumerate(lexicon.entries):
                for form in entry.forms:
                    path = [self._vocabulary[word] for word in forms[form]]
                    if len(path) == 1:
                        single[path[0]].append((family, index))
                    else:
                        self._grow(path, family, index)
                        paths.append(path)
        # Cues of one word, one behind the other in the order of their numbers: family and entry.
        self._n_single = np.array([len(cues) for cues in single], np.int64)
        self._is_single = self._n_single > 0
        self._single_at = np.cumsum(self._n_single) - self._n_single
        self._single = np.array([cue for cues in single for cue in cues], np.int64).reshape(-1, 2)
        self._followers = _Followers(single, lexicons, self._vocabulary)
        # Common words begin many phrases ("in the", "as a"): a phrase is tried only where its first three words
        # stand, or both of its two. Their hash is looked up: a wrong guess costs a try, no more.
        self._is_pair, self._is_triple = np.zeros(_HASHES, np.bool_), np.zeros(_HASHES, np.bool_)
        for numbers in paths:
            beginning = np.array(numbers[:3], np.int32)
            table = self._is_pair if len(numbers) == 2 else self._is_triple
            table[_hashed(*(beginning[i : i + 1] for i in range(len(beginning))))] = True
        self._n_families = len(lexicons)

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
        return next(self.scan_all(alone(text)))

    def scan_all(self, joint: Joint) -> Iterator[tuple[Context, list[Hits]]]:
        """The hits of each family in each of the texts, and the context to judge them in."""
        found = joint.words
        numbers = self._vocabulary.numbers(found)
        sentence_of = _sentence_of(joint)
        outside = sentence_of < 0
        every = numbers.copy()
        numbers[outside] = 0
        machine = address_words(joint.plain, found)
        if machine:
            numbers[machine] = 0
        longer: list[tuple[int, int, int, int]] = []
        sequences = (_view(numbers), _view(sentence_of), _view(found.start), _view(found.end))
        phrases = self._is_pair.take(_hashed(numbers[:-1], numbers[1:]))
        phrases[:-1] |= self._is_triple.take(_hashed(numbers[:-2], numbers[1:-1], numbers[2:]))
        for word in phrases.nonzero()[0].tolist():
            self._longer(joint.plain, *sequences, word, longer)
        table = np.concatenate(
            [self._singles(numbers, every, sentence_of, found), np.array(longer, np.int64).reshape(-1, 4)]
        )
        hits = [_longest(table[table[:, 0] == i, 1:], joint.word_at) for i in range(self._n_families)]
        sentence_of -= joint.sentence_at[:-1].astype(np.int32).repeat(np.diff(joint.word_at))
        sentence_of[outside] = -1
        bounds = joint.word_at.tolist()
        for i, (text, first, last) in enumerate(zip(joint.texts, bounds[:-1], bounds[1:], strict=True)):
            own = machine[bisect_left(machine, first) : bisect_left(machine, last)]
            context = Context(
                text,
                text.words.start.data,
                text.words.end.data,
                sentence_of[first:last].data,
                frozenset(word - first for word in own),
            )
            yield context, [one[i] for one in hits]

    def _singles(
        self,
        numbers: NDArray[np.int32],
        every: NDArray[np.int32],
        sentence_of: NDArray[np.int32],
        found: Words,
    ) -> NDArray[np.int64]:
        """Matches of one word: family, word, last word (exclusive), entry; shape (n, 4)."""
        words = self._is_single.take(numbers).nonzero()[0]
        words = words[self._followers.fit(words, every, sentence_of, found)]
        number = numbers[words]
        n = self._n_single[number]
        ends = np.cumsum(n)
        cue = np.arange(ends[-1] if len(ends) else 0) + (self._single_at[number] - ends + n).repeat(n)
        word = words.repeat(n)
        family, entry = self._single[cue].T
        return np.stack([family, word, word + 1, entry], axis=1)

    def _longer(
        self,
        plain: str,
        numbers: Sequence[int],
        sentence_of: Sequence[int],
        starts: Sequence[int],
        ends: Sequence[int],
        word: int,
        rows: list[tuple[int, int, int, int]],
    ) -> None:
        node, at = self._trie, word
        while at < len(numbers):
            child = node.get(numbers[at])
            if not isinstance(child, dict) or sentence_of[at] != sentence_of[word]:
                return
            if found := child.get(_END):
                assert isinstance(found, list)
                rows += [(found[i], word, at + 1, found[i + 1]) for i in range(0, len(found), 2)]
            if at + 1 == len(numbers) or plain[ends[at] : starts[at + 1]] not in _JOINS:
                return
            node, at = child, at + 1


class _Followers:
    """Which words must stand behind cues of one word (`Lexicon.followed`), asked for many cues at once."""

    def __init__(
        self, single: list[list[tuple[int, int]]], lexicons: Sequence[Lexicon], vocabulary: Vocabulary
    ) -> None:
        bits: dict[Followed, int] = {}
        self._wanted = np.full(
            len(single), -1, np.int64
        )  # bits; of each cue all of them where anything may follow
        for number, cues in enumerate(single):
            wanted = [
                next(iter(lexicons[family].followed[index : index + 1]), None) for family, index in cues
            ]
            asks = [one for one in wanted if one is not None]
            if asks and len(asks) == len(wanted):
                self._wanted[number] = sum({bits.setdefault(one, 1 << len(bits)) for one in asks})
        self._is = np.zeros(len(single), np.int64)  # bits; of each word those it fits by its form
        for one, bit in bits.items():
            self._is[[vocabulary[form] for form in one.forms]] |= bit
        self._number = sum(bit for one, bit in bits.items() if one.number)
        self._adverb = sum(bit for one, bit in bits.items() if one.adverb)

    def fit(
        self, at: NDArray[np.int64], numbers: NDArray[np.int32], sentence_of: NDArray[np.int32], found: Words
    ) -> NDArray[np.bool_]:
        """Of the cues at these words: whether what follows them is what they need."""
        wanted = self._wanted[numbers[at]]
        result: NDArray[np.bool_] = wanted < 0
        asked = (~result & (at + 1 < len(numbers))).nonzero()[0]
        behind = at[asked] + 1
        start, end = found.start[behind], found.end[behind]
        first = found.cells[start]
        fits = self._is[numbers[behind]]
        fits |= np.where((first >= ord("0")) & (first <= ord("9")), self._number, 0)
        adverb = (found.cells[end - 1] == ord("y")) & (found.cells[end - 2] == ord("l"))
        fits |= np.where(adverb, self._adverb, 0)
        result[asked] = ((fits & wanted[asked]) != 0) & (sentence_of[behind] == sentence_of[behind - 1])
        return result


def _hashed(*words: NDArray[np.int32]) -> NDArray[np.int32]:
    """A number below `_HASHES` for each run of words: their numbers, column by column."""
    result = words[0]
    for word in words[1:]:
        result = result * np.int32(9973) + word
    return result & np.int32(_HASHES - 1)


def _longest(rows: NDArray[np.int64], word_at: NDArray[np.int64]) -> list[Hits]:
    """The matches of one family (word, last, entry) as hits of each text, those inside longer ones left out."""
    rows = rows[np.lexsort((rows[:, 2], -rows[:, 1], rows[:, 0]))]
    word, last, entry = rows.T
    # How far the matches reach that begin earlier, or at the same word and end later.
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = (word[1:] != word[:-1]) | (last[1:] != last[:-1])
    reach = np.maximum.accumulate(last[fresh])
    reach[1:], reach[:1] = reach[:-1].copy(), 0
    kept = last > reach[np.cumsum(fresh) - 1]
    word, last, entry = word[kept], last[kept], entry[kept]
    at = word.searchsorted(word_at)
    base = word_at[:-1].repeat(np.diff(at))
    columns = (word - base).tolist(), (last - base).tolist(), entry.tolist()
    places = at.tolist()
    return [Hits(*(one[i:j] for one in columns)) for i, j in pairwise(places)]


def _view(column: NDArray[Any]) -> Sequence[Any]:
    return column.data


def _sentence_of(joint: Joint) -> NDArray[np.int32]:
    """Of each word the sentence it stands in; -1 outside title and body."""
    sentences = joint.sentences
    n = len(sentences.start)
    # The words between two sentences, then those of the next one, and so on.
    sizes = np.empty(2 * n + 1, np.int32)
    sizes[1::2] = sentences.last_word - sentences.first_word
    sizes[0:-1:2] = sentences.first_word
    sizes[2:-1:2] -= sentences.last_word[:-1]
    sizes[-1] = len(joint.words.start) - (sentences.last_word[-1] if n else 0)
    owners = np.full(2 * n + 1, -1, np.int32)
    owners[1::2] = np.arange(n)
    return owners.repeat(sizes)


def quoted_words(text: Segmented) -> NDArray[np.bool_]:
    """Of each word: whether it stands inside quotation marks, titles aside."""
    marks: NDArray[np.bool_] = np.zeros(len(text.words.start), np.bool_)
    speech = [(q.start, q.end) for q in text.quotations if q.kind != "title"]
    if speech:
        bounds = text.words.start.searchsorted(np.array(speech, np.int32))
        for first, last in bounds.tolist():
            marks[first:last] = True
    return marks
