"""Labelled articles put together from invented sentences, the same for the same seed."""

import random
from functools import cache
from pathlib import Path

from classifier.io.bundle import write_bundle
from classifier.io.card import card
from classifier.text.document import Document
from classifier.training import Labelled, Trained, train

_THINGS = [
    "ferry",
    "bridge",
    "tannery",
    "orchard",
    "quarry",
    "windmill",
    "museum",
    "tramline",
    "bakery",
    "reservoir",
    "lighthouse",
    "school",
    "stadium",
    "market",
    "greenhouse",
    "cannery",
    "foundry",
    "library",
    "canal",
    "brewery",
]
_PLACES = [
    "Port Halden",
    "Wendlemoor",
    "Skellerby",
    "Tarncombe",
    "Vessel Point",
    "Orrin Bay",
    "Low Pallow",
    "Castel Dun",
]
_VERBS = [
    "lost",
    "gained",
    "received",
    "returned",
    "stored",
    "moved",
    "sold",
    "repaired",
    "delivered",
    "refused",
    "counted",
    "replaced",
    "painted",
    "buried",
]
_UNITS = [
    "barrels",
    "tiles",
    "crates",
    "lanterns",
    "visitors",
    "planks",
    "ropes",
    "seats",
    "bells",
    "bottles",
    "wagons",
    "stones",
]
_TIMES = [
    "before the spring fair",
    "after the long storm",
    "during the summer closure",
    "since the old council resigned",
    "while the northern road stayed shut",
    "between the two public meetings",
    "on the first night of the strike",
    "in the week of the regatta",
    "under the previous lease",
    "as the harbour froze over",
]
_PEOPLE = [
    "Odo Brask",
    "Ilva Sorn",
    "Gerrit Maas",
    "Agnes Tolliver",
    "Joel Amari",
    "Petra Solveig",
    "Runa Teel",
]
_BODIES = [
    "water board",
    "fire service",
    "harbour office",
    "school council",
    "road authority",
    "parish trust",
]
_SOURCED = (
    "{person} of the {body} said that {fact}.",
    "According to the {body}, {fact}.",
    '"We saw that {fact}," said {person}, who works for the {body}.',
    "The {body} reported on Monday that {fact}.",
    "{person} told the {body} that {fact}.",
)
_HEDGED = (
    "Perhaps {fact}, and nobody would be surprised.",
    "It may be that {fact}.",
    "Insiders claim that {fact}, which could mean trouble.",
    "It is rumoured that {fact}, or possibly worse.",
    "Apparently {fact}, though the sums might be wrong.",
)
_PLAIN = ("All the while, {fact}.", "By then {fact}.", "Besides, {fact}.")


def _sentence(rng: random.Random, shapes: tuple[str, ...]) -> str:
    fact = (
        f"the {rng.choice(_THINGS)} near {rng.choice(_PLACES)} {rng.choice(_VERBS)} {rng.randint(12, 990)}"
        f" {rng.choice(_UNITS)} {rng.choice(_TIMES)}"
    )
    return rng.choice(shapes).format(fact=fact, person=rng.choice(_PEOPLE), body=rng.choice(_BODIES))


def article(rng: random.Random, hedged: float, sentences: int = 9) -> str:
    """A headline and sentences, of which the share `hedged` is hedged and the rest sourced or plain."""
    closes = "may close" if rng.random() < hedged else "closes"
    title = f"The {rng.choice(_THINGS)} of {rng.choice(_PLACES)} {closes}"
    said = [
        _sentence(rng, _HEDGED if rng.random() < hedged else rng.choice((_SOURCED, _PLAIN)))
        for _ in range(sentences)
    ]
    paragraphs = (" ".join(said[i : i + 3]) for i in range(0, sentences, 3))
    return "\n\n".join((title, *paragraphs))


def articles(
    n: int = 120, *, seed: int = 0, publishers: int = 12, corpus: str = "invented"
) -> list[Labelled]:
    """n articles, every other one positive: those hedge a lot, the others a little."""
    rng = random.Random(seed)
    result = []
    for i in range(n):
        positive = i % 2 == 0
        text = article(rng, 0.5 if positive else 0.2)
        document = Document(f"{corpus}-{seed}-{i}", text)
        result.append(Labelled(document, corpus, positive, f"Paper {rng.randrange(publishers)}"))
    return result


@cache
def trained() -> Trained:
    """A small model, trained once a test run."""
    return train(
        articles(), name="small", positive="unreliable", negative="reliable", families=("hedges", "sourcing")
    )


@cache
def trained_on_wording() -> Trained:
    """The same articles, their masked words read too."""
    return train(
        articles(),
        name="small",
        positive="unreliable",
        negative="reliable",
        families=("hedges", "sourcing"),
        scorer="wording",
    )


def written(folder: Path, there: Trained | None = None) -> Path:
    """The folder, with the small model, or another one, in it."""
    there = there or trained()
    write_bundle(there.manifest, there.estimator, card(there.manifest), folder)
    return folder
