"""The words the family looks for: cues of saying and thinking, and the nouns that sources are called by."""

from collections.abc import Iterator
from typing import NamedTuple

from classifier.signals.lexicon import joined, read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing.columns import CUE_CLASSES
from classifier.signals.sourcing.conditions import UNLESS
from classifier.signals.sourcing.kinds import WORDS

LEXICON = joined(read_lexicon(__package__), WORDS)
# Of each entry, an index into CUE_CLASSES; 0 for the words of source phrases.
CLASSES = tuple(CUE_CLASSES.index(e.kind) if e.kind in CUE_CLASSES else 0 for e in LEXICON.entries)


class Cue(NamedTuple):
    """A word or phrase of the lexicon in a text."""

    word: int  # its first word
    last: int  # exclusive
    kind: str  # one of CUE_CLASSES; "" where a condition of SURE tells that nobody says anything


# Conditions that leave no doubt: "according to plan", "claimed two lives", "214 confirmed cases".
SURE = frozenset(("by_measure", "taken_object", "bare_object"))


def cues(context: Context, hits: Hits) -> Iterator[Cue]:
    """The cues in order of place. What a condition speaks against is left out or, if the first is sure, has no kind."""
    for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
        if not CLASSES[index]:
            continue
        entry = LEXICON.entries[index]
        against = next((name for name in entry.unless if UNLESS[name](context, word, last)), None)
        if against in SURE:
            yield Cue(word, last, "")
        elif against is None and not context.hyphenated(word, last):
            yield Cue(word, last, entry.kind)
