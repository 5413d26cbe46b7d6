"""What `misinfo mark`, `score`, `signals` and `model` print: formats, files, and text for people."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cli_runs import ARTICLE, LIST, Ran
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.cli.show import RANKED, _evidence, shown_answer, shown_answers, shown_marking
from classifier.cli.terminal import Page, columns, one_line, wrapped
from classifier.scoring.reasons import Reason
from classifier.signals.registry import BUILT_IN, available
from classifier.text.readable import readable as readable_of

Run = Callable[..., Ran]
CODE = re.compile(r"\x1b\[[0-9;]*m")
BRACKETS = Page(72, False)
COLOURS = Page(72, True)


def test_jsonl_is_what_python_gives(misinfo: Run, article: str) -> None:
    document = classifier.Document(article, ARTICLE)
    assert misinfo("mark", article, "--format", "jsonl").records == [classifier.mark(document).to_dict()]


def test_score_is_what_python_gives(misinfo: Run, article: str, small_model: Path) -> None:
    answer = classifier.load_scorer(small_model).score(classifier.Document(article, ARTICLE))
    plain = misinfo("score", article, "--model", small_model)
    assert plain.records == [answer.to_dict()]
    more = misinfo("score", article, "--model", small_model, "--signals", "--all-reasons")
    assert more.records == [answer.to_dict(signals=True, all_reasons=True)]


@pytest.mark.parametrize("inputs", [0, 1, 2, 3])
def test_json_is_one_value(inputs: int, misinfo: Run, here: Path) -> None:
    for n in range(3):
        (here / f"{n}.txt").write_text(ARTICLE if n < inputs else "", encoding="utf-8")
    ran = misinfo("mark", "0.txt", "1.txt", "2.txt", "--format", "json")
    found = json.loads(ran.text)
    ids = [one["id"] for one in ([found] if isinstance(found, dict) else found)]
    assert ids == [f"{n}.txt" for n in range(inputs)]
    assert isinstance(found, dict) == (inputs == 1)
    assert ran.code == (0 if inputs == 3 else 1 if inputs else 2)


@pytest.mark.parametrize("command", ["mark", "score"])
def test_the_default_format_is_text_only_on_a_terminal(
    command: str, misinfo: Run, article: str, here: Path, small_model: Path
) -> None:
    call = [command, article, *(["--model", str(small_model)] if command == "score" else [])]
    assert misinfo(*call).text.startswith("{")
    assert not misinfo(*call, terminal=True).text.startswith("{")
    assert misinfo(*call, "--format", "jsonl", terminal=True).text.startswith("{")
    ran = misinfo(*call, "--out", "o", terminal=True)
    assert ran.out == b""
    assert (here / "o").read_text(encoding="utf-8").startswith("{")


def test_out_may_be_packed(misinfo: Run, article: str, here: Path) -> None:
    misinfo("mark", article, "--out", "o.jsonl.gz")
    assert json.loads(gzip.decompress((here / "o.jsonl.gz").read_bytes()))["id"] == article


def test_a_failed_run_leaves_the_old_output(misinfo: Run, article: str, here: Path) -> None:
    (here / "o").write_text("old")
    assert misinfo("mark", "gone.txt", "--out", "o").code == 2
    assert (here / "o").read_text() == "old"
    assert sorted(path.name for path in here.iterdir()) == ["o", article]


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "0"}, True),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(
    environment: dict[str, str], colour: bool, misinfo: Run, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in misinfo("mark", article, terminal=True).text) == colour
    forced = environment.get("FORCE_COLOR") == "1" and colour
    assert ("\x1b[" in misinfo("mark", article, "--format", "text").text) == forced
    assert misinfo("mark", article).text.startswith("{")  # what is piped stays for machines


def shown(text: str, page: Page = BRACKETS, **more: Any) -> str:
    return shown_marking(classifier.mark(classifier.Document("x", text, **more)), page)


def test_marks_stand_in_brackets() -> None:
    assert "{Tove Arnell}" in shown("Tove Arnell said the quay may move.")
    assert "<said> the quay [may] move." in shown("Tove Arnell said the quay may move.")
    assert "[hedge]  {source}  <cue>" in shown("Tove Arnell said the quay may move.")
    assert "[hedge]" not in shown("The quay was built in 1911.")


def test_a_page_is_shown_as_a_reader_sees_it() -> None:
    story = "<h1>Quay &amp; crane</h1><p>The <b>qu</b>ay m&#97;y move, it was said.</p>"
    page = f"<html><body><article>{story}</article></body></html>"
    text = shown(page, markup=True)
    assert "Quay & crane" in text
    assert "The quay [may] move" in text
    assert not re.search(r"</|&#|<b>|<p>", text)


def test_a_title_of_its_own_and_damage_are_shown() -> None:
    assert "\n\nQuay to move\n\n" in shown(ARTICLE.partition("\n\n")[2], title="Quay to move")
    assert "note: no sentence marks" in shown("the quay may move and " * 100)


def test_an_article_can_not_steer_the_terminal() -> None:
    text = shown("The quay \x1b[2Jmay\x07 move, \x9b31m it was said.\r\nSo it was.", COLOURS)
    assert not re.search(r"[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f]", CODE.sub("", text))
    assert "\x1b" not in CODE.sub("", text)
    assert "\x1b[2J" not in text


WORDS = [
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
]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join), min_size=1, max_size=4
).map("\n\n".join)


@given(TEXTS)
def test_taking_the_marks_away_gives_the_text_back(text: str) -> None:
    marking = classifier.mark(text)
    seen = [p for p in marking.marked.text.paragraphs if p.zone in (0, 2)]
    wanted = " ".join(text[p.start : p.end] for p in seen).split()
    for page in (BRACKETS, COLOURS):
        lines = shown_marking(marking, page).split("\n\n")[1 : 1 + len(seen)]
        bare = CODE.sub("", " ".join(lines)) if page.color else re.sub(r"[\[\]{}<>]", "", " ".join(lines))
        assert not seen or bare.split() == wanted


@given(TEXTS)
def test_brackets_pair_and_colours_end_with_their_line(text: str) -> None:
    marking = classifier.mark(text)
    plain = shown_marking(marking, BRACKETS)
    for opening, closing in ("[]", "{}", "<>"):
        assert plain.count(opening) == plain.count(closing)
    assert plain.count("[") - ("[hedge]" in plain) == len(marking.marked.spans[0])
    for line in shown_marking(marking, COLOURS).splitlines():
        codes = CODE.findall(line)
        assert not codes or codes[-1] == "\x1b[0m"


@given(TEXTS, st.integers(20, 100))
def test_lines_keep_to_the_width(text: str, width: int) -> None:
    marking = classifier.mark(text)
    for page in (Page(width, False), Page(width, True)):
        seen = sum(p.zone in (0, 2) for p in marking.marked.text.paragraphs)
        for line in "\n".join(shown_marking(marking, page).split("\n\n")[1 : 1 + seen]).splitlines():
            assert columns(line) <= width


def test_the_text_of_a_score_says_what_it_means(
    misinfo: Run, article: str, here: Path, small_model: Path
) -> None:
    (here / "list.txt").write_text(LIST)
    scored = misinfo("score", article, "--model", small_model, "--format", "text").text
    abstained = misinfo("score", "list.txt", "--model", small_model, "--format", "text").text
    assert scored.startswith("quay.txt\n")
    assert "95 % interval" in scored
    assert "no verdict" in " ".join(scored.split())
    assert "'unreliable'" in scored
    assert "180: Tove Arnell, the office’s engineer" in scored
    assert abstained.startswith("list.txt\n  no score: ")


def test_several_scores_are_a_ranking(misinfo: Run, here: Path, small_model: Path) -> None:
    for n in range(4):
        (here / f"{n}.txt").write_text(ARTICLE + "It may reportedly be so. " * n, encoding="utf-8")
    (here / "list.txt").write_text(LIST)
    names = [*(f"{n}.txt" for n in range(4)), "list.txt"]
    records = misinfo("score", *names, "--model", small_model).records
    text = misinfo("score", *names, "--model", small_model, "--format", "text").text
    head, *lines = text.split("\n\n")[0].splitlines()
    assert head.split() == ["p", "interval", "article", "strongest", "reason"]
    best = sorted(records[:4], key=lambda r: -r["score"]["probability"])
    assert [line.split()[2] for line in lines[:4]] == [r["id"] for r in best]
    for line, record in zip(lines[:4], best, strict=True):
        score = record["score"]
        assert line.split()[:2] == [f"{score['probability']:.2f}", f"{score['low']:.2f}–{score['high']:.2f}"]
        assert score["reasons"][0]["says"][:20] in line
        assert f"{score['reasons'][0]['contribution']:+.2f}" in line
    assert "no score: " in lines[4]
    assert "no verdict" in text
    assert f"where {records[0]['score']['prevalence']:.0%} of the articles carry it" in " ".join(text.split())
    fewer = misinfo("score", *names, "--model", small_model, "--format", "text", "--prevalence", "0.07").text
    assert "where 7% of the articles carry it" in " ".join(fewer.split())
    assert text.count("Reasons, with what each adds") == 0
    every = misinfo("score", *names, "--model", small_model, "--format", "text", "--all-reasons").text
    assert every.count("Reasons, with what each adds") == 4


def test_places_that_cannot_be_seen_are_not_listed() -> None:
    raw = "The ferry left.\n\nIt came back.\n\nIt left again."
    readable = readable_of(classifier.Document("ferry", raw))
    places = [{"start": 15, "end": 17}, {"start": 17, "end": 19}, {"start": 30, "end": 32}]
    reason = Reason("wording.it", 1.0, (0.0, 1.0), 0.3, "3 turns of phrase", places)
    assert list(_evidence(readable, reason, BRACKETS)) == ["           17: It", "           and 2 more"]
    breaks = replace(reason, spans=[places[0], places[2]])
    assert list(_evidence(readable, breaks, BRACKETS)) == []


def test_a_long_ranking_is_cut_and_says_so(small_model: Path) -> None:
    texts = [ARTICLE + f"Number {n}." for n in range(RANKED + 7)] + [LIST] * 3
    answers = classifier.load_scorer(small_model).score_many(texts)
    text = "".join(shown_answers(answers, BRACKETS, every=False))
    assert text.count("0.") >= RANKED
    assert "and 7 more scored; --out FILE writes all of them" in text
    assert "more abstained" not in text


def test_a_narrow_ranking_has_its_reasons_below(small_model: Path) -> None:
    answers = list(classifier.load_scorer(small_model).score_many([ARTICLE, ARTICLE + "So it is."]))
    lines = "".join(shown_answers(answers, Page(40, False), every=False)).split("\n\n")[0].splitlines()
    assert all(columns(line) <= 40 for line in lines[1:])
    assert [line[:6] == "      " for line in lines[1:]] == [False, True, False, True]


def test_reasons_of_a_page_show_what_a_reader_sees(small_model: Path) -> None:
    paragraphs = "".join(f"<p>{p.replace('said', '<i>sa</i>id')}</p>" for p in ARTICLE.split("\n\n"))
    document = classifier.Document("p", f"<html><body>{paragraphs}</body></html>", markup=True)
    text = shown_answer(classifier.load_scorer(small_model).score(document), BRACKETS, every=True)
    assert "Tove Arnell, the office’s engineer" in text
    assert "<i>" not in text


def test_signals_lists_the_families_and_prints_their_pages(misinfo: Run) -> None:
    listed = misinfo("signals")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.text.splitlines()] == sorted(available())
    for family in BUILT_IN:
        ran = misinfo("signals", family)
        assert (ran.code, ran.err) == (0, "")
        assert "## Marks" in ran.text


def test_model_prints_the_card(misinfo: Run, small_model: Path) -> None:
    ran = misinfo("model", small_model)
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.strip() == (small_model / "card.md").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("command", ["mark", "score"])
def test_html_is_the_page_of_one_article(
    command: str, misinfo: Run, article: str, here: Path, small_model: Path
) -> None:
    model = ["--model", str(small_model)] if command == "score" else []
    page = misinfo(command, article, "--format", "html", *model)
    assert (page.code, page.text[:15]) == (0, "<!DOCTYPE html>")
    assert "Tove Arnell" in page.text
    assert ("is the probability" in page.text) == (command == "score")
    (here / "list.txt").write_text(LIST)
    both = misinfo(command, article, "list.txt", "--format", "html", "--out", "o.html", *model)
    assert both.code == 2
    assert "an html page shows one article" in both.err
    assert not (here / "o.html").exists()


def shown_families(text: str, page: Page, *families: str) -> str:
    return shown_marking(classifier.mark(classifier.Document("x", text), families), page)


def test_every_family_has_a_mark_of_its_own() -> None:
    text = (
        "Everybody knows that the quay cost 40 crowns.\n\n"
        "Everybody knows that the shameful quay cost 40 crowns on Monday, and you must read this NOW, my friends!\n"
    )
    families = ("certainty", "evidence", "emotive", "address", "emphasis")
    plain = shown_families(text, BRACKETS, *families)
    coloured = shown_families(text, COLOURS, *families)
    for label in ("[c:", "[e:", "[m:", "[a:", "[!:"):
        assert plain.count(label) > 1
        assert coloured.count(label) == plain.count(label)
    key = plain.split("\n\n")[-3]
    for family in families:
        assert f":{family}]" in key
    assert CODE.sub("", coloured).split() == plain.split()


def test_measures_stand_beside_their_usual_range() -> None:
    lines = {
        line.split()[0]: line
        for line in shown(ARTICLE, Page(90, False)).splitlines()
        if "." in line.split(" ")[0]
    }
    line = lines["hedges.per_100_words"]
    assert "●" in line
    assert "━" in line
    assert line.endswith(" above")
    narrow = shown(ARTICLE, Page(60, False))
    assert "━" not in narrow
    assert "above" in narrow


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("👩‍👩‍👧", 2),
        ("🚢", 2),
        ("\x1b[1mab\x1b[0m", 2),
        ("שלום", 4),
        ("", 0),
    ],
)
def test_columns_are_those_a_terminal_takes(text: str, size: int) -> None:
    assert columns(text) == size


@given(st.text(st.sampled_from("ab 日本語ée\u0301👩‍🚢ש\x1b"), max_size=80), st.integers(4, 30))
def test_wrapping_keeps_the_text_and_the_width(text: str, width: int) -> None:
    text = text.replace("\x1b", "\x1b[1m")
    lines = wrapped(text, width)
    assert CODE.sub("", "".join(lines)).replace(" ", "") == CODE.sub("", text).replace(" ", "")
    assert all(columns(line) <= width for line in lines)
    for line in lines:
        assert not line.startswith("\u0301") or text.startswith("\u0301") or " \u0301" in text


def test_right_to_left_names_keep_to_themselves_and_nothing_overrides_the_direction() -> None:
    assert one_line("שלום", 10) == "\u2068שלום\u2069"
    assert one_line("quay", 10) == "quay"
    assert one_line("a\u202eb", 10) == "a\ufffdb"
    assert columns(one_line("日本語" * 9, 10)) <= 10
    assert "\u202e" not in shown("The quay \u202emay\u202c move, it was said.")


def test_half_a_surrogate_pair_can_be_shown() -> None:
    assert b"[may]" in shown("The quay \ud800 may move.").encode()
