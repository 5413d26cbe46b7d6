"""Certainty: planted cues, conditions with an example on the page, voices, headlines and echoes, measures."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.certainty import FAMILY, KINDS
from classifier.signals.certainty.mark import LEXICON, UNLESS
from classifier.signals.extract import extract, mark, scanner
from classifier.signals.family import Measure
from classifier.testing import page_examples
from classifier.text.document import Document
from classifier.text.segment import segment

LEAD = (
    "The clerk of the parish read the letter to the board in the hall on Monday.\r\n\r\n"
    "The board heard it in silence and then went home by the lower road. "
)
WORDS = (
    *("barrel", "harbour", "stone", "rain", "the", "tide,", "lamp;", "“quay”", "‘oar’", "Ångström"),
    *("caf\u00e9", "cafe\u0301", "\u0130zmir", "مرحبا", "\U0001f469\u200d\U0001f467", "\U0001f1f3\U0001f1f4"),
)
# A question mark alone makes a condition of these entries hold, and no planted sentence has one.
PLAIN = sorted({form for e in LEXICON.entries if set(e.unless) <= {"asked"} for form in e.forms})


def marks(raw: str) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.kind) for s in mark(Document("test", raw), (FAMILY,)).spans[0]]


def cues(raw: str) -> list[str]:
    return [f"{raw[a:b]} {kind}" for a, b, kind in marks(raw) if kind not in ("headline", "echo")]


def measures(raw: str) -> dict[str, float]:
    signals, _ = extract([Document("test", raw)], (FAMILY,))
    return {m.name: float(m.value(signals)[0]) for m in FAMILY.measures}


@settings(max_examples=150, deadline=None)
@given(
    left=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    cue=st.sampled_from(PLAIN),
    right=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
)
def test_a_planted_cue_is_found_where_it_was_planted(left: list[str], cue: str, right: list[str]) -> None:
    before = LEAD + " ".join(left) + " "
    raw = before + cue + " " + " ".join(right) + "."
    readable = mark(Document("test", raw), (FAMILY,)).text.readable
    found = [readable.raw_span(a, b) for a, b, _ in marks(raw)]
    assert (len(before), len(before) + len(cue)) in found, (raw, found)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from((*WORDS, *PLAIN, "all", "very", "certain", "not", "almost", "40", "\n\n", "”", '"')),
        max_size=40,
    )
)
def test_marks_are_sorted_apart_and_inside_the_text(pieces: list[str]) -> None:
    raw = LEAD + " ".join(pieces)
    end = 0
    for start, stop, kind in marks(raw):
        assert end <= start < stop <= len(raw)
        assert kind in KINDS
        end = stop


@pytest.mark.parametrize("name", sorted(UNLESS))
def test_each_condition_is_named_on_the_page(name: str) -> None:
    assert f"`{name}`" in FAMILY.page()


@pytest.mark.parametrize("name", sorted(UNLESS))
def test_each_condition_holds_somewhere_and_fails_somewhere(name: str) -> None:
    answers = set()
    for example in page_examples(FAMILY.page()):
        context, (hits,) = scanner((FAMILY,)).scan(segment(Document("example", example.text)))
        for word, last, entry in zip(hits.word, hits.last, hits.entry, strict=True):
            if name in LEXICON.entries[entry].unless:
                answers.add(UNLESS[name](context, word, last))
    assert answers == {True, False}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It is by no means certain that the mill was sold.", ["by no means absolute"]),
        ("It was pretty much always the clerk.", []),
        ("The clerk hardly ever and almost never came.", []),
        ("The case is all but certain.", []),
        ("There was a lack of definitive proof.", []),
        ("It was not only totally wrong but late.", ["totally intensifier"]),
        ("It is NEVER open.", ["NEVER absolute"]),
        (
            "It has nothing, absolutely nothing.",
            ["nothing absolute", "absolutely booster", "nothing absolute"],
        ),
        ("A very-low roof was built.", []),
        ("The baker is quite certain that he paid.", ["certain booster"]),
        ("It's clear that the bell was sold.", ["clear booster"]),
        ("The mill will surely, without a doubt, fall.", ["surely booster", "without a doubt booster"]),
        ("There is no evidence whatsoever.", ["no evidence whatsoever absolute"]),
        ("Any evidence whatsoever will do.", []),
        ("The firm sold all human goods.", ["all absolute"]),
        ("The firm sold all of them.", []),
    ],
)
def test_what_is_marked_in_one_sentence(sentence: str, found: list[str]) -> None:
    assert cues(LEAD + "\n\n" + sentence) == found


TITLE = "Old Harbour Bridge Will Close in Spring"


def test_headline_and_echoes_share_a_group() -> None:
    echo = "The old harbour bridge may be closing in the spring."
    raw = f"{TITLE}\n\nThe clerk spoke on Monday to the board of the town. {echo} The ferry runs."
    spans = [s for s in mark(Document("t", raw), (FAMILY,)).spans[0] if s.kind in ("headline", "echo")]
    assert [(raw[s.start : s.end], s.kind, s.group) for s in spans] == [
        (TITLE, "headline", 0),
        (echo, "echo", 0),
    ]
    assert spans[1].value == 4  # old and its like are short, closing is a form of close


@pytest.mark.parametrize("title", ["Will the Old Harbour Bridge Close?", "Bridge", "It Is What It Is Now"])
def test_a_headline_that_states_too_little_is_none(title: str) -> None:
    body = "The old harbour bridge will close in the spring, a clerk of the parish said on Monday."
    assert not [m for m in marks(f"{title}\n\n{body} It is so.") if m[2] in ("headline", "echo")]


def test_a_form_is_one_word_by_its_first_five_letters() -> None:
    body = "It closed bridges in old harbours, the clerk said, and went home by the lower road."
    assert ("echo" in [kind for *_, kind in marks(f"{TITLE}\n\n{body}")]) is True


def test_measures_are_counted_by_hand() -> None:
    plain = "The clerk read the list to the board in the hall by the quay. "  # 14 words
    own = "Clearly the mill is very old and the owner never came. "  # 11 words: three of the writer
    quoted = "“The mill is very old,” he said. "  # 5 words quoted of 7
    raw = plain * 4 + own + quoted
    found = measures(raw)
    assert found["certainty.per_100_words"] == pytest.approx(100 * 4 / 74)
    for name in ("boosters", "absolutes", "intensifiers"):
        assert found[f"certainty.{name}_writer"] == pytest.approx(100 * 1 / 69)
    assert math.isnan(found["certainty.per_100_quoted_words"])
    assert found["certainty.statements_writer"] == pytest.approx(1 / 6)
    assert found["certainty.writer_share"] == pytest.approx(3 / 4)
    assert math.isnan(found["certainty.title_share"])


def test_headline_and_echo_are_no_words_of_certainty() -> None:
    raw = f"{TITLE}\n\nThe old harbour bridge will close in the spring, a clerk of the parish said."
    signals, _ = extract([Document("t", raw)], (FAMILY,))
    assert len(signals.doc) == 2
    for measure in FAMILY.measures:
        assert not measure.spans(signals).any()
        assert np.nan_to_num(measure.value(signals))[0] == 0


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())


@pytest.mark.parametrize("measure", FAMILY.measures, ids=lambda m: m.name)
def test_a_measure_says_a_sentence(measure: Measure) -> None:
    says = measure.says.format(value=0.25, low=0.1, high=0.2)
    assert not re.search(r"[{}]", says)
    assert "usual" in says
