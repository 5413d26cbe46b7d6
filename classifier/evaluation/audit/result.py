"""The audit as data and as text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap

from classifier.evaluation.audit.finding import Finding, gravity

_WIDTH = 110
_HEADINGS = {
    "issue": "Issues: these would fool a model or its measurement",
    "tip": "Tips: worth knowing",
    "passed": "Passed",
    "not_applicable": "Not applicable",
}
_SIGNS = {"high": "!!", "medium": "!", "low": "~", None: ""}


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found."""

    n_articles: int
    labels: Mapping[str, int]
    """Articles of each label, commonest first; articles without a label are in `n_articles` only."""
    corpora: Mapping[str, int]
    """Articles of each corpus, in order."""
    n_publishers: int
    """Different known publishers."""
    findings: tuple[Finding, ...]
    """On all articles together, one a check, in the order of the checks."""
    by_corpus: Mapping[str, tuple[Finding, ...]]
    """On each corpus alone; empty where there is one corpus only."""

    def counts(self) -> dict[str, int]:
        """Findings on all articles by status."""
        return {status: sum(f.status == status for f in self.findings) for status in _HEADINGS}

    def summary(self) -> str:
        """One line: "7 issues, 4 tips, 12 passed, 5 not applicable"."""
        n = self.counts()
        issues = "issue" if n["issue"] == 1 else "issues"
        tips = "tip" if n["tip"] == 1 else "tips"
        return f"{n['issue']} {issues}, {n['tip']} {tips}, {n['passed']} passed, {n['not_applicable']} not applicable"

    def to_dict(self) -> dict[str, object]:
        """The object of `misinfo audit --format json`, schema 1."""
        return {
            "schema": 1,
            "n_articles": self.n_articles,
            "n_publishers": self.n_publishers,
            "labels": dict(self.labels),
            "corpora": dict(self.corpora),
            "counts": self.counts(),
            "findings": [finding.to_dict() for finding in self.findings],
            "by_corpus": {
                name: [finding.to_dict() for finding in findings] for name, findings in self.by_corpus.items()
            },
        }

    def text(self) -> str:
        """The report for a terminal, ending in a newline; about 110 characters wide."""
        return "\n".join(_lines(self)) + "\n"


def _lines(audit: Audit) -> Iterator[str]:
    labels = ", ".join(f"{label} {n:,}" for label, n in audit.labels.items()) or "no labels"
    corpora = ", ".join(f"{name} {n:,}" for name, n in audit.corpora.items())
    yield from wrap(
        f"Audit of {audit.n_articles:,} articles ({labels}) of {audit.n_publishers:,} known publishers;"
        f" corpora: {corpora}.",
        _WIDTH,
    )
    for status, heading in _HEADINGS.items():
        found = sorted((f for f in audit.findings if f.status == status), key=gravity)
        if found:
            yield from ["", heading]
        for finding in found:
            yield from _shown(finding)
    if audit.by_corpus:
        yield from ["", "Each corpus alone (!! high, ! medium, ~ tip, - not applicable)"]
        yield from _table(audit)
    yield from ["", audit.summary()]


def _shown(finding: Finding) -> Iterator[str]:
    head = f"  {finding.severity or '':6}  {finding.code:26}  "
    room = " " * len(head)
    yield from wrap(head + finding.says, _WIDTH, subsequent_indent=room)
    if finding.examples:
        yield from wrap(f"{room}e.g. {'; '.join(finding.examples)}", _WIDTH, subsequent_indent=f"{room}     ")
    if finding.remedy:
        yield from wrap(f"{room}Do: {finding.remedy}", _WIDTH, subsequent_indent=f"{room}    ")


def _table(audit: Audit) -> Iterator[str]:
    """The checks that fired anywhere, a row each, with a sign under the number of each corpus."""
    names = list(audit.by_corpus)
    for number, name in enumerate(names, start=1):
        yield f"  {number:>3}  {name}"
    yield f"  {'':26}  " + "".join(f"{number:>4}" for number in range(1, len(names) + 1))
    for row in zip(*audit.by_corpus.values(), strict=True):
        if any(finding.severity for finding in row):
            signs = (f"{'-' if f.status == 'not_applicable' else _SIGNS[f.severity]:>4}" for f in row)
            yield f"  {row[0].code:26}  {''.join(signs)}".rstrip()
