"""What the product answers: marks, a score with its reasons, or why there is none; schema 1."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.features.matrix import matrix
from classifier.signals.extract import Marked, columns
from classifier.signals.family import Family, Measure
from classifier.signals.span import Signals, Span
from classifier.text.document import Document
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented

SCHEMA = 1
REASONS = 5  # shown unless all are asked for
NEGLIGIBLE = 0.05  # log-odds: what contributes less is no reason


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


@dataclass(frozen=True, slots=True)
class Marking:
    """The signals of one document."""

    document: Document
    marked: Marked
    batch: Batch
    row: int  # of the document in the batch

    @property
    def measures(self) -> dict[str, float | None]:
        """Measure -> value, None where undefined."""
        values = self.batch.values()[self.row].tolist()
        return {m.name: None if v != v else v for m, v in zip(self.batch.measures, values, strict=True)}

    def _repr_html_(self) -> str:
        """The report in a frame of its own, for notebooks."""
        from classifier.pages.report import for_notebook

        return for_notebook(self)

    def to_dict(self) -> dict[str, Any]:
        """The object of `misinfo mark` (schema 1), offsets into the raw text."""
        text = self.marked.text
        shown = text.readable

        def span(start: int, end: int) -> dict[str, Any]:
            first, last = shown.raw_span(start, end)
            return {"start": first, "end": last, "text": shown.shown(start, end)}

        def places(zone: Zone) -> list[list[int]]:
            return [list(shown.raw_span(p.start, p.end)) for p in text.zone(zone)]

        title, byline = text.zone(Zone.TITLE), text.zone(Zone.BYLINE)
        measures = self.measures
        return {
            "schema": SCHEMA,
            "id": self.document.id,
            "unit": "code_point",
            "sha256": hashlib.sha256(self.document.raw.encode("utf-8", "surrogatepass")).hexdigest(),
            "language": text.language,
            "title": span(title[0].start, title[0].end) if title else None,
            "byline": span(byline[0].start, byline[0].end) if byline else None,
            "body": places(Zone.BODY),
            "furniture": places(Zone.FURNITURE),
            "other_language": places(Zone.OTHER_LANGUAGE),
            "signals": {
                family.name: (family.present or _present)(text, spans)
                for family, spans in zip(self.batch.families, self.marked.spans, strict=True)
            },
            "quotations": [
                {**span(q.start, q.end), "kind": q.kind, "closed": q.closed} for q in text.quotations
            ],
            "measures": measures,
            "undefined": {
                m.name: m.undefined or "undefined for this text"
                for m in self.batch.measures
                if measures[m.name] is None
            },
            "notes": list(text.notes),
        }


def _present(text: Segmented, spans: list[Span]) -> list[dict[str, Any]]:
    """Spans of a family that has no shape of its own."""
    shown, titled = text.readable, text.sentences.titled()
    result = []
    for s in spans:
        first, last = shown.raw_span(s.start, s.end)
        zone = "title" if titled.hold(s.start) else "body"
        result.append(
            {"start": first, "end": last, "text": shown.shown(s.start, s.end), "kind": s.kind, "zone": zone}
        )
    return result


@dataclass(frozen=True, slots=True)
class Reason:
    """One measure's share in a score: its value, what is usual, what it adds to the log-odds, its spans."""

    measure: Measure
    value: float | None
    usual: tuple[float, float]
    contribution: float
    spans: list[dict[str, int]]

    def to_dict(self) -> dict[str, Any]:
        """The object of the output contract."""
        return {
            "measure": self.measure.name,
            "value": self.value,
            "usual": list(self.usual),
            "contribution": self.contribution,
            "says": self.says(),
            "spans": self.spans,
        }

    def says(self) -> str:
        """The reason as one sentence."""
        low, high = self.usual
        if self.value is None:
            return f"{self.measure.name} can't be measured here: {self.measure.undefined}"
        return self.measure.says.format(value=self.value, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Score:
    """A calibrated probability; `base` plus all contributions is the log-odds before calibration."""

    probability: float
    low: float
    high: float
    label: str
    base: float
    contributions: NDArray[np.float64]  # (n_measures,)
    usual: NDArray[np.float64]  # (n_measures, 2)
    measures: tuple[Measure, ...]  # those the model reads
    values: NDArray[np.float64]  # (n_measures,); nan where undefined
    marking: Marking

    def reasons(self, *, every: bool = False) -> list[Reason]:
        """What moved the score, the largest contribution first; all measures if `every`."""
        order = np.argsort(-np.abs(self.contributions), kind="stable")
        if not every:
            order = order[:REASONS][np.abs(self.contributions[order[:REASONS]]) >= NEGLIGIBLE]
        batch, row = self.marking.batch, self.marking.row
        reasons = []
        for i in order.tolist():
            measure, value = self.measures[i], float(self.values[i])
            reasons.append(
                Reason(
                    measure,
                    None if value != value else value,
                    (float(self.usual[i, 0]), float(self.usual[i, 1])),
                    float(self.contributions[i]),
                    batch.evidence(row, measure),
                )
            )
        return reasons


@dataclass(frozen=True, slots=True)
class Abstained:
    """Why no score is given: too_short, not_running_text or language_not_supported, and a sentence."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What `misinfo score` says about one document: exactly one of `score` and `abstained` is set."""

    id: str
    score: Score | None
    abstained: Abstained | None
    marking: Marking
    model: dict[str, str]

    def _repr_html_(self) -> str:
        """The report in a frame of its own, for notebooks."""
        from classifier.pages.report import for_notebook

        return for_notebook(self)

    def to_dict(self, *, signals: bool = False, all_reasons: bool = False) -> dict[str, Any]:
        """The object of `misinfo score` (schema 1); `signals` adds the fields of `misinfo mark`."""
        result: dict[str, Any] = {"schema": SCHEMA, "id": self.id}
        if self.score is not None:
            result["score"] = {
                "probability": self.score.probability,
                "low": self.score.low,
                "high": self.score.high,
                "label": self.score.label,
                "reasons": [reason.to_dict() for reason in self.score.reasons(every=all_reasons)],
                "base": self.score.base,
            }
        elif self.abstained is not None:
            result["abstained"] = {"code": self.abstained.code, "says": self.abstained.says}
        result["model"] = self.model
        return result | self.marking.to_dict() if signals else result
