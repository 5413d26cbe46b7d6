"""What would change a score, in words: the smallest change of signals that takes it across a threshold."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.models.additive import AdditiveModel
from classifier.models.counterfactual import Change, lies_above, smallest_change
from classifier.signals.family import Measure

Floats = NDArray[np.float64]

_VALUE = re.compile(r"\{value:\.(\d)([f%])\}")
_FINEST = 6  # decimals told beyond a measure's own at most


class Moved(NamedTuple):
    """A measure that would have to be another, exactly and as it is told."""

    measure: Measure
    change: Change
    told: float  # `change.after` as rounded in the sentence


@dataclass(frozen=True, slots=True)
class Crossing:
    """A change of measures that takes a score to the other side of a threshold."""

    threshold: float
    rises: bool  # the score would go above it
    moved: tuple[Moved, ...]
    decimals: int  # told beyond each measure's own

    def to_dict(self) -> dict[str, Any]:
        """Measures with what they are and would have to be, and one sentence."""
        changes = [(moved.measure.name, moved.change) for moved in self.moved]
        return {
            "threshold": self.threshold,
            "changes": [{"measure": name, "from": c.before, "to": c.after} for name, c in changes],
            "says": self.says(),
        }

    def says(self) -> str:
        """The change as one sentence; what it tells takes the score across, too, rounded as it is."""
        clauses = [
            f"{_clause(m, told, self.decimals)} (now {_number(m, change.before, self.decimals)})"
            for m, change, told in self.moved
        ]
        told = "; and ".join(["; ".join(clauses[:-1]), clauses[-1]] if len(clauses) > 1 else clauses)
        way = "rise above" if self.rises else "fall below"
        return f"The score would {way} {100 * self.threshold:.4g}% if this were so: {told}."


def crossing(
    model: AdditiveModel,
    measures: Sequence[Measure],
    x: Floats,
    usual: Floats,
    *,
    threshold: float = 0.5,
    offset: float = 0.0,
    shift: float = 0.0,
) -> Crossing | None:
    """The smallest change for one article, None where none that is possible does it.

    x: (m,) values of the measures the model reads, nan where undefined; usual: (m, 2) their usual ranges; threshold,
    offset and shift as in `classifier.models.counterfactual.smallest_change`.
    """
    possible = np.array([(m.low, m.high) for m in measures], np.float64).reshape(-1, 2)
    smallest = smallest_change(
        model, x, threshold, possible=possible, usual=usual, offset=offset, shift=shift
    )
    if smallest is None:
        return None
    changes = [(measures[change.measure], change) for change in smallest.changes]

    def crosses(told: Sequence[float]) -> bool:
        changed = x.copy()
        changed[[change.measure for _, change in changes]] = told
        return lies_above(model, changed, threshold, offset=offset, shift=shift) == smallest.rises

    # As few decimals as leave the sentence true, and what would be other than what is.
    for decimals, outward in product(range(_FINEST + 1), (False, True)):
        told = [_rounded(m, change, decimals, outward=outward) for m, change in changes]
        differs = all(
            t != round(c.before, _places(m, decimals)) for (m, c), t in zip(changes, told, strict=True)
        )
        if differs and crosses(told):
            break
    moved = tuple(Moved(m, change, t) for (m, change), t in zip(changes, told, strict=True))
    return Crossing(threshold, smallest.rises, moved, decimals)


class _Template(NamedTuple):
    """What a reason says of a value, without what is usual, cut where the value stands."""

    head: str
    decimals: int
    kind: str  # f or %
    tail: str


def _template(measure: Measure) -> _Template:
    cut = _VALUE.split(measure.says.partition("; usual")[0])
    if len(cut) != 4 or "{" in cut[0] + cut[3]:  # a package's own sentence, which need not be made this way
        return _Template(f"{measure.name} at ", 2, "f", "")
    return _Template(cut[0], int(cut[1]), cut[2], cut[3])


def _places(measure: Measure, decimals: int) -> int:
    template = _template(measure)
    return template.decimals + decimals + (2 if template.kind == "%" else 0)


def _rounded(measure: Measure, change: Change, decimals: int, *, outward: bool) -> float:
    """What the measure would have to be, rounded to the nearest, or outward: away from what it is."""
    places = _places(measure, decimals)
    value = round(change.after, places)
    if outward:
        away = math.ceil if change.after > change.before else math.floor
        value = away(change.after * 10**places) / 10**places
    return min(max(value, measure.low), measure.high)


def _clause(measure: Measure, value: float, decimals: int) -> str:
    """What a reason says of the value, without what is usual."""
    template = _template(measure)
    return f"{template.head}{_number(measure, value, decimals)}{template.tail}"


def _number(measure: Measure, value: float, decimals: int) -> str:
    """The value as a reason tells it, with so many decimals more; none for 0, and 1.0 for 1, which takes a plural."""
    _, own, kind, _ = _template(measure)
    if value == 0:
        return "0%" if kind == "%" else "0"
    text = f"{value:z.{own + decimals}{kind}}"
    return "1.0" if text == "1" else text
