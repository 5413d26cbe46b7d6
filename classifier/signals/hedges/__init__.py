"""Hedged language: words by which the writer or a speaker withholds full commitment."""

from classifier.signals.family import Family
from classifier.signals.hedges.mark import LEXICON, UNLESS, mark, present
from classifier.signals.hedges.measures import MEASURES

KINDS = ("modal", "verb", "noun", "adjective", "adverb", "approximator")

FAMILY = Family(
    name="hedges",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless=UNLESS,
    present=present,
)
