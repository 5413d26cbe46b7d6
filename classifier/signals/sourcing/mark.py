"""Hits in context -> the parts of attributions as spans, and the objects of the output contract."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing.attribution import Attribution
from classifier.signals.sourcing.attributions import attributions
from classifier.signals.sourcing.cast import cast
from classifier.signals.sourcing.chains import second_hand
from classifier.signals.sourcing.clause import Stretch
from classifier.signals.sourcing.cues import Cue
from classifier.signals.sourcing.measures import SECOND_HAND
from classifier.signals.sourcing.tagger import tagger
from classifier.signals.span import Flag, Span
from classifier.text.paragraphs import Zone
from classifier.text.quotations import Quotation
from classifier.text.segment import Segmented


def mark_all(contexts: Sequence[Context], hits: Sequence[Hits]) -> Iterator[list[Span]]:
    """The parts of every attribution in each of some documents; parts of one attribution share a group."""
    for context, (found, listed) in zip(contexts, attributions(contexts, hits, tagger()), strict=True):
        yield list(_spans(context, found, listed))


def mark(context: Context, hits: Hits) -> list[Span]:
    """The same for one document."""
    return next(mark_all([context], [hits]))


def _spans(context: Context, found: Sequence[Attribution], listed: Sequence[Cue]) -> Iterator[Span]:
    cue_words = [cue.word for cue in listed if cue.kind != "noun"]
    for group, (a, voice) in enumerate(zip(found, cast(context, found), strict=True)):
        named = Flag.NAMED if voice is not None and voice.source.named else 0
        number = -1 if voice is None else voice.number
        if a.source is not None and voice is not None:
            lost = UNRESOLVED_PRONOUN if voice.source.pronoun and voice.antecedent is None else 0
            start, end = _source_span(context, a.source)
            yield Span(start, end, f"source.{voice.source.kind}", group, named | lost, number)
        if a.cue is not None:
            yield Span(context.starts[a.cue[0]], context.ends[a.cue[1] - 1], "cue", group, named, number)
        # A content knows its source, so that measures over contents need not look it up.
        of = -1 if a.source is None else number if number >= 0 else UNRESOLVED
        known = Flag.NAMED if voice is not None and voice.named else 0
        passed_on = SECOND_HAND if second_hand(context, cue_words, a.content, a.source) else 0
        kind = f"content.{_quotedness(context, a.content)}"
        for start, end in a.content:
            yield Span(start, end, kind, group, known | passed_on, of)
        if voice is not None and voice.antecedent is not None:
            yield Span(*voice.antecedent, "antecedent", group, 0, number)
        if voice is not None and voice.speaks_for is not None:
            yield Span(*voice.speaks_for, "speaks_for", group, 0, number)


UNRESOLVED_PRONOUN = Flag.OWN  # flag of a source: a pronoun nobody could be found for
UNRESOLVED = 1 << 20  # value of a content whose source is a pronoun nobody could be found for


def _source_span(context: Context, words: Stretch) -> Stretch:
    """Characters of a source: without marks at its ends, a closing bracket of its own kept."""
    start, end = context.starts[words[0]], context.ends[words[1] - 1]
    plain = context.text.plain
    if plain[end : end + 1] == ")" and "(" in plain[start:end]:
        end += 1
    return start, end


def _quotedness(context: Context, contents: Sequence[Stretch]) -> str:
    quotes = context.text.quotations
    inside = 0
    for start, end in contents:
        at = max(bisect_left(quotes, start, key=_start) - 1, 0)
        while at < len(quotes) and quotes[at].start < end:
            if quotes[at].kind != "nested" and quotes[at].end > start:
                inside += min(quotes[at].end, end) - max(quotes[at].start, start)
            at += 1
    if not inside:
        return "indirect"
    return "direct" if inside >= sum(e - s for s, e in contents) - 2 else "mixed"


def _start(quote: Quotation) -> int:
    return quote.start


_OUTER_KIND = {"withheld": "anonymous", "class": "anonymous"}


def present(text: Segmented, spans: list[Span]) -> list[dict[str, Any]]:
    """The attributions of one document as objects of the output contract, in order of place."""
    groups: dict[int, list[Span]] = {}
    for span in spans:
        groups.setdefault(span.group, []).append(span)
    return sorted(
        (_object(text, parts) for parts in groups.values()), key=lambda item: (item["start"], item["end"])
    )


def _object(text: Segmented, parts: list[Span]) -> dict[str, Any]:
    shown = text.readable

    def span(start: int, end: int) -> dict[str, Any]:
        first, last = shown.raw_span(start, end)
        return {"start": first, "end": last, "text": shown.shown(start, end)}

    source = next((p for p in parts if p.kind.startswith("source.")), None)
    cue = next((p for p in parts if p.kind == "cue"), None)
    antecedent = next((p for p in parts if p.kind == "antecedent"), None)
    speaks_for = next((p for p in parts if p.kind == "speaks_for"), None)
    content = [p for p in parts if p.kind.startswith("content.")]
    outer = [p for p in parts if p.kind not in ("antecedent", "speaks_for")]
    kind = source.kind[7:] if source is not None else "none"
    sentence = text.sentences.at(content[0].start)
    zone = "title" if sentence >= 0 and text.sentences.zone[sentence] == Zone.TITLE else "body"
    item: dict[str, Any] = {
        **span(min(p.start for p in outer), max(p.end for p in outer)),
        "source": span(source.start, source.end) if source is not None else None,
        "cue": span(cue.start, cue.end) if cue is not None else None,
        "content": [span(p.start, p.end) for p in content],
        "kind": _OUTER_KIND.get(kind, kind),
        "named": source is not None and bool(source.flags & Flag.NAMED),
        "quote": content[0].kind[8:],
        "antecedent": span(antecedent.start, antecedent.end) if antecedent is not None else None,
        "zone": zone,
    }
    if kind in _OUTER_KIND:
        item["anonymous"] = kind
    if source is not None and source.flags & UNRESOLVED_PRONOUN:
        item["unresolved"] = True
    if speaks_for is not None:
        item["speaks_for"] = span(speaks_for.start, speaks_for.end)
    if any(p.flags & SECOND_HAND for p in content):
        item["second_hand"] = True
    return item
