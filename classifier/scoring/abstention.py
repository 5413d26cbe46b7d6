"""When no score is given, whatever the model says: what its training data never looked like."""

from collections.abc import Sequence
from typing import NamedTuple

from classifier.scoring.answers import Abstained
from classifier.text.language import SUPPORTED
from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented


class Thresholds(NamedTuple):
    """Below what a text is not scored; a model keeps those it was trained with. See docs/decisions/0005."""

    body_words: int = 75  # measures over less are mostly noise
    running_text: float = 0.5  # share of the body's words in paragraphs that read as sentences


DEFAULT = Thresholds()


def reason_to_abstain(text: Segmented, thresholds: Thresholds = DEFAULT) -> Abstained | None:
    """Why this text can't be scored; None if it can."""
    body = text.zone(Zone.BODY)
    other = sum(p.words for p in text.zone(Zone.OTHER_LANGUAGE))
    words = sum(p.words for p in body)
    if other > words or (words and text.language not in (SUPPORTED, "und")):
        return Abstained(
            "language_not_supported",
            "Most of the text is not in English, the only language covered; its signals would mean nothing.",
        )
    prose = sum(p.words for p in body if p.shape is Shape.PROSE)
    if body and prose < thresholds.running_text * words:
        return Abstained(
            "not_running_text",
            f"Only {prose} of {words} words stand in running sentences; a list can't be scored.",
        )
    if words < thresholds.body_words:
        return Abstained(
            "too_short",
            f"The body has {words} words; below {thresholds.body_words} a score would be mostly chance.",
        )
    return None


def unlike_training_data(outlying: Sequence[str]) -> Abstained:
    """What is said of an article whose measures lie far from those of the training articles.

    outlying: the sentences of the measures farthest out, with what is usual, the farthest first; two are told.
    """
    parts = (sentence.partition("; usual") for sentence in outlying[:2])
    told = " and ".join(f"{head} (usual{usual})" if found else head for head, found, usual in parts)
    return Abstained(
        "unlike_training_data", f"The text is unlike the articles the model learned from: {told}."
    )


def model_unsure(probability: float, sureness: float, risk: float) -> Abstained | None:
    """Why no score is given where max(p, 1 - p) is below `sureness`; None where it is not.

    sureness: from `classifier.models.unsure.Promise.sureness_for` the share `risk` of answers that may be wrong.
    """
    reached = max(probability, 1 - probability)
    if reached >= sureness:
        return None
    return Abstained(
        "model_unsure",
        f"The model is {reached:.1%} sure and must be {sureness:.1%} sure for at most {risk:.0%} of its answers to be"
        " wrong.",
    )
