"""`misinfo train`: a model from labelled articles, with the honest report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.exits import Exit, ending, tell
from classifier.cli.options import (
    DateColumn,
    Encoding,
    Families,
    IdColumn,
    InputFormat,
    Inputs,
    LabelColumn,
    PublisherColumn,
    Rejects,
    TextColumn,
    TitleColumn,
    columns,
    documents,
    family_names,
)

if TYPE_CHECKING:
    from classifier.io import Columns, RejectsWriter
    from classifier.training import Labelled

Positive = Annotated[str | None, typer.Option("--positive", help="The label a high score stands for. Default: unreliable, fake or false.", show_default=False)]
Negative = Annotated[str | None, typer.Option("--negative", help="The other label; articles with any further label are left out.", show_default=False)]


def train(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the model to.", show_default=False)],
    positive: Positive = None,
    negative: Negative = None,
    families: Families = "hedges,sourcing",
    rejects: Rejects = None,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    label: LabelColumn = None,
    publisher: PublisherColumn = None,
    date: DateColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
    seed: Annotated[int, typer.Option("--seed", help="Seed of folds and draws.")] = 0,
) -> None:
    """Train a model on labelled articles; each INPUT is a corpus. Prints figures by publisher, never one alone."""
    with ending():
        from classifier.io import RejectsWriter
        from classifier.io.bundle import write_bundle
        from classifier.io.card import card
        from classifier.training import train as learn

        chosen = columns(text, title, id_, label=label, publisher=publisher, date=date)
        with RejectsWriter(rejects) as refused:
            articles, positive, negative = labelled(
                inputs, chosen, refused, positive, negative, encoding=encoding, input_format=input_format
            )
        trained = learn(
            articles,
            name=out.resolve().name,
            positive=positive,
            negative=negative,
            families=family_names(families),
            seed=seed,
            say=tell,
        )
        write_bundle(trained.manifest, trained.model, card(trained.manifest), out)
        print(trained.report.text())
        left = ", ".join(f"{n} {why}" for why, n in trained.manifest["left_out"].items()) or "none"
        tell(f"model written to {out}; articles left out: {left}; {refused.count} records rejected")
    if refused.count:
        raise typer.Exit(Exit.REJECTS)


def labelled(
    inputs: list[str],
    chosen: "Columns",
    refused: "RejectsWriter",
    positive: str | None,
    negative: str | None,
    *,
    encoding: str | None,
    input_format: str,
) -> "tuple[list[Labelled], str, str]":
    """The labelled articles of the inputs, each input a corpus, and the two labels; what is assumed is said."""
    from classifier.io import read
    from classifier.training import Labelled, choose_labels

    found = []
    for name in inputs:
        records = read([name], columns=chosen, encoding=encoding, input_format=input_format, notes=tell)
        found += [(corpus_name(name), document) for document in documents(records, refused)]
    labels = [d.meta["label"] for _, d in found if "label" in d.meta]
    positive, negative = choose_labels(labels, positive, negative)
    tell(f"positive is {positive!r}, negative is {negative!r}")
    without = sum("label" not in d.meta for _, d in found)
    others = sum(label not in (positive, negative) for label in labels)
    if without or others:
        tell(f"left out: {without} articles without a label, {others} with another label")
    articles = [
        Labelled(d, corpus, d.meta["label"] == positive, d.meta.get("publisher"))
        for corpus, d in found
        if d.meta.get("label") in (positive, negative)
    ]
    if not any(a.publisher for a in articles):
        tell("no publisher is known, so nothing can be said about publishers never seen; name the column with --publisher")
    return articles, positive, negative


def corpus_name(path: str) -> str:
    """A corpus is called like its file, without endings."""
    return Path(path).name.removesuffix(".gz").rsplit(".", 1)[0] or path
