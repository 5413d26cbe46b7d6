"""The Python interface gives the same results as the commands, in order, lazily."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from invented_articles import articles, written

import classifier
from classifier import Document
from classifier.errors import FamilyError, InputError, ModelError
from classifier.features.batches import CHUNK
from classifier.io.bundle import shipped_models
from classifier.scoring.scorer import Scorer

TEXTS = [a.document.raw for a in articles(6, seed=3)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture(scope="module")
def scorer(folder: Path) -> Scorer:
    return classifier.load_scorer(folder)


def test_mark() -> None:
    told = classifier.mark("The clerk said the gate may be shut.").to_dict()
    assert [h["text"] for h in told["signals"]["hedges"]] == ["may"]
    assert told["signals"]["sourcing"][0]["source"] == {"start": 0, "end": 9, "text": "The clerk"}


def test_documents_keep_their_ids_and_texts_get_their_place(scorer: Scorer) -> None:
    mixed: list[str | Document] = [TEXTS[0], Document("mine", TEXTS[1]), TEXTS[2]]
    assert [m.to_dict()["id"] for m in classifier.mark_many(mixed)] == ["0", "mine", "2"]
    assert [a.to_dict()["id"] for a in scorer.score_many(mixed)] == ["0", "mine", "2"]


def test_a_text_is_a_document(scorer: Scorer) -> None:
    document = Document("0", TEXTS[0])
    assert classifier.mark(TEXTS[0]).to_dict() == classifier.mark(document).to_dict()
    assert scorer.score(TEXTS[0]).to_dict(signals=True) == scorer.score(document).to_dict(signals=True)


def test_one_result_a_text_in_order(scorer: Scorer) -> None:
    texts = [f"Gate {i} may be shut. {TEXTS[i % 6]}" for i in range(CHUNK + 5)]
    documents = [Document(f"d{i}", text) for i, text in enumerate(texts)]
    marked = list(classifier.mark_many(documents))
    assert [m.to_dict()["id"] for m in marked] == [d.id for d in documents]
    for document, marking in zip(documents[::20], marked[::20], strict=True):
        assert marking.to_dict() == classifier.mark(document).to_dict()
    assert [a.id for a in scorer.score_many(documents)] == [d.id for d in documents]


def test_nothing_in_nothing_out(scorer: Scorer) -> None:
    assert not list(classifier.mark_many([]))
    assert not list(scorer.score_many([]))


def test_endless_input_is_read_as_it_is_needed(scorer: Scorer) -> None:
    read = []

    def endless() -> Iterator[str]:
        for i in count():
            read.append(i)
            yield TEXTS[i % 6]

    for results in (
        classifier.mark_many(endless()),
        scorer.score_many(endless()),
        scorer.mark_many(endless()),
    ):
        read.clear()
        assert len(list(islice(results, 3))) == 3
        assert len(read) <= CHUNK


def test_one_text_for_many_and_no_text_are_refused(scorer: Scorer) -> None:
    one: Any = "one text"
    wrong: Any = ["a text", 5]
    for call in (classifier.mark_many, scorer.score_many, scorer.mark_many):
        with pytest.raises(InputError, match="put it in a list"):
            list(call(one))
        with pytest.raises(InputError, match="item 1 is a int"):
            list(call(wrong))


def test_families_can_be_chosen() -> None:
    told = classifier.mark(TEXTS[0], families=["sourcing"]).to_dict()
    assert set(told["signals"]) == {"sourcing"}
    with pytest.raises(FamilyError, match="astrology"):
        classifier.mark(TEXTS[0], families=["astrology"])


def test_a_scorer_marks_too(scorer: Scorer) -> None:
    assert scorer.mark(TEXTS[0]).to_dict() == classifier.mark(TEXTS[0]).to_dict()


def test_load_scorer(folder: Path) -> None:
    assert classifier.load_scorer(str(folder)).bundle.sha256 == classifier.load_scorer(folder).bundle.sha256
    with pytest.raises(ModelError, match="no model 'astrology'"):
        classifier.load_scorer("astrology")


def test_the_default_model() -> None:
    if not shipped_models():
        pytest.skip("no model is shipped yet")
    assert classifier.load_scorer().bundle.sha256 == classifier.load_scorer("wording").bundle.sha256
    assert classifier.load_scorer().score(TEXTS[0]).score is not None


def run(*arguments: object) -> list[Any]:
    done = subprocess.run(
        [sys.executable, "-m", "classifier", *map(str, arguments)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_same_as_the_commands(scorer: Scorer, folder: Path, tmp_path: Path) -> None:
    short = "The gate may be shut."
    inputs = tmp_path / "articles.jsonl"
    documents = [Document(f"a{i}", text) for i, text in enumerate([*TEXTS, short])]
    inputs.write_text(
        "".join(json.dumps({"id": d.id, "text": d.raw}) + "\n" for d in documents), encoding="utf-8"
    )

    def plain(result: dict[str, Any]) -> Any:
        return json.loads(json.dumps(result, allow_nan=False))

    assert run("mark", inputs, "--format", "jsonl") == [
        plain(m.to_dict()) for m in classifier.mark_many(documents)
    ]
    assert run("score", inputs, "--model", folder, "--format", "jsonl") == [
        plain(a.to_dict()) for a in scorer.score_many(documents)
    ]
    assert run("score", inputs, "--model", folder, "--format", "jsonl", "--signals", "--all-reasons") == [
        plain(a.to_dict(signals=True, all_reasons=True)) for a in scorer.score_many(documents)
    ]
