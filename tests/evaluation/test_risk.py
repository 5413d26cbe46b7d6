"""What is promised about wrong answers holds where a publisher's articles are wrong together."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import norm

from classifier.errors import ModelError
from classifier.evaluation.risk import FEWEST, promise, risk_bound, selective_error
from classifier.models.unsure import answered

DRAWS = 200


class Drawn(NamedTuple):
    """Articles of publishers that have a label each and a push on the score of all their articles."""

    y: NDArray[np.float64]
    p: NDArray[np.float64]
    groups: NDArray[np.int64]


def drawn(rng: np.random.Generator, n_publishers: int, size: str) -> Drawn:
    sizes = {
        "one": np.ones(n_publishers, np.int64),
        "equal": np.full(n_publishers, 10),
        "uneven": np.ceil(rng.lognormal(1.0, 1.2, n_publishers)).astype(np.int64),
    }[size]
    groups = np.repeat(np.arange(n_publishers), sizes)
    label = (rng.random(n_publishers) < 0.4)[groups]
    y = np.where(rng.random(len(groups)) < 0.1, rng.random(len(groups)) < 0.4, label)
    push = rng.normal(0, 0.7, n_publishers)[groups]
    score = 0.8 * (2 * y - 1) + push + rng.normal(size=len(groups))
    log_odds = 1.6 / 1.49 * score + np.log(0.4 / 0.6)  # about what a sigmoid would make of it
    return Drawn(y.astype(np.float64), 1 / (1 + np.exp(-log_odds)), groups)


def kept(size: str, n_publishers: int, risk: float, *, by_article: bool = False) -> tuple[float, float]:
    """Share of draws whose realised risk is within the promise, and their mean coverage."""
    rng = np.random.default_rng(7)
    everybody = drawn(rng, 40_000, size)
    wrong = (everybody.p > 0.5) != (everybody.y > 0.5)
    fine, reached = [], []
    for _ in range(DRAWS):
        few = drawn(rng, n_publishers, size)
        groups = np.arange(len(few.y)) if by_article else few.groups
        found = promise(few.y, few.p, groups, 0.95)
        if found.lowest is None or found.lowest > risk:
            fine.append(True)  # nothing is answered, nothing is wrong
            reached.append(0.0)
            continue
        given_out = answered(everybody.p, found.sureness_for(risk))
        fine.append(wrong[given_out].mean() <= risk)
        reached.append(given_out.mean())
    return float(np.mean(fine)), float(np.mean(reached))


@pytest.mark.parametrize(
    ("size", "n_publishers", "coverage"), [("one", 400, 0.4), ("equal", 60, 0.3), ("uneven", 150, 0.35)]
)
def test_the_realised_risk_is_within_the_promise(size: str, n_publishers: int, coverage: float) -> None:
    fine, reached = kept(size, n_publishers, 0.2)
    assert fine >= 0.95
    assert reached > coverage  # and not by answering nothing


def test_articles_taken_for_independent_break_it() -> None:
    fine, _ = kept("uneven", 80, 0.2, by_article=True)
    assert fine < 0.9


def test_a_bound_over_many_single_articles_is_the_textbook_one() -> None:
    rng = np.random.default_rng(0)
    wrong = (rng.random(20_000) < 0.17).astype(np.float64)
    found = risk_bound(wrong, np.arange(len(wrong)), 0.9)
    share = wrong.mean()
    wald = share + norm.ppf(0.9) * np.sqrt(share * (1 - share) / len(wrong))
    assert found.error == share
    assert found.bound == pytest.approx(wald, abs=2e-4)
    assert (found.n_articles, found.n_publishers) == (20_000, 20_000)


def test_copies_of_an_article_inside_a_publisher_say_nothing_more() -> None:
    rng = np.random.default_rng(3)
    wrong = (rng.random(50) < 0.2).astype(np.float64)
    once = risk_bound(wrong, np.arange(50))
    often = risk_bound(np.repeat(wrong, 9), np.repeat(np.arange(50), 9))
    assert often.bound == pytest.approx(once.bound)
    assert risk_bound(np.repeat(wrong, 9), np.arange(450)).bound < once.bound


@pytest.mark.parametrize("n", [0, 1, FEWEST - 1])
def test_few_publishers_promise_nothing(n: int) -> None:
    wrong, groups = np.zeros(20 * n), np.repeat(np.arange(n), 20)
    assert risk_bound(wrong, groups).bound == 1
    assert promise(wrong, np.full(len(wrong), 0.1), groups).lowest is None


def test_no_error_seen_is_no_error_promised() -> None:
    bounds = [risk_bound(np.zeros(n), np.arange(n)).bound for n in (5, 20, 100, 1000)]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] > 0.3
    assert 0 < bounds[-1] < 0.01


@given(
    arrays(np.float64, 30, elements=st.sampled_from([0.0, 0.5, 1.0])),
    arrays(np.int64, 30, elements=st.integers(0, 12)),
    st.floats(0.6, 0.99),
)
def test_a_bound_lies_above_the_error_and_grows_with_the_confidence(
    wrong: NDArray[np.float64], groups: NDArray[np.int64], confidence: float
) -> None:
    found = risk_bound(wrong, groups, confidence)
    assert found.error <= found.bound <= 1
    assert found.bound <= risk_bound(wrong, groups, confidence + 0.005).bound
    assert found.bound == pytest.approx(risk_bound(wrong, 100 - groups, confidence).bound)


def test_the_table_is_in_order_and_names_what_it_cannot_promise() -> None:
    few = drawn(np.random.default_rng(1), 150, "equal")
    p = few.p.copy()
    p[::50] = np.nan
    found = promise(few.y, p, few.groups)
    assert (np.diff(found.risk) >= 0).all()
    assert (np.diff(found.coverage) >= 0).all()
    assert found.lowest is not None
    with pytest.raises(ModelError, match=r"at most 1\.0% .* the lowest share it can promise is \d+\.\d%"):
        found.sureness_for(0.01)
    known = ~np.isnan(p)
    same = promise(few.y[known], p[known], few.groups[known])
    np.testing.assert_array_equal(found.risk, same.risk)


def curve(y: list[float], p: list[float]) -> Iterator[float]:
    for coverage in (0.25, 0.5, 0.75, 1.0):
        yield selective_error(np.array(y), np.array(p), coverage)


@pytest.mark.parametrize(
    ("y", "p", "errors"),
    [
        ([1, 0, 1, 0], [0.9, 0.2, 0.3, 0.6], [0, 0, 1 / 3, 1 / 2]),
        ([1, 0, 1, 0], [0.7, 0.7, 0.7, 0.7], [0.5, 0.5, 0.5, 0.5]),  # all equally sure
        ([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5]),
        ([1, 1, 1, 1], [0.1, 0.2, 0.9, 0.6], [0.5, 0.5, 2 / 3, 0.5]),  # two tie, one of them right
    ],
)
def test_selective_error(y: list[float], p: list[float], errors: list[float]) -> None:
    found = list(curve(y, p))
    assert found == pytest.approx(errors)


def test_selective_error_without_articles() -> None:
    assert np.isnan(selective_error(np.empty(0), np.empty(0)))
