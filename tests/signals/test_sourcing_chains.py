"""Second-hand contents: what a source has from somebody else, and what he says himself."""

import re

import pytest

from classifier.signals.scan import Context, Scanner
from classifier.signals.sourcing.chains import second_hand
from classifier.text.document import Document
from classifier.text.segment import segment


def read(marked: str) -> tuple[Context, list[int], list[tuple[int, int]], tuple[int, int] | None]:
    """<source>, [content], *cue of saying or knowing."""
    plain, cues, marks = "", [], {}
    contents = []
    for part in re.split(r"([<>\[\]*])", marked):
        if part in ("<", ">", "["):
            marks[part] = len(plain)
        elif part == "]":
            contents.append((marks["["], len(plain)))
        elif part == "*":
            cues.append(len(plain))
        else:
            plain += part
    text = segment(Document("x", plain))
    context, _ = Scanner([]).scan(text)
    index = text.words.index
    source = (index(marks["<"]), index(marks[">"])) if "<" in marks else None
    return context, [index(cue) for cue in cues], contents, source


CHAINS = [
    "<The aide> *said [the minister had *told him that the plan was dead].",
    "<The paper> *wrote that [officials *believe the dam is safe].",
    "According to <a report>, [officials *believe the plan is dead].",
    "<Ada Holm> *said [the board *claims that the roof is sound].",
    "<Ada Holm> *said [many *believe the roof is sound].",
    "<Holm> *said [the mill, *according to the owners, is sound].",
    "<Holm> *said [the clerk was *told that the mill would close].",
    "<Holm> *said [she was *told by a friend that the mill would close].",
    "<She> *said [he *thinks that the roof is sound].",
    "[“She *told me that the roof was sound,”] *said <Ivo Brandt>.",
    "[“They *say it is haunted,”] *said <Ivo Brandt>.",
    "[“It is sound, my brother *said,”] *recalled <Ivo Brandt>.",
    "[“The board met. The owner *said the mill will close,”] *said <Ivo Brandt>.",
    "<Brandt> *said [he had *heard that the mill would close].",
    "<An aide to the minister> *said [the minister *knew the plan was dead].",
    "<Brandt> *said [the owner *wrote: “The mill is sold.”].",
    "[The tower is *believed to be empty], *said <Ivo Brandt>.",
    "[“It was late,”] *said <Brandt>, [“and the owner *said he was tired.”]",
    "The rumour is *known: [the guards *say the keys were copied].",
]
NO_CHAINS = [
    "<The aide> *said [the plan was dead].",
    "<He> *thinks that [he *knows the way is shut].",
    "<The aide> *said [he *believed the plan was dead].",
    "<Ada Holm> *said [she *thinks the roof is sound].",
    "<The mayor, Ada Holm>, *said [Holm *believes the roof is sound].",
    "[“I *think the roof is sound,”] *said <Ivo Brandt>.",
    "[“We *know that it was tested,”] *said <Ivo Brandt>.",
    "[“We've *said that it was tested,”] *said <Ivo Brandt>.",
    "[“You *know that it was tested,”] *said <Ivo Brandt>.",
    "<The aide> *said [the owner *wrote the book].",
    "<The aide> *said [nobody *said the plan was dead].",
    "<The aide> *said [the owner did not *say that it was dead].",
    "<The aide> *said [the owner could *say that it was dead].",
    "<The aide> *said [the plan was to *say that it was dead].",
    "<The aide> *said [these results *suggest that the water is safe].",
    "<The aide> *said [the bill is *expected to pass].",
    "<The aide> *said [the report and the list were lost].",
    "<The aide> *said [the board *reports on Monday].",
    "<Ivo Brandt> *said [you can *hear the mill from the road].",
    "<The aide> *said [the crew ran to let the owner *know that it was lost].",
    "[“It *warns us that the roof is old,”] *said <Ivo Brandt>.",
    "<The aide> *said [the *alleged theft was never seen].",
    "<The aide> *said [the letter *saying that it is lost is a copy].",
    "<The minister> *said that [the plan was dead], and the owner *said it was not.",
]


@pytest.mark.parametrize("marked", CHAINS)
def test_it_passes_on_anothers_word(marked: str) -> None:
    assert second_hand(*read(marked))


@pytest.mark.parametrize("marked", NO_CHAINS)
def test_it_is_the_speakers_own_word(marked: str) -> None:
    assert not second_hand(*read(marked))


def test_without_a_source_a_pronoun_is_taken_for_the_speaker() -> None:
    context, cues, contents, _ = read("It is *alleged that [he *believed the plan was dead].")
    assert not second_hand(context, cues, contents)


def test_a_cue_outside_of_title_and_body_starts_nothing() -> None:
    text = segment(Document("x", "Share this\n\nCopyright 2020. All rights reserved."))
    context, _ = Scanner([]).scan(text)
    outside = [word for word, sentence in enumerate(context.sentence_of) if sentence < 0]
    assert outside
    assert not second_hand(context, outside, [(0, len(text.plain))])
