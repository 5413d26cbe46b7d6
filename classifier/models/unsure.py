"""Model unsure: how sure a score must be so that few of those given are wrong, looked up in a small table.

The table is made once, from labelled articles, by `classifier.evaluation.risk.promise`; asking for another risk
later needs no training data.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Promise:
    """For each step: answer where max(p, 1 - p) >= `sureness`, and of those answers a share of at most `risk` is wrong.

    Each risk holds with the stated confidence for articles of publishers drawn like those of training, at the
    share of positives of training and for the probability without `--prevalence`; it says nothing about articles of
    another kind or about the share in one small batch. Steps go from few answers to all of them; `risk` never falls
    and `sureness` never rises. ModelError where that is not so.
    """

    confidence: (
        float  # between 0 and 1: the chance, over training publishers drawn anew, that a promise holds
    )
    risk: Floats  # (k,) in [0, 1]; k may be 0, where nothing can be promised
    sureness: Floats  # (k,) in [0.5, 1]
    coverage: Floats  # (k,) share of the training articles that were answered, in [0, 1]

    def __post_init__(self) -> None:
        columns = (self.risk, self.sureness, self.coverage)
        fine = (
            0 < self.confidence < 1
            and len({column.shape for column in columns}) == 1
            and all(column.ndim == 1 and ((column >= 0) & (column <= 1)).all() for column in columns)
            and (np.diff(self.risk) >= 0).all()
            and (np.diff(self.sureness) <= 0).all()
        )
        if not fine:
            raise ModelError("the model's table of promised risks is damaged; get the model again")

    @property
    def lowest(self) -> float | None:
        """The smallest risk that can be promised, None where there is none."""
        return float(self.risk[0]) if len(self.risk) else None

    def sureness_for(self, risk: float) -> float:
        """How sure an answer must be at least, 0.5 to 1, so that a share of at most `risk` (0 to 1) is wrong.

        The step with the most answers among those that promise it. ModelError with the lowest risk there is where
        no step does.
        """
        step = self._step(risk)
        if step is None:
            raise ModelError(self._refusal(risk))
        return float(self.sureness[step])

    def coverage_for(self, risk: float) -> float:
        """Share of the training articles answered at that risk, 0 where it can't be promised."""
        step = self._step(risk)
        return 0.0 if step is None else float(self.coverage[step])

    def _step(self, risk: float) -> int | None:
        n = int(self.risk.searchsorted(risk, "right"))
        return n - 1 if n else None

    def _refusal(self, risk: float) -> str:
        asked = f"this model can't promise that at most {risk:.1%} of its answers are wrong"
        if self.lowest is None:
            return f"{asked}, nor any other share; train it on more publishers"
        lowest = np.ceil(1000 * self.lowest) / 10
        return f"{asked}; the lowest share it can promise is {lowest:.1f}%, ask for that or more"

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for the manifest."""
        return {
            "confidence": self.confidence,
            "risk": self.risk.tolist(),
            "sureness": self.sureness.tolist(),
            "coverage": self.coverage.tolist(),
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Promise":
        """What `to_dict` gave."""
        columns = (np.array(stored[name], np.float64) for name in ("risk", "sureness", "coverage"))
        return cls(stored["confidence"], *columns)


def answered(p: Floats, sureness: float) -> NDArray[np.bool_]:
    """Which of the probabilities p (n,) are sure enough to be given, (n,)."""
    result: NDArray[np.bool_] = np.maximum(p, 1 - p) >= sureness
    return result
