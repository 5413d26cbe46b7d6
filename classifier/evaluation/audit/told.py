"""Do the other articles of the same group (a publisher, a corpus, a month) tell the label of an article?"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from classifier.evaluation import checks
from classifier.evaluation.audit.facts import Facts
from classifier.evaluation.audit.finding import Severity

TOLD_HIGH = 0.8
"""Share of the errors of always saying the commoner label that the rule removes, for a severity of high; an
issue from `checks.CONFOUNDED`, a tip from `checks.SOMEWHAT_CONFOUNDED`."""
_SURE = 3.29  # standard errors of the commoner label's share by which the rule must be better: chance 0.001


class Told(NamedTuple):
    """What the rule of `checks.publisher_confound` reaches, for any grouping; shares of articles, 0 to 1."""

    label: str
    one_label: float
    """Share of the groups with two articles or more that carry one label only."""
    rule: float
    majority: float
    n: int
    """Articles in groups of two or more."""

    @property
    def removed(self) -> float:
        """Share of the errors of always saying the commoner label that the rule removes."""
        return (self.rule - self.majority) / (1 - self.majority)

    def figures(self) -> dict[str, float]:
        """The figures of a finding."""
        return {"rule": self.rule, "majority": self.majority, "errors_removed": self.removed}

    def severity(self) -> Severity | None:
        """None where little is told, or no more than chance may."""
        by_chance = _SURE * (self.majority * (1 - self.majority) / self.n) ** 0.5
        if self.removed < checks.SOMEWHAT_CONFOUNDED or self.rule - self.majority <= by_chance:
            return None
        if self.removed < checks.CONFOUNDED:
            return "low"
        return "high" if self.removed >= TOLD_HIGH else "medium"


def best_told(groups: Sequence[str | None], facts: Facts) -> Told | str:
    """The label that the groups tell best, or the reason why there is none. groups: (n,), None: in none."""
    found: list[Told] = []
    reason = facts.why_no_contrast()
    for contrast in facts.contrasts:
        named = [groups[i] for i in contrast.rows.tolist()]
        told = checks.publisher_confound(contrast.y, named)
        if told.status == "not_applicable":
            reason = told.says[:1].lower() + told.says[1:]
            continue
        n = sum(size for group, size in Counter(named).items() if group and size > 1)
        figures = told.detail
        found.append(
            Told(contrast.label, figures["one_label"], figures["publisher_rule"], figures["majority"], n)
        )
    return max(found, key=lambda one: one.removed) if found else reason
