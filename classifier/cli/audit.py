"""`misinfo audit`: what in labelled articles would fool a model that learns from them."""

from enum import StrEnum
from typing import Annotated

import typer

from classifier.cli.corpora import Corpora, documents
from classifier.cli.exits import Exit, tell
from classifier.cli.options import (
    DateColumn,
    Encoding,
    IdColumn,
    InputFormat,
    LabelColumn,
    Negative,
    Out,
    PublisherColumn,
    Rejects,
    TextColumn,
    TitleColumn,
)
from classifier.cli.records import Rejected, json, keep_apart, output, write
from classifier.errors import InputError


class AuditFormat(StrEnum):
    """Output formats of `misinfo audit`."""

    TEXT = "text"
    JSON = "json"


def audit(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS...",
            help="Labelled articles: CSV, TSV or JSON Lines (also .gz); each is a corpus.",
            show_default=False,
        ),
    ],
    format_: Annotated[AuditFormat, typer.Option("--format", help="text or json.")] = AuditFormat.TEXT,
    out: Out = None,
    rejects: Rejects = None,
    positive: Annotated[
        str | None,
        typer.Option(
            "--positive",
            help="The label to set against all others. Default: each against the rest.",
            show_default=False,
        ),
    ] = None,
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
    """Find what in labelled articles would fool a model: copies, giveaways, confounds, damage, gaps.

    Exit code 0 however much was found, 1 where records were rejected.
    """
    from classifier.io import Columns, default_rejects_path
    from classifier.training import audited

    if negative is not None and positive is None:
        raise InputError("--negative says the other label of two; say --positive too")
    keep_apart(inputs, out, rejects)
    columns = Columns(text, title, id_, label, publisher, date)
    with Rejected(rejects or default_rejects_path(out, inputs)) as rejected:
        found = documents(inputs, Corpora(columns, encoding, input_format, rejected))
    if negative is not None:
        kept = [one for one in found if one[1].meta.get("label") in (positive, negative)]
        tell(f"left out: {len(found) - len(kept)} articles with another label or none")
        found = kept
    articles = [document for _, document in found]
    labels = [a.meta.get("label") for a in articles]
    done = audited(articles, [corpus for corpus, _ in found], labels, positive=positive)
    with output(out) as stream:
        shown = [done.text().encode()] if format_ is AuditFormat.TEXT else json([done.to_dict()])
        write(shown, out, stream)
    tell(f"{len(articles)} articles: {done.summary()}; {rejected.count} records rejected")
    return Exit.REJECTS if rejected.count else Exit.DONE
