"""From labels to attributions, and what is told without a cue word."""

import numpy as np
import pytest

from classifier.signals.extract import scanner
from classifier.signals.scan import Context
from classifier.signals.sourcing import FAMILY
from classifier.signals.sourcing.attributions import Attribution, completed, linked
from classifier.signals.sourcing.columns import Tokens, tokens
from classifier.signals.sourcing.cues import CLASSES
from classifier.signals.sourcing.linker import CONTENT, CUE, SOURCE, codes, n_codes, pairs, runs
from classifier.signals.sourcing.tagger import LABELS, tagger
from classifier.signals.sourcing.uncued import uncued
from classifier.text.document import Document
from classifier.text.segment import segment_all

LETTERS = {"s": "source", "c": "cue", "t": "content"}


def read(text: str) -> tuple[Context, Tokens]:
    context, hits = next(scanner((FAMILY,)).scan_all(segment_all([Document("t", text)])))
    return context, tokens([context], hits, CLASSES, tagger().vocabulary)


def labels(pattern: str) -> np.ndarray:
    """ "S" begins a source, "s" goes on with it; c and t are cue and content; "." is nothing."""
    return np.array(
        [
            0
            if letter == "."
            else LABELS.index(("B-" if letter.isupper() else "I-") + LETTERS[letter.lower()])
            for letter in pattern.replace(" ", "")
        ]
    )


def attributions(text: str, pattern: str) -> list[tuple[str, str, list[str]]]:
    context, batch = read(text)
    found = linked([context], batch, labels(pattern), tagger().link)[0]
    return [
        (words(context, a.source), words(context, a.cue), [text[x:y] for x, y in a.content]) for a in found
    ]


def words(context: Context, stretch: tuple[int, int] | None) -> str:
    if stretch is None:
        return ""
    return context.text.plain[context.starts[stretch[0]] : context.ends[stretch[1] - 1]]


def test_source_cue_and_content_are_put_together() -> None:
    assert attributions("The mayor said that the bridge would stay shut.", "Ss C Tttttt") == [
        ("The mayor", "said", ["the bridge would stay shut"])
    ]


def test_a_content_in_two_parts_is_one() -> None:
    text = "“We counted twice,” said Ivo Brandt, “and found nothing.”"
    assert attributions(text, "Ttt C Ss Ttt") == [
        ("Ivo Brandt", "said", ["“We counted twice,”", "“and found nothing.”"])
    ]


def test_each_cue_takes_the_source_and_content_beside_it() -> None:
    text = "The mayor said the bridge is shut. The clerk denied that it was ever open."
    assert attributions(text, "Ss C Tttt Ss C Ttttt") == [
        ("The mayor", "said", ["the bridge is shut"]),
        ("The clerk", "denied", ["it was ever open"]),
    ]


def test_a_cue_without_content_is_no_attribution() -> None:
    assert attributions("The mayor said nothing at all.", "Ss C ...") == []


def test_nobody_may_say_it() -> None:
    assert attributions("It is alleged that the keys were copied.", ".. C Ttttt") == [
        ("", "alleged", ["the keys were copied"])
    ]


def test_a_quotation_mostly_told_is_told_throughout() -> None:
    text = "“We counted twice. Then we left. Nobody came,” said Ivo Brandt."
    _, batch = read(text)
    before = labels("Ttt ... Tt C Ss")
    assert completed(batch, before).tolist() == labels("Ttt Ttt Tt C Ss").tolist()
    assert attributions(text, "Ttt ... Tt C Ss") == [
        ("Ivo Brandt", "said", ["“We counted twice. Then we left. Nobody came,”"])
    ]


def test_a_quotation_hardly_told_stays_as_it_is() -> None:
    _, batch = read("The “old stone bridge over there” is shut.")
    before = labels(". T.... ..")
    assert completed(batch, before).tolist() == before.tolist()


def test_runs_end_with_their_sentence_outside_quotations() -> None:
    _, batch = read("He said it was late. It rained. “It rained. It poured.”")
    found = runs(batch, labels("S C Ttt Tt Tt Tt"))
    assert found.role.tolist() == [SOURCE, CUE, CONTENT, CONTENT, CONTENT]
    assert found.first.tolist() == [0, 1, 2, 5, 7]
    assert found.last.tolist() == [1, 2, 5, 7, 11]


def test_the_places_of_pairs_lie_in_the_table() -> None:
    _, batch = read("He said it was late. She denied it. “It rained,” he said.")
    found = runs(batch, labels("S C Ttt S C T Tt S C"))
    for role in (SOURCE, CONTENT):
        ours, cue, features = pairs(batch, found, role)
        assert len(ours) == len(cue) > 0
        places = codes(features)
        assert places.min() >= 0
        assert places.max() < n_codes()


# -- without a cue word


def told(
    text: str, found: list[Attribution] | None = None
) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    context, _ = read(text)
    new, more = uncued(context, found or [])
    return [(words(context, s), text[slice(*c)]) for s, c in new], [(n, text[slice(*c)]) for n, c in more]


TALK = "WARDEN: Who has the key to the gate?\n\nADA ROOK: The clerk had it on Monday.\n\nWARDEN: Thank you very much for that."


def test_turns_of_speakers() -> None:
    new, more = told("The two spoke at length on the quay.\n\n" + TALK)
    assert new == [
        ("WARDEN", "Who has the key to the gate?"),
        ("ADA ROOK", "The clerk had it on Monday"),
        ("WARDEN", "Thank you very much for that"),
    ]
    assert more == []


def test_a_turn_in_quotation_marks_and_a_name_called_twice() -> None:
    text = "They spoke on the quay that day.\n\nRook: “I have no key.”\n\nHolm: “Nor do I, as you know.”"
    assert told(text)[0] == [("Rook", "“I have no key.”"), ("Holm", "“Nor do I, as you know.”")]


@pytest.mark.parametrize(
    "text",
    [
        "The two spoke at length on the quay.\n\nWARDEN: Who has the key to the gate?",  # one turn is no transcript
        "It opens at noon.\n\nUPDATE: The gate is shut now.\n\nUPDATE: The gate is open again.",
        "Three things are sure: the gate is shut.\n\nThree things are not: the rest of them.",
        "The bridge has: a gate and a lock.\n\nThe bridge has: a lamp and a bell.",
        "There is no colon here at all.\n\nNor is there one in this line.",
    ],
)
def test_no_turns(text: str) -> None:
    assert told(text)[0] == []


def test_a_name_behind_a_dash() -> None:
    new, _ = told("“It shook and then it fell” — Rik Holt\n\nThe crowd went home after the bridge had gone.")
    assert new == [("Rik Holt", "“It shook and then it fell”")]


def test_a_headline_that_opens_with_who_says_it() -> None:
    text = "Rook: Quay will close\n\nThe mayor, Ada Rook, said the quay would close on Monday.\n\nNo date is set for that."
    context, _ = read(text)
    source = next(i for i in range(len(context.starts)) if context.shown(i) == "Ada")
    found = [Attribution((source, source + 2), (source + 2, source + 3), [(52, 81)])]
    assert told(text, found)[0] == [("Rook", "Quay will close")]
    assert told(text)[0] == []
    assert told(text.replace("Rook: Quay", "Poll: Quay"))[0] == [("Poll", "Quay will close")]


def test_a_quotation_that_goes_on_belongs_to_who_is_quoted_beside_it() -> None:
    text = "“We counted it twice,” said Ivo Brandt. “Nobody came to help us.” The “gate” is shut."
    first = (0, text.index(" said"))
    found = [Attribution((4, 7), (3, 4), [first])]
    assert told(text, found) == ([], [(0, "“Nobody came to help us.”")])
    assert told(text) == ([], [])
