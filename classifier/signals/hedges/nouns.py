"""Noun or verb, and when a noun puts nothing forward: insurance claims, opportunities, theories."""

# ruff: noqa: ARG001  (all conditions share one signature)

from classifier.signals.hedges.grammar import (
    BE,
    FINITE,
    HAVE,
    PREPOSITIONS,
    SUBJECTS,
    after,
    attributive,
    before,
    form,
    joined_before,
    nominal,
    runs_on,
    stretch,
)
from classifier.signals.scan import Context

_INSURED = frozenset(
    b"insurance compensation jobless unemployment benefit benefits expense expenses damages legal land "
    b"territorial asylum tax medical warranty property disability injury negligence civil malpractice "
    b"copyright small pension sovereignty ownership maritime".split()
)
_FILING = frozenset(
    b"file files filed filing lodge lodged settle settled pay pays paid process processed submit "
    b"submitted stake staked staking brought".split()
)


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
    b"false such similar any many new own his her its their the a an these those those' unproven baseless "
    b"wild bogus viral misleading dubious repeated previous earlier other various certain key main central "
    b"health outlandish make makes made making deny denies denied reject rejects rejected dismiss "
    b"dismissed support debunk debunked repeat verify big old second first last latest recent bold strange "
    b"extraordinary original initial absurd damning serious explosive shocking fresh controversial "
    b"sweeping specific widespread sensational wildest ludicrous incredible inaccurate incorrect untrue "
    b"true same third about of and or by with from to".split()
)
_AFTER_NOUN = frozenset(
    b"of by about against made is was were are has have had which in on from as and or".split()
)
_ADJECTIVE_ENDS = (
    b"less",
    b"ous",
    b"ful",
    b"ive",
    b"ible",
    b"able",
    b"ading",
    b"ounded",
    b"tiated",
    b"ified",
)


def noun(context: Context, word: int, last: int) -> bool:
    """The word is a noun here: "the claim", "claims of fraud"."""
    if before(context, word) == b"that" and after(context, last) == b"to":
        return False  # pills that claim to heal
    if before(context, word) in SUBJECTS:
        return False  # "choices that they think are wise"
    if nominal(context, word) or after(context, last) in _AFTER_NOUN:
        return True
    previous = joined_before(context, word)
    if previous[:1].isdigit():
        return True  # "its May 18 estimate"
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


def without_that(context: Context, word: int, last: int) -> bool:
    """No content clause follows: "beliefs differ", "a suggestion box"."""
    return after(context, last) != b"that" or not runs_on(context, last)


def without_content(context: Context, word: int, last: int) -> bool:
    """Neither "that" nor "of" nor "at" follows, so that nothing is put forward: "his chances", "a hint"."""
    return not runs_on(context, last) or after(context, last) not in (b"that", b"of", b"at", b"are", b"were")


def without_content_clause(context: Context, word: int, last: int) -> bool:
    """No clause tells what is meant: "made no guarantee", "our understanding of tides"."""
    following = after(context, last)
    if not runs_on(context, last):
        return True
    if following in BE or following == b"that":
        return False
    return following in PREPOSITIONS or FINITE.isdisjoint(stretch(context, last, 7))


def capability(context: Context, word: int, last: int) -> bool:
    """Potential the noun: "full of potential", "the potential to grow"."""
    return not attributive(context, word, last)


def opportunity(context: Context, word: int, last: int) -> bool:
    """Chance in the sense of opportunity or risk: "a chance to play", "took a chance", "by chance"."""
    following = after(context, last)
    if following == b"of" and b"lifetime" in stretch(context, last, 3):
        return True
    if following not in (b"of", b"that") and (
        following in PREPOSITIONS or FINITE.isdisjoint(stretch(context, last, 5))
    ):
        return True  # but "a chance he will"
    return before(context, word) in (b"last", b"second", b"any")


def capacity(context: Context, word: int, last: int) -> bool:
    """What something has in it: "great potential for growth"; "the potential for harm" leaves the harm open."""
    return before(context, word) not in (b"the", b"any") or form(context, word - 2, word) in HAVE


def innocence(context: Context, word: int, last: int) -> bool:
    """A term of law: "the presumption of innocence"."""
    return form(context, last + 1, word) == b"innocence"


def field_of_thought(context: Context, word: int, last: int) -> bool:
    """A theory of science or a conspiracy theory, not "the theory that"."""
    return after(context, last) != b"that" or before(context, word) == b"conspiracy"
