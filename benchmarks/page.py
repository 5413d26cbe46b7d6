"""The local page and long pages in a real browser: from paste to marks, and how smoothly they scroll.

Needs Chromium, and playwright (extra test). The articles are written here, so that nothing else is needed; the long
pages are the report on the 140,000-character case in the shared folder, where that is there, and the comparison of two
invented versions of that length.
"""

import os
import shutil
import socket
import statistics
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from measured import SHARED, write_result
from playwright.sync_api import Browser, sync_playwright

from classifier import Document, load_scorer, mark
from classifier.comparison import FAMILIES, compare
from classifier.pages.comparison import comparison
from classifier.pages.report import report
from classifier.web.app import create_app

TIMES = 20
LONG = 140_000  # characters
PARAGRAPHS = (
    "The ferry quay at Lindhamn could be moved by about 60 metres, an official who asked not to be named said on Monday.",
    "“We have perhaps looked at four drawings,” said Tove Arnell, the office’s engineer. “One of them might work.” She "
    "added that the fishermen had been asked twice, and that the old wall has sunk by a hand’s breadth since 1980.",
    "It is believed that the work will cost more than a school. The council votes on the plan in June, and the crews of "
    "the two ferries are to be heard before it. The quay was built in 1911 and raised in 1953.",
    "Critics claim that the sums were never checked. According to a report by the coast survey, roughly 300 boats lie in "
    "the inner basin, and nobody has ever counted those outside it.",
)


def article(size: int) -> str:
    """An invented article of at least `size` characters."""
    text = "Ferry quay may move, harbour office says\n\n"
    i = 0
    while len(text) < size:
        text += PARAGRAPHS[i % len(PARAGRAPHS)].replace("60", str(60 + i)) + "\n\n"
        i += 1
    return text


def paste_to_marks(browser: Browser, address: str, text: str) -> list[float]:
    """Milliseconds from the key that pastes until the marks are laid out, each time on a fresh page."""
    found = []
    for _ in range(TIMES):
        context = browser.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
        page = context.new_page()
        page.goto(address)
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.evaluate(
            """() => { const area = document.getElementById('text-in');
            area.addEventListener('paste', () => { window.begun = performance.now(); }, {capture: true});
            new MutationObserver(() => { if (!window.ended && document.querySelector('#report mark')) {
              document.querySelector('#report').getBoundingClientRect(); // laid out
              requestAnimationFrame(() => { window.ended = performance.now(); }); } })
              .observe(document.querySelector('main'), {childList: true, subtree: true}); area.focus(); }"""
        )
        page.keyboard.press("ControlOrMeta+v")
        page.locator("#status:text('found in')").wait_for()
        page.wait_for_timeout(50)
        found.append(page.evaluate("window.ended - window.begun"))
        context.close()
    return found


class Scrolled(NamedTuple):
    """How a page opens and scrolls, in milliseconds."""

    first_paint: float
    frames: list[float]  # between frames
    longest_task: float  # while scrolling; 0 where none took 50 ms

    def figures(self) -> dict[str, float]:
        """What is written down."""
        frames = sorted(self.frames)
        return {
            "first_paint_ms": round(self.first_paint),
            "frame_ms_median": round(statistics.median(frames), 1),
            "frame_ms_95th": round(frames[int(0.95 * len(frames))], 1),
            "frame_ms_highest": round(frames[-1], 1),
            "longest_task_ms": round(self.longest_task),
        }


def scrolled(browser: Browser, page_text: str, folder: Path) -> Scrolled:
    """A page that scrolls from its top to its end within about four seconds, 240 steps, then back."""
    path = folder / "long.html"
    path.write_text(page_text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_timeout(500)
    found: dict[str, Any] = page.evaluate(
        """() => new Promise(done => {
        const root = document.documentElement; const step = root.scrollHeight / 240; const times = [];
        let last; let n = 0; let longest = 0; let furthest = 0;
        const tasks = new PerformanceObserver(list => list.getEntries().forEach(
          task => { longest = Math.max(longest, task.duration); }));
        tasks.observe({type: 'longtask'});
        const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN;
        function next(now) { if (last !== undefined) times.push(now - last); last = now;
          window.scrollBy(0, n++ < 240 ? step : -step); furthest = Math.max(furthest, window.scrollY);
          if (times.length < 480) { requestAnimationFrame(next); return; }
          const left = root.scrollHeight - window.innerHeight - furthest;
          setTimeout(() => done({paint, times, longest, left}), 200); }
        requestAnimationFrame(next); })"""
    )
    page.close()
    if found["left"] > 1:
        sys.exit(f"the page did not scroll to its end: {found['left']:.0f} pixels are left")
    return Scrolled(found["paint"], found["times"], found["longest"])


def changed(text: str) -> str:
    """A later version of an invented article: flatter, and without one paragraph in ten."""
    paragraphs = [p.replace("could be", "will be").replace(" perhaps", "") for p in text.split("\n\n")]
    return "\n\n".join(p for i, p in enumerate(paragraphs) if i % 10 != 5)


def main() -> None:
    """Print the figures and write them to ``results/page.json``."""
    found = os.environ.get("MISINFO_BROWSER") or shutil.which("chromium")
    if found is None:
        sys.exit("no Chromium is installed (Debian: apt-get install chromium); MISINFO_BROWSER names one")
    text = article(5_000)
    scorer = load_scorer()
    figures: dict[str, object] = {
        "characters": len(text),
        "report_bytes": len(report(scorer.score(text)).encode()),
    }
    with (
        socket.create_server(("127.0.0.1", 0)) as bound,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
    ):
        server = uvicorn.Server(uvicorn.Config(create_app(scorer), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        figures["browser"] = f"Chromium {browser.version}, headless"
        times = paste_to_marks(browser, f"http://127.0.0.1:{bound.getsockname()[1]}/", text)
        figures["paste_to_marks_ms"] = {
            "median": round(statistics.median(times)),
            "lowest": round(min(times)),
            "highest": round(max(times)),
            "times": TIMES,
        }
        case = SHARED / "cases" / "long_line.txt"
        if case.is_file():
            page = report(scorer.score(Document("long", case.read_text(encoding="utf-8"))))
            figures["long_report"] = {
                "bytes": len(page.encode()),
                **scrolled(browser, page, Path(folder)).figures(),
            }
        long = article(LONG)
        versions = [mark(Document(name, v), FAMILIES) for name, v in (("old", long), ("new", changed(long)))]
        page = comparison(compare(*versions))
        figures["long_comparison"] = {
            "characters": len(long),
            "bytes": len(page.encode()),
            **scrolled(browser, page, Path(folder)).figures(),
        }
        browser.close()
        server.should_exit = True
        thread.join(10)
    for name, value in figures.items():
        print(f"{name}: {value}")
    write_result("page", figures, [text])


if __name__ == "__main__":
    main()
