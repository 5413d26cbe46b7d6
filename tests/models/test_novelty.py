"""The distance from the training articles: its false alarms, what it notices, and its arrays."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from classifier.errors import ModelError, TrainingError
from classifier.models.novelty import EXTREME, FEWEST, FURTHEST, Novelty, fit_novelty

M = 30


def news(
    rng: np.random.Generator, n_outlets: int, n_each: int = 8
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Measures as they are: skewed, often 0, now and then undefined, noisier in short articles, alike in an outlet."""
    outlets = np.repeat(np.arange(n_outlets), n_each)
    words = np.exp(rng.uniform(np.log(80), np.log(2000), len(outlets))).round()
    rate = rng.gamma(3, 0.4, (n_outlets, M))[outlets] * np.linspace(0.2, 3, M)
    X = rng.poisson(rate * words[:, None] / 100) / words[:, None] * 100
    X[:, 0] = 3.0  # never varies
    X[rng.random(X.shape) < 0.05] = np.nan
    return X, words, outlets


def fitted(alarm: float = 0.02) -> Novelty:
    rng = np.random.default_rng(0)
    return fit_novelty(news(rng, 100)[0], *news(rng, 250), alarm=alarm)


NOVELTY = fitted()


@pytest.mark.parametrize("alarm", [0.02, 0.1])
def test_the_stated_rate_holds_on_new_outlets_at_every_length(alarm: float) -> None:
    X, words, _ = news(np.random.default_rng(1), 1500)
    hit = fitted(alarm).unlike(X, words)
    assert hit.mean() == pytest.approx(alarm, rel=0.4)
    for shortest, longest in ((80, 130), (130, 260), (260, 800), (800, 2001)):
        of_length = (words >= shortest) & (words < longest)
        assert hit[of_length].mean() == pytest.approx(alarm, rel=0.75)


def test_one_threshold_for_all_lengths_would_not_hold() -> None:
    X, words, _ = news(np.random.default_rng(1), 1500)
    hit = NOVELTY.distance(X) > NOVELTY.threshold_at(np.array([2000.0]))
    assert hit[words < 130].mean() > 0.06


def test_every_outlet_counts_the_same() -> None:
    rng = np.random.default_rng(3)
    train = news(rng, 100)[0]
    X, words, outlets = news(rng, 250)
    loud = news(rng, 1, 3000)  # one outlet with more articles than all others together, and strange ones
    joined = [
        np.concatenate(pair)
        for pair in zip((X, words, outlets), (loud[0] + 40, loud[1], loud[2] + 999), strict=True)
    ]
    fair = fit_novelty(train, X, words, outlets).threshold
    np.testing.assert_allclose(fit_novelty(train, *joined).threshold, fair, rtol=0.2)


def test_it_notices_what_is_far_out_and_names_it() -> None:
    X, words, _ = news(np.random.default_rng(2), 200)
    X = np.nan_to_num(X, nan=1.0)
    X[:, 7] += 60
    X[:, 12] += 30
    X[:, 20] += 90
    assert NOVELTY.unlike(X, words).mean() > 0.95
    assert {o.measure for o in NOVELTY.farthest(X[0])} == {7, 12, 20}
    assert all(o.score > EXTREME for o in NOVELTY.farthest(X[0]))


def test_scores_follow_the_ranks_of_training() -> None:
    values = np.linspace(0, 10, 1001)
    novelty = fit_novelty(
        np.tile(values[:, None], 3), np.ones((FEWEST, 3)), np.full(FEWEST, 500), np.arange(FEWEST)
    )
    probes = np.array([[0.0, np.nan, 5.0], [10.0, 9.0, 1.0], [12.45, -100, 1e9]])
    scores = novelty.scores(probes)
    assert scores[0] == pytest.approx([-EXTREME, 0, 0], abs=1e-9)
    assert scores[1] == pytest.approx([EXTREME, 1.2816, -1.2816], abs=1e-3)
    assert scores[2] == pytest.approx([EXTREME + 2 * 2.45 / 9.8, -FURTHEST, FURTHEST], abs=1e-6)


def test_a_measure_that_never_varied_and_one_that_was_never_defined() -> None:
    X = np.column_stack([np.full(200, 2.0), np.full(200, np.nan), np.arange(200.0)])
    novelty = fit_novelty(X, X, np.full(200, 500), np.arange(200))
    scores = novelty.scores(np.array([[2.0, np.nan, 50.0], [2.5, 1.0, 50.0], [1.0, 0.0, 50.0]]))
    assert scores[:, 0].tolist() == [0, FURTHEST, -FURTHEST]
    assert scores[:, 1].tolist() == [0, FURTHEST, 0]


measures = st.floats(-1e6, 1e6) | st.just(float("nan"))


@given(arrays(np.float64, (4, M), elements=measures))
def test_alone_as_among_others_and_never_below_zero(X: np.ndarray) -> None:
    distance = NOVELTY.distance(X)
    assert ((distance >= 0) & (distance <= FURTHEST)).all()
    for i in range(len(X)):
        assert NOVELTY.distance(X[i : i + 1])[0] == distance[i]
        far = NOVELTY.farthest(X[i])
        assert np.mean([abs(o.score) for o in far]) == pytest.approx(distance[i])


def test_short_articles_may_lie_farther_out() -> None:
    limits = NOVELTY.threshold_at(np.array([0, 90, 300, 1000, 10**6]))
    assert (np.diff(limits) <= 0).all()
    assert limits[0] > limits[-1]


def test_the_same_data_give_the_same_arrays_and_they_come_back() -> None:
    again = Novelty(**fitted().arrays())
    for name, array in NOVELTY.arrays().items():
        np.testing.assert_array_equal(again.arrays()[name], array)


def test_too_little_ordinary_news() -> None:
    X = np.ones((FEWEST - 1, 2))
    with pytest.raises(TrainingError, match="99 articles of ordinary news are too few"):
        fit_novelty(X, X, np.full(len(X), 500), np.arange(len(X)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("value", NOVELTY.value[::-1].copy()),
        ("value", NOVELTY.value[:1]),
        ("score", NOVELTY.score[:-1]),
        ("score", np.full_like(NOVELTY.score, np.nan)),
        ("span", -NOVELTY.span - 1),
        ("span", NOVELTY.span.astype(np.float32)),
        ("words", NOVELTY.words[::-1].copy()),
        ("threshold", NOVELTY.threshold[1:]),
        ("threshold", None),
    ],
)
def test_damaged(name: str, value: Any) -> None:
    with pytest.raises(ModelError, match=r"novelty\.\w+ is damaged; get the model again"):
        Novelty(**(NOVELTY.arrays() | {name: value}))
