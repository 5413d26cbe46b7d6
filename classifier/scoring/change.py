"""What would change a score, in words: the smallest change of signals that takes it across a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.models.counterfactual import Change, smallest_change
from classifier.models.linear import LinearModel
from classifier.signals.family import Measure

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A change of measures that takes a score to the other side of a threshold."""

    threshold: float
    rises: bool  # the score would go above it
    changes: tuple[tuple[Measure, Change], ...]

    def to_dict(self) -> dict[str, Any]:
        """Measures with what they are and would have to be, and one sentence."""
        return {
            "threshold": self.threshold,
            "changes": [{"measure": m.name, "from": c.before, "to": c.after} for m, c in self.changes],
            "says": self.says(),
        }

    def says(self) -> str:
        """The change as one sentence."""
        told = " and ".join(f"{_clause(m, c.after)} (now {_clause(m, c.before)})" for m, c in self.changes)
        side = "above" if self.rises else "below"
        return f"The score would lie {side} {self.threshold:.0%} if this were so: {told}."


def crossing(
    model: LinearModel,
    measures: Sequence[Measure],
    x: Floats,
    usual: Floats,
    *,
    threshold: float = 0.5,
    shift: float = 0.0,
) -> Crossing | None:
    """The smallest change for one article, None where none that is possible does it.

    x: (m,) values of the measures the model reads, nan where undefined; usual: (m, 2) their usual ranges; threshold and
    shift as in `classifier.models.counterfactual.smallest_change`.
    """
    possible = np.array([(m.low, m.high) for m in measures], np.float64)
    changes = smallest_change(model, x, threshold, possible=possible, usual=usual, shift=shift)
    if changes is None:
        return None
    first = changes[0]
    rises = (first.after > first.before) == (model.coef[first.measure] > 0)
    return Crossing(threshold, bool(rises), tuple((measures[c.measure], c) for c in changes))


def _clause(measure: Measure, value: float) -> str:
    """What a reason says of the value, without what is usual."""
    return measure.says.partition("; usual")[0].format(value=value, low=value, high=value)
