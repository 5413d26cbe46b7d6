"""How varied the words of a body are: which were used before, and how many different ones equal stretches hold."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.words import MIX, Words

WINDOW = 100  # words; the vocabulary of longer stretches is poorer by nature, so only equal lengths compare
PHRASE = 4  # words of a phrase that may be said again

_ODD = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F))


class Variety(NamedTuple):
    """The words of a body, in order, and how they come again."""

    words: NDArray[np.int64]  # of the whole text, (n,)
    different: NDArray[np.int64]  # different words in each run of WINDOW, (max(n - WINDOW + 1, 0),)
    back: NDArray[np.int64]  # body words since the phrase of PHRASE words from here was said last; 0: never


def variety(
    found: Words, first: NDArray[np.int32], last: NDArray[np.int32], word_at: NDArray[np.int64]
) -> list[Variety]:
    """The variety of each of the texts joined in `found`, whose bodies are the sentences from `first` to `last`."""
    size = last - first
    gaps = first.astype(np.int64)
    gaps[1:] -= last[:-1]  # words outside the body before each sentence
    body = np.arange(size.sum()) + np.cumsum(gaps).repeat(size)
    at = body.searchsorted(word_at)
    keys = _keys(found, body, np.diff(at))
    last_use = _previous(keys)
    back = _phrases_back(keys, last_use)
    different = _different(last_use)
    body -= word_at[:-1].repeat(np.diff(at))
    bounds = at.tolist()
    return [Variety(body[a:b], different[a : max(b - WINDOW + 1, a)], back[a:b]) for a, b in pairwise(bounds)]


def _keys(found: Words, body: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number that equal words of one text have in common and others hardly ever, from the first sixteen letters."""
    head, tail = found.packed
    keys: NDArray[np.uint64] = head[body] * MIX[0]
    keys ^= tail[body] * MIX[1]
    keys += np.arange(1, len(sizes) + 1, dtype=np.uint64).repeat(sizes)
    keys ^= keys >> np.uint64(29)
    keys *= MIX[1]
    return keys


def _previous(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """For each key the place of the same key before it, -1 where there is none; shape as `keys`."""
    n = len(keys)
    bits = np.uint64(max(n.bit_length(), 1))
    places = (np.uint64(1) << bits) - np.uint64(1)
    # One sort of numbers, quicker than one of places: the low bits, which say least, give way to the place.
    ordered = keys & ~places
    ordered |= np.arange(n, dtype=np.uint64)
    ordered.sort()
    place = (ordered & places).view(np.int64)
    ordered >>= bits
    again = (ordered[1:] == ordered[:-1]).nonzero()[0]
    result = np.full(n, -1, np.int64)
    result[place[again + 1]] = place[again]
    return result


def _phrases_back(keys: NDArray[np.uint64], last_use: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each word how many words ago the phrase that begins with it was said last, 0 where it was not."""
    back = np.zeros(len(keys), np.int64)
    # Each word of a phrase said twice is used twice; few phrases are left then.
    again = last_use >= 0
    again[last_use[again]] = True
    n = max(len(keys) - PHRASE + 1, 0)
    possible = again[:n].copy()
    for i in range(1, PHRASE):
        possible &= again[i : n + i]
    place = possible.nonzero()[0]
    phrases = keys[place]
    for i, factor in enumerate(_ODD, 1):
        phrases += keys[place + i] * factor
    before = _previous(phrases)
    said = (before >= 0).nonzero()[0]
    back[place[said]] = place[said] - place[before[said]]
    return back


def _different(last_use: NDArray[np.int64]) -> NDArray[np.int64]:
    """Different words in the run of `WINDOW` words from each place; of no meaning where a run leaves its text."""
    # A word is new to the runs that begin after its last use, from the first that reaches it to the one it begins.
    n = len(last_use)
    begin = np.maximum(last_use + 1, np.arange(1 - WINDOW, n - WINDOW + 1))
    np.maximum(begin, 0, out=begin)
    counts = np.bincount(begin, minlength=n)
    counts -= 1
    counts[:1] += 1  # each word closes its own run, but for the first place, where none has yet
    return np.cumsum(counts)
