"""Names of a text: runs of capitalised words inside sentences, whole texts at a time.

People, places, bodies, works and what is called after them ("American"); no list says which. A run's words have a
space, a hyphen or the point of an abbreviation between them, and may be joined by "of", "de", "van" and their like:
"Mr. Ada Holm", "U.S. Senate", "Bay of Plenty". None are:

- one word that opens a sentence or a quotation, unless it is an acronym ("FBI"), and a common word that opens one;
- "I", forms of address alone, months and days of the week;
- words of headings and of shouted sentences, which have capitals in most of their words, and of the headline.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.words import WordClasses, Words

# Words that open a sentence with a capital and are no part of the name behind them.
_OPENERS = (
    b"the a an this that these those his her its their our my your he she it they we you i and or but nor so"
    b" yet if when while because although though since as at by for from in into of off on onto out over to"
    b" toward towards under up with within without after before during between among against about around above"
    b" below through throughout like unlike despite until upon via per than then there here now what which who"
    b" whom whose where why how is are was were be been being has have had do does did will would can could may"
    b" might shall should must not no never only also even just still again already meanwhile however moreover"
    b" furthermore instead nevertheless yesterday today tomorrow earlier later last next recently eventually"
    b" finally perhaps maybe indeed first second third one two three four five six seven eight nine ten some"
    b" many most all both each every several few more another other such much any according asked said says told"
    b" yes oh well please let see read watch thus hence therefore once former i'm i've i'll i'd we're they're"
    b" you're don't didn't can't isn't wasn't"
).split()
_NO_NAMES = (
    b"i i'm i've i'll i'd ok tv am pm bc ad vs monday tuesday wednesday thursday friday saturday sunday january"
    b" february july september october november december jan feb aug sept oct nov dec"
).split()
_ADDRESSES = b"mr mrs ms dr no".split()
_CONNECTORS = b"of de la van von der den bin ibn al el du di du da le".split()
_CLASSES = WordClasses([_OPENERS, _NO_NAMES, _ADDRESSES, _CONNECTORS])  # asked of few words only
_OPENER, _NO_NAME, _ADDRESS, _CONNECTOR = (np.uint16(1 << i) for i in range(4))
_IS_CAPITAL = np.array([chr(c).isupper() for c in range(256)])
# Before a word that opens something; "?" stands for dashes and bullets outside Latin-1.
_OPENS = np.isin(np.arange(256), list(b"\"'\n[*?"))
_OPENS_BEFORE_SPACE = np.isin(np.arange(256), list(b":*?"))
_SHOUTED = 0.75  # share of capitals: a statement with more of them is shouted
_HEADING = 0.5  # the same of other sentences: they are headings
_SHORT = 3  # words: a sentence of no more is not judged by its share of capitals
_SPACE, _HYPHEN, _POINT = (ord(sign) for sign in " -.")

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Names(NamedTuple):
    """Columns over names, in order."""

    first: Ints  # word
    last: Ints  # word, exclusive

    def parts(self, word_at: Ints) -> list["Names"]:
        """Those of each text, where the words of texts that were joined begin at `word_at`; the last is the end."""
        places = self.first.searchsorted(word_at).tolist()
        begins = word_at.tolist()
        return [
            Names(self.first[i:j] - at, self.last[i:j] - at)
            for i, j, at in zip(places[:-1], places[1:], begins[:-1], strict=True)
        ]


def names(
    found: Words, first_word: NDArray[np.int32], last_word: NDArray[np.int32], statement: Mask
) -> Names:
    """The names in the sentences from `first_word` to `last_word` (exclusive), sorted, of one or more texts."""
    start, end, latin = found.start, found.end, found.latin
    word = _IS_CAPITAL[latin[start]].nonzero()[0]
    sentence = first_word.searchsorted(word.astype(np.int32), "right") - 1
    inside = sentence >= 0
    inside[inside] = word[inside] < last_word[sentence[inside]]
    word, sentence = word[inside], sentence[inside]
    if not len(word):
        return Names(word, word)
    size = last_word - first_word
    most = np.where(statement, _SHOUTED, _HEADING) * size
    shouted = (np.bincount(sentence, minlength=len(size)) > most) & (size > _SHORT)
    own = _CLASSES.of(found.some(word))
    begin = start[word]
    # At the beginning of the text its last characters, which does no harm; wrapped, for a text of one character.
    before = latin.take(begin - 2, mode="wrap")
    opens = (word == first_word[sentence]) | _OPENS[latin[begin - 1]] | _OPENS_BEFORE_SPACE[before]
    kept = ~shouted[sentence] & ((own & _NO_NAME) == 0) & ~(opens & ((own & _OPENER) != 0))
    word, sentence, opens, own = word[kept], sentence[kept], opens[kept], own[kept]

    # Each run goes from one word to the next that is beside it, or behind one connector.
    step = np.diff(word)
    same = np.diff(sentence) == 0
    near = (step == 1) & same
    over = ((step == 2) & same).nonzero()[0]
    near[over] = (_CLASSES.of(found.some(word[over] + 1)) & _CONNECTOR) != 0
    at = near.nonzero()[0]
    goes_on = np.zeros(len(word), np.bool_)
    goes_on[at] = _beside(found, word[at]) & _beside(found, word[at + 1] - 1)
    begins, ends = np.ones(len(word), np.bool_), ~goes_on
    begins[1:] = ~goes_on[:-1]
    first, last = word[begins], word[ends]
    initial = start[first]
    acronym = _IS_CAPITAL[latin[np.minimum(initial + 1, end[first] - 1)]]
    told = (last > first) | ((~opens[begins] | acronym) & ((own[begins] & _ADDRESS) == 0))
    told &= end[last] - initial > 1  # no letter alone
    return Names(first[told], last[told] + 1)


def _beside(found: Words, word: Ints) -> Mask:
    """Whether each word is joined to the next one: by a space, a hyphen, or the point of an abbreviation."""
    end = found.end[word]
    gap = found.start[word + 1] - end
    sign = found.latin[end]
    result: Mask = (gap == 1) & ((sign == _SPACE) | (sign == _HYPHEN) | (sign == _POINT))
    result |= (gap == 2) & (sign == _POINT) & (found.latin[end + 1] == _SPACE)
    return result
