"""Our results against the output contract, schema 1: the example articles, and texts that break tools."""

import importlib.util
import json
import math
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_articles import articles, written

import classifier
from classifier import Document
from classifier.features.matrix import measures_of
from classifier.io import read
from classifier.io.bundle import load_scorer
from classifier.scoring.scorer import Scorer
from classifier.signals.registry import load_families

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
SHARED = Path(os.environ.get("MISINFO_SHARED", Path(__file__).parents[2] / "shared"))

HEDGES = {"modal", "verb", "noun", "adjective", "adverb", "approximator"}  # conditional is off by default
SOURCES = {"person", "organisation", "document", "anonymous", "none"}
QUOTATIONS = {"speech", "scare", "title", "nested"}
CODES = {"too_short", "not_running_text", "language_not_supported"}

NASTY = [
    "",
    " ",
    "\n\n\r\n",
    "\ufeff",
    "\0",
    ".",
    "?!?!",
    '"',
    "“”‘’\"'",
    "may",
    "MAY MAY MAY",
    "\ufeffThe gate may be shut.\r\nThe clerk said so.\r\n\r\n“It may,” he said.",
    "The \U0001f468\u200d\U0001f469\u200d\U0001f467 family may leave, said Zoë O\u0308stlund. \U0001f600"
    " Perhaps.",
    "Istanbul \u0130 \u0130\u0130 may open, \u0130lva said.",
    "The ga\u00adte m\u00aday be sh\u200but, the cl\u2060erk sa\u00adid.",
    "\u202eהשער עשוי להיסגר\u202c, said the clerk. It may be shut.",
    "Smith &amp; Sons may close, &quot;perhaps soon&quot;, the clerk said.",
    "“The gate may be shut, the clerk said.\n\nThe other gate might be open.",
    '"A "nested" "quotation" may" "be" said "the clerk" "',
    "He said she said they said it said that it may have been said.",
    "<p>The gate <b>may</b> be shut, the <i>clerk</i> said.</p><p>“Perhaps,” he said.</p>",
    "<html><body><h1>Gate shut</h1><p>The clerk said the gate m<b>a</b>y be shut.</p></body></html>",
    "<div><p>The gate may be shut",
    "a" * 20_000,
    "may " * 2_000,
    "said the clerk " * 100,
    "“" * 2_000,
    "The gate may be shut, \ud800 said the clerk.",
    "Das Tor bleibt vermutlich geschlossen, sagte der Bürgermeister am Montag im Rathaus der Stadt.",
    "Ð¢he gate â€œmay be shutâ€\x9d, the clerkâ€™s office said.",
]


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small"))


def example_documents() -> list[Document]:
    found = [record for record in read([EXAMPLES, EXAMPLES / "labelled.csv"]) if isinstance(record, Document)]
    assert len(found) > 40
    return found


DOCUMENTS = [*example_documents(), *(Document(f"nasty-{i}", text) for i, text in enumerate(NASTY))]


def nameof(document: Document) -> str:
    return Path(document.id).name


# ---- our own reading of the contract


def spans_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with start and end, however deep."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for item in value.values():
            yield from spans_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans_of(item)


def check_numbers(value: Any) -> None:
    """Plain JSON values only, no nan, no infinity."""
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        for item in value.values():
            check_numbers(item)
    elif isinstance(value, list):
        for item in value:
            check_numbers(item)
    else:
        assert value is None or type(value) in (str, int, float, bool), type(value)
        assert type(value) is not float or math.isfinite(value)


def check_mark(told: dict[str, Any], document: Document, *, page: bool) -> None:
    raw = document.raw
    check_numbers(told)
    assert list(told)[:7] == ["schema", "id", "unit", "sha256", "language", "title", "byline"]
    assert {"body", "furniture", "signals", "quotations", "measures", "undefined", "notes"} <= set(told)
    assert (told["schema"], told["id"], told["unit"]) == (1, document.id, "code_point")
    assert re.fullmatch("[0-9a-f]{64}", told["sha256"])
    for span in spans_of(told):
        assert 0 <= span["start"] < span["end"] <= len(raw)
        assert page or span["text"] == raw[span["start"] : span["end"]]
    for zone in ("body", "furniture"):
        flat = [place for pair in told[zone] for place in pair]
        assert flat == sorted(flat)
        assert all(0 <= start < end <= len(raw) for start, end in told[zone])
    assert set(told["signals"]) == {"hedges", "sourcing"}
    for hedge in told["signals"]["hedges"]:
        assert set(hedge) >= {"start", "end", "text", "kind", "zone", "voice"}
        assert hedge["kind"] in HEDGES
        assert hedge["voice"] in ("writer", "quoted")
        assert hedge["zone"] in ("title", "body")
    for item in told["signals"]["sourcing"]:
        check_attribution(item)
    for family in told["signals"].values():
        places = [(item["start"], item["end"]) for item in family]
        assert places == sorted(places)
    for quotation in told["quotations"]:
        assert quotation["kind"] in QUOTATIONS
        assert type(quotation["closed"]) is bool
    names = [m.name for m in measures_of(load_families(("hedges", "sourcing")))]
    assert list(told["measures"]) == names
    assert set(told["undefined"]) == {name for name, value in told["measures"].items() if value is None}
    assert all(type(reason) is str and reason for reason in told["undefined"].values())
    limits = {m.name: (m.low, m.high) for m in measures_of(load_families(("hedges", "sourcing")))}
    for name, value in told["measures"].items():
        assert value is None or limits[name][0] <= value <= limits[name][1], name
    assert all(type(note) is str for note in told["notes"])


def check_attribution(item: dict[str, Any]) -> None:
    assert set(item) >= {"source", "cue", "content", "kind", "named", "quote", "antecedent", "zone"}
    assert item["kind"] in SOURCES
    assert (item["kind"] == "none") == (item["source"] is None)
    assert type(item["named"]) is bool
    assert item["source"] is not None or not item["named"]
    assert item["quote"] in ("direct", "mixed", "indirect")
    assert ("anonymous" in item) == (item["kind"] == "anonymous") or item.get("anonymous") is None
    assert item.get("anonymous") in (None, "withheld", "class")
    assert isinstance(item["content"], list)
    parts = [part for part in (item["source"], item["cue"], *item["content"]) if part is not None]
    assert parts
    assert item["start"] <= min(part["start"] for part in parts)
    assert item["end"] >= max(part["end"] for part in parts)


def check_answer(told: dict[str, Any], document: Document) -> None:
    check_numbers(told)
    assert (told["schema"], told["id"]) == (1, document.id)
    assert ("score" in told) != ("abstained" in told)
    assert set(told["model"]) == {"name", "sha256"}
    if "abstained" in told:
        assert told["abstained"]["code"] in CODES
        assert told["abstained"]["says"]
        return
    score = told["score"]
    assert set(score) == {"probability", "low", "high", "label", "prevalence", "reasons", "base"}
    assert 0 <= score["low"] <= score["probability"] <= score["high"] <= 1
    for reason in score["reasons"]:
        parts = reason.pop("parts", None)
        assert parts is None or [set(part) for part in parts] == [{"measure", "value", "contribution"}] * len(
            parts
        )
        assert set(reason) == {"measure", "value", "usual", "contribution", "says", "spans"}
        assert reason["usual"] == sorted(reason["usual"])
        assert len(reason["usual"]) == 2
        assert reason["says"]
        for span in reason["spans"]:
            assert 0 <= span["start"] < span["end"] <= len(document.raw)


def is_page(document: Document) -> bool:
    return bool(classifier.mark(document).marked.text.readable.markup)


@pytest.mark.parametrize("document", DOCUMENTS, ids=nameof)
def test_marks_keep_the_contract(document: Document) -> None:
    check_mark(classifier.mark(document).to_dict(), document, page=is_page(document))


@pytest.mark.parametrize("document", DOCUMENTS, ids=nameof)
def test_answers_keep_the_contract(scorer: Scorer, document: Document) -> None:
    for every in (False, True):
        check_answer(scorer.score(document).to_dict(all_reasons=every), document)


@pytest.mark.parametrize("document", DOCUMENTS, ids=nameof)
def test_with_signals_the_fields_of_both_are_there(scorer: Scorer, document: Document) -> None:
    answer = scorer.score(document)
    both = answer.to_dict(signals=True)
    marked = classifier.mark(document).to_dict()
    assert {key: both[key] for key in marked} == marked
    assert {key: both[key] for key in answer.to_dict()} == answer.to_dict()


pieces = st.sampled_from(
    [
        *(
            "may",
            "said",
            "the clerk",
            "Ilva Sorn",
            "according to",
            "reportedly",
            "Critics",
            "it is believed",
            "about 40",
        ),
        *(
            '"',
            "“",
            "”",
            "'",
            "’",
            ".",
            ",",
            "?",
            ":",
            "-",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "&amp;",
            "<b>",
            "</p>",
        ),
        *(
            "\u0130",
            "\u00ad",
            "\u200b",
            "\ufeff",
            "e\u0301",
            "\U0001f600",
            "\u202e",
            "שער",
            "\0",
            "\ud800",
            "â€œ",
        ),
    ]
)
texts = st.lists(pieces | st.text(max_size=4), max_size=40).map(" ".join) | st.lists(pieces, max_size=30).map(
    "".join
)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_any_text_keeps_the_contract(text: str) -> None:
    document = Document("any", text)
    check_mark(classifier.mark(document).to_dict(), document, page=is_page(document))


@given(texts, st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_any_answer_keeps_the_contract(scorer: Scorer, text: str, place: int) -> None:
    document = Document("any", articles(6)[place].document.raw + "\n\n" + text)
    check_answer(scorer.score(document).to_dict(all_reasons=True), document)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("notes"),
        lambda told: told["signals"]["hedges"][0].update(end=10**6),
        lambda told: told["signals"]["hedges"][0].update(text="other"),
        lambda told: told["signals"]["hedges"][0].update(kind="mood"),
        lambda told: told["signals"]["sourcing"][0].update(kind="none"),
        lambda told: told["measures"].update({"sourcing.density": None}),
        lambda told: told["measures"].update({"sourcing.density": float("nan")}),
        lambda told: told["body"].append([0, 1]),
    ],
)
def test_the_checker_finds_breaches(spoil: Callable[[dict[str, Any]], Any]) -> None:
    document = Document("d", "The gate may be shut. The clerk said the other gate was open.")
    told = classifier.mark(document).to_dict()
    check_mark(told, document, page=False)
    spoil(told)
    with pytest.raises(AssertionError):
        check_mark(told, document, page=False)


# ---- the outside reading of it


@pytest.fixture(scope="module")
def outside() -> Any:
    path = SHARED / "check" / "spans_io.py"
    if not path.is_file():
        pytest.skip(f"{path} is not there; set MISINFO_SHARED to the folder that holds check/")
    spec = importlib.util.spec_from_file_location("spans_io", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("document", DOCUMENTS, ids=nameof)
def test_the_outside_checker_agrees(outside: Any, scorer: Scorer, document: Document) -> None:
    told = json.loads(json.dumps(classifier.mark(document).to_dict()))
    assert outside.violations(told, None if is_page(document) else document.raw) == []
    for every in (False, True):
        answer = json.loads(json.dumps(scorer.score(document).to_dict(all_reasons=every)))
        assert outside.answer_violations(answer) == []
