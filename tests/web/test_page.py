"""The page in a real browser: pasting, files, keyboard, offsets, large texts, errors, paper, accessibility."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessibility import serious_findings
from invented_batch import forty_scores

import classifier
from classifier.io.bundle import load_scorer
from classifier.pages.batch import page_of
from classifier.pages.report import report
from classifier.signals.registry import BUILT_IN

EVERY = tuple(BUILT_IN)
ARTICLE = (
    "Quay may move, sources say\n\n"
    "The ferry quay at Lindhamn could be moved by about 60 metres, an official who asked not to be named said on "
    "Monday, and everybody knows it will be a shameful disaster.\n\n"
    "“We have perhaps looked at four drawings,” said Tove Arnell, the office’s engineer. “It might never work!” She "
    "added that the fishermen had been asked twice, and that the old wall has sunk by a hand’s breadth since 1980.\n\n"
    "It is believed that the work will cost more than a school. The council votes in June.\n"
)


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The page in a window of its own; fails on whatever the browser complains of or asks elsewhere."""
    context = browser.new_context(viewport={"width": 1100, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "status of 4" not in line.text else None)
    page.on(
        "request",
        lambda r: complaints.append(r.url) if not r.url.startswith((address, "blob:", "data:")) else None,
    )
    page.goto(address)
    yield page
    assert complaints == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def paste(page: Any, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.get_by_label("Article").focus()
    page.keyboard.press("ControlOrMeta+v")


def finished(page: Any) -> None:
    page.locator("#status:text('found in')").wait_for(timeout=20_000)


def shown_marks(page: Any) -> set[tuple[str, str]]:
    """Family and place of every mark."""
    return set(
        map(
            tuple,
            page.evaluate(
                "[...document.querySelectorAll('article mark[id]')].map(m => [m.classList[0].slice(2), m.dataset.at])"
            ),
        )
    )


def expected_marks(raw: str) -> set[tuple[str, str]]:
    marked = classifier.mark(raw, EVERY)
    shown = marked.marked.text.readable
    score = classifier.load_scorer().score(raw).score
    reasons = [] if score is None else score.reasons()
    return {
        (family.name, "{}-{}".format(*shown.raw_span(span.start, span.end)))
        for family, spans in zip(marked.batch.families, marked.marked.spans, strict=True)
        for span in spans
    } | {
        ("wording", f"{span['start']}-{span['end']}")
        for reason in reasons
        if reason.measure.startswith("wording.")
        for span in reason.spans
        if raw[span["start"] : span["end"]].strip()
    }


@pytest.mark.parametrize(
    "before", ["", "🚢👩‍👩‍👧 ", "Cafe\u0301 no\u0308 "], ids=["plain", "emoji", "accents"]
)
def test_pasting_shows_the_marks_at_their_code_points(before: str, page: Any) -> None:
    text = before + ARTICLE
    began = time.perf_counter()
    paste(page, text)
    finished(page)
    assert time.perf_counter() - began < 5  # benchmarks/page.py measures it; this only notices a standstill
    assert shown_marks(page) == expected_marks(text)
    for mark in page.locator("article mark.f-hedges").all():
        start, end = map(int, mark.get_attribute("data-at").split("-"))
        assert mark.text_content() == text[start:end]
    assert (
        "is the probability" in page.locator("#score").inner_text()
        or "No score" in page.locator("#score").inner_text()
    )


def test_files_are_read_as_they_are(page: Any, tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes(ARTICLE.replace("Lindhamn", "Båthamn").encode("cp1252"))
    page.get_by_label("Text or HTML file").set_input_files(old)
    finished(page)
    assert "Båthamn" in page.locator("article").inner_text()
    saved = tmp_path / "saved.html"
    paragraphs = "".join(f"<p>{p}</p>" for p in ARTICLE.split("\n\n")[1:])
    saved.write_text(
        f"<html><body><article><h1>A quay &amp; a crane</h1>{paragraphs}</article></body></html>", "utf-8"
    )
    page.get_by_label("Text or HTML file").set_input_files(saved)
    page.get_by_role("heading", name="A quay & a crane").wait_for()
    assert "<p>" not in page.locator("article").inner_text()


@pytest.mark.parametrize("what", ["file", "text"])
def test_dropping_a_file_or_text(what: str, page: Any) -> None:
    carried = page.evaluate_handle(
        "([what, text]) => { const data = new DataTransfer();"
        " if (what === 'file') data.items.add(new File([text], 'quay.txt', {type: 'text/plain'}));"
        " else data.setData('text/plain', text); return data; }",
        [what, ARTICLE],
    )
    page.dispatch_event("body", "drop", {"dataTransfer": carried})
    finished(page)
    assert shown_marks(page) == expected_marks(ARTICLE)


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def test_everything_can_be_done_by_keyboard(page: Any) -> None:
    for _ in range(9):
        if focused(page) == "text-in":
            break
        page.keyboard.press("Tab")
    page.keyboard.insert_text(ARTICLE)
    page.keyboard.press("ControlOrMeta+Enter")
    finished(page)
    assert focused(page) == "H1"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        if re.fullmatch(r"m\d+", reached[-1]):
            break
    assert "show-hedges" in reached
    assert reached[-1] == "m0"
    assert page.get_by_role("tooltip").is_visible()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "m1"
    says = page.locator("#m1").get_attribute("data-says")
    assert says in page.get_by_role("tooltip").inner_text()
    assert page.locator("#m1").get_attribute("aria-describedby") == "tip"
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").is_hidden()
    page.keyboard.press("End")
    assert focused(page) == page.evaluate("[...document.querySelectorAll('article mark[id]')].at(-1).id")
    page.keyboard.press("Tab")
    assert not re.fullmatch(r"m\d+", focused(page))  # one stop in the whole text
    link = page.locator("#sources a").first
    link.focus()
    page.keyboard.press("Enter")
    assert f"#{focused(page)}" == link.get_attribute("href")


def test_the_filter_hides_a_family_and_its_tips(page: Any) -> None:
    paste(page, ARTICLE)
    finished(page)
    box = page.get_by_role("checkbox", name="hedges")
    mark = page.locator("article mark.f-hedges").first
    background = "getComputedStyle(document.querySelector('article mark.f-hedges')).backgroundColor"
    assert page.evaluate(background) != "rgba(0, 0, 0, 0)"
    box.focus()
    page.keyboard.press("Space")
    assert page.evaluate(background) == "rgba(0, 0, 0, 0)"
    page.locator("article mark:not(.f-hedges)").first.focus()
    visited = []
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        visited.append(page.evaluate("document.activeElement.className"))
    assert not any("f-hedges" in name for name in visited)
    box.check()
    mark.hover()
    assert "hedges · modal" in page.get_by_role("tooltip").inner_text()


def test_a_large_article(page: Any) -> None:
    text = (ARTICLE + "\n") * 400
    assert len(text) > 200_000
    page.evaluate("text => { document.getElementById('text-in').value = text; }", text)
    page.get_by_role("button", name="Mark").click()
    finished(page)
    assert len(shown_marks(page)) > 5_000
    assert page.locator("article p").count() > 1_000


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b" \n", "empty or only white space"),
        ("paper.txt", b"%PDF-1.7", "is a PDF and no text"),
        ("torn.txt", "é".encode() * 9 + b"\xff may move", "save it as plain text or HTML in UTF-8"),
        ("huge.txt", b"It may move. " * 160_000, "at most 2,000,000 are taken"),
    ],
)
def test_what_can_not_be_marked_is_said(name: str, data: bytes, says: str, page: Any, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    paste(page, ARTICLE)
    finished(page)  # what another text showed must not stay
    page.get_by_label("Text or HTML file").set_input_files(tmp_path / name)
    page.locator("#error:not(:empty)").wait_for()
    assert says in page.get_by_role("alert").inner_text()
    assert page.locator("#found").is_hidden()


def test_a_program_that_is_gone_is_said(page: Any, browser: Any, address: str) -> None:
    other = browser.new_page()
    other.goto(address)
    other.route("**/v1/**", lambda route: route.abort())
    other.get_by_label("Article").fill(ARTICLE)
    other.get_by_role("button", name="Mark").click()
    other.locator("#error:not(:empty)").wait_for()
    assert "does not answer" in other.get_by_role("alert").inner_text()
    other.close()


def test_downloads_are_the_same_page_and_the_same_object(page: Any) -> None:
    paste(page, ARTICLE)
    finished(page)
    answer = load_scorer().score(classifier.Document("pasted text", ARTICLE))
    with page.expect_download() as html:
        page.get_by_role("button", name="Download HTML").click()
    assert html.value.suggested_filename == "pasted-text.html"
    assert Path(html.value.path()).read_text("utf-8") == report(answer)
    with page.expect_download() as found:
        page.get_by_role("button", name="Download JSON").click()
    assert json.loads(Path(found.value.path()).read_text("utf-8")) == answer.to_dict(
        signals=True, all_reasons=True
    )


def test_clearing_takes_everything_away(page: Any) -> None:
    paste(page, ARTICLE)
    finished(page)
    page.get_by_role("button", name="Clear").click()
    assert page.locator("#found").is_hidden()
    assert "Lindhamn" not in page.content()
    assert page.get_by_label("Article").input_value() == ""


def test_on_paper_only_the_result_is_left(page: Any) -> None:
    paste(page, ARTICLE)
    finished(page)
    page.emulate_media(media="print")
    assert page.locator("#form").is_hidden()
    assert page.get_by_role("button", name="Print").is_hidden()
    letter = "getComputedStyle(document.querySelector('article mark.f-hedges'), '::after').content"
    assert page.evaluate(letter) == '"h"'
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_on_the_page(scheme: str, page: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    assert serious_findings(page) == []
    paste(page, ARTICLE)
    finished(page)
    page.locator("article mark").first.hover()
    assert serious_findings(page) == []


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report(load_scorer().score(classifier.Document("quay", ARTICLE * 2))), encoding="utf-8")
    return path


def test_a_report_works_without_script(browser: Any, saved: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(saved.as_uri())
    mark = page.locator("article mark.f-hedges").first
    before = mark.screenshot()
    page.locator("#show-hedges").uncheck()
    assert mark.screenshot() != before
    page.locator("#show-hedges").check()
    mark.focus()
    box = mark.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    assert page.locator("article mark:hover").count() > 0
    assert page.locator("#tip").count() == 0
    context.close()


def test_a_report_tells_the_network_nothing(browser: Any, saved: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    page.locator("article mark").first.hover()
    assert page.get_by_role("tooltip").is_visible()
    assert asked == [saved.as_uri()]
    page.close()


def test_the_report_on_a_batch_sorts(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "batch.html").write_text(page_of(forty_scores(), 0), encoding="utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.goto((tmp_path / "batch.html").as_uri())
    places = "[...document.querySelectorAll('#ranking tbody tr')].map(row => row.cells[6].textContent)"
    button = page.locator("#ranking").get_by_role("button", name="Places")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(places) == [str(i) for i in reversed(range(40))]
    page.keyboard.press("Enter")
    assert page.evaluate(places) == [str(i) for i in range(40)]
    assert page.locator("#ranking th[aria-sort=ascending]").inner_text().startswith("Places")
    page.locator("#ranking").get_by_role("button", name="Article").click()
    first = "document.querySelector('#ranking tbody th').textContent"
    assert page.evaluate(first) == "article 0"
    assert complaints == []
    page.close()
