"""Hits, numbers and capitals in context -> spans of evidence, each word in one at most."""

# ruff: noqa: ARG001  (all conditions share one signature)

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import repeat

import numpy as np

from classifier.signals.evidence.measures import MEASURED
from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Flag, Span
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented

Condition = Callable[
    [Context, int, int], bool
]  # (context, first word, last word exclusive): no evidence here
Place = tuple[int, int]  # start and end (exclusive) of characters

LEXICON = read_lexicon(__name__.rpartition(".")[0])

_DETERMINERS = frozenset(
    b"the a an this that these those his her its their our my your whose no any some every each another such other"
    b" both several many most few more all one two three four five".split()
)
_PREPOSITIONS = frozenset(
    b"of in on at by with from for about after before since under over through into against among between within"
    b" without despite amid during as per upon via".split()
)
_SUBJECTS = frozenset(b"i we they he she it you who people".split())
_AUXILIARIES = frozenset(
    b"to will would can could may might should must shall do does did don't didn't doesn't let can't cannot not"
    b" won't couldn't wouldn't please always never also then".split()
)
_OF_A_PAPER = frozenset(b"of by from on published released issued showing written obtained dated".split())
_UNITS = frozenset(
    b"percent percentage second seconds minute minutes hour hours day days night nights week weeks"
    b" month months year years decade decades century centuries generation generations mile miles kilometre"
    b" kilometres kilometer kilometers km metre metres meter meters foot feet inch inches yard yards centimetre"
    b" centimetres centimeter centimeters acre acres hectare hectares pound pounds lb lbs ounce ounces kilo"
    b" kilos kg kilogram kilograms gram grams mg ton tons tonne tonnes gallon gallons litre litres liter liters"
    b" pint pints barrel barrels degree degrees celsius fahrenheit dollar dollars euro euros cent cents yen yuan"
    b" ruble rubles rupees francs bucks watts kilowatt kilowatts megawatt megawatts gigawatts volts mph kph km/h"
    b" knots hertz gigabytes megabytes terabytes calories people men women children times points votes seats"
    b" pages copies page vote seat man woman person".split()
)
_DATA_OF = frozenset(
    b"user personal private customer customers mobile big consumer your identification biometric location".split()
)
_MAILBOXES = frozenset(
    b"address addresses account accounts server servers system list lists newsletter".split()
)
_OPENING = frozenset(b"open opens opened opening close closes closed closing".split())
_HEARSAY = frozenset(b"this news media press local unconfirmed wire there were".split())
_MONTHS = frozenset(
    b"january february march april may june july august september october november december jan feb mar apr jun"
    b" jul aug sep sept oct nov dec".split()
)
_BEFORE_MONTH = frozenset(
    b"in on of since by until till from between before after during and to through early late mid last next"
    b" this for every each around through".split()
)
_NAMED_BODIES = frozenset(
    b"center centre centers centres institute institutes council group groups firm firms lab labs university"
    b" universities and associate fellow assistant".split()
)
_DATA_THINGS = frozenset(
    b"breach breaches plan plans center centers centre centres privacy storage collection company companies"
    b" mining protection security broker brokers scientist scientists usage roaming entry processing science"
    b" driven leak".split()
)
_LANDS = frozenset(
    b"country world city state nation region continent county town globe land island province territory"
    b" district coast valley south north east west capital republic kingdom earth planet".split()
)
_NUMBERS = frozenset(
    b"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    b" seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
    b" million billion".split()
)


def _form(context: Context, at: int, near: int) -> bytes:
    """The lower-cased word number `at`, empty outside the sentence of word `near`."""
    of = context.sentence_of
    return context.word(at) if 0 <= at < len(of) and of[at] == of[near] else b""


def _capital(context: Context, word: int) -> bool:
    return context.text.plain[context.starts[word]].isupper()


def _named(context: Context, word: int, last: int) -> bool:
    """Part of a name in the body, told by its capitals: "the Evening Report", "Editorial Board"; not "DNA tests"."""
    if not _capital(context, word) or context.shown(word).isupper():
        return False
    if not _form(context, word - 1, word) and not (_form(context, last, word) and _capital(context, last)):
        return False
    return bool(context.text.sentences.zone[context.sentence_of[word]] == Zone.BODY)


def lower_case(context: Context, word: int, last: int) -> bool:
    """No month and no day is meant: written without a capital."""
    return not _capital(context, word)


def month_or_name(context: Context, word: int, last: int) -> bool:
    """Another word with a capital: "May God help", "April Jones", "March on the palace"."""
    following = _form(context, last, word)
    if following[:1].isdigit() or _form(context, word - 1, word)[:1].isdigit():
        return False
    if _form(context, word - 1, word) not in _BEFORE_MONTH:
        return True
    return bool(following) and context.gap(last - 1) == " " and _capital(context, last)


def no_day(context: Context, word: int, last: int) -> bool:
    """No day or year stands beside: "Mar" and "Jan" are names elsewhere."""
    return not (_form(context, last, word)[:1].isdigit() or _form(context, word - 1, word)[:1].isdigit())


def as_verb(context: Context, word: int, last: int) -> bool:
    """A verb: "to study", "they survey the damage", "ruling out", "email us"."""
    previous, following = _form(context, word - 1, word), _form(context, last, word)
    if previous in _AUXILIARIES or previous in _SUBJECTS:
        return True
    if not previous and following in (b"us", b"me", b"him", b"the", b"your"):
        return True
    return following in (b"out", b"us", b"me", b"him", b"them", b"it")


def a_room(context: Context, word: int, last: int) -> bool:
    """A room or a purpose: "in his study", "study hall"."""
    previous = _form(context, word - 1, word)
    return previous in (b"his", b"her") and _form(context, word - 2, word) in (b"in", b"into", b"from")


def course_of_study(context: Context, word: int, last: int) -> bool:
    """What is learnt: "gender studies", "social studies class", "study abroad", "course of study"."""
    previous, following = _form(context, word - 1, word), _form(context, last, word)
    if following in (b"abroad", b"hall", b"group", b"groups", b"guide", b"program", b"department", b"at"):
        return True
    if context.word(word) == b"studies" and previous.endswith(
        (b"gender", b"social", b"women", b"religious", b"media")
    ):
        return True
    return previous == b"of" and _form(context, word - 2, word) in (b"course", b"field", b"area", b"years")


def named_body(context: Context, word: int, last: int) -> bool:
    """Somebody who does research or pays for it: "research assistant", "research centre"."""
    following = _form(context, last, word)
    return following in _NAMED_BODIES or following.endswith((b"ers", b"ments"))


def voting(context: Context, word: int, last: int) -> bool:
    """The vote itself: "the polls open", "at the polls", "poll workers"."""
    if _form(context, last, word) in (b"worker", b"workers", b"watchers", b"tax", b"station", b"stations"):
        return True
    if any(_form(context, at, word) in _OPENING for at in range(last, last + 4)):
        return True
    earlier = _form(context, word - 2, word)
    return (
        context.word(word) == b"polls"
        and _form(context, word - 1, word) == b"the"
        and earlier in (b"at", b"to")
    )


def mere_data(context: Context, word: int, last: int) -> bool:
    """Data as goods, not as findings: "data breach", "user data"."""
    return _form(context, last, word) in _DATA_THINGS or _form(context, word - 1, word) in _DATA_OF


def heard_tell(context: Context, word: int, last: int) -> bool:
    """To tell, or hearsay, or the text itself: "CNN reports", "media reports", "contributed to this report"."""
    previous, following = _form(context, word - 1, word), _form(context, last, word)
    if previous in _HEARSAY:
        return True
    if context.word(word) == b"report":
        return False
    if previous and context.gap(word - 1).startswith("'"):
        return False  # "the auditors' reports"
    if previous in _DETERMINERS | _PREPOSITIONS:
        return False
    if previous and _capital(context, word - 1):
        return True  # "CNN reports on"
    return following not in _OF_A_PAPER and not previous.endswith(_BEFORE_REPORTS)


_BEFORE_REPORTS = (b"al", b"ed", b"ent", b"ing", b"ive", b"new")  # adjectives, mostly


def a_mailbox(context: Context, word: int, last: int) -> bool:
    """The means, not a message: "email address", "email server"."""
    return _form(context, last, word) in _MAILBOXES


def as_soon_as(context: Context, word: int, last: int) -> bool:
    """A comparison: "as soon as", "too soon", "how soon", "sooner than"."""
    return _form(context, word - 1, word) in (b"as", b"too", b"how", b"so", b"very", b"no")


def counted(context: Context, word: int, last: int) -> bool:
    """A number says how many: "three years ago", "40 minutes later"."""
    previous = _form(context, word - 1, word)
    return (
        previous[:1].isdigit() or previous in _NUMBERS or previous in (b"half", b"few", b"couple", b"several")
    )


def told_period(context: Context, word: int, last: int) -> bool:
    """How far back is told: "in the past week", "in the past five years"; or "past" is before a noun."""
    following = _form(context, last, word)
    return (
        bool(following)
        and context.gap(last - 1).isspace()
        and following
        not in (
            *(
                b"and",
                b"but",
                b"have",
                b"has",
                b"had",
                b"he",
                b"she",
                b"they",
                b"it",
                b"we",
                b"i",
                b"the",
                b"when",
            ),
            *(
                b"to",
                b"as",
                b"is",
                b"was",
                b"were",
                b"by",
                b"for",
                b"that",
                b"with",
                b"because",
                b"about",
                b"who",
            ),
        )
    )


def one_counted(context: Context, word: int, last: int) -> bool:
    """A number of days: "one day after", "one day a week", "just one night"."""
    following = _form(context, last, word)
    return following in (
        b"after",
        b"before",
        b"later",
        b"earlier",
        b"of",
        b"a",
        b"per",
        b"in",
        b"only",
        b"at",
    ) or _form(context, word - 1, word) in (
        b"just",
        b"only",
        b"for",
        b"than",
        b"in",
        b"within",
        b"every",
        b"least",
        b"not",
        b"after",
    )


def between_numbers(context: Context, word: int, last: int) -> bool:
    """A range: "somewhere between 40 and 50", "somewhere around 300"; or "somewhere else" told by what follows."""
    return _form(context, last, word) in (
        b"between",
        b"around",
        b"near",
        b"close",
        b"north",
        b"south",
        b"along",
    )


def on_a_day(context: Context, word: int, last: int) -> bool:
    """A day is told: "later on Monday"."""
    return bool(_form(context, last, word)) and _capital(context, last)


def areas_of_something(context: Context, word: int, last: int) -> bool:
    """Areas of no place: "other areas of the law"."""
    return _form(context, last, word) == b"of" and parts_of_something(context, word, last + 1)


def somebody_late(context: Context, word: int, last: int) -> bool:
    """Somebody who died, or something late: "of late President Holm", "of late payments"."""
    return bool(_form(context, last, word)) and context.gap(last - 1).isspace()


def parts_of_something(context: Context, word: int, last: int) -> bool:
    """Parts of no place: "other parts of the report"."""
    following = _form(context, last, word)
    if following and _capital(context, last):
        return False
    return _form(context, last + 1 if following in _DETERMINERS else last, word) not in _LANDS


UNLESS: Mapping[str, Condition] = {
    condition.__name__: condition
    for condition in (
        lower_case,
        month_or_name,
        no_day,
        as_verb,
        a_room,
        course_of_study,
        named_body,
        voting,
        mere_data,
        heard_tell,
        a_mailbox,
        as_soon_as,
        counted,
        told_period,
        one_counted,
        between_numbers,
        on_a_day,
        areas_of_something,
        somebody_late,
        parts_of_something,
    )
}
_ENTRIES = [(entry.kind, tuple(UNLESS[name] for name in entry.unless)) for entry in LEXICON.entries]


def mark(context: Context, hits: Hits) -> list[Span]:
    """The spans of evidence in title and body; where two could begin, the first of these has the word.

    Addresses, the lexicon's entries, dates, quantities, names. The headline has no names: its capitals tell nothing.
    """
    used = bytearray(len(context.starts))  # of each word: in a span already
    spans = _links(context, used) if context.machine else []
    dates: list[Place] = []
    starts, ends = context.starts, context.ends
    for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
        kind, conditions = _ENTRIES[index]
        if used[word] or any(condition(context, word, last) for condition in conditions):
            continue
        if kind == "date":
            dates.append(_with_day(context, word, last))
        elif _named(context, word, last) or context.hyphenated(word, last):
            continue
        else:
            spans.append(Span(starts[word], ends[last - 1], kind))
        used[word:last] = b"\1" * (last - word)
    _add_numbers(context, used, dates, spans)
    spans += _names(context.text, used)
    return spans


def _links(context: Context, used: bytearray) -> list[Span]:
    """The addresses; handles and hashtags are none, but their words are nobody's evidence either."""
    spans: list[Span] = []
    reach = -1
    for word in sorted(context.machine):
        used[word] = 1
        start = context.starts[word]
        if start < reach or context.sentence_of[word] < 0:
            continue
        if found := _ADDRESS.match(context.text.plain, start):
            reach = found.end()
            spans.append(Span(start, reach, "link"))
    return spans


_ADDRESS = re.compile(
    r"(?:https?://|www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net)/)[^\s\"'<>)\]]*[\w/]", re.IGNORECASE
)

_DAY_BEHIND = re.compile(
    r"\.? (?:[0-3]?\d(?:st|nd|rd|th)?|(?:1[5-9]|20)\d\d)\b(?![:%]|[.,]\d)"
)  # or the year
_DAY_BEFORE = re.compile(r"\b[0-3]?\d(?:st|nd|rd|th)?(?: of)? $")
_TIME = re.compile(
    r"(?:1[5-9]|20)\d\d(?:[-\u2013]\d\d(?:\d\d)?)?(?![\w/%-]|[.,]\d)"  # 2016, 2016-17
    r"|(?:1[5-9]|20)?\d0s\b"  # 1990s
    r"|\d{1,2}(?::[0-5]\d)?(?:\s|-)?(?:[ap]\.\s?m\.?|[ap]m\b)"  # 5 p.m., 5:30am
    r"|[0-2]?\d:[0-5]\d\b(?!:)"
    r"|\d{1,4}[/-]\d{1,2}[/-]\d{2,4}\b(?![/-])"  # 4/5/2016, 2016-05-04
    r"|\d{1,2}(?:st|nd|rd|th)[ -]century\b",
    re.IGNORECASE,
)
_BETWEEN = frozenset((" ", ", ", ",", " at ", ", at ", " of ", " in ", " on "))


def _with_day(context: Context, word: int, last: int) -> Place:
    """A month or day of the week, a month with the day beside it."""
    start, end = context.starts[word], context.ends[last - 1]
    if context.word(word) in _MONTHS and last == word + 1:
        plain = context.text.plain
        if behind := _DAY_BEHIND.match(plain, end):
            end = behind.end()
        elif before := _DAY_BEFORE.search(plain, max(start - 9, 0), start):
            start = before.start()
    return start, end


def _add_numbers(context: Context, used: bytearray, dates: list[Place], spans: list[Span]) -> None:
    """Add dates and clock times, pieces beside one another in one span, and quantities."""
    plain, of, quantities = context.text.plain, context.sentence_of, context.text.quantities
    for word in _other_digits(context.text):
        start = context.starts[word]
        if of[word] < 0 or used[word]:
            continue
        found = _TIME.match(plain, start)
        if found and plain[start - 1 : start] not in _NO_TIME_BEHIND:
            dates.append((start, found.end()))
    for start, end in _merged(sorted(dates), plain):
        first, last = bisect_left(context.starts, start), bisect_left(context.starts, end)
        used[first:last] = b"\1" * (last - first)
        spans.append(Span(start, end, "date"))
    for first, last in zip(quantities.first.tolist(), quantities.last.tolist(), strict=True):
        if of[first] < 0 or used[first]:
            continue
        start, end, measured = context.starts[first], context.ends[last - 1], 0
        if plain[start - 1 : start] in _CURRENCIES:
            start, measured = start - 1, MEASURED
        following = plain[end : end + 1]
        if following == "%":
            end, measured = end + 1, MEASURED
        elif following in (" ", "-"):
            unit = _form(context, last, first)
            last += unit in _UNITS or 2 * (unit == b"per" and _form(context, last + 1, first) == b"cent")
            if context.ends[last - 1] > end:
                measured, end = MEASURED, context.ends[last - 1]
        used[first:last] = b"\1" * (last - first)
        spans.append(Span(start, end, "quantity", -1, measured))


def _other_digits(text: Segmented) -> list[int]:
    """The words that begin with a digit and are in no quantity."""
    words, quantities = text.words, text.quantities
    word = _IS_DIGIT[words.latin[words.start]].nonzero()[0]
    if len(quantities.first):
        nearest = quantities.first.searchsorted(word, "right") - 1
        word = word[(nearest < 0) | (word >= quantities.last[nearest])]
    found: list[int] = word.tolist()
    return found


_NO_TIME_BEHIND = frozenset("#$:")
_CURRENCIES = frozenset("$\u00a3\u20ac\u00a5\u20b9")
_IS_DIGIT = np.isin(np.arange(256), list(b"0123456789"))


def _merged(pieces: list[Place], plain: str) -> Iterator[Place]:
    """The pieces of dates, those beside one another put together: "Monday, May 4, 2016 at 5 p.m."."""
    start, end = -1, -1
    for first, last in pieces:
        if end >= 0 and (first <= end or plain[end:first] in _BETWEEN):
            end = max(end, last)
            continue
        if end >= 0:
            yield start, end
        start, end = first, last
    if end >= 0:
        yield start, end


def _names(text: Segmented, used: bytearray) -> list[Span]:
    """The names of the body, those aside that share a word with another span."""
    found, words = text.names, text.words
    taken = np.frombuffer(used, np.bool_)
    free = ~(taken[found.first] | taken[found.last - 1])
    starts, ends = words.start[found.first[free]].tolist(), words.end[found.last[free] - 1].tolist()
    return list(map(Span, starts, ends, repeat("name"), repeat(-1), repeat(Flag.NAMED)))
