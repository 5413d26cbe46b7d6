"""`misinfo train`: a model from labelled articles, with the honest report."""

from enum import StrEnum
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.corpora import Corpora, Labels, labelled
from classifier.cli.exits import Exit, standard_output, tell
from classifier.cli.long import cores
from classifier.cli.options import (
    DateColumn,
    Encoding,
    IdColumn,
    InputFormat,
    Inputs,
    LabelColumn,
    Negative,
    Positive,
    PublisherColumn,
    Rejects,
    TextColumn,
    TitleColumn,
    family_names,
)
from classifier.cli.records import Rejected, keep_apart, output
from classifier.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classifier.evaluation.audit import Audit

WIDTH = 110


class ScorerKind(StrEnum):
    """What a model reads."""

    SIGNALS = "signals"
    WORDING = "wording"


def train(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the model to.", show_default=False)],
    positive: Positive = None,
    negative: Negative = None,
    scorer: Annotated[
        ScorerKind,
        typer.Option(
            "--scorer",
            help="signals: reads measures alone, each of which opens to places in the text. wording: masked words too.",
        ),
    ] = ScorerKind.SIGNALS,
    families: Annotated[
        str | None,
        typer.Option(
            "--families",
            help="Signal families to read, separated by commas. Default: all that are built in.",
            show_default=False,
        ),
    ] = None,
    rejects: Rejects = None,
    text: TextColumn = None,
    title: TitleColumn = None,
    id_: IdColumn = None,
    label: LabelColumn = None,
    publisher: PublisherColumn = None,
    date: DateColumn = None,
    encoding: Encoding = None,
    input_format: InputFormat = "auto",
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help="Also write the report as one HTML file.", show_default=False
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            help="Processes that mark the articles. Default: the cores.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of folds and draws.", min=0, max=2**32 - 1)] = 0,
) -> int:
    """Train a model on labelled articles; each INPUT is a corpus. Prints figures by publisher and rivals."""
    from classifier.io import Columns
    from classifier.io.bundle import write_bundle
    from classifier.io.card import card
    from classifier.signals.registry import BUILT_IN, load_families
    from classifier.training import train as learn

    refuse_other_folder(out)
    keep_apart(inputs, rejects, report)
    if report is not None and not report.resolve().parent.is_dir():  # told before the training, not after
        raise InputError(f"there is no folder {report.parent} to write the report to; make it first")
    names = list(BUILT_IN) if families is None else family_names(families)
    load_families(names)  # an unknown one is to be told before the corpora are read
    columns = Columns(text, title, id_, label, publisher, date)
    with Rejected(rejects) as rejected:
        how = Corpora(columns, encoding, input_format, rejected)
        articles, positive, negative = labelled(inputs, how, Labels(positive, negative))
    trained = learn(
        articles,
        name=out.resolve().name,
        positive=positive,
        negative=negative,
        families=names,
        scorer=scorer.value,
        seed=seed,
        workers=workers or cores(),
        say=tell,
    )
    write_bundle(trained.manifest, trained.estimator, card(trained.manifest), out)
    standard_output().write(trained.report.text().encode())
    standard_output().write("\n".join(["", *issues(trained.audit), ""]).encode())
    if report is not None:
        from classifier.evaluation.html.page import page

        with output(report) as stream:
            stream.write(page(trained.report).encode())
    left = ", ".join(f"{n} {why.replace('_', ' ')}" for why, n in trained.manifest["left_out"].items())
    tell(f"model written to {out}; articles left out: {left or 'none'}; {rejected.count} records rejected")
    return Exit.REJECTS if rejected.count else Exit.DONE


def issues(found: "Audit") -> "Iterator[str]":
    """What in the articles may fool a model, gravest first, as lines."""
    from classifier.evaluation.audit.finding import gravity

    yield f"What in these articles may fool a model: {found.summary()}; `misinfo audit` shows all"
    for finding in sorted(found.findings, key=gravity):
        if finding.status == "issue":
            head = f"{finding.severity or '':6}  {finding.code:24}  "
            yield from wrap(head + finding.says, WIDTH, subsequent_indent=" " * len(head))


def refuse_other_folder(out: Path) -> None:
    """Raise InputError where `out` is a file, or a folder that holds something else than a model."""
    from classifier.io.bundle import MANIFEST

    if out.is_file():
        raise InputError(f"{out} is a file; give --out a folder for the model")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise InputError(f"{out} holds other files and no model; give --out a new or empty folder")
