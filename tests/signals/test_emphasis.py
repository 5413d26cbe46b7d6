"""Emphasis: planted stress is found where it was planted, voices, and measures counted by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.signals.emphasis import FAMILY
from classifier.signals.emphasis.capitals import PLAIN
from classifier.signals.emphasis.mark import KINDS, present
from classifier.signals.extract import extract, mark
from classifier.text.document import Document

LEAD = (
    "The clerk of the parish read the letter to the board in the hall on Monday.\r\n\r\n"
    "The board heard it in silence and then went home by the lower road. "
)
BEFORE = (
    "barrel",
    "harbour",
    "stone",
    "rain",
    "tide,",
    "lamp;",
    "don’t",
    "Ångström",
    "caf\u00e9",
    "مرحبا",
    "\u0130zmir",
)
AFTER = tuple(word for word in BEFORE if word.islower())
STRESSED = ("NEVER", "NOT", "ALL", "TRULY", "TERRIBLE", "RIGHT NOW", "THEY ALL KNOW", "DON’T")


def emphasis(raw: str) -> list[dict[str, object]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return present(marked.text, marked.spans[0])


def measures(raw: str) -> dict[str, float]:
    signals, _ = extract([Document("test", raw)], (FAMILY,))
    return {m.name: float(m.value(signals)[0]) for m in FAMILY.measures}


def kinds(raw: str) -> list[str]:
    return [f"{m['text']} {m['kind']}" for m in emphasis(raw)]


@given(
    left=st.lists(st.sampled_from(AFTER), min_size=1, max_size=6),
    planted=st.sampled_from(STRESSED),
    right=st.lists(st.sampled_from(AFTER), min_size=1, max_size=6),
)
def test_planted_capitals_are_found_where_they_were_planted(
    left: list[str], planted: str, right: list[str]
) -> None:
    before = LEAD + "They " + " ".join(left) + " "
    raw = before + planted + " " + " ".join(right) + "."
    found = [(m["start"], m["end"]) for m in emphasis(raw) if m["kind"] == "capitals"]
    assert found == [(len(before), len(before) + len(planted))], raw


@given(
    left=st.lists(st.sampled_from(AFTER), min_size=1, max_size=6),
    planted=st.sampled_from(
        [
            *(("!", "exclamation"), ("!!!", "exclamation"), ("?!", "exclamation"), ("???", "question_run")),
            *(("...", "ellipsis"), ("…", "ellipsis"), (". . .", "ellipsis")),
        ]
    ),
    right=st.lists(st.sampled_from(AFTER), min_size=1, max_size=6),
)
def test_planted_marks_are_found_where_they_were_planted(
    left: list[str], planted: tuple[str, str], right: list[str]
) -> None:
    sign, kind = planted
    before = LEAD + "They " + " ".join(left).rstrip(",;")
    after = " ".join(right)
    raw = before + sign + " " + (after if kind == "ellipsis" else "It " + after) + "."
    assert (len(before), len(before) + len(sign), kind) in [
        (m["start"], m["end"], m["kind"]) for m in emphasis(raw)
    ], raw


@given(
    left=st.lists(st.sampled_from(BEFORE), min_size=1, max_size=6),
    marks=st.sampled_from(["“”", "‘’", '""', "«»"]),
    planted=st.sampled_from(["help", "free market", "law and order"]),
)
def test_planted_scare_quotes_are_found_where_they_were_planted(
    left: list[str], marks: str, planted: str
) -> None:
    before = LEAD + "They " + " ".join(left) + " "
    quoted = marks[0] + planted + marks[1]
    raw = before + quoted + " came by the harbour road at noon."
    assert (len(before), len(before) + len(quoted), "scare_quotes") in [
        (m["start"], m["end"], m["kind"]) for m in emphasis(raw)
    ], raw


@given(
    st.lists(
        st.sampled_from(
            (*BEFORE, *STRESSED, "!", "?!", "...", "…", "“", "”", '"', "'", "\n\n", "Never.", "\U0001f621")
        ),
        max_size=40,
    )
)
def test_marks_lie_inside_the_text_and_carry_their_words(pieces: list[str]) -> None:
    raw = LEAD + " ".join(pieces)
    for item in emphasis(raw):
        start, stop = item["start"], item["end"]
        assert isinstance(start, int)
        assert isinstance(stop, int)
        assert 0 <= start < stop <= len(raw)
        assert raw[start:stop] == item["text"]
        assert item["kind"] in KINDS
        assert item["zone"] in ("title", "body")


@pytest.mark.parametrize(
    ("raw", "marks"),
    [
        ("“Leave the quay!” the warden said. Nobody did!", ["! quoted", "! writer"]),
        ("He wrote: “This is NOT a drill.” It was NOT.", ["NOT quoted", "NOT writer"]),
    ],
)
def test_the_voice_of_a_stress(raw: str, marks: list[str]) -> None:
    found = emphasis(LEAD + "\n\n" + raw)
    assert [f"{m['text']} {m['voice']}" for m in found if m["kind"] != "short_sentence"] == marks


def test_a_text_in_capitals_stresses_nothing() -> None:
    raw = "THE CLERK WENT HOME AND NEVER CAME BACK. THE MILL STOOD. ALL OF IT WAS SOLD."
    assert kinds(raw) == []


def test_a_headline_in_capitals_stresses_nothing_and_a_word_of_it_does() -> None:
    body = "\n\nThe clerk of the parish read the letter to the board in the hall on Monday."
    assert kinds("THE CLERK WILL NEVER COME BACK" + body) == []
    assert kinds("The Clerk Will NEVER Come Back" + body) == ["NEVER capitals"]
    assert emphasis("The Clerk Will NEVER Come Back" + body)[0]["zone"] == "title"


def test_acronyms_are_no_plain_words() -> None:
    assert not PLAIN & {b"us", b"who", b"it", b"aids", b"nato", b"fbi", b"gop", b"covid", b"ice"}
    assert {b"never", b"not", b"all", b"truth", b"lies"} <= PLAIN


def test_measures_are_counted_by_hand() -> None:
    # 21 words: one run of capitals, one exclamation mark of the writer's and one that is quoted.
    found = measures(
        "The wall will NEVER fall and the roof will hold. Nobody saw it! “Run for it!” the mason said to them."
    )
    assert found["emphasis.writer_per_100_words"] == pytest.approx(100 * 2 / 21)
    assert found["emphasis.quoted_per_100_words"] == pytest.approx(100 / 21)
    assert found["emphasis.capitals_per_100_words"] == pytest.approx(100 / 21)
    assert found["emphasis.exclamations_per_100_words"] == pytest.approx(100 * 2 / 21)
    assert math.isnan(found["emphasis.title_per_word"])


def test_destroyed_quotation_marks_leave_the_voice_undefined() -> None:
    found = measures("?It?s a long road,? he said! They don?t know ?what? they want. ?Never,? she said.")
    assert math.isnan(found["emphasis.writer_per_100_words"])
    assert found["emphasis.exclamations_per_100_words"] > 0


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())
