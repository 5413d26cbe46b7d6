"""Publishers and corpora that give the label away, and publishers too few for a claim about new ones."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from classifier.evaluation import checks
from classifier.evaluation.audit.by_label import share_by_label
from classifier.evaluation.audit.facts import FEWEST, Facts
from classifier.evaluation.audit.finding import Finding, Severity, alarm, cannot, passed
from classifier.evaluation.audit.told import best_told
from classifier.evaluation.publishers import UNKNOWN, publisher_codes

DOMINANT = 0.5
"""Share of a label's articles from one publisher that is an issue: the label then means that outlet."""
VERY_DOMINANT = 0.8
SOMEWHAT_DOMINANT = 0.25
NAMED = 0.2
"""Share of texts with their own publisher's name that is an issue whatever the labels."""


def publisher_confound(facts: Facts) -> Finding:
    """How far a publisher's other articles tell the label; see `checks.publisher_confound`."""
    return _told(
        "publisher_confound",
        "publishers",
        facts.publishers,
        facts,
        remedy="Believe figures on publishers never seen only; collect publishers that have both labels, or"
        " label single articles.",
    )


def corpus_confound(facts: Facts) -> Finding:
    """The same for corpora: whether knowing where an article was collected tells its label."""
    code = "corpus_confound"
    if len(set(facts.corpora)) < 2:
        return cannot(code, "there is one corpus only")
    return _told(
        code,
        "corpora",
        facts.corpora,
        facts,
        remedy="Weight articles so that each corpus has as many of each label, and report figures per corpus.",
    )


def few_publishers(facts: Facts) -> Finding:
    """Whether there are publishers enough for intervals; see `checks.few_publishers`."""
    found = checks.few_publishers(facts.publishers)
    says = found.says[:1].upper() + found.says[1:]
    if found.status == "passed":
        return passed(found.code, says, found.detail)
    if found.status == "not_applicable":
        return cannot(found.code, "no article names its publisher")
    severity: Severity = "medium" if found.status == "issue" else "low"
    remedy = "Add publishers, or fill in those that are missing, before you believe an interval."
    return alarm(found.code, severity, says, remedy=remedy, figures=found.detail)


def dominant_publisher(facts: Facts) -> Finding:
    """Whether one publisher gives most of a label's articles."""
    code = "dominant_publisher"
    if not any(facts.publishers):
        return cannot(code, "no article names its publisher")
    largest: dict[str, float] = {}
    examples: dict[str, str] = {}
    codes = publisher_codes(facts.publishers)
    for label in facts.counts:
        rows = np.flatnonzero([one == label for one in facts.labels])
        rows = rows[codes[rows] != UNKNOWN]
        if len(rows) >= FEWEST:
            sizes = np.bincount(codes[rows])
            first = rows[codes[rows] == sizes.argmax()][0]
            largest[label] = float(sizes.max() / len(rows))
            examples[label] = f"{facts.publishers[first]} ({label}: {sizes.max()} of {len(rows)})"
    if not largest:
        return cannot(code, f"no label has {FEWEST} articles with a publisher")
    label = max(largest, key=lambda one: largest[one])
    says = f"The largest publisher gives {largest[label]:.0%} of the articles labelled {label}."
    figures = {"largest_share": largest}
    if largest[label] < SOMEWHAT_DOMINANT:
        return passed(code, says, figures)
    severity: Severity = "low"
    if largest[label] >= DOMINANT:
        severity = "high" if largest[label] >= VERY_DOMINANT else "medium"
    return alarm(
        code,
        severity,
        says,
        remedy="Weight publishers by the inverse of their size, or draw at most as many articles of each.",
        figures=figures,
        examples=[examples[one] for one in sorted(largest, key=lambda one: -largest[one])],
    )


def publisher_in_text(facts: Facts) -> Finding:
    """Whether texts hold the name or the domain of their own publisher, which a model then learns."""
    code = "publisher_in_text"
    known = publisher_codes(facts.publishers) != UNKNOWN
    if not known.any():
        return cannot(code, "no article names its publisher")
    return share_by_label(
        code,
        "The publisher's own name or domain stands",
        facts.own_name,
        facts,
        kept=known,
        everywhere=NAMED,
        remedy="Mask names of outlets, and strip lines that hold only an address, before words are learned from.",
    )


def _told(code: str, of: str, groups: Sequence[str | None], facts: Facts, *, remedy: str) -> Finding:
    if not facts.contrasts:
        return cannot(code, facts.why_no_contrast())
    told = best_told(groups, facts)
    if isinstance(told, str):
        return cannot(code, told)
    says = (
        f"{told.one_label:.0%} of the {of} with two articles or more carry one label only: the other articles of the"
        f" same one tell {told.label} on {told.rule:.0%}, the commoner label alone on {told.majority:.0%}."
    )
    figures = {"one_label": told.one_label, **told.figures()}
    severity = told.severity()
    if severity is None:
        return passed(code, says, figures)
    largest = Counter(group for group in groups if group).most_common(3)
    examples = [f"{group} ({n} articles)" for group, n in largest]
    return alarm(code, severity, says, remedy=remedy, figures=figures, examples=examples)
