"""From labelled words to attributions: each cue with its source and its contents, edges as a reader would draw them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.signals.scan import Context, Hits
from classifier.signals.sourcing.attribution import Attribution
from classifier.signals.sourcing.clause import Stretch
from classifier.signals.sourcing.columns import Tokens, tokens
from classifier.signals.sourcing.cues import CLASSES, Cue, cues
from classifier.signals.sourcing.linker import Runs, link, runs
from classifier.signals.sourcing.rules import complete
from classifier.signals.sourcing.tagger import (
    B_CONTENT,
    B_CUE,
    I_CONTENT,
    Tagger,
)
from classifier.signals.sourcing.uncued import uncued
from classifier.text.quotations import Quotation

ENOUGH = 0.5  # share of the words of a quotation that must be content for all of it to be


def attributions(
    contexts: Sequence[Context], hits: Sequence[Hits], known: Tagger
) -> Iterator[tuple[list[Attribution], list[Cue]]]:
    """Of each of some documents: its attributions in order of place, and the cues of the lexicon."""
    batch = tokens(contexts, hits, CLASSES, known.vocabulary)
    read = linked(contexts, batch, known.labels(batch), known.link)
    for context, own_hits, tagged in zip(contexts, hits, read, strict=True):
        listed = list(cues(context, own_hits))
        found = complete(context, listed, tagged)
        new, more = uncued(context, found)
        for number, content in more:
            found[number].content = _merged(sorted([*found[number].content, content]))
        found += [Attribution(source, None, [content]) for source, content in new]
        found.sort(key=lambda a: a.cue or a.source or (0, 0))
        yield found, [cue for cue in listed if cue.kind]


def linked(
    contexts: Sequence[Context],
    batch: Tokens,
    labels: NDArray[np.int64],
    weights: Mapping[str, NDArray[np.float32]],
) -> list[list[Attribution]]:
    """The attributions that labelled words make, document by document."""
    found = runs(batch, completed(batch, labels))
    pairs = link(batch, found, weights)
    first, last = _words(batch, found)
    by_cue: dict[int, tuple[int, Attribution]] = {}
    documents = found.document.tolist()
    for cue, source in zip(pairs.cue.tolist(), pairs.source.tolist(), strict=True):
        speaker = (first[source], last[source]) if source >= 0 else None
        by_cue[cue] = (documents[cue], Attribution(speaker, (first[cue], last[cue])))
    for content, cue in zip(pairs.content.tolist(), pairs.cue_of.tolist(), strict=True):
        if cue >= 0:
            number, attribution = by_cue[cue]
            attribution.content.append(_content(contexts[number], first[content], last[content]))
    result: list[list[Attribution]] = [[] for _ in contexts]
    for number, attribution in by_cue.values():
        if attribution.content:
            attribution.content = _merged(sorted(attribution.content))
            result[number].append(attribution)
    return result


def completed(batch: Tokens, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """The labels with all of a quotation made content where most of it is."""
    inside = batch.speech.nonzero()[0]
    if not len(inside):
        return labels
    of = batch.quotation[inside]
    told = labels[inside] >= B_CONTENT
    size = np.maximum(np.bincount(of), 1)
    whole = (np.bincount(of, told) / size >= ENOUGH) & (np.bincount(of, told) < size)
    rest = inside[whole[of] & (labels[inside] < B_CUE)]
    labels = labels.copy()
    labels[rest] = I_CONTENT
    begins = rest[
        (rest == 0) | (labels[rest - 1] < B_CONTENT) | (batch.sentence[rest - 1] != batch.sentence[rest])
    ]
    labels[begins] = B_CONTENT
    return labels


def _words(batch: Tokens, found: Runs) -> tuple[list[int], list[int]]:
    """First and last word of each run, counted in its document."""
    return batch.word[found.first].tolist(), (batch.word[found.last - 1] + 1).tolist()


def _content(context: Context, first: int, last: int) -> Stretch:
    """Characters of a content: without a leading "that", with the marks of a quotation it begins or ends with."""
    if last - first > 1 and context.word(first) == b"that":
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
