"""Why a score is what it is: what each measure, or each word of the masked wording, adds to its log-odds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.features.wording import rates
from classifier.models.additive import AdditiveModel, Prediction
from classifier.models.groups import Groups, group_totals, speaker
from classifier.scoring.batch import Batch
from classifier.scoring.change import Crossing, crossing
from classifier.scoring.estimator import Read, ReadWording
from classifier.signals.family import Measure

Floats = NDArray[np.float64]

REASONS = 5  # shown unless all are asked for
NEGLIGIBLE = 0.05  # calibrated log-odds: what contributes less is no reason


class Part(NamedTuple):
    """One of the measures that a reason takes together."""

    measure: str
    value: float | None
    contribution: float


@dataclass(frozen=True, slots=True)
class Reason:
    """What one measure, a group of measures that tell nearly the same, or one word's wording adds to the log-odds."""

    measure: str  # "family.measure", or "wording.WORD"
    value: float | None  # of that measure, None where undefined
    usual: tuple[float, float]
    contribution: float  # of all parts
    says: str
    spans: list[dict[str, int]]
    parts: tuple[
        Part, ...
    ] = ()  # the measures taken together, the one that speaks first; none where it is alone

    def to_dict(self) -> dict[str, Any]:
        """The object of the output contract."""
        told = {
            "measure": self.measure,
            "value": self.value,
            "usual": list(self.usual),
            "contribution": self.contribution,
            "says": self.says,
            "spans": self.spans,
        }
        return told | ({"parts": [part._asdict() for part in self.parts]} if self.parts else {})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a model reads measures: in this order, usual in these ranges, taken together in these groups."""

    measures: tuple[Measure, ...]
    usual: Floats  # (n_measures, 2)
    groups: Groups
    wording: ReadWording | None
    model: AdditiveModel


@dataclass(frozen=True)
class Scored:
    """Articles scored together; reasons are worked out when they are asked for."""

    batch: Batch
    reading: Reading
    values: Floats  # (n, n_measures), nan where undefined
    prediction: Prediction
    read: Read | None = None
    shift: float = 0.0
    """Added to every calibrated log-odds for another share of positives than that of training."""

    @cached_property
    def _totals(self) -> Floats:
        return group_totals(self.prediction.contributions, self.reading.groups)

    def reasons(self, row: int, *, every: bool = False) -> list[Reason]:
        """What moved the score of an article, the largest contribution first; all if `every`.

        Base and all of them add up to the log-odds before calibration.
        """
        totals = self._totals[row]
        wording = self._by_word(row)
        both = np.concatenate([totals, wording.total])
        order = np.argsort(-np.abs(both), kind="stable")
        if not every:
            order = order[:REASONS]
            slope = float(self.reading.model.calibration[0])
            order = order[slope * np.abs(both[order]) >= NEGLIGIBLE]
        chosen = order[order >= len(totals)] - len(totals)
        told = dict(zip((chosen + len(totals)).tolist(), self._worded(row, wording, chosen), strict=True))
        return [told[i] if i in told else self._measured(row, i, float(totals[i])) for i in order.tolist()]

    def crossing(self, row: int, threshold: float = 0.5) -> Crossing | None:
        """The smallest change of measures that takes a probability across the threshold; None: there is none.

        What its wording adds stays as it is.
        """
        offset = 0.0
        if self.read is not None:
            first, last = self.read.phrases.doc.searchsorted([row, row + 1])
            offset = float(self.prediction.cells[first:last].sum())
        reading = self.reading
        return crossing(
            reading.model,
            reading.measures,
            self.values[row],
            reading.usual,
            threshold=threshold,
            offset=offset,
            shift=self.shift,
        )

    def _measured(self, row: int, group: int, total: float) -> Reason:
        columns = self.reading.groups[group]
        added = self.prediction.contributions[row]
        first = speaker(added, columns)
        measure, value = self.reading.measures[first], self._value(row, first)
        low, high = self.reading.usual[first].tolist()
        parts: tuple[Part, ...] = ()
        if len(columns) > 1:
            parts = tuple(
                Part(self.reading.measures[j].name, self._value(row, j), float(added[j]))
                for j in sorted(columns, key=lambda j: (j != first, -abs(added[j]), j))
            )
        says = (
            f"{measure.name} can't be measured here: {measure.undefined}"
            if value is None
            else measure.says.format(value=value, low=low, high=high)
        )
        return Reason(measure.name, value, (low, high), total, says, self.batch.evidence(row, measure), parts)

    def _value(self, row: int, column: int) -> float | None:
        value = float(self.values[row, column])
        return None if value != value else value

    def _by_word(self, row: int) -> "_ByWord":
        """What each head word (`Wording.heads`) of an article adds."""
        if self.read is None or self.reading.wording is None:
            return _ByWord(np.zeros(0, np.int64), np.zeros(0))
        phrases = self.read.phrases
        first, last = phrases.doc.searchsorted([row, row + 1])
        heads = self.reading.wording.wording.heads[phrases.column[first:last]]
        head, place = np.unique(heads, return_inverse=True)
        total = np.bincount(place, self.prediction.cells[first:last], minlength=len(head)).astype(np.float64)
        return _ByWord(head, total)

    def _worded(self, row: int, found: "_ByWord", chosen: NDArray[np.int64]) -> Iterator[Reason]:
        if self.read is None or self.reading.wording is None or not len(chosen):
            return
        wording, usual = self.reading.wording.wording, self.reading.wording.usual
        numbers = found.head[chosen]
        often = rates(self.read.tokens.rows(np.array([row])), numbers)[0]
        places = self.read.places
        first, last = places.doc.searchsorted([row, row + 1])
        heads = wording.heads[places.column[first:last]]
        readable = self.batch.marked[row].text.readable
        for number, total, value in zip(
            numbers.tolist(), found.total[chosen].tolist(), often.tolist(), strict=True
        ):
            at = first + (heads == number).nonzero()[0]
            spans = [
                dict(zip(("start", "end"), readable.raw_span(start, end), strict=True))
                for start, end in _merged(places.start[at], places.end[at])
            ]
            low, high = usual[number].tolist()
            turns = "1 turn of phrase" if len(spans) == 1 else f"{len(spans)} turns of phrase"
            verb = (
                ("raises" if total > 0 else "lowers")
                if len(spans) == 1
                else ("raise" if total > 0 else "lower")
            )
            says = (
                f"{turns} with {wording.head_says(number)} {verb} the score; {value:.2f} of it per 100 words and signs,"
                f" usual {low:.2f} to {high:.2f}."
            )
            yield Reason(f"wording.{wording.head_name(number)}", value, (low, high), total, says, spans)


class _ByWord(NamedTuple):
    head: NDArray[np.int64]  # ascending numbers
    total: Floats  # log-odds


def _merged(start: NDArray[np.int32], end: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Spans that overlap as one, in order."""
    order = np.lexsort((end, start))
    merged: list[tuple[int, int]] = []
    for first, last in zip(start[order].tolist(), end[order].tolist(), strict=True):
        if merged and first < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged
