"""Emotive language: loaded and emotional words, each with its kind, direction and strength."""

from classifier.signals.emotive.mark import KINDS, LEXICON, UNLESS, mark, present
from classifier.signals.emotive.measures import MEASURES
from classifier.signals.family import Family

FAMILY = Family(
    name="emotive",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless=UNLESS,
    present=present,
)
