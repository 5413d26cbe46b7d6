"""Conditionals: what the added kind marks and leaves alone, and that the default family is untouched by it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.extract import mark
from classifier.signals.family import Family
from classifier.signals.hedges import FAMILY, KINDS
from classifier.signals.hedges.conditionals import CONDITIONS, KIND, with_conditionals
from classifier.text.document import Document

WITH = with_conditionals(FAMILY)


def found(family: Family, text: str) -> list[tuple[str, str]]:
    marked = mark(Document("test", text), (family,))
    return [(text[s.start : s.end].lower(), s.kind) for s in marked.spans[0]]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("The ferry sails at noon if the wind drops.", ["if"]),
        ("If not repaired, the sluice will burst.", ["if", "will"]),
        ("The council asked whether the lamp was lit.", ["whether"]),
        ("Unless the tide turns, the barge stays.", ["unless"]),
        ("The quay would flood if the wall gave.", ["would", "if"]),
        ("The barge will not sail unless the tide turns.", ["will", "unless"]),
        ("The guard will stay until the gate is mended.", ["will", "until"]),
        ("He will say that it rains even if the sky is clear.", []),
        ("The mayor would come, she said, if he were asked.", ["if"]),
        ("The fair will open in June.", []),
        ("The guard stayed until the rain stopped.", []),
        ("The fair runs until Thursday.", []),
        ("He spoke on condition that the door stayed shut.", ["on condition that"]),
        ("The lamp burns as long as there is oil.", ["as long as"]),
        ("Provided that the wind drops, the ferry sails.", ["provided that"]),
        ("The inn provided bread.", []),
        ("Assuming that it rains, the fair is off.", ["assuming"]),
        ("Assuming command, he left the pier.", []),
        ("Only if the mayor signs is the quay sold.", ["if"]),
        ("He walked as if the floor were wet.", []),
        ("The ferry sails even if the wind rises.", []),
        ("What if the wind rises?", []),
        ("If only the wind would drop.", []),
        ("Dozens, if not hundreds, of barrels were lost.", []),
        ("Few boats, if any, came back.", []),
        ("The what-if game was played in the hall.", []),
    ],
)
def test_conditionals_are_marked_where_they_set_a_condition(text: str, cues: list[str]) -> None:
    assert found(WITH, text) == [(cue, KIND) for cue in cues]


def test_the_default_family_marks_none() -> None:
    assert KIND not in KINDS
    assert found(FAMILY, "The ferry sails unless it rains; nobody knows whether or if it does.") == []


def test_a_longer_cue_keeps_its_kind() -> None:
    assert found(WITH, "If memory serves, the lamp was green.") == [("if memory serves", "adverb")]


def test_every_condition_is_used_and_every_entry_gives_a_reason() -> None:
    own = [entry for entry in WITH.lexicon.entries if entry.kind == KIND]
    assert {name for entry in own for name in entry.unless} == set(CONDITIONS)
    assert all(entry.why for entry in own)
    assert WITH.lexicon.sha256 != FAMILY.lexicon.sha256


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ("if", "whether", "unless", "as", "not", ",", "may", "about", "40", "claim", "the", "boat", ".")
        ),
        max_size=25,
    )
)
def test_the_other_kinds_are_marked_as_without_conditionals(pieces: list[str]) -> None:
    text = " ".join(["The", *pieces])
    assert [hit for hit in found(WITH, text) if hit[1] != KIND] == found(FAMILY, text)
