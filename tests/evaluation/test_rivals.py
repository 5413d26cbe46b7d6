"""The dull rivals know what they should and nothing else."""

import numpy as np
import pytest

from classifier.errors import TrainingError
from classifier.evaluation.metrics import auroc
from classifier.evaluation.rivals import RIVALS, Rival, out_of_fold
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
    with pytest.raises(TrainingError, match="no two training texts share a word"):
        RIVALS["tfidf"].fit_predict(["alpha beta", "gamma delta"], np.array([0.0, 1.0]), ["alpha"])


def test_the_bag_is_that_of_the_usual_pipeline() -> None:
    """Counting all texts once and keeping what two training texts hold is fitting on the training texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    test = [LONG, SHORT, "", "words never seen", "gulls and nets never seen"]
    pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=1000))
    wanted = pipeline.fit(TRAIN, Y).predict_proba(test)[:, 1]
    np.testing.assert_allclose(RIVALS["tfidf"].fit_predict(TRAIN, Y, test), wanted, atol=1e-5)


def remembering(seen: list[tuple[set[str], set[str]]]) -> Rival:
    def learn(train: np.ndarray, y: np.ndarray, test: np.ndarray) -> np.ndarray:
        assert len(y) == len(train)
        seen.append((set(train.tolist()), set(test.tolist())))
        return np.full(len(test), 0.25)

    return Rival("x", "nothing", lambda texts: np.array(texts), learn)


def test_out_of_fold_never_sees_the_text_it_answers() -> None:
    seen: list[tuple[set[str], set[str]]] = []
    texts = [f"text {i}" for i in range(6)]
    folds = [Fold(np.array([2, 3, 4]), np.array([0, 1])), Fold(np.array([0, 1]), np.array([2, 3]))]
    p = out_of_fold(remembering(seen), texts, np.array([0.0, 1.0] * 3), folds)
    assert seen == [
        ({"text 2", "text 3", "text 4"}, {"text 0", "text 1"}),
        ({"text 0", "text 1"}, {"text 2", "text 3"}),
    ]
    assert p[:4].tolist() == [0.25] * 4
    assert np.isnan(p[4:]).all()


def test_of_many_texts_some_take_part() -> None:
    seen: list[tuple[set[str], set[str]]] = []
    texts = [f"text {i}" for i in range(60)]
    half = np.arange(60)
    folds = [Fold(half[:30], half[30:]), Fold(half[30:], half[:30])]
    p = out_of_fold(remembering(seen), texts, np.array([0.0, 1.0] * 30), folds, most=20)
    assert (~np.isnan(p)).sum() == 20
    for train, test in seen:
        assert not train & test
        assert len(train | test) == 20


def test_out_of_fold_learns() -> None:
    half = np.arange(20)
    folds = [Fold(half[:10], half[10:]), Fold(half[10:], half[:10])]
    assert auroc(Y, out_of_fold(RIVALS["length"], TRAIN, Y, folds)) == 1.0
