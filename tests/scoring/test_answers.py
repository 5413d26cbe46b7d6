"""Scores and their reasons: sorted, few, adding up, and each opening to places in the text."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from invented_articles import articles, trained, trained_on_wording, written

from classifier.errors import InputError, ModelError
from classifier.io.bundle import load_scorer
from classifier.models.prevalence import log_odds_shift
from classifier.scoring.answers import Answer
from classifier.scoring.bundle import Bundle
from classifier.scoring.reasons import NEGLIGIBLE, REASONS
from classifier.scoring.scorer import Scorer

TEXTS = [a.document.raw for a in articles(12, seed=9)]


@pytest.fixture(scope="module", params=["signals", "wording"])
def scorer(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Scorer:
    there = trained() if request.param == "signals" else trained_on_wording()
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small", there))


@pytest.fixture(scope="module")
def answers(scorer: Scorer) -> list[Answer]:
    return list(scorer.score_many(TEXTS))


def test_reasons_are_few_and_sorted(answers: list[Answer], scorer: Scorer) -> None:
    slope = scorer.bundle.estimator.model.calibration[0]
    for answer in answers:
        sizes = [abs(r["contribution"]) for r in answer.to_dict()["score"]["reasons"]]
        assert 1 <= len(sizes) <= REASONS == 5
        assert sizes == sorted(sizes, reverse=True)
        assert slope * min(sizes) >= NEGLIGIBLE
        every = [abs(r["contribution"]) for r in answer.to_dict(all_reasons=True)["score"]["reasons"]]
        assert every == sorted(every, reverse=True)


def test_all_reasons_add_up_to_the_log_odds(answers: list[Answer], scorer: Scorer) -> None:
    a, b = scorer.bundle.estimator.model.calibration
    for answer in answers:
        score = answer.to_dict(all_reasons=True)["score"]
        told = [part for r in score["reasons"] for part in r.get("parts", [r])]
        measured = [part["measure"] for part in told if not part["measure"].startswith("wording.")]
        assert sorted(measured) == sorted(scorer.bundle.manifest["measures"])
        worded = [r["measure"] for r in score["reasons"] if r["measure"].startswith("wording.")]
        assert bool(worded) == (scorer.bundle.manifest["scorer"] == "wording")
        for reason in score["reasons"]:
            for part in reason.get("parts", []):
                assert part["measure"].partition(".")[0] == reason["measure"].partition(".")[0]
            if "parts" in reason:
                assert reason["parts"][0]["measure"] == reason["measure"]
                assert sum(p["contribution"] for p in reason["parts"]) == pytest.approx(
                    reason["contribution"]
                )
        total = score["base"] + sum(r["contribution"] for r in score["reasons"])
        assert score["probability"] == pytest.approx(1 / (1 + np.exp(-(a * total + b))), abs=1e-9)


def test_the_few_are_the_first_of_all(answers: list[Answer]) -> None:
    for answer in answers:
        few, every = answer.to_dict()["score"], answer.to_dict(all_reasons=True)["score"]
        assert every["reasons"][: len(few["reasons"])] == few["reasons"]
        assert {k: v for k, v in few.items() if k != "reasons"} == {
            k: v for k, v in every.items() if k != "reasons"
        }


def test_reasons_open_to_spans_of_their_measure(answers: list[Answer], scorer: Scorer) -> None:
    opened = 0
    for answer in answers:
        marking = answer.marking
        signals, row = marking.batch.signals, marking.row
        measures = {m.name: m for m in scorer.measures}
        for reason in answer.to_dict(all_reasons=True)["score"]["reasons"]:
            if reason["measure"].startswith("wording."):
                continue
            counted = measures[reason["measure"]].spans(signals) & (signals.doc == row)
            wanted = sorted(zip(signals.start[counted].tolist(), signals.end[counted].tolist(), strict=True))
            assert sorted((s["start"], s["end"]) for s in reason["spans"]) == wanted
            assert all(0 <= s["start"] < s["end"] <= len(marking.document.raw) for s in reason["spans"])
            opened += len(reason["spans"])
    assert opened > 0


def test_reasons_say_what_they_hold(answers: list[Answer]) -> None:
    usual = dict(zip(trained().manifest["measures"], trained().manifest["usual"], strict=True))
    undefined = 0
    for answer in answers:
        for reason in answer.to_dict(all_reasons=True)["score"]["reasons"]:
            if reason["measure"].startswith("wording."):
                continue
            assert reason["value"] == answer.marking.measures[reason["measure"]]
            assert reason["usual"] == usual[reason["measure"]]
            assert "{" not in reason["says"]
            if reason["value"] is None:
                undefined += 1
                assert reason["contribution"] == 0
                assert "can't be measured" in reason["says"]
    assert undefined > 0


def test_a_text_scores_the_same_alone_and_among_others(answers: list[Answer], scorer: Scorer) -> None:
    for text, answer in zip(TEXTS, answers, strict=True):
        alone = scorer.score(text).to_dict(signals=True, all_reasons=True)
        assert alone | {"id": answer.id} == answer.to_dict(signals=True, all_reasons=True)


def test_the_model_is_named(answers: list[Answer], scorer: Scorer) -> None:
    assert answers[0].to_dict()["model"] == {"name": "small", "sha256": scorer.bundle.sha256}
    assert answers[0].to_dict()["score"]["label"] == "unreliable"


def test_it_learned_what_there_was_to_learn(scorer: Scorer) -> None:
    data = articles(40, seed=5)
    p = [a.score.probability for a in scorer.score_many(x.document for x in data) if a.score]
    y = np.array([x.positive for x in data])
    assert np.mean(np.array(p)[y]) > np.mean(np.array(p)[~y]) + 0.3


def test_reasons_of_wording_open_to_its_places(tmp_path: Path) -> None:
    scorer = load_scorer(written(tmp_path / "small", trained_on_wording()))
    for answer in scorer.score_many(TEXTS):
        raw = answer.marking.document.raw
        reasons = [
            r
            for r in answer.to_dict(all_reasons=True)["score"]["reasons"]
            if r["measure"].startswith("wording.")
        ]
        words = [r["measure"].removeprefix("wording.") for r in reasons]
        assert len(set(words)) == len(words) > 10
        for word, reason in zip(words, reasons, strict=True):
            places = [(s["start"], s["end"]) for s in reason["spans"]]
            assert places == sorted(places)
            assert all(first[1] <= second[0] for first, second in pairwise(places))
            assert reason["value"] > 0
            low, high = reason["usual"]
            assert 0 <= low <= high
            if word.isalpha():
                assert all(word in raw[start:end].lower() for start, end in places)
                assert f'"{word}"' in reason["says"]
            assert ("raise" if reason["contribution"] > 0 else "lower") in reason["says"]


def test_prevalence_moves_every_score_by_the_same_log_odds(scorer: Scorer, answers: list[Answer]) -> None:
    trained_at = scorer.bundle.manifest["prevalence"]
    rarer = Scorer(scorer.bundle, prevalence=0.05)
    shift = log_odds_shift(trained_at, 0.05)
    assert answers[0].to_dict()["score"]["prevalence"] == trained_at
    for before, after in zip(answers, rarer.score_many(TEXTS), strict=True):
        old, new = before.to_dict()["score"], after.to_dict()["score"]
        assert new["prevalence"] == 0.05
        for key in ("probability", "low", "high"):
            assert np.log(new[key] / (1 - new[key])) == pytest.approx(
                np.log(old[key] / (1 - old[key])) + shift
            )
        assert (new["reasons"], new["base"]) == (old["reasons"], old["base"])


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, 1.5, float("nan")])
@pytest.mark.parametrize("option", ["prevalence", "risk"])
def test_a_share_that_is_none(scorer: Scorer, option: str, share: float) -> None:
    with pytest.raises(InputError, match="above 0 and below 1"):
        Scorer(scorer.bundle, **{option: share})


def promising(scorer: Scorer, **promise: list[float]) -> Bundle:
    return replace(
        scorer.bundle, manifest=scorer.bundle.manifest | {"promise": {"confidence": 0.95} | promise}
    )


def test_risk_leaves_the_less_sure_unanswered(scorer: Scorer, answers: list[Answer]) -> None:
    bundle = promising(scorer, risk=[0.1, 0.3], sureness=[0.99, 0.8], coverage=[0.1, 0.6])
    p = np.array([a.score.probability for a in answers if a.score])
    assert len(p) == len(TEXTS)
    for risk, sureness in ((0.1, 0.99), (0.2, 0.99), (0.3, 0.8), (0.9, 0.8)):
        # what is expected among these articles does not make the model surer
        asked = Scorer(bundle, risk=risk, prevalence=0.5)
        given = [a.score is not None for a in asked.score_many(TEXTS)]
        assert given == (np.maximum(p, 1 - p) >= sureness).tolist()
    codes = [a.abstained.code for a in Scorer(bundle, risk=0.1).score_many(TEXTS) if a.abstained]
    assert codes
    assert set(codes) == {"model_unsure"}


def test_a_risk_that_can_not_be_promised(scorer: Scorer) -> None:
    bundle = promising(scorer, risk=[0.1], sureness=[0.9], coverage=[0.5])
    with pytest.raises(ModelError, match=r"at most 5\.0%.*lowest share it can promise is 10\.0%"):
        Scorer(bundle, risk=0.05)
    with pytest.raises(ModelError, match="nor any other share"):
        Scorer(promising(scorer, risk=[], sureness=[], coverage=[]), risk=0.5)


def test_what_is_unlike_the_training_articles(scorer: Scorer) -> None:
    novelty = scorer.bundle.estimator.novelty
    assert novelty is not None
    far = replace(novelty, threshold=np.zeros_like(novelty.threshold))
    bundle = replace(scorer.bundle, estimator=replace(scorer.bundle.estimator, novelty=far))
    for answer in Scorer(bundle).score_many(TEXTS):
        assert answer.score is None
        assert answer.abstained is not None
        assert answer.abstained.code == "unlike_training_data"
        assert "usual" in answer.abstained.says
    bundle = replace(scorer.bundle, estimator=replace(scorer.bundle.estimator, novelty=None))
    assert all(a.score for a in Scorer(bundle).score_many(TEXTS))
