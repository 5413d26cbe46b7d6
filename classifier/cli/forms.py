"""How answers are written: one object a line, or as a person reads them. See `classifier.running.work.Form`."""

from collections.abc import Iterable
from dataclasses import dataclass
from shutil import copyfileobj
from typing import BinaryIO

from classifier.cli.records import json_lines
from classifier.cli.show import Page, shown_answer, shown_marking
from classifier.scoring.answers import Answer, Marking


class _Joined:
    """Forms of which files laid end to end are one file."""

    __slots__ = ()

    def join(self, parts: Iterable[BinaryIO], out: BinaryIO) -> None:
        """The parts end to end."""
        for part in parts:
            copyfileobj(part, out)


@dataclass(frozen=True, slots=True)
class AnswerLines(_Joined):
    """Answers of `misinfo score` as JSON Lines."""

    signals: bool
    all_reasons: bool

    def part(self, answers: Iterable[Answer]) -> bytes:
        """A line for each."""
        return b"".join(
            json_lines(a.to_dict(signals=self.signals, all_reasons=self.all_reasons) for a in answers)
        )


@dataclass(frozen=True, slots=True)
class AnswersShown(_Joined):
    """Answers of `misinfo score` for a reader."""

    page: Page
    all_reasons: bool

    def part(self, answers: Iterable[Answer]) -> bytes:
        """A paragraph for each."""
        return b"".join(shown_answer(a, self.page, every=self.all_reasons).encode() for a in answers)


@dataclass(frozen=True, slots=True)
class MarkingLines(_Joined):
    """Markings of `misinfo mark` as JSON Lines."""

    def part(self, answers: Iterable[Marking]) -> bytes:
        """A line for each."""
        return b"".join(json_lines(a.to_dict() for a in answers))


@dataclass(frozen=True, slots=True)
class MarkingsShown(_Joined):
    """Markings of `misinfo mark` for a reader."""

    page: Page

    def part(self, answers: Iterable[Marking]) -> bytes:
        """The text of each with its marks."""
        return b"".join(shown_marking(a, self.page).encode() for a in answers)
