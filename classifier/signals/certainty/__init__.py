"""Certainty: words that leave no doubt, no exception, no higher degree; and what the body makes of the headline."""

from classifier.signals.certainty.mark import LEXICON, UNLESS, mark
from classifier.signals.certainty.measures import MEASURES
from classifier.signals.family import Family

KINDS = ("booster", "absolute", "intensifier", "headline", "echo")

FAMILY = Family(
    name="certainty",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless=UNLESS,
)
