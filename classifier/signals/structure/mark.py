"""A text's structure -> the places that stand out from ordinary news, and the objects of the output contract."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.signals.lexicon import read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Span
from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented
from classifier.text.variety import PHRASE, WINDOW

KINDS = ("long_sentence", "long_word", "repeat", "poor_vocabulary", "short_paragraph", "furniture")
LEXICON = read_lexicon(__package__)

LONG_SENTENCE = 40  # words
LONG_WORD = 13  # letters
REACH = 150  # body words; a phrase said again further on is no repetition that a reader notices
POOR = 58  # different words of 100; one ordinary article of eight has a stretch with fewer
SHORT_PARAGRAPH = 10  # words, at most
FEW_PARAGRAPHS = 3  # of prose; in a body with fewer the line breaks may be lost
_A, _LETTERS = 97, 26
_TELLING = 6  # letters of a word that no grammar word has


def mark(context: Context, hits: Hits) -> Iterator[Span]:
    """Yield what stands out. There are no cues: the hits are empty."""
    del hits
    if not len(context.text.sentences.start):  # a page without an article
        return
    yield from _furniture_and_paragraphs(context)
    yield from _long_sentences(context)
    yield from _long_words(context)
    yield from _repeats(context)
    yield from _poor_vocabulary(context)


def _long_sentences(context: Context) -> Iterator[Span]:
    """Statements of at least `LONG_SENTENCE` words."""
    sentences = context.text.sentences
    size = sentences.last_word - sentences.first_word
    for i in ((size >= LONG_SENTENCE) & sentences.statement).nonzero()[0].tolist():
        yield Span(context.starts[sentences.first_word[i]], int(sentences.end[i]), "long_sentence")


def _long_words(context: Context) -> Iterator[Span]:
    """Words of at least `LONG_WORD` letters, written small: names say nothing about the wording."""
    found = context.text.words
    long = (found.end - found.start >= LONG_WORD).nonzero()[0]
    small = found.latin[found.start[long]] - np.uint8(_A) < _LETTERS
    for word in long[small].tolist():
        if context.sentence_of[word] >= 0 and word not in context.machine and not _in_address(context, word):
            yield Span(context.starts[word], context.ends[word], "long_word")


def _in_address(context: Context, word: int) -> bool:
    """Whether a word goes on behind a full stop, as in the name of a site."""
    plain, end = context.text.plain, context.ends[word]
    return plain[end : end + 1] == "." and plain[end + 1 : end + 2].isalnum()


def _repeats(context: Context) -> Iterator[Span]:
    """Phrases of at least `PHRASE` words that the body said within the `REACH` words before.

    A phrase stays in its sentence and has a word that is neither a name nor a grammar word. `value` is the number
    of body words before it.
    """
    words, _, back = context.text.variety
    again = ((back > 0) & (back <= REACH)).nonzero()[0].tolist()
    for i, place in enumerate(again):
        if i == 0 or again[i - 1] < place - 1:
            begin = place
        if i + 1 == len(again) or again[i + 1] > place + 1:
            yield from _repeat(context, words, begin, place + PHRASE)


def _repeat(context: Context, body: NDArray[np.int64], first: int, last: int) -> Iterator[Span]:
    """The parts of a repeated run that lie in one sentence each and say something."""
    words = body[first:last].tolist()
    begin = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or context.sentence_of[words[i]] != context.sentence_of[words[begin]]:
            if i - begin >= PHRASE and any(_telling(context, word) for word in words[begin:i]):
                start, end = context.starts[words[begin]], context.ends[words[i - 1]]
                yield Span(start, end, "repeat", value=first + begin)
            begin = i


def _telling(context: Context, word: int) -> bool:
    shown = context.shown(word)
    return len(shown) >= _TELLING and shown.islower()


def _poor_vocabulary(context: Context) -> Iterator[Span]:
    """Stretches of the body all of whose runs of `WINDOW` words have fewer than `POOR` different ones."""
    words, different, _ = context.text.variety
    poor = (different < POOR).nonzero()[0]
    if not len(poor):
        return
    for run in np.split(poor, (np.diff(poor) > WINDOW).nonzero()[0] + 1):
        first, last = words[run[0]], words[run[-1] + WINDOW - 1]
        yield Span(context.starts[first], context.ends[last], "poor_vocabulary")


def _furniture_and_paragraphs(context: Context) -> Iterator[Span]:
    """Blocks of page furniture, `value` their words, and short paragraphs of a body that has several."""
    paragraphs = context.text.paragraphs
    block: list[int] = []
    short, prose = [], 0
    for paragraph in paragraphs:
        start, end, zone, shape, words = paragraph
        if zone is _FURNITURE:
            block = [block[0], end, block[2] + words] if block else [start, end, words]
            continue
        if block and block[2]:
            yield Span(block[0], block[1], "furniture", value=block[2])
        block = []
        if zone is _BODY and shape is _PROSE:
            prose += 1
            if words <= SHORT_PARAGRAPH:
                short.append(paragraph)
    if block and block[2]:
        yield Span(block[0], block[1], "furniture", value=block[2])
    if prose >= FEW_PARAGRAPHS:
        for paragraph in short:
            yield Span(paragraph.start, paragraph.end, "short_paragraph")


_FURNITURE, _BODY, _PROSE = (
    Zone.FURNITURE,
    Zone.BODY,
    Shape.PROSE,
)  # through the class they take ten times as long


def present(text: Segmented, spans: list[Span]) -> list[dict[str, Any]]:
    """The marks of one document as objects of the output contract, offsets into the raw text."""
    items = []
    titled = text.sentences.titled()
    for span in spans:
        start, end = text.readable.raw_span(span.start, span.end)
        zone = "furniture" if span.kind == "furniture" else "title" if titled.hold(span.start) else "body"
        items.append(
            {
                "start": start,
                "end": end,
                "text": text.readable.shown(span.start, span.end),
                "kind": span.kind,
                "zone": zone,
            }
        )
    return items
