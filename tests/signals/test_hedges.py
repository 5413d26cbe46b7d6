"""Hedges: planted cues, conditions with an example on the page, voices, measures, and the shared cases."""

import json
import math
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.signals.extract import extract, mark, scanner
from classifier.signals.hedges import FAMILY, KINDS
from classifier.signals.hedges.mark import LEXICON, UNLESS, present
from classifier.signals.scan import Scanner
from classifier.signals.span import Span
from classifier.text.document import Document
from classifier.text.segment import segment

SHARED = Path(os.environ.get("MISINFO_SHARED", Path(__file__).parents[3] / "shared"))
LEAD = (
    "The clerk of the parish read the letter to the board in the hall on Monday.\r\n\r\n"
    "The board heard it in silence and then went home by the lower road. "
)
WORDS = (
    *("barrel", "harbour", "stone", "rain", "the", "tide,", "lamp;", "don’t", "“quay”", "‘oar’", "Ångström"),
    *("caf\u00e9", "cafe\u0301", "\u0130zmir", "مرحبا", "\U0001f469\u200d\U0001f467", "\U0001f1f3\U0001f1f4"),
    "\U0001d5d5ell",
)
EVERY_MATCH = Scanner([replace(LEXICON, followed=())])
FOLLOWED_CUES = sorted(
    {
        form
        for e, f in zip(LEXICON.entries, LEXICON.followed, strict=True)
        if f
        for form in e.forms
        if " " not in form
    }
)
FOLLOWERS = sorted(
    {word.decode() for one in LEXICON.followed if one for word in one.forms} | {"40", "4/5", "oddly"}
)
PLAIN = sorted({form for e in LEXICON.entries if not e.unless for form in e.forms})


def hedges(raw: str) -> list[dict[str, object]]:
    marked = mark(Document("test", raw), (FAMILY,))
    return present(marked.text, marked.spans[0])


def measures(raw: str) -> dict[str, float]:
    signals, _ = extract([Document("test", raw)], (FAMILY,))
    return {m.name: float(m.value(signals)[0]) for m in FAMILY.measures}


@settings(max_examples=150, deadline=None)
@given(
    left=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    cue=st.sampled_from(PLAIN),
    right=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
)
def test_a_planted_cue_is_found_where_it_was_planted(left: list[str], cue: str, right: list[str]) -> None:
    before = LEAD + " ".join(left) + " "
    raw = before + cue + " " + " ".join(right) + "."
    start, end = len(before), len(before) + len(cue)
    found = [(h["start"], h["end"]) for h in hedges(raw)]
    assert (start, end) in found, (raw, found)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from((*WORDS, *PLAIN, "may", "about", "40", "claim", "likely", "\n\n", "”", '"')),
        max_size=40,
    )
)
def test_marks_are_sorted_apart_and_inside_the_text(pieces: list[str]) -> None:
    raw = LEAD + " ".join(pieces)
    end = 0
    for hedge in hedges(raw):
        start, stop = hedge["start"], hedge["end"]
        assert isinstance(start, int)
        assert isinstance(stop, int)
        assert end <= start < stop <= len(raw)
        assert raw[start:stop] == hedge["text"]
        assert hedge["kind"] in KINDS
        end = stop


@pytest.mark.parametrize("name", sorted(UNLESS))
def test_each_condition_is_named_on_the_page(name: str) -> None:
    assert f"`{name}`" in FAMILY.page()


@pytest.mark.parametrize("name", sorted(UNLESS))
def test_each_condition_holds_somewhere_and_fails_somewhere(name: str) -> None:
    from classifier.testing import page_examples

    answers = set()
    for shown in page_examples(FAMILY.page()):
        context, (hits,) = EVERY_MATCH.scan(segment(Document("example", shown.text)))
        for word, last, entry in zip(hits.word, hits.last, hits.entry, strict=True):
            if name in LEXICON.entries[entry].unless:
                answers.add(UNLESS[name](context, word, last))
    assert answers == {True, False}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from((*FOLLOWED_CUES, *FOLLOWERS, *PLAIN[:20], '"', "\u2019s", ".", "(", "-")), max_size=30
    )
)
@example(["said", "to", ".", "about", "40", "about", "4/5.com/a", ".", "look", "falsely", "look", "to"])
def test_the_scan_drops_nothing_that_conditions_would_keep(pieces: list[str]) -> None:
    text = segment(Document("test", LEAD + " ".join(pieces)))
    every, few = (scan.scan(text) for scan in (EVERY_MATCH, scanner((FAMILY,))))
    assert len(few[1][0].word) <= len(every[1][0].word)
    assert list(FAMILY.mark(few[0], few[1][0])) == list(FAMILY.mark(every[0], every[1][0]))


@pytest.mark.parametrize(
    ("raw", "voices"),
    [
        (LEAD + "The wall may fall.", ["writer"]),
        (LEAD + "“The wall may fall,” said the mason.", ["quoted"]),
        (LEAD + "The mason said the wall may fall.", ["writer"]),
        (LEAD + "“The wall may fall,” said the mason, who perhaps knew.", ["quoted", "writer"]),
        (LEAD + "The mason said: “The wall may fall.\n\nThe roof might follow.", ["quoted", "writer"]),
    ],
)
def test_the_voice_of_a_hedge(raw: str, voices: list[str]) -> None:
    assert [h["voice"] for h in hedges(raw)] == voices


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("That is a big claim.", ["claim noun"]),
        ("The minister's second claim was dropped.", ["claim noun"]),
        ("Norway's sovereignty claims were heard.", []),
        ("The May 18 estimate was too low.", ["estimate noun"]),
        ("The clerk claimed Norway lost its tax exemption.", ["claimed verb"]),
        ("The clerk claimed tax relief.", []),
        ("The pill could help the sick.", ["could modal"]),
        ("The flood could not only reach the mill but drown it.", ["could modal"]),
        ("They could do nothing about the smell.", []),
        ("They named the smith as a possible heir.", ["possible adjective"]),
        ("Mending is possible with a longer rope.", []),
        ("Do you seriously think the roof will hold?", []),
        ("I don't suggest we sell the mill.", []),
        ("The clerk assumed royal life after the war.", []),
        ("The clerk assumed the mill was sold.", ["assumed verb"]),
        ("The police could not rule out arson.", ["not rule out verb"]),
        ("A second fire could not be ruled out.", ["not be ruled out verb"]),
        ("It remains to be seen whether the dam holds.", ["remains to be seen verb"]),
        ("The outcome remains unclear.", ["unclear adjective"]),
        ("The outcome is far from certain.", ["far from certain adjective"]),
        ("The so-called reform was voted down.", []),
        ("It is not yet known when the mill opens.", []),
        ("There is little doubt and no evidence of fraud.", []),
        ("The walk takes 15 or 20 minutes.", ["15 or 20 approximator"]),
        ("Read chapter two or three.", []),
        ("It is likely a fake.", ["likely adverb"]),
        ("The fake is likely.", ["likely adjective"]),
        ("A fake seems likely.", ["seems verb", "likely adjective"]),
        ("It was an extremely likely outcome.", ["likely adjective"]),
        ("The vote looks worse by the day.", ["looks verb"]),
        ("It is beginning to look more and more likely.", ["look verb", "likely adjective"]),
        ("The boy looks tired.", []),
        ("I am not convinced that the roof will hold.", ["not convinced adjective"]),
        ("The voters were not convinced.", []),
        ("They chose the plans that they think are wise.", ["think verb"]),
        ("You might be interested in the tour.", []),
        ("The judge thought so little of the case that he slept.", []),
        ("A forecast to remember was read out.", []),
        ("Rain is forecast to reach the coast.", ["forecast verb"]),
    ],
)
def test_what_is_marked_in_one_sentence(sentence: str, marks: list[str]) -> None:
    found = hedges(LEAD + "\n\n" + sentence)
    assert [f"{h['text']} {h['kind']}" for h in found] == marks


def test_the_headline_is_a_zone_of_its_own() -> None:
    raw = "Wall May Fall\n\nThe wall of the old mill may fall in the next storm, the mason said on Monday."
    assert [h["zone"] for h in hedges(raw)] == ["title", "body"]


def test_offsets_count_the_raw_text() -> None:
    raw = (
        "\ufeff"
        + LEAD
        + "A so\u00adlu\u00adtion is un\u00adlikely, and the &quot;wall&quot; &amp; roof may fall."
    )
    places = [raw.index("un\u00ad"), raw.rindex("may")]
    assert [(h["start"], h["text"]) for h in hedges(raw)] == list(
        zip(places, ("un\u00adlikely", "may"), strict=True)
    )


def test_measures_are_counted_by_hand() -> None:
    # Four statements, 20 words: one hedged by the writer, one in a quotation, one blurred.
    found = measures(
        "The wall may fall soon. “The roof might follow,” he said. "
        "About 40 stones fell. The gate stood quite firm."
    )
    assert found["hedges.per_100_words"] == pytest.approx(100 * 3 / 20)
    assert found["hedges.approximators_per_100_words"] == pytest.approx(100 / 20)
    assert found["hedges.statements_writer"] == pytest.approx(2 / 4)
    assert found["hedges.statements_quoted"] == pytest.approx(1 / 4)
    assert found["hedges.writer_share"] == pytest.approx(2 / 3)
    assert math.isnan(found["hedges.title_share"])


@pytest.mark.parametrize("raw", ["", "   \n", "!!!"])
def test_nothing_to_measure_is_not_zero(raw: str) -> None:
    assert all(math.isnan(value) for value in measures(raw).values())


@pytest.mark.parametrize("measure", FAMILY.measures, ids=lambda m: m.name)
def test_a_measure_says_a_sentence(measure: object) -> None:
    says = measure.says.format(value=0.25, low=0.1, high=0.2)  # type: ignore[attr-defined]
    assert not re.search(r"[{}]", says)
    assert "usual" in says


def test_the_shared_cases() -> None:
    folder = SHARED / "cases"
    if not folder.is_dir():
        pytest.skip(f"no cases in {folder}; set MISINFO_SHARED to the folder with the shared material")
    total = found = lookalikes = wrongly = 0
    for answers in sorted(folder.glob("*.gold.json")):
        gold = json.loads(answers.read_text("utf-8"))
        source = answers.with_name(answers.name.replace(".gold.json", ".txt"))
        if "hedges" not in gold or not source.exists():
            continue
        marks = {(h["start"], h["end"]) for h in hedges(source.read_bytes().decode("utf-8"))}
        total += len(gold["hedges"])
        found += sum((h["start"], h["end"]) in marks for h in gold["hedges"])
        places = gold.get("not_hedges", [])
        lookalikes += len(places)
        wrongly += sum(any(a < p["end"] and p["start"] < b for a, b in marks) for p in places)
    assert total >= 50
    assert found >= 0.8 * total
    assert wrongly <= 0.1 * lookalikes


def test_a_place_is_marked_once() -> None:
    marked = mark(Document("test", LEAD + "They likely claim the estimate is a guess."), (FAMILY,))
    starts = [span.start for span in marked.spans[0]]
    assert len(set(starts)) == len(starts)
    assert all(isinstance(span, Span) for span in marked.spans[0])
