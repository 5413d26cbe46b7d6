"""`misinfo evaluate`: a model on labelled articles it was not trained on."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from classifier.cli.exits import Exit, ending, tell
from classifier.cli.options import (
    DateColumn,
    Encoding,
    IdColumn,
    InputFormat,
    LabelColumn,
    Out,
    PublisherColumn,
    Rejects,
    TextColumn,
    TitleColumn,
    columns,
    output,
)
from classifier.cli.train import Negative, Positive, labelled


class ReportFormat(StrEnum):
    """Output formats of `misinfo evaluate`."""

    TEXT = "text"
    JSON = "json"


def evaluate(
    model: Annotated[str, typer.Argument(help="A shipped model's name or a model folder.", show_default=False)],
    inputs: Annotated[list[str], typer.Argument(metavar="CORPUS...", help="Labelled articles: CSV, TSV or JSON Lines (also .gz).", show_default=False)],
    against: Annotated[list[str] | None, typer.Option("--against", help="The model's training corpora: the rivals learn from them, and repeats are looked for.", show_default=False)] = None,
    format_: Annotated[ReportFormat, typer.Option("--format", help="text or json.")] = ReportFormat.TEXT,
    out: Out = None,
    rejects: Rejects = None,
    positive: Positive = None,
    negative: Negative = None,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    label: LabelColumn = None,
    publisher: PublisherColumn = None,
    date: DateColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
) -> None:
    """Measure a model on labelled articles, with intervals over publishers, dull rivals and checks."""
    with ending():
        from classifier.io import RejectsWriter
        from classifier.io.bundle import load_scorer
        from classifier.training import evaluate_scorer

        scorer = load_scorer(model)
        if changed := scorer.bundle.check():
            tell(changed)
        positive = positive or scorer.bundle.manifest["positive"]
        chosen = columns(text, title, id_, label=label, publisher=publisher, date=date)
        with RejectsWriter(rejects) as refused:
            articles, positive, negative = labelled(
                inputs, chosen, refused, positive, negative, encoding=encoding, input_format=input_format
            )
            known = []
            if against:
                known, _, _ = labelled(
                    against, chosen, refused, positive, negative, encoding=encoding, input_format=input_format
                )
        report = evaluate_scorer(scorer, articles, known, positive=positive)
        with output(out) as stream:
            if format_ is ReportFormat.JSON:
                import json

                stream.write(json.dumps(report.to_dict(), ensure_ascii=False, allow_nan=False).encode() + b"\n")
            else:
                stream.write((report.text() + "\n").encode("utf-8", "replace"))
        tell(f"{len(articles)} articles, {refused.count} records rejected")
    sys.stdout.flush()
    if refused.count:
        raise typer.Exit(Exit.REJECTS)
