"""Hits in context -> hedge spans, and the objects of the output contract."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from classifier.signals.hedges import adjectives, modals, nouns, quantities, verbs
from classifier.signals.hedges.grammar import SUBJECTS, Condition
from classifier.signals.hedges.scope import scopes
from classifier.signals.lexicon import Followed, Lexicon, read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Span
from classifier.text.paragraphs import Zone
from classifier.text.quotations import SMALL_IN_TITLES
from classifier.text.segment import Segmented
from classifier.text.stretches import Stretches

UNLESS: Mapping[str, Condition] = {
    condition.__name__: condition
    for condition in (
        quantities.no_quantity,
        quantities.no_quantity_or_whole,
        quantities.no_quantity_before,
        quantities.no_quantity_near,
        quantities.numbered,
        quantities.no_quantity_passed_on,
        quantities.topic,
        quantities.particle,
        quantities.plain_number,
        quantities.no_estimated_quantity,
        quantities.estimated_figure,
        quantities.no_estimated_figure,
        modals.month_or_name,
        modals.permission_or_wish,
        modals.ability,
        modals.strength,
        modals.suggestion_to_act,
        verbs.proposal,
        verbs.taking,
        nouns.demand,
        nouns.noun,
        nouns.verb,
        nouns.not_nominal,
        adjectives.in_general_something,
        verbs.suspect_person,
        verbs.belief_shown,
        verbs.pondering,
        verbs.a_thought,
        verbs.foreseen,
        verbs.awaited,
        verbs.taking_on,
        verbs.not_supposing,
        verbs.seen_in_public,
        verbs.gaze,
        verbs.said_to_somebody,
        verbs.reported_to_somebody,
        verbs.grasped,
        verbs.not_foretold,
        verbs.without_to,
        verbs.without_clause,
        nouns.without_that,
        nouns.without_content,
        nouns.without_content_clause,
        verbs.without_speaker,
        verbs.citing,
        verbs.assigned,
        adjectives.before_noun,
        adjectives.not_before_noun,
        adjectives.plain_to_see,
        adjectives.surprising,
        adjectives.within_reach,
        adjectives.out_of_the_question,
        adjectives.legal_term,
        adjectives.compared_rate,
        adjectives.adverb,
        adjectives.not_adverb,
        nouns.capability,
        nouns.capacity,
        nouns.opportunity,
        adjectives.sort_named,
        adjectives.asks_which,
        adjectives.state_of_mind,
        adjectives.without_whether,
        nouns.innocence,
        nouns.field_of_thought,
    )
}
# Conditions that hold whenever anything else stands behind a cue of one word: the scan need not bring it up.
_QUANTITY = Followed(quantities.BEGIN_QUANTITY, number=True)
FOLLOWED: Mapping[str, Followed] = {
    "no_quantity": _QUANTITY,
    "no_quantity_passed_on": _QUANTITY,
    "no_estimated_quantity": _QUANTITY,
    "no_quantity_or_whole": Followed(quantities.BEGIN_QUANTITY | quantities.WHOLES, number=True),
    "said_to_somebody": Followed(frozenset((b"to",))),
    "reported_to_somebody": Followed(frozenset((b"to",))),
    "not_foretold": Followed(frozenset((b"to",))),
    "without_to": Followed(frozenset((b"to",))),
    "grasped": Followed(frozenset((b"to", b"that"))),
    "without_that": Followed(frozenset((b"that",))),
    "without_clause": Followed(SUBJECTS | {b"that"}),
    "gaze": Followed(verbs.BEHIND_GAZE, adverb=True),
}


_READ = read_lexicon(__name__.rpartition(".")[0])
LEXICON = replace(
    _READ,
    followed=tuple(
        next((FOLLOWED[name] for name in entry.unless if name in FOLLOWED), None) for entry in _READ.entries
    ),
)
# Of each entry: kind, written with a hyphen, may begin with a small word of a title, conditions.
Table = list[tuple[str, bool, bool, tuple[Condition, ...]]]


def table(lexicon: Lexicon, unless: Mapping[str, Condition]) -> Table:
    """What `marked` must know of each entry of a lexicon, by the entry's index."""
    return [
        (
            entry.kind,
            "-" in entry.cue,
            any(form.replace("-", " ").split()[0] in SMALL_IN_TITLES for form in entry.forms),
            tuple(unless[name] for name in entry.unless),
        )
        for entry in lexicon.entries
    ]


_ENTRIES = table(LEXICON, UNLESS)


def mark(context: Context, hits: Hits) -> Iterator[Span]:
    """Yield the hits that are hedges where they stand, each place once."""
    return marked(_ENTRIES, context, hits)


def marked(entries: Table, context: Context, hits: Hits) -> Iterator[Span]:
    """Yield the hits of these entries that are hedges where they stand, each place once.

    Nothing is marked inside a hyphenated compound ("probable-cause rule") or the title of a work.
    """
    plain, starts, ends = context.text.plain, context.starts, context.ends
    taken = -1
    for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
        if word == taken:
            continue
        kind, has_hyphen, small, conditions = entries[index]
        for condition in conditions:
            if condition(context, word, last):
                break
        else:
            if not has_hyphen and context.hyphenated(word, last):
                continue
            start = starts[word]
            # Nearly always a word in lower case behind a space: no title has such, and quotations are not asked for.
            apart = start > 0 and plain[start - 1] == " " and plain[start].islower() and not small
            if apart or not _in_title(context, word):
                taken = word
                yield Span(start, ends[last - 1], kind)


def _in_title(context: Context, word: int) -> bool:
    """Whether a word stands in the title of a work.

    There all but the small words are capitalised. So a word in lower case that no mark parts from this one tells,
    and the quotations need not be worked out.
    """
    plain, starts = context.text.plain, context.starts
    for at in range(word, min(word + _FAR_ENOUGH, len(starts))):
        start = starts[at]
        if at > word and plain[context.ends[at - 1] : start] not in _NO_MARK:
            break
        before = plain[start - 1] if start else " "
        if (
            plain[start].islower()
            and not (before.isalnum() or before in "_'-")
            and context.word(at) not in _SMALL_IN_TITLES
        ):
            return False
    return context.titles.hold(starts[word])


_FAR_ENOUGH = 8  # words
_NO_MARK = frozenset(
    (" ", ", ", ". ", "; ", ": ", "'s ", "-")
)  # a quotation neither begins nor ends in these
_SMALL_IN_TITLES = frozenset(word.encode() for word in SMALL_IN_TITLES)


def present(text: Segmented, spans: list[Span]) -> list[dict[str, Any]]:
    """The hedges of one document as objects of the output contract, offsets into the raw text."""
    quoted = Stretches((q.start, q.end) for q in text.quotations if q.kind != "title")
    items = []
    for span, governed in zip(spans, scopes(text, spans), strict=True):
        start, end = text.readable.raw_span(span.start, span.end)
        sentence = text.sentences.at(span.start)
        in_title = sentence >= 0 and text.sentences.zone[sentence] == Zone.TITLE
        items.append(
            {
                "start": start,
                "end": end,
                "text": text.readable.shown(span.start, span.end),
                "kind": span.kind,
                "zone": "title" if in_title else "body",
                "voice": "quoted" if quoted.hold(span.start) else "writer",
                "scope": governed and _located(text, *governed),
            }
        )
    return items


def _located(text: Segmented, start: int, end: int) -> dict[str, Any]:
    first, last = text.readable.raw_span(start, end)
    return {"start": first, "end": last, "text": text.readable.shown(start, end)}
