"""The hedges family with conditionals as one more kind; the default family has none.

Conditionals are the words that set a condition (if, unless, until, on condition that) or leave open which of two
(whether), and the modal of what holds only under a condition ("would fall if").
"""

# ruff: noqa: ARG001  (all conditions share one signature)

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from classifier.signals.family import Family
from classifier.signals.hedges import FAMILY as HEDGES
from classifier.signals.hedges.grammar import FINITE, SUBJECTS, Condition, after, before, form, stretch
from classifier.signals.hedges.mark import marked, table
from classifier.signals.hedges.quantities import PLURAL_UNITS
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


_PAST = frozenset(b"was were had did came went got became began took left said made told".split())


def past_or_date(context: Context, word: int, last: int) -> bool:
    """A point in time, no condition: "until Thursday", "until the rain stopped"."""
    ahead = stretch(context, last, 8)
    if not _PAST.isdisjoint(ahead) or any(one.endswith(b"ed") for one in ahead[1:3]):
        return True
    return not any(one in FINITE or one in SUBJECTS or one == b"that" for one in ahead) and not any(
        one.endswith(b"s") and not one.endswith(b"ss") and one not in PLURAL_UNITS for one in ahead[1:6]
    )


def without_that_clause(context: Context, word: int, last: int) -> bool:
    """No clause follows, or a time is meant: "as long as the pier", "for as long as he can"."""
    if before(context, word) == b"for":
        return True
    ahead = stretch(context, last, 8)
    return bool(ahead) and ahead[0] != b"that" and FINITE.isdisjoint(ahead)


def unconditional(context: Context, word: int, last: int) -> bool:
    """Nothing in the sentence makes it depend on a condition: "the fair will open in June"."""
    return not (_condition_behind(context, word) or _condition_before(context, word))


def _condition_behind(context: Context, word: int) -> bool:
    """A condition comes behind, and no other such modal between: "would fall if the wall gave"."""
    for at in range(word + 1, word + _REACH):
        found = form(context, at, word)
        if not found or found in _MODALS or found in _REPORTS:
            return False
        if found in _CONDITIONAL:
            return not any(test(context, at, at + 1) for test in _CONDITIONAL[found])
    return False


def _condition_before(context: Context, word: int) -> bool:
    """A condition with its comma stands before, and no other such modal between: "if it rains, the fair will"."""
    comma = False
    for at in range(word - 1, word - _REACH, -1):
        found = form(context, at, word)
        if not found or found in _MODALS:
            return False
        comma = comma or context.gap(at).startswith(",") or found == b"then"
        if found in (b"if", b"unless"):
            return comma and not any(test(context, at, at + 1) for test in _CONDITIONAL[found])
    return False


_REACH = 30  # words; farther apart the two are seldom of one clause
_MODALS = frozenset(b"will would won't wouldn't".split())
_REPORTS = frozenset(b"said says asked told".split())  # a condition behind them belongs to what is told
_CONDITIONAL: Mapping[bytes, tuple[Condition, ...]] = {
    b"if": (likeness, concession, wish, afterthought),
    b"unless": (),
    b"until": (past_or_date,),
}

CONDITIONS: Mapping[str, Condition] = {
    condition.__name__: condition
    for condition in (
        likeness,
        concession,
        wish,
        afterthought,
        past_or_date,
        without_that_clause,
        unconditional,
    )
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
        family.lexicon.followed,
    )
    unless = {**family.unless, **CONDITIONS}
    entries = table(lexicon, unless)

    def mark(context: Context, hits: Hits) -> Iterator[Span]:
        return marked(entries, context, hits)

    return replace(family, kinds=(*family.kinds, KIND), lexicon=lexicon, mark=mark, unless=unless)


FAMILY = with_conditionals(HEDGES)
