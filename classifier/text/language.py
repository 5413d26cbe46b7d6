"""Is this paragraph in a language our word lists cover?

Function words tell it: in running English every third word is one of some sixty. Short stretches are not
judged alone but follow the document.
"""

import numpy as np
from numpy.typing import NDArray

from classifier.text.words import OTHER_LETTER, Words

# In this order they are classes 0, 1, 2 ... of the words of a text (see `WordClasses`).
FUNCTION_WORDS: dict[str, frozenset[bytes]] = {
    "en": frozenset(
        b"the of and to in a is that for it was on are as with his they at be this from have or by one had"
        b" not but what all were when we there an which their has been who will more would about if out up"
        b" into than its she he her you i said after over no can could".split()
    ),
    "fr": frozenset(
        b"le la les de des du un une et en est que qui dans pour pas sur au aux par il elle ce cette ne se"
        b" plus avec son sa ses sont mais nous vous ils ont a selon avant apres leur".split()
    ),
    "de": frozenset(
        b"der die das und in den von zu mit sich des auf ist im dem nicht ein eine als auch es an werden"
        b" aus er hat dass sie nach wird bei einer um am sind noch wie einem einen so zum war haben nur"
        b" oder aber vor zur bis".split()
    ),
    "es": frozenset(
        b"de la que el en y los se del las por un para con no una su al lo como pero sus le ya o este"
        b" porque esta entre cuando muy sin sobre tiene hasta hay donde han fue ser es son".split()
    ),
    "pt": frozenset(
        b"de a o que e do da em um para com uma os no se na por mais as dos como mas ao ele das seu sua ou"
        b" quando muito nos foi ser tem sem mesmo aos seus quem nas isso entre".split()
    ),
    "it": frozenset(
        b"di e il la che in un per non una si con del da della dei le al come alla sono gli nel anche ma"
        b" delle ha lo piu su nella dal questo essere suo".split()
    ),
    "nl": frozenset(
        b"de van het een en in is dat op te zijn met voor niet aan er om ook als door maar bij dan uit nog"
        b" naar heeft hij ze wordt werd deze".split()
    ),
}
SUPPORTED = "en"
_BITS = {language: np.uint16(1 << i) for i, language in enumerate(FUNCTION_WORDS)}
_OWN = _BITS[SUPPORTED]
_OTHERS = [bit for language, bit in _BITS.items() if language != SUPPORTED]
_ANY_OTHER = np.bitwise_or.reduce(_OTHERS)
ENOUGH_WORDS = 8  # below, a stretch is not judged
Classes = NDArray[np.uint16]


def covered(
    found: Words, classes: Classes, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the words from `first` up to `last` read as English, stretch by stretch.

    Stretches of under 8 words always do. `classes` says in which lists each word of the text stands.
    """
    known = np.zeros(len(classes) + 1, np.int64)
    np.cumsum((classes & _OWN) != 0, out=known[1:])
    size, ours = last - first, known[last] - known[first]
    result: NDArray[np.bool_] = (size < ENOUGH_WORDS) | (ours >= 0.25 * size)
    rest = (~result).nonzero()[0]
    if len(rest):
        result[rest] = _read_as_english(found, classes, first[rest], last[rest], ours[rest])
    return result


def _read_as_english(
    found: Words, classes: Classes, first: NDArray[np.int64], last: NDArray[np.int64], ours: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """The same of stretches, none empty, with few function words of English (`ours`): are there other signs?"""
    size = last - first
    begin = np.cumsum(size) - size
    at = np.arange(begin[-1] + size[-1]) + (first - begin).repeat(size)  # their words, one behind the other
    letters = np.add.reduceat(found.end[at] - found.start[at], begin)
    wide = (found.cells == OTHER_LETTER).nonzero()[0]
    foreign = wide.searchsorted(found.end[last - 1]) - wide.searchsorted(found.start[first])
    result: NDArray[np.bool_] = (foreign <= 0.5 * letters) & ((ours >= 0.06 * size) | (size < 25))
    known = classes[at]
    others = np.add.reduceat(((known & _ANY_OTHER) != 0).astype(np.int64), begin)
    for i in (others > ours + 1).nonzero()[0].tolist():
        own = known[begin[i] : begin[i] + size[i]]
        result[i] &= max(np.count_nonzero(own & bit) for bit in _OTHERS) <= ours[i] + 1
    return result


def language_of(classes: Classes) -> str:
    """ISO 639-1 code of running words, among those with a list here; ``und`` where none fits."""
    if not len(classes):
        return "und"
    counts = {language: np.count_nonzero(classes & bit) for language, bit in _BITS.items()}
    best = max(counts, key=lambda language: (counts[language], language == SUPPORTED))
    return best if counts[best] >= 0.08 * len(classes) else "und"
