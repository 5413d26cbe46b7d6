"""When no score is given, whatever the model says: what its training data never looked like."""

from classifier.scoring.answers import Abstained
from classifier.text.language import SUPPORTED
from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented

TOO_SHORT = 75  # body words; measures over less are mostly noise, see docs/decisions/0005
RUNNING_TEXT = 0.5  # share of the body's words in paragraphs that read as sentences


def reason_to_abstain(text: Segmented) -> Abstained | None:
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
    if body and prose < RUNNING_TEXT * words:
        return Abstained(
            "not_running_text", f"Only {prose} of {words} words stand in running sentences; a list can't be scored."
        )
    if words < TOO_SHORT:
        return Abstained("too_short", f"The body has {words} words; below {TOO_SHORT} a score would be mostly chance.")
    return None
