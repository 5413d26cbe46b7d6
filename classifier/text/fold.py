"""Copies of a text in which index i still means character i, so that rules need not know every variant.

Case, quotation marks, spaces and line ends vary without meaning anything to a rule. They are folded at equal
length; what has to vanish or shrink (tags, soft hyphens, references) is the business of `readable`.
"""

from typing import NamedTuple

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
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
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
