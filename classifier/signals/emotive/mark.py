"""Hits in context -> emotive spans with direction and strength, and the objects of the output contract.

The kind of a lexicon entry is written with its direction and strength, "outrage-3": a span carries the plain kind, the
direction as a flag and the strength as its value.
"""

# ruff: noqa: ARG001  (all conditions share one signature)

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from classifier.errors import FamilyError
from classifier.signals.lexicon import Entry, read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Flag, Span
from classifier.signals.voices import voiced
from classifier.text.paragraphs import Zone
from classifier.text.segment import Segmented
from classifier.text.stretches import Stretches

LEXICON = read_lexicon(__name__.rpartition(".")[0])
KINDS = (
    "fear",
    "outrage",
    "disgust",
    "grief",
    "joy",
    "praise",
    "blame",
    "name_calling",
    "loaded_verb",
    "sensation",
)
AGAINST: Final = Flag.OWN
FOR: Final = Flag.OWN << 1

Condition = Callable[
    [Context, int, int], bool
]  # (context, first word, last word exclusive): not emotive here

_TERM = "term"
_KIND = re.compile(r"([a-z_]+)([-+=])([123])")
_DIRECTIONS = {"-": AGAINST, "+": FOR, "=": 0}

_NEGATIONS = frozenset(
    b"not no never nothing nobody neither nor without hardly scarcely cannot isn't aren't wasn't weren't don't doesn't "
    b"didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't ain't".split()
)
_DENIES_NOTHING = frozenset(
    b"only just merely simply doubt wonder question matter".split()
)  # "not only", "no doubt"
_DETERMINERS = frozenset(
    b"the a an this that these those his her its their our my your another each every any some of in from by after "
    b"bomb car nuclear suicide second first massive deadly huge".split()
)
_TARGETS = frozenset(
    b"the his her their its our my your this that these those him them us me it what as for by at into on media "
    b"critics republicans democrats anyone anybody everyone fellow former ex opponents rivals reporters".split()
)
_SAYING = frozenset(b"said says told tells added adds wrote writes tweeted testified replied".split())
_THINGS = frozenset(
    b"hole holes paper page pages clothes shirt jeans dress flag sign signs door doors car bag".split()
)
_LAW = frozenset(
    b"court courts congress judge jury charge charges charged held hold holding cite cited citing citation citations "
    b"resolution vote voted attorney libel libelous defamation convicted guilty law laws crime".split()
)
_FELT = frozenset(
    b"is are was were be been being feel feels felt i'm we're am looked looks left seemed absolutely completely "
    b"utterly totally truly so just and emotionally".split()
)


def _before(context: Context, word: int) -> bytes:
    """The word before in the same sentence, empty at its start."""
    of = context.sentence_of
    return context.word(word - 1) if word and of[word - 1] == of[word] else b""


def _after(context: Context, last: int) -> bytes:
    """The word behind in the same sentence, empty at its end."""
    of = context.sentence_of
    return context.word(last) if last < len(of) and of[last] == of[last - 1] else b""


def in_name(context: Context, word: int, last: int) -> bool:
    """Written with a capital inside a sentence of the body: part of a name; a shouted word is none."""
    plain, start = context.text.plain, context.starts[word]
    if not plain[start].isupper() or plain[start : context.ends[last - 1]].isupper():
        return False
    sentence = context.sentence_of[word]
    if not word or context.sentence_of[word - 1] != sentence:
        return _after(context, last) in _SAYING  # a surname: "Savage said"
    if context.gap(word - 1) != " ":
        return False
    return bool(context.text.sentences.zone[sentence] != Zone.TITLE)


def no_target(context: Context, word: int, last: int) -> bool:
    """Nobody is struck by the words: "ripped jeans", "a blast in the harbour"; struck is somebody named or meant."""
    following = _after(context, last)
    if following in _TARGETS:
        return _after(context, last + 1) in _THINGS
    return not following or not context.shown(last)[0].isupper() or context.gap(last - 1) != " "


def nominal(context: Context, word: int, last: int) -> bool:
    """The noun, not the verb: "the blast"."""
    return _before(context, word) in _DETERMINERS


def laid_waste(context: Context, word: int, last: int) -> bool:
    """A place laid waste: "the devastated coast", "devastated by the storm"; not somebody in grief."""
    return _before(context, word) not in _FELT or _after(context, last) == b"by"


def term_of_law(context: Context, word: int, last: int) -> bool:
    """The offence: "held in contempt of court", "charged with treason"."""
    of = context.sentence_of
    near = range(max(word - 8, 0), min(word + 9, len(of)))
    return any(context.word(at) in _LAW for at in near if of[at] == of[word])


UNLESS: Mapping[str, Condition] = {
    condition.__name__: condition for condition in (in_name, no_target, nominal, laid_waste, term_of_law)
}


class _Reading(NamedTuple):
    """What an entry of the lexicon says of a place."""

    kind: str  # empty: the words are a term, nothing is marked
    flags: int
    strength: int
    conditions: tuple[Condition, ...]


def _reading(entry: Entry) -> _Reading:
    conditions = tuple(UNLESS[name] for name in entry.unless)
    if entry.kind == _TERM:
        return _Reading("", 0, 0, conditions)
    written = _KIND.fullmatch(entry.kind)
    if not written or written[1] not in KINDS:
        raise FamilyError(
            f"emotive/cues.tsv, {entry.cue!r}: {entry.kind!r} is no kind with direction and strength; write outrage-3"
        )
    return _Reading(written[1], _DIRECTIONS[written[2]], int(written[3]), conditions)


_ENTRIES = [_reading(entry) for entry in LEXICON.entries]


def mark(context: Context, hits: Hits) -> list[Span]:
    """The hits that are emotive where they stand, each place once.

    Nothing is marked inside a hyphenated compound ("hate-free zone") or the title of a work.
    """
    starts, ends, plain = context.starts, context.ends, context.text.plain
    spans: list[Span] = []
    taken = 0
    for word, last, index in zip(*hits, strict=True):
        kind, flags, strength, conditions = _ENTRIES[index]
        if word < taken:
            continue
        if not kind:
            taken = last
            continue
        start, end = starts[word], ends[last - 1]
        if "-" in plain[max(start - 1, 0) : end + 1] and context.hyphenated(word, last):
            continue
        for holds in conditions:  # `any` would take twice the time
            if holds(context, word, last):
                break
        else:
            taken = last
            if _negated(context, word):
                flags |= Flag.NEGATED
            spans.append(Span(start, end, kind, -1, flags, strength))
    if spans and (titles := [(q.start, q.end) for q in context.text.quotations if q.kind == "title"]):
        works = Stretches(titles)
        return [span for span in spans if not works.hold(span.start)]
    return spans


def _negated(context: Context, word: int) -> bool:
    """Whether one of the three words before, up to a comma, denies the word: "not a shocking result"."""
    sentence = context.sentence_of[word]
    for at in range(word - 1, max(word - 4, -1), -1):
        found = context.word(at)
        if found in _NEGATIONS or found in _DENIES_NOTHING:
            between = context.text.plain[context.ends[at] : context.starts[word]]
            return found in _NEGATIONS and context.sentence_of[at] == sentence and "," not in between
    return False


def present(text: Segmented, spans: list[Span]) -> list[dict[str, Any]]:
    """The marks of one document as objects of the output contract, with direction, strength and negation."""
    return [item | _told(span) for item, span in zip(voiced(text, spans), spans, strict=True)]


def _told(span: Span) -> dict[str, Any]:
    return {
        "direction": "against" if span.flags & AGAINST else "for" if span.flags & FOR else "neither",
        "strength": span.value,
        "negated": bool(span.flags & Flag.NEGATED),
    }
