"""Fixtures of all rooms: a small model made without training, and the folder of shared data."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from classifier import DEFAULT_FAMILIES, Document
from classifier.evaluation.report import evaluate
from classifier.features.matrix import matrix, scored_measures
from classifier.io.bundle import write_bundle
from classifier.io.card import card
from classifier.models.additive import AdditiveModel
from classifier.scoring.estimator import Estimator
from classifier.signals.extract import extract
from classifier.signals.registry import load_families
from classifier.training.labelled import Labelled
from classifier.training.measuring import Measured
from classifier.training.recipe import _manifest

# The same examples each time, however slow the machine; HYPOTHESIS_PROFILE=explore draws new ones.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_TEXTS = (
    "The mill may close, a foreman said. About forty people work there. It was built in 1904.",
    "Critics claim that the well is dry. “We have checked it twice,” said Ulla Farn, the surveyor.",
    "The bridge opened on Monday. According to the road office, it will reportedly carry trams.",
    "It is believed that the fair could move. The town clerk, Per Aske, denied it.",
)


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a model called "small" over the default families, its weights made up."""
    families = load_families(DEFAULT_FAMILIES)
    measures = scored_measures(families)
    documents = [Document(str(i), text) for i, text in enumerate(_TEXTS)]
    signals, _ = extract(documents, families)
    X = matrix(signals, measures)
    m = len(measures)
    # A straight line each, from 0 to 10 and 0 at 0.5.
    curves = np.where(np.arange(m) % 2, -0.3, 0.3)[:, None] * np.array([[-0.5, 9.5]])
    model = AdditiveModel(
        knots=np.tile([0.0, 10.0], (m, 1)),
        curves=curves,
        intercept=np.array([0.1]),
        calibration=np.array([1.0, 0.0]),
        drawn_curves=(curves * np.array([0.5, 0.75, 1.25])[:, None, None])
        .astype(np.float32)
        .astype(np.float64),
        drawn_intercepts=np.zeros(3),
    )
    estimator = Estimator(model)
    y = np.array([0, 1, 0, 1])
    data = Measured(
        [
            Labelled(d, "invented", bool(label), f"Paper {d.id}")
            for d, label in zip(documents, y, strict=True)
        ],
        X,
        y,
        np.arange(len(y)),
        {},
    )
    p = np.array([0.2, 0.7, 0.4, 0.6])
    report = evaluate(y, p, data.publishers, data.corpora, rivals={}, random_p=p, draws=20)
    manifest = _manifest("small", "unreliable", "reliable", families, data, estimator, report) | {
        "scorer": "signals",
        "promise": {"confidence": 0.95, "risk": [0.1, 0.3], "sureness": [0.9, 0.7], "coverage": [0.2, 0.6]},
        "options": {"C": 0.1, "seed": 0},
    }
    folder = tmp_path_factory.mktemp("models") / "small"
    write_bundle(manifest, estimator, card(manifest), folder)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data, MISINFO_SHARED or `shared` beside the repository; skips without."""
    folder = Path(os.environ.get("MISINFO_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder}; MISINFO_SHARED names it")
    return folder
