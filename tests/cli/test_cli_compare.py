"""`misinfo compare`: its JSON, its text, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import ARTICLE, Ran

import classifier
from classifier import Document
from classifier.comparison import compare
from classifier.pages.comparison import comparison as page_of

Run = Callable[..., Ran]
LATER = ARTICLE.replace("could be moved by about 60 metres, the harbour office said", "will be moved")


@pytest.fixture
def versions(here: Path, article: str) -> tuple[str, str]:
    (here / "later.txt").write_text(LATER, encoding="utf-8")
    return article, "later.txt"


def test_json_is_what_python_gives(misinfo: Run, versions: tuple[str, str]) -> None:
    ran = misinfo("compare", *versions)
    one, two = (classifier.mark(Document(n, t)) for n, t in zip(versions, (ARTICLE, LATER), strict=True))
    assert ran.code == 0
    assert json.loads(ran.text) == json.loads(json.dumps(compare(one, two).to_dict()))
    assert ran.err.startswith("misinfo: sentences: ")


def test_text_on_a_terminal(misinfo: Run, versions: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    text = misinfo("compare", *versions, terminal=True).text
    assert text == misinfo("compare", *versions, "--format", "text").text
    assert "attributed before, flat now (1)" in text
    assert "was given to “the harbour office”, is now flat" in text
    assert "“could” is gone, its statement stayed" in text
    assert max(map(len, text.splitlines())) <= 100


def test_colour_only_bold_headings(
    misinfo: Run, versions: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    plain = misinfo("compare", *versions, "--format", "text").text
    shown = misinfo("compare", *versions, terminal=True).text
    assert "\x1b[1mattributed before, flat now (1)\x1b[0m" in shown
    assert shown.replace("\x1b[1m", "").replace("\x1b[0m", "").split() == plain.split()


def test_the_page_is_that_of_the_comparison(misinfo: Run, versions: tuple[str, str]) -> None:
    ran = misinfo("compare", *versions, "--format", "html", "--out", "changed.html")
    one, two = (classifier.mark(Document(n, t)) for n, t in zip(versions, (ARTICLE, LATER), strict=True))
    assert (ran.code, ran.out) == (0, b"")
    assert Path("changed.html").read_text(encoding="utf-8") == page_of(compare(one, two))


def test_text_tells_measures_that_crossed_their_usual_range(misinfo: Run, versions: tuple[str, str]) -> None:
    text = misinfo("compare", *versions, "--format", "text").text
    assert "measures that left or entered their usual range (" in text
    assert "  hedges.quantities_approximated: 33%, now 0%; usual 0%–21% (share of quantities)" in text


def test_the_same_text_twice(misinfo: Run, article: str) -> None:
    assert "Nothing changed" in misinfo("compare", article, article, "--format", "text").text


def test_an_article_can_not_steer_the_terminal(misinfo: Run, here: Path) -> None:
    (here / "a.txt").write_text("The mill\x1b[2J may close,\x07 Odo Brask said. It was built in 1911.")
    (here / "b.txt").write_text("The mill closes. It was built in 1911.")
    assert "\x1b" not in misinfo("compare", "a.txt", "b.txt", "--format", "text").text


def test_one_version_from_standard_input(misinfo: Run, article: str) -> None:
    ran = misinfo("compare", article, "-", "--input-format", "text", stdin=LATER.encode())
    assert json.loads(ran.text)["new"]["id"] == "-"


def test_what_is_refused(misinfo: Run, article: str, here: Path) -> None:
    (here / "two.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    (here / "empty.txt").write_text("")
    for call, says in (
        (("-", "-"), "standard input holds one article; give a file for the other version"),
        ((article, "two.jsonl"), "two.jsonl holds 2 articles; give a file with one"),
        ((article, "empty.txt"), "empty.txt: "),
        ((article, "gone.txt"), "gone.txt: "),
        ((article, article, "--out", article), f"{article} is an input"),
    ):
        ran = misinfo("compare", *call)
        assert (ran.code, ran.out) == (2, b"")
        assert ran.err.startswith(f"misinfo: {says}")
