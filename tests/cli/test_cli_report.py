"""`misinfo report`: reads what `misinfo score` wrote, takes publishers from the articles, rejects the rest."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import Ran, corpus

Run = Callable[..., Ran]


@pytest.fixture
def scores(misinfo: Run, here: Path, small_model: Path) -> Path:
    """Scores of a small corpus, beside it."""
    corpus(here / "articles.csv", per_label=6, publishers=2)
    misinfo("score", "articles.csv", "--model", small_model, "--out", "scores.jsonl")
    return here / "scores.jsonl"


def test_a_page_of_scores_with_their_publishers(misinfo: Run, scores: Path) -> None:
    ran = misinfo("report", scores, "--articles", "articles.csv", "--out", "report.html")
    page = Path("report.html").read_text(encoding="utf-8")
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.endswith("12 scored, 0 abstained, 0 rejected\n")
    assert "Scores of 12 articles" in page
    assert ">Paper u0<" in page.replace("<bdi>", ">").replace("</bdi>", "<").replace(">>", ">").replace(
        "<<", "<"
    )
    without = misinfo("report", scores)
    assert without.text.startswith("<!DOCTYPE html>")
    assert "Paper u0" not in without.text


def test_gzip_and_standard_input_are_read(misinfo: Run, scores: Path) -> None:
    plain = misinfo("report", scores).text
    Path("s.jsonl.gz").write_bytes(gzip.compress(scores.read_bytes()))
    assert misinfo("report", "s.jsonl.gz").text == plain


def test_what_is_no_score_is_rejected(misinfo: Run, here: Path, scores: Path) -> None:
    lines = scores.read_text(encoding="utf-8").splitlines()[:3]
    lines += ["{", '{"id": "x"}', '{"id": 3}', "", '{"id": "y", "error": {"code": "empty_text"}}']
    (here / "mixed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = misinfo("report", "mixed.jsonl", "--out", "o.html", "--rejects", "r.jsonl")
    assert ran.code == 1
    assert "3 scored, 0 abstained, 4 rejected" in ran.err
    assert "4 records rejected" in Path("o.html").read_text(encoding="utf-8")
    assert Path("r.jsonl").read_text(encoding="utf-8").count("misinfo score") == 4


def test_articles_that_do_not_fit_are_noticed(misinfo: Run, here: Path, scores: Path) -> None:
    (here / "other.csv").write_text("id,publisher,text\nq,Post,words\n")
    ran = misinfo("report", scores, "--articles", "other.csv")
    assert ran.code == 0
    assert "say --id and --publisher" in ran.err


def test_an_input_is_never_written_over(misinfo: Run, scores: Path) -> None:
    before = scores.read_bytes()
    assert misinfo("report", scores, "--out", scores).code == 2
    assert misinfo("report", "gone.jsonl").code == 2
    assert scores.read_bytes() == before


def test_no_score_at_all_is_refused_and_nothing_is_written(misinfo: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n")
    page = tmp_path / "page.html"
    ran = misinfo("report", str(empty), "--out", str(page))
    assert ran.code == 2
    assert "holds no score" in ran.err
    assert not page.exists()
