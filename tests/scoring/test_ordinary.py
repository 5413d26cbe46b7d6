"""The measures of ordinary news, and what a distance whose threshold they set makes of texts that are none."""

import numpy as np
import pytest
from other_kinds import OTHER_KINDS

from classifier.features.matrix import matrix, scored_measures
from classifier.models.novelty import Novelty, fit_novelty
from classifier.scoring.abstention import reason_to_abstain
from classifier.scoring.ordinary import Ordinary, ordinary_news
from classifier.signals.extract import extract
from classifier.signals.registry import BUILT_IN, load_families
from classifier.text.document import Document

AGAIN = "run `python benchmarks/novelty.py --write`, which writes the measures again"
FAMILIES = load_families(BUILT_IN)
MEASURES = scored_measures(FAMILIES)


@pytest.fixture(scope="module")
def news() -> Ordinary:
    found = ordinary_news([m.name for m in MEASURES])
    assert found is not None, AGAIN
    return found


@pytest.fixture(scope="module")
def novelty(news: Ordinary) -> Novelty:
    """Learned from a third of the outlets, its threshold set on another; the last third tests it."""
    train, sets = np.flatnonzero(news.outlets % 3 == 1), np.flatnonzero(news.outlets % 3 == 2)
    return fit_novelty(news.X[train], news.X[sets], news.words[sets], news.outlets[sets])


def test_every_measure_lies_in_its_range(news: Ordinary) -> None:
    for measure, column in zip(MEASURES, news.X.T, strict=True):
        defined = column[~np.isnan(column)]
        assert len(defined), measure.name
        assert measure.low - 1e-5 <= defined.min(), measure.name
        assert defined.max() <= measure.high * (1 + 1e-5), measure.name
    assert len(np.unique(news.outlets)) > 300
    assert news.words.min() >= 75


def test_the_order_is_the_one_asked_for(news: Ordinary) -> None:
    names = [m.name for m in MEASURES]
    turned = ordinary_news(names[::-1])
    assert turned is not None
    np.testing.assert_array_equal(turned.X[:, ::-1], news.X)
    assert ordinary_news([*names, "acme.unheard_of"]) is None


def test_few_false_alarms_on_other_outlets(news: Ordinary, novelty: Novelty) -> None:
    fresh = np.flatnonzero(news.outlets % 3 == 0)
    assert novelty.unlike(news.X[fresh], news.words[fresh]).mean() < 0.04


def test_other_kinds_of_text_are_noticed_or_not_scored_anyhow(novelty: Novelty) -> None:
    joined = {
        kind: "\n\n".join(texts if len(texts) > 1 else texts * 2) for kind, texts in OTHER_KINDS.items()
    }
    signals, marked = extract([Document(kind, text) for kind, text in joined.items()], FAMILIES)
    unlike = novelty.unlike(matrix(signals, MEASURES), signals.body_words)
    missed = {
        kind
        for kind, far, one in zip(joined, unlike.tolist(), marked, strict=True)
        if not far and reason_to_abstain(one.text) is None
    }
    assert missed <= {"contract", "recipe"}  # a contract reads like news to these measures
