"""Emphasis by shape: capitals, exclamation marks, suspense dots, scare quotes, sentences of one or two words, emoji."""

from classifier.signals.emphasis.mark import KINDS, LEXICON, mark, present
from classifier.signals.emphasis.measures import MEASURES
from classifier.signals.family import Family

FAMILY = Family(
    name="emphasis",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless={},
    present=present,
)
