"""The hedges family with conditionals (if, whether, unless) as one more kind; the default family has none."""

# ruff: noqa: ARG001  (all conditions share one signature)

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from classifier.signals.family import Family
from classifier.signals.hedges import FAMILY as HEDGES
from classifier.signals.hedges.grammar import Condition, after, before
from classifier.signals.hedges.mark import marked, table
from classifier.signals.lexicon import Lexicon, read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Span

KIND = "conditional"


def likeness(context: Context, word: int, last: int) -> bool:
    """Likens, sets no condition: "as if"."""
    return before(context, word) == b"as"


def concession(context: Context, word: int, last: int) -> bool:
    """Holds either way: "even if"."""
    return before(context, word) == b"even"


def wish(context: Context, word: int, last: int) -> bool:
    """A wish or a question: "if only", "what if"."""
    return after(context, last) == b"only" or before(context, word) == b"what"


def afterthought(context: Context, word: int, last: int) -> bool:
    """Corrects a word, sets no condition: "dozens, if not hundreds", "few, if any"."""
    following = after(context, last)
    if following in (b"any", b"ever", b"anything"):
        return True
    return following == b"not" and before(context, word) != b"" and context.gap(word - 1).strip() != ""


CONDITIONS: Mapping[str, Condition] = {
    condition.__name__: condition for condition in (likeness, concession, wish, afterthought)
}


def with_conditionals(family: Family) -> Family:
    """The hedges family given, marking kind ``conditional`` too; its name and its measures stay.

    Make it once and keep it: each family made has its own compiled word list for the life of the process. The
    measures of hedges leave conditionals out.
    """
    own = read_lexicon(__name__.rpartition(".")[0], "conditionals.tsv")
    lexicon = Lexicon(
        family.lexicon.entries + own.entries,
        sha256(f"{family.lexicon.sha256} {own.sha256}".encode()).hexdigest(),
    )
    unless = {**family.unless, **CONDITIONS}
    entries = table(lexicon, unless)

    def mark(context: Context, hits: Hits) -> Iterator[Span]:
        return marked(entries, context, hits)

    return replace(family, kinds=(*family.kinds, KIND), lexicon=lexicon, mark=mark, unless=unless)


FAMILY = with_conditionals(HEDGES)
