"""Every sort of page under axe-core, light and dark, wide and narrow: no finding of any severity.

The local page with an article in it is checked in test_page.py, where it is used.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from accessibility import SEVERITIES, findings
from invented_batch import forty_scores

import classifier
from classifier import Document
from classifier.comparison import FAMILIES, compare
from classifier.evaluation.html.page import page as evaluation_page
from classifier.evaluation.report import evaluate
from classifier.io.bundle import load_scorer
from classifier.pages.batch import Batch, page_of
from classifier.pages.comparison import comparison
from classifier.pages.report import report

LEAD = "Quay may move, sources say\n\nBy Runa Teel\n\n"
BODY = (
    "The ferry quay at Lindhamn could be moved by about 60 metres, an official who asked not to be named said on "
    "Monday, and everybody knows it will be a shameful disaster.\n\n"
    "“We have perhaps looked at four drawings,” said Tove Arnell, the office’s engineer. “It might never work!” She "
    "added that the fishermen had been asked twice, and that the old wall has sunk by a hand’s breadth since 1980.\n\n"
)
ARTICLE = LEAD + BODY * 2 + "Share this story\n\nAll rights reserved\n"
LATER = ARTICLE.replace("could be moved by about", "will be moved by").replace(
    "an official who asked not to be named", "Odo Brask, the mayor,"
)


def batch() -> str:
    return page_of(forty_scores(), 1)


def evaluation() -> str:
    draw = np.random.default_rng(0)
    publisher = draw.integers(30, size=400)
    y = (draw.random(400) < (publisher % 5) / 4).astype(float)
    p = np.clip(0.4 + 0.2 * (y - 0.4) + draw.normal(0, 0.15, 400), 0, 1)
    p[:30] = np.nan
    found = evaluate(
        y,
        p,
        [f"paper {k}" if k else None for k in publisher],
        [f"corpus {i % 2}" for i in range(400)],
        rivals={"prior": np.full(400, 0.4), "tfidf": "no texts were given"},
        random_p=p,
        abstained={"too_short": 30},
        title="Report",
        positive="unreliable",
        draws=20,
    )
    return evaluation_page(found)


def versions() -> str:
    old, new = (classifier.mark(Document(n, t), FAMILIES) for n, t in (("old", ARTICLE), ("new", LATER)))
    return comparison(compare(old, new))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of files, one of each sort."""
    scorer = load_scorer()
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "article": report(scorer.score(Document("quay", ARTICLE))),
        "abstention": report(scorer.score("The quay may move.")),
        "batch": batch(),
        "empty batch": page_of(Batch(), 0),
        "comparison": versions(),
        "evaluation": evaluation(),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in made}


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["article", "abstention", "batch", "empty batch", "comparison", "evaluation", "local page"]
)
def test_no_finding_of_any_severity(
    name: str,
    scheme: str,
    width: int,
    browser: Any,
    pages: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    where = request.getfixturevalue("address") if name == "local page" else pages[name]
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(where)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert findings(page) == {severity: [] for severity in SEVERITIES}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "wider than the window"
    page.close()


def test_the_check_finds_what_is_wrong(browser: Any, tmp_path: Path) -> None:
    bad = "<!DOCTYPE html><html lang=en><title>t</title><h1>h</h1><img src='data:,'><p style='color:#ccc'>pale</p>"
    (tmp_path / "bad.html").write_text(bad, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "bad.html").as_uri())
    found = findings(page)
    assert [says.partition(":")[0] for says in found["critical"]] == ["image-alt"]
    assert [says.partition(":")[0] for says in found["serious"]] == ["color-contrast"]
    page.close()
