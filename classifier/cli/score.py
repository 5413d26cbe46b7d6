"""`misinfo score`: a probability with its reasons for each article, or why there is none."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from classifier.cli.exits import Exit, ending, tell
from classifier.cli.options import (
    Encoding,
    IdColumn,
    InputFormat,
    Inputs,
    Model,
    Out,
    Rejects,
    TextColumn,
    TitleColumn,
    columns,
    documents,
    output,
    summary,
)


class ScoreFormat(StrEnum):
    """Output formats of `misinfo score`."""

    TEXT = "text"
    JSONL = "jsonl"


def score(
    inputs: Inputs,
    model: Model = None,
    format_: Annotated[ScoreFormat | None, typer.Option("--format", help="text or jsonl. Default: text on a terminal, jsonl elsewhere.", show_default=False)] = None,
    out: Out = None,
    rejects: Rejects = None,
    signals: Annotated[bool, typer.Option("--signals", help="Add everything that `misinfo mark` says.")] = False,
    all_reasons: Annotated[bool, typer.Option("--all-reasons", help="Give the contribution of every measure, not only the largest.")] = False,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
) -> None:
    """Score articles: a probability with its reasons, or why none can be given."""
    with ending():
        from classifier.cli.show import shown_answer
        from classifier.io import JsonLinesWriter, RejectsWriter, default_rejects_path, read
        from classifier.io.bundle import load_scorer

        scorer = load_scorer(model)
        if changed := scorer.bundle.check():
            tell(changed)
        records = read(inputs, columns=columns(text, title, id_), encoding=encoding, input_format=input_format, notes=tell)
        chosen = format_ or (ScoreFormat.TEXT if out is None and sys.stdout.isatty() else ScoreFormat.JSONL)
        scored = abstained = 0
        with RejectsWriter(rejects or default_rejects_path(out, inputs)) as refused, output(out) as stream:
            writer = JsonLinesWriter(stream)
            for answer in scorer.score_many(documents(records, refused)):
                if answer.score is None:
                    abstained += 1
                else:
                    scored += 1
                if chosen is ScoreFormat.TEXT:
                    stream.write(shown_answer(answer, every=all_reasons).encode("utf-8", "replace"))
                else:
                    writer.write(answer.to_dict(signals=signals, all_reasons=all_reasons))
                if out is None:
                    stream.flush()
        done = scored + abstained
        code = summary(f"{scored} scored, {abstained} abstained, {refused.count} rejected", done, refused.count, inputs)
    if code is not Exit.DONE:
        raise typer.Exit(code)
