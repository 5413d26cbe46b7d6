"""Quotations: every shape of mark, apostrophes that are none, and marks that nobody closed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text.fold import folded
from classifier.text.quotations import _MARK, Quotation, _marks, quotations
from classifier.text.words import words


def found(text: str) -> list[Quotation]:
    """Quotations of a text whose paragraphs are its lines."""
    spans, at = [], 0
    for line in text.split("\n"):
        if line:
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return quotations(text, words(folded(text)), spans)


def shown(text: str) -> list[str]:
    return [text[q.start : q.end] + ("" if q.closed else " (open)") for q in found(text)]


# text, its quotations
MARKS = [
    ("No marks here.", []),
    ('"It is late," she said.', ['"It is late,"']),
    ("\u201cIt is late,\u201d she said. \u201cGo.\u201d", ["\u201cIt is late,\u201d", "\u201cGo.\u201d"]),
    ("'It is late,' she said.", ["'It is late,'"]),
    ("\u2018It\u2019s late,\u2019 she said.", ["\u2018It\u2019s late,\u2019"]),
    ("\u00abC\u2019est tard\u00bb, dit-elle.", ["\u00abC\u2019est tard\u00bb"]),
    ("\u00ab C'est tard \u00bb, dit-elle.", ["\u00ab C'est tard \u00bb"]),
    ("\u201eEs ist sp\u00e4t\u201c, sagte sie.", ["\u201eEs ist sp\u00e4t\u201c"]),
    ("``It is late,'' she said.", ["``It is late,''"]),
    ("''It is late,'' she said.", ["''It is late,''"]),
    # shapes mixed by careless outlets
    (
        "\u201cIt is late,\u2019\u2019 she said. \u201cGo.\u201d",
        ["\u201cIt is late,\u2019\u2019", "\u201cGo.\u201d"],
    ),
    ('"It is late,\'\' she said. "Go."', ["\"It is late,''", '"Go."']),
    ('\u201cIt is late," she said.', ['\u201cIt is late,"']),
    ("\u201cIt is late,\u201c she said.", ["\u201cIt is late,\u201c"]),
    ("They were told \u201cdo as you like\u201c. Some did.", ["\u201cdo as you like\u201c"]),
    # no quotations
    ("It's the residents' petition, and they don't like '90s rock 'n' roll.", []),
    ("\u2019Tis the dogs\u2019 turn.", []),
    ("He is 6'2\" tall and she is 5'11\" tall.", []),
    ("A stray \u201d closes nothing.", []),
    ("A lone ' is no quotation.", []),
    # possessives inside single marks
    ("The \u2018talks\u2019 with them didn\u2019t end.", ["\u2018talks\u2019"]),
    ("'The residents' petition failed,' he said.", ["'The residents' petition failed,'"]),
    # nesting
    (
        "\u201cHe told me \u2018go home\u2019 twice,\u201d she said.",
        ["\u201cHe told me \u2018go home\u2019 twice,\u201d", "\u2018go home\u2019"],
    ),
    ("\"He told me 'go home' twice,\" she said.", ["\"He told me 'go home' twice,\"", "'go home'"]),
    # never closed
    ("\u201cIt is late, she said.\nThe crew slept.", ["\u201cIt is late, she said. (open)"]),
    (
        "\u201cIt is late, said Quill. \u201cGo home.\u201d",
        ["\u201cIt is late, said Quill. (open)", "\u201cGo home.\u201d"],
    ),
    ('"It is late, said Quill. "Go home."', ['"It is late, said Quill. (open)', '"Go home."']),
    # re-opened, paragraph by paragraph
    ("\u201cOne.\n\u201cTwo.\u201d\nThree.", ["\u201cOne.\n\u201cTwo.\u201d"]),
    ("\u201cOne.\n\u201cTwo.\n\u201cThree,\u201d she said.", ["\u201cOne.\n\u201cTwo.\n\u201cThree,\u201d"]),
    ("\u201cOne.\n\u201cTwo.\nThree.", ["\u201cOne.\n\u201cTwo. (open)"]),
    (
        "\u201cOne.\n\u201cTwo \u201cthree\u201d four.",
        ["\u201cOne. (open)", "\u201cthree\u201d"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_what_is_quoted(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


# text with one quotation, its kind
KINDS = [
    ('"We will not go," she said.', "speech"),
    ('She said: "no way"', "speech"),
    ('He called it "a very long and winding road to nowhere that nobody would ever want to take".', "speech"),
    ('The so-called "fix" failed.', "scare"),
    ('The "second wave" came.', "scare"),
    ('Her novel "The Salt Road" sold well.', "title"),
    ('"The roof came off" \u2014 Pia Noll', "speech"),
    ('The plan "makes no sense at all" to them.', "speech"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_of_a_quotation(text: str, kind: str) -> None:
    (one,) = found(text)
    assert one.kind == kind


def test_what_stands_inside_another_is_nested_and_says_where_its_words_are() -> None:
    text = "\u201cHe said \u2018no\u2019 to me,\u201d she said."
    outer, inner = found(text)
    assert (outer.kind, inner.kind) == ("speech", "nested")
    assert text[slice(*outer.inner)] == "He said \u2018no\u2019 to me,"
    assert text[slice(*inner.inner)] == "no"


@pytest.mark.parametrize("pair", ['""', "\u201c\u201d", "''", "\u2018\u2019", "\u201e\u201c", "\u00ab\u00bb"])
def test_the_shape_of_the_marks_tells_nothing(pair: str) -> None:
    texts = [
        "{}We will not go,{} she said.",
        "The so-called {}fix{} failed.",
        "Her novel {}The Salt Road{} sold.",
    ]
    kinds = [found(text.format(*pair))[0].kind for text in texts]
    assert kinds == ["speech", "scare", "title"]


MARKED = st.lists(
    st.sampled_from(
        [
            *"\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb\u2039\u203a`",
            "''",
            " ",
            "a",
            "S",
            ". ",
            ", ",
            "6",
            "\n",
        ]
    )
).map("".join)
PLAIN = st.lists(st.sampled_from(["Rain fell", " on", ". ", "It", " 40 km"])).map("".join)


@given(st.one_of(st.text(), MARKED))
@example("\u201ca\n\u201cb \u201cc\u201d d")
@example("'a' '")
def test_quotations_are_sorted_and_inside_the_paragraphs(text: str) -> None:
    quotes = found(text)
    assert quotes == sorted(quotes)
    for q in quotes:
        assert 0 <= q.start < q.end <= len(text)
        assert q.start <= q.inner[0] <= q.inner[1] <= q.end
        assert "\n\n" not in text[q.start : q.end]
        if "\n" in text[q.start : q.end]:  # only a re-opened one goes past its paragraph
            for line in text[q.start : q.end].split("\n")[1:]:
                assert text.startswith(line[:1], q.start)


@given(
    st.one_of(
        st.text(), MARKED, st.lists(st.sampled_from([*"'\u2019\u201as a\u0301\u093e\u4e2d5_"])).map("".join)
    )
)
@example("e\u0301's'a it's's'")
def test_every_mark_of_the_text_is_read(text: str) -> None:
    assert _marks(text, words(folded(text))) == [(m.start(), m.end(), m[0]) for m in _MARK.finditer(text)]


@given(MARKED, PLAIN)
def test_a_paragraph_without_marks_at_the_end_changes_nothing(text: str, plain: str) -> None:
    assert found(f"{text}\n{plain}") == found(text)


@given(
    st.lists(MARKED.map(lambda t: t.replace("\n", "")), max_size=3), st.sampled_from("\"'\u201c\u201d\u00ab")
)
def test_a_stray_mark_costs_its_own_paragraph(parts: list[str], stray: str) -> None:
    before = "\n".join(["It rained.", *parts, "It rained."])
    after = "The mayor spoke.\nShe left."
    with_stray = f'{before}\nThe {stray}mayor spoke.\nShe left. "So it is," he said.'
    without = f'{before}\n{after} "So it is," he said.'
    start = len(before) + 1
    end = with_stray.index("\n", start)
    apart = [(q.start, q.end, q.kind) for q in found(with_stray) if q.end <= start or q.start > end]
    expected = [(q.start, q.end, q.kind) for q in found(without)]
    assert [(a - (a > start), b - (b > start), kind) for a, b, kind in apart] == expected


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "'",
        "\u201c",
        "\u201ca ",
        "\u201da ",
        "' ",
        "'the s' b ",
        '"a ',
        '"a "b" ',
        '"a\n',
        "\u201eb s\u2019 c",
        "'s ",
    ],
)
def test_a_long_line_of_marks_comes_to_an_end(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    quotes = found(text)
    assert all(0 <= q.start < q.end <= len(text) for q in quotes)
