"""Does a trace in the text tell the label? One test for all traces, in the currency of the AUROC."""

import numpy as np

from classifier.evaluation.audit.facts import BoolArray, Contrast, Facts
from classifier.evaluation.audit.finding import Finding, Severity, alarm, cannot, passed
from classifier.evaluation.metrics import FloatArray, auroc

GAP = 0.10
"""Difference of shares between a label and the others that is an issue: the trace alone has an AUROC of 0.55."""
WIDE_GAP = 0.30
"""The same for a severity of high: AUROC 0.65, where `checks.length_alone` draws its line too."""
SMALL_GAP = 0.02
RATIO = 3.0
"""A smaller difference is a tip from 2 points on, or where one share is three times the other."""
FEWEST_WITH = 10
"""Articles that must have the trace, and that must lack it; fewer are chance or do no harm."""
CHANCE = 0.001
"""Two-sided probability a difference must fall below where the label means nothing: many checks look at one
corpus. Shares: exact test of Fisher (1922); numbers: normal approximation of Mann and Whitney (1947)."""
_SURE = 3.29  # standard errors of a normal distribution beyond which `CHANCE` lies
ALONE = 0.65
"""AUROC of one number alone, either way, that is an issue."""
ALONE_HIGH = 0.80


def share_by_label(
    code: str,
    what: str,
    has: BoolArray,
    facts: Facts,
    *,
    remedy: str,
    everywhere: float | None = None,
    kept: BoolArray | None = None,
) -> Finding:
    """Whether the articles of one label have a trace more often than the others.

    what: the trace as the subject of a sentence that goes on "in 22% of". has: (n,). everywhere: share of
    all articles from which the trace is an issue whatever their labels. kept: (n,), the articles looked at.
    """
    kept = np.ones(len(facts), np.bool_) if kept is None else kept
    n, total = int((has & kept).sum()), int(kept.sum())
    if not total:
        return cannot(code, "no article can be looked at for it")
    figures: dict[str, float | dict[str, float]] = {"articles": float(n), "share": n / total}
    shares = _shares(has, facts, kept)
    if shares:
        figures["by_label"] = shares
    examples = [facts.ids[i] for i in np.flatnonzero(has & kept).tolist()]
    if everywhere is not None and n / total >= everywhere:
        severity: Severity = "high" if n / total >= 0.5 else "medium"
        says = f"{what} in {n / total:.0%} of the {total} articles{_listed(shares)}."
        return alarm(code, severity, says, remedy=remedy, figures=figures, examples=examples)
    contrasts = [_inside(contrast, kept) for contrast in facts.contrasts]
    contrasts = [c for c in contrasts if min(c.y.sum(), len(c.y) - c.y.sum()) >= FEWEST_WITH]
    if not contrasts:
        return cannot(code, facts.why_no_contrast())
    if n < FEWEST_WITH or total - n < FEWEST_WITH:
        return passed(code, f"{what} in {n} of the {total} articles.", figures)
    gaps = [_gap(contrast, has) for contrast in contrasts]
    label, gap, ratio = max(
        ((c.label, gap, ratio) for c, (gap, ratio, sure) in zip(contrasts, gaps, strict=True) if sure),
        key=lambda found: abs(found[1]),
        default=("", 0.0, 1.0),
    )
    says = f"{what} in {n / total:.1%} of the {total} articles{_listed(shares)}"
    if abs(gap) < SMALL_GAP and ratio < RATIO:
        return passed(code, f"{says}.", figures)
    figures["auroc"] = 0.5 + abs(gap) / 2
    severity = "high" if abs(gap) >= WIDE_GAP else "medium" if abs(gap) >= GAP else "low"
    says += f": {'more' if gap > 0 else 'less'} often where the label is {label}."
    return alarm(code, severity, says, remedy=remedy, figures=figures, examples=examples)


def number_alone(
    code: str, more: tuple[str, str], number: FloatArray, facts: Facts, *, remedy: str
) -> Finding:
    """Whether one number of each article, known alone, separates a label from the others.

    more: the articles of high and those of low numbers, as subjects of a sentence. number: (n,), nan where undefined.
    """
    found = []
    for contrast in facts.contrasts:
        inside = _inside(contrast, ~np.isnan(number))
        if min(inside.y.sum(), len(inside.y) - inside.y.sum()) >= FEWEST_WITH:
            values = number[inside.rows]
            ranks = np.unique(values, return_inverse=True)[1] / len(values)
            positive, others = float(inside.y.sum()), float((1 - inside.y).sum())
            error = np.sqrt((positive + others + 1) / (12 * positive * others))
            area = auroc(inside.y, ranks)
            found.append((contrast.label, area, abs(area - 0.5) > _SURE * error))
    if not facts.contrasts or not found:
        return cannot(code, facts.why_no_contrast() if not facts.contrasts else "too few articles have it")
    label, area, sure = max(found, key=lambda one: (one[2], abs(one[1] - 0.5)))
    either = max(area, 1 - area)
    says = f"{more[0] if area >= 0.5 else more[1]} are more often {label}, AUROC {either:.2f} by this alone."
    figures = {"auroc": either}
    if either <= ALONE or not sure:
        return passed(code, says, figures)
    return alarm(code, "high" if either >= ALONE_HIGH else "medium", says, remedy=remedy, figures=figures)


def _inside(contrast: Contrast, kept: BoolArray) -> Contrast:
    inside = kept[contrast.rows]
    return contrast._replace(rows=contrast.rows[inside], y=contrast.y[inside])


def _gap(contrast: Contrast, has: BoolArray) -> tuple[float, float, bool]:
    """Share among the label's articles minus the others', the larger over the smaller, and whether it is sure."""
    from scipy.stats import fisher_exact

    own, others = has[contrast.rows[contrast.y == 1]], has[contrast.rows[contrast.y == 0]]
    table = [[own.sum(), (~own).sum()], [others.sum(), (~others).sum()]]
    # Half an article more in each, so that a share of 0 has a ratio.
    low, high = sorted(((own.sum() + 0.5) / len(own), (others.sum() + 0.5) / len(others)))
    return float(own.mean() - others.mean()), float(high / low), fisher_exact(table).pvalue <= CHANCE


def _shares(has: BoolArray, facts: Facts, kept: BoolArray) -> dict[str, float]:
    labels = np.array([label or "" for label in facts.labels])
    shares = {}
    for label in facts.counts:
        rows = (labels == label) & kept
        if rows.any():
            shares[label] = float(has[rows].mean())
    return shares


def _listed(shares: dict[str, float]) -> str:
    shown = [f"{label} {share:.1%}" for label, share in list(shares.items())[:4]]
    return f" ({', '.join(shown)}{', ...' if len(shares) > 4 else ''})" if shares else ""
