"""Scopes of hedges against the gold of BioScope and SFU, the gold cue being given; train and dev parts only."""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from measured import SHARED, write_result

from classifier.signals.hedges import FAMILY
from classifier.signals.hedges.scope import Surroundings, scope
from classifier.text.fold import fold
from classifier.text.words import words

# Cues of the two corpora that the lexicon of news does not hold, by the rule that fits them.
_OTHER = {
    "modal": ("can", "can't", "cannot", "couldn't", "would", "wouldn't", "should", "shouldn't", "must"),
    "verb": (
        *(
            "indicate",
            "indicates",
            "indicated",
            "indicating",
            "propose",
            "proposed",
            "suggestive",
            "considered",
        ),
        *("predicted", "hypothesize", "feel", "felt", "hope", "feel like", "felt like"),
    ),
    "noun": ("idea",),
    "adjective": ("unknown", "not known", "unclear", "not clear", "not sure"),
    "conditional": ("if", "whether", "whether or not", "unless"),
}
_NONE = ("or", "either", "and/or", "and / or")  # a choice between things is no hedge of this project


def kinds() -> dict[str, str]:
    """Lower-cased cue -> kind of hedge."""
    found: dict[str, str] = {}
    for entry in FAMILY.lexicon.entries:
        for form in entry.forms:
            found.setdefault(form, entry.kind)
    for kind, cues in _OTHER.items():
        for cue in cues:
            found.setdefault(cue, kind)
    return found


def rows(corpus: str, split: str) -> Iterator[dict[str, Any]]:
    """Sentences with scopes; ends the program with a sentence where the gold is not there."""
    path = SHARED / "gold" / f"hedge_{corpus}.jsonl.gz"
    if not path.is_file():
        sys.exit(f"{path} is not there; set MISINFO_SHARED to the folder that holds gold/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row["split"] == split and row.get("scopes"))


class Figures:
    """Sums over the scopes of one kind. The words of the cue count on neither side of the F1 and of `exact`."""

    def __init__(self) -> None:
        self.cues = self.none = self.exact = self.left = self.right = self.both = self.sizes = 0

    def add(self, given: set[int], wanted: set[int], cue: set[int]) -> None:
        """One scope: words given, words of the gold, words of the cue."""
        self.cues += 1
        self.none += not given
        self.exact += given | cue == wanted | cue
        self.left += min(given | cue) == min(wanted | cue)
        self.right += max(given | cue) == max(wanted | cue)
        self.both += len((given & wanted) - cue)
        self.sizes += len(given - cue) + len(wanted - cue)

    def told(self) -> dict[str, float]:
        """Percentages."""
        shares = {name: 100 * getattr(self, name) / self.cues for name in ("exact", "left", "right")}
        shares["word_f1"] = 200 * self.both / max(self.sizes, 1)
        return {"cues": self.cues, "none": self.none} | {name: round(v, 1) for name, v in shares.items()}


def measure(corpus: str, split: str, show: str, limit: int) -> dict[str, Any]:
    """Figures by kind, and those of the dull rival: from the cue to the end of the sentence."""
    known = kinds()
    sums: dict[str, Figures] = defaultdict(Figures)
    left_out = shown = 0
    for row in rows(corpus, split):
        plain, low = fold(row["text"])
        found = words(low)
        starts = found.start.tolist()
        near = Surroundings(plain, found.forms, starts, found.end.tolist())
        for gold in row["scopes"]:
            (a, b), (x, y) = gold["cue"], gold["scope"]
            text = low[a:b].removesuffix(" that")
            kind = known.get(text)
            cue = {i for i, s in enumerate(starts) if a <= s < b}
            if kind is None or text in _NONE or not cue:
                left_out += 1
                continue
            # "indicate that" is a cue there; the rule wants the verb alone.
            last = max(cue) + (text == low[a:b])
            told = scope(near, min(cue), last, kind) or (0, 0)
            given = {i for i, s in enumerate(starts) if told[0] <= s < told[1]}
            wanted = {i for i, s in enumerate(starts) if x <= s < y}
            for key in (kind, "all"):
                sums[key].add(given, wanted, cue)
            sums["to the end of the sentence"].add(set(range(min(cue), len(starts))), wanted, cue)
            if kind == show and given | cue != wanted | cue and shown < limit:
                shown += 1
                print(f"{row['text'][a:b]}\n    gold  {row['text'][x:y]}")
                print(f"    told  {row['text'][told[0] : told[1]]}\n    in    {row['text']}")
    figures: dict[str, Any] = {"cues left out": left_out}
    return figures | {key: sums[key].told() for key in sorted(sums)}


def main() -> None:
    """Print the figures; with --show KIND also wrong scopes, which are not to be copied into the project."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="", help="kind of hedge whose wrong scopes are printed")
    parser.add_argument("--limit", type=int, default=30)
    parser.add_argument("--split", default="", help="train or dev alone; nothing is written then")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    for corpus in ("bioscope_abstracts", "sfu_reviews"):
        for split in (options.split,) if options.split else ("train", "dev"):
            figures[f"{corpus} {split}"] = measure(corpus, split, options.show, options.limit)
            for key, value in figures[f"{corpus} {split}"].items():
                print(f"{corpus:20} {split:6} {key:14} {value}")
    if not options.split:
        texts = [
            row["text"]
            for c in ("bioscope_abstracts", "sfu_reviews")
            for s in ("train", "dev")
            for row in rows(c, s)
        ]
        write_result("hedge_scope", figures, texts)


if __name__ == "__main__":
    main()
