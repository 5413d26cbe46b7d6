"""Attribution spans -> named numbers. Undefined is nan; each measure opens to the spans it counts."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from classifier.signals.counting import (
    Floats,
    Mask,
    count,
    flagged,
    group_key,
    in_body,
    in_first_sentences,
    of_beginning,
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
SECOND_HAND = Flag.OWN << 1  # flag of a content: it passes on somebody else's word, see `chains`


def attributed(signals: Signals) -> Mask:
    """Contents in the body that have a source."""
    return of_kind(signals, CONTENT) & in_body(signals) & (signals.value >= 0)


def attributed_named(signals: Signals) -> Mask:
    """Contents in the body whose source is named, a pronoun by what it stands for."""
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
    _, first = np.unique(group_key(signals)[contents], return_index=True)
    mask = np.zeros(len(signals.doc), np.bool_)
    mask[contents[first]] = True
    return mask


def _share(signals: Signals, parts: Mask) -> Floats:
    """Attributions with one of these parts / attributions."""
    first, key = _first_contents(signals), group_key(signals)
    total = count(signals, first)
    some = count(signals, first & np.isin(key, key[parts]))
    return np.where(total >= ENOUGH, ratio(some, total), np.nan)


def _withheld(signals: Signals) -> Mask:
    return of_kind(signals, f"{SOURCE}.withheld") & in_body(signals)


def _class(signals: Signals) -> Mask:
    return of_kind(signals, f"{SOURCE}.class") & in_body(signals)


def _anonymous(signals: Signals) -> Mask:
    return _withheld(signals) | _class(signals)


def _unidentified(signals: Signals) -> Mask:
    return _anonymous(signals) | _nobody(signals)


def _named(signals: Signals) -> Mask:
    return _first_contents(signals) & flagged(signals, Flag.NAMED)


def _second_hand(signals: Signals) -> Mask:
    return of_kind(signals, CONTENT) & in_body(signals) & flagged(signals, SECOND_HAND)


def _nobody(signals: Signals) -> Mask:
    result: Mask = _first_contents(signals) & (signals.value == -1)
    return result


def _direct(signals: Signals) -> Mask:
    return _first_contents(signals) & of_kind(signals, f"{CONTENT}.direct", f"{CONTENT}.mixed")


def _sources(signals: Signals) -> Mask:
    return of_kind(signals, SOURCE) & in_body(signals)


def _source_key(signals: Signals) -> NDArray[np.int64]:
    """A number that the spans of one source in one document have in common, shape (n_spans,)."""
    return signals.doc.astype(np.int64) << 32 | signals.value.astype(np.int64)


def _distinct(signals: Signals) -> Mask:
    """The first span of each distinct source."""
    rows = np.flatnonzero(_sources(signals) & (signals.value >= 0))
    _, first = np.unique(_source_key(signals)[rows], return_index=True)
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
    # Contents of pronouns nobody was found for have a number that no source has: whose they are can't be told.
    key = _source_key(signals)
    known = contents & np.isin(key, key[of_kind(signals, SOURCE) & (signals.value >= 0)])
    keys, which = np.unique(key[known], return_inverse=True)
    largest = np.zeros(signals.n_docs)
    np.maximum.at(largest, keys >> 32, np.bincount(which, weights=size[known], minlength=len(keys)))
    defined = (count(signals, _first_contents(signals)) >= ENOUGH) & (count(signals, known) > 0)
    return np.where(defined, ratio(largest, total), np.nan)


def _words_per_content(signals: Signals) -> Floats:
    contents, size = _content_words(signals)
    total = np.bincount(signals.doc, weights=size, minlength=signals.n_docs).astype(np.float64)
    return ratio(total, count(signals, contents))


def _quoted_words(signals: Signals) -> Floats:
    return _with_marks(signals, ratio(signals.quoted_words.astype(np.float64), signals.body_words))


def _direct_share(signals: Signals) -> Floats:
    return _with_marks(signals, _share(signals, _direct(signals)))


def _opening(signals: Signals) -> Mask:
    """All parts of the attributions whose content begins in the beginning of the body."""
    key = group_key(signals)
    first = _first_contents(signals) & in_first_sentences(signals)
    result: Mask = of_kind(signals, "sourcing") & np.isin(key, key[first])
    return result


_FEW = f"fewer than {ENOUGH} attributions in the body"
_NO_STATEMENTS = "no statements in the body, no usable sentence marks, or the quotation marks were destroyed"
_USUAL = "usual is {low:.0%} to {high:.0%}"

_DENSITY = Measure(
    name="sourcing.density",
    unit="share of statements",
    low=0,
    high=1,
    undefined=_NO_STATEMENTS,
    says="{value:.0%} of the statements are given to a source; " + _USUAL,
    value=_density,
    spans=attributed,
)
_DENSITY_NAMED = Measure(
    name="sourcing.density_named",
    unit="share of statements",
    low=0,
    high=1,
    undefined=_NO_STATEMENTS,
    says="{value:.0%} of the statements are given to a source whose name is given; " + _USUAL,
    value=_density_named,
    spans=attributed_named,
)
_ATTRIBUTIONS = Measure(
    name="sourcing.attributions_per_100_words",
    unit="attributions per 100 words",
    low=0,
    high=100,
    undefined="no body",
    says="{value:.1f} attributions per 100 words; usual is {low:.1f} to {high:.1f}",
    value=lambda s: per_100_words(s, _first_contents(s)),
    spans=_first_contents,
)
_DISTINCT = Measure(
    name="sourcing.distinct_per_100_words",
    unit="distinct sources per 100 words",
    low=0,
    high=100,
    undefined="no body",
    says="{value:.1f} different sources per 100 words; usual is {low:.1f} to {high:.1f}",
    value=lambda s: per_100_words(s, _distinct(s)),
    spans=_distinct,
)
_LARGEST = Measure(
    name="sourcing.largest_share",
    unit="share of attributed words",
    low=0,
    high=1,
    undefined=_FEW + ", or it can't be told whose any of them are",
    says="{value:.0%} of the attributed words come from one source; " + _USUAL,
    value=_largest,
    spans=attributed,
    scored=False,  # longer articles have more sources: mostly length
)


def _share_of_attributions(
    name: str, says: str, parts: Callable[[Signals], Mask], *, scored: bool = False
) -> Measure:
    """The share of attributions that have one of these parts; the parts are its evidence."""
    return Measure(
        name=f"sourcing.{name}",
        unit="share of attributions",
        low=0,
        high=1,
        undefined=_FEW,
        says=f"{{value:.0%}} of the attributions {says}; {_USUAL}",
        value=lambda s: _share(s, parts(s)),
        spans=parts,
        scored=scored,
    )


# Only described (not scored) are further forms of what the scored measures tell, and what goes with length.
MEASURES = (
    _DENSITY,
    _DENSITY_NAMED,
    _share_of_attributions("withheld_share", "go to somebody who is not identified", _withheld, scored=True),
    _share_of_attributions("class_share", "go to a sort of people, such as critics", _class, scored=True),
    _share_of_attributions("nobody_share", "name nobody at all", _nobody, scored=True),
    Measure(
        name="sourcing.direct_share",
        unit="share of attributions",
        low=0,
        high=1,
        undefined=_FEW + ", or the quotation marks were destroyed",
        says="{value:.0%} of the attributions are in the speaker's own words; " + _USUAL,
        value=_direct_share,
        spans=_direct,
    ),
    _ATTRIBUTIONS,
    _DISTINCT,
    _LARGEST,
    Measure(
        name="sourcing.words_per_content",
        unit="words",
        low=0,
        high=float("inf"),
        undefined="nothing is given to a source",
        says="{value:.0f} words are passed on at a time; usual is {low:.0f} to {high:.0f}",
        value=_words_per_content,
        spans=attributed,
    ),
    Measure(
        name="sourcing.quoted_words",
        unit="share of words",
        low=0,
        high=1,
        undefined="no body, or the quotation marks were destroyed",
        says="{value:.0%} of the words stand in quotation marks; usual is {low:.1%} to {high:.0%}",
        value=_quoted_words,
        spans=lambda s: of_kind(s, f"{CONTENT}.direct", f"{CONTENT}.mixed") & in_body(s),
    ),
    _share_of_attributions("named_share", "go to a source whose name is given", _named),
    _share_of_attributions(
        "anonymous_share", "go to somebody or some sort of people without a name", _anonymous
    ),
    _share_of_attributions("unidentified_share", "are anonymous or name nobody at all", _unidentified),
    _share_of_attributions(
        "second_hand_share", "pass on what the source has from somebody else", _second_hand
    ),
    Measure(
        name="sourcing.withheld_per_100_words",
        unit="sources not identified per 100 words",
        low=0,
        high=100,
        undefined="no body",
        says="{value:.1f} times per 100 words somebody speaks who is not identified; usual is {low:.1f} to {high:.1f}",
        value=lambda s: per_100_words(s, _withheld(s)),
        spans=_withheld,
        scored=False,
    ),
    of_beginning(_DENSITY, "sourcing.density_first_300", _opening),
    of_beginning(_DENSITY_NAMED, "sourcing.density_named_first_300", _opening),
    of_beginning(_ATTRIBUTIONS, "sourcing.attributions_first_300", _opening),
    of_beginning(_DISTINCT, "sourcing.distinct_first_300", _opening),
    of_beginning(_LARGEST, "sourcing.largest_share_first_300", _opening),
)
