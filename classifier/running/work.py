"""What a worker process does: open a model once, turn the documents of a chunk into bytes of the output."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from classifier.errors import ModelError
from classifier.scoring.answers import Answer, Marking
from classifier.scoring.bundle import Bundle
from classifier.text.document import Document


class Form(Protocol):
    """How answers become the bytes of an output file. Travels to the workers, so it must be picklable."""

    def part(self, answers: Iterable[Any]) -> bytes:
        """A whole file of these answers, of which there may be none."""

    def join(self, parts: Iterable[Path], out: BinaryIO) -> None:
        """One file of the answers of several, in order; a joined file may be joined again."""


class Work(Protocol):
    """What is done with documents, in a form that travels to the workers.

    `key` tells works apart: a worker opens each once.
    """

    @property
    def key(self) -> object:
        """What tells one work from another."""

    def open(self) -> Callable[[Sequence[Document]], Iterable[Any]]:
        """Load what is needed; one answer a document, in order."""

    def outcome(self, answer: Any, /) -> str:
        """What became of a document: one of `outcomes`."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What may become of a document, in the words of the summary."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """Scoring with a model; `risk` and `prevalence` as for `classifier.scoring.scorer.Scorer`."""

    bundle: Bundle
    risk: float | None = None
    prevalence: float | None = None

    @property
    def key(self) -> object:
        """The model and how it is asked."""
        return self.bundle.sha256, self.risk, self.prevalence

    def open(self) -> Callable[[Sequence[Document]], Iterator[Answer]]:
        """The scorer of the model."""
        from classifier.scoring.scorer import Scorer

        return Scorer(self.bundle, risk=self.risk, prevalence=self.prevalence).score_many

    def outcome(self, answer: Answer, /) -> str:
        """Scored or abstained."""
        return "abstained" if answer.score is None else "scored"

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Scored or abstained."""
        return ("scored", "abstained")


@dataclass(frozen=True, slots=True)
class Marks:
    """Marking with signal families."""

    families: tuple[str, ...]

    @property
    def key(self) -> object:
        """The names of the families."""
        return self.families

    def open(self) -> Callable[[Sequence[Document]], Iterator[Marking]]:
        """The marker of the families."""
        from classifier.scoring.scorer import Marker
        from classifier.signals.registry import load_families

        return Marker(load_families(self.families)).mark_many

    def outcome(self, _answer: Marking, /) -> str:
        """Marked, always."""
        return "marked"

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Marked, always."""
        return ("marked",)


class Part(NamedTuple):
    """What came of the documents of a chunk.

    `data` are the bytes of the output, `tally` what became of the documents answered. `failed` has the
    others: place among the documents -> the error.
    """

    data: bytes
    tally: Counter[str]
    failed: dict[int, str]


def answer(work: Work, form: Form, version: str, documents: Sequence[Document]) -> Part:
    """Answer documents, in a worker process.

    A document that raises an error is tried again alone, and left out if it does so there too. Raises what
    opening the model raises, and `ModelError` where this process has another version than `version`.
    """
    if version != installed():
        raise ModelError(
            f"a worker has version {installed()} of misinfo-signals and this process {version};"
            " install the same version on both"
        )
    answers = _opened(work)
    with suppress(Exception):  # whichever document it was, the others must not go down with it
        return _part(work, form, answers(documents) if documents else (), {})
    return _one_by_one(work, form, answers, documents)


def installed() -> str:
    """The version of this package."""
    from importlib.metadata import version

    return version("misinfo-signals")


def _part(work: Work, form: Form, answers: Iterable[Any], failed: dict[int, str]) -> Part:
    tally: Counter[str] = Counter()

    def counted() -> Iterator[Any]:
        for one in answers:
            tally[work.outcome(one)] += 1
            yield one

    return Part(form.part(counted()), tally, failed)


def _one_by_one(
    work: Work,
    form: Form,
    answers: Callable[[Sequence[Document]], Iterable[Any]],
    documents: Sequence[Document],
) -> Part:
    failed: dict[int, str] = {}

    def alone() -> Iterator[Any]:
        for place, document in enumerate(documents):
            try:
                (one,) = answers([document])
                form.part([one])  # much is worked out only when it is written
            except Exception as error:  # noqa: BLE001  # told in the reject of this document
                failed[place] = " ".join(f"{type(error).__name__} {error}".split())
            else:
                yield one

    return _part(work, form, alone(), failed)


_last: dict[object, Callable[[Sequence[Document]], Iterable[Any]]] = {}


def _opened(work: Work) -> Callable[[Sequence[Document]], Iterable[Any]]:
    if work.key not in _last:
        _last.clear()  # one model at a time
        _last[work.key] = work.open()
    return _last[work.key]
