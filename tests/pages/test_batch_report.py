"""The report on a batch: counts that add up, the right articles named, bounded, escaped."""

import random
import re

import pytest
from read_page import Element, read_page

from classifier.pages.batch import ABSTAINED, PUBLISHERS, RANKED, WORST, Batch, page_of
from classifier.pages.rows import Row, Why


def scored(id_: str, p: float, *adds: float, publisher: str | None = None, label: str = "unreliable") -> Row:
    reasons = tuple(Why(f"m.{i}", add, f"reason {i}", 3) for i, add in enumerate(adds))
    return Row(id_, publisher, "signals", p, p * 0.8, min(1.0, p * 1.2), label, reasons, "", "")


def abstained(id_: str, code: str = "too_short", publisher: str | None = None) -> Row:
    return Row(id_, publisher, "signals", None, 0, 0, "", (), code, "The body has 9 words.")


def page(rows: list[Row], rejected: int = 0) -> Element:
    batch = Batch()
    for row in rows:
        batch.add(row)
    return read_page(page_of(batch, rejected))


def ids(section: Element) -> list[str]:
    return [row.all("th")[0].text for row in section.all("tbody")[0].all("tr")]


def test_articles_stand_in_the_order_of_their_scores() -> None:
    found = page(
        [scored("b", 0.5, 0.4), scored("c", 0.9, -0.2), abstained("d"), scored("a", 0.5, 0.1, 0.2)], 2
    )
    assert "3 scored, 1 without a score, 2 records rejected" in found.text
    ranking = found.by_id("ranking")
    assert ids(ranking) == ["c", "b", "a"]
    first = [cell.text for cell in ranking.all("tbody")[0].all("tr")[0].all("td")]
    assert first == ["0.90", "0.72–1.00", "−0.20 · reason 0", "+0.00", "3"]
    assert "All 3 scored articles are shown" in ranking.text


def test_explained_worst_are_high_scores_with_weak_reasons() -> None:
    low = [scored(f"low{i}", 0.1, 0.01) for i in range(500)]
    high = [scored(f"high{i}", 0.8 + i / 1000, 1.0 + i) for i in range(60)]
    weak = [scored("weak", 0.85, 0.1, -2.0), scored("none", 0.81)]
    section = page([*low, *high, *weak]).by_id("worst")
    assert ids(section)[:2] == ["none", "weak"]
    assert len(ids(section)) == WORST
    assert not [name for name in ids(section) if name.startswith("low")]
    assert "Of the 56 highest scores" in section.text


def test_the_distribution_counts_every_score() -> None:
    found = page([scored(str(i), i / 100) for i in range(101)])
    counts = [
        int(t.text.rsplit(" ", 1)[1].replace(",", "")) for t in found.by_id("distribution").all("title")
    ]
    assert len(counts) == 20
    assert sum(counts) == 101
    assert counts[-1] == 6  # 1.0 among them


def test_publishers_where_they_are_known() -> None:
    rows = [scored("a", 0.2, publisher="Post"), scored("b", 0.4, publisher="Post"), scored("c", 0.9)]
    rows += [abstained("d", publisher="Post"), abstained("e", publisher="Star")]
    table = page(rows).by_id("publishers").all("tbody")[0]
    cells = [[row.all("th")[0].text, *(cell.text for cell in row.all("td"))][:4] for row in table.all("tr")]
    assert cells == [["Post", "3", "2", "0.30"], ["Star", "1", "0", "–"]]
    assert "publishers" not in [s.attributes["id"] for s in page([scored("a", 0.2)]).all("section")]


def test_abstentions_are_counted_by_reason_and_named() -> None:
    rows = [abstained("x"), abstained("y", "not_running_text"), abstained("z")]
    section = page(rows).by_id("without")
    assert ids(section) == ["too short", "not running text"]
    assert [row.all("th")[0].text for row in section.all("tbody")[1].all("tr")] == ["x", "y", "z"]
    assert "No article has a score" in page(rows).text


def test_the_size_is_bounded_and_what_is_shown_is_said() -> None:
    draw = random.Random(0)
    batch = Batch()
    for i in range(50_000):
        publisher = f"Paper {draw.randrange(900)}"
        if i % 10:
            batch.add(scored(f"article-{i}", draw.random(), 0.5, -0.4, 0.2, publisher=publisher))
        else:
            batch.add(abstained(f"article-{i}", publisher=publisher))
    text = page_of(batch, 0)
    assert len(text.encode()) < 1_000_000
    found = read_page(text)
    assert f"The {RANKED:,} highest of 45,000 scored" in found.text
    assert f"The {PUBLISHERS} with most articles of 900 publishers" in found.text
    assert f"{ABSTAINED} of 5,000" in found.text
    assert len(ids(found.by_id("ranking"))) == RANKED
    probabilities = [
        float(row.all("td")[0].attributes["data-v"]) for row in found.by_id("ranking").all("tr")[1:]
    ]
    assert probabilities == sorted(probabilities, reverse=True)


def test_everything_is_escaped_and_nothing_comes_from_elsewhere() -> None:
    evil = '"><script>alert(1)</script>\x00\ud800'
    rows = [
        scored(evil, 0.5, publisher=evil, label=evil)._replace(
            model=evil, reasons=(Why(evil, 1.0, evil, 1),)
        ),
        abstained(evil, evil)._replace(says=evil),
    ]
    found = page(rows)
    assert len(found.all("script")) == 1
    assert not [
        e for e in found.everything() if "style" in e.attributes or any(n[:2] == "on" for n in e.attributes)
    ]
    assert not re.search(r"https?:|url\(|@import", found.all("style")[0].text + found.all("script")[0].text)
    policy = next(m.attributes["content"] for m in found.all("meta") if "http-equiv" in m.attributes)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("rows", [[], [abstained("a")]])
def test_a_batch_without_scores_makes_a_page(rows: list[Row]) -> None:
    assert "No article has a score" in page(rows).text


def test_models_that_can_not_be_compared_are_noticed() -> None:
    assert "can’t be compared" in page([scored("a", 0.2), scored("b", 0.3, label="fake")]).text
    assert "can’t be compared" not in page([scored("a", 0.2), scored("b", 0.3)]).text
