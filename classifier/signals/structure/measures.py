"""Places that stand out, and facts about the running text -> named numbers. Undefined is nan.

None of them is a length, and each is a mean or a share over units of a kind, or taken at a fixed length. What they
open to are the places that move them most.
"""

import numpy as np
from numpy.typing import NDArray

from classifier.signals.counting import Floats, Mask, count, in_body, of_kind, per_100_words, ratio
from classifier.signals.family import Measure
from classifier.signals.span import Signals
from classifier.signals.structure.mark import FEW_PARAGRAPHS, LONG_SENTENCE, LONG_WORD, REACH
from classifier.text.variety import WINDOW

ENOUGH = 5  # statements: below, their mean length says nothing
# Reading ease, Flesch 1948.
_EASE, _PER_WORD, _PER_SYLLABLE = 206.835, 1.015, 84.6
EASIEST = 120.0  # what sentences of three words of one syllable come close to
ENOUGH_WORDS = 2 * REACH  # body words; below, repetition is not measured


def _summed(signals: Signals, docs: NDArray[np.int32], numbers: NDArray[np.int32]) -> Floats:
    """The sum of the numbers of each document, (n_docs,)."""
    return np.bincount(docs, numbers, minlength=signals.n_docs).astype(np.float64)


def _long_sentences(signals: Signals) -> Mask:
    return of_kind(signals, "structure.long_sentence")


def _long_words(signals: Signals) -> Mask:
    return of_kind(signals, "structure.long_word") & in_body(signals)


def _hard(signals: Signals) -> Mask:
    return _long_sentences(signals) | _long_words(signals)


def _statements(signals: Signals) -> Floats:
    """Number of statements per document; nan where there are too few, or no usable sentence marks."""
    found = np.bincount(signals.sentence_doc[signals.statement], minlength=signals.n_docs)
    return np.where((found >= ENOUGH) & signals.punctuated, found, np.nan)


def _words_in_statements(signals: Signals) -> Floats:
    size = (signals.sentence_last_word - signals.sentence_first_word)[signals.statement]
    return _summed(signals, signals.sentence_doc[signals.statement], size)


def _syllables_in_statements(signals: Signals) -> Floats:
    total = np.concatenate([[0], np.cumsum(signals.prose.syllables, dtype=np.int64)])
    here = signals.statement
    inside = total[signals.sentence_last_word[here]] - total[signals.sentence_first_word[here]]
    return _summed(signals, signals.sentence_doc[here], inside)


def _words_per_sentence(signals: Signals) -> Floats:
    return _words_in_statements(signals) / _statements(signals)


def _syllables_per_word(signals: Signals) -> Floats:
    defined = ~np.isnan(_statements(signals))
    return np.where(defined, ratio(_syllables_in_statements(signals), _words_in_statements(signals)), np.nan)


def _reading_ease(signals: Signals) -> Floats:
    ease = _EASE - _PER_WORD * _words_per_sentence(signals) - _PER_SYLLABLE * _syllables_per_word(signals)
    return np.clip(ease, 0, EASIEST)


def _long_sentence_share(signals: Signals) -> Floats:
    return count(signals, _long_sentences(signals)) / _statements(signals)


def _poor(signals: Signals) -> Mask:
    return of_kind(signals, "structure.poor_vocabulary")


def _vocabulary(signals: Signals) -> Floats:
    return signals.prose.different_words / WINDOW


def _repeats(signals: Signals) -> Mask:
    """Repeats with `REACH` words of body before them: only they had the whole reach to repeat."""
    return of_kind(signals, "structure.repeat") & (signals.value >= REACH)


def _repeated(signals: Signals) -> Floats:
    chosen = _repeats(signals)
    words = _summed(signals, signals.doc[chosen], (signals.last_word - signals.first_word)[chosen])
    read = np.where(signals.body_words >= ENOUGH_WORDS, signals.body_words - REACH, 0)
    return np.minimum(ratio(words, read), 1)


def _short_paragraphs(signals: Signals) -> Mask:
    return of_kind(signals, "structure.short_paragraph")


def _paragraphs(signals: Signals) -> Floats:
    found = signals.prose.paragraphs
    return np.where(found >= FEW_PARAGRAPHS, found, np.nan)


def _furniture(signals: Signals) -> Mask:
    return of_kind(signals, "structure.furniture")


def _furniture_share(signals: Signals) -> Floats:
    chosen = _furniture(signals)
    words = _summed(signals, signals.doc[chosen], signals.value[chosen])
    return ratio(words, words + signals.body_words)


_FEW = f"fewer than {ENOUGH} statements in the body, or no usable sentence marks"
_USUAL = "usual is {low:.0%} to {high:.0%}"
_LOST = f"fewer than {FEW_PARAGRAPHS} paragraphs of prose in the body"

MEASURES = (
    Measure(
        name="structure.words_per_sentence",
        unit="words per statement",
        low=3,
        high=float("inf"),
        undefined=_FEW,
        says="{value:.0f} words a statement; usual is {low:.0f} to {high:.0f}",
        value=_words_per_sentence,
        spans=_long_sentences,
    ),
    Measure(
        name="structure.long_sentences",
        unit="share of statements",
        low=0,
        high=1,
        undefined=_FEW,
        says=f"{{value:.0%}} of the statements have {LONG_SENTENCE} words or more; {_USUAL}",
        value=_long_sentence_share,
        spans=_long_sentences,
    ),
    Measure(
        name="structure.syllables_per_word",
        unit="syllables per word of the statements",
        low=1,
        high=float("inf"),
        undefined=_FEW,
        says="{value:.2f} syllables a word; usual is {low:.2f} to {high:.2f}",
        value=_syllables_per_word,
        spans=_long_words,
    ),
    Measure(
        name="structure.long_words_per_100_words",
        unit="long words per 100 words",
        low=0,
        high=100,
        undefined="no words in the body",
        says=f"{{value:.1f}} words of {LONG_WORD} letters or more per 100 words; usual is {{low:.1f}} to {{high:.1f}}",
        value=lambda s: per_100_words(s, _long_words(s)),
        spans=_long_words,
    ),
    Measure(
        name="structure.reading_ease",
        unit="points of Flesch's reading ease",
        low=0,
        high=EASIEST,
        undefined=_FEW,
        says="the reading ease is {value:.0f} of 100; usual is {low:.0f} to {high:.0f}",
        value=_reading_ease,
        spans=_hard,
    ),
    Measure(
        name="structure.vocabulary",
        unit=f"share of different words in {WINDOW} words",
        low=0,
        high=1,
        undefined=f"fewer than {WINDOW} words in the body",
        says=f"{{value:.0%}} of {WINDOW} words on end are different ones; usual is {{low:.0%}} to {{high:.0%}}",
        value=_vocabulary,
        spans=_poor,
    ),
    Measure(
        name="structure.repeated_words",
        unit="share of words",
        low=0,
        high=1,
        undefined=f"fewer than {ENOUGH_WORDS} words in the body",
        says=f"{{value:.1%}} of the words repeat a phrase of the {REACH} words before; {_USUAL}",
        value=_repeated,
        spans=_repeats,
    ),
    Measure(
        name="structure.words_per_paragraph",
        unit="words per paragraph",
        low=0,
        high=float("inf"),
        undefined=_LOST,
        says="{value:.0f} words a paragraph; usual is {low:.0f} to {high:.0f}",
        value=lambda s: s.body_words / _paragraphs(s),
        spans=_short_paragraphs,
        scored=False,  # nearly goes with the length, and many corpora have lost their line breaks
    ),
    Measure(
        name="structure.short_paragraphs",
        unit="share of paragraphs",
        low=0,
        high=1,
        undefined=_LOST,
        says="{value:.0%} of the paragraphs have ten words at most; usual is {low:.0%} to {high:.0%}",
        value=lambda s: count(s, _short_paragraphs(s)) / _paragraphs(s),
        spans=_short_paragraphs,
    ),
    Measure(
        name="structure.furniture_share",
        unit="share of words",
        low=0,
        high=1,
        undefined="no title and no body",
        says="{value:.0%} of the words are page furniture; usual is {low:.0%} to {high:.0%}",
        value=_furniture_share,
        spans=_furniture,
        scored=False,  # it tells how a corpus was collected, not how an article is written
    ),
)
