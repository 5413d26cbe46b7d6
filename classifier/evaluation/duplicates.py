"""Near-duplicate articles, found exactly: which texts repeat one another, and which of them to train on."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.words import words

IntArray: TypeAlias = NDArray[np.int64]
HashArray: TypeAlias = NDArray[np.uint64]

SHINGLE = 5
"""Words in a shingle."""

# Odd, so that every word of a shingle keeps all its 64 bits; modulo 4 it is 3, so that two words that only
# changed places lose one bit at most.
_BASE = np.uint64(0x9E3779B97F4A7C17)
_VERIFY_AT_ONCE = 2_000_000
_BLOCK = 1000  # sets kept in one piece


class Clusters(NamedTuple):
    """Cluster ids of n texts, each of shape (n,), numbered from 0 in order of first appearance."""

    exact: IntArray
    """Texts with the same word sequence share an id."""
    near: IntArray
    """Near-duplicates share an id (connected components; exact copies included)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles to train on so that no article counts twice and no text has two labels."""

    keep: NDArray[np.bool_]
    """Shape (n,)."""
    reasons: tuple[str, ...]
    """One an article: "kept", "repeat" or "contradictory_labels"."""
    n_repeats: int
    n_contradictory: int
    n_contradictory_clusters: int


class _WordHashes(dict[str, int]):
    """Word -> 64 bits; each different word is hashed once, the same in every process."""

    def __missing__(self, word: str) -> int:
        value = self[word] = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
        return value


def shingles(hashes: HashArray) -> HashArray:
    """Set of 5-word shingles of a text as sorted 64-bit numbers; empty where there are fewer than 5 words.

    hashes: shape (words,), one 64-bit number a word. Polynomial hash modulo 2**64 over hashed words: two
    given shingles collide with a probability of about 2**-63.
    """
    n = len(hashes) - SHINGLE + 1
    if n < 1:
        return np.empty(0, np.uint64)
    rolled = hashes[:n].copy()
    for k in range(1, SHINGLE):
        rolled *= _BASE
        rolled += hashes[k : k + n]
    return np.unique(rolled)


def find_duplicates(texts: Sequence[str]) -> Clusters:
    """Exact and near-duplicate clusters of `texts`.

    Two texts are near-duplicates when their sets of 5-word shingles have a Jaccard similarity of at least 0.5
    or share more than 0.6 of the smaller set; texts under 5 words only when their word sequences are equal. A
    Jaccard similarity of 0.5 means that two thirds of the smaller set are shared, so the second test decides.

    No sampling, and no cap on frequent shingles. Instead of comparing all texts that share boilerplate, the
    prefix filter of Chaudhuri, Ganti and Kaushik (2006) is used: to share more than 0.6 of its s shingles, a
    text must share one of its rarest s - floor(0.6 s), so only those are looked up. A footer carried by
    thousands of texts is looked up only for texts that consist mostly of such footers. Memory: about 20 bytes
    a word.
    """
    known = _WordHashes()
    digests: dict[bytes, int] = {}
    exact = np.empty(len(texts), np.int64)
    sets: list[HashArray] = []
    block: list[HashArray] = []
    for i, text in enumerate(texts):
        hashes = np.fromiter(map(known.__getitem__, words(text)), np.uint64)
        exact[i] = digests.setdefault(blake2b(hashes.tobytes(), digest_size=16).digest(), len(digests))
        if exact[i] == len(sets) + len(block):
            block.append(shingles(hashes))
            if len(block) == _BLOCK:
                sets += _in_one_piece(block)
                block = []
    sets += _in_one_piece(block)
    return Clusters(exact, _by_first_appearance(_components(sets)[exact]))


def _in_one_piece(block: Sequence[HashArray]) -> list[HashArray]:
    """The same sets as parts of one array: thousands of small ones would leave memory in pieces behind."""
    return np.split(np.concatenate(block), np.cumsum([len(s) for s in block])[:-1]) if block else []


def near_duplicate_clusters(texts: Sequence[str]) -> IntArray:
    """Near-duplicate cluster of each text, shape (n,); see `find_duplicates` for the definition."""
    return find_duplicates(texts).near


def keep_for_training(clusters: IntArray, labels: Sequence[Hashable] | NDArray[np.generic]) -> Selection:
    """The first article of each cluster; clusters whose articles disagree about the label are dropped whole.

    clusters: shape (n,), near-duplicate ids. labels: length n, of the articles meant for training only.
    """
    label = _codes(labels)
    _, first, cluster = np.unique(clusters, return_index=True, return_inverse=True)
    contradictory = np.isin(cluster, cluster[label != label[first[cluster]]])
    repeat = ~contradictory & (first[cluster] != np.arange(len(cluster)))
    reasons = np.select([contradictory, repeat], ["contradictory_labels", "repeat"], "kept")
    return Selection(
        keep=~contradictory & ~repeat,
        reasons=tuple(str(reason) for reason in reasons),
        n_repeats=int(repeat.sum()),
        n_contradictory=int(contradictory.sum()),
        n_contradictory_clusters=len(np.unique(cluster[contradictory])),
    )


def _codes(labels: Sequence[Hashable] | NDArray[np.generic]) -> IntArray:
    seen: dict[Hashable, int] = {}
    values = labels.tolist() if isinstance(labels, np.ndarray) else labels
    return np.array([seen.setdefault(value, len(seen)) for value in values], dtype=np.int64)


def _by_first_appearance(ids: IntArray) -> IntArray:
    _, first, inverse = np.unique(ids, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first)).astype(np.int64)[inverse]


def _components(sets: list[HashArray]) -> IntArray:
    """Connected components of "shares more than 0.6 of the smaller set", shape (len(sets),)."""
    size = np.array([len(s) for s in sets], dtype=np.int64)
    component = np.arange(len(sets), dtype=np.int64)
    members = {i: [i] for i in range(len(sets))}
    index = _Index.build(sets, size)
    wanted = size - 3 * size // 5 - index.own
    seen_whole = np.zeros(len(index.frequency), bool)
    mark = np.zeros(len(index.frequency), bool)
    for i in np.flatnonzero(wanted > 0).tolist():
        mine = index.shingles_of(i)
        rarest = mine[: wanted[i]]
        found = []
        for shingle in rarest[~seen_whole[rarest]].tolist():
            holders = index.holders(shingle)
            others = holders[component[holders] != component[i]]
            # Components only grow: a shingle whose holders are already together will never tell anything new.
            seen_whole[shingle] = not len(others)
            found.append(others[size[others] >= size[i]])
        candidates = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
        if not len(candidates):
            continue
        mark[mine] = True
        shared = index.count_marked(candidates, mark)
        mark[mine] = False
        for j in candidates[5 * shared > 3 * size[i]].tolist():
            if component[i] != component[j]:
                small, large = sorted((int(component[i]), int(component[j])), key=lambda c: len(members[c]))
                moved = members.pop(small)
                component[moved] = large
                members[large] += moved
    return component


def _places(common: HashArray, some: HashArray) -> IntArray:
    """Where members of `some` stand in `common` (both sorted sets); others are left out."""
    if not len(common):
        return np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(common, some), len(common) - 1)
    found: IntArray = at[common[at] == some]
    return found


@dataclass(frozen=True, slots=True)
class _Index:
    """Shingles held by two texts or more, from both sides."""

    own: IntArray  # (texts,) shingles no other text has
    frequency: IntArray  # (shingles,) texts that hold it
    holder: IntArray  # texts, shingle after shingle
    holder_start: IntArray
    shingle: IntArray  # shingles, text after text, rarest first
    shingle_start: IntArray

    @classmethod
    def build(cls, sets: list[HashArray], size: IntArray) -> "_Index":
        keys = np.concatenate([np.empty(0, np.uint64), *sets])
        keys.sort()
        # Nearly all shingles are a text's own: from here on only the few shared ones take memory.
        common = np.unique(keys[1:][keys[1:] == keys[:-1]])
        del keys
        numbers = [_places(common, s) for s in sets]
        held = np.array([len(n) for n in numbers], dtype=np.int64)
        number = np.concatenate([np.empty(0, np.int64), *numbers])
        text = np.repeat(np.arange(len(sets)), held)
        frequency = np.bincount(number, minlength=len(common))
        return cls(
            own=size - held,
            frequency=frequency,
            holder=text[np.argsort(number, kind="stable")],
            holder_start=np.concatenate([[0], np.cumsum(frequency)]),
            shingle=number[np.lexsort((number, frequency[number], text))],
            shingle_start=np.concatenate([[0], np.cumsum(held)]),
        )

    def holders(self, shingle: int) -> IntArray:
        return self.holder[self.holder_start[shingle] : self.holder_start[shingle + 1]]

    def shingles_of(self, text: int) -> IntArray:
        return self.shingle[self.shingle_start[text] : self.shingle_start[text + 1]]

    def count_marked(self, texts: IntArray, mark: NDArray[np.bool_]) -> IntArray:
        """How many of the marked shingles each of `texts` holds."""
        length = self.shingle_start[texts + 1] - self.shingle_start[texts]
        counts = []
        part = np.cumsum(length) // _VERIFY_AT_ONCE
        for block in np.unique(part):
            of = part == block
            before = np.cumsum(length[of]) - length[of]
            offset = np.repeat(self.shingle_start[texts[of]] - before, length[of])
            places = offset + np.arange(len(offset))
            counts.append(np.add.reduceat(mark[self.shingle[places]], before, dtype=np.int64))
        return np.concatenate(counts)
