"""Address: who speaks to whom. First and second person, imperatives, questions, calls and appeals to the reader."""

from classifier.signals.address.mark import LEXICON, UNLESS, mark
from classifier.signals.address.measures import MEASURES
from classifier.signals.family import Family
from classifier.signals.voices import voiced

KINDS = ("first_singular", "first_plural", "second", "imperative", "question", "call", "appeal")

FAMILY = Family(
    name="address",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless=UNLESS,
    present=voiced,
)
