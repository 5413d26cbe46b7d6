"""A text's shape -> spans of emphasis, and the objects of the output contract."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

from classifier.signals.emphasis.capitals import PLAIN, PLAIN_FILE, capitals
from classifier.signals.emphasis.measures import QUOTED
from classifier.signals.emphasis.punctuation import NAMES, emoji, runs_of_marks
from classifier.signals.emphasis.scare import scare_quotes
from classifier.signals.lexicon import Lexicon, joined, read_lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Span
from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented
from classifier.text.stretches import Stretches

KINDS = ("capitals", "exclamation", "question_run", "ellipsis", "scare_quotes", "short_sentence", "emoji")


# Stressed words depend on the list of plain words, so the hash is over both.
LEXICON = joined(read_lexicon(__package__), Lexicon((), hashlib.sha256(PLAIN_FILE).hexdigest()))
SHORT = 2  # words of a sentence that stresses by being short


def mark(context: Context, hits: Hits) -> Iterator[Span]:
    """Yield the emphasis of title and body. There are no cues: the hits are empty."""
    del hits
    text = context.text
    if not len(text.sentences.start):
        return
    speech: Stretches | None = None
    for start, end, kind in chain.from_iterable(find(context) for find in _FINDERS):
        if text.sentences.at(start) < 0:
            continue
        if speech is None:
            speech = Stretches((q.start, q.end) for q in text.quotations if q.kind != "title")
        quoted = kind != "scare_quotes" and speech.hold(start)
        if quoted and kind in ("ellipsis", "short_sentence"):
            continue  # words left out of a quotation; an answer
        yield Span(start, end, kind, flags=QUOTED if quoted else 0)


def _short_sentences(context: Context) -> Iterator[tuple[int, int, str]]:
    """Sentences of one or two plain words inside a paragraph of prose: "Never again."."""
    text = context.text
    sentences = text.sentences
    size = sentences.last_word - sentences.first_word
    for i in ((size > 0) & (size <= SHORT)).nonzero()[0].tolist():
        if sentences.zone[i] != Zone.BODY:
            continue
        paragraph = text.paragraphs[int(sentences.paragraph[i])]
        alone = sentences.start[i] == paragraph.start and sentences.end[i] == paragraph.end
        if paragraph.shape is not Shape.PROSE or alone:
            continue
        first, last = int(sentences.first_word[i]), int(sentences.last_word[i])
        if not _is_stressed(context, first, last, at_start=sentences.start[i] == paragraph.start):
            continue
        start, end = context.starts[first], int(sentences.end[i])
        yield start, start + len(text.plain[start:end].rstrip()), "short_sentence"


def _is_stressed(context: Context, first: int, last: int, *, at_start: bool) -> bool:
    """Whether these words are a sentence: words of the language, ended by a full stop, after a whole sentence."""
    plain = context.text.plain
    end = context.ends[last - 1]
    if plain[end : end + 1] != "." or plain[end + 1 : end + 2] == ".":
        return False
    if at_start or not context.shown(first)[0].isupper():
        return False
    before = plain[max(0, context.starts[first] - 20) : context.starts[first]].rstrip()
    if before[-1:] not in ".!?" or not before[-3:-1].isalpha() or before[:-1].endswith(NAMES):
        return False
    if any(context.word(i) not in PLAIN for i in range(first, last)):
        return False
    return last - first == 1 or not context.shown(last - 1)[0].isupper()


_FINDERS = (capitals, runs_of_marks, scare_quotes, _short_sentences, emoji)


def present(text: Segmented, spans: list[Span]) -> list[dict[str, Any]]:
    """The emphasis of one document as objects of the output contract, offsets into the raw text."""
    items = []
    titled = text.sentences.titled()
    for span in spans:
        start, end = text.readable.raw_span(span.start, span.end)
        items.append(
            {
                "start": start,
                "end": end,
                "text": text.readable.shown(span.start, span.end),
                "kind": span.kind,
                "zone": "title" if titled.hold(span.start) else "body",
                "voice": "quoted" if span.flags & QUOTED else "writer",
            }
        )
    return items
