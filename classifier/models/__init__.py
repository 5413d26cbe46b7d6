"""Estimators: numbers -> probability. Knows nothing of texts, signals or features."""
