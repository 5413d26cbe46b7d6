"""Checks for what makes a figure look better than it is; each ends in a finding, even if it can't be made."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

import numpy as np

from classifier.evaluation.intervals import Estimate
from classifier.evaluation.metrics import (
    FloatArray,
    auroc,
    calibration_by_chance,
    calibration_error,
    calibration_error_matched,
)
from classifier.evaluation.publishers import UNKNOWN, IntArray, count_publishers, publisher_codes
from classifier.evaluation.splits import day_of

Status: TypeAlias = Literal["passed", "issue", "tip", "not_applicable"]

LEAK = 0.05
"""AUROC that random folds may gain over publisher folds."""
LENGTH_ALONE = 0.65
"""AUROC, in either direction, up to which length alone is no trap."""
FEW_PUBLISHERS = 20
CONFOUNDED = 0.5
"""Share of the errors of always saying the commoner label that knowing the publisher may not remove."""
SOMEWHAT_CONFOUNDED = 0.2
RARE_LABEL = 0.2
FEW_OF_A_LABEL = 20
CALIBRATION_EXCESS = 0.05
"""Calibration error beyond the usual chance figure that is an issue and not only a tip."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    code: str
    status: Status
    """"not_applicable" has its reason in `says`."""
    says: str
    """One or two sentences for the reader of the report."""
    detail: Mapping[str, float] = field(default_factory=dict)
    """The figures behind it, by name; may be empty."""

    def to_dict(self) -> dict[str, str]:
        """`{"code", "status", "says"}`."""
        return {"code": self.code, "status": self.status, "says": self.says}


def worse_than_prior(ours: Estimate) -> Finding:
    """Issue where the interval of the AUROC includes 0.5: the score may be no better than knowing nothing."""
    code = "worse_than_prior"
    if math.isnan(ours.low):
        return _cannot(code, "the AUROC has no interval: it needs both labels and two publishers")
    figure = f"AUROC {_range(ours)}"
    if ours.low <= 0.5:
        return Finding(
            code, "issue", f"{figure} is not clearly above 0.5, which the share of positives reaches."
        )
    return Finding(code, "passed", f"{figure} is above 0.5, which the share of positives alone reaches.")


def worse_than_rival(
    code: str, knows: str, ours: Estimate, rival: Estimate | str, gain: Estimate | None = None
) -> Finding:
    """Issue where the rival's AUROC reaches ours, tip where the interval of our gain includes 0.

    rival: its AUROC on the articles ours was measured on, or why there is none. knows: what the rival knows.
    gain: AUROC of ours minus the rival's, from `intervals.difference`.
    """
    if isinstance(rival, str):
        return _cannot(code, rival)
    if math.isnan(ours.value) or math.isnan(rival.value):
        return _cannot(code, "the AUROC is undefined where there is one label only")
    detail = {"ours": ours.value, "rival": rival.value}
    both = f"AUROC {ours.value:.3f} against {rival.value:.3f} of a rival that knows only {knows}"
    if rival.value >= ours.value:
        return Finding(code, "issue", f"{both}: the score adds nothing to it.", detail)
    if gain is not None and not math.isnan(gain.low) and gain.low <= 0:
        says = f"{both}; the gain {_range(gain)} may be chance."
        return Finding(code, "tip", says, detail | {"gain_low": gain.low})
    return Finding(code, "passed", f"{both}.", detail)


def leak_random_folds(ours: Estimate, random: Estimate | None, n_publishers: int) -> Finding:
    """Issue where random folds reach an AUROC more than 0.05 above publisher folds."""
    code = "leak_random_folds"
    if random is None:
        return _cannot(code, "no probabilities from random folds were given")
    if not n_publishers:
        return _cannot(code, "no publisher is known, so the other folds may give publishers away too")
    if math.isnan(ours.value) or math.isnan(random.value):
        return _cannot(code, "the AUROC is undefined where there is one label only")
    leak = random.value - ours.value
    detail = {"publisher_folds": ours.value, "random_folds": random.value}
    both = f"AUROC {ours.value:.3f} on publishers never seen, {random.value:.3f} on random folds"
    if leak > LEAK:
        says = f"{both}: the corpus gives its publishers away; only the first figure is evidence."
        return Finding(code, "issue", says, detail)
    return Finding(code, "passed", f"{both}: no large leak.", detail)


def publisher_confound(y: FloatArray, publishers: Sequence[str | None]) -> Finding:
    """How far the publisher alone tells the label, on publishers with two articles or more.

    y: (n,) 0 or 1. The rule it is measured by says the commoner label of the publisher's *other* articles
    (equally common: half right), so that it gains nothing from chance. Issue where the rule removes half of
    the errors of always saying the commoner label, tip from a fifth.
    """
    code = "publisher_confound"
    codes = publisher_codes(publishers)
    known = codes != UNKNOWN
    size = np.bincount(codes[known])
    positive = np.bincount(codes[known], y[known])
    several = size > 1
    if not several.any():
        return _cannot(code, "no publisher is known to have two articles")
    n, k = size[several], positive[several]
    majority = max(float(k.sum()), float((n - k).sum())) / float(n.sum())
    if majority == 1:
        return _cannot(code, "the articles with a publisher carry one label only")
    others = k * (1 + np.sign(2 * k - 1 - n)) / 2 + (n - k) * (1 + np.sign(n - 2 * k - 1)) / 2
    rule = float(others.sum() / n.sum())
    one_label = float(((k == 0) | (k == n)).mean())
    says = (
        f"{one_label:.0%} of the {len(n)} publishers with two articles or more carry one label only; a "
        f"rule that knows only a publisher's other articles is right on {rule:.0%}, the commoner "
        f"label alone on {majority:.0%}."
    )
    removed = (rule - majority) / (1 - majority)
    detail = {"one_label": one_label, "publisher_rule": rule, "majority": majority}
    if removed >= CONFOUNDED:
        return Finding(code, "issue", says, detail)
    return Finding(code, "tip" if removed >= SOMEWHAT_CONFOUNDED else "passed", says, detail)


def few_publishers(publishers: Sequence[str | None]) -> Finding:
    """Issue under 20 known publishers: the interval over so few is too narrow."""
    code = "few_publishers"
    n = count_publishers(publishers)
    without = int((publisher_codes(publishers) == UNKNOWN).sum())
    if n == 0:
        reason = f"none of the {without} articles names a publisher; intervals take them as independent"
        return _cannot(code, reason)
    detail = {"n_publishers": float(n), "n_without_publisher": float(without)}
    said = f"{n} publishers and {without} articles without one"
    if n < FEW_PUBLISHERS:
        says = f"{said}: under {FEW_PUBLISHERS} publishers intervals are too narrow."
        return Finding(code, "issue", says, detail)
    if without * 2 > len(publishers):
        says = f"{said}: intervals take those as independent, which they may not be."
        return Finding(code, "tip", says, detail)
    return Finding(code, "passed", f"{said}.", detail)


def duplicates_across(test: IntArray | None, train: IntArray | None) -> Finding:
    """Issue where a test article has a near-duplicate in training.

    test, train: near-duplicate cluster ids of both sides, clustered together; None where not looked for.
    """
    code = "duplicates_across"
    if test is None or train is None:
        return _cannot(code, "training and test articles were not compared")
    n = int(np.isin(test, train).sum())
    if n:
        says = f"{n} of {len(test)} test articles have a near-duplicate in training."
        return Finding(code, "issue", says, {"n": float(n)})
    return Finding(code, "passed", f"None of {len(test)} test articles has a near-duplicate in training.")


def length_alone(y: FloatArray, n_words: FloatArray | None) -> Finding:
    """Issue where the number of words alone separates the labels with an AUROC over 0.65 either way.

    y: (n,) 0 or 1. n_words: (n,), at least 0; None where unknown.
    """
    code = "length_alone"
    if n_words is None:
        return _cannot(code, "the lengths of the articles were not given")
    area = auroc(y, n_words / max(float(n_words.max(initial=0)), 1.0))
    if math.isnan(area):
        return _cannot(code, "the AUROC is undefined where there is one label only")
    side = "Longer" if area >= 0.5 else "Shorter"
    says = f"{side} articles are more often positive, AUROC {max(area, 1 - area):.3f} by their length alone"
    if max(area, 1 - area) > LENGTH_ALONE:
        return Finding(code, "issue", f"{says}, a trap for every count.", {"auroc": area})
    return Finding(code, "passed", f"{says}.", {"auroc": area})


def class_balance(y: FloatArray) -> Finding:
    """Issue under 20 articles of the rarer label, tip where it makes up less than 0.2. y: (n,) 0 or 1."""
    code = "class_balance"
    positive = int(y.sum())
    rarer = min(positive, len(y) - positive)
    says = f"{positive} positive and {len(y) - positive} other articles"
    detail = {"positive": float(positive), "negative": float(len(y) - positive)}
    if rarer < FEW_OF_A_LABEL:
        return Finding(
            code, "issue", f"{says}: under {FEW_OF_A_LABEL} of a label nothing can be said.", detail
        )
    if rarer < RARE_LABEL * len(y):
        says = f"{says}: read average precision and the balanced accuracy, not the share that is right."
        return Finding(code, "tip", says, detail)
    return Finding(code, "passed", f"{says}.", detail)


def calibration(y: FloatArray, p: FloatArray, seed: int = 0) -> Finding:
    """The calibration error against what a perfectly calibrated model would show in as few articles.

    y, p: (n,), scored articles only. Passed up to the 97.5th percentile of 200 simulated corpora; beyond it
    an issue where the error exceeds their mean by more than 0.05, else a tip.
    """
    code = "calibration"
    if len(p) == 0:
        return _cannot(code, "no article was scored")
    error, chance = calibration_error(y, p), calibration_by_chance(p, seed=seed)
    usual, most = float(chance.mean()), float(np.percentile(chance, 97.5))
    matched = calibration_error_matched(y, p)
    says = (
        f"Calibration error {error:.3f}; a perfectly calibrated model shows {usual:.3f} in {len(p)} articles"
    )
    detail = {"error": error, "chance": usual, "chance_high": most}
    if error <= most:
        return Finding(code, "passed", f"{says}.", detail)
    if not math.isnan(matched):
        says = f"{says}, and {matched:.3f} is left once the share of positives is matched"
        detail["matched"] = matched
    status: Status = "issue" if error - usual > CALIBRATION_EXCESS else "tip"
    return Finding(code, status, f"{says}.", detail)


def time_overlap(
    test: Sequence[str | date | None] | None, train: Sequence[str | date | None] | None
) -> Finding:
    """Tip where test articles are no later than the last training article: the future is not tested.

    test, train: dates of both sides, YYYY-MM-DD or `datetime.date` (others: undated); None: not given.
    """
    code = "time_overlap"
    tested = [day for day in map(day_of, test or ()) if day is not None]
    trained = [day for day in map(day_of, train or ()) if day is not None]
    if not tested or not trained:
        return _cannot(code, "training or test articles have no dates")
    last = max(trained)
    n = sum(day <= last for day in tested)
    if n:
        says = (
            f"{n} of {len(tested)} dated test articles are no later than the last training article ({last}): "
            "the figures say nothing about how the score ages."
        )
        return Finding(code, "tip", says, {"n": float(n)})
    return Finding(code, "passed", f"All {len(tested)} dated test articles are later than {last}.")


def _cannot(code: str, reason: str) -> Finding:
    return Finding(code, "not_applicable", f"{reason[:1].upper()}{reason[1:].rstrip('.')}.")


def _range(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"
