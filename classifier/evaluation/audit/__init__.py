"""What in a labelled corpus would fool a model: checks on plain columns, each ending in a finding."""

from classifier.evaluation.audit.finding import Finding, Severity
from classifier.evaluation.audit.result import Audit
from classifier.evaluation.audit.run import CHECKS, audit

__all__ = ["CHECKS", "Audit", "Finding", "Severity", "audit"]
