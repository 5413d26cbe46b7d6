"""Does a text name its own publisher, so that whoever reads it knows the outlet and with it the label?"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.publishers import UNKNOWN, publisher_codes

COMPARED = 200
"""Articles of other publishers, evenly spaced over the corpus, in which each name is looked for."""
OWN = 3.0
"""How many times oftener its own articles must hold a name: "Reuters" or "Time" stand everywhere."""
_WORD_LENGTH = 4  # a shorter name is looked for as an address only
_RUN_LENGTH = (
    8  # letters from which on a name is also found written apart: "Daily Quarn" for dailyquarn.example
)
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "gob", "edu", "ac", "ne", "or", "go"])
_NOT_LETTERS = re.compile(r"[\W_]+")


class _Read(NamedTuple):
    low: str
    run: str  # letters and digits only


class _Name(NamedTuple):
    address: str  # empty where only a name is known
    stem: str
    word: "re.Pattern[str]"

    def stands_in(self, text: _Read) -> bool:
        if self.address and self.address in text.low:
            return True
        if len(self.stem) >= _RUN_LENGTH:
            return self.stem in text.run
        return len(self.stem) >= _WORD_LENGTH and self.stem in text.low and bool(self.word.search(text.low))


def names_own_publisher(texts: Sequence[str], publishers: Sequence[str | None]) -> NDArray[np.bool_]:
    """Which texts hold the name or the domain of their own publisher, (n,); false where it is unknown.

    A name that other publishers' articles hold a third as often counts for nobody. The texts of one
    publisher are read one behind the other: linear in the length of the corpus, plus 200 articles a publisher.
    """
    codes = publisher_codes(publishers)
    named = np.zeros(len(texts), np.bool_)
    spaced = np.unique(np.linspace(0, max(len(texts) - 1, 0), COMPARED).round().astype(np.int64))
    compared = [(int(codes[i]), _read(texts[i])) for i in spaced.tolist() if len(texts)]
    for code in range(int(codes.max(initial=UNKNOWN)) + 1):
        rows = np.flatnonzero(codes == code)
        name = _name(publishers[rows[0]] or "")
        own = np.array([name.stands_in(_read(texts[i])) for i in rows.tolist()])
        others = [name.stands_in(text) for of, text in compared if of != code]
        if own.mean() >= OWN * (float(np.mean(others)) if others else 0.0):
            named[rows] = own
    return named


def _read(text: str) -> _Read:
    low = text.lower()
    return _Read(low, _NOT_LETTERS.sub("", low))


def _name(publisher: str) -> _Name:
    """How a publisher is written: `www.dailyquarn.co.example` has the stem `dailyquarn`."""
    whole = publisher.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    domain = whole.split("/")[0]
    address = domain if "." in domain and " " not in whole else ""
    parts = domain.split(".")[:-1] if address else [whole.removeprefix("the ")]
    stem = max((p for p in parts if p not in _SECOND_LEVEL), key=len, default="")
    letters = _NOT_LETTERS.sub("", stem)
    return _Name(address, letters, re.compile(rf"\b{re.escape(letters)}\b"))
