"""Marking and scoring of texts, one or many, in chunks of bounded size."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from classifier.features.batches import batches
from classifier.features.matrix import matrix, measures_of
from classifier.scoring.abstention import Thresholds, reason_to_abstain
from classifier.scoring.answers import Answer, Batch, Marking, Score
from classifier.scoring.bundle import Bundle
from classifier.signals.extract import mark_all
from classifier.signals.family import Family
from classifier.text.document import Document

Text = str | Document


class Marker:
    """Marks texts with signal families."""

    def __init__(self, families: tuple[Family, ...]) -> None:
        self.families = families
        self.measures = measures_of(families)

    def mark(self, text: Text) -> Marking:
        """Mark one text."""
        return next(iter(self.mark_many([text])))

    def mark_many(self, texts: Iterable[Text]) -> Iterator[Marking]:
        """Mark texts in order, one result each; a `str` gets its place, counted from 0, as id."""
        for documents in batches(texts):
            yield from self._marked(documents)

    def _marked(self, documents: Sequence[Document]) -> list[Marking]:
        marked = list(mark_all(documents, self.families))
        batch = Batch(self.families, self.measures, marked)
        return [Marking(d, m, batch, row) for row, (d, m) in enumerate(zip(documents, marked, strict=True))]


class Scorer(Marker):
    """Scores texts with a model; every text gets a score or the reason why not, and its signals.

    ModelError where the model does not fit the word lists or measures installed.
    """

    def __init__(self, bundle: Bundle) -> None:
        families = bundle.families()
        super().__init__(families)
        self.bundle = bundle
        self._read = bundle.measures(families)
        self._usual = np.array(bundle.manifest["usual"], np.float64).reshape(-1, 2)
        self._thresholds = Thresholds(**bundle.manifest["thresholds"])
        self._model = {"name": bundle.name, "sha256": bundle.sha256}

    def score(self, text: Text) -> Answer:
        """Score one text."""
        return next(iter(self.score_many([text])))

    def score_many(self, texts: Iterable[Text]) -> Iterator[Answer]:
        """Score texts in order, one answer each; a `str` gets its place, counted from 0, as id."""
        label = self.bundle.manifest["positive"]
        for documents in batches(texts):
            markings = self._marked(documents)
            read = matrix(markings[0].batch.signals, self._read)
            predicted = self.bundle.model.predict(read)
            for row, marking in enumerate(markings):
                abstained = reason_to_abstain(marking.marked.text, self._thresholds)
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
                        self._read,
                        read[row],
                        marking,
                    )
                yield Answer(marking.document.id, score, abstained, marking, self._model)
