"""`misinfo train` and `misinfo evaluate`: what they print, write and refuse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import Ran, corpus

Run = Callable[..., Ran]


def test_a_model_goes_from_training_to_score_and_report(misinfo: Run, labelled: Path, here: Path) -> None:
    trained = misinfo("train", labelled, "--out", "m", "--report", "training.html")
    assert trained.code == 0
    written = (here / "training.html").read_text(encoding="utf-8")
    assert "<h1>Training report of the model &#x27;m&#x27;</h1>" in written
    assert "Random folds (leak; no evidence)" in written
    for words in ("unseen publishers", "random folds", "AUROC", "only length", "publisher_confound"):
        assert words in trained.text
    assert "positive is 'unreliable', negative is 'reliable'" in trained.err
    assert "model written to m" in trained.err
    assert sorted(path.name for path in (here / "m").iterdir()) == [
        "card.md",
        "estimator.npz",
        "manifest.json",
    ]

    other = corpus(here / "other.csv", per_label=12, publishers=3, seed=1)
    scored = misinfo("score", other, "--model", "m")
    assert scored.code == 0
    assert scored.err.splitlines() == [
        f"misinfo: {other}: was read as UTF-8 with ',' between the columns",
        "misinfo: 24 scored, 0 abstained, 0 rejected",
    ]

    report = misinfo("evaluate", "m", other, "--format", "json")
    found = json.loads(report.text)
    assert (report.code, found["schema"], found["n_articles"], found["n_publishers"]) == (0, 1, 24, 6)
    assert found["estimates"]["auroc"]["value"] > 0.7

    shown = misinfo("evaluate", "m", other, "--format", "html")
    assert (shown.code, shown.text[:15]) == (0, "<!DOCTYPE html>")
    assert f"<dd>{found['estimates']['auroc']['value']:.3f}<small>" in shown.text

    beside = misinfo("evaluate", "m", other, "--against", labelled, "--out", "r.txt")
    assert (beside.code, beside.out) == (0, b"")
    assert "only tfidf" in (here / "r.txt").read_text(encoding="utf-8")

    repeated = misinfo("evaluate", "m", other, "--against", other)
    assert repeated.code == 2  # nothing is left that the model has not seen
    assert len(repeated.out) == 0


def test_named_columns_and_labels_and_rejects(misinfo: Run, labelled: Path, here: Path) -> None:
    renamed = labelled.read_text(encoding="utf-8").replace(
        "id,publisher,date,text,label", "nr,paper,day,story,judgement", 1
    )
    (here / "c.csv").write_text(
        renamed.replace(",unreliable", ",junk") + "x,P,2023-01-11,Some words.,other\nbad,row\n"
    )
    names = "--id nr --publisher paper --date day --text story --label judgement"
    labels = "--positive junk --negative reliable"
    ran = misinfo("train", "c.csv", "--out", "m", *names.split(), *labels.split(), "--rejects", "r")
    assert ran.code == 1
    assert "positive is 'junk', negative is 'reliable'" in ran.err
    assert "1 with another label" in ran.err
    assert "c.csv, record 98, line 99" in ran.err
    assert ran.err.endswith("1 records rejected\n")
    assert json.loads((here / "r").read_text(encoding="utf-8"))["code"] == "wrong_columns"
    manifest = json.loads((here / "m" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["positive"], manifest["data"][0]["publishers"]) == ("junk", 16)


HEADER = "text,label,publisher\n"
FEW = HEADER + "".join(
    f"The quay was built in {n}.,{label},P\n" for n in range(9) for label in ("fake", "real")
)


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (FEW, [], ["of each label"]),
        (FEW, ["--positive", "bogus"], ["'bogus'", "fake (9), real (9)"]),
        (FEW, ["--label", "verdict"], ["'verdict'"]),
        (FEW.replace("fake", "odd"), [], ["--positive"]),
        ("text\nThe quay was built.\n", [], ["label"]),
        ("", [], ["empty"]),
    ],
    ids=["few articles", "no such label", "no such column", "unclear labels", "no labels", "empty"],
)
def test_a_corpus_that_can_not_be_trained_on(
    content: str, options: list[str], said: list[str], misinfo: Run, here: Path
) -> None:
    (here / "c.csv").write_text(content, encoding="utf-8")
    ran = misinfo("train", "c.csv", "--out", "m", *options)
    assert (ran.code, ran.out) == (2, b"")
    for words in said:
        assert words in ran.err
    assert not (here / "m").exists()


def test_a_report_that_can_not_be_written_is_told_before_the_training(
    misinfo: Run, labelled: Path, here: Path
) -> None:
    for report, said in (("no/where.html", "no folder no"), (labelled, "would be written over")):
        ran = misinfo("train", labelled, "--out", "m", "--report", report)
        assert ran.code == 2
        assert said in ran.err
        assert not (here / "m").exists()


def test_a_corpus_of_one_label_can_not_be_evaluated_on(misinfo: Run, small_model: Path, here: Path) -> None:
    (here / "c.csv").write_text(FEW.replace("fake", "unreliable").replace("real", "unreliable"))
    ran = misinfo("evaluate", small_model, "c.csv")
    assert (ran.code, ran.out) == (2, b"")


def test_an_evaluation_never_writes_over_its_corpora(
    misinfo: Run, small_model: Path, labelled: Path, here: Path
) -> None:
    before = labelled.read_bytes()
    ran = misinfo("evaluate", small_model, labelled, "--out", labelled)
    assert ran.code == 2
    assert labelled.read_bytes() == before
