"""Articles that stand in a corpus more than once, with the same label, with another, or in two corpora."""

import numpy as np

from classifier.evaluation.audit.facts import Facts
from classifier.evaluation.audit.finding import EXAMPLES, Finding, Severity, alarm, cannot, passed
from classifier.evaluation.duplicates import IntArray

MANY = 0.01
"""Share of articles that repeat an earlier one from which it is an issue: random folds then test on
training articles, and what is copied counts twice. Below, leaving them out is enough: a tip."""
VERY_MANY = 0.10
CONTRADICTORY = 0.005
"""Share of articles whose copy has another label from which it is an issue: that much no model can learn."""


def exact_duplicates(facts: Facts) -> Finding:
    """Texts whose sequence of words repeats an earlier one's."""
    later = _later(facts.exact)
    return _repeats("exact_duplicates", "an earlier article word for word", later, facts)


def near_duplicates(facts: Facts) -> Finding:
    """Texts with an earlier near-duplicate: 5-word shingles, Jaccard 0.5 or containment over 0.6."""
    later = _later(facts.near)
    return _repeats("near_duplicates", "an earlier article nearly", later, facts)


def duplicates_other_label(facts: Facts) -> Finding:
    """Near-duplicates of which two carry different labels."""
    code = "duplicates_other_label"
    if len(facts.counts) < 2:
        return cannot(code, facts.why_no_contrast())
    names = list(facts.counts)
    label = np.array([-1 if one is None else names.index(one) for one in facts.labels])
    rows = np.flatnonzero(label >= 0)
    cluster, pairs = facts.near[rows], np.unique(np.stack([facts.near[rows], label[rows]]), axis=1)
    contradictory = np.isin(cluster, np.flatnonzero(np.bincount(pairs[0]) > 1))
    n = int(contradictory.sum())
    if not n:
        return passed(code, f"None of the {len(rows)} labelled articles has a copy with another label.")
    n_clusters = len(np.unique(cluster[contradictory]))
    figures = {"articles": float(n), "clusters": float(n_clusters), "share": n / len(rows)}
    says = f"{n} articles have a copy with another label (groups of copies: {n_clusters})."
    severity: Severity = "low"
    if n / len(rows) >= CONTRADICTORY:
        severity = "high" if n / len(rows) >= VERY_MANY else "medium"
    chosen = np.flatnonzero(contradictory)
    order = chosen[np.argsort(cluster[chosen], kind="stable")]  # copies beside one another
    return alarm(
        code,
        severity,
        says,
        remedy="Read some of them: often a wrong page was stored; leave out every group that contradicts itself.",
        figures=figures,
        examples=[f"{facts.ids[rows[i]]} ({facts.labels[rows[i]]})" for i in order[:EXAMPLES].tolist()],
    )


def duplicates_between_corpora(facts: Facts) -> Finding:
    """Articles of one corpus with a near-duplicate in another."""
    code = "duplicates_between_corpora"
    names = list(dict.fromkeys(facts.corpora))
    if len(names) < 2:
        return cannot(code, "there is one corpus only")
    member = np.array([names.index(name) for name in facts.corpora])
    found: dict[str, float] = {}
    largest = 0.0
    for a, first in enumerate(names):
        for b in range(a + 1, len(names)):
            n = int(np.isin(facts.near[member == b], facts.near[member == a]).sum())
            if n:
                found[f"{first} / {names[b]}"] = float(n)
                largest = max(largest, n / int(min((member == a).sum(), (member == b).sum())))
    if not found:
        return passed(code, f"No article of the {len(names)} corpora has a copy in another one.")
    found = dict(sorted(found.items(), key=lambda item: -item[1]))
    says = (
        f"{int(sum(found.values()))} articles have a copy in another corpus, {len(found)} pairs of corpora."
    )
    severity: Severity = "high" if largest >= VERY_MANY else "medium" if largest >= MANY else "low"
    return alarm(
        code,
        severity,
        says,
        remedy="Don't train on one and test on the other before the copies are out (`misinfo evaluate --against`).",
        figures={"articles": found, "largest_share": largest},
        examples=[f"{pair}: {n:.0f}" for pair, n in found.items()],
    )


def _later(clusters: IntArray) -> IntArray:
    """Rows of the articles with an earlier one in their cluster."""
    first = np.unique(clusters, return_index=True)[1]
    return np.setdiff1d(np.arange(len(clusters)), first)


def _repeats(code: str, what: str, later: IntArray, facts: Facts) -> Finding:
    n, total = len(later), len(facts)
    if total < 2:
        return cannot(code, "one article alone repeats nothing")
    figures = {"articles": float(n), "share": n / total}
    if not n:
        return passed(code, f"None of the {total} articles repeats {what}.", figures)
    severity: Severity = "high" if n / total >= VERY_MANY else "medium" if n / total >= MANY else "low"
    says = f"{n} of the {total} articles ({n / total:.1%}) repeat {what}."
    return alarm(
        code,
        severity,
        says,
        remedy="Keep one article of each group of copies; `misinfo train` does so.",
        figures=figures,
        examples=[facts.ids[i] for i in later[:EXAMPLES].tolist()],
    )
