"""What stands beside the texts: labels, dates, and which fields are missing for which label."""

from datetime import date

import numpy as np

from classifier.evaluation import checks
from classifier.evaluation.audit.by_label import number_alone, share_by_label
from classifier.evaluation.audit.facts import BoolArray, Facts
from classifier.evaluation.audit.finding import Finding, alarm, cannot, passed, worst
from classifier.evaluation.audit.told import best_told


def class_balance(facts: Facts) -> Finding:
    """Labels too rare to say anything, and labels so rare that shares of right answers mislead."""
    code, counts = "class_balance", facts.counts
    if not counts:
        return cannot(code, "no article has a label")
    if facts.positive is not None and len(counts) > 2:
        n = counts.get(facts.positive, 0)
        both = {facts.positive: n, "other": sum(counts.values()) - n}
        counts = dict(sorted(both.items(), key=lambda item: -item[1]))
    listed = ", ".join(f"{label} {n}" for label, n in counts.items())
    figures = {"articles": {label: float(n) for label, n in counts.items()}}
    rarest, n = list(counts.items())[-1]
    total = sum(counts.values())
    if len(counts) == 1:
        says = f"All {total} labelled articles are {rarest}: nothing can be told apart."
        return alarm(code, "high", says, remedy="Add articles of another label.", figures=figures)
    if n < checks.FEW_OF_A_LABEL:
        says = f"Under {checks.FEW_OF_A_LABEL} articles are {rarest} ({listed}): nothing can be said of them."
        remedy = "Add articles of the rarest label, or leave the label out (--positive, --negative)."
        return alarm(code, "medium", says, remedy=remedy, figures=figures)
    if n / total < checks.RARE_LABEL * 2 / len(counts):
        says = f"{n / total:.0%} of the labelled articles are {rarest} ({listed})."
        remedy = (
            "Read average precision and balanced accuracy, not the share that is right; say --prevalence."
        )
        return alarm(code, "low", says, remedy=remedy, figures=figures)
    return passed(code, f"The labels are balanced well enough: {listed}.", figures)


def dates_alone(facts: Facts) -> Finding:
    """Whether the date, or the month, alone tells the label."""
    code = "dates_alone"
    dated = ~np.isnan(facts.day)
    if not dated.any():
        return cannot(code, "no article has a date that can be read")
    if not facts.contrasts:
        return cannot(code, facts.why_no_contrast())
    remedy = "Compare articles of the same months only; split by time, and mask dates and events in the text."
    by_day = number_alone(code, ("Later articles", "Earlier articles"), facts.day, facts, remedy=remedy)
    months = [
        date.fromordinal(int(day)).isoformat()[:7] if known else None
        for day, known in zip(np.nan_to_num(facts.day), dated, strict=True)
    ]
    told = best_told(months, facts)
    if isinstance(told, str):
        return by_day
    severity = told.severity()
    says = (
        f"The other articles of the same month tell {told.label} on {told.rule:.0%}, the commoner label alone on"
        f" {told.majority:.0%}."
    )
    if severity is None:
        by_month = passed(code, says, told.figures())
    else:
        by_month = alarm(code, severity, says, remedy=remedy, figures=told.figures())
    return worst([by_day, by_month])


def date_format(facts: Facts) -> Finding:
    """Whether dates of one label are written in another way, or can't be read."""
    code = "date_format"
    dated = np.array([bool(written) for written in facts.written])
    if not dated.any():
        return cannot(code, "no article has a date")
    shapes = sorted({written for written in facts.written if written})
    if len(shapes) == 1:
        return passed(code, f"All {int(dated.sum())} dates are written alike ({shapes[0]}).")
    common = max(shapes, key=list(facts.written).count)
    other = np.array([bool(written) and written != common for written in facts.written])
    return share_by_label(
        code,
        f"Dates written otherwise than {common} stand",
        other,
        facts,
        kept=dated,
        remedy="Write all dates as YYYY-MM-DD; a format of its own shows that a label was collected apart.",
    )


def missing_publishers(facts: Facts) -> Finding:
    """Whether articles of one label lack their publisher more often."""
    has = np.array([bool(name and name.strip()) for name in facts.publishers], np.bool_)
    return _missing("missing_publishers", "publisher", has, facts)


def missing_dates(facts: Facts) -> Finding:
    """Whether articles of one label lack their date more often."""
    return _missing("missing_dates", "date", np.array([bool(one) for one in facts.written], np.bool_), facts)


def missing_titles(facts: Facts) -> Finding:
    """Whether articles of one label lack their title more often."""
    return _missing("missing_titles", "title", facts.titled, facts)


def _missing(code: str, field: str, has: BoolArray, facts: Facts) -> Finding:
    if not has.any():
        return cannot(code, f"no article has a {field}")
    if has.all():
        return passed(code, f"All {len(has)} articles have a {field}.")
    return share_by_label(
        code,
        f"No {field} is given",
        ~has,
        facts,
        remedy=f"Never let a model see whether there is a {field}; fill in what is missing or leave the field out.",
    )
