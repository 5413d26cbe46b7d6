"""The page of two versions in a real browser: links, keyboard, filters, widths, paper, and nothing asked elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import classifier
from classifier import Document
from classifier.comparison import FAMILIES, compare
from classifier.pages.comparison import comparison

MORNING = (
    "Quay may move, officials say\n\n"
    "The ferry quay at Lindhamn 🚢 could be moved by about 60 metres, the harbour office said on Monday. She may know. "
    "The quay was built in 1911.\n\n"
    "Odo Brask, the mayor, said that two letters were missing.\n"
)
EVENING = (
    "Quay to move\n\n"
    "The ferry quay at Lindhamn 🚢 will be moved by 60 metres. She may know. The quay was built in 1911.\n\n"
    "A senior aide said that two letters were missing. Nobody has asked Ulla Farn.\n"
)
NARROW, WIDE = {"width": 400, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as a file."""
    old, new = (classifier.mark(Document(n, t), FAMILIES) for n, t in (("old", MORNING), ("new", EVENING)))
    path = tmp_path_factory.mktemp("comparison") / "page.html"
    path.write_text(comparison(compare(old, new)), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Any, saved: Path) -> Iterator[Any]:
    """The page in a window of its own; fails on whatever the browser complains of or asks elsewhere."""
    page = browser.new_page(viewport=WIDE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text))
    page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(saved.as_uri()) else None)
    page.goto(saved.as_uri())
    yield page
    assert complaints == []
    page.close()


def beside(page: Any) -> bool:
    """Whether the versions of the first row stand side by side."""
    old, new = (page.locator(f".pair .{which}").first.bounding_box() for which in ("old", "new"))
    return bool(old["y"] == new["y"] and old["x"] + old["width"] <= new["x"])


def test_side_by_side_or_stacked(page: Any) -> None:
    assert beside(page)
    page.set_viewport_size(NARROW)
    assert not beside(page)
    assert page.locator(".plain .old").first.is_hidden()  # what both share stands once
    assert page.locator(".plain .new").first.is_visible()
    page.set_viewport_size(WIDE)
    page.emulate_media(media="print")
    assert not beside(page)
    label = "getComputedStyle(document.querySelector('.changed .old'), '::before').content"
    assert page.evaluate(label) == '"before"'
    assert page.pdf().startswith(b"%PDF")


def test_a_link_leads_to_its_mark_or_row(page: Any) -> None:
    item = page.locator("#summary li", has_text="was given to “the harbour office”")
    item.get_by_role("link", name="before").click()
    assert page.evaluate("document.activeElement.textContent") == "the harbour office"
    assert "source" in page.get_by_role("tooltip").inner_text()
    item.get_by_role("link", name="now").click()
    row = page.locator(".pair:target")
    assert "will be moved by 60 metres" in row.locator(".new").inner_text()
    box = row.bounding_box()
    heads = page.locator(".heads").bounding_box()
    assert heads["y"] + heads["height"] <= box["y"] < WIDE["height"]  # not below what stays on top


def walked(page: Any) -> list[str]:
    """The marks that the arrow keys reach from the first."""
    page.keyboard.press("Home")
    reached = [page.evaluate("document.activeElement.id")]
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        now = page.evaluate("document.activeElement.id")
        if now == reached[-1]:
            break
        reached.append(now)
    return reached


def tab_to_text(page: Any) -> str:
    page.locator("#changed-only").focus()
    page.keyboard.press("Tab")
    return page.evaluate("document.activeElement.id")


def test_marks_of_both_versions_are_reached_by_keyboard(page: Any) -> None:
    assert re.fullmatch("o[0-9]+", tab_to_text(page))
    every = page.evaluate("[...document.querySelectorAll('article mark[id]')].map(mark => mark.id)")
    assert {name[0] for name in every} == {"o", "n"}
    assert walked(page) == every
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('article')")


def test_marks_that_are_not_shown_are_passed_over(page: Any) -> None:
    tab_to_text(page)
    before = walked(page)
    page.locator("#changed-only").check()
    assert page.locator(".plain").first.is_hidden()
    assert tab_to_text(page) == before[0]
    left = walked(page)
    assert left == [name for name in before if page.locator(f"#{name}").is_visible()]
    assert len(left) < len(before)
    page.locator("#changed-only").uncheck()
    page.locator("#show-sourcing").uncheck()
    tab_to_text(page)
    assert all("f-hedges" in page.locator(f"#{name}").get_attribute("class") for name in walked(page))
    page.locator("#show-sourcing").check()
    page.set_viewport_size(NARROW)
    tab_to_text(page)
    assert walked(page) == [name for name in before if page.locator(f"#{name}").is_visible()]


def test_pointing_at_a_mark_says_what_and_where(page: Any) -> None:
    page.locator("mark.f-hedges", has_text="could").hover()
    at = MORNING.index("could")
    assert "hedges · modal" in page.get_by_role("tooltip").inner_text()
    assert f"at {at}–{at + 5}" in page.get_by_role("tooltip").inner_text()


def test_it_can_be_read_without_script(browser: Any, saved: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(saved.as_uri())
    page.locator("#changed-only").check()
    assert page.locator(".plain").first.is_hidden()
    page.get_by_role("link", name="before: headline").first.click()
    assert page.locator("mark:target").count() == 1
    context.close()
