"""Marking and scoring of texts, one or many, in chunks of bounded size."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.features.batches import batches
from classifier.features.matrix import matrix, measures_of
from classifier.models.prevalence import at_prevalence, log_odds_shift
from classifier.scoring.abstention import Thresholds, model_unsure, reason_to_abstain, unlike_training_data
from classifier.scoring.answers import Answer, Marking, Score
from classifier.scoring.batch import Batch
from classifier.scoring.bundle import Bundle
from classifier.scoring.reasons import Scored
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

    risk: share of wrong answers (0 to 1) that must not be exceeded among those given, at the confidence the model
    states; surer ones only are given then. None: all are. prevalence: share of positives (above 0, below 1)
    expected among the texts; None: that of training.

    ModelError where the model does not fit the word lists or measures installed, or can't promise the risk;
    InputError where a share is none.
    """

    def __init__(self, bundle: Bundle, *, risk: float | None = None, prevalence: float | None = None) -> None:
        families = bundle.families()
        super().__init__(families)
        self.bundle = bundle
        self._reading = bundle.reading(families)
        self._thresholds = Thresholds(**bundle.manifest["thresholds"])
        self._model = {"name": bundle.name, "sha256": bundle.sha256}
        trained = bundle.manifest["prevalence"]
        if prevalence is not None and not 0 < prevalence < 1:
            raise InputError(
                f"the share of positives must lie above 0 and below 1, not {prevalence}; say 0.05 for 5 %"
            )
        if risk is not None and not 0 < risk < 1:
            raise InputError(f"the risk must lie above 0 and below 1, not {risk}; say 0.2 for 20 %")
        self.prevalence: float = trained if prevalence is None else prevalence
        self._trained: float = trained
        self._shift = 0.0 if prevalence is None else log_odds_shift(trained, prevalence)
        self.risk = risk
        self._sureness = 0.5 if risk is None else bundle.promise.sureness_for(risk)

    def score(self, text: Text) -> Answer:
        """Score one text."""
        return next(iter(self.score_many([text])))

    def score_many(self, texts: Iterable[Text]) -> Iterator[Answer]:
        """Score texts in order, one answer each; a `str` gets its place, counted from 0, as id."""
        for documents in batches(texts):
            yield from self._scored(self._marked(documents))

    def _scored(self, markings: Sequence[Marking]) -> Iterator[Answer]:
        estimator, batch = self.bundle.estimator, markings[0].batch
        values = matrix(batch.signals, self._reading.measures)
        texts = [marking.marked.text for marking in markings]
        predicted, read = estimator.predict(values, texts)
        unlike = np.zeros(len(values), np.bool_)
        if estimator.novelty is not None:
            unlike = estimator.novelty.unlike(values, batch.signals.body_words)
        shown = [predicted.probability, predicted.low, predicted.high]
        if self._shift:
            shown = [at_prevalence(p, self._trained, self.prevalence) for p in shown]
        scored = Scored(batch, self._reading, values, predicted, read, self._shift)
        for row, marking in enumerate(markings):
            abstained = reason_to_abstain(texts[row], self._thresholds)
            if abstained is None and unlike[row]:
                abstained = unlike_training_data(self._outlying(values[row]))
            if abstained is None and self.risk is not None:
                # At the training prevalence: that is where the promise was made.
                abstained = model_unsure(float(predicted.probability[row]), self._sureness, self.risk)
            score = None
            if abstained is None:
                p, low, high = (float(column[row]) for column in shown)
                label = self.bundle.manifest["positive"]
                score = Score(p, low, high, label, predicted.base, self.prevalence, scored, row)
            yield Answer(marking.document.id, score, abstained, marking, self._model)

    def _outlying(self, values: NDArray[np.float64]) -> list[str]:
        """Sentences of the measures that make an article unlike the training articles."""
        novelty = self.bundle.estimator.novelty
        found = [] if novelty is None else novelty.farthest(values)
        says = []
        for outlying in found:
            measure = self._reading.measures[outlying.measure]
            low, high = self._reading.usual[outlying.measure].tolist()
            value = float(values[outlying.measure])
            if value == value:
                says.append(measure.says.format(value=value, low=low, high=high))
        return says
