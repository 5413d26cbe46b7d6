"""Copies of a text in which index i still means character i, so that rules need not know every variant.

Case, quotation marks, spaces and line ends vary without meaning anything to a rule. They are folded at equal
length; what has to vanish or shrink (tags, soft hyphens, references) is the business of `readable`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Marks and spaces, not dashes: a dash before a name means something that a hyphen does not.
_SINGLES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4"
_DOUBLES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c"
_BREAKS = "\u2028\u2029\u0085"
_PAIRS = [(c, "'") for c in _SINGLES] + [(c, '"') for c in _DOUBLES]
_PAIRS += [(c, " ") for c in _SPACES] + [(c, "\n") for c in _BREAKS]


class Folded(NamedTuple):
    """`plain` keeps case, `low` does not; both have the length of the text."""

    plain: str
    low: str


def fold(text: str) -> Folded:
    """Fold marks, spaces and line ends, then case; ``len(fold(text).low) == len(text)`` always."""
    plain = folded(text)
    return Folded(plain, lowered(plain))


def folded(text: str) -> str:
    """The text with marks, spaces and line ends folded, case kept, at equal length."""
    text = _with_line_ends(text)
    if text.isascii():
        return text.replace("\t", " ").replace("\x0b", " ").replace("\x0c", " ").replace("`", "'")
    for variant, usual in _PAIRS:  # a dozen times faster here than str.translate
        text = text.replace(variant, usual)
    return text


def lowered(plain: str) -> str:
    """The text in lower case, at equal length."""
    low = plain.lower()
    if len(low) != len(plain):  # only U+0130 grows when lowered
        low = "".join(c if len(x := c.lower()) > 1 else x for c in plain)
    return low


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


Points = NDArray[np.uint16] | NDArray[np.uint32]  # code points of a text
_FOLDED = np.arange(1 << 16, dtype=np.uint16)  # of each character the one it is folded to
_FOLDED[[ord(variant) for variant, _ in _PAIRS]] = [ord(usual) for _, usual in _PAIRS]


def folded_together(texts: Sequence[str], between: str) -> tuple[str, Points]:
    """``between.join(folded(text) for text in texts)`` and its code points, several times faster."""
    joined = between.join([_with_line_ends(text) for text in texts])
    for variant in "\t\x0b\x0c`":
        joined = joined.replace(variant, chr(_FOLDED[ord(variant)]))
    points = code_points(joined)
    special = (points > 0x7F).nonzero()[0]
    if len(special):
        found = points[special]
        points[special] = np.where(found < len(_FOLDED), _FOLDED.take(found, mode="clip"), found)
        joined = points.tobytes().decode(_codec(points), "surrogatepass")
    return joined, points


def code_points(text: str) -> Points:
    """The code points of a text, in two bytes each where that is enough."""
    units = np.frombuffer(bytearray(text.encode("utf-16-le", "surrogatepass")), np.uint16)
    # Half a surrogate pair is a character here, and two of them must not become one.
    if len(units) == len(text) and not ((units >= 0xD800) & (units <= 0xDFFF)).any():
        return units
    return np.frombuffer(bytearray(text.encode("utf-32-le", "surrogatepass")), np.uint32)


def _codec(points: Points) -> str:
    return "utf-16-le" if points.dtype == np.uint16 else "utf-32-le"
