"""Write the invented articles of the tutorials: python data/invented/make.py. The same files every time.

Sentences are drawn from the lists below. Articles labelled `unreliable` draw fewer sentences with a source and more
that only assert. That is all a model can find in them, so no figure measured on them says anything about news.
The corpus holds three faults on purpose, which `misinfo audit` is to find: a line of share buttons under one label,
copied articles, and publishers that mostly carry one label.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent

PLACES = (
    "Port Halden",
    "Wendlemoor",
    "Skellerby",
    "Tarncombe",
    "Vessel Point",
    "Orrin Bay",
    "Low Pallow",
    "Marrow",
)
THINGS = (
    "ferry quay",
    "tram depot",
    "school roof",
    "dye works",
    "north dam",
    "fish market",
    "library",
    "bus station",
)
PEOPLE = (
    ("Odo Brask", "the mayor"),
    ("Ilva Sorn", "a surveyor"),
    ("Gerrit Maas", "the head of the works office"),
    ("Agnes Tolliver", "a teacher"),
    ("Joel Amari", "who speaks for the tenants"),
    ("Petra Solveig", "the chief engineer"),
    ("Runa Teel", "a member of the council"),
)
BODIES = ("water board", "works office", "audit court", "harbour office", "council", "coast survey")
MONTHS = ("March", "April", "June", "September", "October")

HEADLINES = (
    "Work on the {thing} of {place} to begin in {month}",
    "{place} votes on its {thing}",
    "New figures for the {thing} at {place}",
    "What the {thing} will cost {place}",
)
OPENINGS = (
    "The {thing} of {place} has been argued over for {small} years.",
    "For {small} years the {thing} has been the largest plan that {place} has.",
    "People in {place} heard this week what is to become of the {thing}.",
)
SOURCED = (
    "{person}, {role}, said the work would take {small} months.",
    "According to the {body}, {large} people use the {thing} each week.",
    "The {body} reported in {month} that {large} crowns had been spent.",
    "“We counted twice, and the number is right,” said {person}, {role}.",
    "“Nobody wants a second winter of this,” {person}, {role}, told the council.",
    "{person}, {role}, denied that the contract had been given to a friend.",
    "A report by the {body} shows that {small} of the beams are rotten.",
    "In a letter to the {body}, {person} asked for the accounts of the last {small} years.",
    "The {body} announced that a hearing would be held on {month} {day}.",
    "{person}, {role}, pointed to the minutes of {month}, which name a sum of {large} crowns.",
)
HEDGED = (
    "Insiders claim that the plan may be dropped without a word.",
    "It is rumoured that the {thing} could be sold, possibly to a firm from abroad.",
    "Some people say that about {large} crowns might have gone missing.",
    "Apparently the papers were moved at night, and perhaps burnt.",
    "It is believed that somebody in {place} may have known all along.",
    "The cost could reportedly be twice as high.",
)
FLAT = (
    "Everybody in {place} knows what is really behind the {thing}.",
    "The truth about the {thing} has been kept from the people for {small} years.",
    "This is a disgrace, and it will certainly not be the last one.",
    "They have always lied about the {thing}, and they are lying now.",
    "Nothing that was promised has ever been kept.",
    "You will never hear about this from the council.",
    "The whole sum of {large} crowns is gone, and nobody has to answer for it!",
    "The {body} is completely rotten from top to bottom.",
)
PLAIN = (
    "The first stone was laid in {month}, when the old road was still open.",
    "The street beside it is to stay closed for {small} weeks.",
    "The roof was mended {small} years ago, after a storm from the north.",
    "Trams stop there every {day} minutes, and on market days more often.",
    "The council meets again on the {day}th, in the hall behind the church.",
    "A small museum stands on the other side of the square.",
    "In winter the doors are shut at five, and the lamps stay on.",
    "The ground there is soft, and the sea is not far away.",
)
SHARES = {
    "reliable": (0.55, 0.10, 0.05),
    "unreliable": (0.25, 0.20, 0.30),
}  # sourced, hedged, flat; the rest plain
FOOTER = "Share this article on every channel before it is taken down"


def article(rng: random.Random, label: str, sentences: int = 9) -> tuple[str, str]:
    """A headline and a text of three paragraphs and about 110 words."""
    slots = {"place": rng.choice(PLACES), "thing": rng.choice(THINGS)}

    def filled(template: str) -> str:
        person, role = rng.choice(PEOPLE)
        numbers = {
            "small": rng.randint(2, 12),
            "large": f"{rng.randint(11, 990) * 100:,}",
            "day": rng.randint(4, 20),
        }
        return template.format(
            **slots, **numbers, person=person, role=role, body=rng.choice(BODIES), month=rng.choice(MONTHS)
        )

    left = {pool: rng.sample(pool, len(pool)) for pool in (SOURCED, HEDGED, FLAT, PLAIN)}
    shares = SHARES[label]
    said = [filled(rng.choice(OPENINGS))]
    while len(said) < sentences:
        (pool,) = rng.choices((SOURCED, HEDGED, FLAT, PLAIN), (*shares, 1 - sum(shares)))
        if left[pool]:
            said.append(filled(left[pool].pop()))
    paragraphs = [" ".join(said[i : i + 3]) for i in range(0, sentences, 3)]
    return filled(rng.choice(HEADLINES)), "\n\n".join(paragraphs)


def labelled(rng: random.Random, papers: tuple[str, ...], n: int, name: str) -> list[dict[str, str]]:
    """n articles; of each three papers one prints mostly reliable ones, one mostly unreliable ones, one both."""
    rows = []
    for i in range(n):
        paper = i % len(papers)
        share = (0.05, 0.95, 0.5)[paper % 3]
        label = "unreliable" if rng.random() < share else "reliable"
        title, text = article(rng, label)
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(360))
        rows.append(
            {
                "id": f"{name}-{i:03}",
                "publisher": papers[paper],
                "date": day.isoformat(),
                "title": title,
                "text": text,
                "label": label,
            }
        )
    return rows


def with_faults(rng: random.Random, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with the line of share buttons, and with copies under other names."""
    for row in rows:
        if row["label"] == "unreliable" and rng.random() < 0.5:
            first, rest = row["text"].split("\n\n", 1)
            row["text"] = f"{first}\n\n{FOOTER}\n\n{rest}"
    copies = [row | {"id": f"{row['id']}-copy"} for row in rng.sample(rows, 12)]
    return rows + copies


def inbox(rng: random.Random) -> Iterator[dict[str, str]]:
    """Articles as they come in to a desk, among them what can't be scored and what can't be read."""
    papers = ("Halden Observer", "The Orrin Lamp", "Tarn Post")
    for i in range(24):
        title, text = article(rng, rng.choice(("reliable", "unreliable")))
        paper = rng.choice(papers)
        url = f"https://news.example/{paper.split()[-1].lower()}/{i:02}"
        yield {"id": f"in-{i:02}", "publisher": paper, "url": url, "title": title, "text": text}
    common = {"publisher": "Tarn Post", "url": ""}
    yield common | {
        "id": "in-24",
        "title": "Quay closed",
        "text": "The quay is closed today. Buses leave from the square.",
    }
    german = (
        "Der Rat von Tarncombe hat am Montag beschlossen, die alte Brücke im kommenden Jahr zu erneuern. Die Arbeiten"
        " sollen acht Monate dauern, sagte die Bürgermeisterin. Während dieser Zeit fahren die Busse über den Damm, und"
        " auf dem Markt wird ein Zelt für die Händler aufgestellt. Wie teuer das alles wird, weiß noch niemand genau."
        " Im Haushalt stehen bisher nur die Kosten für die Planung. Ein Ingenieur, der die Pfeiler geprüft hat, nannte"
        " die Schäden größer als erwartet, doch sei die Brücke bis dahin sicher."
    )
    yield common | {"id": "in-25", "title": "Brücke wird erneuert", "text": german}
    results = "\n".join(
        f"{a} {rng.randint(0, 4)}, {b} {rng.randint(0, 4)}" for a in PLACES for b in PLACES if a < b
    )
    yield common | {"id": "in-26", "title": "Results", "text": results}
    yield common | {"id": "in-27", "title": "No text came", "text": ""}
    title, text = article(rng, "reliable")
    yield common | {"id": "in-03", "title": title, "text": text}


def write(name: str, rows: list[dict[str, str]]) -> None:
    """A CSV beside this file."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write the three files."""
    rng = random.Random(2024)
    papers = tuple(f"{place} {kind}" for kind in ("Post", "Lamp", "Observer") for place in PLACES)
    write("corpus.csv", with_faults(rng, labelled(rng, papers, 240, "co")))
    others = tuple(
        f"{kind} of the {side}" for kind in ("Mail", "Voice", "Sheet") for side in ("North", "South", "Isles")
    )
    write("unseen.csv", labelled(rng, others, 90, "un"))
    write("inbox.csv", list(inbox(rng)))


if __name__ == "__main__":
    main()
