"""What vanishes, shrinks or is mended in plain text, and that every character finds its way back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text.document import Document
from classifier.text.readable import MOJIBAKE, QUOTATION_MARKS_DESTROYED, Readable, readable
from classifier.text.rewrite import Edit, apply


def plain(raw: str) -> Readable:
    return readable(Document("x", raw, markup=False))


UNTOUCHED = [
    "",
    "The ferry may sail, said Ada Quill.",
    "R&D costs at AT&T rose; see a < b and b > c.",
    "\u201cIt\u2019s late,\u201d she said.\r\n\r\nThe caf\u00e9 shut.\r",
    "A family \U0001f469\u200d\U0001f467 and \u0645\u06cc\u200c\u0634\u0648\u062f",
    "no&nosuchname; reference, no&amp without a semicolon",
    "He ordered caf\u00e9\u00a0\u00bb twice, caf\u00e9\u00a0\u00bb.",  # E9 A0 BB would be one letter in UTF-8
    "\u201eSPA\u00df\u201c und \u201eMEN\u00dc\u201d, dann \u201eMEN\u00dc\u201d",
    "NESTL\u00c9\u00ae and again NESTL\u00c9\u00ae",
    "One stray \u00c3\u00a9 proves nothing.",
    "A lone surrogate \ud800 and \u00e9",
]


@pytest.mark.parametrize("raw", UNTOUCHED)
def test_text_without_anything_to_remove_is_raw(raw: str) -> None:
    read = plain(raw)
    assert read.text is raw
    assert read.back is None
    assert read.blocks == ()
    assert read.notes == ()


# raw, what a reader sees, a stretch of that, and the raw slice it stands for
CHANGED = [
    ("a so\u00adlu\u00adtion", "a solution", "solution", "so\u00adlu\u00adtion"),
    ("\ufeffFirst word", "First word", "First", "First"),
    ("too high\u200b,\u201d he", "too high,\u201d he", "high,", "high\u200b,"),
    ("no\u2060break mid\ufeffdle", "nobreak middle", "middle", "mid\ufeffdle"),
    ("Fish &amp; chips", "Fish & chips", "Fish & chips", "Fish &amp; chips"),
    ("It&#8217;s &quot;late&quot;", 'It\u2019s "late"', "It\u2019s", "It&#8217;s"),
    ("one&amp;#160;two", "one\u00a0two", "\u00a0", "&amp;#160;"),
    ("one&amp;amp;amp;two", "one&two", "&", "&amp;amp;amp;"),
    ("hy&shy;phen", "hyphen", "hyphen", "hy&shy;phen"),
    ("a &#x2014; b", "a \u2014 b", "\u2014", "&#x2014;"),
    ("line&amp;\r\nnext", "line&\r\nnext", "\r\n", "\r\n"),
]


@pytest.mark.parametrize(("raw", "text", "part", "piece"), CHANGED)
def test_what_vanishes_or_shrinks(raw: str, text: str, part: str, piece: str) -> None:
    read = plain(raw)
    assert read.text == text
    start = text.index(part)
    first, last = read.raw_span(start, start + len(part))
    assert raw[first:last] == piece
    assert read.shown(start, start + len(part)) == piece


def misread(text: str, codec: str) -> str:
    """Write as UTF-8, read as something else, the undefined bytes as control characters."""
    return "".join(
        bytes([byte]).decode(codec)
        if codec == "latin-1" or byte not in b"\x81\x8d\x8f\x90\x9d"
        else chr(byte)
        for byte in text.encode()
    )


SENTENCE = (
    "\u201cThe d\u00f4me \u2014 Br\u00e5the\u2019s own \u2014 may fall,\u201d "
    "said Zo\u00eb \u0160ek \U0001f9f1\u2026"
)


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_misread_text_is_mended_and_stays_in_its_place(codec: str, times: int) -> None:
    raw = SENTENCE
    for _ in range(times):
        raw = misread(raw, codec)
    read = plain(raw)
    assert read.text == SENTENCE
    assert read.notes == (MOJIBAKE,)
    start = SENTENCE.index("Br\u00e5the")
    word = raw[slice(*read.raw_span(start, start + 6))]
    assert word.startswith("Br\u00c3") and word.endswith("the")
    assert read.shown(start, start + 6) == word


def test_a_closing_mark_that_lost_its_last_byte() -> None:
    raw = "\u00e2\u20ac\u0153Stop,\u00e2\u20ac he said. \u00e2\u20ac\u0153No,\u00e2\u20ac she said."
    read = plain(raw)
    assert read.text == "\u201cStop,\u201d he said. \u201cNo,\u201d she said."
    assert read.raw_span(6, 7) == (8, 10)


DESTROYED = [
    ("It?s true that he don?t care.", True),
    ("He called her ?sick Mara? and ?lazy Mara.?", True),
    ("Isn?t it late? Who knows?", False),  # once may be a slip
    ("What? Who? Why? Really? Yes?s", False),
    ('"It?s true," he said. "I don?t care." "Go," she said.', False),  # the marks are there
    ("https://x.example/a?s=1&b?t=2 and a?b", False),
]


@pytest.mark.parametrize(("raw", "destroyed"), DESTROYED)
def test_question_marks_where_quotation_marks_were(raw: str, destroyed: bool) -> None:
    read = plain(raw)
    assert (QUOTATION_MARKS_DESTROYED in read.notes) == destroyed
    assert read.text == raw


MARKUP = [
    ("<!DOCTYPE html><p>x", True),
    ("\n<HTML lang=en>x", True),
    ("<p>One</p>", True),
    ('a <a href="x">link</a>', True),
    ("line<br>line<br/>line", True),
    ("one <br> only", False),
    ("if a <b and c> d, p < 0.05 <sic> <laughs>", False),
    ("write to <ada@mill.example> or <p@mill.example>", False),
    ("", False),
]


@pytest.mark.parametrize(("raw", "markup"), MARKUP)
def test_whether_it_is_markup_is_seen(raw: str, markup: bool) -> None:
    assert readable(Document("x", raw)).markup is markup
    assert readable(Document("x", raw, markup=True)).markup is True
    assert plain(raw).markup is False


PIECES = (
    "word| |\n|\r\n|?|<p>|&amp;|&amp;#8217;|&shy;|\u00ad|\ufeff|\u200b|\u200d|\u201c|\u00e9|\u0130|\ud800"
    "|\U0001f469|\u00c3\u00a9|\u00e2\u20ac\u2122|\u00c2\u00a0"
)
ANY_TEXT = st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split("|"))).map("".join))


def check_way_back(read: Readable) -> None:
    if read.back is None:
        assert read.text == read.raw
        return
    assert read.back.shape == (2, len(read.text))
    starts, ends = read.back.tolist()
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(read.raw) for start, end in zip(starts, ends, strict=True))


@given(ANY_TEXT)
@example("\ufeff")
@example("&shy;")
def test_every_character_has_a_place_in_the_raw_text(raw: str) -> None:
    read = plain(raw)
    check_way_back(read)
    for place in range(len(read.text)):
        first, last = read.raw_span(place, place + 1)
        assert read.shown(place, place + 1) == raw[first:last]


@given(ANY_TEXT, ANY_TEXT)
def test_the_word_between_is_found_where_it_was_put(left: str, right: str) -> None:
    # A letter may be part of what stands before or after it ("&am" + "p;"); spaces and the word are not.
    raw = f"{left} reportedly {right}"
    read = plain(raw)
    places = [
        read.raw_span(place, place + 10)
        for place in range(len(read.text))
        if read.text.startswith("reportedly", place)
    ]
    assert (len(left) + 1, len(left) + 11) in places


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3), st.text(max_size=2))))
def test_edits_keep_what_they_do_not_name(text: str, drawn: list[tuple[int, int, str]]) -> None:
    edits: list[Edit] = []
    for start, length, shown in sorted(drawn):
        if start + length <= len(text) and (not edits or edits[-1].end <= start):
            edits.append(Edit(start, start + length, shown))
    new, back = apply(text, None, edits)
    expected, done = "", 0
    for edit in edits:
        expected += text[done : edit.start] + edit.shown
        done = edit.end
    assert new == expected + text[done:]
    if back is not None:
        again, way = apply(new, back, [Edit(0, 1, "")] if new else [])
        assert again == new[1:]
        assert way is not None
        assert way.tolist() == (back[:, 1:] if new else back).tolist()
