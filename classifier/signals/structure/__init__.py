"""Structure: sentences, words, vocabulary, repetition, paragraphs and furniture, each at a controlled length."""

from classifier.signals.family import Family
from classifier.signals.structure.mark import KINDS, LEXICON, mark, present
from classifier.signals.structure.measures import MEASURES

FAMILY = Family(
    name="structure",
    kinds=KINDS,
    lexicon=LEXICON,
    mark=mark,
    measures=MEASURES,
    package=__name__,
    unless={},
    present=present,
)
