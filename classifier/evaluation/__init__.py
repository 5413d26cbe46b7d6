"""Honest evaluation: duplicates, splits, metrics, intervals, rivals, checks and the report."""
