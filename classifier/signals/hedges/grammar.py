"""Looking at the words around a cue: closed word classes, and neighbours that stay within the sentence."""

from collections.abc import Callable

from classifier.signals.scan import Context

Condition = Callable[[Context, int, int], bool]  # (context, first word, last word exclusive): no hedge here

BE = frozenset(b"is are was were be been being am isn't aren't wasn't weren't".split())
HAVE = frozenset(b"has have had having hasn't haven't hadn't".split())
FINITE = frozenset(
    b"is are was were has had have will would can could may might should must shall does did do isn't "
    b"wasn't weren't aren't won't hadn't hasn't haven't didn't doesn't don't wouldn't couldn't can't cannot".split()
)
SUBJECTS = frozenset(b"i he she it we they you who".split())
OBJECTS = frozenset(b"me him her us them you".split())
DETERMINERS = frozenset(
    b"the a an this that these those his her its their our my your whose no any some every each "
    b"another such other all both several many most few more".split()
)
POSSESSIVES = frozenset(b"his her its their our my your whose".split())
PREPOSITIONS = frozenset(
    b"of in on at by with from for to about after before since under over through into against among "
    b"between without within despite amid during as per upon until near alongside beside behind above "
    b"below across toward towards throughout around via inside outside beneath like".split()
)
CONJUNCTIONS = frozenset(b"and or but nor so yet because while when if as than though although where".split())
NEGATIONS = frozenset(
    b"not never no don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't cannot "
    b"couldn't hasn't haven't hadn't hardly scarcely neither nor nobody".split()
)
OPENS_CLAUSE = frozenset(
    b"that he she it they we i you there this these those his her its their our my the a an".split()
)
CONTRACTED = frozenset(b"it he she that there what who here where this".split())  # "it's": is or has
DEGREES = frozenset(b"very so too also not now still most more less quite just already all only even".split())
FUNCTION_WORDS = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | FINITE
    | BE
    | SUBJECTS
    | OBJECTS
    | frozenset(b"which that".split())
)
WEEKDAYS = frozenset(b"monday tuesday wednesday thursday friday saturday sunday".split())


def form(context: Context, at: int, near: int) -> bytes:
    """The lower-cased word number `at`, empty outside the sentence of word `near`."""
    of = context.sentence_of
    if 0 <= at < len(of) and of[at] == of[near]:
        return context.cells[context.starts[at] : context.ends[at]]
    return b""


def before(context: Context, word: int) -> bytes:
    """The word before, empty at the start of the sentence; "is" for the 's of "it's"."""
    found = form(context, word - 1, word)
    return b"is" if found in CONTRACTED and context.gap(word - 1).startswith("'s") else found


def after(context: Context, last: int) -> bytes:
    """The word behind the cue that ends before word `last`, empty at the end of the sentence."""
    return form(context, last, last - 1)


def runs_on(context: Context, last: int) -> bool:
    """Whether another word of the sentence follows the cue with nothing but space between."""
    return after(context, last) != b"" and context.gap(last - 1).isspace()


def stretch(context: Context, last: int, most: int) -> list[bytes]:
    """Up to `most` words behind the cue, as far as the next punctuation or the end of the sentence.

    A full stop inside a sentence belongs to an abbreviation and stops nothing.
    """
    found: list[bytes] = []
    for at in range(last, last + most):
        if context.gap(at - 1).removeprefix("'s").strip(" \n\r\t-.\"'$"):
            break
        following = form(context, at, last - 1)
        if not following:
            break
        found.append(following)
    return found


def joined_before(context: Context, word: int) -> bytes:
    """The word before, empty if punctuation other than a possessive 's stands between."""
    found = before(context, word)
    if found and context.gap(word - 1).removeprefix("'s").removeprefix("'").strip():
        return b""
    return found


def owned(context: Context, word: int) -> bool:
    """Whether a possessive with apostrophe stands before the word: "Norway's alleged"."""
    found = before(context, word)
    return (
        found not in (b"", b"is")
        and context.gap(word - 1).startswith("'")
        and context.gap(word - 1).endswith(" ")
    )


def capital(context: Context, word: int) -> bool:
    """Whether a word is written with a capital letter."""
    return context.text.plain[context.starts[word]].isupper()


def attributive(context: Context, word: int, last: int) -> bool:
    """Whether the words stand before a noun: "an alleged thief", not "it is alleged that"."""
    following = after(context, last)
    if not following or following in FUNCTION_WORDS or context.gap(last - 1).strip(" \n\r\t\"'"):
        return False
    previous = joined_before(context, word)
    if previous.endswith(b"ly") or previous in DEGREES:
        previous = before(context, word - 1)
    return (
        not previous
        or owned(context, word)
        or not (previous in BE or previous in HAVE or previous in SUBJECTS)
    )


def nominal(context: Context, word: int) -> bool:
    """Whether the word stands where a noun does: behind a determiner, a preposition or a possessive."""
    previous = joined_before(context, word)
    if previous in DETERMINERS or owned(context, word):
        return True
    return previous in PREPOSITIONS and previous != b"to"
