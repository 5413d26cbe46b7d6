"""Evidence: figures, dates, names and references that a reader could check, and times and places nobody could."""

from classifier.signals.evidence.mark import LEXICON, UNLESS, mark
from classifier.signals.evidence.measures import MEASURES
from classifier.signals.family import Family

KINDS = ("quantity", "date", "name", "study", "document", "court", "link", "vague_time", "vague_place")

FAMILY = Family(
    name="evidence",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless=UNLESS,
)
