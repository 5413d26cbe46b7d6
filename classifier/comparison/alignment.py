"""Which passage of one version is which of the other, by their words alone.

Passages with the same words in the same order of passages are paired by the longest common runs (difflib, after
Ratcliff and Obershelp); of the others, wherever they stand, the most similar ones. How similar two are is a ratio of
words: twice those in common, in order, by all words.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

CANDIDATES = 6  # passages compared word by word with one that changed: those with most words in common
NEARLY = 0.999  # at most, where words differ

Words = tuple[str, ...]


class Match(NamedTuple):
    """Two passages that are the same one, by number."""

    old: int
    new: int
    similarity: float


def aligned(
    old: Sequence[tuple[Words, ...]], new: Sequence[tuple[Words, ...]], at_least: float
) -> list[Match]:
    """Pairs in the order of `new`, no passage in two of them.

    Each passage is given by its words, and may be given by a part of them again: the more similar view counts.
    """
    whole_old, whole_new = [views[0] for views in old], [views[0] for views in new]
    same = SequenceMatcher(None, whole_old, whole_new, autojunk=False).get_matching_blocks()
    found = [Match(block.a + i, block.b + i, 1.0) for block in same for i in range(block.size)]
    left = set(range(len(old))).difference(match.old for match in found)
    free = set(range(len(new))).difference(match.new for match in found)
    closest = _closest(old, new, sorted(left), sorted(free), at_least)
    for match in sorted(closest, key=lambda m: (-m.similarity, abs(m.old - m.new), m)):
        if match.old in left and match.new in free:
            left.remove(match.old)
            free.remove(match.new)
            found.append(match)
    return sorted(found, key=lambda match: match.new)


def _closest(
    old: Sequence[tuple[Words, ...]],
    new: Sequence[tuple[Words, ...]],
    left: Sequence[int],
    free: Sequence[int],
    at_least: float,
) -> list[Match]:
    having: dict[str, list[int]] = defaultdict(list)
    for j in free:
        for word in set(new[j][0]):
            having[word].append(j)
    found = []
    for i in left:
        words = old[i][0]
        shared = Counter(j for word in set(words) for j in having[word])

        def promise(j: int, i: int = i, shared: Counter[int] = shared) -> tuple[float, int]:
            return -shared[j] / (len(old[i][0]) + len(new[j][0])), abs(i - j)

        for j in sorted(shared, key=promise)[:CANDIDATES]:
            if words == new[j][0]:
                found.append(Match(i, j, 1.0))
            elif (alike := max(map(ratio, old[i], new[j]))) >= at_least:
                found.append(Match(i, j, min(alike, NEARLY)))
    return found


def ratio(old: Words, new: Words) -> float:
    """How similar two runs of words are, 0 to 1; 0 where one has none."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio() if old and new else 0.0


def rising(numbers: Sequence[int]) -> set[int]:
    """As many of the numbers as stand in rising order (longest increasing subsequence, Fredman 1975)."""
    tails: list[int] = []
    below: dict[int, int] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        if at:
            below[number] = tails[at - 1]
        tails[at : at + 1] = [number]
    found = set(tails[-1:])
    at_last = tails[-1] if tails else -1
    while at_last in below:
        at_last = below[at_last]
        found.add(at_last)
    return found
