"""The whole of a text's structure: it holds together, for any text, in linear time."""

import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented, segment, segment_all


def read(text: str) -> Segmented:
    return segment(Document("a", text, markup=False))


ARTICLE = (
    "Storm keeps the ferry in port\n\nBy Orla Venn\n\n"
    "The ferry stayed in port on Monday. Why did it? \u201cThe wind was too strong,\u201d Ada Quill said.\n\n"
    "What comes next\n\n"
    "Boats may sail again. Or not.\n\nRelated stories\n\nGull steals wallet"
)


def test_an_article() -> None:
    result = read(ARTICLE)
    columns = result.sentences
    text = [ARTICLE[a:b].strip() for a, b in zip(columns.start, columns.end, strict=True)]
    assert text == [
        "Storm keeps the ferry in port",
        "The ferry stayed in port on Monday.",
        "Why did it?",
        "\u201cThe wind was too strong,\u201d Ada Quill said.",
        "What comes next",
        "Boats may sail again.",
        "Or not.",
    ]
    assert columns.zone.tolist() == [Zone.TITLE] + [Zone.BODY] * 6
    # no statements: the title, a question, a heading, two words
    assert columns.statement.tolist() == [False, True, False, True, False, True, False]
    assert (columns.last_word - columns.first_word).tolist() == [6, 7, 3, 8, 3, 4, 2]
    assert [ARTICLE[q.start : q.end] for q in result.quotations] == ["\u201cThe wind was too strong,\u201d"]
    assert [ARTICLE[p.start : p.end] for p in result.zone(Zone.BYLINE)] == ["By Orla Venn"]
    assert (result.language, result.notes) == ("en", ())


def test_the_sentence_at_a_position() -> None:
    columns = read(ARTICLE).sentences
    assert columns.at(0) == 0
    assert columns.at(ARTICLE.index("Why")) == 2
    assert columns.at(ARTICLE.index("Orla")) == -1  # bylines and furniture have no sentences
    assert columns.at(ARTICLE.index("Gull")) == -1
    assert columns.at(len(ARTICLE)) == -1


@pytest.mark.parametrize("tail", ["?", "?\u201d", '?"', "?)", "?')"])
def test_a_question_is_no_statement_whatever_closes_it(tail: str) -> None:
    result = read(f"The boats lay still. And \u201cwill they sail again{tail} The crews slept well.")
    assert result.sentences.statement.tolist()[0]
    assert not result.sentences.statement.tolist()[1]


def test_text_without_sentence_marks_is_noted() -> None:
    assert "no_sentence_marks" in read("the boats may sail again and the crews sleep well " * 12).notes
    assert "no_sentence_marks" not in read("The boats may sail again, and the crews sleep well. " * 12).notes


PIECES = [
    *"aA.!?,'\"\u201c\u201d\u2018\u2019 \n\r\t5\u2026\u2014\u00e9\u0130\u4e2d",
    "\ud800",
    "\u00ad",
    "&amp;",
    "By Orla Venn\n",
]
PIECES += [
    "Related stories\n",
    "The ferry sailed. ",
    "- item\n",
    "\u201cIt may be,\u201d she said. ",
    "http://a.example/b\n",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), st.sampled_from([None, False, True])
)
@example("", None)
@example("?", False)
@example("\n\n.\n", False)
@example("<p>a", True)
@settings(max_examples=300)
def test_any_string_has_a_structure_that_holds_together(text: str, markup: bool | None) -> None:
    result = segment(Document("a", text, markup=markup))
    shown = result.readable.text
    assert len(shown) == len(result.plain) == len(result.low)
    columns = result.sentences
    assert len({len(column) for column in columns}) == 1
    for i, p in enumerate(result.paragraphs):
        own = np.flatnonzero(columns.paragraph == i)
        if p.zone not in (Zone.TITLE, Zone.BODY):
            assert len(own) == 0
            continue
        # the sentences tile their paragraph
        assert columns.start[own[0]] == p.start
        assert columns.end[own[-1]] == p.end
        assert (columns.start[own[1:]] == columns.end[own[:-1]]).all()
        assert (columns.end[own] > columns.start[own]).all()
        assert (columns.last_word - columns.first_word)[own].sum() == p.words
        assert not columns.statement[own].any() or (p.zone is Zone.BODY and p.shape is Shape.PROSE)
    read_in = [
        (p.start, p.end) for p in result.paragraphs if p.zone in (Zone.TITLE, Zone.BODY, Zone.OTHER_LANGUAGE)
    ]
    for q in result.quotations:
        assert any(a <= q.start < b for a, b in read_in)
        assert any(a < q.end <= b for a, b in read_in)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_a_text_has_one_structure(text: str) -> None:
    first, second = read(text), read(text)
    assert first.paragraphs == second.paragraphs
    assert first.quotations == second.quotations
    assert all(np.array_equal(a, b) for a, b in zip(first.sentences, second.sentences, strict=True))


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), min_size=1, max_size=4))
@example(["", ".", "'s", "\u201cIt may be", "?"])
def test_a_text_has_the_structure_in_a_batch_that_it_has_alone(texts: list[str]) -> None:
    joint = segment_all([Document("a", text, markup=False) for text in texts])
    for i, (text, together) in enumerate(zip(texts, joint.texts, strict=True)):
        alone = read(text)
        assert together.paragraphs == alone.paragraphs
        assert together.quotations == alone.quotations
        assert (together.language, together.notes) == (alone.language, alone.notes)
        assert all(np.array_equal(a, b) for a, b in zip(together.sentences, alone.sentences, strict=True))
        assert all(a.dtype == b.dtype for a, b in zip(together.sentences, alone.sentences, strict=True))
        # the columns over all texts say the same
        rows = joint.sentences.rows(joint.sentence_at[i], joint.sentence_at[i + 1])
        assert (rows.start - joint.begin[i]).tolist() == alone.sentences.start.tolist()
        assert (rows.first_word - joint.word_at[i]).tolist() == alone.sentences.first_word.tolist()


LARGE = {
    "one line of sentences": "The ferry sailed. " * 55_000,
    "one line without marks": "ferry " * 160_000,
    "lines of one letter": "a\n" * 100_000,
    "quotation marks": '"' * 1_000_000,
    "opening marks": "\u201ca " * 330_000,
    "apostrophes": "'" * 1_000_000,
    "apostrophes in words": "a's " * 250_000,
    "dots": "." * 1_000_000,
    "dots apart": ". " * 500_000,
    "initials": "A. B" * 250_000,
    "a dot and blanks": "It ended." + " " * 1_000_000 + "Then",
    "blanks": " " * 1_000_000,
    "empty lines": "\n" * 1_000_000,
    "one long word": "a" * 1_000_000,
    "signs in one word": "a@" * 500_000,
    "at signs": "@" * 1_000_000,
    "bars": "a|" * 500_000,
    "capitals and dots": "A" + "b." * 500_000 + "\nSome line here",
    "lower-case lines": ("a" * 50 + "\n") * 20_000,
    "headings of boxes": "Related stories\n" * 60_000,
}


@pytest.mark.parametrize("text", list(LARGE.values()), ids=list(LARGE))
def test_a_megabyte_of_anything_comes_to_an_end(text: str) -> None:
    began = time.process_time()
    result = read(text)
    # Against hanging only: a step that is quadratic takes hours here, a linear one two seconds.
    assert time.process_time() - began < 30
    assert len(result.low) == len(text)
