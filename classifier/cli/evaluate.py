"""`misinfo evaluate`: a model on labelled articles it was not trained on."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.corpora import Corpora, Labels, labelled
from classifier.cli.exits import Exit, tell
from classifier.cli.options import (
    DateColumn,
    Encoding,
    IdColumn,
    InputFormat,
    LabelColumn,
    Negative,
    Out,
    Positive,
    PublisherColumn,
    Rejects,
    TextColumn,
    TitleColumn,
)
from classifier.cli.records import Rejected, json, keep_apart, output, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classifier.evaluation.report import Report


class ReportFormat(StrEnum):
    """Output formats of `misinfo evaluate`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def evaluate(
    model: Annotated[
        str,
        typer.Argument(metavar="MODEL", help="A shipped model's name or a model folder.", show_default=False),
    ],
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS",
            help="Labelled articles: CSV, TSV or JSON Lines (also .gz).",
            show_default=False,
        ),
    ],
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against",
            metavar="CORPUS",
            help="A training corpus of the model, to be found repeated and for the rivals to learn from."
            " May be given several times.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        ReportFormat, typer.Option("--format", help="text, json, or html: one file with drawings.")
    ] = ReportFormat.TEXT,
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
) -> int:
    """Measure a model on labelled articles, with intervals over publishers, dull rivals and checks."""
    from classifier.io import Columns, default_rejects_path
    from classifier.io.bundle import load_scorer
    from classifier.training import evaluate_scorer

    scorer = load_scorer(model)
    if changed := scorer.bundle.check():
        tell(changed)
    every = [*inputs, *(against or [])]
    keep_apart(every, out, rejects)
    labels = Labels(positive or scorer.bundle.manifest["positive"], negative)
    columns = Columns(text, title, id_, label, publisher, date)
    with Rejected(rejects or default_rejects_path(out, every)) as rejected:
        how = Corpora(columns, encoding, input_format, rejected)
        articles, positive, negative = labelled(inputs, how, labels)
        known = labelled(against, how, Labels(positive, negative))[0] if against else []
    trained_on = {row["corpus"] for row in scorer.bundle.manifest["data"]}
    if not known and (seen := sorted(trained_on & {article.corpus for article in articles})):
        names = ", ".join(seen)
        tell(
            f"{names} is called like a training corpus; figures on training articles mean nothing, say --against"
        )
    report = evaluate_scorer(scorer, articles, known, positive=positive)
    with output(out) as stream:
        write(_shown(report, format_), out, stream)
    tell(f"{len(articles)} articles, {rejected.count} records rejected")
    return Exit.REJECTS if rejected.count else Exit.DONE


def _shown(report: "Report", format_: ReportFormat) -> "Iterable[bytes]":
    if format_ is ReportFormat.JSON:
        return json([report.to_dict()])
    if format_ is ReportFormat.HTML:
        from classifier.evaluation.html.page import page

        return [page(report).encode()]
    return [report.text().encode()]
