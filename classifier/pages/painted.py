"""Elements laid over a text as HTML: nested where they nest, and cut where they cross."""

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from classifier.text.escape import escaped


class Element(NamedTuple):
    """An inline element over a stretch of a text."""

    start: int
    end: int
    rank: float  # of two on the same stretch, the higher lies inside
    opening: str  # the tag of its first piece
    again: str  # the tag of every further piece, where it is cut or goes on in another stretch
    closing: str


class Painted:
    """Stretches of a text with their elements, which come in order of their starts.

    Asked for from the text's beginning to its end.
    """

    def __init__(self, text: str, elements: Sequence[Element]) -> None:
        self._text = text
        self._elements = elements
        self._next = 0
        self._open: list[int] = []  # elements that reach beyond the stretches so far
        self._begun: set[int] = set()

    def stretch(self, start: int, end: int) -> str:
        """``text[start:end]`` as HTML."""
        first = self._next
        while self._next < len(self._elements) and self._elements[self._next].start < end:
            self._next += 1
        within = [i for i in (*self._open, *range(first, self._next)) if self._elements[i].end > start]
        self._open = [i for i in within if self._elements[i].end > end]
        return "".join(self._pieces(start, end, within))

    def _pieces(self, start: int, end: int, within: Sequence[int]) -> Iterator[str]:
        waiting = []
        for i in within:
            element = self._elements[i]
            waiting.append((max(element.start, start), -min(element.end, end), element.rank, i))
        heapify(waiting)
        open_: list[tuple[int, str]] = []  # where each open element ends and how, the innermost last
        at = start
        while waiting:
            opens, less, rank, i = heappop(waiting)
            closes = -less
            while open_ and open_[-1][0] <= opens:
                yield escaped(self._text[at : open_[-1][0]]) + open_[-1][1]
                at = open_.pop()[0]
            if open_ and closes > open_[-1][0]:  # crosses the end of another: the rest is a further piece
                heappush(waiting, (open_[-1][0], -closes, rank, i))
                closes = open_[-1][0]
            yield escaped(self._text[at:opens])
            at = opens
            element = self._elements[i]
            yield element.again if i in self._begun else element.opening
            self._begun.add(i)
            open_.append((closes, element.closing))
        while open_:
            yield escaped(self._text[at : open_[-1][0]]) + open_[-1][1]
            at = open_.pop()[0]
        yield escaped(self._text[at:end])
