"""Emotive words: planted cues, conditions with an example on the page, direction, strength, voices, measures."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import FamilyError
from classifier.signals.emotive import FAMILY, KINDS
from classifier.signals.emotive.mark import LEXICON, UNLESS, _reading, present
from classifier.signals.extract import extract, mark, scanner
from classifier.signals.family import Measure
from classifier.signals.lexicon import Entry
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
TERM = "term"
MARKING = [e for e in LEXICON.entries if e.kind != TERM]
# A name inside a sentence needs a capital: in lower case the condition never holds.
PLAIN = sorted({form for e in MARKING if set(e.unless) <= {"in_name"} for form in e.forms})
TERMS = sorted({form for e in LEXICON.entries if e.kind == TERM for form in e.forms})


def emotive(raw: str) -> list[dict[str, object]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return present(marked.text, marked.spans[0])


def measures(raw: str) -> dict[str, float]:
    signals, _ = extract([Document("test", raw)], (FAMILY,))
    return {m.name: float(m.value(signals)[0]) for m in FAMILY.measures}


def test_the_lexicon_is_large_and_no_form_is_of_two_kinds() -> None:
    forms = [form for entry in LEXICON.entries for form in entry.forms]
    assert len(set(forms)) == len(forms)
    assert sum(len(entry.forms) for entry in MARKING) >= 1000


def test_every_kind_is_in_the_lexicon_with_direction_and_strength() -> None:
    assert {re.split("[-+=]", entry.kind)[0] for entry in MARKING} == set(KINDS)
    with pytest.raises(FamilyError, match="'dread' is no kind with direction and strength"):
        _reading(Entry("x", ("x",), "dread", (), "x"))


@settings(max_examples=150, deadline=None)
@given(
    left=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    cue=st.sampled_from(PLAIN),
    right=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
)
def test_a_planted_cue_is_found_where_it_was_planted(left: list[str], cue: str, right: list[str]) -> None:
    before = LEAD + " ".join(left) + " "
    raw = before + cue + " " + " ".join(right) + "."
    found = [(e["start"], e["end"]) for e in emotive(raw)]
    assert (len(before), len(before) + len(cue)) in found, (raw, found)


@settings(max_examples=150, deadline=None)
@given(left=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), term=st.sampled_from(TERMS))
def test_nothing_is_marked_in_a_term(left: list[str], term: str) -> None:
    assert emotive(LEAD + " ".join(left) + " " + term + " stone barrel.") == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from((*WORDS, *PLAIN, *TERMS, "Horror", "slammed", "not", "\n\n", "”", '"')), max_size=40
    )
)
def test_marks_are_sorted_apart_and_inside_the_text(pieces: list[str]) -> None:
    raw = LEAD + " ".join(pieces)
    last = 0
    for item in emotive(raw):
        start, end = item["start"], item["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert last <= start < end <= len(raw)
        assert raw[start:end] == item["text"]
        assert item["kind"] in KINDS
        assert item["strength"] in (1, 2, 3)
        assert item["direction"] in ("against", "for", "neither")
        last = end


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
        (LEAD + "The sale was disgraceful.", ["writer"]),
        (LEAD + "“The sale was disgraceful,” said the mason.", ["quoted"]),
        (LEAD + "The mason said the sale was disgraceful.", ["writer"]),
        (LEAD + "“It was disgraceful,” said the furious mason.", ["quoted", "writer"]),
    ],
)
def test_the_voice_of_a_mark(raw: str, voices: list[str]) -> None:
    assert [e["voice"] for e in emotive(raw)] == voices


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The sale was disgraceful.", ("outrage", "against", 3, False)),
        ("The sale was not disgraceful.", ("outrage", "against", 3, True)),
        ("The sale was not only disgraceful.", ("outrage", "against", 3, False)),
        ("It was no doubt disgraceful.", ("outrage", "against", 3, False)),
        ("There was not one, and disgraceful it was.", ("outrage", "against", 3, False)),
        ("The guests are sad.", ("grief", "against", 1, False)),
        ("The mason was brave.", ("praise", "for", 2, False)),
        ("The heir gushed about it.", ("loaded_verb", "for", 2, False)),
        ("The heir slammed the board.", ("loaded_verb", "against", 3, False)),
        ("A bombshell was read out.", ("sensation", "neither", 3, False)),
    ],
)
def test_direction_strength_and_denial(sentence: str, told: tuple[object, ...]) -> None:
    (item,) = emotive(LEAD + sentence)
    assert (item["kind"], item["direction"], item["strength"], item["negated"]) == told


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("The clerk saw DISGRACEFUL scenes.", ["DISGRACEFUL"]),
        ("The clerk read The Furious by a baker.", []),
        ("The clerk said: “Disgraceful scenes.”", ["Disgraceful"]),
        ("Furious guests left the hall.", ["Furious"]),
        ("He met the Deep State and Crooked Hillary.", ["Deep State", "Crooked Hillary"]),
        ("Savage said the boat was his.", []),
        ("They sailed in spite of the storm.", []),
        ("A self-righteous baron spoke.", ["self-righteous"]),
        ("A shame-free day was held.", []),
        ("She slammed the door and left.", []),
        ("He slammed into the wall.", []),
        ("He ripped the flag.", []),
        ("He ripped Rook over the toll.", ["ripped"]),
        ("The town was devastated by the flood.", []),
        ("The widow feels devastated.", ["devastated"]),
        ("Norway held the baron in contempt of court.", []),
        ("The baron spoke with contempt.", ["contempt"]),
        ("He was feared dead in the flood.", []),
        ("I'm afraid the mill is closed.", []),
        ("The guests were afraid.", ["afraid"]),
    ],
)
def test_what_is_marked_in_one_sentence(sentence: str, marks: list[str]) -> None:
    assert [e["text"] for e in emotive(LEAD + "\n\n" + sentence)] == marks


def test_the_headline_is_a_zone_of_its_own() -> None:
    raw = "Furious Mayor Slams Board\n\nThe furious mayor of the old town spoke to the board in the hall on Monday."
    assert [(e["text"], e["zone"]) for e in emotive(raw)] == [
        ("Furious", "title"),
        ("Slams", "title"),
        ("furious", "body"),
    ]


def test_offsets_count_the_raw_text() -> None:
    raw = (
        "\ufeff"
        + LEAD
        + "A shock\u00ading &quot;sale&quot; &amp; a <b>dis\u00adgraceful</b> letter were seen."
    )
    places = [raw.index("shock\u00ad"), raw.index("dis\u00ad")]
    assert [(e["start"], e["text"]) for e in emotive(raw)] == list(
        zip(places, ("shock\u00ading", "dis\u00adgraceful"), strict=True)
    )


def test_measures_are_counted_by_hand() -> None:
    # Five statements, 50 words, of them 4 in quotation marks.
    found = measures(
        LEAD + "The disgraceful toll was a bombshell. “You are a liar,” he said. "
        "The brave mason was not angry or sad."
    )
    assert found["emotive.writer"] == pytest.approx(100 * 3 / 46)
    assert found["emotive.quoted"] == pytest.approx(100 / 4)
    assert found["emotive.against_writer"] == pytest.approx(100 / 46)
    assert found["emotive.for_writer"] == pytest.approx(100 / 46)
    assert found["emotive.strong_writer"] == pytest.approx(100 * 2 / 46)
    assert found["emotive.outrage_writer"] == pytest.approx(100 / 46)
    assert found["emotive.sensation_writer"] == pytest.approx(100 / 46)
    assert found["emotive.blame_writer"] == 0
    assert found["emotive.statements_writer"] == pytest.approx(2 / 5)
    assert found["emotive.writer_share"] == pytest.approx(3 / 4)
    assert math.isnan(found["emotive.title"])


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())


@pytest.mark.parametrize("measure", FAMILY.measures, ids=lambda m: m.name)
def test_a_measure_says_a_sentence(measure: Measure) -> None:
    says = measure.says.format(value=0.25, low=0.1, high=0.2)
    assert not re.search(r"[{}]", says)
    assert "usual" in says
