"""Each check on both sides of its threshold, and where it can't be made."""

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from classifier.evaluation import checks
from classifier.evaluation.checks import Finding
from classifier.evaluation.intervals import Estimate


def estimate(value: float, low: float = math.nan, high: float = math.nan) -> Estimate:
    return Estimate(value, low, high, 100, 30)


def rival(ours: float, theirs: Estimate | str, gain: Estimate | None = None) -> Finding:
    return checks.worse_than_rival("worse_than_tfidf", "words", estimate(ours), theirs, gain)


def balanced(n: int) -> np.ndarray:
    return np.array([0.0, 1.0] * n)


MIXED = [name for i in range(20) for name in (f"m{i}", f"m{i}")]
PURE = [f"p{i % 4}" for i in range(40)]
TOLD = np.array([float(label) for label in "111100000110"])
TELLING = [*"aaaaabbbbbcc"]
DAY = date(2020, 5, 1)

TABLE: list[tuple[str, Callable[[], Finding], str]] = [
    ("worse_than_prior", lambda: checks.worse_than_prior(estimate(0.7, 0.6, 0.8)), "passed"),
    ("worse_than_prior", lambda: checks.worse_than_prior(estimate(0.6, 0.49, 0.7)), "issue"),
    ("worse_than_prior", lambda: checks.worse_than_prior(estimate(0.3, 0.2, 0.4)), "issue"),
    ("worse_than_prior", lambda: checks.worse_than_prior(estimate(0.7)), "not_applicable"),
    ("worse_than_tfidf", lambda: rival(0.7, estimate(0.65)), "passed"),
    ("worse_than_tfidf", lambda: rival(0.7, estimate(0.65), estimate(0.05, 0.01, 0.09)), "passed"),
    ("worse_than_tfidf", lambda: rival(0.7, estimate(0.65), estimate(0.05, -0.01, 0.1)), "tip"),
    ("worse_than_tfidf", lambda: rival(0.7, estimate(0.7)), "issue"),
    ("worse_than_tfidf", lambda: rival(0.7, estimate(math.nan)), "not_applicable"),
    ("worse_than_tfidf", lambda: rival(0.7, "texts were not kept"), "not_applicable"),
    ("leak_random_folds", lambda: checks.leak_random_folds(estimate(0.7), estimate(0.74), 9), "passed"),
    ("leak_random_folds", lambda: checks.leak_random_folds(estimate(0.7), estimate(0.76), 9), "issue"),
    (
        "leak_random_folds",
        lambda: checks.leak_random_folds(estimate(0.7), estimate(0.76), 0),
        "not_applicable",
    ),
    ("leak_random_folds", lambda: checks.leak_random_folds(estimate(0.7), None, 9), "not_applicable"),
    ("publisher_confound", lambda: checks.publisher_confound(balanced(20), MIXED), "passed"),
    ("publisher_confound", lambda: checks.publisher_confound(balanced(20), PURE), "issue"),
    # two publishers with one odd article among five, told on 8 of 12 articles
    ("publisher_confound", lambda: checks.publisher_confound(TOLD, TELLING), "tip"),
    ("publisher_confound", lambda: checks.publisher_confound(np.ones(40), PURE), "not_applicable"),
    (
        "publisher_confound",
        lambda: checks.publisher_confound(balanced(2), ["a", "b", None, None]),
        "not_applicable",
    ),
    ("few_publishers", lambda: checks.few_publishers(PURE), "issue"),
    ("few_publishers", lambda: checks.few_publishers(MIXED), "passed"),
    ("few_publishers", lambda: checks.few_publishers([*MIXED, *[None] * 41]), "tip"),
    ("few_publishers", lambda: checks.few_publishers([None, None]), "not_applicable"),
    ("duplicates_across", lambda: checks.duplicates_across(np.array([1, 2]), np.array([3])), "passed"),
    ("duplicates_across", lambda: checks.duplicates_across(np.array([1, 3]), np.array([3])), "issue"),
    ("duplicates_across", lambda: checks.duplicates_across(np.array([1, 3]), None), "not_applicable"),
    ("length_alone", lambda: checks.length_alone(balanced(20), np.arange(40.0)), "passed"),
    ("length_alone", lambda: checks.length_alone(balanced(20), 300 - 99 * balanced(20)), "issue"),
    ("length_alone", lambda: checks.length_alone(np.ones(4), np.arange(4.0)), "not_applicable"),
    ("length_alone", lambda: checks.length_alone(balanced(2), None), "not_applicable"),
    ("class_balance", lambda: checks.class_balance(balanced(30)), "passed"),
    ("class_balance", lambda: checks.class_balance(np.repeat([0.0, 1.0], [170, 30])), "tip"),
    ("class_balance", lambda: checks.class_balance(np.ones(50)), "issue"),
    ("class_balance", lambda: checks.class_balance(balanced(10)[:-1]), "issue"),
    ("calibration", lambda: checks.calibration(balanced(200), np.full(400, 0.5)), "passed"),
    ("calibration", lambda: checks.calibration(balanced(200), np.full(400, 0.8)), "issue"),
    ("calibration", lambda: checks.calibration(balanced(2000), np.full(4000, 0.54)), "tip"),
    ("calibration", lambda: checks.calibration(balanced(0), np.array([])), "not_applicable"),
    ("time_overlap", lambda: checks.time_overlap([date(2020, 6, 1), None], [DAY]), "passed"),
    ("time_overlap", lambda: checks.time_overlap(["2020-05-01"], [DAY, None]), "tip"),
    ("time_overlap", lambda: checks.time_overlap([None, "spring"], [DAY]), "not_applicable"),
    ("time_overlap", lambda: checks.time_overlap(None, None), "not_applicable"),
]


@pytest.mark.parametrize(("code", "check", "status"), TABLE)
def test_status(code: str, check: Callable[[], Finding], status: str) -> None:
    finding = check()
    assert (finding.code, finding.status) == (code, status)
    assert finding.says.endswith(".")
    assert "nan" not in finding.says
    assert finding.to_dict() == {"code": code, "status": status, "says": finding.says}


def test_every_code_has_a_passing_an_alarming_and_a_silent_case() -> None:
    for code in {code for code, _, _ in TABLE}:
        statuses = {status for c, _, status in TABLE if c == code}
        assert "passed" in statuses
        assert statuses & {"issue", "tip"}
        if code != "class_balance":
            assert "not_applicable" in statuses


def test_publisher_rule_knows_the_other_articles_only() -> None:
    y = np.array([1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0])
    finding = checks.publisher_confound(y, ["a", "a", "b", "b", "b", None, "c"])
    # a: both told; b: the others of either 0 are one of each, half right; its 1 is told wrong
    assert finding.detail == pytest.approx({"one_label": 0.5, "publisher_rule": 0.6, "majority": 0.6})


def test_publisher_rule_gains_nothing_from_chance() -> None:
    rng = np.random.default_rng(0)
    names = [f"p{i}" for i in range(1000) for _ in range(3)]
    finding = checks.publisher_confound((rng.random(3000) < 0.5).astype(float), names)
    assert finding.status == "passed"
    assert abs(finding.detail["publisher_rule"] - 0.5) < 0.05


def test_shorter_positive_articles_are_named_so() -> None:
    assert checks.length_alone(balanced(20), 300 - 99 * balanced(20)).says.startswith("Shorter")
    assert checks.length_alone(balanced(20), 300 + 99 * balanced(20)).says.startswith("Longer")
