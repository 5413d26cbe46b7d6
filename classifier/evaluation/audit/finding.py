"""What one check of an audit found, with its figures, a few examples and the remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from classifier.evaluation.checks import Status

Severity: TypeAlias = Literal["high", "medium", "low"]
Figures: TypeAlias = Mapping[str, float | Mapping[str, float]]

EXAMPLES = 5
"""Ids, names or short phrases that a finding shows at most."""

_ORDER = ("issue", "tip", "passed", "not_applicable")
_SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    code: str
    status: Status
    """An issue would fool a model or its measurement; a tip is worth knowing."""
    says: str
    """One sentence; for "not_applicable" the reason."""
    severity: Severity | None = None
    """None where nothing is wrong or nothing could be checked; a tip is always low."""
    figures: Figures = field(default_factory=dict)
    """By name; shares lie between 0 and 1; a mapping has one figure a label, corpus or the like."""
    examples: tuple[str, ...] = ()
    """At most 5 ids of articles, names of publishers or short phrases."""
    remedy: str | None = None
    """What to do about an issue or a tip."""

    def to_dict(self) -> dict[str, object]:
        """All fields, for JSON."""
        return {
            "code": self.code,
            "status": self.status,
            "severity": self.severity,
            "says": self.says,
            "figures": {
                name: dict(figure) if isinstance(figure, Mapping) else figure
                for name, figure in self.figures.items()
            },
            "examples": list(self.examples),
            "remedy": self.remedy,
        }


def passed(code: str, says: str, figures: Figures | None = None) -> Finding:
    """Nothing is wrong."""
    return Finding(code, "passed", says, None, figures or {})


def cannot(code: str, because: str) -> Finding:
    """The check can't be made; `because` is a clause that fits behind "because"."""
    return Finding(code, "not_applicable", f"Because {because.rstrip('.')}.")


def alarm(
    code: str,
    severity: Severity,
    says: str,
    *,
    remedy: str,
    figures: Figures | None = None,
    examples: Iterable[str] = (),
) -> Finding:
    """An issue, or a tip where the severity is low."""
    status: Status = "tip" if severity == "low" else "issue"
    return Finding(code, status, says, severity, figures or {}, tuple(examples)[:EXAMPLES], remedy)


def worst(findings: Iterable[Finding]) -> Finding:
    """The gravest of one or more findings, the first of equally grave ones."""
    return min(findings, key=gravity)


def gravity(finding: Finding) -> tuple[int, int]:
    """Sorts findings, gravest first."""
    severity = len(_SEVERITIES) if finding.severity is None else _SEVERITIES.index(finding.severity)
    return _ORDER.index(finding.status), severity
