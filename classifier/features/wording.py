"""Masked wording as numbers: which runs of masked words and signs an article holds, weighed by how rare they are.

`Wording` is chosen from training articles and needs nothing but numpy. Its columns are n-grams of one to three masked
words or signs (see `classifier.text.masking`); a value is (1 + log count) times the inverse document frequency, each
article scaled to length 1 (Salton and Buckley 1988).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.text.masking import MASKS, RARE, in_names, masked, says_mask
from classifier.text.segment import Segmented
from classifier.text.words import Vocabulary

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONGEST = 3  # masked words and signs of an n-gram
KNOWN = 0.01  # share of the training articles that must hold a word for it to be no rare one
FEWEST_WITH_WORD = 10
CHOSEN = 0.005  # the same of an n-gram for it to be a column
FEWEST_WITH_NGRAM = 5
SAMPLE = 10_000  # articles by which n-grams are chosen; with more of them memory is what ends first
_BITS = 20  # of one number in the key of an n-gram
_LISTED = 2  # articles that must hold a word for it to be listed at all
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Tokens(NamedTuple):
    """The masked words and signs of n articles, one behind the other, under a list of words."""

    number: NDArray[np.int32]  # see `Masked`
    rare: NDArray[np.int8]
    at: Ints  # (n + 1,) where each article begins, and the end

    def rows(self, chosen: Ints) -> "Tokens":
        """The chosen articles."""
        size = np.diff(self.at)[chosen]
        at = np.concatenate([[0], np.cumsum(size)])
        places = np.arange(at[-1]) + (self.at[chosen] - at[:-1]).repeat(size)
        return Tokens(self.number[places], self.rare[places], at)


class Phrases(NamedTuple):
    """The n-grams that n articles hold, sorted by article and column; shape (n_found,) each."""

    doc: Ints
    column: Ints
    value: Floats
    n_docs: int


class Occurrences(NamedTuple):
    """Where columns stand in some texts, in readable offsets, sorted by text; shape (n_occurrences,) each."""

    doc: Ints
    column: Ints
    start: NDArray[np.int32]
    end: NDArray[np.int32]


@dataclass(frozen=True)
class Wording:
    """The words that are not masked, and the n-grams that are columns.

    ModelError where the arrays do not fit one another.
    """

    words: tuple[bytes, ...]
    keys: Ints  # (n_columns,) ascending; the numbers of an n-gram, `_BITS` bits each, the last one lowest
    idf: Floats  # (n_columns,)

    def __post_init__(self) -> None:
        if (
            len(self.keys) != len(self.idf)
            or not (np.diff(self.keys) > 0).all()
            or not (np.isfinite(self.idf) & (self.idf > 0)).all()
            or len(set(self.words)) != len(self.words)
        ):
            raise _damaged()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Name -> array, in a fixed order; see `from_arrays`."""
        return {"words": np.array(self.words, np.bytes_), "keys": self.keys, "idf": self.idf}

    @classmethod
    def from_arrays(cls, words: NDArray[Any], keys: NDArray[Any], idf: NDArray[Any]) -> "Wording":
        """What `arrays` gave; ModelError where an array is of another kind."""
        kinds = (words.dtype.kind, keys.dtype.str[-2:], idf.dtype.str[-2:])
        if kinds != ("S", "i8", "f8") or not words.ndim == keys.ndim == idf.ndim == 1:
            raise _damaged()
        return cls(tuple(words.tolist()), keys, idf)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words, numbered from 1."""
        return Vocabulary(self.words)

    @cached_property
    def _shown(self) -> list[str]:
        return ["", *(word.decode("latin-1") for word in self.words), *MASKS]

    def names(self) -> list[str]:
        """Every column as it is shown: "according to [name]"."""
        return [" ".join(self._shown[number] for number in _numbers(key)) for key in self.keys.tolist()]

    @cached_property
    def heads(self) -> Ints:
        """Of each column the number of the word it is told by: its rarest word, or its first mask or sign.

        Contributions are added up by it, so that one word does not give five reasons. Shape (n_columns,).
        """
        n_words = len(self.words)
        alone = np.zeros(n_words + len(MASKS) + 1)
        single = self.keys < 1 << _BITS
        alone[self.keys[single]] = self.idf[single]
        parts = np.stack([self.keys >> _BITS * place & (1 << _BITS) - 1 for place in range(LONGEST)])
        # A word that is no column by itself is rarer than all that are.
        weight = np.where(alone[parts] > 0, alone[parts], self.idf.max(initial=1.0))
        weight = np.where(parts == 0, -2.0, np.where(parts > n_words, -1.0 + weight / 100, weight))
        chosen: Ints = np.take_along_axis(parts, weight.argmax(axis=0)[None], axis=0)[0]
        return chosen

    @property
    def n_numbers(self) -> int:
        """How many numbers a token may have, 0, which none has, among them."""
        return len(self.words) + len(MASKS) + 1

    def head_name(self, number: int) -> str:
        """What stands for a number of `heads`."""
        return self._shown[number]

    def head_says(self, number: int) -> str:
        """The same in a sentence."""
        if number <= len(self.words):
            return f'"{self._shown[number]}"'
        return says_mask(number - len(self.words))

    def phrases(self, texts: Sequence[Segmented]) -> tuple[Phrases, Occurrences, Tokens]:
        """The columns that some texts hold, where, and the masked words themselves."""
        found = masked(texts, self.vocabulary)
        at = np.searchsorted(found.doc, np.arange(len(texts) + 1))
        parts = _ngrams(found.number.astype(np.int64), at)
        place = np.concatenate([part[0] for part in parts])
        size = np.arange(1, len(parts) + 1).repeat([len(part[0]) for part in parts])
        column = self._columns(np.concatenate([part[1] for part in parts]))
        known = (column >= 0).nonzero()[0]
        known = known[np.argsort(place[known], kind="stable")]
        place, column, last = place[known], column[known], (place + size - 1)[known]
        doc = found.doc[place].astype(np.int64)
        where = Occurrences(doc, column, found.start[place], found.end[last])
        counted = self._weighed(*_counted(doc, column, len(self.keys)), len(texts))
        return counted, where, Tokens(found.number, found.rare, at)

    def of(self, tokens: Tokens) -> Phrases:
        """The columns that articles hold whose words were numbered as this wording does (`narrowed`)."""
        found: list[tuple[Ints, Ints, Ints]] = [(np.zeros(0, np.int64),) * 3]
        n = len(tokens.at) - 1
        for first in range(0, n, 256):
            at = tokens.at[first : first + 257]
            parts = _ngrams(tokens.number[at[0] : at[-1]].astype(np.int64), at - at[0])
            place = np.concatenate([places for places, _ in parts])
            column = self._columns(np.concatenate([keys for _, keys in parts]))
            known = column >= 0
            doc = np.searchsorted(at[1:] - at[0], place[known], "right") + first
            found.append(_counted(doc, column[known], len(self.keys)))
        doc, column, count = (np.concatenate(one) for one in zip(*found, strict=True))
        return self._weighed(doc, column, count, n)

    def _weighed(self, doc: Ints, column: Ints, count: Ints, n_docs: int) -> Phrases:
        value = (1 + np.log(count)) * self.idf[column]
        length = np.sqrt(np.bincount(doc, value * value, minlength=n_docs))
        return Phrases(doc, column, value / length[doc], n_docs)

    @cached_property
    def _table(self) -> tuple[NDArray[np.int32], NDArray[np.int32], np.uint64]:
        """For each hash of a key the first column of it, for each column the next of the same hash; -1: none."""
        bits = max(6, (8 * len(self.keys)).bit_length())
        shift = np.uint64(64 - bits)
        slot = _hashed(self.keys, shift)
        order = np.argsort(slot, kind="stable")
        first, following = np.full(1 << bits, -1, np.int32), np.full(len(order), -1, np.int32)
        same = slot[order[1:]] == slot[order[:-1]]
        following[order[:-1][same]] = order[1:][same]
        begins = np.ones(len(order), np.bool_)
        begins[1:] = ~same
        first[slot[order[begins]]] = order[begins]
        return first, following, shift

    def _columns(self, keys: Ints) -> Ints:
        """The column of each key, -1 for those that are none."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int64)
        first, following, shift = self._table
        column = first.take(_hashed(keys, shift))
        wrong = ((column >= 0) & (self.keys.take(column) != keys)).nonzero()[0]
        while len(wrong):
            column[wrong] = following[column[wrong]]
            wrong = wrong[(column[wrong] >= 0) & (self.keys.take(column[wrong]) != keys[wrong])]
        return column.astype(np.int64)


class Listed(NamedTuple):
    """In how many texts each word stands, lower-cased."""

    plain: Counter[bytes]  # where it is neither part of a name nor a number
    named: Counter[bytes]  # where it is part of a name

    def with_more(self, more: "Listed") -> None:
        """Add what is counted in other texts."""
        self.plain.update(more.plain)
        self.named.update(more.named)


def listed_words(texts: Iterable[Segmented]) -> Listed:
    """The words of some texts."""
    listed = Listed(Counter(), Counter())
    nothing = Vocabulary(())
    for text in texts:
        found = masked([text], nothing)
        chosen = found.start[(found.number >= RARE.start) & (found.number < RARE.stop)]
        forms = text.words.forms
        listed.plain.update({forms[i] for i in text.words.start.searchsorted(chosen).tolist()})
        listed.named.update({forms[i] for i in in_names(text).tolist()})
    return listed


def word_list(listed: Listed) -> tuple[bytes, ...]:
    """The words by which articles are turned into `Tokens`, sorted: those that stand in several.

    A word that stands in more of them as part of a name than otherwise is none: it may open a sentence or stand in a
    headline, where its capital does not tell, and would say who or what the text is about.
    """
    return tuple(sorted(word for word, n in listed.plain.items() if n >= _LISTED and n >= listed.named[word]))


def tokens_of(texts: Sequence[Segmented], known: Vocabulary) -> Tokens:
    """The masked words of some texts under a list of words."""
    found = masked(texts, known)
    return Tokens(found.number, found.rare, np.searchsorted(found.doc, np.arange(len(texts) + 1)))


def joined(parts: Sequence[Tokens]) -> Tokens:
    """The articles of several, one behind the other."""
    sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.at) for part in parts)])
    return Tokens(
        np.concatenate([np.zeros(0, np.int32), *(part.number for part in parts)]),
        np.concatenate([np.zeros(0, np.int8), *(part.rare for part in parts)]),
        np.cumsum(sizes),
    )


def choose(tokens: Tokens, listed: Sequence[bytes]) -> Wording:
    """The wording of training articles whose words are numbered by `listed`; no label is looked at."""
    n = len(tokens.at) - 1
    doc = np.arange(n).repeat(np.diff(tokens.at))
    word = (tokens.rare > 0).nonzero()[0]
    pairs = np.unique(doc[word] * (len(listed) + 1) + tokens.number[word])
    held = np.bincount(pairs % (len(listed) + 1), minlength=len(listed) + 1)
    kept = (held[1:] >= max(FEWEST_WITH_WORD, KNOWN * n)).nonzero()[0]
    words = tuple(listed[i] for i in kept.tolist())
    sample = _sample(n)
    own = narrowed(tokens.rows(sample), listed, words)
    keys, count = np.unique(np.concatenate([np.zeros(0, np.int64), *_held(own)]), return_counts=True)
    chosen = count >= max(FEWEST_WITH_NGRAM, CHOSEN * len(sample))
    idf = np.log((1 + len(sample)) / (1 + count[chosen])) + 1
    return Wording(words, keys[chosen], idf)


def rates(tokens: Tokens, number: Ints) -> Floats:
    """How often in 100 masked words and signs each number stands, (n_docs, len(number)); 0 in an empty article."""
    n = len(tokens.at) - 1
    place = np.full(int(max(tokens.number.max(initial=0), number.max(initial=0))) + 1, -1)
    place[number] = np.arange(len(number))
    column = place[tokens.number]
    doc = np.arange(n).repeat(np.diff(tokens.at))
    known = column >= 0
    count = np.bincount(doc[known] * len(number) + column[known], minlength=n * len(number))
    size = np.maximum(np.diff(tokens.at), 1)
    result: Floats = 100 * count.reshape(n, len(number)) / size[:, None]
    return result


def usual_rates(tokens: Tokens, n_numbers: int, percentiles: tuple[float, float]) -> Floats:
    """Percentiles over articles of what `rates` gives for each number, (n_numbers, 2); sampled as `choose` does."""
    own = tokens.rows(_sample(len(tokens.at) - 1))
    parts = [
        np.percentile(rates(own, np.arange(first, min(first + 256, n_numbers))), percentiles, axis=0)
        for first in range(0, n_numbers if len(own.at) > 1 else 0, 256)
    ]
    return np.concatenate([np.zeros((2, 0)), *parts], axis=1).T if parts else np.zeros((n_numbers, 2))


def narrowed(tokens: Tokens, listed: Sequence[bytes], words: Sequence[bytes]) -> Tokens:
    """The same articles with the numbers of a shorter list of words; the others get the mask of a rare one."""
    place = {word: number for number, word in enumerate(words, 1)}
    renumbered = np.zeros(len(listed) + len(MASKS) + 1, np.int32)
    renumbered[1 : len(listed) + 1] = [place.get(word, 0) for word in listed]
    renumbered[len(listed) + 1 :] = np.arange(len(words) + 1, len(words) + len(MASKS) + 1)
    number = renumbered[tokens.number]
    masked_now = number == 0
    number[masked_now] = tokens.rare[masked_now].astype(np.int32) + len(words)
    rare = tokens.rare.copy()
    rare[masked_now] = 0
    return Tokens(number, rare, tokens.at)


def _sample(n: int) -> Ints:
    return np.unique(np.linspace(0, n - 1, min(n, SAMPLE)).astype(np.int64))


def _held(tokens: Tokens) -> Iterator[Ints]:
    """The different n-grams of each article."""
    number = tokens.number.astype(np.int64)
    for first, last in zip(tokens.at[:-1].tolist(), tokens.at[1:].tolist(), strict=True):
        parts = _ngrams(number[first:last], np.array([0, last - first]))
        yield np.unique(np.concatenate([keys for _, keys in parts]))


def _ngrams(number: Ints, at: Ints) -> list[tuple[Ints, Ints]]:
    """For each length the n-grams that lie in one article: where they begin, and their keys."""
    left = at[1:].repeat(np.diff(at)) - np.arange(len(number))  # to the end of the article
    parts = [(np.arange(len(number)), number)]
    for size in range(2, LONGEST + 1):
        place = (left >= size).nonzero()[0]
        key = number[place]
        for step in range(1, size):
            key = key << _BITS | number[place + step]
        parts.append((place, key))
    return parts


def _counted(doc: Ints, column: Ints, n_columns: int) -> tuple[Ints, Ints, Ints]:
    """How often each column stands in each article: article, column and count, sorted."""
    both, count = np.unique(doc * max(n_columns, 1) + column, return_counts=True)
    return both // max(n_columns, 1), both % max(n_columns, 1), count.astype(np.int64)


def _hashed(keys: Ints, shift: np.uint64) -> Ints:
    mixed = keys.view(np.uint64) * _MIX
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX
    slots: Ints = (mixed >> shift).view(np.int64)
    return slots


def _numbers(key: int) -> list[int]:
    parts = [key >> _BITS * place & (1 << _BITS) - 1 for place in reversed(range(LONGEST))]
    return [number for number in parts if number]


def _damaged() -> ModelError:
    return ModelError("the model's wording is damaged; get the model again")
