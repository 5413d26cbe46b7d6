"""Proof that a signal family keeps its promises: `check_family`, and the reader of a page's examples.

A family page lists examples under "Marks", "Leaves alone" and "Known misses"; expected spans are written as
Pandoc's bracketed spans, ``[may]{.modal}``. The page is the test.
"""

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from classifier.errors import FamilyError
from classifier.signals.extract import extract, mark
from classifier.signals.family import Family
from classifier.signals.span import Span
from classifier.text.document import Document

SECTIONS = ("Marks", "Leaves alone", "Known misses")
_HEADING = re.compile(r"^##\s+(.+?)\s*$")
_EXAMPLE = re.compile(r"^-\s+(.+)$")
_MARKED = re.compile(r"\[([^\[\]]+)\]\{\.([\w.-]+)\}")


class Example(NamedTuple):
    """One example of a page: the text without its marks, and the spans it should give, sorted."""

    section: str
    text: str
    spans: tuple[Span, ...]


def page_examples(page: str) -> list[Example]:
    """The examples of a family page, in order. ``\\n`` in an example stands for a line end."""
    examples, section = [], ""
    for line in page.splitlines():
        if heading := _HEADING.match(line):
            section = heading.group(1)
        elif section in SECTIONS and (item := _EXAMPLE.match(line)):
            examples.append(_example(section, item.group(1).replace("\\n", "\n")))
    return examples


def _example(section: str, marked: str) -> Example:
    text, spans, at = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found.group(1)), found.group(2)))
        text += found.group(1)
        at = found.end()
    return Example(section, text + marked[at:], tuple(sorted(spans)))


def example_fault(family: Family, example: Example) -> str | None:
    """What is wrong with what the family marks in an example; None if it is as the page says.

    Under "Leaves alone" nothing may be marked. Elsewhere every expected span must be there with its kind, and of
    the kinds the example names no other span may be.
    """
    found = {(s.start, s.end, s.kind) for s in mark(Document("example", example.text), (family,)).spans[0]}
    if example.section == "Leaves alone":
        return f"marks {_shown(example.text, found)}" if found else None
    wanted = {(s.start, s.end, s.kind) for s in example.spans}
    named = {kind for _, _, kind in wanted}
    missing, extra = wanted - found, {f for f in found if f[2] in named} - wanted
    if missing:
        return f"misses {_shown(example.text, missing)}; marks {_shown(example.text, found)}"
    return f"also marks {_shown(example.text, extra)}" if extra else None


def _shown(text: str, spans: set[tuple[int, int, str]]) -> str:
    return ", ".join(f"[{text[a:b]}]{{.{kind}}}" for a, b, kind in sorted(spans)) or "nothing"


# Texts that break careless offset arithmetic.
_NASTY = (
    "",
    " ",
    "\ufeff\r\n\r\n\u00a0",
    "a",
    "\u0130\u0130 may \u0130\u0130, said \u0130.",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 said it could.\r\n\r\n\u201cNever closed, he said",
    "so\u00adlu\u00adtion is un\u200blikely, according to A\u030angstro\u0308m.",
    "<p>One may <b>re</b>port&shy;edly &amp; claim</p><p>x</p>",
    "x" * 3000,
    "\u0645\u0631\u062d\u0628\u0627 may \u4f60\u597d said.",
    '"' * 60 + "'" * 61 + "\u201c" * 30,
    "lone \ud83d surrogate, perhaps.",
)


def check_family(family: Family) -> None:
    """Raise FamilyError with one sentence on the first promise the family breaks.

    Checked: names and kinds; lexicon kinds and conditions exist; the page's examples hold and show every kind;
    offsets lie inside any text, sorted, of the family's kinds; the same result alone and in a batch; measures
    have the right shape, stay in their range, and are nan only where they say when.
    """
    for fault in family_faults(family):
        raise FamilyError(f"signal family {family.name!r}: {fault}")


def family_faults(family: Family) -> Iterator[str]:
    """All broken promises of a family, one sentence each; see `check_family`."""
    yield from _definition_faults(family)
    yield from _page_faults(family)
    yield from _marking_faults(family)
    yield from _measure_faults(family)


def _definition_faults(family: Family) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z_]*", family.name):
        yield f"its name {family.name!r} is not one lower-case word; rename it"
    if len(set(family.kinds)) != len(family.kinds) or not family.kinds:
        yield "its kinds are empty or repeat themselves; list each once"
    for entry in family.lexicon.entries:
        for condition in entry.unless:
            if condition not in family.unless:
                yield f"the lexicon's {entry.cue!r} names {condition!r}, which the family's unless lacks; add it"
    for measure in family.measures:
        if not measure.name.startswith(family.name + "."):
            yield f"the measure {measure.name!r} does not begin with the family's name; rename it"
        if not measure.unit or not measure.says or not measure.low < measure.high:
            yield f"the measure {measure.name!r} lacks a unit, a sentence or a range; complete it"


def _page_faults(family: Family) -> Iterator[str]:
    examples = page_examples(family.page())
    for section in SECTIONS[:2]:
        if not any(e.section == section for e in examples):
            yield f"page.md has no example under '{section}'; add one"
    for example in examples:
        fault = example_fault(family, example)
        if example.section == "Known misses":
            if fault is None:
                yield f"the known miss {example.text!r} is marked now; move it to 'Marks'"
        elif fault:
            yield f"page.md, {example.section}, {example.text!r}: {fault}"
    shown = {s.kind for e in examples if e.section == "Marks" for s in e.spans}
    for kind in family.kinds:
        if kind not in shown:
            yield f"page.md shows no example of the kind {kind!r}; add one under 'Marks'"


def _trial_texts(family: Family) -> list[Document]:
    draw = random.Random(0)
    cues = [form for entry in family.lexicon.entries for form in entry.forms] or ["word"]
    pieces = [
        "the",
        "Mr. Rook",
        "40",
        "\u201c",
        "\u201d",
        '"',
        "'",
        ",",
        ".",
        "\n\n",
        "\u00e9",
        "\U0001f300",
        "(",
        ")",
    ]
    texts = list(_NASTY) + [e.text for e in page_examples(family.page())]
    texts += [
        " ".join(draw.choice(cues if draw.random() < 0.4 else pieces) for _ in range(60)) for _ in range(40)
    ]
    return [Document(str(i), text) for i, text in enumerate(texts)]


def _marking_faults(family: Family) -> Iterator[str]:
    for document in _trial_texts(family):
        one = mark(document, (family,))
        length = len(one.text.readable.text)
        for span in one.spans[0]:
            if not 0 <= span.start < span.end <= length:
                yield f"a span {span.start}-{span.end} lies outside a text of {length} characters"
            if span.kind not in family.kinds:
                yield f"a span has the kind {span.kind!r}, which is not listed; add it to kinds"
            raw_start, raw_end = one.text.readable.raw_span(span.start, span.end)
            if not 0 <= raw_start < raw_end <= len(document.raw):
                yield f"a span {raw_start}-{raw_end} lies outside the raw text"


def _measure_faults(family: Family) -> Iterator[str]:
    documents = _trial_texts(family)
    batch, _ = extract(documents, (family,))
    for measure in family.measures:
        with np.errstate(all="raise"):
            together = measure.value(batch)
        if together.shape != (len(documents),) or together.dtype != np.float64:
            yield f"the measure {measure.name!r} gives {together.dtype} {together.shape}, not float64 (n_docs,)"
            continue
        if measure.spans(batch).shape != batch.doc.shape:
            yield f"the spans of the measure {measure.name!r} are no mask over the spans"
        defined = together[~np.isnan(together)]
        if len(defined) and not (measure.low <= defined.min() and defined.max() <= measure.high):
            yield f"the measure {measure.name!r} leaves its range {measure.low} to {measure.high}"
        if len(defined) < len(together) and not measure.undefined:
            yield f"the measure {measure.name!r} is nan without saying when; fill in undefined"
        alone = np.concatenate([measure.value(extract([d], (family,))[0]) for d in documents])
        if not np.array_equal(alone, together, equal_nan=True):
            yield f"the measure {measure.name!r} differs between one document and a batch"
