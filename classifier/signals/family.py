"""A signal family is a value: a name, its kinds, a word list, a function that marks, and measures over the marks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.signals.lexicon import Lexicon
from classifier.signals.scan import Context, Hits
from classifier.signals.span import Signals, Span
from classifier.text.segment import Segmented

Present = Callable[[Segmented, list[Span]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A named number per document, computed from spans, that opens to spans.

    `value` maps a batch to float64 of shape (n_docs,), nan where undefined; `spans` to bool of shape (n_spans,):
    the evidence. `says` is the sentence of a reason; it may use {value}, {low}, {high} (the usual range).
    """

    name: str  # "family.measure"
    unit: str
    low: float  # smallest possible value
    high: float  # largest possible value; inf where there is none
    undefined: str  # when it is undefined, in words; "" if never
    says: str
    value: Callable[[Signals], NDArray[np.float64]]
    spans: Callable[[Signals], NDArray[np.bool_]]
    scored: bool = True  # false: described, but no model reads it; the page says why


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """One kind of evidence. Built-in families and those of other packages are the same thing.

    `mark` is called once per document with the hits of the family's lexicon and yields spans in offsets of the
    readable text. `mark_all`, if given, does the same for several documents at once, one result for each; the engine
    then calls it in place of `mark`, and must get the same spans from it. `kinds` are the kinds they may yield,
    without the family's name. `unless` maps the names used in the lexicon to functions ``(context, hit) -> bool``.
    `present` writes the spans of one document as objects of the output contract; the default gives start, end,
    text, kind, zone.
    """

    name: str
    kinds: tuple[str, ...]
    lexicon: Lexicon
    mark: Callable[[Context, Hits], Iterable[Span]]
    measures: tuple[Measure, ...]
    package: str  # where page.md lies
    unless: Mapping[str, Callable[..., bool]]
    present: Present | None = None
    mark_all: Callable[[Sequence[Context], Sequence[Hits]], Iterable[Iterable[Span]]] | None = None

    def spans(self, contexts: Sequence[Context], hits: Sequence[Hits]) -> list[list[Span]]:
        """The spans of some documents, sorted by place."""
        together = self.mark_all
        found = map(self.mark, contexts, hits) if together is None else together(contexts, hits)
        return [sorted(spans) for spans in found]

    def page(self) -> str:
        """The family's page of documentation, Markdown."""
        return resources.files(self.package).joinpath("page.md").read_text(encoding="utf-8")
