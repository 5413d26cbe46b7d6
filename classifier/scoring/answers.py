"""What the product answers: marks, a score with its reasons, or why there is none; schema 1."""

import hashlib
from dataclasses import dataclass
from typing import Any

from classifier.scoring.batch import Batch
from classifier.scoring.change import Crossing
from classifier.scoring.reasons import Reason, Scored
from classifier.signals.extract import Marked
from classifier.signals.span import Span
from classifier.text.document import Document
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented

SCHEMA = 1


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
class Score:
    """A calibrated probability; `base` plus all contributions is the log-odds before calibration."""

    probability: float
    low: float
    high: float
    label: str
    base: float
    prevalence: float
    """Share of positives, 0 to 1, that the probability takes for granted: that of training unless another was asked."""
    scored: Scored
    row: int

    def reasons(self, *, every: bool = False) -> list[Reason]:
        """What moved the score, the largest contribution first; all if `every`."""
        return self.scored.reasons(self.row, every=every)

    def crossing(self, threshold: float = 0.5) -> Crossing | None:
        """The smallest change of signals that takes the probability across the threshold; None: there is none."""
        return self.scored.crossing(self.row, threshold)


@dataclass(frozen=True, slots=True)
class Abstained:
    """Why no score is given: a code of `classifier.scoring.abstention`, and a sentence."""

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

    def to_dict(
        self, *, signals: bool = False, all_reasons: bool = False, would_change: bool = False
    ) -> dict[str, Any]:
        """The object of `misinfo score` (schema 1); `signals` adds the fields of `misinfo mark`.

        `would_change` adds the smallest change of signals that takes the probability across 0.5, a few milliseconds
        of work.
        """
        result: dict[str, Any] = {"schema": SCHEMA, "id": self.id}
        if self.score is not None:
            result["score"] = {
                "probability": self.score.probability,
                "low": self.score.low,
                "high": self.score.high,
                "label": self.score.label,
                "prevalence": self.score.prevalence,
                "reasons": [reason.to_dict() for reason in self.score.reasons(every=all_reasons)],
                "base": self.score.base,
            }
            if would_change:
                change = self.score.crossing()
                result["score"]["would_change"] = None if change is None else change.to_dict()
        elif self.abstained is not None:
            result["abstained"] = {"code": self.abstained.code, "says": self.abstained.says}
        result["model"] = self.model
        return result | self.marking.to_dict() if signals else result
