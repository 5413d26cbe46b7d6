"""When a verb of belief, appearance or assertion is none: proposals, prizes, suspects, plain saying."""

# ruff: noqa: ARG001  (all conditions share one signature)

from classifier.signals.hedges.grammar import (
    BE,
    DETERMINERS,
    FINITE,
    NEGATIONS,
    OBJECTS,
    OPENS_CLAUSE,
    PREPOSITIONS,
    SUBJECTS,
    WEEKDAYS,
    after,
    before,
    form,
    joined_before,
    nominal,
    owned,
    runs_on,
    stretch,
)
from classifier.signals.scan import Context

# What shows something without meaning to persuade: a suggestion by it is a conclusion, not a proposal.
_EVIDENCE = frozenset(
    b"study studies research data evidence finding findings result results poll polls polling survey "
    b"surveys figure figures reading readings report reports analysis trial trials test tests number "
    b"numbers statistics record records sign signs document documents email emails return returns it "
    b"this which that these those image images photo photos video footage theory model models estimate "
    b"estimates experience history logic name title trend trends timing review paper papers work "
    b"observation observations reaction comments remarks".split()
)
_BEFORE_BE = frozenset(b"to will would may might could can".split())


def proposal(context: Context, word: int, last: int) -> bool:
    """Suggest in the sense of propose: "suggested a pier", "suggested moving", "I suggest you wait"."""
    following = after(context, last)
    if not runs_on(context, last):
        return context.gap(last - 1).startswith(":")
    if following in (b"you", b"retail", b"price", b"ways", b"few", b"ideas"):
        return True
    previous = joined_before(context, word)
    if previous in (b"i", b"we") or (
        previous in NEGATIONS and form(context, word - 2, word) in (b"i", b"we")
    ):
        return True
    for back in range(1, 5):
        if form(context, word - back, word) in _EVIDENCE:
            return False
    if following.endswith(b"ing") and following not in (
        b"nothing",
        b"something",
        b"everything",
        b"anything",
        b"during",
    ):
        return True
    if (following.endswith(b"ly") or following == b"outright") and form(context, last + 1, word).endswith(
        b"ing"
    ):
        return True
    ahead = stretch(context, last, 8)
    if b"should" in ahead:
        return True
    if following == b"that":
        return b"be" in ahead and _BEFORE_BE.isdisjoint(ahead)
    if following in (b"a", b"an", b"another", b"some", b"several", b"alternative", b"two", b"three"):
        return FINITE.isdisjoint(ahead)
    return False


_WON = frozenset(
    b"life lives victim victims cup title trophy gold silver bronze medal medals crown win wins wicket "
    b"wickets prize prizes refund refunds benefit benefits asylum compensation expenses damages tax "
    b"deduction deductions throne seat seats championship record scalp place spot insurance money "
    b"dollars funds rebate rebates victory allowance allowances pole credit".split()
)


def taking(context: Context, word: int, last: int) -> bool:
    """Claim in the sense of take or win: "claimed two lives", "claimed the cup", "claim a refund"."""
    if not runs_on(context, last):
        return False
    if after(context, last) == b"by" and context.word(word) == b"claimed":
        return before(context, word) != b"as"
    for ahead in range(last, last + 4):
        found = form(context, ahead, word)
        if found in (b"", b"that", b"to", b"lost", b"won") or found in SUBJECTS or found in FINITE:
            return False
        if found.endswith(b"ed") and form(context, ahead - 1, word) not in DETERMINERS:
            return False  # "claimed the mill lost", "claimed Norway signed a medal treaty"
        if found in _WON and context.gap(ahead) != "-":
            return form(context, ahead + 1, word) not in FINITE
        if context.gap(ahead).strip(" \n\r'") not in ("", "s"):
            return False
    return False


def suspect_person(context: Context, word: int, last: int) -> bool:
    """A suspect, not "they suspect": the verb has a subject before it, a clause or an object behind it."""
    if nominal(context, word) or not runs_on(context, last) or before(context, word) == b"you":
        return True
    if context.word(word) == b"suspect" and before(context, word).endswith(b"s") and not owned(context, word):
        return False  # officers suspect fraud
    previous = joined_before(context, word)
    if previous in SUBJECTS or previous in (b"don't", b"also", b"now", b"still", b"to", b"not"):
        return False
    return after(context, last) not in OPENS_CLAUSE


_EXPRESSIONS = frozenset(b"in me us it you".split())
_STRESS = frozenset(b"firmly strongly deeply profoundly passionately fervently sincerely truly".split())


def belief_shown(context: Context, word: int, last: int) -> bool:
    """A faith, a belief stressed, denied or the reader's: "believe in", "can't believe", "if you believe"."""
    previous, following = before(context, word), after(context, last)
    if following in _STRESS or previous in _STRESS or previous in (b"you", b"make", b"can't", b"cannot"):
        return True
    if following in _EXPRESSIONS and (following != b"in" or previous not in BE):
        if following != b"it" and following != b"you":
            return True
        second = form(context, last + 1, word)
        if second not in FINITE and not (following == b"it" and second.endswith((b"s", b"ed"))):
            return True
    if not previous and following not in OPENS_CLAUSE:
        return True
    if previous == b"not" and form(context, word - 2, word) in (b"can", b"could", b"would"):
        return True
    if previous not in NEGATIONS and form(context, word - 2, word) not in NEGATIONS:
        return False
    if previous in BE or following in SUBJECTS or following in (b"that", b"there"):
        return False  # "I don't believe he knew": the doubt is about the clause
    return following not in OPENS_CLAUSE or FINITE.isdisjoint(stretch(context, last, 6))


_THOUGHT_OVER = frozenset(
    b"about of tank tanks twice again through hard back ahead over critically outside big clearly "
    b"straight long carefully alike fast".split()
)


def pondering(context: Context, word: int, last: int) -> bool:
    """To think about, a think tank, "you think": no proposition is put forward."""
    previous, following = before(context, word), after(context, last)
    if previous in NEGATIONS or previous.endswith(b"ly"):
        previous = form(context, word - 2, word)
    if following in _THOUGHT_OVER or previous in (b"you", b"let's"):
        return True
    return not runs_on(context, last) and previous not in SUBJECTS


def a_thought(context: Context, word: int, last: int) -> bool:
    """The noun, words in the mind, or thinking about: "the thought of", "I thought, 'Why?'"."""
    following = after(context, last)
    if not runs_on(context, last) or following in _THOUGHT_OVER:
        return True
    if following == b"so" and form(context, last + 1, word) in (b"little", b"much", b"highly"):
        return True
    if following == b"to" and BE.isdisjoint(form(context, at, word) for at in range(word - 3, word)):
        return True  # "the things he thought to ask"
    return joined_before(context, word) in DETERMINERS | frozenset(
        (b"second", b"of", b"in", b"you", b"little", b"much")
    )


_BABIES = frozenset(b"baby child twins babies".split())


def foreseen(context: Context, word: int, last: int) -> bool:
    """Not a forecast: "as expected", "expecting a baby", "expected of", a denied expectation."""
    previous, following = before(context, word), after(context, last)
    if previous in (b"as", b"than", b"you", b"when"):
        return True
    if previous == b"to" and form(context, word - 2, word) == b"what":
        return True
    if previous in SUBJECTS and form(context, word - 3, word) == b"how":
        return True  # "how can we expect them to stay"
    if not previous and context.word(word) == b"expect":
        return True  # told to the reader: "Expect rain by noon"
    if following == b"and" and form(context, last + 1, word) in (b"deserve", b"demand"):
        return True
    if following in (
        b"of",
        b"from",
        b"nothing",
        b"mother",
        b"mothers",
        b"mum",
        b"mom",
        b"parents",
        b"couple",
        b"",
    ):
        return True
    if following in (b"a", b"their", b"her", b"twins", b"another"):
        return not _BABIES.isdisjoint(stretch(context, last, 4))
    denied = previous in NEGATIONS or form(context, word - 2, word) in NEGATIONS
    return denied and previous not in BE and form(context, word - 2, word) not in BE


def awaited(context: Context, word: int, last: int) -> bool:
    """Looked forward to or thought of in time: "the much anticipated fair", "did not anticipate that"."""
    previous, following = joined_before(context, word), after(context, last)
    if not runs_on(context, last) or previous.endswith(b"ly") or previous in (b"much", b"long", b"most"):
        return True
    if nominal(context, word) or following in (b"what", b"how"):
        return True
    return following not in (b"to", b"that") and FINITE.isdisjoint(stretch(context, last, 10))


def without_clause(context: Context, word: int, last: int) -> bool:
    """No clause follows: "felt the wall", "feels cold"; "feel that" and "feel they have" tell an opinion."""
    following = after(context, last)
    if not runs_on(context, last):
        return True
    if following == b"that":
        return FINITE.isdisjoint(stretch(context, last, 12))
    return following not in SUBJECTS or form(context, last + 1, word) not in FINITE


def not_foretold(context: Context, word: int, last: int) -> bool:
    """Not the passive with an infinitive: "is projected to fall" passes a forecast on."""
    return before(context, word) not in BE or after(context, last) != b"to"


_OFFICE = frozenset(
    b"office control power responsibility command duties leadership position positions presidency role "
    b"charge liability liabilities ownership debt debts risk".split()
)


def taking_on(context: Context, word: int, last: int) -> bool:
    """Assume in the sense of take on: "assumed office", "assume the presidency"."""
    following = after(context, last)
    if following == b"that" or following in SUBJECTS:
        return False
    return not _OFFICE.isdisjoint(stretch(context, last, 5))


def not_supposing(context: Context, word: int, last: int) -> bool:
    """Assume in the sense of take on, or told to somebody: "assumed office", "don't assume that"."""
    previous, following = before(context, word), after(context, last)
    if previous == b"not":
        previous = form(context, word - 2, word)
    if previous in (b"you", b"should", b"must", b"never", b"don't", b"right"):
        return True
    if (
        not following
        or context.gap(last - 1).strip()
        or following in SUBJECTS
        or following in (b"that", b"so", b"to")
    ):
        return False
    ahead = stretch(context, last, 9)
    return b"that" not in ahead and FINITE.isdisjoint(ahead) and not any(one[:1].isdigit() for one in ahead)


_PLACED = (
    PREPOSITIONS - frozenset((b"to", b"as", b"like"))
    | frozenset(
        b"next live together again online daily weekly first last today yesterday here and or this who but "
        b"while".split()
    )
    | WEEKDAYS
)


def seen_in_public(context: Context, word: int, last: int) -> bool:
    """Appear in the sense of come into view: "appeared in court", "is due to appear"."""
    following = after(context, last)
    if not runs_on(context, last):
        return joined_before(context, word) not in (b"it", b"would", b"so")
    if following in _PLACED:
        return True
    return following == b"as" and form(context, last + 1, word) not in (b"if", b"though")


_JUDGED = frozenset(
    b"insurmountable positive negative shaky wobbly strong stronger weak weaker grim gloomy bright brighter dim "
    b"vulnerable suspicious genuine authentic fake legitimate credible implausible ridiculous conventional worse "
    b"far hard tough difficult unavoidable winnable unbeatable precarious suspect questionable sustainable "
    b"unsustainable solid likely unlikely set certain doubtful poised bound possible impossible probable promising "
    b"uncertain inevitable bleak unsure ready plausible improbable safe doomed headed destined".split()
)

_ON_THE_WAY = frozenset(b"more less very all almost".split())  # to such a word
BEHIND_GAZE = _JUDGED | _ON_THE_WAY | {b"like", b"as"}


def gaze(context: Context, word: int, last: int) -> bool:
    """Look at or like something: only "looks set", "looks unlikely", "it looks like" tell how sure."""
    following = after(context, last)
    if following in _JUDGED:
        return False
    if following.endswith(b"ly") or following in _ON_THE_WAY:
        ahead = stretch(context, last, 4)[1:]
        if ahead[:2] == [b"and", b"more"]:
            ahead = ahead[2:]  # "looks more and more like"
        return ahead[:1] != [b"like"] and _JUDGED.isdisjoint(ahead[:1])
    if following == b"like" or (following == b"as" and form(context, last + 1, word) in (b"if", b"though")):
        near = before(context, word)
        at = (
            word - 2
            if near in NEGATIONS or near in (b"now", b"also", b"still", b"increasingly")
            else word - 1
        )
        return form(context, at, word) != b"it" or form(context, at - 1, word) in (b"what", b"how")
    return True


def said_to_somebody(context: Context, word: int, last: int) -> bool:
    """Plain saying: only the passive with "to" and a verb ("is said to own") passes a thing on unowned."""
    if after(context, last) != b"to":
        return True
    previous, earlier = before(context, word), form(context, word - 2, word)
    if previous not in BE and earlier not in BE:
        return True
    whom = form(context, last + 1, word)
    return not whom or whom in DETERMINERS or whom in OBJECTS or whom == b"reporters"


def reported_to_somebody(context: Context, word: int, last: int) -> bool:
    """Told or published: only "is reported to have" or "to be" passes a thing on unowned."""
    if after(context, last) != b"to" or before(context, word) not in BE:
        return True
    return form(context, last + 1, word) not in (b"be", b"have")


def grasped(context: Context, word: int, last: int) -> bool:
    """Understand in the sense of comprehend: only "is understood to" and "it is understood that" report."""
    return before(context, word) not in BE or after(context, last) not in (b"to", b"that")


def without_to(context: Context, word: int, last: int) -> bool:
    """No infinitive follows: "tend a garden", "tend to the sick"."""
    return after(context, last) != b"to" or form(context, last + 1, word) in DETERMINERS


def without_speaker(context: Context, word: int, last: int) -> bool:
    """Not "I guess", "we doubt": a doubt told of somebody else is a fact about them."""
    if joined_before(context, word) not in (b"i", b"we", b"would", b"i'd"):
        return True
    return after(context, last) in (b"what", b"who", b"how")


def citing(context: Context, word: int, last: int) -> bool:
    """Somebody points something out: "critics point to", "she points to"."""
    previous = before(context, word)
    if previous in SUBJECTS - {b"it"}:
        return True
    return previous not in _EVIDENCE and previous not in (
        b"all",
        b"everything",
        b"also",
        b"selection",
        b"would",
        b"likely",
    )


def assigned(context: Context, word: int, last: int) -> bool:
    """Supposed to in the sense of due to: "is supposed to build"; "supposed to have" reports."""
    return after(context, last) == b"to" and form(context, last + 1, word) != b"have"
