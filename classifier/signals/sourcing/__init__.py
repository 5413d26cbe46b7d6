"""Sourcing: who says what. Source, cue and content of each attribution, and what kind of source it is."""

from classifier.signals.family import Family
from classifier.signals.sourcing.conditions import UNLESS
from classifier.signals.sourcing.kinds import SOURCE_KINDS
from classifier.signals.sourcing.mark import mark, present
from classifier.signals.sourcing.measures import MEASURES
from classifier.signals.sourcing.reader import LEXICON

KINDS = (
    *(f"source.{kind}" for kind in SOURCE_KINDS),
    "cue",
    "content.direct",
    "content.mixed",
    "content.indirect",
    "antecedent",
    "speaks_for",
)

FAMILY = Family(
    name="sourcing",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless=UNLESS,
    present=present,
)
