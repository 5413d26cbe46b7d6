"""Scores as columns of a pandas, polars or pyarrow table, through narwhals (extra `frames`)."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from classifier.errors import InputError
from classifier.scoring.answers import Answer
from classifier.scoring.scorer import Scorer
from classifier.text.document import Document

Frame = TypeVar("Frame")

BATCH = 4096
"""Rows whose texts are held as Python strings at a time."""

NO_TEXT = "no_text"
"""What stands under `abstained` where the text is null."""


class _Told(NamedTuple):
    """What the new columns say of one row."""

    probability: float | None = None
    low: float | None = None
    high: float | None = None
    label: str | None = None
    abstained: str | None = None
    says: str | None = None


_NUMBERS = frozenset({"probability", "low", "high"})


def score_frame(
    scorer: Scorer, frame: Frame, text: str = "text", *, title: str | None = None, prefix: str = ""
) -> Frame:
    """The frame with its scores in new columns at the end, a row for a row, in the same order.

    `frame` is a pandas or polars DataFrame, a pyarrow Table, or a polars LazyFrame: that stays one, and is
    scored when it is collected. `text` and `title` are its columns of the text and, where there is one, of
    the headline. The new columns are ``probability``, ``low``, ``high`` (numbers in [0, 1], null where there is
    no score), ``label``, ``abstained`` (the code; `NO_TEXT` where the text is null) and ``says`` (the largest
    reason, or why there is no score), with `prefix` before their names.

    Raises `InputError` where narwhals is not installed, for another kind of table, where a column is not there
    or holds no strings, and where one of the new ones is there already.
    """
    try:
        import narwhals as frames
    except ModuleNotFoundError:
        what = "tables are read through narwhals, which is not installed"
        raise InputError(f"{what}; install it with: pip install 'misinfo-signals[frames]'") from None
    try:
        found: Any = frames.from_native(cast(Any, frame))
    except TypeError:
        what = f"{type(frame).__name__} is no table known here"
        raise InputError(f"{what}; give a pandas or polars DataFrame or a pyarrow Table") from None
    read = [text] if title is None else [text, title]
    schema = found.collect_schema()
    _check(schema, read, [prefix + name for name in _Told._fields])
    if isinstance(found, frames.LazyFrame):
        if not found.implementation.is_polars():
            raise InputError(f"{type(frame).__name__} can't be scored as it is; collect it first")
        return cast(Frame, _when_collected(scorer, frame, text, title, prefix))
    rows = list(_told(scorer, found, read))
    added = [
        frames.new_series(
            prefix + name,
            [row[place] for row in rows],
            frames.Float64() if name in _NUMBERS else frames.String(),
            backend=found.implementation,
        )
        for place, name in enumerate(_Told._fields)
    ]
    return cast(Frame, found.with_columns(*added).to_native())


def _when_collected(scorer: Scorer, frame: Any, text: str, title: str | None, prefix: str) -> Any:
    import polars

    kinds = {
        prefix + name: polars.Float64() if name in _NUMBERS else polars.String() for name in _Told._fields
    }
    scored = partial(score_frame, scorer, text=text, title=title, prefix=prefix)
    # Whoever selects or filters by the new columns must not take the text away before it is read.
    return frame.map_batches(
        scored,
        predicate_pushdown=False,
        projection_pushdown=False,
        schema={**frame.collect_schema(), **kinds},
    )


def _check(schema: Any, read: Sequence[str], new: Sequence[str]) -> None:
    import narwhals as frames

    names = list(schema)
    for name in read:
        if name not in names:
            there = ", ".join(map(repr, names))
            raise InputError(f"the table has no column {name!r} (columns: {there}); name the right one")
        if schema[name] not in (
            frames.String,
            frames.Object,
            frames.Categorical,
            frames.Enum,
            frames.Unknown,
        ):
            raise InputError(f"the column {name!r} holds {schema[name]}; give one that holds strings")
    taken = [name for name in new if name in names]
    if taken:
        raise InputError(f"the table has a column {taken[0]!r} already; give a prefix for the new ones")


def _told(scorer: Scorer, found: Any, read: Sequence[str]) -> Iterator[_Told]:
    for begin in range(0, len(found), BATCH):
        columns = [_strings(found[name][begin : begin + BATCH], name, begin) for name in read]
        rows = list(zip(*columns, strict=True))
        documents = [
            Document(str(number), row[0], row[1] if len(row) > 1 else None)
            for number, row in enumerate(rows, begin)
            if row[0] is not None
        ]
        answers = scorer.score_many(documents)
        for row in rows:
            if row[0] is None:
                yield _Told(abstained=NO_TEXT, says="the row has no text")
            else:
                yield _row(next(answers))


def _row(answer: Answer) -> _Told:
    score, abstained = answer.score, answer.abstained
    if score is None:
        return _Told(abstained=abstained.code, says=abstained.says) if abstained is not None else _Told()
    reasons = score.reasons()
    says = reasons[0].says if reasons else None
    return _Told(score.probability, score.low, score.high, score.label, None, says)


def _strings(series: Any, name: str, begin: int) -> list[str | None]:
    values: list[str | None] = []
    for number, (value, is_null) in enumerate(
        zip(series.to_list(), series.is_null().to_list(), strict=True), begin
    ):
        if not is_null and not isinstance(value, str):
            what = f"row {number} of the column {name!r} holds a {type(value).__name__}"
            raise InputError(f"{what}; give strings or nulls")
        values.append(None if is_null else value)
    return values
