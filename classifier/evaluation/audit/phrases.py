"""Lines, sentences, openings and endings that stand in several articles of a corpus."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.words import words

SHORTEST, LONGEST = 3, 40
"""Words of a repeated line or sentence; a single word or two repeat by chance."""
EDGE = 8
"""Words at the beginning and at the end of a text of which every three in a row are a phrase of their own."""
OFTEN = 5
"""Articles a phrase must stand in to be kept."""
_SHOWN = 8  # words of a phrase that are shown
_PARTS = re.compile(r"\n+|(?<=[.!?\u2026\u201d\"])\s+")
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Which of n articles hold which repeated phrase, as pairs of columns."""

    n_articles: int
    article: NDArray[np.int64]
    phrase: NDArray[np.int64]
    shown: tuple[str, ...]
    """The phrases by number, in lower case, numbers as 0, their first 8 words."""

    def rows(self, rows: NDArray[np.int64]) -> "Phrases":
        """The same of some of the articles, which are numbered anew."""
        place = np.full(self.n_articles, -1, np.int64)
        place[rows] = np.arange(len(rows))
        kept = place[self.article] >= 0
        return Phrases(len(rows), place[self.article[kept]], self.phrase[kept], self.shown)


def repeated_phrases(texts: Sequence[str]) -> Phrases:
    """The phrases that 5 texts or more hold: lines, sentences, any three of the first or last 8 words.

    Case, marks and the value of numbers do not matter. Two passes, so that of phrases which stand in a few
    texts only a number of 64 bits is kept, and of these only for as long as they are counted.
    """
    keys = [np.fromiter({_key(phrase) for phrase in _phrases(text)}, np.uint64) for text in texts]
    every = np.concatenate([np.empty(0, np.uint64), *keys])
    article = np.repeat(np.arange(len(texts)), [len(one) for one in keys])
    del keys
    _, number, counts = np.unique(every, return_inverse=True, return_counts=True)
    kept = counts[number] >= OFTEN
    often, phrase = np.unique(every[kept], return_inverse=True)
    article = article[kept]
    shown = [""] * len(often)
    firsts = np.unique(article[np.unique(phrase, return_index=True)[1]])
    for i in firsts.tolist():
        for written in _phrases(texts[i]):
            at = int(often.searchsorted(np.uint64(_key(written))))
            if at < len(often) and often[at] == _key(written) and not shown[at]:
                shown[at] = " ".join(written.split(" ")[:_SHOWN])
    return Phrases(len(texts), article, phrase.astype(np.int64), tuple(shown))


def _phrases(text: str) -> Iterator[str]:
    first: list[str] = []
    last: list[str] = []
    for part in _PARTS.split(text):
        found = ["0" if word[0] in _DIGITS else word for word in words(part)]
        if SHORTEST <= len(found) <= LONGEST:
            yield " ".join(found)
        if len(first) < EDGE:
            first += found
        last = (last + found)[-EDGE:]
    for at in range(min(EDGE, len(first)) - SHORTEST + 1):
        yield f"{' '.join(first[at : at + SHORTEST])} ..."
    for at in range(len(last) - SHORTEST + 1):
        yield f"... {' '.join(last[at : at + SHORTEST])}"


def _key(phrase: str) -> int:
    return int.from_bytes(blake2b(phrase.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
