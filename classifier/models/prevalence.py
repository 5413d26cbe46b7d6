"""A calibrated score under another share of positives than that of training."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def log_odds_shift(trained: float, expected: float) -> float:
    """What to add to every calibrated log-odds: the logarithm of the ratio of the two prior odds.

    trained: share of positives that the probabilities are calibrated to; expected: that among the articles to
    score; both above 0 and below 1, ValueError otherwise. Saerens, Latinne and Decaestecker 2002, equation 4.

    It is right under label shift: where articles of either label look as those of that label did in training, and
    only their shares differ; then a calibrated probability stays calibrated. Where the articles themselves are of
    another kind it is not right, and no number of this sort can be. It orders articles as before, so AUROC, and with
    it what the model knows, stay the same.
    """
    for share in (trained, expected):
        if not 0 < share < 1:
            raise ValueError(f"a share of positives must lie above 0 and below 1, not {share!r}")
    return float(np.log(expected / (1 - expected)) - np.log(trained / (1 - trained)))


def at_prevalence(p: Floats, trained: float, expected: float) -> Floats:
    """Calibrated probabilities p (any shape, 0 to 1) as they are at the expected share; 0 and 1 stay.

    The same as `log_odds_shift` on log-odds; trained and expected as there. Bounds of an interval may be given too.
    """
    ratio = np.exp(log_odds_shift(trained, expected))
    positive = p * ratio
    result: Floats = np.where(p == 1, 1.0, positive / (positive + (1 - p)))
    return result
