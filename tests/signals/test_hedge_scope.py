"""The governed words of hedges, in a table and for any text, and the measures over thirds of the body."""

import math
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.signals.extract import extract, mark
from classifier.signals.hedges import FAMILY, KINDS
from classifier.signals.hedges.mark import present
from classifier.signals.hedges.scope import FARTHEST, Surroundings, scope, scopes
from classifier.signals.span import Span
from classifier.text.document import Document
from classifier.text.fold import fold
from classifier.text.segment import segment
from classifier.text.words import words


def hedges(raw: str) -> list[dict[str, Any]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return present(marked.text, marked.spans[0])


# Sentence, cue, its scope. The cue is marked, so the rule that is tried is the one of its kind.
TABLE = [
    # modals: the cue to the end of its clause
    ("The bridge may close before the winter sets in.", "may", "may close before the winter sets in"),
    ("The road might flood again, but the upper road will stay open.", "might", "might flood again"),
    ("The road might flood again and the upper road will stay open.", "might", "might flood again"),
    ("The river could rise by noon, the warden said on Monday.", "could", "could rise by noon"),
    ("If the rain may last, the fair will be moved.", "may", "may last"),
    ("The reform may, some say, fail.", "may", "may, some say, fail"),
    ("The barge may sink and blocks the port.", "may", "may sink"),
    ("The firm may sell boats, nets and rope.", "may", "may sell boats, nets and rope"),
    ("The roof may leak because the tiles are old.", "may", "may leak"),
    ("The mill may lose its loan (and its name) in May.", "may", "may lose its loan (and its name) in May"),
    ("The hall, which may close, is old.", "may", "may close"),
    ("The clerk says the gate may open and that the quay is shut.", "may", "may open"),
    # a passive modal takes its subject along
    ("The letters may have been burnt in the stove.", "may", "may have been burnt in the stove"),
    ("The old letters might be sold in June.", "might", "The old letters might be sold in June"),
    ("The flat (which may be sold) is empty.", "may", "which may be sold"),
    ("Owners say two boats could be sold and that the quay is closed.", "could", "two boats could be sold"),
    # nothing behind the cue: what was said before
    ("The clerk hoped that he might.", "might", "he might"),
    # verbs: their content
    ("The samples suggest that the well is old and that it leaks.", "suggest",
     "suggest that the well is old and that it leaks"),
    ("Divers believe the wreck is that of a grain ship.", "believe", "believe the wreck is that of a grain ship"),
    ("Inspectors suspect fraud at the depot, although nobody was named.", "suspect", "suspect fraud at the depot"),
    ("The wall will fall, he claims.", "claims", "The wall will fall, he claims"),
    ("The wall, he claims, will fall in June.", "claims", "The wall, he claims, will fall in June"),
    # "it" stands for the content and is not weakened
    ("It is believed that the bell rang by itself.", "believed", "believed that the bell rang by itself"),
    ("It seems the pump failed in the night.", "seems", "seems the pump failed in the night"),
    # passives and verbs of seeming: what is said of the subject, so the subject too
    ("The bell is believed to have rung by itself.", "believed", "The bell is believed to have rung by itself"),
    ("Later, the fire appeared to spread, because the attic was dry.", "appeared", "the fire appeared to spread"),
    ("The roof, which seems to leak, was mended.", "seems", "which seems to leak"),
    ("He is suspected of hiding the ledgers.", "suspected", "He is suspected of hiding the ledgers"),
    ("The clerk, a baker, is said to own a castle.", "said", "The clerk, a baker, is said to own a castle"),
    # nouns: their complement, and none without
    ("The rumours of a second will were false.", "rumours", "rumours of a second will"),
    ("The minister rejected the suggestion that he had lied.", "suggestion", "suggestion that he had lied"),
    ("My guess is that they left by boat.", "guess", "guess is that they left by boat"),
    ("The allegations against the warden were dropped.", "allegations", "allegations against the warden"),
    ("Its claim was repeated in a letter on Monday.", "claim", None),
    # adjectives: the noun phrase, or what they are said of
    ("Guards held an alleged thief on Monday.", "alleged", "alleged thief"),
    ("A possible leak in the roof was found.", "possible", "possible leak in the roof"),
    ("It is likely that the ferry will sail.", "likely", "likely that the ferry will sail"),
    ("The ferry is unlikely to return to service.", "unlikely", "The ferry is unlikely to return to service"),
    ("A second round is likely after the recount.", "likely", "A second round is likely"),
    # adverbs: the clause behind, one word behind a determiner, the clause before at its end
    ("Perhaps the clerk lost the key.", "Perhaps", "Perhaps the clerk lost the key"),
    ("The clerk reportedly lost the key, and the mayor will pay.", "reportedly", "reportedly lost the key"),
    ("They found a possibly stolen cart.", "possibly", "possibly stolen"),
    ("The key was lost, apparently.", "apparently", "The key was lost, apparently"),
    # approximators: the quantity and its noun
    ("About 130 ballots were wet.", "About", "About 130 ballots"),
    ("The tank holds up to 40 litres of oil.", "up to", "up to 40 litres"),
    ("Almost half of the seats were empty.", "Almost", "Almost half of the seats"),
    ("Nearly every house on the lane lost power.", "Nearly", "Nearly every house"),
    ("The repair costs roughly \u20ac1,400 a month.", "roughly", "roughly \u20ac1,400"),
    ("Prices rose by around 4.5% in June.", "around", "around 4.5%"),
    ("The walk takes an hour or so in dry weather.", "or so", "an hour or so"),
    ("The loan was \u20ac1,400 or so in June.", "or so", "\u20ac1,400 or so"),
    ("Anywhere from 10 to 20 boats were loose.", "Anywhere from", "Anywhere from 10 to 20 boats"),
    # a quotation is a wall on both sides
    ("\u201cThe pipe may be mended on Friday,\u201d said the engineer.", "may", "The pipe may be mended on Friday"),
    ("He said the pipe \u201cmay burst\u201d on the street.", "may", "may burst"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "cue", "expected"), TABLE, ids=[row[0][:40] for row in TABLE])
def test_the_scope_of_a_hedge(raw: str, cue: str, expected: str | None) -> None:
    found = [h["scope"] for h in hedges(raw) if h["text"] == cue]
    assert len(found) == 1
    assert (found[0] and found[0]["text"]) == expected


def test_every_kind_stands_in_the_table() -> None:
    kinds = {h["kind"] for raw, cue, _ in TABLE for h in hedges(raw) if h["text"] == cue}
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The clerk asked whether the gate was shut, the warden said.", "whether the gate was shut"),
        ("Whether it rains, the fair will open.", "Whether it rains"),
        ("To see whether it rains, she went out.", "whether it rains"),
        ("Nobody knew whether.", None),
    ],
)
def test_the_scope_of_a_condition(raw: str, expected: str | None) -> None:
    plain, low = fold(raw)
    found = words(low)
    near = Surroundings(plain, found.forms, found.start.tolist(), found.end.tolist())
    first = found.forms.index(b"whether")
    told = scope(near, first, first + 1, "conditional")
    assert (told and raw[slice(*told)]) == expected


PIECES = (
    *(
        "may",
        "might be sold",
        "reportedly",
        "it is believed",
        "is thought to",
        "alleged",
        "rumours of",
        "about 40",
    ),
    *(
        "or so",
        "claims",
        "seems",
        "likely",
        "almost",
        "the clerk",
        "gate",
        "and",
        "but",
        "which",
        "that",
        "to",
    ),
    *(
        ",",
        ".",
        ";",
        "(",
        ")",
        '"',
        "\u201c",
        "\u201d",
        "\u2014",
        "%",
        "\u20ac",
        "\n\n",
        "\r\n",
        "&amp;",
        "un\u00adlikely",
    ),
    *("\u0130", "e\u0301", "\U0001f600", "\ufeff", "\ud800", "1,400", "'s"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_a_scope_holds_its_cue_within_its_sentence(pieces: list[str]) -> None:
    raw = "The clerk read the letter to the board on Monday. " + " ".join(pieces)
    marked = mark(Document("any", raw), (FAMILY,))
    text, spans = marked.text, marked.spans[0]
    found = scopes(text, spans)
    assert len(found) == len(spans)
    for span, governed in zip(spans, found, strict=True):
        if governed is None:
            continue
        start, end = governed
        assert start <= span.start < span.end <= end
        sentence = text.sentences.at(span.start)
        assert text.sentences.start[sentence] <= start
        assert end <= text.sentences.end[sentence]
        quoted = [q for q in text.quotations if q.start <= span.start < q.end and q.kind == "speech"]
        assert all(q.start <= start and end <= q.end for q in quoted[:1])
    told = present(text, spans)
    assert told == present(text, spans)
    for hedge in told:
        if hedge["scope"] is not None:
            assert raw[hedge["scope"]["start"] : hedge["scope"]["end"]] == hedge["scope"]["text"]


@pytest.mark.parametrize("kind", [*KINDS, "conditional"])
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25), at=st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_any_word_can_be_asked(kind: str, pieces: list[str], at: int) -> None:
    text = segment(Document("any", "The clerk read the letter to the board. " + " ".join(pieces)))
    word = at % len(text.words.start)
    start, end = int(text.words.start[word]), int(text.words.end[word])
    (governed,) = scopes(text, [Span(start, end, kind)])
    assert governed is None or governed[0] <= start < end <= governed[1]


def test_the_look_around_a_cue_does_not_grow_with_its_sentence() -> None:
    calls = []
    for n in (400, 800):
        raw = "The clerk read it. " + "the gate may shut and " * n + "rest."
        marked = mark(Document("long", raw), (FAMILY,))
        assert len(marked.spans[0]) == n
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        before = sys.getprofile()
        sys.setprofile(counted)
        try:
            found = scopes(marked.text, marked.spans[0])
        finally:
            sys.setprofile(before)
        calls.append(count)
        widest = max(len(raw[slice(*governed)].split()) for governed in found if governed)
        assert widest <= 2 * FARTHEST + 2
    assert calls[1] < 2.2 * calls[0]


def test_offsets_count_the_raw_text() -> None:
    raw = "\ufeffThe bo\u00adard heard it &amp; left. The wall &amp; roof m\u00aday fa\u00adll to&shy;day, he said."
    (hedge,) = hedges(raw)
    governed = hedge["scope"]
    assert raw[governed["start"] : governed["end"]] == governed["text"] == "m\u00aday fa\u00adll to&shy;day"


def test_a_page_shows_the_scope_as_it_is_read() -> None:
    raw = "<html><body><article><p>The wall <b>may</b> fall <i>today</i>, the clerk said.</p></article></body></html>"
    (hedge,) = hedges(raw)
    assert hedge["scope"]["text"] == "may fall today"
    assert raw[hedge["scope"]["start"] : hedge["scope"]["end"]].endswith("today")


# ---- thirds of the body


THIRDS = ("hedges.first_third", "hedges.middle_third", "hedges.last_third")


def thirds(*raws: str) -> list[tuple[float, ...]]:
    signals, _ = extract([Document(str(i), raw) for i, raw in enumerate(raws)], (FAMILY,))
    values = [m.value(signals) for m in FAMILY.measures if m.name in THIRDS]
    assert len(values) == 3
    return [tuple(float(v) for v in row) for row in zip(*values, strict=True)]


def test_thirds_are_counted_by_hand() -> None:
    # Twelve words: one hedge among the first four, none, two among the last four.
    body = "It may rain on Sunday. The gate is shut. Perhaps he might."
    assert thirds(body) == [(25.0, 0.0, 50.0)]


def test_the_headline_belongs_to_no_third() -> None:
    body = "The wall of the old mill may fall in the next storm, the mason said on Monday in the hall."
    assert thirds("Wall May Fall\n\n" + body) == thirds(body)


def test_words_that_do_not_divide_by_three() -> None:
    # Ten words: the thirds hold 4, 3 and 3.
    assert thirds("The gate may be shut today, and perhaps not tomorrow.") == [
        pytest.approx((25, 0, 100 / 3))
    ]


def test_thirds_of_a_document_do_not_depend_on_its_batch() -> None:
    raws = ["The gate may be shut today, he said.", "", "It may rain. Perhaps not. The quay is dry and long."]
    together, apart = thirds(*raws), [thirds(raw)[0] for raw in raws]
    assert [repr(row) for row in together] == [repr(row) for row in apart]
    assert all(math.isnan(value) for value in together[1])


def test_no_model_reads_the_thirds() -> None:
    assert [m.scored for m in FAMILY.measures if m.name in THIRDS] == [False] * 3
