"""Scores of a batch, invented."""

from classifier.pages.batch import Batch
from classifier.pages.rows import Row, Why


def forty_scores() -> Batch:
    """Forty invented scores of three publishers, and an article without one."""
    found = Batch()
    for i in range(40):
        p = (i * 7 % 40) / 40
        why = (Why("m", p - 0.5, "a reason", i),)
        found.add(Row(f"article {i}", f"Paper {i % 3}", "signals", p, p, p, "unreliable", why, "", ""))
    found.add(Row("short", None, "signals", None, 0, 0, "", (), "too_short", "It has 9 words."))
    return found
