"""WebAnno TSV 3.3, which INCEpTION and WebAnno read: one file a document.

Offsets count UTF-16 units. The format keeps text sentence by sentence and loses white space between sentences but for
its length. All marks are in one span layer, all relations in one relation layer; create both in the project first:
``webanno.custom.Signal`` with the string feature ``label``, and ``webanno.custom.SignalRelation`` between its spans
with the string feature ``role``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from classifier.exports.exported import Exported
from classifier.exports.names import Names
from classifier.exports.tokens import Reach, Token, edges, tokens, trimmed
from classifier.scoring.answers import Marking

SPANS = "webanno.custom.Signal"
RELATIONS = "webanno.custom.SignalRelation"
_HEAD = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={SPANS}|label\n#T_RL={RELATIONS}|role|BT_{SPANS}\n\n"
_RESERVED = re.compile(r"->|[\\\[\]|_;*]")
# What INCEpTION reads back in text. Its manual lists the reserved marks of values here too, but it keeps a backslash
# before those, and offsets would move.
_ESCAPED = str.maketrans(
    {
        **{chr(code): f"\\{chr(code)}" for code in (*range(8), *range(14, 32))},
        "\t": "\\t",
        "\n": "\\n",
        "\r": "\\r",
        "\f": "\\f",
        "\b": "\\b",
        "\\": "\\\\",
    }
)


def webanno(markings: Iterable[Marking]) -> Iterator[tuple[str, bytes]]:
    """One file a document."""
    names = Names()
    for marking in markings:
        found = Exported(marking)
        yield f"{names.of(found.id)}.tsv", "".join(_lines(found)).encode()


def _lines(found: Exported) -> Iterator[str]:
    text = found.raw
    places = [trimmed(text, mark.start, mark.end) for mark in found.marks]
    sentences = [trimmed(text, start, end) for start, end in found.sentences]
    words = [word for word in tokens(text, edges((*places, *sentences))) if not word.blank]
    firsts = _firsts(found, words, sentences)
    bounds = [*firsts, len(words)]
    names = [
        f"{number}-{row - first + 1}"
        for number, (first, last) in enumerate(pairwise(bounds), start=1)
        for row in range(first, last)
    ]
    reach = Reach(words)
    columns = _columns(found, names, [reach.of(start, end) for start, end in places])
    yield _HEAD
    for first, last in pairwise(bounds):
        yield "\n"
        shown = text[words[first].start : words[last - 1].end]
        yield from (f"#Text={line.translate(_ESCAPED)}\n" for line in shown.split("\n"))
        for row in range(first, last):
            start, end = words[row].start, words[row].end
            place = f"{found.units.utf16(start)}-{found.units.utf16(end)}"
            yield "\t".join((names[row], place, text[start:end].translate(_ESCAPED), *columns[row])) + "\n"


def _firsts(found: Exported, words: Sequence[Token], sentences: Sequence[tuple[int, int]]) -> list[int]:
    """The first word of each sentence; what is in none goes line by line."""
    starts = [start for start, _ in sentences]
    firsts: list[int] = []
    before: tuple[int, int] | None = None
    for row, word in enumerate(words):
        at = bisect_right(starts, word.start) - 1
        inside = at >= 0 and word.start < sentences[at][1]
        now = (at, -1) if inside else (at, found.units.position(word.start).line)
        if now != before:
            firsts.append(row)
        before = now
    return firsts


def _columns(
    found: Exported, names: Sequence[str], rows: Sequence[tuple[int, int]]
) -> list[tuple[str, str, str]]:
    """For each row its labels, and the roles and origins of the relations that end there."""
    on: list[list[int]] = [[] for _ in names]
    for mark, (first, last) in enumerate(rows):
        for row in range(first, last + 1):
            on[row].append(mark)
    # A mark on several rows, or with others on one, has a number that tells it apart; 0 stands for none.
    apart = [first < last or len(on[first]) > 1 for first, last in rows]
    numbers = [number * needed for needed, number in zip(apart, accumulate(map(int, apart)), strict=True)]
    ends: list[list[tuple[str, str]]] = [[] for _ in names]
    for role, head, tail in found.relations:
        pair = f"[{numbers[head]}_{numbers[tail]}]" if numbers[head] or numbers[tail] else ""
        ends[rows[tail][0]].append((_value(role), names[rows[head][0]] + pair))
    labels = [
        _value(mark.label) + (f"[{number}]" if number else "")
        for mark, number in zip(found.marks, numbers, strict=True)
    ]
    return [
        (
            "|".join(labels[mark] for mark in marks) or "_",
            "|".join(role for role, _ in ending) or "_",
            "|".join(origin for _, origin in ending) or "_",
        )
        for marks, ending in zip(on, ends, strict=True)
    ]


def _value(text: str) -> str:
    return _RESERVED.sub(lambda mark: f"\\{mark[0]}", text)
