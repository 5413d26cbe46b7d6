"""The page of two versions: the changes of the comparison, each leading to its place; both texts whole and escaped."""

import re
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_page import Element, read_page

import classifier
from classifier import Document
from classifier.comparison import CHANGES, FAMILIES, Comparison, compare
from classifier.pages.comparison import LISTED, comparison

MORNING = (
    "Quay may move, officials say\n\n"
    "The ferry quay at Lindhamn could be moved by about 60 metres, the harbour office said on Monday. The quay was "
    "built in 1911. It has two cranes.\n\n"
    "“We have looked at four drawings,” said Tove Arnell, the office’s engineer. The crews of both ferries have been "
    "told of the date by letter.\n\n"
    "Odo Brask, the mayor, said that two letters were missing.\n"
)
EVENING = (
    "Quay to move\n\n"
    "The ferry quay at Lindhamn will be moved by 60 metres. The quay was built in 1911. It has two cranes.\n\n"
    "“We have looked at nine drawings,” said Tove Arnell, the office’s engineer. The crews of both ferries have been "
    "told of the date by letter.\n\n"
    "A senior aide said that two letters were missing. Ulla Farn, who owns the kiosk, said nobody had asked her.\n"
)


def compared(old: str | Document, new: str | Document) -> Comparison:
    one, two = (Document(n, v) if isinstance(v, str) else v for n, v in (("old", old), ("new", new)))
    return compare(classifier.mark(one, FAMILIES), classifier.mark(two, FAMILIES))


def page_of(old: str | Document, new: str | Document) -> Element:
    return read_page(comparison(compared(old, new)))


def rows(page: Element) -> list[tuple[str, str, str, str]]:
    """Class, words before, words now and what is told of each row."""
    found = [e for e in page.everything() if "pair" in e.attributes.get("class", "").split()]
    return [
        (row.attributes["class"].removeprefix("pair "), *(cell.text for cell in row.all("div")))
        for row in found
    ]


def test_sentences_stand_beside_their_other_version() -> None:
    kept = "The quay was built in 1911. It has two cranes."
    found = rows(page_of(MORNING, EVENING))
    assert found[0][:3] == ("changed", "Quay may move, officials say", "Quay to move")
    assert ("plain", kept, kept, "") in found
    assert [row[0] for row in found] == ["changed", "changed", "plain", "changed", "plain", "changed", "new"]
    assert found[-1][1] == ""
    assert found[-1][3].startswith("new")
    assert "“could” is gone, its statement stayed" in found[1][3]
    assert rows(page_of(EVENING, MORNING))[-1][:3] == ("gone", found[-1][2], "")


def test_words_that_are_others_are_set_apart_on_both_sides() -> None:
    page = page_of("The mill was built in 1911 by Odo Brask.", "The mill was closed in 1911 by Ulla Brask.")
    assert [e.text for e in page.all("del")] == ["built", "Odo"]
    assert [e.text for e in page.all("ins")] == ["closed", "Ulla"]


def test_a_sentence_that_moved_says_so() -> None:
    one, two = "The quay was built in 1911. ", "It has two cranes and a kiosk. The crews know of it. "
    assert ("moved", one.strip(), one.strip(), "moved") in rows(page_of(one + two, two + one))


def test_every_change_is_in_the_summary_and_leads_to_its_places() -> None:
    found = compared(MORNING, EVENING)
    page = read_page(comparison(found))
    summary = page.by_id("summary")
    items = summary.all("li")
    assert len(items) == len(found.changes) > 8
    for code in {change.code for change in found.changes}:
        count = sum(change.code == code for change in found.changes)
        assert f"{CHANGES[code]} {count}" in summary.text
    shown = {item.text: item for item in items}
    says = next(text for text in shown if text.startswith("was given to “the harbour office”, is now flat"))
    before, now = shown[says].all("a")
    assert (before.text, now.text) == ("before: ¶1", "now: ¶1")
    assert page.by_id(before.attributes["href"][1:]).text == "the harbour office"
    assert "pair" in page.by_id(now.attributes["href"][1:]).attributes["class"]
    assert "The ferry quay at Lindhamn will be moved by 60 metres." in says
    assert all(item.all("a") for item in items)


def test_no_change_is_said() -> None:
    page = page_of(MORNING, MORNING)
    assert "Nothing changed in sources, hedges and quotations" in page.by_id("summary").text
    assert "No measure changed" in page.by_id("measures").text
    assert {row[0] for row in rows(page)} == {"plain"}
    assert not page.all("del") + page.all("ins")
    assert "Neither version has a headline or a body" in page_of("-", "-").text


def test_measures_stand_with_both_values_those_that_crossed_their_range_first() -> None:
    found = compared(MORNING, EVENING)
    section = read_page(comparison(found)).by_id("measures")
    first = section.all("table")[0]
    names = [code.text for code in first.all("code")]
    assert "hedges.per_100_words" in names
    row = next(row for row in first.all("tr") if "hedges.per_100_words" in row.text)
    assert [cell.text.strip() for cell in row.all("td")][1] == "0"
    assert len(row.all("circle")) == 2
    assert {code.text for code in section.all("code")} <= {measure.name for measure, _, _ in found.measures}


def test_ids_are_used_once_and_every_link_leads_somewhere() -> None:
    page = page_of(MORNING * 3, EVENING * 3)
    ids = [e.attributes["id"] for e in page.everything() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    used = [e.attributes["href"][1:] for e in page.all("a")]
    used += [e.attributes["aria-labelledby"] for e in page.everything() if "aria-labelledby" in e.attributes]
    used += [mark.attributes["data-m"] for mark in page.all("mark") if "data-m" in mark.attributes]
    assert set(used) <= set(ids)


@pytest.mark.parametrize(
    "before",
    ["", "🚢👩‍👩‍👧 ", "Cafe\u0301 ", "\ufeff", "A\r\n\r\n", "&amp; ", "שלום עולם "],
    ids=["nothing", "emoji", "accent", "mark", "crlf", "reference", "hebrew"],
)
def test_marks_on_both_sides_are_the_spans_of_the_output(before: str) -> None:
    old, new = (before + text.replace("\n", "\r\n") for text in (MORNING, EVENING))
    found = compared(old, new)
    page = read_page(comparison(found))
    for prefix, raw, marking in (("o", old, found.old), ("n", new, found.new)):
        shown = {
            tuple(map(int, mark.attributes["data-at"].split("-"))): mark.text
            for mark in page.all("mark")
            if mark.attributes.get("id", "").startswith(prefix) and "f-hedges" in mark.attributes["class"]
        }
        hedges = {(h["start"], h["end"]): h["text"] for h in marking.to_dict()["signals"]["hedges"]}
        assert shown == hedges
        assert all(raw[a:b] == words for (a, b), words in shown.items())
    assert [e.text for e in page.all("del")][:2] == ["may", "officials say"]


def test_a_saved_page_is_shown_as_a_reader_sees_it() -> None:
    source = "<html><body><article><h1>Quay</h1><p>The <b>qu</b>ay m&#97;y move, Odo Brask said.</p></article></body></html>"
    old = Document("old", source, markup=True)
    page = page_of(old, Document("new", source.replace("m&#97;y", "will"), markup=True))
    assert rows(page)[-1][1:3] == (
        "The quay may move, Odo Brask said.",
        "The quay will move, Odo Brask said.",
    )


PIECES = [
    "quay", "may", "“Perhaps", "it”", "said", "Tove", "Arnell,", "could", "be", "the", "reportedly", "moved.", "é🚢",
    "<b>&", "NEVER", "officials", "that", "40", "about", "\n\n", "She", "added.",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_texts_stay_whole(old: str, new: str) -> None:
    found = compared(Document("old", old, markup=False), Document("new", new, markup=False))
    page = read_page(comparison(found))
    for cell, raw, side in ((1, old, "old"), (2, new, "new")):
        wanted = [
            raw[slice(*place)].split() for pair in found.pairs if (place := getattr(pair, side)) is not None
        ]
        shown = [word for row in rows(page) for word in row[cell].split()]
        assert sorted(shown) == sorted(word for words in wanted for word in words)
        if side == "new":
            assert shown == [word for words in wanted for word in words]
    used = {mark.attributes["data-m"] for mark in page.all("mark") if "data-m" in mark.attributes}
    used |= {link.attributes["href"][1:] for link in page.all("a")}
    assert used <= {e.attributes["id"] for e in page.everything() if "id" in e.attributes}


@given(st.text(st.characters(codec=None), max_size=80), st.text(st.characters(codec=None), max_size=80))
def test_any_two_texts_make_a_page(old: str, new: str) -> None:
    page = comparison(compared(old, new))
    page.encode("utf-8")
    read_page(page)


EVIL = '<script>alert(1)</script> "><img src=x onerror=alert(1)> \x00\x1b[2J \ud800 & </style></title>'


def test_everything_is_escaped_and_nothing_comes_from_elsewhere() -> None:
    old = Document(EVIL, f"{EVIL}\n\n{MORNING} {EVIL} said Tove {EVIL}.", markup=False)
    new = Document(EVIL + "2", f"{EVIL}\n\n{EVENING} It may {EVIL}.", markup=False)
    text = comparison(compared(old, new))
    page = read_page(text)
    assert len(page.all("script")) == len(page.all("style")) == len(page.all("title")) == 1
    assert not page.all("img")
    assert not [e for e in page.everything() if any(n[:2] == "on" or n == "style" for n in e.attributes)]
    assert "\x00" not in text
    assert "\x1b" not in text
    policy = next(m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert all(e.attributes["href"].startswith("#") for e in page.everything() if "href" in e.attributes)
    assert not re.search(r"https?:|url\(|@import", page.all("style")[0].text + page.all("script")[0].text)


def test_the_size_is_bounded() -> None:
    places = [
        f"The quay at Lind{i:03} may be moved by {i} metres, the office of Hamn{i:03} said."
        for i in range(700)
    ]
    flat = [line.replace("may", "will").partition(",")[0] + "." for line in places]
    old, new = ("\n\n".join(lines) for lines in (places, flat))
    text = comparison(compared(old, new))
    assert len(text.encode()) < 20 * len(old + new)
    page = read_page(text)
    assert f"{CHANGES['attribution_lost']} 700" in page.by_id("summary").text
    assert "600 more are told in the text" in page.by_id("summary").text
    assert max(len(listed.all("li")) for listed in page.by_id("summary").all("ul")) == LISTED


def test_the_json_has_the_words_that_changed_and_the_measures() -> None:
    found = compared(
        "The mill was built in 1911 by Odo Brask.", "The mill may be in 1911 by Odo Brask."
    ).to_dict()
    (pair,) = found["pairs"]
    assert [(e["old"] and e["old"]["text"], e["new"] and e["new"]["text"]) for e in pair["edits"]] == [
        ("was built", "may be")
    ]
    measure = {m["measure"]: m for m in found["measures"]}["hedges.per_100_words"]
    assert measure == {
        "measure": "hedges.per_100_words",
        "old": 0,
        "new": pytest.approx(100 / 9),
        "usual": ANY,
    }
