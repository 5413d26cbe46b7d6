"""Builds a changed copy of a text together with the way back from each of its characters."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Back = NDArray[np.int32]


class Edit(NamedTuple):
    """`text[start:end]` reads `shown` instead (empty: it vanishes)."""

    start: int
    end: int
    shown: str


class Rewrite:
    """Collects stretches of a source in order: kept as they are, or shown as something else.

    A stretch costs one append to each of five lists; the arrays are built once, in `finish`, so that a page
    of a thousand tags costs a thousand appends and no loop over characters.
    """

    __slots__ = ("_ends", "_kept", "_lengths", "_pieces", "_starts", "length")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._lengths: list[int] = []
        self._kept: list[bool] = []
        self.length = 0

    def keep(self, source: str, start: int, end: int) -> None:
        """Show `source[start:end]` as it is."""
        if start < end:
            self._append(source[start:end], start, end, kept=True)

    def put(self, shown: str, start: int, end: int) -> None:
        """Show `shown`; every character of it goes back to the whole of `source[start:end]`."""
        if shown:
            self._append(shown, start, end, kept=False)

    def _append(self, piece: str, start: int, end: int, *, kept: bool) -> None:
        self._pieces.append(piece)
        self._starts.append(start)
        self._ends.append(end)
        self._lengths.append(len(piece))
        self._kept.append(kept)
        self.length += len(piece)

    def finish(self) -> tuple[str, Back]:
        """Return the new text and, shape (2, len(text)), the source start and end of each character."""
        lengths = np.array(self._lengths, dtype=np.int64)
        starts = np.array(self._starts, dtype=np.int32)
        ends = np.array(self._ends, dtype=np.int32)
        kept = np.repeat(np.array(self._kept, dtype=np.bool_), lengths)
        within = np.arange(self.length) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        first = np.repeat(starts, lengths) + np.where(kept, within, 0)
        last = np.where(kept, first + 1, np.repeat(ends, lengths))
        return "".join(self._pieces), np.stack([first, last]).astype(np.int32)


def apply(text: str, back: Back | None, edits: list[Edit]) -> tuple[str, Back | None]:
    """Carry out `edits` (sorted, not overlapping) on `text`; `back` leads from `text` to the raw text.

    Returns the new text and the way from it to the raw text. None as `back` means that `text` is the raw one.
    """
    if not edits:
        return text, back
    new = Rewrite()
    done = 0
    for edit in edits:
        new.keep(text, done, edit.start)
        new.put(edit.shown, edit.start, edit.end)
        done = edit.end
    new.keep(text, done, len(text))
    shown, way = new.finish()
    if back is not None:
        way = np.stack([back[0, way[0]], back[1, way[1] - 1]])
    return shown, way
