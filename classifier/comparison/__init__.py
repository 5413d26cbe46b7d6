"""Two versions of an article compared by their marks. Data only; the command line and pages show it."""

from classifier.comparison.compare import compare
from classifier.comparison.result import CHANGES, Change, Comparison, Pair

__all__ = ["CHANGES", "FAMILIES", "Change", "Comparison", "Pair", "compare"]

FAMILIES = ("hedges", "sourcing")  # what both versions are to be marked with
