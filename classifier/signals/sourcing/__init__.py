"""Sourcing: who says what. Source, cue and content of each attribution, and what kind of source it is."""

from classifier.signals.family import Family
from classifier.signals.sourcing.conditions import UNLESS
from classifier.signals.sourcing.cues import LEXICON
from classifier.signals.sourcing.kinds import SOURCE_KINDS
from classifier.signals.sourcing.mark import mark, mark_all, present
from classifier.signals.sourcing.measures import MEASURES

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
    mark_all=mark_all,
)
