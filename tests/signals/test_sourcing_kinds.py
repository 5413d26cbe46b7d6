"""Kinds of sources: what a phrase speaks of, and whether it names it."""

import pytest

from classifier.signals.scan import Context, Scanner
from classifier.signals.sourcing.cues import LEXICON
from classifier.signals.sourcing.kinds import SOURCE_KINDS, WORDS, Source, WordClasses, classes_of, classify
from classifier.text.document import Document
from classifier.text.segment import segment_all

SCANNER = Scanner([LEXICON])


def context_of(raw: str) -> Context:
    context, _ = next(SCANNER.scan_all(segment_all([Document("test", raw)])))
    return context


def source(
    phrase: str, rest: str = " said on Monday that the north wall of the old mill had sunk again."
) -> Source:
    """What is known of a source that opens a sentence."""
    lead = "The board of the parish met in the hall for two hours.\n\n"
    context = context_of(lead + phrase + rest)
    words = context.text.words
    first, last = words.index(len(lead)), words.index(len(lead) + len(phrase))
    return classify(context, WordClasses(context), (first, last), False)


@pytest.mark.parametrize(
    ("phrase", "kind", "named"),
    [
        ("Ada Holm", "person", True),
        ("Mr. Brandt", "person", True),
        ("Holm herself", "person", True),
        ("House Speaker Ivo Brandt", "person", True),
        ("Vale County GOP Chairman Rik Tander", "person", True),
        ("Former secretary of state Ada Rowan Holm", "person", True),
        ("Ivo Brandt III, founder of the Vale Research Center,", "person", True),
        ("Harbour, the first woman to be elected mayor,", "person", True),
        ("The Treasury secretary", "person", False),
        ("Brandt's campaign manager", "person", False),
        ("a spokeswoman for the board", "person", False),
        ("The board", "organisation", False),
        ("The Vale Water Board", "organisation", True),
        ("the F.B.I.", "organisation", True),
        ("Beijing", "organisation", True),
        ("Twitter", "organisation", True),
        ("Brandt's campaign", "organisation", True),
        ("Brandt's agency", "organisation", False),
        ("the Vale Courier's traffic desk", "organisation", True),
        ("valewatch.com", "organisation", True),
        ("a conservative website", "organisation", False),
        ("A Tander poll", "organisation", True),
        ("A new poll", "document", False),
        ("Another ranking", "document", False),
        ("The Constitution", "document", True),
        ("court documents", "document", False),
        ("a senior aide", "withheld", False),
        ("senior Brandt campaign officials", "withheld", False),
        ("The source", "withheld", False),
        ("The clerk, who asked not to be named,", "withheld", False),
        ("52 percent of registered voters", "class", False),
        ("a group of rabbis", "class", False),
        ("The majority of lawmakers", "class", False),
        ("several Republican candidates", "class", False),
        ("Lobbyists", "class", False),
        ("no one", "class", False),
        ("voters supporting Brandt", "class", False),
        ("many experts, including Ada Holm", "person", True),
    ],
)
def test_the_kind_of_a_source_and_whether_it_is_named(phrase: str, kind: str, named: bool) -> None:
    found = source(phrase)
    assert (found.kind, found.named) == (kind, named)
    assert found.kind in SOURCE_KINDS
    assert not found.pronoun


@pytest.mark.parametrize(
    "pronoun", ["He", "she", "they", "it", "his", "her", "their", "its", "I", "who", "which"]
)
def test_a_pronoun_is_one_and_never_named(pronoun: str) -> None:
    found = source(pronoun)
    assert found.pronoun
    assert not found.named


def test_a_body_written_like_a_pronoun_is_a_name() -> None:
    assert source("WHO") == source("WHO")._replace(kind="organisation", named=True, pronoun=False)


@pytest.mark.parametrize(
    ("phrase", "gender"), [("Ms Holm", "f"), ("Mr. Brandt", "m"), ("Susan Tander", "f"), ("Tander", "")]
)
def test_gender_is_told_by_a_title_or_a_first_name(phrase: str, gender: str) -> None:
    assert source(phrase).gender == gender


def test_a_person_has_the_same_key_with_and_without_title_and_first_name() -> None:
    assert source("Ada Holm").key == source("Ms Holm").key == source("Holm").key == "holm"


def test_no_first_name_tells_of_both_genders() -> None:
    both = [e.cue for e in WORDS.entries if {"forename.male", "forename.female"} <= classes_of(e.cue)]
    assert both == []
