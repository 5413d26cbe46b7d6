"""What a comparison says, and its JSON."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from classifier.scoring.answers import SCHEMA, Marking
from classifier.scoring.usual import usual_ranges
from classifier.signals.family import Measure

Place = tuple[int, int]
Edits = tuple[tuple[Place | None, Place | None], ...]  # the words that are others now, in both versions

# All that is told, in this order.
CHANGES = {
    "attribution_lost": "attributed before, flat now",
    "attribution_gained": "flat before, attributed now",
    "source_anonymous": "sources named before, anonymous now",
    "source_named": "sources anonymous before, named now",
    "source_changed": "given to another source",
    "source_dropped": "sources gone",
    "source_added": "sources new",
    "hedge_dropped": "hedges gone",
    "hedge_added": "hedges new",
    "hedge_changed": "hedges in place of others",
    "quotation_changed": "quotations with other words",
    "quotation_dropped": "quotations gone",
    "quotation_added": "quotations new",
}


class Change(NamedTuple):
    """One change, with its places in both versions (code points of the texts as given); None where there is none."""

    code: str  # one of `CHANGES`
    says: str
    old: Place | None
    new: Place | None
    old_sentence: Place | None
    new_sentence: Place | None
    edits: Edits = ()  # of a quotation


class Pair(NamedTuple):
    """A sentence of the old version and the same one in the new version; one is None where it came or went."""

    old: Place | None
    new: Place | None
    similarity: float  # 0 to 1; 1: the same words
    moved: bool  # stands in another order than the rest
    edits: Edits = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version to the next. `pairs` are all sentences, in the order of the new version."""

    old: Marking
    new: Marking
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences kept their words, changed, came and went; and how many of the first two moved."""
        both = [pair for pair in self.pairs if pair.old and pair.new]
        kept = sum(pair.similarity == 1 for pair in both)
        return {
            "kept": kept,
            "changed": len(both) - kept,
            "moved": sum(pair.moved for pair in both),
            "dropped": sum(pair.new is None for pair in self.pairs),
            "added": sum(pair.old is None for pair in self.pairs),
        }

    @property
    def measures(self) -> list[tuple[Measure, float | None, float | None]]:
        """The measures that are no longer what they were, with both values; None where undefined."""
        old, new = self.old.measures, self.new.measures
        return [(m, old[m.name], new[m.name]) for m in self.new.batch.measures if old[m.name] != new[m.name]]

    def to_dict(self) -> dict[str, Any]:
        """The object of `misinfo compare` (schema 1)."""
        usual = usual_ranges()
        return {
            "schema": SCHEMA,
            "unit": "code_point",
            "old": _document(self.old),
            "new": _document(self.new),
            "sentences": self.counts,
            "pairs": [
                {
                    "old": _span(self.old, pair.old),
                    "new": _span(self.new, pair.new),
                    "similarity": round(pair.similarity, 3),
                    "moved": pair.moved,
                    "edits": self._edits(pair.edits),
                }
                for pair in self.pairs
                if pair.similarity < 1 or pair.moved
            ],
            "changes": [
                {
                    "change": change.code,
                    "says": change.says,
                    "old": _span(self.old, change.old),
                    "new": _span(self.new, change.new),
                    "old_sentence": _span(self.old, change.old_sentence),
                    "new_sentence": _span(self.new, change.new_sentence),
                    "edits": self._edits(change.edits),
                }
                for change in self.changes
            ],
            "measures": [
                {"measure": m.name, "old": old, "new": new, "usual": usual.get(m.name)}
                for m, old, new in self.measures
            ],
        }

    def _edits(self, edits: Edits) -> list[dict[str, Any]]:
        return [{"old": _span(self.old, old), "new": _span(self.new, new)} for old, new in edits]


def _document(marking: Marking) -> dict[str, Any]:
    says = marking.to_dict()
    return {name: says[name] for name in ("id", "sha256", "language", "notes")}


def _span(marking: Marking, place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    shown = marking.marked.text.readable
    return {"start": place[0], "end": place[1], "text": shown.shown(*shown.span_of_raw(*place))}
