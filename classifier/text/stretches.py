"""Stretches of text, asked by bisection: which characters lie in one of them?"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Any number of stretches ``(start, end)``, in any order, overlapping or not."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether any stretch shares a character with ``start`` to ``end`` (exclusive)."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start

    def hold(self, position: int) -> bool:
        """Whether the character at `position` lies in a stretch."""
        return self.touch(position, position + 1)
