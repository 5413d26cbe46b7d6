"""From a document to its structure: all that the signal families need to know of a text, worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.text.addresses import address_words
from classifier.text.document import Document
from classifier.text.fold import folded_together, lowered
from classifier.text.language import FUNCTION_WORDS, SUPPORTED, covered, language_of
from classifier.text.names import Names, names
from classifier.text.paragraphs import FURNITURE_WORDS, Paragraph, Paragraphs, Shape, Zone, paragraphs
from classifier.text.quantities import Quantities, quantities
from classifier.text.quotations import Quotation, quotations
from classifier.text.readable import Readable, readable
from classifier.text.sentences import ABBREVIATIONS, TITLES, sentence_ends
from classifier.text.stretches import Stretches
from classifier.text.syllables import syllables
from classifier.text.variety import Variety, variety
from classifier.text.words import WordClasses, Words, words

# Above this many words a sentence, the text carries no usable sentence marks (a transcript, a feed).
UNPUNCTUATED = 60
# What this module asks of each word, in one look-up.
_CLASSES = WordClasses([*FUNCTION_WORDS.values(), ABBREVIATIONS, TITLES, FURNITURE_WORDS])
_ABBREVIATION, _TITLE, _FURNITURE_WORD = (np.uint16(1 << (len(FUNCTION_WORDS) + i)) for i in range(3))
_PARTED = "\n\n"  # between the texts of a batch: no word, mark or quotation reaches over it
_TAIL = np.array([1, 2, 3])
_QUESTION_MARK = ord("?")


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

    def titled(self) -> Stretches:
        """The stretches of the headline."""
        title = self.zone == Zone.TITLE
        return Stretches(zip(self.start[title].tolist(), self.end[title].tolist(), strict=True))

    def rows(self, first: int, last: int) -> "Sentences":
        """The sentences from `first` up to `last`."""
        return Sentences(
            self.start[first:last],
            self.end[first:last],
            self.first_word[first:last],
            self.last_word[first:last],
            self.zone[first:last],
            self.paragraph[first:last],
            self.statement[first:last],
        )


class Cut:
    """The paragraphs of texts that were worked out together, made into objects for those who ask for them."""

    def __init__(self, found: Paragraphs, begin: NDArray[np.int64]) -> None:
        self._found = found
        self._begin = begin

    def of(self, place: int) -> tuple[Paragraph, ...]:
        """The paragraphs of one text."""
        found, begin = self._found, self._begin[place]
        rows = slice(*found.at[place : place + 2].tolist())
        columns = found.start[rows] - begin, found.end[rows] - begin, found.zone[rows], found.shape[rows]
        return tuple(
            Paragraph(start, end, _ZONES[zone], _SHAPES[shape], words)
            for start, end, zone, shape, words in zip(
                *(one.tolist() for one in columns), found.words[rows].tolist(), strict=True
            )
        )


_ZONES, _SHAPES = tuple(Zone), tuple(Shape)  # by number; calling the class takes ten times as long


class Counted:
    """What is counted over the words of texts worked out together, for all of them when it is first asked for."""

    def __init__(self, plain: str, found: Words, word_at: NDArray[np.int64], sentences: Sentences) -> None:
        self._plain = plain
        self._found = found
        self._word_at = word_at
        self._sentences = sentences

    @cached_property
    def by_text(self) -> list[Quantities]:
        """The quantities of each text."""
        return quantities(self._found).parts(self._word_at)

    @cached_property
    def addresses(self) -> list[NDArray[np.int64]]:
        """The words of each text inside addresses, handles and hashtags, counted from 0 in the text."""
        every = np.array(address_words(self._plain, self._found), np.int64)
        places = every.searchsorted(self._word_at)
        return [every[i:j] - at for i, j, at in zip(places, places[1:], self._word_at[:-1], strict=False)]

    @cached_property
    def names(self) -> list[Names]:
        """The names of each text."""
        body = self._sentences.zone == Zone.BODY
        _, _, first, last, _, _, statement = (column[body] for column in self._sentences)
        return names(self._found, first, last, statement).parts(self._word_at)

    @cached_property
    def syllables(self) -> list[NDArray[np.int32]]:
        """The number of syllables of each word, text by text."""
        return np.split(syllables(self._found), self._word_at[1:-1])

    @cached_property
    def variety(self) -> list[Variety]:
        """Which body words of each text were used before."""
        body = self._sentences.zone == Zone.BODY
        first, last = self._sentences.first_word[body], self._sentences.last_word[body]
        return variety(self._found, first, last, self._word_at)


@dataclass(frozen=True)
class Segmented:
    """A text and its structure. Offsets count characters of ``readable.text``, end exclusive."""

    document: Document
    readable: Readable
    plain: str  # folded, case kept
    words: Words
    sentences: Sentences
    language: str
    notes: tuple[str, ...]
    cut: "Cut"  # for `paragraphs`
    counted: "Counted"  # for `quantities`, `addresses`, `names`, `syllables` and `variety`
    place: int  # of this text among those it was worked out with

    # Not everybody needs these; they are worked out when first asked for.

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in order."""
        return self.cut.of(self.place)

    @cached_property
    def low(self) -> str:
        """The text folded, in lower case."""
        return lowered(self.plain)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of title, body and paragraphs in another language, sorted by start."""
        read = (Zone.TITLE, Zone.BODY, Zone.OTHER_LANGUAGE)
        spans = [(p.start, p.end) for p in self.paragraphs if p.zone in read]
        return tuple(quotations(self.readable.text, self.words, spans))

    @property
    def quantities(self) -> Quantities:
        """The quantities of the whole text, furniture too; words are counted from 0 in the text."""
        return self.counted.by_text[self.place]

    @property
    def addresses(self) -> NDArray[np.int64]:
        """The words inside addresses, handles and hashtags."""
        return self.counted.addresses[self.place]

    @property
    def names(self) -> Names:
        """The names in the body, see `classifier.text.names`; words are counted from 0 in the text."""
        return self.counted.names[self.place]

    @property
    def syllables(self) -> NDArray[np.int32]:
        """The number of syllables of each word."""
        return self.counted.syllables[self.place]

    @property
    def variety(self) -> Variety:
        """Which body words were used before."""
        return self.counted.variety[self.place]

    def zone(self, zone: Zone) -> list[Paragraph]:
        """The paragraphs of one zone, in order."""
        return [p for p in self.paragraphs if p.zone is zone]


class Joint(NamedTuple):
    """Texts worked out together. What is done word by word is done for all of them in one go.

    `plain`, `words` and `sentences` are those of the texts one behind the other; text i begins at character
    ``begin[i]``, and its words and sentences are those from ``word_at[i]`` and ``sentence_at[i]`` up to the
    next text's.
    """

    texts: tuple[Segmented, ...]
    plain: str
    words: Words
    sentences: Sentences
    begin: NDArray[np.int64]
    word_at: NDArray[np.int64]  # (n_texts + 1,)
    sentence_at: NDArray[np.int64]  # (n_texts + 1,)


def alone(text: Segmented) -> Joint:
    """A text as a batch of one."""
    ends = np.array([0, len(text.words.start)]), np.array([0, len(text.sentences.start)])
    return Joint((text,), text.plain, text.words, text.sentences, np.zeros(1, np.int64), *ends)


def segment(document: Document) -> Segmented:
    """Work out paragraphs, zones and sentences of a document. Linear in its length."""
    return segment_all([document]).texts[0]


def segment_all(documents: Sequence[Document]) -> Joint:
    """Work out paragraphs, zones and sentences of documents; each is what it would be alone."""
    shown = [readable(document) for document in documents]
    plain, points = folded_together([one.text for one in shown], _PARTED)
    sizes = np.array([len(one.text) for one in shown], np.int64)
    begin = np.cumsum(sizes + len(_PARTED)) - sizes - len(_PARTED)
    plains = [plain[a:b] for a, b in zip(begin.tolist(), (begin + sizes).tolist(), strict=True)]
    found = words(plain, points)
    parts = found.parts(begin, begin + sizes)
    classes = _CLASSES.of(found)
    hints = (classes & _FURNITURE_WORD) != 0
    cut = paragraphs(shown, plain, found, hints, begin, [document.title for document in documents])
    number = ((cut.zone == Zone.TITLE) | (cut.zone == Zone.BODY)).nonzero()[0]
    doc, zone = cut.text[number], cut.zone[number]
    first = found.start.searchsorted(cut.start[number].astype(np.int32))
    size = cut.words[number]
    ours = covered(found, classes, first, first + size)
    languages = _languages(doc, ours, first, size, classes, len(documents))
    foreign = ~ours & (zone == Zone.BODY)
    cut.zone[number[foreign]] = Zone.OTHER_LANGUAGE
    with_foreign = frozenset(doc[foreign].tolist())
    read = number[ours | (zone == Zone.TITLE)]
    sentences, doc_of = _sentences(plain, found, cut, read, classes)

    sentence_at = doc_of.searchsorted(np.arange(len(documents) + 1))
    word_at = np.append(found.start.searchsorted(begin.astype(np.int32)), len(found.start))
    in_body = sentences.zone == Zone.BODY
    n_sentences = np.bincount(doc_of[in_body], minlength=len(documents))
    n_words = np.bincount(
        doc_of[in_body], (sentences.last_word - sentences.first_word)[in_body], minlength=len(documents)
    )
    unmarked = (n_words > UNPUNCTUATED * n_sentences).tolist()
    own = _own_offsets(sentences, begin[doc_of], word_at[doc_of])
    cut_of, counted = Cut(cut, begin), Counted(plain, found, word_at, sentences)
    texts = []
    places = sentence_at.tolist()
    for i, document in enumerate(documents):
        notes = list(shown[i].notes)
        if unmarked[i]:
            notes.append("no_sentence_marks")
        if i in with_foreign:
            notes.append("other_language_left_out")
        texts.append(
            Segmented(
                document,
                shown[i],
                plains[i],
                parts[i],
                own.rows(places[i], places[i + 1]),
                languages[i],
                tuple(notes),
                cut_of,
                counted,
                i,
            )
        )
    return Joint(tuple(texts), plain, found, sentences, begin, word_at, sentence_at)


def _languages(
    doc: NDArray[np.int64],
    ours: NDArray[np.bool_],
    first: NDArray[np.int64],
    size: NDArray[np.int64],
    classes: NDArray[np.uint16],
    n_docs: int,
) -> list[str]:
    """The language of each document: English if half of the words of title and body are in such paragraphs.

    The paragraphs of title and body: the document of each, whether it reads as English, its first word, its words.
    """
    total = np.bincount(doc, size, minlength=n_docs)
    own = np.bincount(doc[ours], size[ours], minlength=n_docs)
    languages = [SUPPORTED if n else "und" for n in total.tolist()]
    for i in (own < total - own).nonzero()[0].tolist():
        rows = (~ours & (doc == i)).nonzero()[0]
        languages[i] = language_of(np.concatenate([classes[first[j] : first[j] + size[j]] for j in rows]))
    return languages


def _sentences(
    plain: str,
    found: Words,
    cut: Paragraphs,
    read: NDArray[np.int64],
    classes: NDArray[np.uint16],
) -> tuple[Sentences, NDArray[np.int64]]:
    """The sentences of the paragraphs `read`, those of title and body, and the document each is of."""
    doc, starts, ends, zones = cut.text[read], cut.start[read], cut.end[read], cut.zone[read]
    number = read - cut.at[doc]
    end = sentence_ends(plain, found, (classes & _ABBREVIATION) != 0, (classes & _TITLE) != 0, starts, ends)
    last_of = end.searchsorted(ends)  # of each paragraph its last sentence
    counts = np.diff(last_of, prepend=-1)
    start = np.empty_like(end)
    start[1:] = end[:-1]  # each begins where the last one ended, the first of a paragraph with it
    start[last_of + 1 - counts] = starts
    bounds = np.array([start, end], np.int32)
    first, last = found.start.searchsorted(bounds).astype(np.int32)
    prose = (zones == Zone.BODY) & (cut.shape[read] == Shape.PROSE)
    statement = prose.repeat(counts) & (last - first >= 3)
    if "?" in plain:
        near = (
            found.latin[end[:, None] - _TAIL] == _QUESTION_MARK
        )  # before the first character stands the last
        statement[[i for i in near.any(axis=1).nonzero()[0].tolist() if _asks(plain, int(end[i]))]] = False
    sentences = Sentences(
        bounds[0],
        bounds[1],
        first,
        last,
        zones.repeat(counts),
        number.astype(np.int32).repeat(counts),
        statement,
    )
    return sentences, doc.repeat(counts)


def _own_offsets(sentences: Sentences, begin: NDArray[np.int64], word_at: NDArray[np.int64]) -> Sentences:
    """The columns with characters and words counted from the beginning of each sentence's own text."""
    characters, words_before = begin.astype(np.int32), word_at.astype(np.int32)
    return sentences._replace(
        start=sentences.start - characters,
        end=sentences.end - characters,
        first_word=sentences.first_word - words_before,
        last_word=sentences.last_word - words_before,
    )


def _asks(plain: str, end: int) -> bool:
    """Whether the sentence that ends at `end` ends with a question mark, closing marks aside."""
    tail = plain[max(0, end - 3) : end]
    return "?" in tail and tail.rstrip("\"')] ")[-1:] == "?"
