"""One document's result taken apart for export: flat marks, the relations between them, and what a rule would say.

An attribution is not a mark but a relation: its source, cue and contents are marks, and each content points to its
source and its cue. Every other item is one mark; a span it holds besides its own (a hedge's scope) is a second one.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from classifier.scoring.answers import Marking
from classifier.text.units import Units, sound

Fact = str | bool | int | float

# What is said of an attribution, by the part of it that this is a fact about.
_OF_SOURCE = ("named", "anonymous", "unresolved")
_OF_CONTENT = ("quote", "second_hand", "zone")
_OWN = frozenset(("start", "end", "text", "kind"))


class Item(NamedTuple):
    """One item of ``signals`` of the output contract, with its family."""

    family: str
    says: dict[str, Any]

    @property
    def rule(self) -> str:
        """What a tool that knows rules calls it."""
        return f"{self.family}.{self.says['kind']}"

    def parts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The spans the item holds besides its own, with the field each stands in."""
        for field, value in self.says.items():
            for part in value if isinstance(value, list) else (value,):
                if isinstance(part, dict) and "start" in part and "end" in part:
                    yield field, part

    def facts(self) -> dict[str, Fact]:
        """What is said of it in plain values: its zone, voice and so on."""
        return {
            field: value
            for field, value in self.says.items()
            if field not in _OWN and isinstance(value, Fact) and value is not False
        }


class Mark(NamedTuple):
    """One stretch of the text as given, with one label."""

    item: int  # number of the item it belongs to, from 0 in the document
    family: str
    part: str  # the field of the item it stands in; "" for the item itself
    label: str
    start: int
    end: int
    facts: dict[str, Fact]


class Relation(NamedTuple):
    """From one mark to another, by their numbers."""

    label: str
    head: int
    tail: int


class Exported:
    """A result and the text it is about, with lone surrogates replaced so that every format can be written."""

    def __init__(self, marking: Marking) -> None:
        self.marking = marking
        self.result = marking.to_dict()
        self.id = sound(marking.document.id)
        self.raw = sound(marking.document.raw)
        self.units = Units(self.raw)
        self.items = [Item(name, says) for name, found in self.result["signals"].items() for says in found]

    @property
    def markup(self) -> bool:
        """Whether the text is the source of a page."""
        return self.marking.marked.text.readable.markup

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences of title and body as stretches of the text as given, in order."""
        text = self.marking.marked.text
        places = zip(text.sentences.start.tolist(), text.sentences.end.tolist(), strict=True)
        return [text.readable.raw_span(start, end) for start, end in places if start < end]

    @cached_property
    def _taken_apart(self) -> tuple[list[Mark], list[Relation]]:
        marks: list[Mark] = []
        relations: list[Relation] = []
        for number, item in enumerate(self.items):
            add = _attribution if item.family == "sourcing" else _plain
            add(number, item, marks, relations)
        return marks, relations

    @property
    def marks(self) -> list[Mark]:
        """All marks, item by item."""
        return self._taken_apart[0]

    @property
    def relations(self) -> list[Relation]:
        """All relations between `marks`."""
        return self._taken_apart[1]


def _plain(number: int, item: Item, marks: list[Mark], relations: list[Relation]) -> None:
    says, head = item.says, len(marks)
    marks.append(Mark(number, item.family, "", item.rule, says["start"], says["end"], item.facts()))
    for field, part in item.parts():
        relations.append(Relation(field, head, len(marks)))
        label = f"{item.family}.{field}"
        marks.append(Mark(number, item.family, field, label, part["start"], part["end"], {}))


def _attribution(number: int, item: Item, marks: list[Mark], relations: list[Relation]) -> None:
    says, facts = item.says, item.facts()
    of_source = {name: facts[name] for name in _OF_SOURCE if name in facts}
    of_content = {name: facts[name] for name in _OF_CONTENT if name in facts}
    places: dict[str, list[int]] = {}
    for field, part in item.parts():
        label, known = f"sourcing.{field}", {}
        if field == "source":
            label, known = f"sourcing.source.{says['kind']}", of_source
        elif field == "content":
            label, known = f"sourcing.content.{says['quote']}", of_content
        places.setdefault(field, []).append(len(marks))
        marks.append(Mark(number, item.family, field, label, part["start"], part["end"], known))
    for content in places.get("content", ()):
        for field in ("source", "cue"):
            relations += [Relation(field, content, part) for part in places.get(field, ())]
    for source in places.get("source", ()):
        for field in ("antecedent", "speaks_for"):
            relations += [Relation(field, source, part) for part in places.get(field, ())]
