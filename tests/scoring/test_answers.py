"""Scores and their reasons: sorted, few, adding up, and each opening to places in the text."""

import numpy as np
import pytest
from invented_articles import articles, trained, written

from classifier.io.bundle import load_scorer
from classifier.scoring.answers import NEGLIGIBLE, REASONS, Answer
from classifier.scoring.scorer import Scorer

TEXTS = [a.document.raw for a in articles(12, seed=9)]


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    return load_scorer(written(tmp_path_factory.mktemp("models") / "small"))


@pytest.fixture(scope="module")
def answers(scorer: Scorer) -> list[Answer]:
    return list(scorer.score_many(TEXTS))


def test_reasons_are_few_and_sorted(answers: list[Answer]) -> None:
    for answer in answers:
        sizes = [abs(r["contribution"]) for r in answer.to_dict()["score"]["reasons"]]
        assert 1 <= len(sizes) <= REASONS == 5
        assert sizes == sorted(sizes, reverse=True)
        assert min(sizes) >= NEGLIGIBLE
        every = [abs(r["contribution"]) for r in answer.to_dict(all_reasons=True)["score"]["reasons"]]
        assert every == sorted(every, reverse=True)


def test_all_reasons_add_up_to_the_log_odds(answers: list[Answer], scorer: Scorer) -> None:
    a, b = scorer.bundle.model.calibration
    for answer in answers:
        score = answer.to_dict(all_reasons=True)["score"]
        assert [r["measure"] for r in score["reasons"]] != []
        assert {r["measure"] for r in score["reasons"]} == set(scorer.bundle.manifest["measures"])
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
