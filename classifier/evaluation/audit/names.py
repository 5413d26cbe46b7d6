"""Does a text name its own publisher, which tells the outlet and with it the label, or state its own label?"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.publishers import UNKNOWN, publisher_codes

COMPARED = 100
"""Articles of other publishers, evenly spaced over the corpus, in which each name is looked for."""
OWN = 3.0
"""How many times oftener its own articles must hold a name: "Reuters" or "Time" stand everywhere."""
_WORD_LENGTH = 4  # a shorter name is looked for as an address only
_RUN_LENGTH = (
    8  # letters from which on a name is also found written apart: "Daily Quarn" for dailyquarn.example
)
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "gob", "edu", "ac", "ne", "or", "go"])
_BETWEEN = re.compile(r"[\W_]+")


_LABEL_LENGTH = 3  # a shorter label ("0", "no") is found everywhere


class _Name(NamedTuple):
    address: str  # empty where only a name is known
    written: "re.Pattern[str] | None"  # None where the name is too short to be told from a word

    def stands_in(self, low: str) -> bool:
        if self.address and self.address in low:
            return True
        return self.written is not None and bool(self.written.search(low))


def names_own_publisher(texts: Sequence[str], publishers: Sequence[str | None]) -> NDArray[np.bool_]:
    """Which texts hold the name or the domain of their own publisher, (n,); false where it is unknown.

    A name that other publishers' articles hold a third as often counts for nobody. The texts of one
    publisher are read one behind the other: linear in the length of the corpus, plus 100 articles a publisher.
    """
    codes = publisher_codes(publishers)
    named = np.zeros(len(texts), np.bool_)
    spaced = np.unique(np.linspace(0, max(len(texts) - 1, 0), COMPARED).round().astype(np.int64))
    compared = [(int(codes[i]), texts[i].lower()) for i in spaced.tolist() if len(texts)]
    for code in range(int(codes.max(initial=UNKNOWN)) + 1):
        rows = np.flatnonzero(codes == code)
        name = _name(publishers[rows[0]] or "")
        own = np.array([name.stands_in(texts[i].lower()) for i in rows.tolist()])
        others = [name.stands_in(text) for of, text in compared if of != code]
        if own.mean() >= OWN * (float(np.mean(others)) if others else 0.0):
            named[rows] = own
    return named


def states_own_label(texts: Sequence[str], labels: Sequence[str | None]) -> NDArray[np.bool_]:
    """Which texts state their own label: on a line of its own, before a colon, in brackets, behind "verdict:".

    Returns (n,); false without a label, and for labels under three characters. Case does not matter.
    """
    stated = {label: _stated(label) for label in set(labels) if label and len(label.strip()) >= _LABEL_LENGTH}
    return np.array(
        [
            label in stated and bool(stated[label].search(text))
            for text, label in zip(texts, labels, strict=True)
        ],
        np.bool_,
    )


def _stated(label: str) -> "re.Pattern[str]":
    name = re.escape(label.strip())
    return re.compile(
        rf"^\s*{name}\s*(?::|$)|[\[(]\s*{name}\s*[\])]|\b(?:label|verdict|rating|status|class)\s*[:=]\s*{name}\b",
        re.IGNORECASE | re.MULTILINE,
    )


def _name(publisher: str) -> _Name:
    """How a publisher is written: `www.dailyquarn.co.example` has the stem `dailyquarn`."""
    whole = publisher.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    domain = whole.split("/")[0]
    address = domain if "." in domain and " " not in whole else ""
    parts = domain.split(".")[:-1] if address else [whole.removeprefix("the ")]
    stem = max((p for p in parts if p not in _SECOND_LEVEL), key=len, default="")
    words = [word for word in _BETWEEN.split(stem) if word]
    letters = "".join(words)
    if len(letters) >= _RUN_LENGTH:
        return _Name(address, re.compile(r"[\W_]*".join(letters)))  # of letters and digits: nothing to escape
    if len(letters) >= _WORD_LENGTH:
        return _Name(address, re.compile(r"\b" + r"[\W_]+".join(words) + r"\b"))
    return _Name(address, None)
