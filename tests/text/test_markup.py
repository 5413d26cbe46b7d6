"""What a reader sees of HTML source, where it stands there, and what the tags say about it."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.readable import MOJIBAKE, Readable, readable

SHARED = Path(os.environ.get("MISINFO_SHARED", Path(__file__).parents[3] / "shared"))


def page(raw: str) -> Readable:
    return readable(Document("x", raw, markup=True))


def parts(read: Readable) -> list[tuple[str, str]]:
    return [(block.role, read.text[block.start : block.end]) for block in read.blocks]


VISIBLE = [
    # tags inside a word leave no gap
    ("<p><b>ab</b>out pro<wbr>bable</p>", "about probable"),
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("<div><p>One<p>Two</div>Three", "One\n\nTwo\n\nThree"),
    ("<p>one<br>two<br/>three", "one\ntwo\nthree"),
    ("<p>one<br><br>two", "one\n\ntwo"),
    ("<p>  a \n\t b <i> c</i> </p> ", "a b c"),
    ("<p>a&nbsp; b\u00a0 c</p>", "a\u00a0 b\u00a0 c"),
    ("<p>a</p><pre>x  y\n z</pre>", "a\n\nx  y\n z"),
    (
        "<p>&ldquo;R&amp;D&rdquo; &copy 2020 &notit; &nosuch; a&b</p>",
        "\u201cR&D\u201d \u00a9 2020 \u00acit; &nosuch; a&b",
    ),
    (
        "<p>&#8220;x&#x201D; &#150; &#0; &#32;&#10; y &#" + "9" * 5000 + ";",
        "\u201cx\u201d \u2013 \ufffd y \ufffd",
    ),
    ("<p>he said <q>no</q>.", "he said \u201cno\u201d."),
    ("a<script>if (a<b) '</p>'</script>b<style>p{}</style>c", "abc"),
    ("<head><title>T</title><meta a=b></head><body>x", "x"),
    ("<title>T &lt;/b></title><p>x", "x"),
    ("<head><link rel=x><p>the body begins</p>", "the body begins"),
    ("a<noscript><img src=x>b</noscript><template><p>c</p></template><svg><text>d</text></svg>e", "ae"),
    ("a<textarea><p>b</textarea><select><option>c</select>d", "ad"),
    ("<div hidden>a</div><p style='display: none'>b</p><p class=hidden-x aria-hidden=true>c</p>", "c"),
    ("a<!-- b --><!---->c<!-->d<!doctype x>e<?php f ?>g<![CDATA[h>]]>i</ j>k", "acdegik"),
    ("<p title='a > b' data-x=\"<p>\">x</p>", "x"),
    ("<P CLASS=a>x</P\n><BR>y", "x\n\ny"),
    ("a < b <3 and <> x", "a < b <3 and <> x"),
    ("x <a href=", "x <a href="),
    ("<p>one</b></i></div> two", "one\n\ntwo"),
    ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "a\n\nb\n\nc\n\nd\n\ne"),
    ("<table><tr><td>a<td>b<tr><th>c</table>", "a\n\nb\n\nc"),
    ("<p>a\u00adb\u200bc</p>", "abc"),
    ("<p>Caf\u00c3\u00a9 and th\u00c3\u00a9</p>", "Caf\u00e9 and th\u00e9"),
    ("No tags between paragraphs,\n\nbut <b>in</b>\none.", "No tags between paragraphs,\n\nbut in one."),
    ("a <!-- never closed <p>b", "a"),
    ('<p>x <a href="y>one</a> two</p>', "x one two"),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "text"), VISIBLE)
def test_what_a_reader_sees(raw: str, text: str) -> None:
    assert page(raw).text == text


# source, a stretch of what is seen, and its slice
SLICES = [
    ("<p>it is <b>ab</b>out 5", "about", "ab</b>out"),
    ("<p>pro<wbr>bable", "probable", "pro<wbr>bable"),
    ("<p>&ldquo;a&rdquo;</p>", "\u201ca\u201d", "&ldquo;a&rdquo;"),
    ("<p>&ampersand", "&", "&amp"),
    ("<p>a</p> <p>b", "\n", "</p>"),
    ("a<br >b", "\n", "<br >"),
    ("<p>a \n <i>b</i>", " ", " \n "),
    ("<p>so&shy;lution", "solution", "so&shy;lution"),
    ("<p>th\u00c3\u00a9 caf\u00c3\u00a9", "caf\u00e9", "caf\u00c3\u00a9"),
]


@pytest.mark.parametrize(("raw", "part", "piece"), SLICES)
def test_where_it_stands_in_the_source(raw: str, part: str, piece: str) -> None:
    read = page(raw)
    start = read.text.index(part)
    first, last = read.raw_span(start, start + len(part))
    assert raw[first:last] == piece
    assert read.shown(start, start + len(part)) == part


TEXT = "A long enough sentence about the mill at Tarncombe stands here."
ROLES = [
    # without a word from the page about its article, everything plain is prose
    (
        f"<h1>Head</h1><p>{TEXT}</p><ul><li>item</ul>",
        [("title", "Head"), ("prose", TEXT), ("list", "item")],
    ),
    # outside the article is furniture; the headline and the byline may stand before it
    (
        f"<p>Site</p><h1>Head</h1><p class=byline>By A B</p><article><p>{TEXT}</article><p>Imprint",
        [
            ("furniture", "Site"),
            ("title", "Head"),
            ("byline", "By A B"),
            ("prose", TEXT),
            ("furniture", "Imprint"),
        ],
    ),
    (
        f"<h1>The Paper</h1><main><h1>Head</h1><p>{TEXT}</main><footer>x</footer>",
        [("furniture", "The Paper"), ("title", "Head"), ("prose", TEXT), ("furniture", "x")],
    ),
    (
        f"<article><h1>Head</h1><p>4 min<div itemprop=articleBody><p>{TEXT}</div><p>Tags</article>",
        [("title", "Head"), ("furniture", "4 min"), ("prose", TEXT), ("furniture", "Tags")],
    ),
    # teasers are articles too
    (
        f"<article><p>{TEXT}{TEXT}</article><article><a>Other story</a><p class=author>By C</article>",
        [("prose", TEXT + TEXT), ("furniture", "Other story"), ("furniture", "By C")],
    ),
    (f"<div><p>{TEXT}{TEXT}{TEXT}</div><article>Ad</article>", [("prose", TEXT * 3), ("prose", "Ad")]),
    (
        f"<nav>a</nav><aside>b</aside><form>c</form><button>d</button><header>e</header><p>{TEXT}",
        [("furniture", c) for c in "abcde"] + [("prose", TEXT)],
    ),
    (
        f"<article><header><h1>H</h1><p>{TEXT}</header><figure>x<figcaption>y</figcaption></figure></article>",
        [("title", "H"), ("prose", TEXT), ("caption", "x"), ("caption", "y")],
    ),
    # names of classes
    *(
        (f'<div class="{name}">x</div><p>{TEXT}', [("furniture", "x"), ("prose", TEXT)])
        for name in (
            "comments",
            "td_related",
            "shareButtons",
            "most-read box",
            "site-menu",
            "cookie-law",
            "adverts",
        )
    ),
    *(
        (f'<div class="{name}">x</div><p>{TEXT}', [("prose", "x"), ("prose", TEXT)])
        for name in (
            "shareholders",
            "has-sidebar",
            "commentary",
            "header",
            "entry-content with-promo",
            "tag-social",
        )
    ),
    (
        f"<p>By <a rel=author>A B</a></p><span itemprop=author>C D</span><p class=author-bio>E</p><p>{TEXT}",
        [("byline", "By A B"), ("byline", "C D"), ("furniture", "E"), ("prose", TEXT)],
    ),
    (f'<p class="author">{TEXT * 3}</p>', [("prose", TEXT * 3)]),
    # names are not believed where they would leave nothing
    (f"<div class=sidebar><p>{TEXT}</div><nav>x</nav>", [("prose", TEXT), ("furniture", "x")]),
    (f"<form><article><p>{TEXT}</article>x</form>", [("prose", TEXT), ("furniture", "x")]),
    (f"<h2 itemprop=headline>Head</h2><p>{TEXT}", [("title", "Head"), ("prose", TEXT)]),
    (
        f"<h1 class=site-title>Paper</h1><h1>Head</h1><p>{TEXT}",
        [("prose", "Paper"), ("title", "Head"), ("prose", TEXT)],
    ),
]


@pytest.mark.parametrize(("raw", "expected"), ROLES)
def test_what_the_tags_say(raw: str, expected: list[tuple[str, str]]) -> None:
    assert parts(page(raw)) == expected


def test_blocks_move_with_the_characters_mended_after_them() -> None:
    read = page("<p>th\u00c3\u00a9 so\u00adlution</p><p>\u200b</p><p>caf\u00c3\u00a9</p>")
    assert read.notes == (MOJIBAKE,)
    assert parts(read) == [("prose", "th\u00e9 solution"), ("prose", "caf\u00e9")]


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        '<a href="',
        "<a ",
        "<![CDATA[>",
        "<div>",
        "<i><div><b></i>",
        "</",
        "&a",
        "<script>",
        "<p><li>",
        "\n ",
    ],
)
def test_a_large_broken_page_is_read_to_its_end(piece: str) -> None:
    read = page("start <b>now</b> " + piece * (300_000 // len(piece)))
    assert read.text.startswith("start now")


TAGS = (
    "<p>|</p>|<div class=share>|</div>|<b>|</b>|<br>|<article>|</article>|<h1>|</h1>|<li>|<ul>|</ul>|<pre>"
    "|</pre>|<head>|<td>|<tr>|<table>|<q>|</q>|<!-- x -->|<script>|</script>|<svg>|</svg>|<form>|<main>"
    '|<a href="|">|\'|=|<|&amp|;|\u00ad|\u00c3\u00a9|word| |\n|\n\n|&nbsp;|&#32;|\u00a0'
    "|<![CDATA[|]]>|-->|<!--"
)


@given(
    st.one_of(
        st.text(), st.text("<>/=!-\"' abp&;#[]\n"), st.lists(st.sampled_from(TAGS.split("|"))).map("".join)
    )
)
def test_any_string_is_read_and_every_character_has_its_place(raw: str) -> None:
    read = page(raw)
    assert read.back is not None
    assert read.back.shape == (2, len(read.text))
    starts, ends = read.back.tolist()
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(starts, ends, strict=True))
    done = 0
    for block in read.blocks:
        assert done <= block.start < block.end <= len(read.text)
        assert not read.text[done : block.start].strip()
        done = block.end
    assert not read.text[done:].strip("\u00ad\n ")


# a piece of source and what is seen of it, without white space at its ends
WORDS = st.sampled_from(
    [
        ("word", "word"),
        ("<b>ab</b>out", "about"),
        ("R&amp;D", "R&D"),
        ("pro<wbr>bable", "probable"),
        ("&ldquo;x&rdquo;", "\u201cx\u201d"),
        ("<a href='a>b'>l</a>", "l"),
        ("\u0130\U0001f469", "\u0130\U0001f469"),
        ("z<!-- </p> -->z", "zz"),
        ("<script>'<p>'</script>s", "s"),
    ]
)
GAPS = st.sampled_from([" ", "\n", " <i> </i>\t", "&#32;", " &#32;&#x20;\n"])


@given(st.lists(st.lists(st.tuples(WORDS, GAPS), min_size=1), min_size=1))
def test_a_page_of_known_pieces(drawn: list[list[tuple[tuple[str, str], str]]]) -> None:
    raw, texts, places = "<html><body>", [], []
    for paragraph in drawn:
        raw += "<p>"
        for (source, _), gap in paragraph:
            places.append((len(raw), len(raw) + len(source)))
            raw += source + gap
        raw += "</p>\n"
        texts.append([seen for (_, seen), _ in paragraph])
    read = page(raw)
    assert read.text == "\n\n".join(" ".join(words) for words in texts)
    assert parts(read) == [("prose", " ".join(words)) for words in texts]
    at = 0
    for seen, (start, end) in zip([w for words in texts for w in words], places, strict=True):
        at = read.text.index(seen, at)
        first, last = read.raw_span(at, at + len(seen))
        assert start <= first < last <= end
        at += len(seen)


def test_a_page_saved_from_a_browser() -> None:
    if not (SHARED / "cases").is_dir():
        pytest.skip(f"{SHARED} is not there; set MISINFO_SHARED to the folder with the cases")
    raw = (SHARED / "cases" / "saved_page.html").read_bytes().decode()
    gold = json.loads((SHARED / "cases" / "saved_page.gold.json").read_text(encoding="utf-8"))
    read = readable(Document("saved_page.html", raw))
    assert read.markup
    (title,) = (block for block in read.blocks if block.role == "title")
    assert read.shown(title.start, title.end) == gold["title"]["text"]
    assert read.raw_span(title.start, title.end) == (gold["title"]["start"], gold["title"]["end"])
    prose = [block for block in read.blocks if block.role == "prose"]
    assert len(prose) == gold["body"]["paragraphs"]
    first, last = read.raw_span(prose[0].start, prose[-1].end)
    assert gold["body"]["start"] <= first < last <= gold["body"]["end"]
    body = "\n".join(read.text[block.start : block.end] for block in prose)
    assert not [words for words in gold["not_body"] if words in body]
    assert all(hedge["text"] in body or hedge["in"] == "title" for hedge in gold["hedges"])
