"""When a word of approximation blurs no quantity: conditions for "about", "some", "up to" and their like."""

# ruff: noqa: ARG001  (all conditions share one signature)

from classifier.signals.hedges.grammar import (
    NEGATIONS,
    OBJECTS,
    after,
    attributive,
    before,
    form,
    joined_before,
    nominal,
    runs_on,
)
from classifier.signals.scan import Context

NUMBERS = frozenset(
    b"two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    b"seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    b"thousand million billion trillion dozen hundreds thousands millions dozens half halfway twice "
    b"double triple doubled tripled halved quadrupled".split()
)
UNITS = frozenset(
    b"second minute hour day week fortnight month year decade century mile kilometre kilometer metre "
    b"meter foot inch yard centimetre centimeter acre hectare pound kilo kilogram ton tonne gallon "
    b"litre liter pint degree dozen hundred thousand million billion trillion third quarter half fifth "
    b"sixth seventh eighth tenth".split()
)
PLURAL_UNITS = frozenset(unit + b"s" for unit in UNITS) | frozenset(
    b"feet inches centuries percent per".split()
)
TIMES_OF_DAY = frozenset(b"noon midnight midday dawn dusk sunrise sunset lunchtime teatime".split())
WHOLES = frozenset(
    b"every all any no none nothing nobody everyone everybody everything everywhere anyone anything "
    b"entire".split()
)
SIZES = frozenset(b"same size age length height weight width number amount".split())
_CURRENCY = frozenset("$\u00a3\u20ac\u00a5\u20b9#~")
_CURRENCY_CODES = frozenset(b"us a c hk nz usd eur gbp rs rm r".split())
# What a quantity may begin with, digits aside.
BEGIN_QUANTITY = NUMBERS | TIMES_OF_DAY | _CURRENCY_CODES | frozenset(b"a an one the".split())

# Verbs and nouns that take "about" as their preposition even where a number follows.
_SPEAKING = frozenset(
    b"talk talks talked talking argue argues argued arguing argument arguments complain complains "
    b"complained complaining complaint complaints worry worries worried worrying debate debates "
    b"debated debating dispute disputes quarrel quarrelled quarreled quarrels speak speaks spoke "
    b"spoken speaking think thinks thinking learn learns learned learnt lie lies lied lying joke jokes "
    b"joked joking wonder wonders wondered wondering care cares cared brag bragged boast boasted fight "
    b"fights fought know knows knew known concerned concern concerns story stories question questions "
    b"information news details facts book books film films documentary documentaries discussion "
    b"discussions discuss chat chatted conversation conversations rumour rumours rumor rumors song "
    b"songs article articles allegations doubts fears warning warnings how what happy angry upset "
    b"excited sorry sad anxious curious forget forgot".split()
)
_TELLING = frozenset(
    b"tell tells told telling ask asks asked asking warn warns warned remind reminded".split()
)
_PARTICLE_UP = frozenset(
    b"sign signs signed signing add adds added adding live lives lived living stand stands stood "
    b"standing look looks looked looking own owned owns face faced facing wake woke it's walk walked "
    b"walking go goes went come comes came turn turned turning run ran match matches matched measure "
    b"measured".split()
)


def quantity_at(context: Context, at: int, near: int) -> bool:
    """Whether a number, a share, a measure or an amount of money begins with word `at`."""
    found = form(context, at, near)
    if not found:
        return False
    if found[:1].isdigit() or found in NUMBERS or found in TIMES_OF_DAY:
        return True
    following = form(context, at + 1, near)
    if found in (b"a", b"an"):
        return following in UNITS
    if found == b"one":
        return following in UNITS or following in PLURAL_UNITS or following in (b"in", b"of", b"out")
    if found == b"the":
        return following in SIZES
    return found in _CURRENCY_CODES and following[:1].isdigit() and not _CURRENCY.isdisjoint(context.gap(at))


def no_quantity(context: Context, word: int, last: int) -> bool:
    """No number, share, measure or amount of money follows: "about the count", "some people"."""
    if context.gap(last - 1).strip(" \n\r\t$\u00a3\u20ac\u00a5\u20b9#~(\"'"):
        return True
    return not quantity_at(context, last, word)


def no_quantity_or_whole(context: Context, word: int, last: int) -> bool:
    """Neither a quantity nor "every", "all", "nothing" follows: "nearly had to stop"."""
    following = after(context, last)
    if following == b"the" and any(form(context, at, word) in NEGATIONS for at in range(word - 3, word)):
        return True  # "did not get nearly the same welcome": a degree
    return following not in WHOLES and no_quantity(context, word, last)


def no_quantity_before(context: Context, word: int, last: int) -> bool:
    """No quantity stands before: "a week or so" has one, "or so they say" has none."""
    found = joined_before(context, word)
    if found[:1].isdigit() or found in NUMBERS or found in UNITS or found in PLURAL_UNITS or found == b"one":
        return False
    earlier = form(context, word - 2, word)  # "20 people or so"
    return not (earlier[:1].isdigit() or earlier in NUMBERS)


def no_quantity_near(context: Context, word: int, last: int) -> bool:
    """No quantity on either side: "two metres, give or take" has one, "a game of give or take" has none."""
    return no_quantity(context, word, last) and not any(
        quantity_at(context, at, word) for at in range(word - 4, word)
    )


def numbered(context: Context, word: int, last: int) -> bool:
    """Names two things by number: "stage three or four"."""
    return joined_before(context, word) in _NUMBERED


_NUMBERED = frozenset(
    b"stage phase level grade question chapter year week day round category page part section article "
    b"option game season type tier number no".split()
)


def no_quantity_passed_on(context: Context, word: int, last: int) -> bool:
    """Not the "reported" of "a reported 40 million", which passes a figure on."""
    return before(context, word) not in (b"a", b"an") or no_quantity(context, word, last)


def topic(context: Context, word: int, last: int) -> bool:
    """What somebody talks or thinks about, although a number follows: "argued about 40 envelopes"."""
    found = joined_before(context, word)
    return found in _SPEAKING or (found in OBJECTS and form(context, word - 2, word) in _TELLING)


def particle(context: Context, word: int, last: int) -> bool:
    """ "up" belongs to the verb before: "signed up to 40 lists", "adds up to 12"."""
    found = before(context, word)
    return found in _PARTICLE_UP or (found in OBJECTS and form(context, word - 2, word) in _PARTICLE_UP)


def plain_number(context: Context, word: int, last: int) -> bool:
    """A number that is no approximation follows or an exception is exact: "all but three"."""
    found = after(context, last)
    return (
        not runs_on(context, last)
        or found in (b"the", b"a", b"an", b"one", b"those")
        or quantity_at(context, last, word)
    )


def no_estimated_quantity(context: Context, word: int, last: int) -> bool:
    """Not the "estimated" of "an estimated 400 homes"."""
    return not nominal(context, word) or no_quantity(context, word, last)


def estimated_figure(context: Context, word: int, last: int) -> bool:
    """Not a verb but the "estimated" of "an estimated 400 homes" and "the estimated cost"."""
    return nominal(context, word) and attributive(context, word, last)


def no_estimated_figure(context: Context, word: int, last: int) -> bool:
    """Not the "estimated" of "the estimated cost"."""
    return not estimated_figure(context, word, last) or not no_quantity(context, word, last)
