"""Evidence: planted cues, dates, quantities, names and links, conditions on the page, measures."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.evidence import FAMILY, KINDS
from classifier.signals.evidence.mark import LEXICON, UNLESS
from classifier.signals.evidence.measures import MEASURED
from classifier.signals.extract import extract, mark, scanner
from classifier.signals.family import Measure
from classifier.testing import page_examples
from classifier.text.document import Document
from classifier.text.segment import segment

LEAD = (
    "The clerk of the parish read the list to the board in the hall by the quay.\r\n\r\n"
    "The board heard it in silence and then went home by the lower road. "
)
WORDS = (
    *("barrel", "harbour", "stone", "rain", "the", "tide,", "lamp;", "“quay”", "‘oar’"),
    *("caf\u00e9", "cafe\u0301", "مرحبا", "\U0001f469\u200d\U0001f467", "\U0001f1f3\U0001f1f4"),
)
PLAIN = sorted({(form, e.kind) for e in LEXICON.entries if not e.unless for form in e.forms})
FIGURES = (
    *(("40", "quantity"), ("$1,200", "quantity"), ("12%", "quantity"), ("five percent", "quantity")),
    *(("2016", "date"), ("May 4, 2016", "date"), ("4 May", "date"), ("10:30", "date"), ("5 p.m.", "date")),
    *(
        ("the 1990s", "date"),
        ("Ada Holm", "name"),
        ("NATO", "name"),
        ("Mr. Holm", "name"),
        ("J. R. Holm", "name"),
    ),
    *(("https://example.org/a-4?b=May", "link"), ("www.example.org", "link"), ("4/5/2016", "date")),
)


def marks(raw: str) -> list[tuple[int, int, str]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return [(*marked.text.readable.raw_span(s.start, s.end), s.kind) for s in marked.spans[0]]


def shown(raw: str) -> list[str]:
    return [f"{raw[a:b]} {kind}" for a, b, kind in marks(raw)]


def measures(raw: str) -> dict[str, float]:
    signals, _ = extract([Document("test", raw)], (FAMILY,))
    return {m.name: float(m.value(signals)[0]) for m in FAMILY.measures}


@settings(max_examples=200, deadline=None)
@given(
    left=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    cue=st.sampled_from((*PLAIN, *FIGURES * 20)),
    right=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
)
def test_a_planted_cue_is_found_where_it_was_planted(
    left: list[str], cue: tuple[str, str], right: list[str]
) -> None:
    planted, kind = cue
    before = LEAD + " ".join(left) + " so "
    raw = before + planted + " " + " ".join(right) + "."
    start = len(before) + 4 * planted.startswith("the 1")
    assert (start, len(before) + len(planted), kind) in marks(raw), raw


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                *WORDS,
                *(f for f, _ in FIGURES),
                "May",
                "Monday,",
                "report",
                "study",
                "of",
                "not",
                "Holm",
                "\n\n",
                "”",
            )
        ),
        max_size=40,
    )
)
def test_marks_stand_apart_and_inside_the_text(pieces: list[str]) -> None:
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
        ("It rose from 40 to 50 percent in 2016-17.", ["40 quantity", "50 percent quantity", "2016-17 date"]),
        ("See the tweet by @holm4 on #May2016.", []),
        ("On Tuesday Theresa May spoke to them.", ["Tuesday date", "Theresa May name"]),
        ("They met at noon on May 4th.", ["at noon on May 4th date"]),
        ("The 19th century mill burnt down in Nov. 1890.", ["19th century date", "Nov. 1890 date"]),
        ("Yesterday Holm sold the mill.", ["Yesterday date", "Holm name"]),
        ("Meanwhile Holm sold the mill to Jean-Luc de Vries.", ["Holm name", "Jean-Luc de Vries name"]),
        ("Holm sold the mill.", []),
        ("The paper called the Daily Report printed it.", ["Daily Report name"]),
        (
            "He told the Board of Trade, Lloyd & Co. and the E.U. so.",
            ["Board of Trade name", "Lloyd name", "Co name", "E.U name"],
        ),
        ("SHOCKING NEWS ABOUT THE QUAY IN HOLM TODAY.", []),
        ("A 400-page report was read.", ["400-page quantity", "report document"]),
        ("The boat is kept at an undisclosed location.", ["at an undisclosed location vague_place"]),
        ("Some time ago the bell was sold.", ["Some time ago vague_time"]),
        ("Read page 3 of chapter 4.", []),
        ("It fell in 2016. March was dry.", ["2016 date"]),
        ("It fell in 2016. Monday was dry.", ["2016 date", "Monday date"]),
    ],
)
def test_what_is_marked_in_one_sentence(sentence: str, found: list[str]) -> None:
    assert shown(LEAD + "\n\n" + sentence) == found


def test_quantities_with_a_unit_carry_a_flag() -> None:
    raw = LEAD + "It cost $40, or 12% of it, for two miles and 30 boats."
    flags = [bool(s.flags & MEASURED) for s in mark(Document("t", raw), (FAMILY,)).spans[0]]
    assert flags == [True, True, True, False]


def test_a_text_is_marked_alike_alone_and_in_a_batch() -> None:
    texts = [
        LEAD + "The clerk saw Ada Holm on May 4.",
        "“Holm is here,” Holm said.",
        "",
        "Ada Holm left 40 of us.",
    ]
    documents = [Document(str(i), t) for i, t in enumerate(texts)]
    together = [one.spans for one in extract(documents, (FAMILY,))[1]]
    assert together == [mark(d, (FAMILY,)).spans for d in documents]


def test_measures_are_counted_by_hand() -> None:
    plain = "The clerk read the list to the board in the hall by the quay. "  # 14 words
    own = (
        "On Monday 40 boats left and Ada Holm recently wrote a memo. "  # 12 words: date, quantity, name, memo
    )
    quoted = "“We saw 12% of it,” he said. "  # 5 words quoted of 7
    found = measures(plain * 4 + own + quoted)
    assert found["evidence.quantities_per_100_words"] == pytest.approx(100 * 2 / 75)
    assert found["evidence.measured_per_100_words"] == pytest.approx(100 * 1 / 75)
    for name in ("dates", "names", "documents", "vague_times"):
        assert found[f"evidence.{name}_per_100_words"] == pytest.approx(100 * 1 / 75)
    for name in ("studies", "court_papers", "links", "vague_places"):
        assert found[f"evidence.{name}_per_100_words"] == 0
    assert math.isnan(found["evidence.vague_times_share"])
    assert found["evidence.specific_writer"] == pytest.approx(100 * 4 / 70)
    assert math.isnan(found["evidence.specific_quoted"])
    assert found["evidence.references_writer"] == pytest.approx(100 * 1 / 70)
    assert found["evidence.statements_specific"] == pytest.approx(2 / 6)
    assert found["evidence.statements_figures"] == pytest.approx(2 / 6)
    assert found["evidence.statements_vague"] == pytest.approx(1 / 6)


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())


@pytest.mark.parametrize("measure", FAMILY.measures, ids=lambda m: m.name)
def test_a_measure_says_a_sentence(measure: Measure) -> None:
    says = measure.says.format(value=0.25, low=0.1, high=0.2)
    assert not re.search(r"[{}]", says)
    assert "usual" in says
