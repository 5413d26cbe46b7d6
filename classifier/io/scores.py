"""What `misinfo score` wrote, read again: JSON Lines, plain or .gz."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import msgspec

from classifier.io.records import RECORD_LIMIT, Refusal
from classifier.io.sources import find_sources, opened
from classifier.pages.rows import Row, Why
from classifier.text.document import Reject

_REMEDY = "give the JSON Lines of `misinfo score`"


class _Reason(msgspec.Struct):
    measure: str
    contribution: float
    says: str
    spans: list[Any] = []


class _Score(msgspec.Struct):
    probability: float
    low: float
    high: float
    label: str
    reasons: list[_Reason] = []


class _Abstained(msgspec.Struct):
    code: str
    says: str


class _Model(msgspec.Struct):
    name: str = "unknown"


class _Record(msgspec.Struct):
    id: str
    score: _Score | None = None
    abstained: _Abstained | None = None
    publisher: str | None = None
    model: _Model = msgspec.field(default_factory=_Model)


def read_scores(
    inputs: Sequence[str | os.PathLike[str]], publishers: Mapping[str, str] | None = None
) -> Iterator[Row | Reject]:
    """Every record of the files (``-``: standard input) as a row, or as the reject that says why it is none.

    `publishers` names the publisher of an id where the record itself does not. Raises `InputError` where a file
    can't be read at all.
    """
    known = publishers or {}
    decoder = msgspec.json.Decoder(_Record)
    for source in find_sources(inputs, "jsonl", lambda _: None):
        if isinstance(source, Refusal):
            raise source
        with opened(source, sys.stdin.buffer if sys.stdin is not None else None) as stream:
            yield from _rows(stream, source.name, decoder, known)


def _rows(
    stream: BinaryIO, name: str, decoder: "msgspec.json.Decoder[_Record]", known: Mapping[str, str]
) -> Iterator[Row | Reject]:
    record = 0
    for number, line in enumerate(iter(lambda: stream.readline(RECORD_LIMIT), b""), start=1):
        if not line.strip():
            continue
        record += 1
        try:
            found = decoder.decode(line)
        except msgspec.ValidationError as error:
            yield Reject(
                name, record, number, None, "wrong_columns", f"the record is no score ({error})", _REMEDY
            )
            continue
        except msgspec.DecodeError as error:
            yield Reject(
                name, record, number, None, "invalid_json", f"the line is no JSON ({error})", _REMEDY
            )
            continue
        if (found.score is None) == (found.abstained is None):
            what = "the record has neither a score nor an abstention, or both"
            yield Reject(name, record, number, found.id, "wrong_columns", what, _REMEDY)
            continue
        yield _row(found, known)


def _row(found: _Record, known: Mapping[str, str]) -> Row:
    score, abstained = found.score, found.abstained
    return Row(
        found.id,
        found.publisher or known.get(found.id),
        found.model.name,
        None if score is None else score.probability,
        0.0 if score is None else score.low,
        0.0 if score is None else score.high,
        "" if score is None else score.label,
        ()
        if score is None
        else tuple(Why(r.measure, r.contribution, r.says, len(r.spans)) for r in score.reasons),
        "" if abstained is None else abstained.code,
        "" if abstained is None else abstained.says,
    )
