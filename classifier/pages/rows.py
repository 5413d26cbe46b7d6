"""One article of a batch, as `misinfo score` wrote it down."""

from typing import NamedTuple


class Why(NamedTuple):
    """A reason of a score."""

    measure: str
    contribution: float  # log-odds
    says: str
    places: int


class Row(NamedTuple):
    """A score, or the code and sentence of an abstention (then `probability` is None)."""

    id: str
    publisher: str | None
    model: str
    probability: float | None
    low: float
    high: float
    label: str
    reasons: tuple[Why, ...]  # the largest contribution first
    code: str
    says: str

    @property
    def stated(self) -> float:
        """What the stated reasons add towards the label, in log-odds."""
        return sum(reason.contribution for reason in self.reasons if reason.contribution > 0)
