"""Other readings of adjectives and adverbs: evident, surprising, possible to do, a measured rate."""

# ruff: noqa: ARG001  (all conditions share one signature)

from classifier.signals.hedges.grammar import (
    BE,
    DETERMINERS,
    FINITE,
    FUNCTION_WORDS,
    SUBJECTS,
    after,
    attributive,
    before,
    form,
    joined_before,
    runs_on,
    stretch,
)
from classifier.signals.scan import Context


def in_general_something(context: Context, word: int, last: int) -> bool:
    """The adjective, or a class as a whole: "in general elections", "cities in general"."""
    previous = joined_before(context, word)
    if context.word(word) == b"in" and previous and previous not in FINITE and previous not in BE:
        return True
    return runs_on(context, last) and after(context, last) not in FUNCTION_WORDS


def before_noun(context: Context, word: int, last: int) -> bool:
    """An adjective before its noun, not a verb: "the alleged thief"."""
    return attributive(context, word, last)


def not_before_noun(context: Context, word: int, last: int) -> bool:
    """Not an adjective before its noun."""
    return not attributive(context, word, last)


_SHOWN = frozenset(b"no few any without become became becomes becoming made".split())


def plain_to_see(context: Context, word: int, last: int) -> bool:
    """Apparent in the sense of evident: "is apparent to anyone", "no apparent reason"."""
    return joined_before(context, word) in _SHOWN or not attributive(context, word, last)


def surprising(context: Context, word: int, last: int) -> bool:
    """Unlikely in the sense of surprising: "an unlikely hero"."""
    if after(context, last) in (b"event", b"scenario", b"outcome"):
        return False
    previous = joined_before(context, word)
    return attributive(context, word, last) and (previous not in FINITE and not previous.endswith(b"ly"))


def within_reach(context: Context, word: int, last: int) -> bool:
    """What can be done, not what may be true: "as soon as possible", "made it possible", "not possible"."""
    previous, following = before(context, word), after(context, last)
    if previous in (
        b"as",
        b"if",
        b"where",
        b"when",
        b"wherever",
        b"whenever",
        b"not",
        b"isn't",
        b"longer",
        b"best",
        b"every",
        b"all",
        b"only",
        b"everything",
        b"made",
        b"make",
        b"makes",
        b"making",
        b"however",
        b"extent",
    ):
        return True
    if previous == b"it" and form(context, word - 2, word) in (b"made", b"make", b"makes", b"making"):
        return True
    if following in (b"to", b"by", b"with", b"without", b"through", b"via", b"thanks"):
        return True
    for back in range(2, 6):
        found = form(context, word - back, word)
        if found in (b"make", b"makes", b"made", b"making"):
            return True
        if found == b"most" or (found.endswith(b"est") and len(found) > 5 and found != b"interest"):
            return not attributive(context, word, last)  # "the widest choice possible"
    earlier = form(context, word - 2, word)
    return (
        previous.endswith(b"est")
        or (earlier in (b"as", b"most", b"least") and previous not in DETERMINERS)
        or previous in (b"worst", b"everywhere")
    )


def out_of_the_question(context: Context, word: int, last: int) -> bool:
    """Stresses a denial: "cannot possibly", "couldn't possibly"."""
    return before(context, word) in (b"can't", b"cannot", b"couldn't", b"not")


def legal_term(context: Context, word: int, last: int) -> bool:
    """A fixed term of law or of polling: "probable cause", "likely voters"."""
    return after(context, last) in (b"cause", b"voters", b"voter")


def compared_rate(context: Context, word: int, last: int) -> bool:
    """A measured rate, compared: "twice as likely to", "less likely to fall ill than"."""
    previous = before(context, word)
    if previous in (b"times", b"equally"):
        return True
    if previous == b"as":
        return after(context, last) in (b"as", b"to")
    if previous not in (b"more", b"less"):
        return False
    earlier = form(context, word - 2, word)
    if earlier in (b"was", b"were"):  # a past comparison reports a count
        return True
    if earlier in (b"times", b"percent", b"cent") or earlier[:1].isdigit():
        return True
    return b"than" in stretch(context, last, 25)


_SEEMING = frozenset(
    b"look looks looked looking seem seems seemed appear appears appeared become becomes became becoming "
    b"remain remains remained".split()
)
_ADJECTIVE_ENDS = (b"able", b"ible", b"ful", b"less", b"ous", b"ive", b"ed")


def adverb(context: Context, word: int, last: int) -> bool:
    """Likely as an adverb: "will likely", "most likely because"."""
    previous = before(context, word)
    if previous in (b"most", b"very", b"more", b"quite") or previous.endswith(b"ly"):
        previous = form(context, word - 2, word)
        if previous == b"and" and form(context, word - 3, word) == b"more":  # "more and more likely"
            previous = form(context, word - 4, word)
    if previous in _SEEMING:
        return False
    following = after(context, last)
    if (
        previous
        in (
            b"will",
            b"would",
            b"could",
            b"may",
            b"might",
            b"should",
            b"has",
            b"have",
            b"had",
            b"must",
            b"who",
            b"which",
        )
        or previous in SUBJECTS
    ):
        return True
    if following in (b"to", b"that"):
        return False
    if previous in BE:
        return (
            following in DETERMINERS
            or following in (b"because", b"due", b"be", b"been", b"being", b"not")
            or (following.endswith((b"ed", b"ing", b"en")) and runs_on(context, last))
        )
    if previous in (b"and", b"but", b"or") and following.endswith(_ADJECTIVE_ENDS):
        return True  # "dangerous and likely unlawful"
    return not attributive(context, word, last) or previous not in FUNCTION_WORDS


def not_adverb(context: Context, word: int, last: int) -> bool:
    """Likely as an adjective: "is likely to", "a likely winner"."""
    return not adverb(context, word, last)


_WHICH = frozenset(b"who whom whose what when where why how which".split())


def asks_which(context: Context, word: int, last: int) -> bool:
    """An open question, nothing put forward: "it is unclear who", "how he left is not clear", "unclear on it"."""
    following = after(context, last)
    if following in _WHICH or following in (b"about", b"on", b"of"):
        return True
    if following in (b"exactly", b"precisely", b"just") and form(context, last + 1, word) in _WHICH:
        return True
    sentence = context.sentence_of[word]
    for at in range(word - 1, max(word - 16, -1), -1):
        if context.sentence_of[at] != sentence or context.word(at) == b"it":
            return False
        if context.word(at) in _WHICH:
            return form(context, at - 1, word) in _ASKED
    return False


_ASKED = frozenset((b"", b"exactly", b"just", b"precisely", b"but", b"and"))  # before a question as subject
_OWN = frozenset(b"i we it i'm we're".split())


def state_of_mind(context: Context, word: int, last: int) -> bool:
    """Somebody else's doubt told as a fact: "voters were unsure"; "I am not sure" and "it is not certain" hedge."""
    if context.word(word) == b"uncertain":
        return before(context, word - 1) in _SOMEBODY or after(context, last) in (b"about", b"of")
    return _OWN.isdisjoint(form(context, at, word) for at in range(word - 3, word))


_SOMEBODY = frozenset(b"he she they you who i we".split())


def without_whether(context: Context, word: int, last: int) -> bool:
    """Nothing is put forward: "an unknown man", "the cause is unknown"; "not known whether" leaves one thing open."""
    return after(context, last) not in (b"whether", b"if")


def sort_named(context: Context, word: int, last: int) -> bool:
    """A kind of thing: "a kind of bread". The hedge stands behind a verb or pronoun: "he sort of agreed"."""
    previous = joined_before(context, word)
    return (
        previous not in BE
        and previous not in SUBJECTS
        and previous not in (b"just", b"that's", b"feel", b"feels", b"felt")
    )
