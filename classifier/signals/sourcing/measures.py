"""Attribution spans -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

import numpy as np

from classifier.signals.counting import (
    Floats,
    Mask,
    count,
    flagged,
    in_body,
    of_kind,
    per_100_words,
    ratio,
    sentences_covered,
    share_of_statements,
)
from classifier.signals.family import Measure
from classifier.signals.span import Flag, Signals

SOURCE, CUE, CONTENT = "sourcing.source", "sourcing.cue", "sourcing.content"
ENOUGH = 3  # attributions: below, a share of them says nothing


def attributed(signals: Signals) -> Mask:
    """Contents in the body that have a source."""
    return of_kind(signals, CONTENT) & in_body(signals) & (signals.value >= 0)


def attributed_named(signals: Signals) -> Mask:
    """Contents in the body whose source is named in place."""
    return attributed(signals) & flagged(signals, Flag.NAMED)


def attributed_statements(signals: Signals) -> Mask:
    """Sentences with at least half of their words in the content of a source, shape (n_sentences,)."""
    return sentences_covered(signals, attributed(signals))


def _density(signals: Signals) -> Floats:
    return _with_marks(signals, share_of_statements(signals, attributed_statements(signals)))


def _density_named(signals: Signals) -> Floats:
    return _with_marks(
        signals, share_of_statements(signals, sentences_covered(signals, attributed_named(signals)))
    )


def _with_marks(signals: Signals, values: Floats) -> Floats:
    """Undefined where the quotation marks were destroyed: what was quoted can't be told there."""
    result: Floats = np.where(signals.marked_quotes, values, np.nan)
    return result


def _first_contents(signals: Signals) -> Mask:
    """One content of each attribution: so that attributions can be counted whether or not they have a source or cue."""
    contents = np.flatnonzero(of_kind(signals, CONTENT) & in_body(signals))
    key = signals.doc[contents].astype(np.int64) << 32 | signals.group[contents]
    _, first = np.unique(key, return_index=True)
    mask = np.zeros(len(signals.doc), np.bool_)
    mask[contents[first]] = True
    return mask


def _share(signals: Signals, some: Mask) -> Floats:
    total = count(signals, _first_contents(signals))
    return np.where(total >= ENOUGH, ratio(count(signals, some), total), np.nan)


def _withheld(signals: Signals) -> Mask:
    return of_kind(signals, f"{SOURCE}.withheld") & in_body(signals)


def _class(signals: Signals) -> Mask:
    return of_kind(signals, f"{SOURCE}.class") & in_body(signals)


def _nobody(signals: Signals) -> Mask:
    result: Mask = _first_contents(signals) & (signals.value == -1)
    return result


def _direct(signals: Signals) -> Mask:
    return _first_contents(signals) & of_kind(signals, f"{CONTENT}.direct", f"{CONTENT}.mixed")


def _sources(signals: Signals) -> Mask:
    return of_kind(signals, SOURCE) & in_body(signals)


def _distinct(signals: Signals) -> Mask:
    """The first span of each distinct source."""
    rows = np.flatnonzero(_sources(signals) & (signals.value >= 0))
    key = signals.doc[rows].astype(np.int64) << 32 | signals.value[rows]
    _, first = np.unique(key, return_index=True)
    mask = np.zeros(len(signals.doc), np.bool_)
    mask[rows[first]] = True
    return mask


def _content_words(signals: Signals) -> tuple[Mask, Floats]:
    contents = attributed(signals)
    size = (signals.last_word - signals.first_word).astype(np.float64)
    return contents, np.where(contents, size, 0.0)


def _largest(signals: Signals) -> Floats:
    contents, size = _content_words(signals)
    total = np.bincount(signals.doc, weights=size, minlength=signals.n_docs)
    rows = np.flatnonzero(contents)
    key = signals.doc[rows].astype(np.int64) << 32 | signals.value[rows]
    keys, which = np.unique(key, return_inverse=True)
    largest = np.zeros(signals.n_docs)
    np.maximum.at(
        largest, (keys >> 32).astype(np.int64), np.bincount(which, weights=size[rows], minlength=len(keys))
    )
    enough = count(signals, _first_contents(signals)) >= ENOUGH
    return np.where(enough, ratio(largest, total), np.nan)


def _words_per_content(signals: Signals) -> Floats:
    contents, size = _content_words(signals)
    total = np.bincount(signals.doc, weights=size, minlength=signals.n_docs).astype(np.float64)
    return ratio(total, count(signals, contents))


def _quoted_words(signals: Signals) -> Floats:
    return _with_marks(signals, ratio(signals.quoted_words.astype(np.float64), signals.body_words))


def _direct_share(signals: Signals) -> Floats:
    return _with_marks(signals, _share(signals, _direct(signals)))


_FEW = f"fewer than {ENOUGH} attributions in the body"
_NO_STATEMENTS = "no statements in the body, no usable sentence marks, or the quotation marks were destroyed"

MEASURES = (
    Measure(
        "sourcing.density",
        "share of statements",
        0,
        1,
        _NO_STATEMENTS,
        "{value:.0%} of the statements are given to a source; usual is {low:.0%} to {high:.0%}",
        _density,
        attributed,
    ),
    Measure(
        "sourcing.density_named",
        "share of statements",
        0,
        1,
        _NO_STATEMENTS,
        "{value:.0%} of the statements are given to a source named on the spot; usual is {low:.0%} to {high:.0%}",
        _density_named,
        attributed_named,
    ),
    Measure(
        "sourcing.withheld_share",
        "share of attributions",
        0,
        1,
        _FEW,
        "{value:.0%} of the attributions go to somebody who is not identified; usual is {low:.0%} to {high:.0%}",
        lambda s: _share(s, _withheld(s)),
        _withheld,
    ),
    Measure(
        "sourcing.class_share",
        "share of attributions",
        0,
        1,
        _FEW,
        "{value:.0%} of the attributions go to a sort of people, such as critics; usual is {low:.0%} to {high:.0%}",
        lambda s: _share(s, _class(s)),
        _class,
    ),
    Measure(
        "sourcing.nobody_share",
        "share of attributions",
        0,
        1,
        _FEW,
        "{value:.0%} of the attributions name nobody at all; usual is {low:.0%} to {high:.0%}",
        lambda s: _share(s, _nobody(s)),
        _nobody,
    ),
    Measure(
        "sourcing.direct_share",
        "share of attributions",
        0,
        1,
        _FEW + ", or the quotation marks were destroyed",
        "{value:.0%} of the attributions are in the speaker's own words; usual is {low:.0%} to {high:.0%}",
        _direct_share,
        _direct,
    ),
    Measure(
        "sourcing.attributions_per_100_words",
        "attributions per 100 words",
        0,
        100,
        "no body",
        "{value:.1f} attributions per 100 words; usual is {low:.1f} to {high:.1f}",
        lambda s: per_100_words(s, _first_contents(s)),
        _first_contents,
    ),
    Measure(
        "sourcing.distinct_per_100_words",
        "distinct sources per 100 words",
        0,
        100,
        "no body",
        "{value:.1f} different sources per 100 words; usual is {low:.1f} to {high:.1f}",
        lambda s: per_100_words(s, _distinct(s)),
        _distinct,
    ),
    Measure(
        "sourcing.largest_share",
        "share of attributed words",
        0,
        1,
        _FEW,
        "{value:.0%} of the attributed words come from one source; usual is {low:.0%} to {high:.0%}",
        _largest,
        attributed,
        scored=False,  # longer articles have more sources: mostly length
    ),
    Measure(
        "sourcing.words_per_content",
        "words",
        0,
        float("inf"),
        "nothing is given to a source",
        "{value:.0f} words are passed on at a time; usual is {low:.0f} to {high:.0f}",
        _words_per_content,
        attributed,
    ),
    Measure(
        "sourcing.quoted_words",
        "share of words",
        0,
        1,
        "no body, or the quotation marks were destroyed",
        "{value:.0%} of the words stand in quotation marks; usual is {low:.0%} to {high:.0%}",
        _quoted_words,
        lambda s: of_kind(s, f"{CONTENT}.direct", f"{CONTENT}.mixed") & in_body(s),
    ),
)
