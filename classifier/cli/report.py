"""`misinfo report`: the scores of many articles as one page."""

from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.exits import tell
from classifier.cli.options import IdColumn, PublisherColumn, Rejects
from classifier.cli.records import Rejected, keep_apart, output, write
from classifier.errors import InputError


def report(
    scores: Annotated[
        list[str],
        typer.Argument(
            metavar="SCORES...",
            help="JSON Lines of `misinfo score` (also .gz), or - for standard input.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="HTML file to write. Default: standard output.", show_default=False),
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option(
            "--articles",
            help="The articles that were scored, if they name their publishers.",
            show_default=False,
        ),
    ] = None,
    id_: IdColumn = None,
    publisher: PublisherColumn = None,
    rejects: Rejects = None,
) -> int:
    """Make one page of many scores: ranking, distribution, publishers, and what is explained worst."""
    from classifier.io.scores import read_scores
    from classifier.pages.batch import Batch, page_of

    keep_apart([*scores, *(articles or [])], out, rejects)
    publishers = _publishers(articles, id_, publisher) if articles else None
    batch = Batch()
    with Rejected(rejects) as rejected, output(out) as stream:
        for row in rejected.usable(read_scores(scores, publishers)):
            batch.add(row)
        if not (batch.scored + batch.abstained + rejected.count):
            raise InputError(f"{', '.join(scores)} holds no score; give what `misinfo score --out` wrote")
        write([page_of(batch, rejected.count).encode()], out, stream)
    if articles and not batch.publishers:
        tell(
            "no id of the scores is one of the articles, or these name no publisher; say --id and --publisher"
        )
    done = batch.scored + batch.abstained
    return rejected.end(f"{batch.scored} scored, {batch.abstained} abstained", done)


def _publishers(articles: list[str], id_: str | None, publisher: str | None) -> dict[str, str]:
    """Id -> publisher of the articles that have both."""
    from classifier.io import Columns, read
    from classifier.text.document import Document

    columns = Columns(id=id_, publisher=publisher)
    records = read(articles, columns=columns, notes=tell)
    found = (record for record in records if isinstance(record, Document))
    return {document.id: document.meta["publisher"] for document in found if document.meta.get("publisher")}
