"""Texts, corpora and calls that the tests of the command line share. All texts are invented."""

import json
import random
import sys
from pathlib import Path
from typing import Any, NamedTuple

ARTICLE = (
    "Ferry quay may move, harbour office says\n\n"
    "The ferry quay at Lindhamn could be moved by about 60 metres, the harbour office said on Monday.\n\n"
    "“We have looked at four drawings,” said Tove Arnell, the office’s engineer. “One of them might work.” "
    "She added that the fishermen had been asked twice. According to a report by the coast survey, the old "
    "quay has sunk by a hand’s breadth since 1980.\n\n"
    "Critics claim that the sums were never checked. It is believed that the work will cost as much as a new "
    "school. The council votes on the plan in June, and the crews of the two ferries are to be heard "
    "before it. The quay was built in 1911.\n"
)
LIST = "Lost and found\n\n- a hat\n- two oars\n- a blue bicycle\n"


class Ran(NamedTuple):
    """What came of one call."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


def checked(code: int | None, out: bytes, err: str) -> Ran:
    """No run ever shows a traceback, and every line on stderr is ours."""
    assert "Traceback" not in err, err
    assert "Traceback" not in out.decode("utf-8")
    return Ran(int(code or 0), out, err)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "classifier", *map(str, arguments)]


_NAMES = "Arnell Brask Corvin Dufva Ekholm Falck Gran Holt Ivert Jansk Kolm Lund".split()  # noqa: SIM905
_PLACES = "Lindhamn Torsund Vikby Askerud Holmnes Sandvar Birkeland Oxmoor Pellworth Quarn".split()  # noqa: SIM905
_THINGS = "bridge mill quay school ferry tower library well market orchard tram bakery".split()  # noqa: SIM905
_SOURCED = (
    "{name}, the engineer of {place}, said that the {thing} would be ready in {month}.",
    "According to the {place} office, the {thing} has cost {n} crowns.",
    "“The {thing} is safe,” said {name}. “We have tested it {n} times.”",
    "{name} told the {place} council that {n} people had signed the letter about the {thing}.",
)
_VAGUE = (
    "It is believed that the {thing} in {place} may never open.",
    "Insiders say the {thing} could be a fraud, and about {n} people reportedly know it.",
    "Everyone in {place} knows what happened to the {thing} in {month}.",
    "The {thing} was perhaps sold in secret, and {n} letters have allegedly vanished.",
)
_PLAIN = (
    "The {thing} stands beside the road to {place}.",
    "In {month} the {thing} was painted, and {n} lamps were put up around it.",
    "The {place} road leads past the {thing} and on to the coast.",
)


def corpus(path: Path, *, per_label: int, publishers: int, seed: int = 0) -> Path:
    """A CSV of invented articles: reliable ones name their sources more often than unreliable ones."""
    draw = random.Random(seed)
    rows = ["id,publisher,date,text,label"]
    for i in range(2 * per_label):
        label = ("reliable", "unreliable")[i % 2]
        sentences = []
        for _ in range(9):
            own = _SOURCED if (label == "reliable") == (draw.random() < 0.75) else _VAGUE
            template = draw.choice(_PLAIN) + " " + draw.choice(own)
            sentences.append(
                template.format(
                    name=f"{draw.choice('ABCDEFGH')}. {draw.choice(_NAMES)}",
                    place=draw.choice(_PLACES),
                    thing=draw.choice(_THINGS),
                    month=draw.choice(("March", "June", "October")),
                    n=draw.randrange(3, 900),
                )
            )
        publisher = f"Paper {label[0]}{i // 2 % publishers}"
        rows.append(f'a{seed}-{i},{publisher},2023-{1 + i % 12:02}-11,"{" ".join(sentences)}",{label}')
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
