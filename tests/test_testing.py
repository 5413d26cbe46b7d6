"""`check_family` accepts a sound family of another package and names the first promise a faulty one breaks."""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from classifier.errors import FamilyError
from classifier.signals.counting import in_body, of_kind, per_100_words
from classifier.signals.family import Family, Measure
from classifier.signals.lexicon import Lexicon, parse_lexicon
from classifier.signals.registry import load_families
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Signals, Span
from classifier.testing import check_family, family_faults, page_examples

LEXICON = parse_lexicon(
    "# invented, CC0\ncue\tkind\tunless\twhy\nawful\tstrong\tnamed\tloaded\nsad\tweak\t\tloaded\n", "cues.tsv"
)
PAGE = """# Loaded words

## Marks

- An [awful]{.strong} day.
- A [sad]{.weak} day.

## Leaves alone

- The village of Awful.

## Known misses

- A [horrid]{.strong} day.
"""


def named(context: Context, word: int, last: int) -> bool:
    return word > 0 and context.shown(last - 1)[0].isupper()


def mark(context: Context, hits: Hits) -> Iterator[Span]:
    for word, last, index in zip(hits.word, hits.last, hits.entry, strict=True):
        entry = LEXICON.entries[index]
        if "named" not in entry.unless or not named(context, word, last):
            yield Span(context.starts[word], context.ends[last - 1], entry.kind)


def counted(signals: Signals) -> np.ndarray:
    return of_kind(signals, "loaded") & in_body(signals)


MEASURE = Measure(
    "loaded.per_100_words",
    "words",
    0,
    100,
    "no body",
    "{value:.1f} loaded words",
    lambda s: per_100_words(s, counted(s)),
    counted,
)


class Loaded(Family):
    """A family whose page is given here, not in a package."""

    text = PAGE

    def page(self) -> str:
        return self.text


def family(page: str = PAGE, **changes: object) -> Family:
    made = Loaded("loaded", ("strong", "weak"), LEXICON, mark, (MEASURE,), "nowhere", {"named": named})
    made = replace(made, **changes)  # type: ignore[arg-type]
    type(made).text = page
    return made


def test_a_sound_family_of_another_package_passes() -> None:
    check_family(family())


def test_the_built_in_families_pass() -> None:
    for one in load_families(("hedges", "sourcing")):
        check_family(one)


def far(context: Context, hits: Hits) -> Iterator[Span]:
    yield from mark(context, hits)
    if context.starts:
        yield Span(len(context.text.plain), len(context.text.plain) + 5, "weak")


def strange(context: Context, hits: Hits) -> Iterator[Span]:
    for span in mark(context, hits):
        yield span._replace(kind="odd") if span.kind == "weak" else span


def batchwise(signals: Signals) -> np.ndarray:
    return np.full(signals.n_docs, float(signals.n_docs > 1))


@pytest.mark.parametrize(
    ("changes", "page", "says"),
    [
        ({"name": "Loaded words"}, PAGE, "is not one lower-case word"),
        ({"kinds": ("strong", "strong", "weak")}, PAGE, "repeat themselves"),
        ({"unless": {}}, PAGE, "names 'named', which the family's unless lacks"),
        ({"measures": (replace(MEASURE, name="other.per_100_words"),)}, PAGE, "does not begin with the family's name"),
        ({"measures": (replace(MEASURE, unit=""),)}, PAGE, "lacks a unit"),
        ({}, PAGE.replace("## Leaves alone", "## Leaves"), "no example under 'Leaves alone'"),
        ({}, PAGE.replace("[awful]{.strong}", "awful"), "shows no example of the kind 'strong'"),
        ({}, PAGE.replace("[sad]{.weak}", "[sad]{.strong}"), "misses"),
        ({}, PAGE.replace("The village of Awful.", "An awful village."), "marks [awful]{.strong}"),
        ({}, PAGE.replace("[horrid]", "[awful]"), "is marked now; move it to 'Marks'"),
        ({"mark": far}, PAGE, "lies outside a text"),
        ({"measures": (replace(MEASURE, high=0.5),)}, PAGE, "leaves its range"),
        ({"measures": (replace(MEASURE, undefined=""),)}, PAGE, "is nan without saying when"),
        ({"measures": (replace(MEASURE, value=batchwise),)}, PAGE, "differs between one document and a batch"),
        ({"measures": (replace(MEASURE, value=lambda s: np.zeros(s.n_docs, int)),)}, PAGE, "not float64"),
        ({"measures": (replace(MEASURE, spans=lambda s: np.zeros(3, bool)),)}, PAGE, "are no mask over the spans"),
    ],
)  # fmt: skip
def test_a_broken_promise_is_named(changes: dict[str, object], page: str, says: str) -> None:
    with pytest.raises(FamilyError, match=re.escape(says)):
        for fault in family_faults(family(page, **changes)):
            if says in fault:
                raise FamilyError(fault)


def test_a_kind_that_is_not_listed_is_refused() -> None:
    with pytest.raises(FamilyError):
        check_family(family(mark=strange, lexicon=Lexicon(LEXICON.entries, "")))


def test_examples_are_read_with_their_places() -> None:
    marks = [e for e in page_examples(PAGE) if e.section == "Marks"]
    assert marks[0].text == "An awful day."
    assert marks[0].spans == (Span(3, 8, "strong"),)
    assert page_examples("## Marks\n- one\\ntwo [x]{.y}")[0].text == "one\ntwo x"
