"""The report of one article: the same spans as the output, escaped, self-contained, complete and small."""

import base64
import hashlib
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_articles import written
from read_page import Element, marks, read_page

import classifier
from classifier.io.bundle import load_scorer
from classifier.pages.report import report
from classifier.scoring.scorer import Scorer
from classifier.signals.registry import BUILT_IN

EVERY = tuple(BUILT_IN)
HEDGED = (
    "Quay may move, sources say\n\n"
    "The ferry quay at Lindhamn could be moved by about 60 metres, an official who asked not to be named said on "
    "Monday, and everybody knows it will be a shameful disaster.\n\n"
    "“We have perhaps looked at four drawings,” said Tove Arnell, the office’s engineer. “It might never work!”\n\n"
    "It is believed that the work will cost more than a school. Do you want to pay? Tell the council NOW!\n"
)


def page_of(text: str | classifier.Document, families: tuple[str, ...] = EVERY) -> Element:
    return read_page(report(classifier.mark(text, families)))


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small"))


def spans_of(found: dict) -> set[tuple[str, int, int]]:
    """Family, start and end of every span in the output, parts of attributions one by one."""
    spans = set()
    for family, items in found["signals"].items():
        for item in items:
            if family != "sourcing":
                spans.add((family, item["start"], item["end"]))
                continue
            parts = [item[p] for p in ("source", "cue", "antecedent", "speaks_for") if item.get(p)]
            spans |= {(family, part["start"], part["end"]) for part in (*parts, *item["content"])}
    return spans


def shown_spans(page: Element) -> dict[tuple[str, int, int], str]:
    shown = {}
    for pieces in marks(page).values():
        first = pieces[0].attributes
        family = next(name[2:] for name in first["class"].split() if name.startswith("f-"))
        start, end = first["data-at"].split("-")
        shown[family, int(start), int(end)] = "".join(piece.text for piece in pieces)
    return shown


@pytest.mark.parametrize(
    "before",
    [
        "",
        "🚢👩‍👩‍👧 ",
        "Cafe\u0301 no\u0308 ",
        "\ufeff",
        "A\r\n\r\n",
        "שלום עולם ",
        "&amp; &lt;b&gt; ",
        "so\u00adft ",
    ],
    ids=["nothing", "emoji", "accents", "mark", "crlf", "hebrew", "references", "soft hyphen"],
)
def test_marks_are_the_spans_of_the_output_in_code_points(before: str) -> None:
    text = before + HEDGED
    found = classifier.mark(text, EVERY).to_dict()
    shown = shown_spans(page_of(text))
    assert set(shown) == spans_of(found)
    seen = {(i["start"], i["end"]): i["text"] for items in found["signals"].values() for i in items}
    for (family, start, end), words in shown.items():
        if family != "sourcing" and "\n" not in words:
            assert words == unescape(seen[start, end]).replace("\u00ad", "")
        assert text[start:end][:1] == words[:1] or text[start] == "&"


def test_every_family_is_marked_and_in_the_legend() -> None:
    page = page_of(HEDGED)
    assert {family for family, _, _ in shown_spans(page)} >= set(EVERY) - {"structure"}
    boxes = [box.attributes["id"] for box in page.by_id("text").all("input")]
    assert sorted(boxes) == sorted(f"show-{family}" for family in EVERY)
    assert all("checked" in box.attributes for box in page.by_id("text").all("input"))
    style = page.all("style")[0].text
    for family in EVERY:
        assert f":root:has(#show-{family}:not(:checked)) mark.f-{family}" in style


def test_a_hedge_inside_a_content_inside_an_attribution_is_nested() -> None:
    page = page_of("Tove Arnell said the quay may move.", ("hedges", "sourcing"))
    (content,) = [m for m in page.all("mark") if "content" in m.attributes["class"]]
    assert [m.text for m in content.all("mark")] == ["may"]
    assert "modal" in content.all("mark")[0].attributes["data-says"]
    assert "Tove Arnell" in content.attributes["data-says"]
    groups = {m.attributes["data-g"] for m in page.all("mark") if "f-sourcing" in m.attributes["class"]}
    assert len(groups) == 1


TEXTS = st.lists(
    st.lists(
        st.sampled_from(
            [
                "quay",
                "may",
                "“Perhaps",
                "it”",
                "said",
                "Tove",
                "Arnell,",
                "could",
                "be",
                "the",
                "reportedly",
                "moved.",
                "é🚢",
                "<b>&",
                "shameful!",
                "NEVER",
                "(sources)",
                "officials",
                "that",
                "40",
                "about",
            ]
        ),
        min_size=1,
        max_size=50,
    ).map(" ".join),
    min_size=1,
    max_size=4,
).map("\n\n".join)


@given(TEXTS)
def test_the_text_stays_the_text_and_marks_keep_their_words(text: str) -> None:
    document = classifier.Document("d", text, markup=False)
    marking = classifier.mark(document, EVERY)
    page = read_page(report(marking))
    article = page.all("article")[0]
    shown = marking.marked.text
    wanted = [shown.readable.text[p.start : p.end] for p in shown.paragraphs]
    assert [p.text for p in article.all("p")] == (
        wanted or ["No headline and no body were found in this text."]
    )
    for (_, start, end), words in shown_spans(page).items():
        assert "".join(words.split()) == "".join(text[start:end].split())


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_makes_a_page(text: str) -> None:
    page = report(classifier.mark(text, EVERY))
    page.encode("utf-8")
    read_page(page)


EVIL = '<script>alert(1)</script> "><img src=x onerror=alert(1)> \x00\x1b[2J \ud800 & </style></title>'


def test_everything_is_escaped(scored) -> None:
    document = classifier.Document(
        EVIL, f"{EVIL}\n\n{HEDGED} {EVIL} said Tove {EVIL}.", title=EVIL, markup=False
    )
    for result in (classifier.mark(document, EVERY), scored.score(document)):
        page = read_page(report(result))
        assert len(page.all("script")) == len(page.all("style")) == len(page.all("title")) == 1
        assert not page.all("img")
        assert not [
            e for e in page.everything() if any(n.startswith("on") or n == "style" for n in e.attributes)
        ]
        assert "\x00" not in report(result)
        assert "\x1b" not in report(result)


def test_the_policy_allows_the_own_style_and_script_and_nothing_else() -> None:
    page = page_of(HEDGED)
    policy = next(m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes)

    def hashed(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules == {
        "default-src": "'none'",
        "style-src": hashed(page.all("style")[0].text),
        "script-src": hashed(page.all("script")[0].text),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    links = [e.attributes[n] for e in page.everything() for n in ("href", "src") if n in e.attributes]
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"https?:|url\(|@import", page.all("style")[0].text + page.all("script")[0].text)


def test_every_link_leads_to_a_place_and_ids_are_used_once(scored) -> None:
    for document in (HEDGED, HEDGED * 9):
        page = read_page(report(scored.score(document)))
        ids = [e.attributes["id"] for e in page.everything() if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        links = [e.attributes["href"][1:] for e in page.all("a")]
        assert len(links) > 5
        assert set(links) <= set(ids)
        labels = [
            e.attributes["aria-labelledby"] for e in page.everything() if "aria-labelledby" in e.attributes
        ]
        assert set(labels) <= set(ids)


def test_sources_say_who_which_kind_how_often_and_where() -> None:
    text = (
        "Tove Arnell said the quay is old. The wall has sunk, Arnell said. She added that it leaks.\n\n"
        "An official who asked not to be named said the sums are wrong. It is believed that the wall will fall."
    )
    rows = page_of(text, ("sourcing",)).by_id("sources").all("tr")[1:]
    cells = [[row.all("th")[0].text, *(cell.text for cell in row.all("td"))] for row in rows]
    assert cells[0] == ["Tove Arnell", "person, named", "3", "10", "¶1 ¶1 ¶1"]
    others = {cell[0]: cell for cell in cells[1:]}
    assert others["nobody: no source is given"][1:3] == ["none", "1"]
    (withheld,) = [cell for cell in cells if "withheld" in cell[1]]
    assert withheld[4] == "¶2"
    assert (
        "nothing in this text is passed on"
        in page_of("The wall stands.", ("sourcing",)).by_id("sources").text
    )


def test_the_score_leads_to_its_places_or_is_given_in_words(scored) -> None:
    answer = scored.score(HEDGED * 3)
    page = read_page(report(answer))
    found = answer.to_dict()["score"]
    section = page.by_id("score")
    assert f"{found['probability']:.0%}" in section.text
    assert f"{found['low']:.0%} to {found['high']:.0%}" in section.text
    assert "no verdict" in section.text
    says = [reason["says"] for reason in found["reasons"]]
    assert len(section.all("li")) == len(says) > 0
    for item, reason in zip(section.all("li"), found["reasons"], strict=True):
        assert reason["says"] in item.text
        assert ("raises" if reason["contribution"] > 0 else "lowers") in item.text
        ids = [link.attributes["href"][1:] for link in item.all("a")]
        places = [page.by_id(i).attributes["data-at"] for i in ids]
        assert places == [f"{s['start']}-{s['end']}" for s in reason["spans"]][: len(places)]
        assert len(places) == min(12, len(reason["spans"]))
    short = scored.score("The quay may move.")
    assert short.abstained.says in read_page(report(short)).by_id("score").text
    assert "too short" in read_page(report(short)).by_id("score").text


def test_measures_stand_against_what_is_usual() -> None:
    marking = classifier.mark(HEDGED * 3, EVERY)
    section = read_page(report(marking)).by_id("measures")
    names = [code.text for code in section.all("code")]
    assert sorted(names) == sorted(marking.measures)
    outside = section.all("table")[0]
    rows = {row.all("code")[0].text: row for row in outside.all("tr") if row.all("code")}
    assert "hedges.per_100_words" in rows
    assert "above" in rows["hedges.per_100_words"].text
    assert all("below" in row.text or "above" in row.text for row in rows.values())
    undefined = [name for name, value in marking.measures.items() if value is None]
    assert undefined
    assert section.text.count("can’t be measured") == len(undefined)


def test_what_is_left_out_stands_folded() -> None:
    page = page_of(
        "Share this story\n\n" + HEDGED + "\n\nRead more: Ten quays to see\n\nAll rights reserved\n"
    )
    folded = page.by_id("text").all("details")
    assert folded
    assert "left out as furniture" in folded[0].all("summary")[0].text
    assert "All rights reserved" in folded[-1].text


def test_a_page_and_a_title_of_its_own_are_shown_as_a_reader_sees_them() -> None:
    source = "<html><body><article><h1>Quay &amp; crane</h1><p>The <b>qu</b>ay m&#97;y move, it was said.</p></article>"
    page = page_of(classifier.Document("p", source, markup=True), ("hedges",))
    assert page.all("h1")[0].text == "Quay & crane"
    ((family, start, end), words), *_ = shown_spans(page).items()
    assert (family, words) == ("hedges", "may")
    assert source[start:end] == "m&#97;y"
    assert page_of(classifier.Document("x", HEDGED, title="A <title>")).all("h1")[0].text == "A <title>"


def test_the_parts_of_the_page_are_there_with_and_without_a_score(scored) -> None:
    sections = ["strip", "text", "sources", "measures", "limits"]
    assert [s.attributes["id"] for s in page_of(HEDGED).all("section")] == sections
    with_score = read_page(report(scored.score(HEDGED)))
    assert [s.attributes["id"] for s in with_score.all("section")] == ["score", *sections]
    strips = page_of(HEDGED).by_id("strip").all("svg")
    assert len(strips) >= 7
    assert all("in the first third" in svg.attributes["aria-label"] for svg in strips)


def test_a_notebook_gets_the_same_page_in_a_frame(scored) -> None:
    for result in (classifier.mark(HEDGED), scored.score(HEDGED)):
        (frame,) = read_page(result._repr_html_()).all("iframe")
        assert frame.attributes["srcdoc"] == report(result)
        assert frame.attributes["sandbox"] == "allow-scripts"


def test_sizes_are_bounded(shared) -> None:
    scorer = classifier.load_scorer()
    article = ""
    while len(article) < 5_000:
        article += HEDGED
    assert len(report(scorer.score(article)).encode()) < 150_000
    long = (shared / "cases" / "long_line.txt").read_text(encoding="utf-8")
    assert len(long) >= 140_000
    assert len(report(scorer.score(long)).encode()) < 3_000_000
