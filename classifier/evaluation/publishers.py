"""Publishers as numbers: the units that folds keep together and intervals draw."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]

UNKNOWN = -1


def publisher_codes(publishers: Sequence[str | None]) -> IntArray:
    """One number a publisher, in order of first appearance; -1 where it is unknown (None or blank).

    Returns shape (n,). Case and outer blanks do not make a second publisher.
    """
    seen: dict[str, int] = {}
    names = ((name or "").strip().casefold() for name in publishers)
    return np.array([seen.setdefault(name, len(seen)) if name else UNKNOWN for name in names], dtype=np.int64)


def count_publishers(publishers: Sequence[str | None]) -> int:
    """Number of different known publishers."""
    return int(publisher_codes(publishers).max(initial=UNKNOWN)) + 1


def lone_units(codes: IntArray) -> IntArray:
    """Units for drawing with replacement: a publisher is one unit, an article without publisher is its own.

    codes: shape (n,), from `publisher_codes`. Returns shape (n,), numbered 0 to units - 1 without gaps.
    """
    units = codes.copy()
    alone = np.flatnonzero(codes == UNKNOWN)
    units[alone] = codes.max(initial=UNKNOWN) + 1 + np.arange(len(alone))
    return units
