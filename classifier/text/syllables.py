"""Syllables of English words by a rule over letters, for all words of a text at once.

A syllable is a run of vowels (a, e, i, o, u, y and those with accents), except

- a final *e* after a consonant ("gate"), unless it is the *e* of *-le* after a consonant ("table"),
- the *e* of a final *-ed* after a consonant other than *d* and *t* ("walked", but "wanted"),
- the *e* of a final *-es* after a consonant other than *c*, *g*, *h*, *s*, *x* and *z* ("gates", but "boxes");

a word has one at least. Figures count as one. The rule errs on words such as "science" (one too few) and "something"
(one too many), about as often one way as the other.
"""

import numpy as np
from numpy.typing import NDArray

from classifier.text.words import Words

_VOWELS = np.zeros(256, np.bool_)
_VOWELS[np.frombuffer("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿ".encode("latin-1"), np.uint8)] = True
_E, _D, _S, _L = (ord(c) for c in "edsl")


def _listed(letters: str) -> NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[[ord(c) for c in letters]] = True
    return table


_SOUNDED_BEFORE_ED = _listed("dt") | _VOWELS
_SOUNDED_BEFORE_ES = _listed("cghsxz") | _VOWELS


def syllables(found: Words) -> NDArray[np.int32]:
    """The number of syllables of each word, at least 1; shape (n_words,)."""
    if not len(found.start):
        return np.zeros(0, np.int32)
    cells = found.cells
    begins = _VOWELS[cells]
    begins[1:] &= ~begins[:-1]
    # What stands between two words has no vowel: each word may be counted up to the next.
    counts: NDArray[np.int32] = np.add.reduceat(begins, found.start, dtype=np.int32)
    end, length = found.end, found.end - found.start
    last = cells[end - 1]
    before, third = (
        cells.take(end - n, mode="clip") for n in (2, 3)
    )  # of shorter words: `length` rules them out
    silent = (last == _E) & ~_VOWELS[before] & ~((before == _L) & ~_VOWELS[third])
    silent |= (last == _D) & (before == _E) & ~_SOUNDED_BEFORE_ED[third]
    silent |= (last == _S) & (before == _E) & ~_SOUNDED_BEFORE_ES[third]
    counts -= silent & (length >= 3)
    return np.maximum(counts, 1, out=counts)
