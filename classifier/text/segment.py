"""From a document to its structure: all that the signal families need to know of a text, worked out once."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.document import Document
from classifier.text.fold import fold
from classifier.text.language import SUPPORTED, covered, function_words, language_of
from classifier.text.paragraphs import Paragraph, Shape, Zone, paragraphs
from classifier.text.quotations import Quotation, quotations
from classifier.text.readable import Readable, readable
from classifier.text.sentences import sentence_ends
from classifier.text.words import Words, words

# Above this many words a sentence, the text carries no usable sentence marks (a transcript, a feed).
UNPUNCTUATED = 60


class Sentences(NamedTuple):
    """Columns over the sentences of title and body, in order; shape (n_sentences,) each."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    first_word: NDArray[np.int32]
    last_word: NDArray[np.int32]  # exclusive
    zone: NDArray[np.int8]
    paragraph: NDArray[np.int32]
    statement: NDArray[np.bool_]  # a body sentence of running text that asserts something

    def at(self, position: int) -> int:
        """Index of the sentence that holds `position`; -1 outside title and body."""
        i = int(self.start.searchsorted(np.int32(position), "right")) - 1
        return i if i >= 0 and position < self.end[i] else -1


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text and its structure. Offsets count characters of ``readable.text``, end exclusive."""

    document: Document
    readable: Readable
    plain: str  # folded, case kept
    low: str  # folded, lower-cased
    words: Words
    paragraphs: tuple[Paragraph, ...]
    sentences: Sentences
    quotations: tuple[Quotation, ...]
    language: str
    notes: tuple[str, ...]

    def zone(self, zone: Zone) -> list[Paragraph]:
        """The paragraphs of one zone, in order."""
        return [p for p in self.paragraphs if p.zone is zone]


def segment(document: Document) -> Segmented:
    """Work out paragraphs, zones, sentences and quotations of a document. Linear in its length."""
    shown = readable(document)
    plain, low = fold(shown.text)
    found = words(low)
    cut = paragraphs(shown, plain, low, found, document.title)
    cut, language = _guard_language(cut, found)
    sentences = _sentences(plain, cut, found)
    kept = [(p.start, p.end) for p in cut if p.zone in (Zone.TITLE, Zone.BODY, Zone.OTHER_LANGUAGE)]
    notes = list(shown.notes)
    body = (sentences.zone == int(Zone.BODY)).nonzero()[0]
    if len(body):
        n_words = int((sentences.last_word[body] - sentences.first_word[body]).sum())
        if n_words > UNPUNCTUATED * len(body):
            notes.append("no_sentence_marks")
    if any(p.zone is Zone.OTHER_LANGUAGE for p in cut):
        notes.append("other_language_left_out")
    return Segmented(
        document,
        shown,
        plain,
        low,
        found,
        tuple(cut),
        sentences,
        tuple(quotations(shown.text, kept)),
        language,
        tuple(notes),
    )


def _guard_language(cut: list[Paragraph], found: Words) -> tuple[list[Paragraph], str]:
    """Move body paragraphs in a language without word lists to a zone of their own."""
    result, own, other = [], 0, []
    firsts = found.start.searchsorted([p.start for p in cut]).tolist()
    known = function_words(found.forms)
    for p, first in zip(cut, firsts, strict=True):
        if p.zone is Zone.BODY or p.zone is Zone.TITLE:
            if covered(found.forms, first, first + p.words, known):
                own += p.words
            else:
                other += found.forms[first : first + p.words]
                if p.zone is Zone.BODY:
                    p = p._replace(zone=Zone.OTHER_LANGUAGE)
        result.append(p)
    if not own and not other:
        return result, "und"
    return result, SUPPORTED if own >= len(other) else language_of(other)


def _sentences(plain: str, cut: list[Paragraph], found: Words) -> Sentences:
    ends: list[int] = []
    questions: list[int] = []
    owners: list[
        tuple[int, int, int, bool, int]
    ] = []  # start, number, zone, prose and sentences of each paragraph
    for i, p in enumerate(cut):
        zone = p.zone
        if zone is not Zone.TITLE and zone is not Zone.BODY:
            continue
        own = sentence_ends(plain, p.start, p.end)
        if plain.find("?", p.start, p.end) >= 0:
            questions += [len(ends) + k for k, end in enumerate(own) if _asks(plain, end)]
        owners.append((p.start, i, zone, zone is Zone.BODY and p.shape is Shape.PROSE, len(own)))
        ends += own
    starts, number, zones, prose, counts = np.array(owners, np.int32).reshape(-1, 5).T
    end = np.array(ends, np.int32)
    start = np.empty_like(end)
    start[1:] = end[:-1]  # each begins where the last one ended, the first of a paragraph with it
    start[counts.cumsum() - counts] = starts
    first, last = found.start.searchsorted(np.array([start, end])).astype(np.int32)
    statement = prose.repeat(counts).astype(np.bool_) & (last - first >= 3)
    statement[questions] = False
    zone_of = zones.astype(np.int8).repeat(counts)
    return Sentences(start, end, first, last, zone_of, number.repeat(counts), statement)


def _asks(plain: str, end: int) -> bool:
    """Whether the sentence that ends at `end` ends with a question mark, closing marks aside."""
    tail = plain[max(0, end - 3) : end]
    return "?" in tail and tail.rstrip("\"')] ")[-1:] == "?"
