"""Whom a pronoun means, which sources are the same, and for whom a spokesperson speaks."""

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.scan import Context, Scanner
from classifier.signals.sourcing.cast import Voice, cast
from classifier.signals.sourcing.cues import LEXICON
from classifier.text.document import Document
from classifier.text.segment import segment_all

SCANNER = Scanner([LEXICON])


@dataclass
class Given:
    """An attribution as a test writes it: a source in [], a content in {}."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None = None
    content: list[tuple[int, int]] = field(default_factory=list)


def read(marked: str) -> tuple[Context, list[Given]]:
    """A text with its sources in [ ] and contents in { }; the n-th content belongs to the n-th source."""
    plain, opened, sources, contents = "", 0, [], []
    for piece in re.split(r"([\[\]{}])", marked):
        if piece in ("[", "{"):
            opened = len(plain)
        elif piece == "]":
            sources.append((opened, len(plain)))
        elif piece == "}":
            contents.append((opened, len(plain)))
        else:
            plain += piece
    context, _ = next(SCANNER.scan_all(segment_all([Document("test", plain)])))
    words = context.text.words
    given = [Given((words.index(start), words.index(end))) for start, end in sources]
    for one, content in zip(given, contents, strict=False):
        one.content.append(content)
    return context, given


def voices(marked: str) -> list[tuple[Voice, str | None, str | None]]:
    """Each voice, with the text of its antecedent and of the body it speaks for."""
    context, given = read(marked)
    found = cast(context, given)
    assert len(found) == len(given)
    plain = context.text.plain
    result = []
    for voice in found:
        assert voice is not None
        shown = (plain[slice(*span)] if span else None for span in (voice.antecedent, voice.speaks_for))
        result.append((voice, *shown))
    return result


def meant(marked: str) -> str | None:
    """The antecedent of the last source."""
    return voices(marked)[-1][1]


@pytest.mark.parametrize(
    ("text", "antecedent"),
    [
        ("[Pia Sand] said the wall was sound. [She] added that it had been tested.", "Pia Sand"),
        ("Mr. Brandt met Ms. Holm in the hall on Monday. [She] said the wall was sound.", "Ms. Holm"),
        ("Susan Tander met Robert Falk in the hall on Monday. [He] said the wall was sound.", "Robert Falk"),
        ("Susan Tander came late. Tander and Falk sat down. [She] said the wall was sound.", "Susan Tander"),
        ('Robert Falk rose. "We owe this to Mr. Brandt and his crew," [he] said.', "Robert Falk"),
        ("The governor came by boat on Monday. [He] said the wall was sound.", "The governor"),
        ("The crowd cheered Rik Tander, [who] promised a new wall.", "Rik Tander"),
        ("The crowd cheered Rik Tander, the head of the Vale Water Board, [who] promised a wall.", None),
        ("The town may lose voters [who] want a new wall.", "voters"),
        ("On Monday the Vale Water Board, [which] wants a new wall, met again.", "the Vale Water Board"),
        ("[The Vale Water Board] met on Monday. [It] said the wall was sound.", "The Vale Water Board"),
        ("Ms. Holm met the residents of the lower road. [They] said the wall was sound.", "the residents"),
    ],
)
def test_whom_a_pronoun_means(text: str, antecedent: str | None) -> None:
    found = meant(text)
    if antecedent is None:
        assert found is not None
        assert found.startswith("Rik Tander")
    else:
        assert found == antecedent


def test_a_pronoun_has_number_and_kind_of_what_it_stands_for() -> None:
    named, pronoun = (v for v, _, _ in voices("[The Vale Water Board] met. [It] said the wall was sound."))
    assert pronoun.number == named.number == 0
    assert pronoun.source.kind == "organisation"
    assert pronoun.named
    assert not pronoun.source.named


def test_a_pronoun_without_anybody_before_it_is_unresolved() -> None:
    voice, antecedent, _ = voices("[She] said that the wall was sound and that nobody had come.")[0]
    assert antecedent is None
    assert voice.number == -1


def test_nobody_of_the_other_gender_is_meant() -> None:
    assert meant("[Mr. Brandt] said the wall was sound. [She] said that nobody had come.") is None


def test_gender_is_learnt_from_a_pronoun() -> None:
    text = "[Tander] said no. [She] left the hall. [Falk] said yes. [He] stayed. Later [she] came back."
    assert meant(text) == "Tander"


def test_i_in_a_quotation_is_who_is_quoted() -> None:
    text = '{"And [I] think the wall is sound,"} said [Pia Sand].'
    context, given = read(text)
    given[1].content, given[0].content = given[0].content, []
    first, second = cast(context, given)
    assert first is not None
    assert second is not None
    assert first.antecedent is not None
    assert context.text.plain[slice(*first.antecedent)] == "Pia Sand"
    assert first.number == second.number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[Ada Holm] said no. [Ms. Holm] said yes. [Holm] left.", [0, 0, 0]),
        ("[Ada Holm] said no. [Robert Holm] said yes.", [0, 1]),
        ("[The mayor, Ada Holm,] said no. [Rik Tander] said yes. [The mayor] left.", [0, 1, 0]),
        ("[The Vale Water Board] said no. [The board] said yes.", [0, 0]),
        ("[The Vale Water Board] said no. [Officials] said yes. [Officials] left.", [0, 1, 1]),
    ],
)
def test_which_sources_are_the_same(text: str, numbers: list[int]) -> None:
    assert [voice.number for voice, _, _ in voices(text)] == numbers


@pytest.mark.parametrize(
    ("text", "speaks_for"),
    [
        (
            "[The Vale Water Board] said no. [A spokesman for the Vale Water Board] said yes.",
            "the Vale Water Board",
        ),
        ("[The Vale Water Board] said no. [The spokesman] said yes.", "The Vale Water Board"),
        (
            "[The Vale Water Board] said no. [Vale Water Board spokeswoman Ada Holm] said yes.",
            "Vale Water Board",
        ),
        ("[The board] said no. [Ada Holm, a spokeswoman for the board,] said yes.", "the board"),
    ],
)
def test_a_spokesperson_and_whom_he_speaks_for_are_one_source(text: str, speaks_for: str) -> None:
    (body, _, _), (spokesman, _, shown) = voices(text)
    assert shown == speaks_for
    assert spokesman.number == body.number
    assert spokesman.source.kind == "person"


def test_a_named_spokesperson_stays_one_source_with_the_body() -> None:
    text = "[Ada Holm, a spokeswoman for the board,] said no. [The board] said yes. [Holm] left. [She] came back."
    found = voices(text)
    assert [v.number for v, _, _ in found] == [0, 0, 0, 0]
    assert [shown for _, _, shown in found] == ["the board", None, "the board", "the board"]


def test_no_source_no_voice() -> None:
    context, given = read("It was said on Monday that [Ada Holm] had left.")
    assert cast(context, [Given(None), *given])[0] is None
    assert cast(context, []) == []


PIECES = (
    *(
        "[Ada Holm]",
        "[he]",
        "[She]",
        "[they]",
        "[who]",
        "[it]",
        "[I]",
        "[the board]",
        "[a spokesman]",
        "[Ö. ß]",
        "[مرحبا]",
    ),
    *(
        "said",
        "the wall",
        "Mr.",
        "Brandt",
        "Holm's",
        "U.S.",
        "-",
        "\n\n",
        ".",
        '"',
        "“",
        "”",
        "(",
        "İzmir",
        "1,000",
        "of",
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_antecedents_stand_inside_the_text_before_their_pronoun(pieces: list[str]) -> None:
    context, given = read("The clerk read the letter to the board in the hall. " + " ".join(pieces))
    given = [one for one in given if one.source is not None and one.source[0] < one.source[1]]
    numbers = set()
    for one, voice in zip(given, cast(context, given), strict=True):
        assert voice is not None
        numbers.add(voice.number)
        assert one.source is not None
        if voice.antecedent is not None and voice.source.head not in (b"i", b"we"):
            start, end = voice.antecedent
            assert 0 <= start < end <= context.starts[one.source[0]]
        assert voice.source.pronoun or voice.antecedent is None
    assert numbers - {-1} == set(range(len(numbers - {-1})))
