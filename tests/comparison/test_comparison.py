"""Pairs of versions, all invented: what is told of each, and promises that hold for any two texts."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import classifier
from classifier import Document
from classifier.comparison import CHANGES, FAMILIES, Comparison, compare
from classifier.comparison.alignment import aligned, ratio, rising

LEAD = "The quay at Lindhamn was built in 1911. It has two cranes and a kiosk for the crews."
TAIL = "The council votes in June. The crews of both ferries have been told of the date by letter."


def compared(old: str, new: str, **more: bool) -> Comparison:
    versions = (
        classifier.mark(Document(name, text, **more), FAMILIES) for name, text in (("old", old), ("new", new))
    )  # type: ignore[arg-type]
    return compare(*versions)


def told(comparison: Comparison) -> set[tuple[str, str | None, str | None]]:
    return {
        (c["change"], c["old"] and c["old"]["text"], c["new"] and c["new"]["text"])
        for c in comparison.to_dict()["changes"]
    }


# What stands between LEAD and TAIL in each version, and everything that is to be told.
CASES = [
    pytest.param(
        "The mill will close in March, the harbour office said.",
        "The mill will close in March.",
        {("attribution_lost", "the harbour office", None), ("source_dropped", "the harbour office", None)},
        id="attribution lost",
    ),
    pytest.param(
        "The mill will close in March.",
        "The mill will close in March, the harbour office said.",
        {("attribution_gained", None, "the harbour office"), ("source_added", None, "the harbour office")},
        id="attribution gained",
    ),
    pytest.param(
        "Odo Brask, the mayor, said that two old letters from the mill were missing.",
        "A senior aide said that two old letters from the mill were missing.",
        {
            ("source_anonymous", "Odo Brask, the mayor", "A senior aide"),
            ("source_dropped", "Odo Brask, the mayor", None),
            ("source_added", None, "A senior aide"),
        },
        id="named became anonymous",
    ),
    pytest.param(
        "A senior aide said that two old letters from the mill were missing.",
        "Odo Brask said that two old letters from the mill were missing.",
        {
            ("source_named", "A senior aide", "Odo Brask"),
            ("source_dropped", "A senior aide", None),
            ("source_added", None, "Odo Brask"),
        },
        id="anonymous became named",
    ),
    pytest.param(
        "Tove Arnell said that two old letters from the mill were missing.",
        "Odo Brask said that two old letters from the mill were missing.",
        {
            ("source_changed", "Tove Arnell", "Odo Brask"),
            ("source_dropped", "Tove Arnell", None),
            ("source_added", None, "Odo Brask"),
        },
        id="another source",
    ),
    pytest.param(
        "Tove Arnell, the engineer, said that two old letters from the mill were missing.",
        "Arnell said that two old letters from the mill were missing.",
        set(),
        id="the same source called otherwise",
    ),
    pytest.param(
        "The mill may close in March and the cranes will be sold.",
        "The mill will close in March and the cranes will be sold.",
        {("hedge_dropped", "may", None)},
        id="hedge dropped",
    ),
    pytest.param(
        "The mill will close in March and the cranes will be sold.",
        "The mill will reportedly close in March and the cranes will be sold.",
        {("hedge_added", None, "reportedly")},
        id="hedge added",
    ),
    pytest.param(
        "The mill may close in March and the cranes will be sold.",
        "The mill could close in March and the cranes will be sold.",
        {("hedge_changed", "may", "could")},
        id="another hedge in its place",
    ),
    pytest.param(
        "The mill may close in March, and the two old cranes will be sold to a firm in Torsund.",
        "The two old cranes will be sold to a firm in Torsund. The mill may close in March.",
        set(),
        id="a sentence torn in two keeps its hedge",
    ),
    pytest.param(
        "Perhaps the school gets the money from the sale.",
        "",
        {("hedge_dropped", "Perhaps", None)},
        id="a hedge goes with its sentence",
    ),
    pytest.param(
        "“We have looked at four drawings of the quay,” said Odo Brask.",
        "“We have looked at nine drawings of the quay,” said Odo Brask.",
        {
            (
                "quotation_changed",
                "“We have looked at four drawings of the quay,”",
                "“We have looked at nine drawings of the quay,”",
            )
        },
        id="quotation changed",
    ),
    pytest.param(
        "“We have looked at four drawings,” said Odo Brask.",
        '"We have looked at four drawings", said Odo Brask.',
        set(),
        id="other quotation marks are no change",
    ),
    pytest.param(
        "“We have looked at four drawings,” said Odo Brask. “Nobody has signed anything yet.”",
        "“We have looked at four drawings,” said Odo Brask.",
        {("quotation_dropped", "“Nobody has signed anything yet.”", None)},
        id="quotation dropped",
    ),
    pytest.param(
        "“We have looked at four drawings,” said Odo Brask.",
        "“We have looked at four drawings,” said Odo Brask. “Nobody has signed anything yet.”",
        {("quotation_added", None, "“Nobody has signed anything yet.”")},
        id="quotation added",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_what_is_told(old: str, new: str, expected: set[tuple[str, str | None, str | None]]) -> None:
    assert told(compared(f"{LEAD} {old} {TAIL}", f"{LEAD} {new} {TAIL}")) == expected


def test_every_change_has_a_case() -> None:
    assert {code for case in CASES for code, _, _ in case.values[2]} == set(CHANGES)  # type: ignore[attr-defined,union-attr]


def test_sentences_are_counted_and_paired() -> None:
    old = "The mill was sold. The oldest ferry sank in the harbour. The crane is green. Two boats came."
    new = "The crane is green. The oldest ferry sank off the harbour. A kiosk burned down. The mill was sold."
    found = compared(f"{LEAD} {old}", f"{LEAD} {new}")
    assert found.counts == {"kept": 4, "changed": 1, "moved": 2, "dropped": 1, "added": 1}
    pairs = found.to_dict()["pairs"]
    assert [
        (p["old"] and p["old"]["text"], p["new"] and p["new"]["text"]) for p in pairs if p["similarity"] < 1
    ] == [
        ("The oldest ferry sank in the harbour.", "The oldest ferry sank off the harbour."),
        (None, "A kiosk burned down."),
        ("Two boats came.", None),
    ]


def test_the_edits_of_a_quotation_are_the_words_that_are_others() -> None:
    found = compared(
        f"{LEAD} “We have looked at four old drawings,” said Odo Brask.",
        f"{LEAD} “We looked at four drawings once,” said Odo Brask.",
    )
    (change,) = (c for c in found.to_dict()["changes"] if c["change"] == "quotation_changed")
    edits = [(e["old"] and e["old"]["text"], e["new"] and e["new"]["text"]) for e in change["edits"]]
    assert edits == [("have", None), ("old", None), (None, "once")]


def test_places_in_a_page_are_those_of_its_source() -> None:
    old = f"<html><body><article><h1>Mill &amp; quay</h1><p>{LEAD} The <b>mi</b>ll m&#97;y close in March.</p></article></body></html>"
    new = old.replace("m&#97;y", "will")
    found = compared(old, new, markup=True)
    (change,) = found.to_dict()["changes"]
    assert change["old"]["text"] == "may"
    assert old[change["old"]["start"] : change["old"]["end"]] == "m&#97;y"
    assert change["new_sentence"]["text"] == "The mill will close in March."
    assert (
        new[change["new_sentence"]["start"] : change["new_sentence"]["end"]]
        == "The <b>mi</b>ll will close in March."
    )


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The mill may close in March.",
            "The mill will close.",
            "Odo Brask said that the mill may close.",
            "“It is an old mill,” said Tove Arnell.",
            "“It is a very old mill,” Arnell said.",
            "A senior aide told the council of two letters 🚢.",
            "Perhaps it is true.",
            "It is believed that e\u0301 everything was sold.",
            "\n\n",
            "\r\n\r\nThe crane is green.",
        ]
    ),
    max_size=9,
).map(" ".join)


@given(SENTENCES)
@settings(max_examples=50)
def test_nothing_changed_from_a_text_to_itself(text: str) -> None:
    found = compared(text, text)
    assert found.changes == ()
    assert {pair.similarity for pair in found.pairs} <= {1.0}
    assert found.counts["moved"] == 0


@given(SENTENCES, SENTENCES)
@settings(max_examples=100)
def test_any_two_versions(old: str, new: str) -> None:
    found = compared(old, new)
    says = found.to_dict()
    olds = [pair.old for pair in found.pairs if pair.old]
    news = [pair.new for pair in found.pairs if pair.new]
    assert len(set(olds)) == len(olds) and news == sorted(set(news))
    assert sum(says["sentences"][n] for n in ("kept", "changed", "dropped", "added")) == len(found.pairs)
    for change in says["changes"]:
        assert change["change"] in CHANGES
        assert change["old"] or change["new"]
        for text, name in ((old, "old"), (new, "new")):
            inner, outer = change[name], change[f"{name}_sentence"]
            for span in filter(None, (inner, outer)):
                assert 0 <= span["start"] < span["end"] <= len(text)
                assert text[span["start"] : span["end"]] == span["text"]
            if change["change"].startswith("hedge") and inner:
                assert outer["start"] <= inner["start"] < outer["end"]


@given(st.lists(st.integers(0, 30), unique=True, max_size=9))
def test_as_many_as_possible_stand_in_order(numbers: list[int]) -> None:
    found = rising(numbers)
    assert [n for n in numbers if n in found] == sorted(found)
    longest = max(
        size
        for size in range(len(numbers) + 1)
        for chosen in combinations(numbers, size)
        if list(chosen) == sorted(chosen)
    )
    assert len(found) == longest


WORDS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=5).map(tuple)


@given(st.lists(WORDS.map(lambda w: (w,)), max_size=8), st.lists(WORDS.map(lambda w: (w,)), max_size=8))
def test_each_passage_is_in_one_pair_and_the_same_words_find_each_other(old, new) -> None:
    found = aligned(old, new, 0.5)
    assert len({m.old for m in found}) == len({m.new for m in found}) == len(found)
    for match in found:
        assert (match.similarity == 1) == (old[match.old] == new[match.new])
        assert match.similarity >= 0.5 or ratio(old[match.old][0], new[match.new][0]) >= 0.5
    left = [w for i, w in enumerate(old) if i not in {m.old for m in found}]
    free = [w for j, w in enumerate(new) if j not in {m.new for m in found}]
    assert not set(left) & set(free)
