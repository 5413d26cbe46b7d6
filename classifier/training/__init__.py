"""Labelled documents -> a model, its manifest, and the honest report on it; and a model measured on others."""

from classifier.training.evaluating import evaluate_scorer
from classifier.training.labelled import Labelled, audited, choose_labels
from classifier.training.recipe import SCORERS, Trained, train

__all__ = ["SCORERS", "Labelled", "Trained", "audited", "choose_labels", "evaluate_scorer", "train"]
