"""Hits in context -> spans of address. Questions are found by their mark, all else by the lexicon."""

# ruff: noqa: ARG001  (all conditions share one signature)

from bisect import bisect_left
from collections.abc import Callable, Mapping

from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Span
from classifier.text.paragraphs import Zone
from classifier.text.stretches import Stretches

LEXICON = read_lexicon(__name__.rpartition(".")[0])

Condition = Callable[[Context, int, int], bool]  # (context, first word, last word exclusive): no address here

# What follows the pronoun even behind "Phase" or "War", and what does only behind "phase" or "war".
_THINKS = frozenset(
    b"am have think feel believe know saw went want wanted don't didn't felt thought love see say".split()
)
_FINITE = _THINKS | frozenset(b"was had did do will would can could got never also just really".split())
# What a numeral stands behind, whatever its case: "Phase I", "World War I".
_NUMBERED = frozenset(
    b"war phase part type title division article class schedule section act volume category tier stage grade level "
    b"chapter book group elizabeth charles james william nicholas francis napoleon constantine leopold albert "
    b"ferdinand haakon abdullah hussein pius".split()
)
_DAYS = frozenset(
    b"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    b"september october november december".split()
)
_NUMERALS = frozenset(b"i ii iii iv v".split())  # "World War II I"
_MINE = frozenset(b"of is was were are be like than isn't wasn't".split())
# Words that may stand between the beginning of a sentence and its imperative.
_OPENERS = frozenset(
    b"please just so now and but then also always do go first instead simply well again or next finally today "
    b"ok okay yes".split()
)
_DETERMINERS = frozenset(
    b"the a an this that these those your my our his her their its it me us him them yourself yourselves all any "
    b"each every both no what how why who where here more these".split()
)
_ASKED = frozenset(b"you they we i he she it the people anyone not".split())
_NEVER_FOLLOW = frozenset(
    b"of is was were are has had have will would can could may might said says from by did does rates "
    b"prices".split()
)
_DEAR = frozenset(b"my dear good fellow hey".split())
_TOLD_OF = frozenset(
    b"including who which whose meanwhile however too though of like even not and as with".split()
)
_QUOTES = frozenset("\"'")
_PAUSES = frozenset((",", "-", "\u2013", "\u2014", "\u2026"))
_CUT_OFF = frozenset(".-/)")
_CLOSING = frozenset("\"')] \n.!?,;:-")


def _before(context: Context, word: int) -> bytes:
    """The word before in the same sentence, empty at its start."""
    of = context.sentence_of
    return context.word(word - 1) if word and of[word - 1] == of[word] else b""


def _after(context: Context, last: int) -> bytes:
    """The word behind in the same sentence, empty at its end."""
    of = context.sentence_of
    return context.word(last) if last < len(of) and of[last] == of[last - 1] else b""


def _in_title(context: Context, word: int) -> bool:
    return bool(context.text.sentences.zone[context.sentence_of[word]] == Zone.TITLE)


def _opens_clause(context: Context, word: int) -> bool:
    """Whether the word begins its sentence, a quotation behind a comma, or what follows a colon."""
    if not _before(context, word):
        return True
    gap = context.gap(word - 1).removeprefix("'s")
    return ":" in gap or (gap.startswith(",") and not _QUOTES.isdisjoint(gap[-1:]))


def numeral(context: Context, word: int, last: int) -> bool:
    """A number or an initial, not the pronoun: "World War I", "Elizabeth I", "Phase I", "I. M. Pei"."""
    plain, start, end = context.text.plain, context.starts[word], context.ends[word]
    if plain[end : end + 1] in _CUT_OFF and _after(context, last):
        return True
    previous = _before(context, word)
    if not previous or plain[start - 1] != " " or plain[start] == "i" or not plain[start - 2].isalnum():
        return False
    capital = plain[context.starts[word - 1]].isupper()
    if previous in _NUMBERED:
        return plain[end : end + 1] != " " or _after(context, last) not in (_THINKS if capital else _FINITE)
    if not capital or previous in _NUMERALS or not _before(context, word - 1) or _in_title(context, word):
        return False
    following = _after(context, last)  # "When I" opens a sentence, "Casimir I of" does not
    return previous not in _DAYS and (following in _NEVER_FOLLOW or not following)


def country(context: Context, word: int, last: int) -> bool:
    """The country or the state, not the pronoun: "US", "ME", "the us military"."""
    return context.shown(word).isupper() or _before(context, word) == b"the"


def pit(context: Context, word: int, last: int) -> bool:
    """A mine, or to mine: "a coal mine"."""
    return _before(context, word) not in _MINE or context.gap(last - 1)[:1] == "-"


def not_opening(context: Context, word: int, last: int) -> bool:
    """No imperative: the words do not open a sentence, or a verb, a conjunction or a compound is there."""
    previous = _before(context, word)
    if previous and previous not in _OPENERS:
        before = context.starts[word] - 2
        if context.text.plain[before].isalnum() or not _opens_clause(context, word):
            return True
    if context.gap(last - 1)[:1] == "-" or _after(context, last) in _NEVER_FOLLOW:
        return True
    return previous in _OPENERS and previous != b"please" and not _opens_clause(context, word - 1)


def not_offered(context: Context, word: int, last: int) -> bool:
    """As `not_opening`, but a purpose may open the sentence: "To learn more, write to the clerk."."""
    offered = _before(context, word) in (b"to", b"for") and _opens_clause(context, word - 1)
    return not offered and not_opening(context, word, last)


def without_us(context: Context, word: int, last: int) -> bool:
    """Not the "let's" of a proposal: "let the boat go", "it lets"."""
    return not context.gap(last - 1).startswith("'s")


def filler(context: Context, word: int, last: int) -> bool:
    """Fills a pause: "it was, you know, late"."""
    opened = not _before(context, word) or context.gap(word - 1).strip()[:1] in _PAUSES
    return opened and context.gap(last - 1).strip()[:1] in _PAUSES


def no_object(context: Context, word: int, last: int) -> bool:
    """The verb may be a noun or a participle, and neither a determiner nor a pronoun follows: "Share prices"."""
    return _after(context, last) not in _DETERMINERS or context.gap(last - 1).strip(" \n\"'") != ""


def asking(context: Context, word: int, last: int) -> bool:
    """Opens a question: "Don't you think?"."""
    return _after(context, last) in _ASKED


def talked_about(context: Context, word: int, last: int) -> bool:
    """Talked about, not spoken to: "the folks at the mill"; spoken to are "Folks, look" and "Look, folks."."""
    first = word - 1 if _before(context, word) in _DEAR else word
    if _opens_clause(context, first):
        return not context.gap(last - 1).startswith((",", "!")) or _after(context, last) in _TOLD_OF
    return not (context.gap(first - 1).startswith(",") and _ends_sentence(context, last))


def _ends_sentence(context: Context, last: int) -> bool:
    return not _after(context, last) and context.gap(last - 1)[:1] in (".", "!", "?")


UNLESS: Mapping[str, Condition] = {
    condition.__name__: condition
    for condition in (
        numeral,
        country,
        pit,
        filler,
        not_opening,
        not_offered,
        without_us,
        no_object,
        asking,
        talked_about,
    )
}
# Of each entry: kind, conditions, and whether a capital inside a sentence makes it part of a name.
_ENTRIES = [
    (
        entry.kind,
        tuple(UNLESS[name] for name in entry.unless),
        entry.kind in ("first_singular", "first_plural", "second") and not entry.cue.startswith("i"),
    )
    for entry in LEXICON.entries
]


def mark(context: Context, hits: Hits) -> list[Span]:
    """Pronouns, imperatives, calls, appeals and questions; nothing in the title of a work.

    Entries of the kind "idiom" mark nothing: they keep the pronoun inside them from being marked.
    """
    starts, ends, plain = context.starts, context.ends, context.text.plain
    spans = _questions(context) if "?" in plain else []
    for word, last, index in zip(*hits, strict=True):
        kind, conditions, nameable = _ENTRIES[index]
        start, end = starts[word], ends[last - 1]
        if nameable and plain[start] <= "Z" and _is_name(context, word):
            continue
        if plain[start - 1 : start] == "]":  # the rest of a word with an editor's letter: "[f]our"
            continue
        for holds in conditions:  # `any` would take twice the time
            if holds(context, word, last):
                break
        else:
            if kind == "imperative" and plain.startswith("'s", end):
                end += 2
            if kind != "idiom":
                spans.append(Span(start, end, kind))
    if spans and (titles := [(q.start, q.end) for q in context.text.quotations if q.kind == "title"]):
        works = Stretches(titles)
        return [span for span in spans if not works.hold(span.start)]
    return spans


def _is_name(context: Context, word: int) -> bool:
    """Whether a word with a capital stands inside a sentence of the body: "the group We Build"."""
    if not _before(context, word) or context.gap(word - 1) != " " or _in_title(context, word):
        return False
    return not context.shown(word).isupper()  # the words of a shouted sentence are no names


def _questions(context: Context) -> list[Span]:
    """The sentences that end in a question mark, from their first word or the quotation's that holds the mark."""
    plain, found = context.text.plain, context.text.words
    opened = [quotation.start for quotation in context.text.quotations]
    spans: list[Span] = []
    at = plain.find("?")
    while at >= 0:
        end = at + 1
        while plain[end : end + 1] in ("?", "!"):
            end += 1
        if plain[end : end + 1].isspace() or not plain[end : end + 1] or plain[end] in _CLOSING:
            last = found.index(at)
            sentence = context.sentence_of[last - 1] if last else -1
            if sentence >= 0 and _closes(context, last, at) and last - 1 not in context.machine:
                start = _asked_from(context, opened, last, sentence, at)
                if not spans or start >= spans[-1].end:
                    spans.append(Span(start, end, "question"))
        at = plain.find("?", end)
    return spans


def _closes(context: Context, last: int, at: int) -> bool:
    """Whether the mark at `at` stands behind word `last` (exclusive), closing marks aside."""
    end = context.ends[last - 1]
    return at - end <= 3 and not context.text.plain[end:at].strip(" \n\"')")


def _asked_from(context: Context, opened: list[int], last: int, sentence: int, at: int) -> int:
    """Where the question begins whose mark stands at `at`, behind word `last` (exclusive)."""
    first = int(context.text.sentences.first_word[sentence])
    near = bisect_left(opened, at)
    for quotation in context.text.quotations[
        max(near - 2, 0) : near
    ]:  # the nearest one and what it is nested in
        if at < quotation.end and quotation.kind != "title":
            first = max(first, context.text.words.index(quotation.start))
    return context.starts[min(first, last - 1)]
