"""When "may", "might" and "could" leave nothing open: the month, leave given, ability, strength."""

from classifier.signals.hedges.grammar import (
    CONJUNCTIONS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECTS,
    WEEKDAYS,
    after,
    before,
    capital,
    form,
    joined_before,
    owned,
    runs_on,
)
from classifier.signals.scan import Context

_NOT_BARE = FINITE - frozenset((b"have", b"do"))  # what no modal stands before
_DATED = PREPOSITIONS | frozenset(b"last next early late mid this every each the until till".split())
_CALLED = frozenset(
    b"mr mrs ms miss dr sir lady lord prof professor councillor theresa minister judge officer".split()
)
_PERMITTED = frozenset(
    b"apply attend board borrow bring collect download enrol enroll enter exit leave park pay proceed "
    b"redeem register reproduce request sign submit unsubscribe use visit vote".split()
)
_OFFERED = {b"also": (b"like", b"enjoy"), b"be": (b"interested",)}  # "you might be interested in"
_HOW = frozenset(b"at by for free from in into on only online through until with without".split())
_REPRINTED = frozenset(
    b"reproduced republished published rewritten redistributed copied reprinted broadcast used".split()
)
_SENSED = frozenset(
    b"hear smell taste tell afford bear remember recall recognise recognize understand imagine speak".split()
)
_SEEN = frozenset(b"see feel".split())
_DEFINITE = frozenset(
    b"the his her its their my our him them it me us every everything nothing no why how".split()
)
_ABLE_AFTER = frozenset(
    b"so how if whether until before as than whatever whoever wherever everything anything all best "
    b"where what when doubt doubts doubted wish wishes wished hope hopes hoped sure".split()
)
_ANYBODY = frozenset(b"anyone anybody everyone everybody nobody nothing none nor".split())
_DENIED = frozenset(b"not never no hardly barely scarcely only".split())
_PERSONS = frozenset(b"i he she we they you who".split())


def month_or_name(context: Context, word: int, last: int) -> bool:
    """May the month or May the person.

    A modal stands behind its subject and before a bare verb: never before a finite verb, never first in a
    statement. In a headline in capitals only what stands beside it tells.
    """
    previous, following = before(context, word), after(context, last)
    numbered = following[:1].isdigit() or (
        previous[:1].isdigit() and (len(previous) <= 2 or previous[-2:] in (b"st", b"nd", b"rd", b"th"))
    )
    if not capital(context, word):
        if following in _NOT_BARE:
            return True
        dated = previous in _DATED or previous in WEEKDAYS
        return dated and (not runs_on(context, last) or numbered or following in CONJUNCTIONS)
    if not previous:
        return True
    if (
        numbered
        or previous in _DATED
        or previous in _CALLED
        or previous in WEEKDAYS
        or following in _NOT_BARE
    ):
        return True
    shouted = context.shown(word).isupper()
    neighbour = word + 1 if following else word - 1
    alike = context.shown(neighbour).isupper() if shouted else capital(context, neighbour)
    return not (alike and capital(context, word - 1))


def permission_or_wish(context: Context, word: int, last: int) -> bool:
    """Leave given or asked, a wish, an offer: "may board from noon", "may I", "if I may", "you may also like"."""
    previous, following = before(context, word), after(context, last)
    if previous == b"you" and form(context, last + 1, word) in _OFFERED.get(following, ()):
        return True
    if following in SUBJECTS or following == b"only" or previous == b"what":
        return True
    if not runs_on(context, last) and previous in SUBJECTS:
        return True
    if following == b"be" and previous in (b"that", b"case") and not runs_on(context, last + 1):
        return True  # be that as it may be, as the case may be
    if following == b"not" and form(context, last + 1, word) == b"be":
        return form(context, last + 2, word) in _REPRINTED
    return (
        following in _PERMITTED
        and form(context, last + 1, word) in _HOW
        and before(context, word)[-1:] in (b"s", b"u")
    )


def ability(context: Context, word: int, last: int) -> bool:
    """Was able to: "could not say", "could hear", "so that they could", "anyone could"."""
    previous, following = before(context, word), after(context, last)
    second = form(context, last + 1, word)
    if following == b"not" and second == b"only":
        return False  # "could not only fall but burst"
    if following in _DENIED or previous in _ANYBODY:
        return True
    if following == b"be" and second == b"said" and previous == b"same":
        return True
    if following == b"do" and second in (b"no", b"nothing", b"little"):
        return True
    if following in _PERSONS:  # could you, how could they
        return True
    if following in _SENSED:
        return True
    if following == b"be" and second in (b"seen", b"heard", b"felt", b"smelled", b"smelt"):
        return True
    if following in _SEEN and (previous in (b"i", b"he", b"she") or second in _DEFINITE):
        return True
    if previous in _PERSONS:
        opener = form(context, word - 2, word)
        if opener == b"that":  # "so that they could", but not "said that they could"
            opener = form(context, word - 3, word)
        return opener in _ABLE_AFTER
    return previous in (b"how", b"wherever", b"whenever", b"whatever")


_MIGHTY = frozenset(b"the with of all full as military naval economic financial industrial political".split())


def strength(context: Context, word: int, last: int) -> bool:
    """Might the noun: "all its might", "military might"."""
    previous = joined_before(context, word)
    if (
        previous in POSSESSIVES
        or previous in _MIGHTY
        or owned(context, word)
        or after(context, last) == b"of"
    ):
        return True
    if runs_on(context, last) or context.gap(last - 1).startswith(","):
        return False
    return previous not in SUBJECTS


def suggestion_to_act(context: Context, word: int, last: int) -> bool:
    """Polite advice: "you might want to", "might as well"."""
    following = after(context, last)
    if before(context, word) == b"you" and (
        following in (b"want", b"wish") or form(context, last + 1, word) in _OFFERED.get(following, ())
    ):
        return True
    return following == b"as" and form(context, last + 1, word) == b"well"
