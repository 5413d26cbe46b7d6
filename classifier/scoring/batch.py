"""Documents marked together, as columns; what is counted is worked out when it is asked for."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from classifier.features.matrix import matrix
from classifier.signals.extract import Marked, columns
from classifier.signals.family import Family, Measure
from classifier.signals.span import Signals


@dataclass(slots=True)
class Batch:
    """Documents marked together; what the marks add up to and what is counted is worked out when asked for."""

    families: tuple[Family, ...]
    measures: tuple[Measure, ...]
    marked: list[Marked]
    _signals: Signals | None = None
    _values: NDArray[np.float64] | None = None
    _evidence: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    @property
    def signals(self) -> Signals:
        """The spans of all documents as columns."""
        if self._signals is None:
            self._signals = columns(self.marked, self.families)
        return self._signals

    def values(self) -> NDArray[np.float64]:
        """All measures of all documents, (n_docs, n_measures); nan where undefined."""
        if self._values is None:
            self._values = matrix(self.signals, self.measures)
        return self._values

    def evidence(self, doc: int, measure: Measure) -> list[dict[str, int]]:
        """The spans of one document that a measure counts, as start and end in the raw text."""
        rows = self._evidence.get(measure.name)
        if rows is None:
            rows = self._evidence[measure.name] = np.flatnonzero(measure.spans(self.signals))
        first, last = self.signals.doc[rows].searchsorted([doc, doc + 1])
        rows = rows[first:last]
        places = zip(self.signals.start[rows].tolist(), self.signals.end[rows].tolist(), strict=True)
        return [{"start": start, "end": end} for start, end in places]
