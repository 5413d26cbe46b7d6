"""Superlatives: what is called the most or the least of its kind."""

from collections.abc import Iterator

from classifier.signals.counting import in_body, of_kind, per_100_words
from classifier.signals.family import Family, Measure
from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Signals, Span

LEXICON = read_lexicon(__name__)


def at_best(context: Context, word: int, last: int) -> bool:
    """Whether it is "at best", "at worst", "at least", "at most", which praise nothing."""
    del last
    return word > 0 and context.word(word - 1) == b"at"


def mark(context: Context, hits: Hits) -> Iterator[Span]:
    """Yield the superlatives of one document."""
    for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
        entry = LEXICON.entries[index]
        if not ("at_best" in entry.unless and at_best(context, word, last)):
            yield Span(context.starts[word], context.ends[last - 1], entry.kind)


def in_the_body(signals: Signals):
    """Superlatives of the body."""
    return of_kind(signals, "superlatives") & in_body(signals)


PER_100_WORDS = Measure(
    name="superlatives.per_100_words",
    unit="superlatives per 100 words",
    low=0,
    high=100,
    undefined="no words in the body",
    says="{value:.1f} superlatives per 100 words; usual is {low:.1f} to {high:.1f}",
    value=lambda signals: per_100_words(signals, in_the_body(signals)),
    spans=in_the_body,
)

FAMILY = Family(
    name="superlatives",
    kinds=("best", "worst"),
    lexicon=LEXICON,
    mark=mark,
    measures=(PER_100_WORDS,),
    package=__name__,
    unless={"at_best": at_best},
)
