"""Invented corpora without a flaw, in which a test plants one."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from classifier.evaluation.audit import Audit, Finding, audit

_NAMES = (
    "Arnell", "Brask", "Corvin", "Dufva", "Ekholm", "Falck", "Gran", "Holt", "Ivert", "Jansk", "Kolm", "Lund", "Mohr",
)  # fmt: skip
_PLACES = ("Lindhamn", "Torsund", "Vikby", "Askerud", "Holmnes", "Sandvar", "Birkeland", "Oxmoor", "Quarn")
_THINGS = (
    "bridge",
    "mill",
    "quay",
    "school",
    "ferry",
    "tower",
    "library",
    "well",
    "market",
    "orchard",
    "barn",
)
_VERBS = (
    "sold",
    "moved",
    "counted",
    "painted",
    "repaired",
    "closed",
    "measured",
    "opened",
    "cleaned",
    "lost",
)
_WHEN = (
    "before breakfast", "after the storm", "in late autumn", "during the fair", "since Easter", "while it rained",
)  # fmt: skip


def sentence(draw: random.Random) -> str:
    """One that hardly ever comes twice."""
    return (
        f"{draw.choice(_WHEN).capitalize()} {draw.choice(_NAMES)} {draw.choice(_VERBS)} the {draw.choice(_THINGS)} of"
        f" {draw.choice(_PLACES)} and {draw.choice(_VERBS)} the {draw.choice(_THINGS)} that {draw.choice(_NAMES)}"
        f" had {draw.choice(_VERBS)} near {draw.choice(_PLACES)}."
    )


def article(draw: random.Random, sentences: int = 6) -> str:
    """A quotation and so many sentences, 22 words each or so."""
    said = f'"It wasn\'t the {draw.choice(_THINGS)}," said {draw.choice(_NAMES)} of {draw.choice(_PLACES)}.'
    return " ".join([said, *(sentence(draw) for _ in range(sentences))])


@dataclass(frozen=True)
class Corpus:
    """Columns of articles, as `audit` takes them."""

    texts: list[str]
    labels: list[str | None]
    publishers: list[str | None]
    dates: list[str | None]
    titles: list[str | None]
    corpora: list[str]
    urls: list[str | None] = field(default_factory=list)
    positive: str | None = None

    def audit(self) -> Audit:
        return audit(
            self.texts,
            self.labels,
            publishers=self.publishers,
            dates=self.dates,
            titles=self.titles,
            corpora=self.corpora,
            urls=self.urls or None,
            positive=self.positive,
        )

    def finding(self, code: str) -> Finding:
        (found,) = (one for one in self.audit().findings if one.code == code)
        return found

    def texts_of(self, label: str, change, every: int = 1) -> "Corpus":
        """The texts of one label changed, or every so manyth of them."""
        seen = 0
        texts = []
        for text, own in zip(self.texts, self.labels, strict=True):
            seen += own == label
            texts.append(change(text) if own == label and seen % every == 0 else text)
        return replace(self, texts=texts)


def clean(
    n: int = 240, *, labels: tuple[str, ...] = ("fake", "real"), seed: int = 0, corpus: str = "one"
) -> Corpus:
    """Articles in which no field tells the label: 40 publishers, each with all labels, dates drawn anew."""
    draw = random.Random(seed)
    own = [labels[i % len(labels)] for i in range(n)]
    return Corpus(
        texts=[article(draw) for _ in range(n)],
        labels=list(own),
        publishers=[f"quayside{draw.randrange(40)}.example" for _ in range(n)],
        dates=[str(date(2021, 1, 1) + timedelta(days=draw.randrange(700))) for _ in range(n)],
        titles=[f"The {draw.choice(_THINGS)} of {draw.choice(_PLACES)}" for _ in range(n)],
        corpora=[corpus] * n,
    )


def joined(first: Corpus, second: Corpus) -> Corpus:
    """The articles of both."""
    columns = ("texts", "labels", "publishers", "dates", "titles", "corpora")
    return Corpus(**{name: [*getattr(first, name), *getattr(second, name)] for name in columns})
