"""Brat's standoff format: for each document its text (.txt) and its annotations (.ann), and one annotation.conf.

Offsets count code points into the .txt, which is the text as given, line ends and byte order mark included: read it
without newline translation. A mark over a line end or a tab is a discontinuous one, as brat takes neither in a mark.
"""

import re
from collections.abc import Iterable, Iterator

from classifier.exports.exported import Exported, Fact, Mark
from classifier.exports.names import Names
from classifier.scoring.answers import Marking

_LINES = re.compile(r"[^\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def brat(markings: Iterable[Marking]) -> Iterator[tuple[str, bytes]]:
    """Two files a document, and last the file that tells brat what there is."""
    names = Names()
    entities: set[str] = set()
    relations: dict[str, tuple[set[str], set[str]]] = {}
    facts: dict[str, set[Fact]] = {}
    for marking in markings:
        found = Exported(marking)
        name = names.of(found.id)
        yield f"{name}.txt", found.raw.encode()
        yield f"{name}.ann", "".join(_annotations(found)).encode()
        for mark in found.marks:
            entities.add(_type(mark.label))
            for fact, value in mark.facts.items():
                facts.setdefault(fact, set()).add(value)
        for relation in found.relations:
            heads, tails = relations.setdefault(relation.label, (set(), set()))
            heads.add(_type(found.marks[relation.head].label))
            tails.add(_type(found.marks[relation.tail].label))
    yield "annotation.conf", "".join(_configuration(entities, relations, facts)).encode()


def _annotations(found: Exported) -> Iterator[str]:
    number = 0
    for place, mark in enumerate(found.marks, start=1):
        pieces = _pieces(found.raw, mark)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        shown = " ".join(found.raw[start:end] for start, end in pieces)
        yield f"T{place}\t{_type(mark.label)} {places}\t{shown}\n"
        for fact, value in mark.facts.items():
            number += 1
            yield f"A{number}\t{fact} T{place}" + ("\n" if value is True else f" {_value(value)}\n")
    for place, (label, head, tail) in enumerate(found.relations, start=1):
        yield f"R{place}\t{label} Arg1:T{head + 1} Arg2:T{tail + 1}\n"


def _pieces(text: str, mark: Mark) -> list[tuple[int, int]]:
    """The mark line by line, without white space around each piece."""
    lines = (line.span() for line in _LINES.finditer(text, mark.start, mark.end))
    trimmed = (
        (start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()))
        for start, end in lines
        if (inner := text[start:end]).strip()
    )
    return list(trimmed) or [(mark.start, mark.end)]


def _type(label: str) -> str:
    """Brat's names of types take no dots."""
    return label.replace(".", "-")


def _value(value: Fact) -> str:
    """Brat's attribute values are one word."""
    return re.sub(r"\W+", "_", str(value))


def _configuration(
    entities: Iterable[str], relations: dict[str, tuple[set[str], set[str]]], facts: dict[str, set[Fact]]
) -> Iterator[str]:
    yield "[entities]\n"
    yield from (f"{entity}\n" for entity in sorted(entities))
    yield "\n[relations]\n"
    for label, (heads, tails) in sorted(relations.items()):
        yield f"{label}\tArg1:{'|'.join(sorted(heads))}, Arg2:{'|'.join(sorted(tails))}\n"
    yield "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    yield "\n[events]\n\n[attributes]\n"
    for fact, values in sorted(facts.items()):
        said = "" if values == {True} else f", Value:{'|'.join(sorted(map(_value, values)))}"
        yield f"{fact}\tArg:<ENTITY>{said}\n"
