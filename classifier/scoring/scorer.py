"""Marking and scoring of texts, one or many, in chunks of bounded size."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from classifier.features.matrix import matrix, measures_of
from classifier.scoring.abstention import reason_to_abstain
from classifier.scoring.answers import Answer, Batch, Marking, Score
from classifier.scoring.bundle import Bundle
from classifier.signals.extract import extract
from classifier.signals.family import Family, Measure
from classifier.text.document import Document

CHUNK = 64  # documents handled together; more is no faster and costs memory

Text = str | Document


class Marker:
    """Marks texts with signal families."""

    def __init__(self, families: tuple[Family, ...], measures: tuple[Measure, ...] | None = None) -> None:
        self.families = families
        self.measures = measures_of(families) if measures is None else measures

    def mark(self, text: Text) -> Marking:
        """Mark one text."""
        return next(iter(self.mark_many([text])))

    def mark_many(self, texts: Iterable[Text]) -> Iterator[Marking]:
        """Mark texts in order, one result each; a `str` gets its place, counted from 0, as id."""
        for chunk in _chunks(texts):
            yield from self._chunk(chunk)

    def _chunk(self, documents: Sequence[Document]) -> list[Marking]:
        signals, marked = extract(documents, self.families)
        batch = Batch(self.families, self.measures, signals, matrix(signals, self.measures))
        return [Marking(d, m, batch, row) for row, (d, m) in enumerate(zip(documents, marked, strict=True))]


class Scorer(Marker):
    """Scores texts with a model; every text gets a score or the reason why not, and its signals."""

    def __init__(self, bundle: Bundle) -> None:
        families = bundle.families()
        super().__init__(families, bundle.measures(families))
        self.bundle = bundle
        self._usual = np.array(bundle.manifest["usual"], np.float64).reshape(-1, 2)
        self._model = {"name": bundle.name, "sha256": bundle.sha256}

    def score(self, text: Text) -> Answer:
        """Score one text."""
        return next(iter(self.score_many([text])))

    def score_many(self, texts: Iterable[Text]) -> Iterator[Answer]:
        """Score texts in order, one answer each."""
        label = self.bundle.manifest["positive"]
        for chunk in _chunks(texts):
            markings = self._chunk(chunk)
            predicted = self.bundle.model.predict(markings[0].batch.values)
            for row, marking in enumerate(markings):
                abstained = reason_to_abstain(marking.marked.text)
                score = None
                if abstained is None:
                    score = Score(
                        float(predicted.probability[row]),
                        float(predicted.low[row]),
                        float(predicted.high[row]),
                        label,
                        predicted.base,
                        predicted.contributions[row],
                        self._usual,
                        marking,
                    )
                yield Answer(marking.document.id, score, abstained, marking, self._model)


def _chunks(texts: Iterable[Text]) -> Iterator[list[Document]]:
    numbered = enumerate(texts)
    while chunk := list(islice(numbered, CHUNK)):
        yield [t if isinstance(t, Document) else Document(str(i), t) for i, t in chunk]
