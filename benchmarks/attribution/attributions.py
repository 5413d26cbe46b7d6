"""From tagged runs to attributions: each cue with its source and its contents, edges as a reader would draw them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from linker import Runs, link, runs
from tagger import Tagged, tag
from tokens import CUE_CLASSES
from weights import Weights

from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing.reader import LEXICON
from classifier.text.quotations import Quotation

Stretch = tuple[int, int]

# The cue class of each entry of the lexicon; 0 for the words of source phrases.
CLASSES = tuple(CUE_CLASSES.index(e.kind) if e.kind in CUE_CLASSES else 0 for e in LEXICON.entries)


@dataclass(slots=True)
class Attribution:
    """Who says what in one place: stretches of words, and of characters for the contents."""

    source: Stretch | None
    cue: Stretch | None
    content: list[Stretch] = field(default_factory=list)


def read(contexts: Sequence[Context], hits: Sequence[Hits], known: Weights) -> list[list[Attribution]]:
    """The attributions of some documents, in order of place."""
    tagged = tag(contexts, hits, CLASSES, known)
    found = runs(tagged)
    linked = link(tagged, found, known.link)
    first, last = _words(tagged, found)
    by_cue: dict[int, tuple[int, Attribution]] = {}
    documents = found.document.tolist()
    for cue, source in zip(linked.cue.tolist(), linked.source.tolist(), strict=True):
        speaker = (first[source], last[source]) if source >= 0 else None
        by_cue[cue] = (documents[cue], Attribution(speaker, (first[cue], last[cue])))
    for content, cue in zip(linked.content.tolist(), linked.cue_of.tolist(), strict=True):
        if cue >= 0:
            number, attribution = by_cue[cue]
            attribution.content.append(_content(contexts[number], first[content], last[content]))
    result: list[list[Attribution]] = [[] for _ in contexts]
    for number, attribution in by_cue.values():
        if attribution.content:
            attribution.content = _merged(sorted(attribution.content))
            result[number].append(attribution)
    return result


def _words(tagged: Tagged, found: Runs) -> tuple[list[int], list[int]]:
    """First and last word of each run, counted in its document."""
    word = tagged.tokens.word
    return word[found.first].tolist(), (word[found.last - 1] + 1).tolist()


def _content(context: Context, first: int, last: int) -> Stretch:
    """Characters of a content: without a leading "that", with the marks of a quotation it begins or ends with."""
    if context.forms[first] == b"that" and last - first > 1:
        first += 1
    start, end = context.starts[first], context.ends[last - 1]
    quotes = context.text.quotations
    opens = _quotation(quotes, start)
    if opens is not None and context.text.words.index(opens.start) == first:
        start = opens.start
    closes = _quotation(quotes, end - 1)
    if closes is not None and context.text.words.index(closes.end) == last:
        end = closes.end
    return start, end


def _quotation(quotes: Sequence[Quotation], place: int) -> Quotation | None:
    """The quotation around a character, nested ones aside."""
    at = bisect_left(quotes, (place + 1,)) - 1
    while at >= 0 and (quotes[at].kind == "nested" or quotes[at].end <= place):
        if quotes[at].kind != "nested":
            return None
        at -= 1
    return quotes[at] if at >= 0 else None


def _merged(contents: list[Stretch]) -> list[Stretch]:
    """Contents in order, those that touch made one."""
    result = [contents[0]]
    for start, end in contents[1:]:
        if start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return result
