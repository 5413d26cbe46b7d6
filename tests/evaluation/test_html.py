"""The page of a report: one file that runs nothing, says every figure in words too, and trusts no name in it."""

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.evaluation.html.charts import DRAWN_PUBLISHERS, reliability_diagram, roc_curve
from classifier.evaluation.html.page import LISTED_CORPORA, LISTED_PUBLISHERS, page
from classifier.evaluation.html.svg import Frame, share_axis
from classifier.evaluation.report import FIGURE_NAMES, Report, evaluate, figure
from classifier.text.escape import LONGEST, shortened

VOID = {"meta", "br"}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>\x00\ud800‮'&amp;</title></style>"


class Parsed(HTMLParser):
    """Elements with their attributes, the text, and the tags that were left open."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def report(
    n: int = 600, n_publishers: int = 40, n_corpora: int = 2, name: str = "outlet", draws: int = 20
) -> Report:
    rng = np.random.default_rng(0)
    outlet = rng.integers(n_publishers, size=n) if n_publishers else np.zeros(n, int)
    y = (rng.random(n) < (outlet % 5) / 4).astype(float)
    p = np.clip(0.4 + 0.2 * (y - 0.4) + rng.normal(0, 0.15, n), 0, 1)
    p[rng.random(n) < 0.1] = np.nan
    return evaluate(
        y,
        p,
        [f"{name} {k}" if n_publishers and k else None for k in outlet],
        [f"{name} corpus {i % n_corpora}" for i in range(n)],
        rivals={"prior": np.full(n, 0.4), "length": rng.random(n), "tfidf": "no <texts> were given"},
        random_p=p,
        abstained={"too_short": int(np.isnan(p).sum()) - 2, "not_running_text": 2},
        title=f"Report on {name}",
        positive=name,
        draws=draws,
    )


@pytest.fixture(scope="module")
def plain() -> Report:
    return report()


CASES = {
    "usual": lambda: report(),
    "hostile names": lambda: report(name=HOSTILE),
    "no publishers": lambda: report(n_publishers=0),
    "one label": lambda: evaluate(
        np.ones(30), np.full(30, 0.7), ["a", None, "b"] * 10, ["c"] * 30, rivals={}, draws=5
    ),
    "nothing scored": lambda: evaluate([1, 0], [np.nan] * 2, [None, "a"], ["c", "d"], rivals={}, draws=5),
    "never wrong": lambda: evaluate(
        [1, 0] * 30, [0.9, 0.1] * 30, ["a", "b", "c"] * 20, ["c"] * 60, rivals={}, draws=5
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_file_that_runs_and_fetches_nothing(case: str) -> None:
    html = page(CASES[case]())
    found = Parsed(html)
    assert found.open == []
    tags = {tag for tag, _ in found.elements}
    assert not tags & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "foreignobject",
        "use",
    }
    for _, attributes in found.elements:
        assert not any(key.startswith("on") or key in {"style", "src", "xlink:href"} for key in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    [policy] = [m["content"] for m in found.named("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style
    html.encode("utf-8")
    assert "nan" not in found.text.split()


@pytest.mark.parametrize("case", CASES)
def test_what_is_drawn_has_a_name_and_every_reference_leads_somewhere(case: str) -> None:
    found = Parsed(page(CASES[case]()))
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in found.elements:
        for key in ("aria-labelledby", "href"):
            for name in (attributes.get(key) or "").replace("#", "").split():
                assert name in ids
    for drawing in found.named("svg"):
        assert drawing.get("aria-hidden") == "true" or (
            drawing["role"] == "img" and len((drawing["aria-labelledby"] or "").split()) == 2
        )
    assert len(found.named("caption")) == len(found.named("table"))
    assert all(header["scope"] in {"row", "col"} for header in found.named("th"))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_every_figure_and_finding_is_there_in_words(plain: Report) -> None:
    text = Parsed(page(plain)).text
    for key in FIGURE_NAMES:
        value, _, interval = figure(plain.all.estimates[key]).partition(" ")
        assert f"{value} {interval}" in text
    for finding in plain.checks:
        assert finding.says in text
        assert finding.code in text
    for measured in plain.by_corpus.values():
        value, _, interval = figure(measured.estimates["auroc"]).partition(" ")
        assert f"{value} {interval}" in text
    for row in plain.reliability:
        assert f"{row.mean_probability:.3f} {row.share_positive:.3f} {row.n}" in text
    [largest] = [row for row in plain.by_publisher if row.name == plain.by_publisher[0].name]
    assert f"{largest.name} {largest.n_articles} {largest.n_positive} {largest.coverage:.0%}" in text
    assert "without a known publisher" in text
    assert "too short" in text
    assert "Rival tfidf not applicable: no <texts> were given." in text
    assert f"Measured on {plain.measured_on}" in text


def test_findings_that_matter_come_first(plain: Report) -> None:
    status = [attributes["class"] for attributes in Parsed(page(plain)).named("li") if "class" in attributes]
    order = ["issue", "tip", "passed", "not_applicable"]
    assert status == sorted(status, key=lambda name: order.index(name or ""))
    assert len(status) == len(plain.checks)


def test_hostile_names_are_shown_as_they_are_and_shortened() -> None:
    found = Parsed(page(report(name=HOSTILE)))
    assert "<script>alert(1)</script>" in found.text
    assert not any("\x00" in word or "\ud800" in word for word in found.words)


def test_a_large_corpus_gives_a_file_of_bounded_size() -> None:
    large = report(n=6000, n_publishers=3000, n_corpora=300, name="A very long name " * 9, draws=2)
    html = page(large)
    assert len(html.encode()) < 300_000
    found = Parsed(html)
    outlets = [c for c in found.named("circle") if c["class"] == "outlet"]
    assert DRAWN_PUBLISHERS <= len(outlets) <= 2 * DRAWN_PUBLISHERS
    assert f"Drawn: {DRAWN_PUBLISHERS} of" in found.text
    assert f"The {LISTED_PUBLISHERS} largest of" in found.text
    assert f"The first {LISTED_CORPORA} of 300 corpora" in found.text


def test_points_stand_where_their_figures_are(plain: Report) -> None:
    drawn = reliability_diagram(plain)
    dots = re.findall(r'<circle class="dot" cx="([\d.]+)" cy="([\d.]+)"', drawn)
    assert len(dots) == len(plain.reliability)
    frame = Frame(share_axis("x"), share_axis("y"))
    left, bottom = frame.at(0, 0)
    right, top = frame.at(1, 1)
    for (cx, cy), row in zip(dots, plain.reliability, strict=True):
        assert (float(cx) - left) / (right - left) == pytest.approx(row.mean_probability, abs=0.001)
        assert (bottom - float(cy)) / (bottom - top) == pytest.approx(row.share_positive, abs=0.001)
    [path] = re.findall(r'<polyline class="curve" points="([^"]+)"', roc_curve(plain))
    points = [tuple(map(float, pair.split(","))) for pair in path.split()]
    assert points[0] == pytest.approx((left, bottom), abs=0.1)
    assert points[-1] == pytest.approx((right, top), abs=0.1)
    area = sum((b[0] - a[0]) * (2 * bottom - a[1] - b[1]) / 2 for a, b in itertools.pairwise(points))
    assert area / (right - left) / (bottom - top) == pytest.approx(
        plain.all.estimates["auroc"].value, abs=0.01
    )


@given(st.text(max_size=400))
@settings(max_examples=50)
def test_a_shortened_name_is_one_line_and_the_beginning_of_the_whole(name: str) -> None:
    short = shortened(name)
    assert len(short) <= LONGEST
    assert short == " ".join(short.split())
    assert " ".join(name.split()).startswith(short.removesuffix("…").rstrip())


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(2 * c for c in colour)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_text_stands_out_in_light_in_dark_and_on_paper(plain: Report) -> None:
    schemes = re.findall(r":root\{([^}]*--bg[^}]*)\}", page(plain))
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--([a-z]+):#([0-9a-f]{3,6})", scheme))
        for ground in ("bg", "card"):
            for name in set(colours) - {"bg", "card", "line"}:
                light, dark = sorted((luminance(colours[name]), luminance(colours[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)
