"""Each check on a corpus where it must fire, on one where it must not, and on one where it can't be made."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from planted import Corpus, article, clean, joined, sentence

from classifier.evaluation.audit import CHECKS
from classifier.evaluation.audit.names import names_own_publisher, states_own_label

CLEAN = clean()
LARGE = clean(800, seed=2)
N = len(CLEAN.texts)
FAKE = [label == "fake" for label in CLEAN.labels]
TWO = joined(CLEAN, clean(seed=1, corpus="two"))
ONE_LABEL = replace(CLEAN, labels=["fake"] * N)
NO_LABELS = replace(CLEAN, labels=[None] * N)
DRAW = random.Random(7)


def with_text(addition: str, every: int = 1, corpus: Corpus = CLEAN) -> Corpus:
    """The addition before a last sentence of each fake article, or of every so manyth of them."""
    return corpus.texts_of("fake", lambda t: f"{t} {addition} {sentence(DRAW)}", every)


def column(name: str, value: Callable[[int], object]) -> Corpus:
    return replace(CLEAN, **{name: [value(i) for i in range(N)]})


FIRES: list[tuple[str, str, Callable[[], Corpus]]] = [
    # exact copies of the same label; 3 of 240 are more than a hundredth
    ("exact_duplicates", "medium", lambda: column("texts", lambda i: CLEAN.texts[i - 2 if i in (2, 3, 9) else i])),
    ("exact_duplicates", "low", lambda: column("texts", lambda i: CLEAN.texts[i - 2 if i in (2, 3) else i])),
    ("exact_duplicates", "high", lambda: column("texts", lambda i: CLEAN.texts[i % 200])),
    (
        "near_duplicates",
        "medium",
        lambda: column("texts", lambda i: f"{CLEAN.texts[i - 2]} It rained." if i in (2, 5, 9) else CLEAN.texts[i]),
    ),
    ("duplicates_other_label", "medium", lambda: column("texts", lambda i: CLEAN.texts[i - (i == 1)])),
    ("duplicates_between_corpora", "medium", lambda: joined(CLEAN, replace(clean(seed=1, corpus="two"), texts=[*CLEAN.texts[:5], *clean(seed=1).texts[5:]]))),
    ("publisher_confound", "high", lambda: column("publishers", lambda i: f"{CLEAN.labels[i]}{i // 2 % 20}.example")),
    (
        "corpus_confound",
        "high",
        lambda: joined(ONE_LABEL, replace(clean(seed=1, corpus="two"), labels=["real"] * N)),
    ),
    ("few_publishers", "medium", lambda: column("publishers", lambda i: f"paper {i // 2 % 19}")),
    ("few_publishers", "low", lambda: column("publishers", lambda i: f"paper {i}" if i % 3 == 0 else None)),
    ("dominant_publisher", "medium", lambda: column("publishers", lambda i: "a" if FAKE[i] and i % 3 else f"b{i}")),
    ("dominant_publisher", "low", lambda: column("publishers", lambda i: "a" if i % 3 == 0 else f"b{i}")),
    ("publisher_in_text", "medium", lambda: column("texts", lambda i: f"{CLEAN.texts[i]} {CLEAN.publishers[i]}" if i % 3 == 0 else CLEAN.texts[i])),
    ("publisher_in_text", "medium", lambda: column("texts", lambda i: f"{CLEAN.texts[i]} {CLEAN.publishers[i]}" if i % 10 == 0 else CLEAN.texts[i])),
    (
        "publisher_phrases",
        "high",
        lambda: replace(
            column("texts", lambda i: f"{CLEAN.texts[i]}\nThe tide table of {'abcdefghijklmnop'[i // 2 % 16] * 5} ends."),
            publishers=[f"paper {i // 2 % 16}" for i in range(N)],
        ),
    ),
    ("repeated_phrases", "medium", lambda: with_text("Our readers in the harbour know why.", every=3)),
    ("repeated_phrases", "low", lambda: with_text("Our readers in the harbour know why.", 11, LARGE)),
    ("label_words", "high", lambda: with_text("It was a hoax.", every=2)),
    ("label_words", "high", lambda: column("texts", lambda i: f"{CLEAN.texts[i]}\nVerdict: {CLEAN.labels[i]}")),
    ("label_words", "high", lambda: column("texts", lambda i: f"{CLEAN.labels[i].upper()}\n{CLEAN.texts[i]}")),
    ("label_words", "medium", lambda: column("texts", lambda i: f"{CLEAN.texts[i]} ({CLEAN.labels[i]})" if i % 4 == 0 else CLEAN.texts[i])),
    ("label_words", "medium", lambda: with_text("That has been debunked.", every=4)),
    ("agency_tags", "medium", lambda: with_text("VIKBY (Reuters) was quiet.", every=4)),
    ("agency_tags", "low", lambda: with_text("VIKBY (Reuters) was quiet.", 11, LARGE)),
    ("addresses", "high", lambda: with_text("See http://quay.example/a for more of it.")),
    (
        "addresses",
        "high",
        lambda: replace(
            column("texts", lambda i: f"http://quay.example/{i}\n\n{CLEAN.texts[i]}"),
            urls=[f"https://www.quay.example/{i}".replace("www.", "") for i in range(N)],
        ),
    ),
    ("length_alone", "high", lambda: CLEAN.texts_of("fake", lambda t: f"{t} {sentence(DRAW)} {sentence(DRAW)}")),
    ("dates_alone", "high", lambda: column("dates", lambda i: f"20{20 + FAKE[i]}-0{1 + i % 9}-11")),
    # every other month belongs to one label: the day alone says little, the month everything
    ("dates_alone", "high", lambda: column("dates", lambda i: f"2021-{1 + (i // 2 % 6) * 2 + FAKE[i]:02}-11")),
    ("date_format", "high", lambda: column("dates", lambda i: "11 May 2021" if FAKE[i] else CLEAN.dates[i])),
    ("class_balance", "high", lambda: ONE_LABEL),
    ("class_balance", "medium", lambda: column("labels", lambda i: "fake" if i < 19 else "real")),
    ("class_balance", "low", lambda: column("labels", lambda i: "fake" if i < 24 else "real")),
    ("missing_publishers", "high", lambda: column("publishers", lambda i: None if FAKE[i] else CLEAN.publishers[i])),
    ("missing_dates", "high", lambda: column("dates", lambda i: " " if FAKE[i] else CLEAN.dates[i])),
    ("missing_titles", "medium", lambda: column("titles", lambda i: None if i % 8 == 0 else CLEAN.titles[i])),
    ("share_text", "high", lambda: with_text("Share on Facebook", every=2)),
    ("footer_text", "high", lambda: with_text("All rights reserved.", every=2)),
    ("cut_endings", "high", lambda: CLEAN.texts_of("fake", lambda t: t.rstrip(".") + "…", every=2)),
    ("cut_endings", "high", lambda: CLEAN.texts_of("fake", lambda t: t + " Read more »", every=2)),
    ("furniture", "high", lambda: CLEAN.texts_of("fake", lambda t: t + "\n\nShare this article\n\nSubscribe\n\nAll rights reserved")),
    ("quotation_marks", "high", lambda: CLEAN.texts_of("fake", lambda t: t.replace('"', "?").replace("'", "?") + " It didn?t."  )),
    ("mojibake", "medium", lambda: with_text("It cost 5 \ufffd.", every=4)),
    ("mojibake", "high", lambda: with_text("The cafÃ© and the fÃªte weren\u00e2\u20ac\u2122t open.")),
    ("markup", "medium", lambda: with_text("Salt &amp; oars.", every=4)),
    ("layout", "high", lambda: CLEAN.texts_of("fake", lambda t: t.replace(". ", ".\n\n"))),
    ("layout", "high", lambda: CLEAN.texts_of("real", lambda t: t.replace("'", "’"))),
    ("languages", "medium", lambda: CLEAN.texts_of("fake", lambda t: "Der Hafen ist nicht mehr der alte, und die Leute sind mit dem Rat zufrieden. " * 6, every=4)),
    ("short_texts", "medium", lambda: CLEAN.texts_of("fake", lambda t: t[:200], every=4)),
    ("short_texts", "high", lambda: column("texts", lambda i: "" if i % 3 else CLEAN.texts[i])),
]  # fmt: skip

NOT_APPLICABLE: list[tuple[str, Callable[[], Corpus], str]] = [
    ("exact_duplicates", lambda: _some(CLEAN, 1), "one article"),
    ("near_duplicates", lambda: _some(CLEAN, 1), "one article"),
    ("duplicates_other_label", lambda: ONE_LABEL, "'fake'"),
    ("duplicates_between_corpora", lambda: CLEAN, "one corpus"),
    ("publisher_confound", lambda: column("publishers", str), "two articles"),
    ("corpus_confound", lambda: CLEAN, "one corpus"),
    ("few_publishers", lambda: column("publishers", lambda i: None), "publisher"),
    ("dominant_publisher", lambda: column("publishers", lambda i: " "), "publisher"),
    ("dominant_publisher", lambda: column("publishers", lambda i: "a" if i < 9 else None), "20 articles"),
    ("publisher_in_text", lambda: column("publishers", lambda i: None), "publisher"),
    ("publisher_phrases", lambda: column("publishers", lambda i: "a"), "two publishers"),
    ("length_alone", lambda: column("labels", lambda i: "fake" if i < 19 else "real"), "20 articles"),
    ("dates_alone", lambda: column("dates", lambda i: "last spring"), "read"),
    ("dates_alone", lambda: NO_LABELS, "no article has a label"),
    ("date_format", lambda: column("dates", lambda i: None), "date"),
    ("class_balance", lambda: NO_LABELS, "no article has a label"),
    ("missing_publishers", lambda: column("publishers", lambda i: None), "publisher"),
    ("missing_dates", lambda: column("dates", lambda i: None), "date"),
    ("missing_titles", lambda: column("titles", lambda i: None), "title"),
    *((code, lambda: NO_LABELS, "no article has a label") for code in (
        "repeated_phrases", "label_words", "agency_tags", "addresses", "share_text", "footer_text", "cut_endings",
        "furniture", "quotation_marks", "mojibake", "markup", "layout", "languages", "short_texts",
    )),
]  # fmt: skip


def _some(corpus: Corpus, n: int) -> Corpus:
    names = ("texts", "labels", "publishers", "dates", "titles", "corpora")
    return replace(corpus, **{name: getattr(corpus, name)[:n] for name in names})


@pytest.mark.parametrize(("code", "severity", "planted"), FIRES, ids=[f"{c}-{s}" for c, s, _ in FIRES])
def test_a_planted_flaw_is_found(code: str, severity: str, planted: Callable[[], Corpus]) -> None:
    found = planted().finding(code)
    assert (found.status, found.severity) == ("tip" if severity == "low" else "issue", severity), found
    assert found.remedy is not None
    assert found.remedy.endswith(".")
    assert found.says.endswith(".")
    assert "nan" not in found.says
    assert len(found.examples) <= 5
    assert all(len(example) < 120 for example in found.examples)


@pytest.mark.parametrize("corpus", [CLEAN, TWO], ids=["one corpus", "two corpora"])
def test_nothing_is_found_in_a_clean_corpus(corpus: Corpus) -> None:
    done = corpus.audit()
    assert [f for f in done.findings if f.severity is not None] == []
    silent = {f.code for f in done.findings if f.status == "not_applicable"}
    assert silent == (set() if corpus is TWO else {"duplicates_between_corpora", "corpus_confound"})


@pytest.mark.parametrize(
    ("code", "corpus", "reason"), NOT_APPLICABLE, ids=[f"{c}-{r}" for c, _, r in NOT_APPLICABLE]
)
def test_a_check_that_can_not_be_made_says_why(code: str, corpus: Callable[[], Corpus], reason: str) -> None:
    found = corpus().finding(code)
    assert (found.status, found.severity, found.remedy) == ("not_applicable", None, None), found
    assert found.says.startswith("Because ")
    assert reason in found.says


def test_every_check_has_a_case_on_each_side() -> None:
    assert {code for code, _, _ in FIRES} == set(CHECKS)
    assert {code for code, _, _ in NOT_APPLICABLE} == set(CHECKS)


def test_a_figure_is_what_was_planted() -> None:
    found = with_text("VIKBY (Reuters) was quiet.", every=4).finding("agency_tags")
    assert found.figures["by_label"] == {"fake": 0.25, "real": 0.0}
    assert found.figures["articles"] == 30
    assert found.figures["auroc"] == pytest.approx(0.625)
    assert "fake 25.0%, real 0.0%" in found.says


def test_two_tags_do_not_hide_one_another() -> None:
    one = with_text("VIKBY (Reuters) was quiet.", every=2)
    both = one.texts_of("real", lambda t: f"QUARN (AFP) was not. {t}", every=2)
    found = both.finding("agency_tags")
    assert (found.status, found.figures["articles"]) == ("issue", 60)


def test_names_that_stand_everywhere_are_nobodys_own() -> None:
    named = column("texts", lambda i: CLEAN.texts[i] + " The tribune came.")
    named = replace(
        named, publishers=["tribune.example" if i % 2 else f"quay{i % 40}.example" for i in range(N)]
    )
    assert named.finding("publisher_in_text").figures["articles"] == 0


@pytest.mark.parametrize(
    ("publisher", "text", "named"),
    [
        ("www.dailyquarn.co.example", "as the Daily Quarn has learned", True),
        ("dailyquarn.example", "a daily from Quarn", False),
        ("The Daily Quarn", "the DAILY QUARN reports", True),
        ("oar.example", "an oar", False),  # too short to be told from a word
        ("oar.example", "first seen on oar.example", True),
        ("Skerry", "a skerry-built boat", True),
        ("Skerry", "the skerrys", False),
    ],
)
def test_how_a_publisher_is_named(publisher: str, text: str, named: bool) -> None:
    assert names_own_publisher([text, "Nothing of the kind."], [publisher, "another one"])[0] == named


@pytest.mark.parametrize(
    ("label", "text", "stated"),
    [
        ("fake", "Fake: the quay sank", True),
        ("fake", "a fake mill", False),
        ("pants on fire", "Rating: Pants on Fire!", True),
        ("no", "verdict: no", False),  # too short
        ("a+b (c", "[A+B (c]", True),
        (None, "None", False),
    ],
)
def test_how_a_label_is_stated(label: str | None, text: str, stated: bool) -> None:
    assert states_own_label([text], [label]).tolist() == [stated]


def test_many_labels_are_each_set_against_the_rest() -> None:
    four = clean(480, labels=("fake", "real", "satire", "mixed"))
    planted = four.texts_of("satire", lambda t: f"{t} Share on Facebook")
    found = planted.finding("share_text")
    assert found.severity == "high"
    assert "more often where the label is satire" in found.says
    assert found.figures["by_label"] == {"fake": 0, "mixed": 0, "real": 0, "satire": 1}
    # with a positive label it alone is set against the others
    assert "the label is fake" in replace(planted, positive="fake").finding("share_text").says
    assert replace(planted, positive="fake").finding("class_balance").figures["articles"] == {
        "other": 360,
        "fake": 120,
    }


def test_copies_without_a_label_hide_no_phrase() -> None:
    planted = with_text("Our readers in the harbour know why.", every=3)
    copied = joined(replace(planted, labels=[None] * N), planted)
    assert copied.finding("repeated_phrases").figures == planted.finding("repeated_phrases").figures


def test_a_difference_in_few_articles_is_no_finding() -> None:
    planted = with_text("Share on Facebook", every=14)  # eight articles, all fake
    assert planted.finding("share_text").status == "passed"
    found = clean(40).texts_of("fake", lambda t: f"{t} {article(DRAW, 0)}", every=2).finding("length_alone")
    assert found.figures["auroc"] > 0.65
    assert found.status == "passed"
