"""How answers become the bytes of a file, for a long run. See `classifier.running.work.Form`."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from classifier.cli.records import json_lines
from classifier.cli.show import shown_answer, shown_marking
from classifier.cli.terminal import Page
from classifier.io.results import ResultTable, join_parts, written_results
from classifier.io.runs import end_to_end
from classifier.scoring.answers import Answer, Marking


@dataclass(frozen=True, slots=True)
class Results:
    """Answers of `misinfo score` as JSON Lines, CSV or Parquet."""

    table: ResultTable

    def part(self, answers: Iterable[Answer]) -> bytes:
        """A file of these answers."""
        stream = BytesIO()
        with written_results(stream, self.table) as results:
            for answer in answers:
                results.write(answer)
        return stream.getvalue()

    def join(self, parts: Iterable[Path], out: BinaryIO) -> None:
        """The bytes of a file written in one go."""
        join_parts(parts, out, self.table)


@dataclass(frozen=True, slots=True)
class AnswersShown:
    """Answers of `misinfo score` for a reader."""

    page: Page
    all_reasons: bool

    def part(self, answers: Iterable[Answer]) -> bytes:
        """A paragraph for each."""
        return b"".join(shown_answer(a, self.page, every=self.all_reasons).encode() for a in answers)

    def join(self, parts: Iterable[Path], out: BinaryIO) -> None:
        """The parts end to end."""
        end_to_end(parts, out)


@dataclass(frozen=True, slots=True)
class MarkingLines:
    """Markings of `misinfo mark` as JSON Lines."""

    def part(self, answers: Iterable[Marking]) -> bytes:
        """A line for each."""
        return b"".join(json_lines(a.to_dict() for a in answers))

    def join(self, parts: Iterable[Path], out: BinaryIO) -> None:
        """The parts end to end."""
        end_to_end(parts, out)


@dataclass(frozen=True, slots=True)
class MarkingsShown:
    """Markings of `misinfo mark` for a reader."""

    page: Page

    def part(self, answers: Iterable[Marking]) -> bytes:
        """The text of each with its marks."""
        return b"".join(shown_marking(a, self.page).encode() for a in answers)

    def join(self, parts: Iterable[Path], out: BinaryIO) -> None:
        """The parts end to end."""
        end_to_end(parts, out)
