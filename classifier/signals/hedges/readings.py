"""When an ambiguous word has another reading: conditions for modals, verbs, nouns and adjectives."""

# ruff: noqa: ARG001  (all conditions share one signature)

from classifier.signals.hedges.grammar import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    FUNCTION_WORDS,
    NEGATIONS,
    OBJECTS,
    OPENS_CLAUSE,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECTS,
    after,
    attributive,
    before,
    capital,
    form,
    joined_before,
    nominal,
    owned,
    runs_on,
    stretch,
)
from classifier.signals.scan import Context

_NOT_BARE = FINITE - frozenset((b"have", b"do"))  # what no modal stands before
_DATED = PREPOSITIONS | frozenset(
    b"last next early late mid this every each the until till april june".split()
)
_WEEKDAYS = frozenset(b"monday tuesday wednesday thursday friday saturday sunday".split())
_CALLED = frozenset(
    b"mr mrs ms miss dr sir lady lord prof professor councillor theresa minister judge officer".split()
)
_PERMITTED = frozenset(
    b"apply attend board borrow bring collect download enrol enroll enter exit leave park pay proceed "
    b"redeem register reproduce request sign submit unsubscribe use visit vote".split()
)
_HOW = frozenset(b"at by for free from in into on only online through until with without".split())
_REPRINTED = frozenset(
    b"reproduced republished published rewritten redistributed copied reprinted broadcast used".split()
)

_SENSED = frozenset(
    b"hear smell taste tell afford bear remember recall recognise recognize understand imagine speak "
    b"help".split()
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
        dated = previous in _DATED or previous in _WEEKDAYS
        return dated and (not runs_on(context, last) or numbered or following in CONJUNCTIONS)
    if not previous:
        return True
    if (
        numbered
        or previous in _DATED
        or previous in _CALLED
        or previous in _WEEKDAYS
        or following in _NOT_BARE
    ):
        return True
    shouted = context.shown(word).isupper()
    neighbour = word + 1 if following else word - 1
    alike = context.shown(neighbour).isupper() if shouted else capital(context, neighbour)
    return not (alike and capital(context, word - 1))


def permission_or_wish(context: Context, word: int, last: int) -> bool:
    """Leave given or asked, a wish: "may board from noon", "may not be reproduced", "may I", "if I may"."""
    previous, following = before(context, word), after(context, last)
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
    if (
        following in (b"not", b"never", b"no", b"hardly", b"barely", b"scarcely", b"only")
        or previous in _ANYBODY
    ):
        return True
    if following in _PERSONS:  # could you, how could they
        return True
    if following in _SENSED:
        return True
    if following == b"be" and form(context, last + 1, word) in (
        b"seen",
        b"heard",
        b"felt",
        b"smelled",
        b"smelt",
    ):
        return True
    if following in _SEEN and (
        previous in (b"i", b"he", b"she") or form(context, last + 1, word) in _DEFINITE
    ):
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
    return after(context, last) == b"as" and form(context, last + 1, word) == b"well"


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
    if following in (b"you", b"retail", b"price", b"ways") or joined_before(context, word) in (b"i", b"we"):
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
_INSURED = frozenset(
    b"insurance compensation jobless unemployment benefit benefits expense expenses damages legal land "
    b"territorial asylum tax medical warranty property disability injury negligence civil malpractice "
    b"copyright small pension".split()
)
_FILING = frozenset(
    b"file files filed filing lodge lodged settle settled pay pays paid process processed submit "
    b"submitted stake staked staking brought".split()
)


def taking(context: Context, word: int, last: int) -> bool:
    """Claim in the sense of take or win: "claimed two lives", "claimed the cup", "claim a refund"."""
    if not runs_on(context, last):
        return False
    if after(context, last) == b"by" and context.forms[word] == b"claimed":
        return before(context, word) != b"as"
    for ahead in range(last, last + 4):
        found = form(context, ahead, word)
        if found in (b"that", b"to") or found in SUBJECTS or found in FINITE:
            return False
        if found in _WON:
            return form(context, ahead + 1, word) not in FINITE
        if context.gap(ahead).strip(" \n\r'") not in ("", "s"):
            return False
    return False


def demand(context: Context, word: int, last: int) -> bool:
    """A claim on an insurer, a court, a territory: "filed a claim", "claim no. 7", "claim to the land"."""
    previous, following = before(context, word), after(context, last)
    if previous in _INSURED or following in (
        b"form",
        b"forms",
        b"no",
        b"number",
        b"adjuster",
        b"handler",
        b"for",
    ):
        return True
    if following == b"to" and nominal(context, word):
        return True
    return any(form(context, word + step, word) in _FILING for step in (-3, -2, -1, 1, 2, 3))


_ASSERTED = frozenset(
    b"false such similar any many new own his her its their the a an these those those' unproven "
    b"baseless wild bogus viral misleading dubious repeated previous earlier other various certain key "
    b"main central health outlandish make makes made making deny denies denied reject rejects rejected "
    b"dismiss dismissed support debunk debunked repeat verify about of and or by with from to".split()
)
_AFTER_NOUN = frozenset(
    b"of by about against made is was were are has have had which in on from as and or".split()
)


_ADJECTIVE_ENDS = (b"less", b"ous", b"ful", b"ive", b"ible", b"able", b"ading", b"ounded", b"tiated")


def noun(context: Context, word: int, last: int) -> bool:
    """The word is a noun here: "the claim", "claims of fraud"."""
    if before(context, word) == b"that" and after(context, last) == b"to":
        return False  # pills that claim to heal
    if nominal(context, word) or after(context, last) in _AFTER_NOUN:
        return True
    previous = joined_before(context, word)
    return (previous in _ASSERTED and previous != b"to") or previous.endswith(_ADJECTIVE_ENDS)


def verb(context: Context, word: int, last: int) -> bool:
    """The word is a verb here: "the minister claims"."""
    return bool(before(context, word)) and not noun(context, word, last)


def not_nominal(context: Context, word: int, last: int) -> bool:
    """No determiner or possessive makes the word a noun: "guess what"."""
    return not nominal(context, word) and joined_before(context, word) not in (
        b"best",
        b"educated",
        b"rough",
        b"wild",
    )


def in_general_something(context: Context, word: int, last: int) -> bool:
    """The adjective: "in general elections"."""
    return runs_on(context, last) and after(context, last) not in FUNCTION_WORDS


def suspect_person(context: Context, word: int, last: int) -> bool:
    """A suspect, not "they suspect": the verb has a subject before it, a clause or an object behind it."""
    if nominal(context, word) or not runs_on(context, last) or before(context, word) == b"you":
        return True
    if (
        context.forms[word] == b"suspect"
        and before(context, word).endswith(b"s")
        and not owned(context, word)
    ):
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
        if form(context, last + 1, word) not in FINITE:
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
    if following in _THOUGHT_OVER or previous in (b"you", b"let's"):
        return True
    return not runs_on(context, last) and previous not in SUBJECTS


def a_thought(context: Context, word: int, last: int) -> bool:
    """The noun, words in the mind, or thinking about: "the thought of", "I thought, 'Why?'"."""
    if not runs_on(context, last) or after(context, last) in _THOUGHT_OVER:
        return True
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


_PLACED = (
    PREPOSITIONS - frozenset((b"to", b"as", b"like"))
    | frozenset(
        b"next live together again online daily weekly first last today yesterday here and or this who but "
        b"while".split()
    )
    | _WEEKDAYS
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
    b"likely unlikely set certain doubtful poised bound possible impossible probable promising "
    b"uncertain inevitable bleak unsure ready plausible improbable safe doomed headed destined".split()
)


def gaze(context: Context, word: int, last: int) -> bool:
    """Look at or like something: only "looks set", "looks unlikely", "it looks like" tell how sure."""
    following = after(context, last)
    if following in _JUDGED:
        return False
    if following.endswith(b"ly") or following in (
        b"more",
        b"less",
        b"very",
        b"all",
        b"almost",
    ):
        return form(context, last + 1, word) not in _JUDGED
    if following == b"like" or (following == b"as" and form(context, last + 1, word) in (b"if", b"though")):
        at = word - 2 if before(context, word) in (b"now", b"also", b"still", b"increasingly") else word - 1
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


def without_that(context: Context, word: int, last: int) -> bool:
    """No content clause follows: "beliefs differ", "a suggestion box"."""
    return after(context, last) != b"that"


def without_content(context: Context, word: int, last: int) -> bool:
    """Neither "that" nor "of" nor "at" follows, so that nothing is put forward: "his chances", "a hint"."""
    return after(context, last) not in (b"that", b"of", b"at", b"are", b"were")


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
    if following in (b"to", b"by"):
        return True
    earlier = form(context, word - 2, word)
    return (
        previous.endswith(b"est")
        or earlier in (b"as", b"most", b"least")
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


def adverb(context: Context, word: int, last: int) -> bool:
    """Likely as an adverb: "will likely", "most likely because"."""
    previous = before(context, word)
    if previous in (b"most", b"very", b"more", b"quite"):
        previous = form(context, word - 2, word)
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
        return following in (
            b"a",
            b"an",
            b"the",
            b"because",
            b"due",
            b"be",
            b"been",
            b"being",
            b"his",
            b"her",
            b"its",
        ) or (following.endswith((b"ed", b"ing", b"en")) and runs_on(context, last))
    return not attributive(context, word, last) or previous not in FUNCTION_WORDS


def not_adverb(context: Context, word: int, last: int) -> bool:
    """Likely as an adjective: "is likely to", "a likely winner"."""
    return not adverb(context, word, last)


def capability(context: Context, word: int, last: int) -> bool:
    """Potential the noun: "full of potential", "the potential to grow"."""
    return not attributive(context, word, last)


def opportunity(context: Context, word: int, last: int) -> bool:
    """Chance in the sense of opportunity or risk: "a chance to play", "took a chance", "by chance"."""
    if after(context, last) not in (b"of", b"that"):
        return True
    return before(context, word) in (b"last", b"second", b"any")


def sort_named(context: Context, word: int, last: int) -> bool:
    """A kind of thing: "a kind of bread". The hedge stands behind a verb or pronoun: "he sort of agreed"."""
    previous = joined_before(context, word)
    return (
        previous not in BE
        and previous not in SUBJECTS
        and previous not in (b"just", b"that's", b"feel", b"feels", b"felt")
    )


def innocence(context: Context, word: int, last: int) -> bool:
    """A term of law: "the presumption of innocence"."""
    return form(context, last + 1, word) == b"innocence"


def field_of_thought(context: Context, word: int, last: int) -> bool:
    """A theory of science or a conspiracy theory, not "the theory that"."""
    return after(context, last) != b"that" or before(context, word) == b"conspiracy"
