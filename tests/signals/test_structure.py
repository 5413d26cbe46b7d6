"""Structure: planted places are found where they were planted, and measures against counting by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.signals.extract import extract, mark
from classifier.signals.structure import FAMILY
from classifier.signals.structure.mark import KINDS, LONG_SENTENCE, LONG_WORD, POOR, present
from classifier.text.document import Document
from classifier.text.syllables import syllables
from classifier.text.variety import WINDOW
from classifier.text.words import words

LEAD = (
    "The clerk of the parish read the letter to the board in the hall on Monday.\r\n\r\n"
    "The board heard it in silence and then went home by the lower road. "
)
WORDS = (
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


def structure(raw: str) -> list[dict[str, object]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return present(marked.text, marked.spans[0])


def places(raw: str, kind: str) -> list[tuple[object, object]]:
    return [(m["start"], m["end"]) for m in structure(raw) if m["kind"] == kind]


def measures(raw: str) -> dict[str, float]:
    signals, _ = extract([Document("test", raw)], (FAMILY,))
    return {m.name: float(m.value(signals)[0]) for m in FAMILY.measures}


@given(
    left=st.lists(st.sampled_from(WORDS), max_size=8),
    planted=st.text("bdgmnrst", min_size=LONG_WORD, max_size=30),
    right=st.lists(st.sampled_from(WORDS), max_size=8),
)
def test_a_planted_long_word_is_found(left: list[str], planted: str, right: list[str]) -> None:
    before = LEAD + " ".join(["They", *left]) + " "
    raw = before + " ".join([planted, *right]) + "."
    assert places(raw, "long_word") == [(len(before), len(before) + len(planted))]


@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=25))
def test_a_sentence_is_long_by_its_words(pieces: list[str]) -> None:
    sentence = "They " + " of the ".join(pieces).rstrip(",;") + "."
    raw = LEAD + sentence
    found = [(len(LEAD), len(raw))] if len(words(sentence).start) >= LONG_SENTENCE else []
    assert places(raw, "long_sentence") == found


@given(
    between=st.lists(st.text("bdgmnrst", min_size=6, max_size=12), min_size=1, max_size=20, unique=True),
    phrase=st.sampled_from(
        ["wind over the harbour", "they locked every door", "no masons came near us again"]
    ),
)
def test_a_phrase_said_again_is_found_the_second_time(between: list[str], phrase: str) -> None:
    before = f"{LEAD}So {phrase}. It was {' of '.join(between)} in the end. Then "
    raw = f"{before}{phrase}, at last."
    assert places(raw, "repeat") == [(len(before), len(before) + len(phrase))]


def test_a_phrase_out_of_reach_is_not_said_again() -> None:
    far = " ".join(f"w{i}x" for i in range(200))
    assert places(f"{LEAD}They locked every door. {far}. They locked every door.", "repeat") == []


def test_furniture_and_short_paragraphs_are_blocks() -> None:
    raw = (
        LEAD
        + "\n\nNobody came to it.\n\nShare this article\n\nTweet\n\nThe clerk went home by the lower road."
    )
    assert [raw[a:b] for a, b in places(raw, "short_paragraph")] == [  # type: ignore[misc]
        "Nobody came to it.",
        "The clerk went home by the lower road.",
    ]
    assert [raw[a:b] for a, b in places(raw, "furniture")] == ["Share this article\n\nTweet"]  # type: ignore[misc]
    assert [m["zone"] for m in structure(raw) if m["kind"] == "furniture"] == ["furniture"]


def test_few_paragraphs_may_be_lost_line_breaks() -> None:
    assert places("Nobody came to it.\n\nThe clerk went home by the lower road.", "short_paragraph") == []


@given(
    st.lists(
        st.sampled_from(
            (*WORDS, "internationally", "Share this", "\n\n", ".", "!", "“", "”", "they locked every door")
        ),
        max_size=60,
    )
)
def test_marks_lie_inside_the_text_and_carry_their_words(pieces: list[str]) -> None:
    raw = LEAD + " ".join(pieces)
    for item in structure(raw):
        start, stop = item["start"], item["end"]
        assert isinstance(start, int)
        assert isinstance(stop, int)
        assert 0 <= start < stop <= len(raw)
        assert raw[start:stop] == item["text"]
        assert item["kind"] in KINDS


SENTENCES = (
    "The wall may fall soon.",
    "The roof will hold the winter.",
    "Authorities inspected every chimney of the village.",
    "Nobody came.",  # too short for a statement
    "Who would have come?",  # a question
    "The gate stood quite firm in the storm.",
    "The mill was sold.",
)


def test_means_are_counted_by_hand() -> None:
    found = measures(" ".join(SENTENCES))
    counted = [s for s in SENTENCES if not s.endswith("?") and len(s.split()) >= 3]
    n_words = sum(len(s.split()) for s in counted)
    n_syllables = sum(int(syllables(words(s)).sum()) for s in counted)
    assert found["structure.words_per_sentence"] == pytest.approx(n_words / 5)
    assert found["structure.syllables_per_word"] == pytest.approx(n_syllables / n_words)
    assert found["structure.reading_ease"] == pytest.approx(
        206.835 - 1.015 * n_words / 5 - 84.6 * n_syllables / n_words
    )
    assert found["structure.long_sentences"] == 0
    assert math.isnan(found["structure.vocabulary"])
    assert math.isnan(found["structure.repeated_words"])
    assert math.isnan(found["structure.words_per_paragraph"])


def varied(different: int) -> list[str]:
    """Words of which each `different` on end differ, then come again; English enough for the text layer."""
    small = (
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "was",
        "for",
        "with",
        "they",
        "from",
        "by",
        "at",
        "were",
        "which",
    )
    cycle = [word for i in range(30) for word in (small[i] if i < len(small) else f"w{i}x", f"v{i}x")]
    return [cycle[i % different] for i in range(WINDOW + 20)]


def test_vocabulary_is_the_mean_over_equal_stretches() -> None:
    forms = varied(POOR)
    stretches = [len(set(forms[i : i + WINDOW])) for i in range(21)]
    found = measures(" ".join(forms) + ".")["structure.vocabulary"]
    assert found == pytest.approx(sum(stretches) / 21 / WINDOW)


def test_few_different_words_in_a_stretch_are_marked() -> None:
    poor = " ".join(varied(POOR - 1))
    assert places(poor + ".", "poor_vocabulary") == [(0, len(poor))]
    assert places(" ".join(varied(POOR)) + ".", "poor_vocabulary") == []


def test_length_moves_no_measure_by_itself() -> None:
    """The same article three times as long, its words changed so that nothing is said again."""
    body = [
        [
            f"{word}{i % 7 * 'o'}n"
            for word in ("barrel", "harbour", "rain", "stone", "the", "tide", "walls", "quay")
        ]
        for i in range(60)
    ]

    def article(times: int) -> str:
        paragraphs = []
        for round_ in range(times):
            for i in range(0, 60, 3):
                lines = [" ".join(f"{w}{round_ * 'a'}" for w in sentence) for sentence in body[i : i + 3]]
                paragraphs.append(" ".join(f"T{line}." for line in lines))
        return "\n\n".join(paragraphs)

    short, long = measures(article(1)), measures(article(3))
    for name in ("words_per_sentence", "long_sentences", "words_per_paragraph", "short_paragraphs"):
        assert short[f"structure.{name}"] == pytest.approx(long[f"structure.{name}"])


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())
