"""When no score is given; the signals are given all the same."""

import random
from dataclasses import replace

import pytest
from invented_articles import article, written

from classifier.io.bundle import load_scorer
from classifier.scoring.abstention import (
    DEFAULT,
    Thresholds,
    model_unsure,
    reason_to_abstain,
    unlike_training_data,
)
from classifier.scoring.scorer import Scorer
from classifier.text.document import Document
from classifier.text.segment import segment

ARTICLE = article(random.Random(1), 0.3)
SHORT = "The clerk said the gate may be shut. Nobody has seen the key."
GERMAN = (
    "Der Bürgermeister von Niederwald hat am Montag gesagt, dass die alte Brücke noch in diesem Jahr"
    " gesperrt wird."
    " Die Arbeiten sollen nach den Ferien beginnen und werden wohl bis zum Herbst dauern. "
) * 5
TURKISH = (
    "Belediye başkanı pazartesi günü yaptığı açıklamada köprünün bu yıl kapatılacağını söyledi."
    " Çalışmaların yaz tatilinden sonra başlaması ve sonbahara kadar sürmesi bekleniyor. "
) * 5
LISTING = "\n".join(
    f"- {thing}, {n} crowns" for n, thing in enumerate(["rope", "tar", "nails", "oars", "lamps"] * 12)
)


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ARTICLE, None),
        (SHORT, "too_short"),
        ("", "too_short"),
        ("\ufeff \r\n", "too_short"),
        ("?!", "too_short"),
        (LISTING, "not_running_text"),
        (GERMAN, "language_not_supported"),
        (TURKISH, "language_not_supported"),
        (ARTICLE + "\n\n" + GERMAN[:300], None),  # a foreign paragraph is only left out
        (SHORT + "\n\n" + GERMAN, "language_not_supported"),
    ],
)
def test_codes(scorer: Scorer, text: str, code: str | None) -> None:
    answer = scorer.score(text)
    told = answer.to_dict(signals=True)
    assert (answer.abstained.code if answer.abstained else None) == code
    assert ("score" in told) == (code is None)
    assert ("abstained" in told) == (code is not None)
    if answer.abstained is not None:
        assert answer.abstained.says.endswith(".")
    assert told["signals"] == scorer.mark(text).to_dict()["signals"]


def test_signals_are_given_all_the_same(scorer: Scorer) -> None:
    told = scorer.score(SHORT).to_dict(signals=True)
    assert [h["text"] for h in told["signals"]["hedges"]] == ["may"]
    assert told["signals"]["sourcing"][0]["source"]["text"] == "The clerk"
    assert told["measures"]["hedges.per_100_words"] > 0


def test_thresholds() -> None:
    short = segment(Document("d", SHORT))
    assert reason_to_abstain(short, Thresholds(body_words=13)) is None
    listing = segment(Document("d", LISTING))
    assert reason_to_abstain(listing, DEFAULT._replace(running_text=0)) is None


def test_a_model_keeps_the_thresholds_of_its_training(scorer: Scorer) -> None:
    bundle = scorer.bundle
    manifest = bundle.manifest | {"thresholds": {"body_words": 5, "running_text": 0.5}}
    loose = Scorer(replace(bundle, manifest=manifest))
    assert loose.score(SHORT).score is not None


def test_unlike_the_training_data() -> None:
    told = unlike_training_data(
        ["120 words a statement; usual is 18 to 29", "0 names; usual is 3 to 9", "more"]
    )
    assert told.code == "unlike_training_data"
    assert told.says == (
        "The text is unlike the articles the model learned from: 120 words a statement (usual is 18 to 29) and 0 names"
        " (usual is 3 to 9)."
    )


@pytest.mark.parametrize(
    ("probability", "given"), [(0.2, True), (0.21, False), (0.5, False), (0.79, False), (0.8, True)]
)
def test_an_unsure_model(probability: float, given: bool) -> None:
    told = model_unsure(probability, 0.8, 0.2)
    assert (told is None) == given
    if told is not None:
        assert told.code == "model_unsure"
        assert told.says.endswith("sure and must be 80.0% sure for at most 20% of its answers to be wrong.")
