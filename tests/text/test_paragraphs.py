"""Paragraphs and zones: what is the article and what is only the page around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.paragraphs import Shape, Zone
from classifier.text.segment import Segmented, segment

T, B, P, F = Zone.TITLE, Zone.BYLINE, Zone.BODY, Zone.FURNITURE


def read(text: str, title: str | None = None, *, markup: bool = False) -> Segmented:
    return segment(Document("a", text, title, markup))


def zones(text: str, title: str | None = None) -> list[Zone]:
    return [p.zone for p in read(text, title).paragraphs]


ONE = "The ferry between Orlo and Penn stayed in port on Monday because of the wind, the harbour office said."
TWO = "Some forty passengers spent the night in the school. They were given soup, and nobody was hurt."
LONG = (
    "Some forty passengers, most of them on the way home from Penn, spent the night in the school"
    ", where they were given soup."
)
THREE = "Boats are expected to sail again on Wednesday, once the swell has gone down."

# what it is, the lines, the zone of each
PAGES: list[tuple[str, list[tuple[Zone, str]]]] = [
    ("a plain article", [(T, "Storm keeps the ferry in port"), (P, ONE), (P, TWO)]),
    ("a byline", [(T, "Storm keeps the ferry in port"), (B, "By Orla Venn"), (P, ONE), (P, TWO)]),
    ("a name alone below the headline", [(T, "Storm keeps the ferry in port"), (B, "Orla Venn"), (P, ONE)]),
    ("no headline", [(P, ONE), (P, TWO)]),
    ("a question as headline", [(T, "Will the ferry ever sail again?"), (P, ONE)]),
    (
        "a date and a counter",
        [(T, "Storm keeps the ferry in port"), (F, "March 3, 2026"), (F, "12 comments"), (P, ONE)],
    ),
    (
        "navigation above",
        [
            (F, "Home"),
            (F, "News | Sport | Weather"),
            (T, "Storm keeps the ferry in port"),
            (P, ONE),
            (P, TWO),
        ],
    ),
    (
        "share lines",
        [(T, "Storm keeps the ferry in port"), (F, "Share on Facebook"), (F, "Tweet"), (P, ONE), (P, TWO)],
    ),
    (
        "related stories below",
        [
            (P, ONE),
            (P, TWO),
            (F, "Related stories"),
            (F, "Council to vote on bins"),
            (F, "Gull steals wallet"),
        ],
    ),
    (
        "a box of stories in the middle",
        [(P, ONE), (F, "Related story:"), (F, "Council to vote on bins"), (P, LONG), (P, THREE)],
    ),
    (
        "comments below",
        [
            (P, ONE),
            (P, TWO),
            (P, ONE),
            (P, TWO),
            (F, "3 Comments"),
            (F, "I was there, and it was awful."),
            (F, "Sad."),
        ],
    ),
    ("a comment button above", [(T, "Storm keeps the ferry in port"), (F, "Comments"), (P, ONE), (P, TWO)]),
    (
        "rights and newsletters below",
        [(P, ONE), (F, "\u00a9 2026 Orlo Gazette. All rights reserved."), (F, "Sign up now")],
    ),
    (
        "captions",
        [
            (F, "A ferry at the quay in Orlo on Sunday. Bo Marsh/Getty Images"),
            (P, ONE),
            (F, "Image copyright Orlo Gazette Image caption The quay was empty"),
            (F, "FILE PHOTO: A ferry is seen in the harbour of Penn, May 4, 2021. REUTERS/Bo Marsh"),
            (P, TWO),
            (F, "Media playback is unsupported on your device"),
            (P, THREE),
        ],
    ),
    (
        "links to other stories",
        [(P, ONE), (F, "RELATED: Council to vote on bins"), (P, TWO), (F, "WATCH: Gull steals wallet")],
    ),
    (
        "an address first",
        [(F, "https://orlo.example/2026/03/storm-keeps-the-ferry-in-port-for-a-day"), (P, ONE), (P, TWO)],
    ),
    ("subheadings", [(T, "Storm keeps the ferry in port"), (P, ONE), (P, "What comes next"), (P, TWO)]),
    (
        "dialogue",
        [
            (P, "\u201cIs it late?\u201d she asked."),
            (P, "\u201cYes.\u201d"),
            (P, "\u201cThen go home, all of you.\u201d"),
        ],
    ),
    (
        "a list that ends the article",
        [(P, ONE), (P, "The office gave this advice:"), (P, "- Stay at home"), (P, "- Call the hotline")],
    ),
    ("buttons that look like a list", [(P, ONE), (P, TWO), (F, "- Print"), (F, "- Email")]),
    (
        "an announcement ends it",
        [(P, ONE), (P, "This is what the harbour master wrote to the crew that night:")],
    ),
    (
        "a last sentence without a full stop",
        [
            (P, ONE),
            (
                P,
                "The harbour office has not said when the boats will sail, but the crews hope for soon",
            ),
        ],
    ),
    (
        "a sentence that begins like a button",
        [
            (P, ONE),
            (P, "Share prices of the ferry line fell by a tenth after the news of the storm on Monday."),
        ],
    ),
    (
        "a sentence about a policy",
        [
            (P, ONE),
            (
                P,
                "The ferry line changed its privacy policy in May after a long fight with the regulator.",
            ),
        ],
    ),
    ("an e-mail address below", [(P, ONE), (F, "orla.venn@orlo.example")]),
]


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n\r\n"])
@pytest.mark.parametrize("page", [page for _, page in PAGES], ids=[name for name, _ in PAGES])
def test_the_zone_of_each_line(page: list[tuple[Zone, str]], gap: str) -> None:
    text = gap.join(line for _, line in page)
    result = read(text)
    assert [(p.zone, text[p.start : p.end]) for p in result.paragraphs] == page


# a text of one line, its zone
ALONE = [
    ("Storm keeps the ferry in port", T),
    ("Will the ferry ever sail again?", T),
    ("The ferry sailed at noon.", P),
    ("Ferry", P),
    ("- a list item", P),
    (ONE, P),
]


@pytest.mark.parametrize(("text", "zone"), ALONE)
def test_one_line_alone(text: str, zone: Zone) -> None:
    assert zones(text) == [zone]


def test_a_title_given_apart_is_not_looked_for_in_the_text() -> None:
    assert zones(f"The quay on Sunday\n\n{ONE}\n\n{TWO}", "Storm keeps the ferry in port") == [F, P, P]


@pytest.mark.parametrize(
    "title", ["Storm keeps Orlo\u2019s ferry in port", " STORM keeps  Orlo's ferry in port "]
)
def test_a_title_given_apart_and_repeated_is_the_title(title: str) -> None:
    assert zones(f"Storm keeps Orlo's ferry in port\n\n{ONE}\n\n{TWO}", title) == [T, P, P]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "The ferry between Orlo and Penn stayed in",
        "port on Monday because of the wind, the",
        "harbour office said.",
    ]
    more = [
        "Some forty passengers spent the night in",
        "the school. They were given soup, and",
        "nobody was hurt.",
    ]
    text = "\n".join([*lines, "", *more, "", *lines])
    result = read(text)
    assert [text[p.start : p.end].count("\n") for p in result.paragraphs] == [2, 2, 2]
    assert all(p.zone is P for p in result.paragraphs)


def test_a_line_torn_in_the_middle_of_a_sentence_is_mended() -> None:
    torn = "The ferry between Orlo and Penn stayed in port on Monday because of\n\nthe wind, the office said."
    text = f"{torn}\n\n{TWO}"
    assert [text[p.start : p.end] for p in read(text).paragraphs] == [torn, TWO]


@pytest.mark.parametrize("second", ["pic.example.com/Ab12Cd", "The wind was strong.", "@orlo"])
def test_what_does_not_go_on_in_lower_case_is_not_joined(second: str) -> None:
    text = f"{ONE}\n\nThe ferry between Orlo and Penn stayed in port on Monday\n\n{second}\n\n{TWO}"
    assert len(read(text).paragraphs) == 4


def test_shapes() -> None:
    text = f"{ONE}\n\nWhat comes next\n\n- soup\n\n1. bread\n\n{TWO}"
    assert [p.shape for p in read(text).paragraphs] == [
        Shape.PROSE,
        Shape.LINE,
        Shape.ITEM,
        Shape.ITEM,
        Shape.PROSE,
    ]


def test_the_tags_of_a_page_say_the_zones() -> None:
    page = (
        "<html><body><nav><a>News</a> <a>Sport</a></nav><article><h1>Ferry stays in port</h1>"
        f"<p class='byline'>By Orla Venn</p><p>{ONE}</p>"
        f"<figure><figcaption>The quay, empty on Sunday.</figcaption></figure><p>{TWO}</p></article>"
        "<footer><p>We value your opinion, so tell us what you think of it.</p></footer></body></html>"
    )
    result = read(page, markup=True)
    told = {result.readable.text[p.start : p.end]: p.zone for p in result.paragraphs}
    assert told["Ferry stays in port"] is T
    assert told["By Orla Venn"] is B
    assert told[ONE] is P and told[TWO] is P
    assert told["The quay, empty on Sunday."] is F
    assert told["We value your opinion, so tell us what you think of it."] is F


LINES = [line for _, page in PAGES for _, line in page]


@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=12),
    st.sampled_from(["\n", "\n\n", " \n\t\n"]),
)
def test_paragraphs_are_sorted_apart_and_trimmed(lines: list[str], gap: str) -> None:
    result = read(gap.join(lines))
    text, at = result.readable.text, 0
    for p in result.paragraphs:
        assert at <= p.start < p.end <= len(text)
        assert not text[p.start].isspace() and not text[p.end - 1].isspace()
        assert not result.plain[at : p.start].strip()  # nothing is left out between two
        assert p.words == result.words.index(p.end) - result.words.index(p.start)
        at = p.end
    assert not result.plain[at:].strip()
    assert sum(p.zone is T for p in result.paragraphs) <= 1
    assert sum(p.zone is B for p in result.paragraphs) <= 1
