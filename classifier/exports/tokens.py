"""Tokens for formats that know no characters: words, marks and, between them, white space.

They are cut at every edge of a mark as well, so that each mark is a whole number of tokens.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

_PIECE = re.compile(r"\w+|[^\w\s]|\s+")


class Token(NamedTuple):
    """One token; `spaced` says that one space follows it, which is then no token of its own."""

    start: int
    end: int
    spaced: bool
    blank: bool  # white space only


def tokens(text: str, edges: Iterable[int]) -> list[Token]:
    """All of `text` as tokens, as spaCy has them: one space after a word belongs to it, other white space is a token.

    Cut at `edges` too; those within white space are left out, so marks are to be `trimmed` first.
    """
    cuts = sorted(set(edges))
    found: list[Token] = []
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        if text[start].isspace():
            if found and text[start] == " ":
                found[-1] = found[-1]._replace(spaced=True)
                start += 1
            if start < end:
                found.append(Token(start, end, False, True))
            continue
        within = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        bounds = (start, *within, end)
        found += [Token(a, b, False, False) for a, b in pairwise(bounds)]
    return found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends; empty if there is nothing else."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


class Reach:
    """Which tokens a stretch covers."""

    def __init__(self, found: list[Token]) -> None:
        self._starts = [token.start for token in found]
        self._ends = [token.end for token in found]

    def of(self, start: int, end: int) -> tuple[int, int]:
        """First and last (inclusive) token of a stretch whose edges are edges of tokens."""
        return bisect_left(self._starts, start), bisect_left(self._ends, end)


def edges(stretches: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Both ends of each stretch."""
    for start, end in stretches:
        yield start
        yield end
