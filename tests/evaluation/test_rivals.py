"""The dull rivals know what they should and nothing else."""

import numpy as np
import pytest

from classifier.errors import TrainingError
from classifier.evaluation.metrics import auroc
from classifier.evaluation.rivals import RIVALS, out_of_fold
from classifier.evaluation.splits import Fold

SHORT, LONG = (
    "gulls circle the pier",
    "gulls circle the pier and the pier is empty but for one man who mends nets",
)
TRAIN = [SHORT, SHORT + " today", LONG, LONG + " today"] * 5
Y = np.array([0.0, 0.0, 1.0, 1.0] * 5)


@pytest.mark.parametrize("name", RIVALS)
def test_probabilities_of_every_rival(name: str) -> None:
    rival = RIVALS[name]
    assert rival.name == name
    p = rival.fit_predict(TRAIN, Y, [LONG, SHORT, "", "words never seen"])
    assert p.shape == (4,)
    assert ((p >= 0) & (p <= 1)).all()
    assert np.array_equal(p, rival.fit_predict(TRAIN, Y, [LONG, SHORT, "", "words never seen"]))
    assert rival.fit_predict(TRAIN, Y, []).shape == (0,)
    with pytest.raises(TrainingError, match="one label only"):
        rival.fit_predict(TRAIN, np.ones(20), [SHORT])
    with pytest.raises(ValueError, match="20 training texts but 3 labels"):
        rival.fit_predict(TRAIN, Y[:3], [SHORT])


@pytest.mark.parametrize("name", RIVALS)
def test_weights_are_heeded(name: str) -> None:
    heavy = np.where(Y == 1, 5.0, 1.0)
    plain, weighted = (RIVALS[name].fit_predict(TRAIN, Y, [SHORT], w)[0] for w in (None, heavy))
    assert weighted > plain


@pytest.mark.parametrize(("name", "knows"), [("prior", False), ("length", True), ("tfidf", True)])
def test_what_each_knows(name: str, knows: bool) -> None:
    p = RIVALS[name].fit_predict(TRAIN, Y, [LONG, SHORT])
    assert (p[0] > p[1]) == knows
    # Other words of the same number: only the bag of words sees a difference.
    other = RIVALS[name].fit_predict(TRAIN, Y, [SHORT, "crabs cross a quay"])
    assert (other[0] != other[1]) == (name == "tfidf")


def test_prior_is_the_share_of_positives() -> None:
    assert RIVALS["prior"].fit_predict(TRAIN, np.array([1.0] + [0.0] * 19), ["a"]).tolist() == [0.05]


def test_bag_of_words_without_shared_words_says_so() -> None:
    with pytest.raises(TrainingError, match="no two of the 2 training texts share a word"):
        RIVALS["tfidf"].fit_predict(["alpha beta", "gamma delta"], np.array([0.0, 1.0]), ["alpha"])


def test_out_of_fold_never_sees_the_text_it_answers() -> None:
    seen: list[set[str]] = []

    def remember(
        train_texts: list[str], y_train: object, test_texts: list[str], sample_weight: object = None
    ) -> np.ndarray:
        seen.append(set(train_texts) & set(test_texts))
        assert sample_weight is not None
        assert len(sample_weight) == len(train_texts)  # type: ignore[arg-type]
        return np.full(len(test_texts), 0.25)

    texts = [f"text {i}" for i in range(6)]
    folds = [Fold(np.array([2, 3, 4]), np.array([0, 1])), Fold(np.array([0, 1]), np.array([2, 3]))]
    p = out_of_fold(remember, texts, np.zeros(6), folds, np.ones(6))  # type: ignore[arg-type]
    assert seen == [set(), set()]
    assert p[:4].tolist() == [0.25] * 4
    assert np.isnan(p[4:]).all()


def test_out_of_fold_learns() -> None:
    half = np.arange(20)
    folds = [Fold(half[:10], half[10:]), Fold(half[10:], half[:10])]
    assert auroc(Y, out_of_fold(RIVALS["length"].fit_predict, TRAIN, Y, folds)) == 1.0
