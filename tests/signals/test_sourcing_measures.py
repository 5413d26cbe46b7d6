"""Measures over planted attributions, their values counted by hand; and what holds for any spans."""

import math
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.features.crossed import CROSSED
from classifier.signals import hedges, sourcing
from classifier.signals.counting import ENOUGH_WORDS, FIRST_WORDS
from classifier.signals.extract import Marked, columns
from classifier.signals.sourcing.measures import ENOUGH, MEASURES, SECOND_HAND
from classifier.signals.span import Flag, Signals, Span
from classifier.text.document import Document
from classifier.text.segment import segment

FAMILIES = (hedges.FAMILY, sourcing.FAMILY)
ALL = {m.name: m for m in (*MEASURES, *(m for needs, m in CROSSED if needs == {"hedges", "sourcing"}))}
CODES = {
    "P": "source.person", "O": "source.organisation", "W": "source.withheld", "C": "source.class", "q": "cue",
    "d": "content.direct", "m": "content.mixed", "i": "content.indirect", "h": "modal",
}  # fmt: skip
_OPEN = re.compile(r"\{(\w)(\d*)(n?)(s?)(?:=(-?\d+))? ([^}]*)\}")


def planted(text: str) -> tuple[str, list[Span], list[Span]]:
    """A text without its marks, its hedges and its parts of attributions.

    "{P0n=2 Ada Holm}" is a person, of attribution 0, named, source number 2; "s" marks a second-hand content.
    """
    plain, places = "", []
    at = 0
    for found in _OPEN.finditer(text):
        plain += text[at : found.start()]
        code, group, named, second, value, words = found.groups()
        flags = (Flag.NAMED if named else 0) | (SECOND_HAND if second else 0)
        number = -1 if value is None else int(value)
        span = Span(len(plain), len(plain) + len(words), CODES[code], int(group or -1), flags, number)
        places.append((code, span))
        plain, at = plain + words, found.end()
    plain += text[at:]
    return (
        plain,
        sorted(s for code, s in places if code == "h"),
        sorted(s for code, s in places if code != "h"),
    )


def batch(*texts: str) -> Signals:
    marked = []
    for text in texts:
        plain, hedged, attributed = planted(text)
        marked.append(Marked(segment(Document("x", plain)), (hedged, attributed)))
    return columns(marked, FAMILIES)


def value(name: str, *texts: str) -> list[float]:
    return [round(float(v), 6) for v in ALL[name].value(batch(*texts))]


# Words, and those of them in contents. Three of six statements are given to a source.
TALK = (
    "{P0n=0 Ada Holm} {q0n=0 said} {i0n=0 the old bridge would stay shut}. "  # 9 words, 6 of them content
    "{d1n=0 “Nobody has asked us about it at all,”} {P1=0 she} {q1=0 added}. "  # 10, 8
    "{W2=1 Officials} {q2=1 say} {i2s=1 the council was told it may fall}. "  # 9, 7
    "The keys were {q3 alleged} {i3=-1 to be copied}. "  # 7, 3
    "The bridge {h may} open again before the winter comes. "  # 9, hedged and unsourced
    "It was built by the town in 1904."  # 8
)
VALUES = {
    "sourcing.density": 3 / 6,
    "sourcing.density_named": 2 / 6,
    "sourcing.withheld_share": 1 / 4,
    "sourcing.class_share": 0,
    "sourcing.nobody_share": 1 / 4,
    "sourcing.named_share": 2 / 4,
    "sourcing.anonymous_share": 1 / 4,
    "sourcing.unidentified_share": 2 / 4,
    "sourcing.second_hand_share": 1 / 4,
    "sourcing.direct_share": 1 / 4,
    "sourcing.attributions_per_100_words": 100 * 4 / 52,
    "sourcing.distinct_per_100_words": 100 * 2 / 52,
    "sourcing.withheld_per_100_words": 100 * 1 / 52,
    "sourcing.largest_share": 14 / 21,
    "sourcing.words_per_content": 21 / 3,
    "sourcing.quoted_words": 8 / 52,
    "sourcing.density_first_300": math.nan,
    "sourcing.density_named_first_300": math.nan,
    "sourcing.attributions_first_300": math.nan,
    "sourcing.distinct_first_300": math.nan,
    "sourcing.largest_share_first_300": math.nan,
    "crossed.hedged_unsourced": 1 / 6,
    "crossed.hedged_unsourced_per_100_words": 100 * 1 / 52,
    "crossed.hedged_unsourced_first_300": math.nan,
}


def test_the_table_is_complete() -> None:
    assert set(VALUES) == set(ALL)


@pytest.mark.parametrize("name", VALUES)
def test_values_counted_by_hand(name: str) -> None:
    assert value(name, TALK) == pytest.approx([VALUES[name]], abs=1e-6, nan_ok=True)


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("sourcing.withheld_share", ["Officials"]),
        ("sourcing.nobody_share", ["to be copied"]),
        ("sourcing.unidentified_share", ["Officials", "to be copied"]),
        ("sourcing.second_hand_share", ["the council was told it may fall"]),
        ("sourcing.distinct_per_100_words", ["Ada Holm", "Officials"]),
        ("crossed.hedged_unsourced", ["may"]),
        ("crossed.hedged_unsourced_per_100_words", ["may"]),
    ],
)
def test_measures_open_to_what_they_count(name: str, evidence: list[str]) -> None:
    signals, plain = batch(TALK), planted(TALK)[0]
    rows = np.flatnonzero(ALL[name].spans(signals))
    assert [plain[signals.start[r] : signals.end[r]] for r in rows] == evidence


FEW = "{P0n=0 Ada Holm} {q0n=0 said} {i0n=0 the bridge would stay shut}. {C1=1 Critics} {q1=1 say} {i1=1 it will fall}."
LOST = "".join(
    f"{{P{n} He}} {{q{n} said}} {{i{n}=1048576 the bridge would stay shut}}. " for n in range(ENOUGH)
)
SHARES = [n for n, m in ALL.items() if m.unit in ("share of attributions", "share of attributed words")]


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_few_attributions_is_undefined(name: str) -> None:
    assert np.isnan(ALL[name].value(batch(FEW, ""))).all()
    assert len(SHARES) == 10


def test_undefined_without_body_or_statements() -> None:
    signals = batch("", "Soup: 2, bread: 3")
    for name, measure in ALL.items():
        assert np.isnan(measure.value(signals)[0]), name
    assert np.isnan(ALL["sourcing.density"].value(signals)[1])
    assert np.isnan(ALL["sourcing.words_per_content"].value(signals)[1])


@pytest.mark.parametrize(
    ("fact", "names"),
    [
        (
            "marked_quotes",
            ["sourcing.density", "sourcing.density_named", "sourcing.direct_share", "sourcing.quoted_words",
             "crossed.hedged_unsourced", "crossed.hedged_unsourced_per_100_words"],
        ),
        (
            "punctuated",
            ["sourcing.density", "sourcing.density_named", "crossed.hedged_unsourced",
             "crossed.hedged_unsourced_per_100_words"],
        ),
    ],
)  # fmt: skip
def test_undefined_where_marks_are_missing(fact: str, names: Sequence[str]) -> None:
    signals = batch(TALK)._replace(**{fact: np.array([False])})
    lost = [name for name, m in ALL.items() if np.isnan(m.value(signals)[0]) and not math.isnan(VALUES[name])]
    assert sorted(lost) == sorted(names)


def test_words_of_a_pronoun_nobody_was_found_for_are_no_source_of_their_own() -> None:
    assert value("sourcing.density", LOST) == [1]
    assert np.isnan(value("sourcing.largest_share", LOST)).all()
    some = LOST + "{P9n=0 Ada Holm} {q9n=0 said} {i9n=0 it had been tested twice}."  # 5 of 20 words
    assert value("sourcing.largest_share", some) == [0.25]


def test_a_source_outside_the_body_counts_for_nothing() -> None:
    head = "Port shut, {W0=0 officials} {q0=0 say}\n\n"
    assert value("sourcing.withheld_per_100_words", head + TALK) == value(
        "sourcing.withheld_per_100_words", TALK
    )


def test_one_spokesman_nine_times_counts_once() -> None:
    text = "".join(f"{{P{n}n=0 Holm}} {{q{n}n=0 said}} {{i{n}n=0 it was so again}}. " for n in range(9))
    assert value("sourcing.distinct_per_100_words", text) == pytest.approx([100 / 54], abs=1e-6)
    assert value("sourcing.attributions_per_100_words", text) == pytest.approx([900 / 54], abs=1e-6)


# -- the first 300 body words

PLAIN = "The old bridge stands near the mill and the weir. "  # 10 words
SAID = "{P#n=# Holm} {q#n=# said} {i#n=# the bridge would stay shut until the spring}. "  # 10 words, 8 of them content
HEDGED = "The old bridge {h may} stand near the mill right there. "
BEGUN = [m for m in ALL if m.endswith("_first_300")]


def said(number: int) -> str:
    return SAID.replace("#", str(number))


def sentences(kinds: str) -> str:
    """A body of ten-word sentences: "s" with a new source, "h" hedged by the writer, "." with neither."""
    made = {"s": said, "h": lambda _: HEDGED, ".": lambda _: PLAIN}
    return "".join(made[kind](number) for number, kind in enumerate(kinds))


def test_values_of_a_beginning() -> None:
    # Three attributions in the first 30 sentences.
    body = sentences("ss.s" + 26 * "." + "sssss" + "hh" + 20 * ".")
    assert value("sourcing.density_first_300", body) == [0.1]
    assert value("sourcing.density_named_first_300", body) == [0.1]
    assert value("sourcing.attributions_first_300", body) == [1]
    assert value("sourcing.distinct_first_300", body) == [1]
    assert value("sourcing.largest_share_first_300", body) == [0.333333]
    assert value("crossed.hedged_unsourced_first_300", body) == [0]
    assert value("crossed.hedged_unsourced_first_300", sentences("hs" + 28 * "." + "hhhh")) == [0.033333]


@pytest.mark.parametrize("name", BEGUN)
def test_what_follows_the_beginning_changes_nothing(name: str) -> None:
    first = sentences("s.hs" + 12 * "." + "hss" + 11 * ".")
    assert len(planted(first)[0].split()) == FIRST_WORDS
    later = first + re.sub(r"(?<=\{[Pqi])\d+", lambda n: str(int(n[0]) + 50), sentences("sshs..s"))
    short, long = value(name, first), value(name, later)
    assert short == long != [0]
    signals = batch(later)
    evidence = ALL[name].spans(signals)
    assert evidence.any()
    assert signals.start[evidence].max() < len(planted(first)[0])


@pytest.mark.parametrize("name", BEGUN)
def test_a_headline_is_no_part_of_the_beginning(name: str) -> None:
    body = sentences("ss.hs" + 40 * ".")
    assert value(name, "Bridge shut until spring\n\n" + body) == value(name, body)


def test_a_sentence_that_begins_in_the_beginning_is_kept_whole() -> None:
    body = (
        PLAIN * 29
        + "So {P0n=0 Holm}, who runs the mill near the weir, {q0n=0 said} {i0n=0 the bridge was shut and sold}."
    )
    assert value("sourcing.attributions_first_300", body + " " + PLAIN) == pytest.approx(
        [100 / 306], abs=1e-5
    )


@pytest.mark.parametrize(("n", "defined"), [(ENOUGH_WORDS // 10 - 1, False), (ENOUGH_WORDS // 10, True)])
def test_a_short_body_has_no_beginning(n: int, defined: bool) -> None:
    assert np.isfinite(value("sourcing.density_first_300", sentences("s" * n))).all() == defined


def test_a_text_without_sentence_marks_has_no_beginning() -> None:
    signals = batch(sentences("s" * 20))._replace(punctuated=np.array([False]))
    assert [name for name in BEGUN if not np.isnan(ALL[name].value(signals)).all()] == []


def test_no_form_of_a_beginning_is_scored() -> None:
    assert [name for name in BEGUN if ALL[name].scored] == []


# -- any spans

LONG, SHORT = sentences("." * 45), PLAIN * 4
KINDS = [(0, "modal"), *((1, kind) for kind in sourcing.KINDS)]


@st.composite
def any_spans(draw: st.DrawFn) -> tuple[str, tuple[list[Span], list[Span]]]:
    text = draw(st.sampled_from([LONG, SHORT]))
    words = [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
    found: tuple[list[Span], list[Span]] = ([], [])
    for _ in range(draw(st.integers(0, 30))):
        family, kind = draw(st.sampled_from(KINDS))
        first = draw(st.integers(0, len(words) - 1))
        last = min(first + draw(st.integers(0, 25)), len(words) - 1)
        flags = draw(st.sampled_from([0, Flag.NAMED, SECOND_HAND, Flag.NAMED | SECOND_HAND]))
        group = draw(st.integers(0, 6)) if family else -1
        number = draw(st.integers(-1, 4)) if family else -1
        found[family].append(Span(words[first][0], words[last][1], kind, group, flags, number))
    return text, (sorted(found[0]), sorted(found[1]))


@given(st.lists(any_spans(), max_size=4))
def test_values_stay_in_their_range_whatever_the_spans(documents) -> None:
    marked = [Marked(segment(Document("x", text)), spans) for text, spans in documents]
    signals = columns(marked, FAMILIES)
    alone = [columns([one], FAMILIES) for one in marked]
    for name, measure in ALL.items():
        with np.errstate(all="raise"):
            values = measure.value(signals)
        assert values.shape == (len(documents),), name
        defined = values[~np.isnan(values)]
        assert ((defined >= measure.low) & (defined <= measure.high)).all(), (name, values)
        spans = measure.spans(signals)
        assert spans.dtype == np.bool_, name
        assert spans.shape == signals.doc.shape, name
        # A number above 0 opens to spans of its document; quoted words are counted by the engine.
        if name != "sourcing.quoted_words":
            opened = np.bincount(signals.doc[spans], minlength=len(documents)) > 0
            assert opened[values > 0].all(), name
        np.testing.assert_array_equal(values, np.array([measure.value(one)[0] for one in alone]), name)
