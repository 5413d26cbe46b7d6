"""Address: planted cues, conditions with an example on the page, voices, and measures counted by hand."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.address import FAMILY, KINDS
from classifier.signals.address.mark import LEXICON, UNLESS
from classifier.signals.extract import extract, mark, scanner
from classifier.signals.family import Measure
from classifier.signals.voices import voiced
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
    "\U0001d5d5ell",
)
PLAIN = sorted({form for e in LEXICON.entries if not e.unless and e.kind != "idiom" for form in e.forms})
OPENING = sorted(
    {
        form
        for e in LEXICON.entries
        if e.unless == ("not_opening",)
        for form in e.forms
        if form != "did you know"
    }
)


def address(raw: str) -> list[dict[str, object]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return voiced(marked.text, marked.spans[0])


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
    found = [(a["start"], a["end"]) for a in address(raw)]
    assert (len(before), len(before) + len(cue)) in found, (raw, found)


@settings(max_examples=100, deadline=None)
@given(cue=st.sampled_from(OPENING), right=st.lists(st.sampled_from(WORDS[:5]), min_size=2, max_size=8))
def test_an_imperative_is_found_where_it_opens_a_sentence(cue: str, right: list[str]) -> None:
    raw = LEAD + cue.capitalize() + " " + " ".join(right) + "."
    found = [(a["start"], a["end"]) for a in address(raw)]
    assert (len(LEAD), len(LEAD) + len(cue)) in found, (raw, found)
    inside = LEAD + "The barrel " + cue + " " + " ".join(right) + "."
    assert not [a for a in address(inside) if a["text"] == cue]


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS[:4]), min_size=1, max_size=9),
    mark_=st.sampled_from(["?", "??", "?!"]),
    after=st.sampled_from(["", " The rain fell on the quay.", "\n\nThe rain fell on the quay."]),
)
def test_a_planted_question_is_found_from_its_first_word_to_its_mark(
    words: list[str], mark_: str, after: str
) -> None:
    question = "Who saw the " + " ".join(words) + mark_
    found = [(a["start"], a["end"]) for a in address(LEAD + question + after) if a["kind"] == "question"]
    assert found == [(len(LEAD), len(LEAD) + len(question))]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from((*WORDS, *PLAIN, "I", "us", "US", "let's", "Look at", "?", ".", "\n\n", "”", '"')),
        max_size=40,
    )
)
def test_marks_lie_inside_the_text_and_show_it(pieces: list[str]) -> None:
    raw = LEAD + " ".join(pieces)
    places = []
    for item in address(raw):
        start, end = item["start"], item["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert 0 <= start < end <= len(raw)
        assert raw[start:end] == item["text"]
        assert item["kind"] in KINDS
        places.append((start, end))
    assert places == sorted(set(places))


@pytest.mark.parametrize("name", sorted(UNLESS))
def test_each_condition_is_named_on_the_page(name: str) -> None:
    assert f"`{name}`" in FAMILY.page()


@pytest.mark.parametrize("name", sorted(UNLESS))
def test_each_condition_holds_somewhere_and_fails_somewhere(name: str) -> None:
    answers = set()
    for example in page_examples(FAMILY.page()):
        context, (hits,) = scanner((FAMILY,)).scan(segment(Document("example", example.text)))
        for word, last, entry in zip(*hits, strict=True):
            if name in LEXICON.entries[entry].unless:
                answers.add(UNLESS[name](context, word, last))
    assert answers == {True, False}


@pytest.mark.parametrize(
    ("raw", "voices"),
    [
        (LEAD + "We sold the mill.", ["writer"]),
        (LEAD + "“We sold the mill,” said the mason.", ["quoted"]),
        (LEAD + "The mason said we sold the mill.", ["writer"]),
        (LEAD + "“We sold it,” said the mason, who told me so.", ["quoted", "writer"]),
        (LEAD + "“Was it sold?” asked the mason. Who knows?", ["quoted", "writer"]),
    ],
)
def test_the_voice_of_a_mark(raw: str, voices: list[str]) -> None:
    assert [a["voice"] for a in address(raw)] == voices


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("World War I was long.", []),
        ("After World War II I moved to the coast.", ["I first_singular"]),
        ("On Tuesday I moved to the coast.", ["I first_singular"]),
        ("The day I left, it rained.", ["I first_singular"]),
        ("Charles I of the hills was short.", []),
        ("The trial, in phase I, was stopped.", []),
        ("He took it, i.e. stole it.", []),
        ("The us navy came.", []),
        ("They told us the truth.", ["us first_plural"]),
        ("THEY SENT US AWAY.", []),
        ("A mine of mine was shut.", ["mine first_singular"]),
        ("He joined We Build and left.", []),
        ("He said: “You know nothing.”", ["You know second"]),
        ("He said, “Look at the quay.”", ["Look at imperative"]),
        ("He read the “look at the quay” sign.", []),
        ("It lets them go.", []),
        ("Let's go to the quay now.", ["Let's imperative"]),
        ("Let’s go to the quay now.", ["Let’s imperative"]),
        ("Call the clerk before noon.", ["Call the imperative"]),
        ("Watch the tide and wait.", ["Watch imperative"]),
        ("Watch towers stood on the hill.", []),
        ("Do not trust the ladder.", ["Do not imperative"]),
        ("Friends, the mill is closed.", ["Friends appeal"]),
        ("Friends, including the mayor, paid.", []),
        ("My friends, the mill is closed.", ["My first_singular", "friends appeal"]),
        ("They saw readers.", []),
        ("It was – you know, late.", []),
        ("The clerk said [f]our boats sank.", []),
        ("See example.org/?a=1 for the map.", []),
        ("He paid 40 (?) crowns.", []),
    ],
)
def test_what_is_marked_in_one_sentence(sentence: str, marks: list[str]) -> None:
    assert [f"{a['text']} {a['kind']}" for a in address(LEAD + "\n\n" + sentence)] == marks


def test_the_headline_is_a_zone_of_its_own() -> None:
    raw = "Why We Sold the Mill?\n\nThe mill of the old town was sold in June, and we were not asked, he said on Monday."
    assert {(a["text"], a["zone"]) for a in address(raw)} == {
        ("Why We Sold the Mill?", "title"),
        ("We", "title"),
        ("we", "body"),
    }


def test_offsets_count_the_raw_text() -> None:
    raw = "\ufeff" + LEAD + "The so\u00adlu\u00adtion &amp; the roof are y\u00adours, <b>I</b> hear."
    found = [(a["start"], a["text"]) for a in address(raw)]
    assert found == [(raw.index("y\u00adours"), "y\u00adours"), (raw.index("I</b>"), "I")]


def test_measures_are_counted_by_hand() -> None:
    # Five statements and a question; 51 words, of them 4 in quotation marks.
    found = measures(
        LEAD
        + "I sold the old mill in June. “You owe us money,” he said. Look at the ledger. Who paid for it?"
    )
    assert found["address.first_singular_writer"] == pytest.approx(100 / 47)
    assert found["address.second_writer"] == 0
    assert found["address.second_quoted"] == pytest.approx(100 / 4)
    assert found["address.first_plural_quoted"] == pytest.approx(100 / 4)
    assert found["address.imperatives_writer"] == pytest.approx(1 / 5)
    assert found["address.questions_writer"] == pytest.approx(1 / 6)
    assert found["address.statements_to_reader"] == pytest.approx(1 / 5)
    assert math.isnan(found["address.title"])


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())


@pytest.mark.parametrize("measure", FAMILY.measures, ids=lambda m: m.name)
def test_a_measure_says_a_sentence(measure: Measure) -> None:
    says = measure.says.format(value=0.25, low=0.1, high=0.2)
    assert not re.search(r"[{}]", says)
    assert "usual" in says
