"""The report on many articles: ranking, distributions, publishers, and which scores are explained worst.

Reads its rows once and keeps a bounded number of them, so that 50,000 make no larger page than 2,000.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop

from classifier.pages.frame import framed, section
from classifier.pages.marks import in_words
from classifier.pages.rows import Row, Why
from classifier.text.escape import escaped, isolated

RANKED = 1_000  # articles in the table
ABSTAINED = 200  # articles without a score that are named
PUBLISHERS = 300  # in the table
WORST = 20  # articles explained worst
BINS = 20
MEASURES = 15


@dataclass(slots=True)
class _Publisher:
    articles: int = 0
    scored: int = 0
    total: float = 0.0
    bins: list[int] = field(default_factory=lambda: [0] * BINS)

    @property
    def mean(self) -> float:
        return self.total / self.scored if self.scored else -1.0


class Batch:
    """What a report needs of its rows."""

    def __init__(self) -> None:
        self.scored = self.abstained = 0
        self.bins = [0] * BINS
        self.codes: Counter[str] = Counter()
        self.without: list[Row] = []
        self.models: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self.raised: Counter[str] = Counter()
        self.lowered: Counter[str] = Counter()
        self.publishers: dict[str, _Publisher] = {}
        self._highest: list[tuple[float, int, Row]] = []

    def add(self, row: Row) -> None:
        """Count one article."""
        self.models[row.model] += 1
        publisher = None
        if row.publisher:
            publisher = self.publishers.setdefault(row.publisher, _Publisher())
            publisher.articles += 1
        if row.probability is None:
            self.abstained += 1
            self.codes[row.code] += 1
            if len(self.without) < ABSTAINED:
                self.without.append(row)
            return
        self.scored += 1
        self.labels[row.label] += 1
        place = min(BINS - 1, int(row.probability * BINS))
        self.bins[place] += 1
        if publisher is not None:
            publisher.scored += 1
            publisher.total += row.probability
            publisher.bins[place] += 1
        if row.reasons:
            strongest = row.reasons[0]
            (self.raised if strongest.contribution > 0 else self.lowered)[strongest.measure] += 1
        entry = (row.probability, -self.scored, row)
        if len(self._highest) < RANKED:
            heappush(self._highest, entry)
        else:
            heappushpop(self._highest, entry)

    def highest(self) -> list[Row]:
        """The articles with the highest scores, at most `RANKED`."""
        return [row for *_, row in sorted(self._highest, key=lambda entry: entry[:2], reverse=True)]

    def explained_worst(self) -> list[Row]:
        """Of the highest scores, the articles whose stated reasons add least towards the label."""
        return sorted(self.highest()[: self.high], key=lambda row: row.stated)[:WORST]

    @property
    def high(self) -> int:
        """How many scores count as high: a tenth of all, at least `WORST`, at most `RANKED`."""
        return min(self.scored, RANKED, max(WORST, self.scored // 10))


def page_of(batch: Batch, rejected: int) -> str:
    """One self-contained HTML document for what was counted. `rejected`: how many records could not be read."""
    parts = [
        ("distribution", "Distribution", _distribution(batch)),
        ("reasons", "What moved the scores", _measures(batch) if batch.raised or batch.lowered else ""),
        ("publishers", "Publishers", _publishers(batch) if batch.publishers else ""),
        ("worst", "Explained worst", _worst(batch)),
        ("ranking", "Highest scores", _ranking(batch)),
        ("without", "Without a score", _without(batch) if batch.abstained else ""),
        ("limits", "What this report can’t know", _LIMITS),
    ]
    links = " · ".join(f'<a href="#{name}">{heading}</a>' for name, heading, content in parts if content)
    sections = [
        f"<header>\n<h1>Scores of {batch.scored + batch.abstained:,} articles</h1>\n{_about(batch, rejected)}",
        f'<nav aria-label="Sections">{links}</nav>\n</header>\n',
        *(section(*part) for part in parts if part[2]),
    ]
    return framed("batch", "Scores of a batch", f"<main>\n{''.join(sections)}</main>")


_LIMITS = (
    "<ul>\n<li>Whether any article is true, or any publisher trustworthy. A score says how much a text is written like"
    " those labelled one way in a few corpora, whose labels mostly belong to whole publishers.</li>\n"
    "<li>Whether a difference between two publishers is theirs: subjects, genres and the way the texts were collected"
    " move the measures, too. A mean of few articles is mostly chance.</li>\n"
    "<li>Use a ranking to choose what to read first; the marks in the article’s own report say why.</li>\n</ul>\n"
)


def _about(batch: Batch, rejected: int) -> str:
    models = ", ".join(f"{escaped(name)} ({count:,})" for name, count in batch.models.most_common(5))
    labels = ", ".join(f"<i>{escaped(name)}</i>" for name, _ in batch.labels.most_common(5)) or "none"
    several = (
        '<p class="note">Scores of different models or labels can’t be compared with one another.</p>\n'
        if len(batch.models) > 1 or len(batch.labels) > 1
        else ""
    )
    return (
        f"<p>{batch.scored:,} scored, {batch.abstained:,} without a score, {rejected:,} records rejected.</p>\n"
        f'<p class="about">Model: {models or "none"}. A score is the probability of the label {labels}, as the corpora'
        f" behind the model use it. It is no verdict.</p>\n{several}"
    )


def _distribution(batch: Batch) -> str:
    if not batch.scored:
        return "<p>No article has a score.</p>\n"
    most = max(batch.bins)
    width = 600 // BINS
    steps = [f"{i / BINS:.0%} to {(i + 1) / BINS:.0%}: {count:,}" for i, count in enumerate(batch.bins)]
    bars = "".join(
        f'<rect x="{i * width + 1}" y="{140 - height}" width="{width - 2}" height="{height}"><title>{says}</title>'
        "</rect>"
        for i, (height, says) in enumerate(
            zip((round(120 * count / most) for count in batch.bins), steps, strict=True)
        )
    )
    ticks = "".join(
        f'<text x="{i * width}" y="156" text-anchor="{anchor}">{i / BINS:.0%}</text>'
        for i, anchor in (
            (0, "start"),
            (BINS // 4, "middle"),
            (BINS // 2, "middle"),
            (3 * BINS // 4, "middle"),
            (BINS, "end"),
        )
    )
    says = "; ".join(step for step, count in zip(steps, batch.bins, strict=True) if count)
    return (
        f'<svg class="histogram" viewBox="0 0 600 160" role="img" aria-label="Number of articles by score. {says}">'
        f'{bars}<path d="M0 140h600"/>{ticks}</svg>\n<p class="about">Number of articles by score, in steps of'
        f" {1 / BINS:.0%}; the highest bar stands for {most:,}.</p>\n"
    )


def _ranking(batch: Batch) -> str:
    rows = batch.highest()
    if not rows:
        return "<p>No article has a score.</p>\n"
    shown = f"All {batch.scored:,} scored articles are shown."
    if batch.scored > len(rows):
        shown = f"The {len(rows):,} highest of {batch.scored:,} scored articles are shown."
    return f"<p>{shown} A column’s head sorts by it.</p>\n{_table(rows, publishers=bool(batch.publishers))}"


def _worst(batch: Batch) -> str:
    rows = batch.explained_worst()
    if not rows:
        return "<p>No article has a score.</p>\n"
    without = (
        f" For {batch.abstained:,} further articles no score was given at all." if batch.abstained else ""
    )
    says = (
        f"<p>Of the {batch.high:,} highest scores, the {len(rows)} whose stated reasons add least towards the label."
        " Such a score comes from many small contributions or from where the model starts; read the article before"
        f" you rely on its rank.{without}</p>\n"
    )
    return says + _table(rows, publishers=bool(batch.publishers))


def _table(rows: Sequence[Row], *, publishers: bool) -> str:
    heads = [_head("Score", "n"), '<th scope="col" class="n">Interval</th>', _head("Article")]
    heads += [_head("Publisher")] if publishers else []
    heads += [_head("Strongest reason"), _head("Stated reasons add", "n"), _head("Places", "n")]
    body = "".join(_article(row, publishers) for row in rows)
    return (
        f'<table class="sortable"><thead><tr>{"".join(heads)}</tr></thead>\n<tbody>\n{body}</tbody></table>\n'
    )


def _head(name: str, sort: str = "") -> str:
    sort = f' class="{sort}"' if sort else ""
    return f'<th scope="col"{sort} data-sort><span>{name}</span></th>'


def _article(row: Row, publishers: bool) -> str:
    p = row.probability or 0.0
    strongest = _reason(row.reasons[0]) if row.reasons else "none stands out"
    key = f"{row.reasons[0].contribution:.3f}" if row.reasons else "0"
    publisher = f"<td>{isolated(row.publisher or '–', 40)}</td>" if publishers else ""
    return (
        f'<tr><td class="n" data-v="{p:.6f}"><b>{p:.2f}</b></td><td class="n">{row.low:.2f}–{row.high:.2f}</td>'
        f'<th scope="row">{isolated(row.id, 80)}</th>{publisher}<td data-v="{key}">{strongest}</td>'
        f'<td class="n">{row.stated:+.2f}</td><td class="n">{sum(r.places for r in row.reasons)}</td></tr>\n'
    )


def _reason(reason: Why) -> str:
    return f"{reason.contribution:+.2f}".replace("-", "−") + f" · {escaped(reason.says[:300])}"


def _publishers(batch: Batch) -> str:
    order = sorted(batch.publishers.items(), key=lambda one: (-one[1].articles, one[0]))
    rows = "".join(_publisher(name, found) for name, found in order[:PUBLISHERS])
    says = f"All {len(order):,} publishers are shown."
    if len(order) > PUBLISHERS:
        says = f"The {PUBLISHERS} with most articles of {len(order):,} publishers are shown."
    heads = _head("Publisher") + _head("Articles", "n") + _head("Scored", "n") + _head("Mean score", "n")
    return (
        f'<p>{says}</p>\n<table class="sortable"><thead><tr>{heads}<th scope="col">Scores from 0 to 1</th></tr>'
        f"</thead>\n<tbody>\n{rows}</tbody></table>\n"
    )


def _publisher(name: str, found: _Publisher) -> str:
    mean = f"{found.mean:.2f}" if found.scored else "–"
    return (
        f'<tr><th scope="row">{isolated(name, 60)}</th><td class="n">{found.articles}</td>'
        f'<td class="n">{found.scored}</td><td class="n" data-v="{found.mean:.4f}">{mean}</td>'
        f"<td>{_spark(found.bins)}</td></tr>\n"
    )


def _spark(bins: Sequence[int]) -> str:
    most = max(bins)
    if not most:
        return "–"
    path = "".join(
        f"M{6 * i} 16v{-max(1, round(14 * count / most))}h5V16z" for i, count in enumerate(bins) if count
    )
    return f'<svg class="spark" viewBox="0 0 {6 * BINS} 16" aria-hidden="true"><path d="{path}"/></svg>'


def _measures(batch: Batch) -> str:
    both = batch.raised + batch.lowered
    rows = "".join(
        f'<tr><th scope="row"><code>{escaped(name)}</code></th><td class="n">{batch.raised[name]:,}</td>'
        f'<td class="n">{batch.lowered[name]:,}</td></tr>\n'
        for name, _ in both.most_common(MEASURES)
    )
    heads = _head("Measure") + _head("Raised a score most", "n") + _head("Lowered it most", "n")
    return (
        f"<p>How often each measure was the strongest reason; the {min(MEASURES, len(both))} commonest of"
        f" {len(both)}.</p>\n"
        f'<table class="sortable"><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n'
    )


def _without(batch: Batch) -> str:
    codes = "".join(
        f'<tr><th scope="row">{escaped(in_words(code))}</th><td class="n">{count:,}</td></tr>\n'
        for code, count in batch.codes.most_common()
    )
    rows = "".join(
        f'<tr><th scope="row">{isolated(row.id, 80)}</th><td>{escaped(row.says[:300])}</td></tr>\n'
        for row in batch.without
    )
    shown = (
        f"{len(batch.without):,} of {batch.abstained:,}"
        if batch.abstained > len(batch.without)
        else "All of them"
    )
    return (
        '<table><thead><tr><th scope="col">Why</th><th scope="col" class="n">Articles</th></tr></thead>\n'
        f"<tbody>\n{codes}</tbody></table>\n<details><summary>{shown}, one by one</summary>\n"
        '<table><thead><tr><th scope="col">Article</th><th scope="col">Why no score is given</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></details>\n"
    )
